import { ActionError } from '../domain/errors.ts';
import { type Progress, withConnector } from '../domain/progress.ts';
import type { Settings } from '../domain/settings.ts';
import { lookUp, type Mode, type ModeServices, send } from './mode.ts';
import { requireApi } from './services.ts';

/**
 * The way back in: users of the email domain no longer have to sign in through the identity provider. By connector
 * ID it is a single request and asks nothing that could be down.
 */
export const disable: Mode = async (progress, settings, services) => {
  const isUnseen = progress.connector === undefined && settings.connectorId !== undefined;
  if (isUnseen && !settings.dryRun) return switchOff(progress, settings.connectorId, services);
  const found =
    isUnseen || progress.connector === undefined ? await lookUp(progress, settings, services) : progress;
  const { connector } = found;
  const { log } = services;
  if (connector === undefined) return nothingToDisable(found, settings, services);
  if (!connector.enabled) {
    log.info(`The SSO connector ${connector.id} for ${connector.emailDomain} is disabled already.`);
    return found;
  }
  if (settings.dryRun) {
    log.info(`Dry run: would disable the SSO connector ${connector.id} for ${connector.emailDomain}.`);
    return found;
  }
  return switchOff(found, connector.id, services);
};

async function switchOff(progress: Progress, connectorId: string, services: ModeServices): Promise<Progress> {
  const { ssoConnectors } = requireApi(services);
  const answer = await send('connector', progress, services, () =>
    ssoConnectors.change(connectorId, { enabled: false }),
  );
  // Whether it was enabled before, only another request could tell.
  const current = services.save({ ...withConnector(progress, answer), changed: true });
  if (answer.enabled) {
    throw new ActionError(
      `Cloudflare accepted to disable the connector ${connectorId}, but it still is enabled.`,
      {
        hint: 'Run again at once; if it stays so, Cloudflare support can disable it.',
      },
    );
  }
  services.log.info(
    `The SSO connector ${connectorId} for ${answer.emailDomain} is disabled: its users sign in without the identity provider again.`,
  );
  if (progress.emailDomain !== undefined && answer.emailDomain !== progress.emailDomain) {
    throw new ActionError(
      `The connector ${connectorId}, which is disabled now, belongs to ${answer.emailDomain}, not to ${progress.emailDomain}.`,
      { hint: 'Leave one of connector-id and email-domain out, and run again for the right one.' },
    );
  }
  return current;
}

function nothingHere({ emailDomain }: Progress, { account }: Settings): ActionError {
  const domain = emailDomain ?? 'this domain';
  return new ActionError(
    `The account ${account?.accountId ?? ''} has no SSO connector for ${domain}: nothing was disabled.`,
    {
      hint: `If people of ${domain} are locked out, the connector is in another account: run again with its account-id and an API token for it.`,
    },
  );
}

/** Good news only where the connector is to go anyway: else somebody who is locked out would believe in it. */
function nothingToDisable(progress: Progress, settings: Settings, { log }: ModeServices): Progress {
  if (!settings.modes.includes('delete')) throw nothingHere(progress, settings);
  log.info('There is no SSO connector, and so nothing to disable.');
  return progress;
}
