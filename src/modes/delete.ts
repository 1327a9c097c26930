import { isNotFound } from '../cloudflare/sso-connectors.ts';
import { ActionError } from '../domain/errors.ts';
import type { Settings } from '../domain/settings.ts';
import { lookUp, type Mode } from './mode.ts';
import { requireApi } from './services.ts';

/** Deletes the SSO connector, unless it is enabled. */
export const deleteConnector: Mode = async (domain, settings, services) => {
  const { log } = services;
  const isById = (domain.connector?.id ?? settings.connectorId) !== undefined;
  const connector = await lookUp(domain, settings, services).catch((error: unknown) => {
    // A connector that is not found is gone; if the list is not found, the account is wrong.
    if (!isNotFound(error) || !isById) throw error;
    domain.see(undefined);
    return undefined;
  });
  if (connector === undefined) {
    log.info('There is no SSO connector, so there is nothing to delete.');
    return;
  }
  const { id, enabled, emailDomain } = connector;
  if (enabled && !wouldBeDisabled(settings)) {
    throw new ActionError(
      `SSO connector ${id} for ${emailDomain} is enabled: its users sign in through the identity provider.`,
      { hint: 'To disable and delete it on purpose, run "mode: disable, delete".' },
    );
  }
  if (settings.dryRun) {
    log.info(`Dry run: would delete SSO connector ${id} for ${emailDomain}.`);
    return;
  }
  const { ssoConnectors } = requireApi(services);
  const isOurs = await domain.changeConnector(
    () => ssoConnectors.delete(id),
    (answer) => ({ connector: undefined, isOurs: answer }),
  );
  const what = `SSO connector ${id} for ${emailDomain}`;
  log.info(
    `${isOurs ? `Deleted ${what}.` : `Somebody else deleted ${what}.`} You can now remove its TXT record.`,
  );
};

/** In a dry run of `disable, delete` the connector is still enabled. */
function wouldBeDisabled({ dryRun, modes }: Settings): boolean {
  const [disabled, deleted] = [modes.indexOf('disable'), modes.indexOf('delete')];
  return dryRun && disabled >= 0 && disabled < deleted;
}
