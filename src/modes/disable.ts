import type { SsoConnector } from '../domain/connector.ts';
import type { EmailDomain } from '../domain/email-domain.ts';
import { ActionError, StoppedError, toActionError } from '../domain/errors.ts';
import type { Settings } from '../domain/settings.ts';
import { patch } from './connector-change.ts';
import { lookUp, type Mode, ownerOf } from './mode.ts';
import { requireApi, type Services } from './services.ts';

/**
 * The way back in: users of the email domain no longer have to sign in through the identity provider. By connector
 * ID it is one single request and depends on nothing that could be down. The request is always sent: what was seen of
 * the connector before may be out of date.
 */
export const disable: Mode = async (domain, settings, services) => {
  const { connectorId, dryRun } = settings;
  if (connectorId !== undefined && !dryRun) return switchOff(domain, connectorId, undefined, services);
  const connectors = await connectorsOf(domain, settings, services);
  domain.see(connectors[0]);
  if (connectors.length === 0) return sayNothingToDisable(domain, settings, services);
  if (dryRun) return sayWouldDisable(connectors, services);
  const failures: ActionError[] = [];
  const seen: SsoConnector[] = [];
  // The one that stands for the domain comes last, so that it is what is known in the end.
  for (const connector of connectors.toReversed()) {
    await switchOff(domain, connector.id, connector, services).catch((thrown: unknown) => {
      if (thrown instanceof StoppedError) throw thrown;
      failures.push(toActionError(thrown));
    });
    if (domain.sight.kind === 'in-doubt') seen.push({ ...connector, enabled: undefined });
    if (domain.sight.kind === 'seen') seen.push(domain.sight.connector);
  }
  // Unless one may still be enabled: of several, it says most.
  if (connectors.length > 1) domain.see(seen.findLast(({ enabled }) => enabled !== false) ?? seen.at(-1));
  if (failures.length > 0) throw together(failures);
};

/** Those of the email domain: one as a rule, but nothing keeps an account from having two. */
async function connectorsOf(
  domain: EmailDomain,
  settings: Settings,
  services: Services,
): Promise<readonly SsoConnector[]> {
  const { connector: known, name } = domain;
  if (name === undefined || settings.connectorId !== undefined) {
    const connector = await lookUp(domain, settings, services);
    return connector === undefined ? [] : [connector];
  }
  const all = await requireApi(services).ssoConnectors.allOf(name);
  // A list may not show yet what an earlier mode of this run has made.
  return known === undefined || all.some(({ id }) => id === known.id) ? all : [...all, known];
}

function sayWouldDisable(connectors: readonly SsoConnector[], { log }: Services): void {
  for (const { id, emailDomain, enabled } of connectors) {
    const what = `SSO connector ${id} for ${emailDomain}`;
    log.info(enabled === false ? `The ${what} is already disabled.` : `Dry run: would disable the ${what}.`);
  }
}

async function switchOff(
  domain: EmailDomain,
  connectorId: string,
  before: SsoConnector | undefined,
  services: Services,
): Promise<void> {
  const asked = domain.name;
  // A refusal leaves what was known of this one, not of another one of the domain.
  if (before !== undefined) domain.see(before);
  const { ssoConnectors } = requireApi(services);
  const change = patch(ssoConnectors, connectorId, { enabled: false });
  const wasDisabled = before?.enabled === false;
  // By ID, only another request could tell whether it was enabled before: then it counts as a change.
  await domain.changeConnector({
    ...change,
    send: async () => ({ ...(await change.send()), isOurs: !wasDisabled }),
  });
  // Only `false` is disabled; an answer that does not say so is worth another look.
  if (domain.connector?.enabled !== false) domain.see(await ssoConnectors.getIfThere(connectorId));
  const now = domain.connector;
  if (now === undefined) {
    services.log.warning(`SSO connector ${connectorId} is gone: somebody has deleted it.`);
    return;
  }
  if (now.enabled !== false) {
    throw new ActionError(
      `Cloudflare accepted the request to disable connector ${connectorId}, but it is not disabled.`,
      { hint: 'Run again at once. If it stays enabled, Cloudflare support can disable it.' },
    );
  }
  const emailDomain = now.emailDomain || asked || ownerOf('');
  const done = wasDisabled
    ? `SSO connector ${connectorId} for ${emailDomain} is disabled, as it seemed to be before.`
    : `Disabled SSO connector ${connectorId} for ${emailDomain}.`;
  services.log.info(`${done} Its users sign in without the identity provider.`);
  if (asked !== undefined && emailDomain !== asked) {
    throw new ActionError(
      `Connector ${connectorId} is disabled now, but it belongs to ${emailDomain}, not to ${asked}.`,
      { hint: 'Leave out either connector-id or email-domain, then run again for the right one.' },
    );
  }
}

/** One error for several connectors of one domain. */
function together(failures: readonly ActionError[]): ActionError {
  const [first] = failures;
  if (first !== undefined && failures.length === 1) return first;
  return new ActionError(failures.map(({ message }) => message).join(' '), {
    hint: first?.hint,
    cause: first,
  });
}

/** Fails unless the connector is to be deleted anyway: people who are locked out must not trust a green run. */
function sayNothingToDisable({ name }: EmailDomain, settings: Settings, { log }: Services): void {
  if (settings.modes.includes('delete')) {
    log.info('There is no SSO connector, so there is nothing to disable.');
    return;
  }
  const domain = name ?? 'this domain';
  throw new ActionError(
    `Account ${settings.account?.accountId ?? ''} has no SSO connector for ${domain}: nothing was disabled.`,
    {
      hint: `If users of ${domain} are locked out, the connector is in another account: run again with that account-id and an API token for it.`,
    },
  );
}
