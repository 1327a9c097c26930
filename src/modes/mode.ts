import type { SsoConnector } from '../domain/connector.ts';
import type { EmailDomain } from '../domain/email-domain.ts';
import { ActionError, errorLines, type TimeoutError } from '../domain/errors.ts';
import type { Settings } from '../domain/settings.ts';
import type { SsoRecord } from '../domain/sso-record.ts';
import { requireApi, type Services } from './services.ts';

/**
 * One thing the action does for one email domain. Idempotent: a second run changes nothing and succeeds.
 *
 * @throws {ActionError} if it cannot be done; the domain keeps what was learnt until then
 */
export type Mode = (domain: EmailDomain, settings: Settings, services: Services) => Promise<void>;

/** The connector as Cloudflare has it now; `undefined` if there is none. */
export async function lookUp(
  domain: EmailDomain,
  settings: Settings,
  services: Services,
): Promise<SsoConnector | undefined> {
  const connector = await currentConnector(domain, settings, services);
  domain.see(connector);
  return connector;
}

/** By its ID if that is known, which takes one small answer instead of a list. */
async function currentConnector(
  { connector: known, name }: EmailDomain,
  settings: Settings,
  services: Services,
): Promise<SsoConnector | undefined> {
  const { ssoConnectors } = requireApi(services);
  const id = known?.id ?? settings.connectorId;
  if (id === undefined) return name === undefined ? undefined : ssoConnectors.find(name);
  const connector = await ssoConnectors.get(id);
  refuseOtherDomain(connector, name);
  return connector;
}

/** Both inputs name a connector, and not the same one: a guess which one is meant could be the wrong one. */
export function refuseOtherDomain({ id, emailDomain }: SsoConnector, name: string | undefined): void {
  if (name === undefined || emailDomain === name) return;
  throw new ActionError(`Connector ${id} belongs to ${ownerOf(emailDomain)}, but email-domain is ${name}.`, {
    hint: 'Leave out either connector-id or email-domain.',
  });
}

/** The email domain of a connector for a sentence. */
export function ownerOf(emailDomain: string): string {
  return emailDomain === '' ? 'an email domain that Cloudflare does not show' : emailDomain;
}

/** The TXT record to publish; `undefined` only in a dry run that would create the connector first. */
export async function recordToPublish(
  domain: EmailDomain,
  settings: Settings,
  services: Services,
): Promise<SsoRecord | undefined> {
  if (domain.record !== undefined) return domain.record;
  // Also right after create, if the answer to its request had no code.
  const connector = await lookUp(domain, settings, services);
  if (connector === undefined) {
    if (settings.dryRun && settings.modes.includes('create')) return undefined;
    throw connectorMissing(domain);
  }
  if (domain.record === undefined) {
    throw new ActionError(`Cloudflare shows no verification code for connector ${connector.id}.`, {
      hint: 'Pass the code as verification-code, or look at the connector in the dashboard.',
    });
  }
  return domain.record;
}

/** The refusal of a mode that needs a connector. */
export function connectorMissing({ name }: EmailDomain): ActionError {
  return new ActionError(`This account has no SSO connector for ${name ?? 'this domain'}.`, {
    hint: 'Run mode create first, for example "mode: create, wait-for-dns, enable". If you expected a connector, check account-id.',
  });
}

/** Ends a wait that used up its time: fails the step or, with `on-timeout: continue`, only the work on this domain. */
export function endInTimeout(
  domain: EmailDomain,
  error: TimeoutError,
  { wait }: Settings,
  { log }: Services,
): void {
  domain.timedOut = true;
  if (wait.onTimeout === 'fail') throw error;
  // An annotation, so that a scheduled run that stays green still shows why it makes no progress.
  log.warning(errorLines(error).join(' '));
}
