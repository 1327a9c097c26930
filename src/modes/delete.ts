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
  if (connectors.length === 0) {
    domain.see(undefined);
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
  throw mayBeEnabled(first);
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
  { id, emailDomain }: SsoConnector,
  { dryRun }: Settings,
  services: Services,
): Promise<void> {
  const what = `SSO connector ${id} for ${emailDomain}`;
  if (dryRun) {
    services.log.info(`Dry run: would delete ${what}.`);
    return;
  }
  const { isOurs = true } = await domain.changeConnector(remove(requireApi(services).ssoConnectors, id));
  services.log.info(
    `${isOurs ? `Deleted ${what}.` : `Somebody else deleted ${what}.`} You can now remove its TXT record.`,
  );
}

function mayBeEnabled({ id, enabled, emailDomain }: SsoConnector): ActionError {
  const seen =
    enabled === undefined
      ? 'may be enabled: Cloudflare does not say'
      : 'is enabled: its users sign in through the identity provider';
  return new ActionError(`SSO connector ${id} for ${emailDomain} ${seen}.`, {
    hint: 'To disable and delete it on purpose, run "mode: disable, delete".',
  });
}

/** In a dry run of `disable, delete` the connector is still enabled. */
function wouldBeDisabled({ dryRun, modes }: Settings): boolean {
  const [disabled, deleted] = [modes.indexOf('disable'), modes.indexOf('delete')];
  return dryRun && disabled >= 0 && disabled < deleted;
}
