import { CloudflareApiError } from '../cloudflare/api-error.ts';
import { isNotFound } from '../cloudflare/sso-connectors.ts';
import { explainInvisible } from '../dns/wait/wording.ts';
import type { SsoConnector } from '../domain/connector.ts';
import { ActionError, RequestError, TimeoutError } from '../domain/errors.ts';
import { type Progress, withConnector, withoutConnector } from '../domain/progress.ts';
import type { Settings } from '../domain/settings.ts';
import { formatDuration } from '../text/duration.ts';
import { connectorMissing, endInTimeout, lookUp, type Mode, type ModeServices, send } from './mode.ts';
import { requireApi } from './services.ts';

/** Makes every user of the email domain, in every Cloudflare account, sign in through the identity provider. */
export const enable: Mode = async (progress, settings, services) => {
  const { log } = services;
  const found = await lookUp(progress, settings, services);
  const { connector } = found;
  if (connector === undefined) {
    if (!settings.dryRun || !settings.modes.includes('create')) throw connectorMissing(found.emailDomain);
    log.info('Dry run: would enable the connector once it exists and is verified.');
    return found;
  }
  if (connector.enabled) {
    log.info(`The SSO connector ${connector.id} for ${connector.emailDomain} is enabled already.`);
    return found;
  }
  if (settings.preflight) await requireIdentityProvider(services);
  if (settings.dryRun) {
    const isWaiting = connector.verificationStatus !== 'verified' && found.dns?.visible === false;
    const when = isWaiting ? 'once the record is visible and verified' : `now ${statusOf(connector)}`;
    log.info(`Dry run: would enable the connector for ${connector.emailDomain}, ${when}.`);
    return found;
  }
  const verified = await untilVerified(found, connector, settings, services);
  return verified.connector?.verificationStatus === 'verified'
    ? switchOn(verified, verified.connector, services)
    : verified;
};

/** Enabling without an identity provider would lock everybody out, so not knowing is no reason to go on. */
async function requireIdentityProvider(services: ModeServices): Promise<void> {
  const providers = await requireApi(services)
    .access.identityProviders()
    .catch((error: unknown) => {
      if (!(error instanceof CloudflareApiError) || error.status !== 403) throw error;
      throw new ActionError(
        `Preflight cannot see whether the account has an identity provider. ${error.message}`,
        {
          hint: 'Give the API token the permission "Access: Organizations, Identity Providers, and Groups: Read", or set preflight: false if you are sure.',
          cause: error,
        },
      );
    });
  if (providers.length === 0) {
    throw new ActionError(
      'The account has no identity provider: nobody could sign in once the connector is enabled.',
      {
        hint: 'Add it under Zero Trust, Settings, Authentication, and test it there. preflight: false skips this check.',
      },
    );
  }
  services.log.info(
    `Identity providers: ${providers.map(({ name, type }) => `${name} (${type})`).join(', ')}.`,
  );
  if (providers.every(({ type }) => type === 'onetimepin')) {
    services.log.warning(
      'The only login method of the account is the one-time PIN, not an identity provider of your own.',
    );
  }
}

const FIRST_PAUSE_MS = 2000;
const PAUSE_GROWTH = 1.5;
/** Right after a restart the status may still be that of the last try. */
const SIGHTINGS_OF_FAILURE = 2;

/** Has Cloudflare verify the TXT record; with a time-out that is to be survived it returns unverified. */
async function untilVerified(
  progress: Progress,
  connector: SsoConnector,
  settings: Settings,
  services: ModeServices,
): Promise<Progress> {
  const { clock, log, save, signal } = services;
  const { ssoConnectors } = requireApi(services);
  const deadlineMs = clock.now() + settings.wait.timeoutMs;
  let [current, isFresh, failures, pauseMs] = [
    progress,
    true,
    0,
    Math.min(FIRST_PAUSE_MS, settings.wait.pollIntervalMs),
  ];

  if (connector.verificationStatus === 'awaiting' || connector.verificationStatus === 'failed') {
    await send('connector', current, services, () => ssoConnectors.beginVerification(connector.id));
    log.info(
      `The verification was ${connector.verificationStatus}; Cloudflare has begun to look for the TXT record.`,
    );
    current = save({ ...current, changed: true });
    isFresh = false;
  }
  for (;;) {
    const seen: SsoConnector = isFresh ? connector : await stillThere(current, connector, services);
    current = save(withConnector(current, seen));
    if (seen.verificationStatus === 'verified') return current;
    failures = seen.verificationStatus === 'failed' ? failures + 1 : 0;
    if (failures >= SIGHTINGS_OF_FAILURE) throw await verificationFailed(current, seen, settings, services);
    if (isFresh) log.info(`Cloudflare is verifying the TXT record (status ${statusOf(seen)}).`);
    if (clock.now() >= deadlineMs)
      return endInTimeout(current, notVerified(seen, settings), settings, services);
    await clock.sleep(Math.min(pauseMs, deadlineMs - clock.now()), signal);
    pauseMs = Math.min(pauseMs * PAUSE_GROWTH, settings.wait.pollIntervalMs);
    isFresh = false;
  }
}

/** The connector as it is now; somebody may have deleted it while this run waited. */
async function stillThere(
  progress: Progress,
  { id, emailDomain }: SsoConnector,
  services: ModeServices,
): Promise<SsoConnector> {
  try {
    return await requireApi(services).ssoConnectors.get(id);
  } catch (error) {
    if (!isNotFound(error)) throw error;
    services.save(withoutConnector(progress));
    throw new ActionError(
      `The SSO connector ${id} for ${emailDomain} is gone: somebody has deleted it meanwhile.`,
      {
        hint: 'If it is to be enabled after all, run create again: the new one has another verification code to publish.',
        cause: error,
      },
    );
  }
}

async function switchOn(
  progress: Progress,
  { id, emailDomain }: SsoConnector,
  services: ModeServices,
): Promise<Progress> {
  const { log, save } = services;
  const { ssoConnectors } = requireApi(services);
  log.info(
    `Enabling the connector: from now on every user of ${emailDomain}, in every Cloudflare account, must sign in through the identity provider.`,
  );
  const enabling = send('connector', progress, services, () => ssoConnectors.change(id, { enabled: true }));
  const answer = await enabling.catch(explainRefusal);
  // The answer of the PATCH shows the connector as it now is; only where it does not, is it worth another look.
  const answered = save({ ...withConnector(progress, answer), changed: true });
  const current = answer.enabled ? answered : save(withConnector(answered, await ssoConnectors.get(id)));
  if (!current.connector?.enabled) {
    throw new ActionError(`Cloudflare accepted to enable the connector ${id}, but it still is not enabled.`, {
      hint: 'Run again; if it stays so, the domain may be enabled in another account, and Cloudflare support can tell.',
    });
  }
  log.info(
    `The SSO connector ${id} for ${emailDomain} is enabled. To get back in: disable connector ${id} with an API token kept aside.`,
  );
  return nameSsoApp(current, services);
}

/** Answers that are about this domain, not about the token or the connection. */
const REFUSALS: ReadonlySet<number> = new Set([400, 409, 422]);

function explainRefusal(error: unknown): never {
  if (!(error instanceof CloudflareApiError) || !REFUSALS.has(error.status)) throw error;
  throw new ActionError(`Cloudflare refuses to enable the connector. ${error.message}`, {
    hint: 'Only one account can have the domain enabled. If another one of yours has, disable it there first: with its connector-id, account-id and API token, mode disable. Otherwise see what Cloudflare says above.',
    cause: error,
  });
}

/** Good to know, and nothing that could make an enabled connector a failure. */
async function nameSsoApp(progress: Progress, services: ModeServices): Promise<Progress> {
  const { log, save } = services;
  try {
    const ssoApp = await requireApi(services).access.ssoApp();
    if (ssoApp === undefined) {
      log.info('The Access application of the dashboard (type dash_sso) is not there yet.');
      return progress;
    }
    log.info(`Its Access application is ${ssoApp.name} (${ssoApp.id}): its policies say who may sign in.`);
    return save({ ...progress, ssoApp });
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    log.info(`The Access application of the dashboard could not be looked up. ${error.message}`);
    return progress;
  }
}

async function verificationFailed(
  { dns }: Progress,
  { emailDomain, verificationCode }: SsoConnector,
  settings: Settings,
  { dns: recordWatch, log }: ModeServices,
): Promise<ActionError> {
  const message = `Cloudflare could not verify the TXT record of ${emailDomain} (status failed).`;
  if (verificationCode === undefined) return new ActionError(message);
  const wait = { ...settings.wait, timeoutMs: 0 };
  const report =
    dns ?? (await recordWatch.waitFor({ name: emailDomain, value: verificationCode }, wait, log));
  if (report.visible) {
    return new ActionError(`${message} The record is visible from here.`, {
      hint: 'Run again: enable starts it anew.',
    });
  }
  const { why, remedy } = explainInvisible(report);
  return new ActionError(`${message} Seen from here, ${why}.`, { hint: remedy });
}

function notVerified(connector: SsoConnector, { wait }: Settings): TimeoutError {
  const waited = wait.timeoutMs === 0 ? '' : ` after ${formatDuration(wait.timeoutMs)}`;
  return new TimeoutError(
    `Cloudflare has not verified the TXT record of ${connector.emailDomain}${waited} (status ${statusOf(connector)}).`,
    {
      hint: 'Cloudflare polls for up to two days. Run the same step again later: it goes on where this one stopped. Mode wait-for-dns says whether the record is visible, and if not, why.',
    },
  );
}

function statusOf({ verificationStatus }: SsoConnector): string {
  return verificationStatus ?? 'unknown';
}
