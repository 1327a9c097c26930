import { isNotFound } from '../cloudflare/sso-connectors.ts';
import { ActionError } from '../domain/errors.ts';
import { withoutConnector } from '../domain/progress.ts';
import type { Settings } from '../domain/settings.ts';
import { lookUp, type Mode, send } from './mode.ts';
import { requireApi } from './services.ts';

/** Deletes the SSO connector, unless it is enabled. */
export const deleteConnector: Mode = async (progress, settings, services) => {
  const found = await lookUp(progress, settings, services).catch((error: unknown) => {
    // Only of a connector; where the list of them is not found, it is the account that is wrong.
    if (isNotFound(error) && (progress.connector?.id ?? settings.connectorId))
      return withoutConnector(progress);
    throw error;
  });
  const { connector } = found;
  const { log, save } = services;
  if (connector === undefined) {
    log.info('There is no SSO connector, and so nothing to delete.');
    return save(withoutConnector(found));
  }
  if (connector.enabled && !wouldBeDisabled(settings)) {
    throw new ActionError(
      `The SSO connector ${connector.id} for ${connector.emailDomain} is enabled: its users sign in through the identity provider.`,
      { hint: 'To let go of it on purpose, run "mode: disable, delete".' },
    );
  }
  if (settings.dryRun) {
    log.info(`Dry run: would delete the SSO connector ${connector.id} for ${connector.emailDomain}.`);
    return found;
  }
  const { ssoConnectors } = requireApi(services);
  const isOurs = await send('connector', found, services, () => ssoConnectors.delete(connector.id));
  log.info(
    `${isOurs ? 'Deleted' : 'Somebody else has deleted'} the SSO connector ${connector.id} for ${connector.emailDomain}. Its TXT record can go too.`,
  );
  return save({ ...withoutConnector(found), changed: found.changed || isOurs });
};

/** In a dry run of `disable, delete` nothing has been disabled before. */
function wouldBeDisabled({ dryRun, modes }: Settings): boolean {
  const [disabled, deleted] = [modes.indexOf('disable'), modes.indexOf('delete')];
  return dryRun && disabled >= 0 && disabled < deleted;
}
