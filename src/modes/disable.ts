import type { EmailDomain } from '../domain/email-domain.ts';
import { ActionError } from '../domain/errors.ts';
import type { Settings } from '../domain/settings.ts';
import { lookUp, type Mode } from './mode.ts';
import { requireApi, type Services } from './services.ts';

/**
 * The way back in: users of the email domain no longer have to sign in through the identity provider. By connector
 * ID it is one single request and depends on nothing that could be down.
 */
export const disable: Mode = async (domain, settings, services) => {
  const { log } = services;
  const { connectorId, dryRun } = settings;
  if (domain.connector === undefined && connectorId !== undefined && !dryRun)
    return switchOff(domain, connectorId, services);
  const connector = domain.connector ?? (await lookUp(domain, settings, services));
  if (connector === undefined) return sayNothingToDisable(domain, settings, services);
  const shown = `SSO connector ${connector.id} for ${connector.emailDomain}`;
  if (!connector.enabled) log.info(`The ${shown} is already disabled.`);
  else if (dryRun) log.info(`Dry run: would disable the ${shown}.`);
  else await switchOff(domain, connector.id, services);
};

async function switchOff(domain: EmailDomain, connectorId: string, services: Services): Promise<void> {
  const asked = domain.name;
  const { ssoConnectors } = requireApi(services);
  // Always counted as a change: only another request could tell whether it was enabled before.
  const { enabled, emailDomain } = await domain.changeConnector(
    () => ssoConnectors.change(connectorId, { enabled: false }),
    (connector) => ({ connector }),
  );
  if (enabled) {
    throw new ActionError(
      `Cloudflare accepted the request to disable connector ${connectorId}, but it is still enabled.`,
      { hint: 'Run again at once. If it stays enabled, Cloudflare support can disable it.' },
    );
  }
  services.log.info(
    `Disabled SSO connector ${connectorId} for ${emailDomain}: its users sign in without the identity provider again.`,
  );
  if (asked !== undefined && emailDomain !== asked) {
    throw new ActionError(
      `Connector ${connectorId} is disabled now, but it belongs to ${emailDomain}, not to ${asked}.`,
      { hint: 'Leave out either connector-id or email-domain, then run again for the right one.' },
    );
  }
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
