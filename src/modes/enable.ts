import type { SsoConnector } from '../domain/connector.ts';
import type { EmailDomain } from '../domain/email-domain.ts';
import { ActionError } from '../domain/errors.ts';
import type { Settings } from '../domain/settings.ts';
import { formatDuration } from '../text/duration.ts';
import { enableUntilConfirmed } from './confirmed-enable.ts';
import { connectorMissing, lookUp, type Mode } from './mode.ts';
import { judgeAndTell } from './preflight.ts';
import { requireApi, type Services } from './services.ts';
import { nameSsoApp, switchOn } from './switch-on.ts';
import { untilVerified } from './verification.ts';

/** Makes every user of the email domain, in every Cloudflare account, sign in through the identity provider. */
export const enable: Mode = async (domain, settings, services) => {
  const { log } = services;
  const connector = await lookUp(domain, settings, services);
  if (connector === undefined) {
    if (!settings.dryRun || !settings.modes.includes('create')) throw connectorMissing(domain);
    log.info('Dry run: would enable the connector once it exists and is verified.');
    return;
  }
  if (connector.enabled) return sayAlreadyEnabled(connector, settings, services);
  if (settings.dryRun) return sayWouldEnable(domain, connector, settings, services);
  const verified = await untilVerified(domain, connector, settings, services);
  if (verified === undefined) return;
  // Somebody may have been faster during the wait.
  if (verified.enabled) return sayAlreadyEnabled(verified, settings, services);
  // The wait may have been long: what can have changed since then is read again.
  await judgeAndTell(domain, settings, services);
  if (settings.confirmWithinMs !== undefined) {
    if (!(await isDisabledNow(domain, verified, settings, services))) return;
    await enableUntilConfirmed(domain, verified, settings.confirmWithinMs, settings, services);
    return;
  }
  await switchOn(domain, verified, services);
  await nameSsoApp(domain, services);
};

/**
 * Looks once more before a confirmed enable, which must not take back what somebody else has enabled.
 *
 * @throws {ActionError} if Cloudflare does not say
 */
async function isDisabledNow(
  domain: EmailDomain,
  { id }: SsoConnector,
  settings: Settings,
  services: Services,
): Promise<boolean> {
  const now = await requireApi(services).ssoConnectors.get(id);
  domain.see(now);
  if (now.enabled) sayAlreadyEnabled(now, settings, services);
  if (now.enabled !== undefined) return !now.enabled;
  throw new ActionError(
    `Cloudflare does not say whether connector ${id} is enabled, so confirm-within would not know what to take back to.`,
    { hint: 'Look at the connector in the dashboard, then run again.' },
  );
}

function sayAlreadyEnabled(
  { id, emailDomain }: SsoConnector,
  { confirmWithinMs }: Settings,
  { log }: Services,
): void {
  log.info(`SSO connector ${id} for ${emailDomain} is already enabled.`);
  if (confirmWithinMs === undefined) return;
  log.warning(
    `confirm-within does not apply: connector ${id} was enabled before this run, which leaves it as it is. Whether anybody has signed in through it is not known. If an earlier run ended before somebody confirmed it, disable it, then enable it again.`,
  );
}

function sayWouldEnable(
  { dns }: EmailDomain,
  connector: SsoConnector,
  { confirmWithinMs }: Settings,
  { log }: Services,
): void {
  const { emailDomain, verificationStatus = 'unknown' } = connector;
  const isWaiting = verificationStatus !== 'verified' && dns?.visible === false;
  const when = isWaiting ? 'once the record is visible and verified' : `now ${verificationStatus}`;
  const confirmed =
    confirmWithinMs === undefined
      ? ''
      : ` Would disable it again unless somebody signs in within ${formatDuration(confirmWithinMs)}.`;
  log.info(`Dry run: would enable the connector for ${emailDomain}, ${when}.${confirmed}`);
}
