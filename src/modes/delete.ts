import type { SsoConnector } from '../domain/connector.ts';
import type { EmailDomain } from '../domain/email-domain.ts';
import { ActionError } from '../domain/errors.ts';
import type { Settings } from '../domain/settings.ts';
import { remove } from './connector-change.ts';
import { type Mode, refuseOtherDomain } from './mode.ts';
import { requireApi, type Services } from './services.ts';

/** Deletes the SSO connectors of the email domain, but none that may be enabled. */
export const deleteConnector: Mode = async (domain, settings, services) => {
  const { log } = services;
  const connectors = await connectorsOf(domain, settings, services);
  domain.see(connectors[0]);
  if (connectors.length === 0) {
    log.info('There is no SSO connector, so there is nothing to delete.');
    return;
  }
  if (connectors.length > 1) log.info(`${domain.name} has ${connectors.length} SSO connectors.`);
  const kept = connectors.filter(({ enabled }) => enabled !== false && !wouldBeDisabled(settings));
  for (const connector of connectors)
    if (!kept.includes(connector)) await removeOne(domain, connector, settings, services);
  const [first] = kept;
  if (first === undefined) return;
  domain.see(first);
  throw mayBeEnabled(kept);
};

/** By its ID if that is given, or if the name is not known. */
async function connectorsOf(
  { connector: known, name }: EmailDomain,
  { connectorId }: Settings,
  services: Services,
): Promise<readonly SsoConnector[]> {
  const { ssoConnectors } = requireApi(services);
  const id = connectorId ?? (name === undefined ? known?.id : undefined);
  if (id === undefined) return name === undefined ? [] : ssoConnectors.allOf(name);
  const connector = await ssoConnectors.getIfThere(id);
  if (connector === undefined) return [];
  refuseOtherDomain(connector, name);
  return [connector];
}

async function removeOne(
  domain: EmailDomain,
  connector: SsoConnector,
  { dryRun }: Settings,
  services: Services,
): Promise<void> {
  const { id, emailDomain } = connector;
  const what = `SSO connector ${id} for ${emailDomain}`;
  if (dryRun) {
    services.log.info(`Dry run: would delete ${what}.`);
    return;
  }
  // A refusal leaves what was known of this one, not of another one of the domain.
  domain.see(connector);
  const { isOurs = true } = await domain.changeConnector(remove(requireApi(services).ssoConnectors, id));
  services.log.info(
    `${isOurs ? `Deleted ${what}.` : `Somebody else deleted ${what}.`} You can now remove its TXT record.`,
  );
}

function mayBeEnabled(kept: readonly SsoConnector[]): ActionError {
  return new ActionError(kept.map(describe).join(' '), {
    hint: 'To disable and delete on purpose, run "mode: disable, delete".',
  });
}

function describe({ id, enabled, emailDomain }: SsoConnector): string {
  const seen =
    enabled === undefined
      ? 'may be enabled: Cloudflare does not say'
      : 'is enabled: its users sign in through the identity provider';
  return `SSO connector ${id} for ${emailDomain} ${seen}.`;
}

/** In a dry run of `disable, delete` the connector is still enabled. */
function wouldBeDisabled({ dryRun, modes }: Settings): boolean {
  const [disabled, deleted] = [modes.indexOf('disable'), modes.indexOf('delete')];
  return dryRun && disabled >= 0 && disabled < deleted;
}
