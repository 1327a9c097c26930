import { explainInvisible } from '../dns/wait/wording.ts';
import type { SsoConnector } from '../domain/connector.ts';
import type { EmailDomain } from '../domain/email-domain.ts';
import { ActionError, TimeoutError } from '../domain/errors.ts';
import type { Settings } from '../domain/settings.ts';
import { formatDuration } from '../text/duration.ts';
import { growingPauses } from '../time/growing-pauses.ts';
import { begin } from './connector-change.ts';
import { endInTimeout } from './mode.ts';
import { requireApi, type Services } from './services.ts';

/** The connector once Cloudflare has verified it; `undefined` after a timeout with `on-timeout: continue`. */
export async function untilVerified(
  domain: EmailDomain,
  connector: SsoConnector,
  settings: Settings,
  services: Services,
): Promise<SsoConnector | undefined> {
  const { clock, signal } = services;
  const { timeoutMs, pollIntervalMs } = settings.wait;
  const deadlineMs = clock.now() + timeoutMs;
  let seen = await begun(domain, connector, services);
  const pauses = growingPauses(pollIntervalMs);
  for (;;) {
    if (seen.verificationStatus === 'verified') return seen;
    if (seen.verificationStatus === 'failed')
      throw await verificationFailed(domain, seen, settings, services);
    if (clock.now() >= deadlineMs) {
      endInTimeout(domain, notVerified(seen, settings), settings, services);
      return undefined;
    }
    await clock.sleep(Math.min(pauses.next().value, deadlineMs - clock.now()), signal);
    seen = await stillThere(domain, seen, services);
  }
}

/** Starts the verification if it is not under way. */
async function begun(
  domain: EmailDomain,
  connector: SsoConnector,
  services: Services,
): Promise<SsoConnector> {
  const { log } = services;
  const { verificationStatus } = connector;
  if (verificationStatus === 'awaiting' || verificationStatus === 'failed') {
    await domain.changeConnector(begin(requireApi(services).ssoConnectors, connector));
    log.info(`Verification was ${verificationStatus}; Cloudflare has started to look for the TXT record.`);
    return stillThere(domain, connector, services);
  }
  if (verificationStatus !== 'verified')
    log.info(`Cloudflare is verifying the TXT record (status ${statusOf(connector)}).`);
  return connector;
}

/** The connector as it is now; somebody may have deleted it during the wait. */
async function stillThere(
  domain: EmailDomain,
  { id, emailDomain }: SsoConnector,
  services: Services,
): Promise<SsoConnector> {
  const connector = await requireApi(services).ssoConnectors.getIfThere(id);
  domain.see(connector);
  if (connector !== undefined) return connector;
  throw new ActionError(`SSO connector ${id} for ${emailDomain} is gone: somebody deleted it.`, {
    hint: 'To enable the domain after all, run create again. The new connector has another verification code to publish.',
  });
}

async function verificationFailed(
  domain: EmailDomain,
  { emailDomain, verificationCode }: SsoConnector,
  settings: Settings,
  { dns, log }: Services,
): Promise<ActionError> {
  const message = `Cloudflare could not verify the TXT record of ${emailDomain} (status failed).`;
  if (verificationCode === undefined) return new ActionError(message);
  const oneLook = { ...settings.wait, timeoutMs: 0 };
  const record = { name: emailDomain, value: verificationCode };
  const report = domain.dns ?? (await dns.waitFor(record, oneLook, log));
  if (report.visible) {
    return new ActionError(`${message} The record is visible from here.`, {
      hint: 'Run again: enable restarts the verification.',
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
      hint: 'Cloudflare polls for up to two days. Run the same step again later: it continues where this run stopped. Mode wait-for-dns shows whether the record is visible, and if not, why.',
    },
  );
}

function statusOf({ verificationStatus }: SsoConnector): string {
  return verificationStatus ?? 'unknown';
}
