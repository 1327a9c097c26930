import type { EmailDomain } from '../domain/email-domain.ts';
import { ActionError, RequestError } from '../domain/errors.ts';
import { type Judgement, obstacles, type PreflightReport } from '../domain/preflight.ts';
import type { Settings } from '../domain/settings.ts';
import { type Evidence, evidenceOf } from '../preflight/evidence.ts';
import { GUARDS_OF_ACCOUNT, preflightReport } from '../preflight/judge.ts';
import { connectorMissing, lookUp, type Mode } from './mode.ts';
import { requireApi, type Services } from './services.ts';

/** Judges whether people could sign in through SSO, and changes nothing. */
export const preflight: Mode = async (domain, settings, services) => {
  const looking = lookUp(domain, settings, services);
  // The guards need only its name.
  if (domain.name === undefined) await looking;
  // Both to their end: a failure of one must not cut off what the other finds.
  const ends = await Promise.allSettled([looking, judgeAndTell(domain, settings, services)]);
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
};

/**
 * The same judgement before any other mode of a step with enable, so that nothing is created and nothing is waited for
 * in vain. A connector that is enabled already needs none.
 */
export const preflightFirst: Mode = async (domain, settings, services) => {
  const connector =
    domain.name === undefined || settings.connectorId !== undefined
      ? await lookUp(domain, settings, services)
      : await requireApi(services).ssoConnectors.find(domain.name);
  if (connector?.enabled) return;
  if (connector === undefined && !settings.modes.includes('create')) {
    domain.see(undefined);
    throw connectorMissing(domain);
  }
  try {
    await services.log.group('preflight', () => judgeAndTell(domain, settings, services));
  } catch (error) {
    // No later mode looks it up.
    domain.see(connector);
    throw error;
  }
};

/**
 * Judges, tells what has changed since the last judgement, and refuses what the input `preflight` says to refuse. What
 * was read in the last minute is not read again.
 *
 * @throws {ActionError} if the connector must not be enabled
 */
export async function judgeAndTell(
  domain: EmailDomain,
  settings: Settings,
  services: Services,
): Promise<void> {
  const emailDomain = domain.name ?? '';
  const before = domain.preflight;
  const report = await preflightReport(evidenceAbout(emailDomain, settings, services));
  domain.preflight = report;
  const found = obstacles(report, settings.preflight);
  tell(report, found, before, services);
  if (found.length > 0) throw refusal(found, settings);
  await requireConfirmable(emailDomain, settings, services);
}

/** What the guards judge an email domain by, as of now. */
export function evidenceAbout(emailDomain: string, { emailDomains }: Settings, services: Services): Evidence {
  const subject = { emailDomain, emailDomains: [...emailDomains, emailDomain] };
  return evidenceOf(requireApi(services), subject, services.clock.now());
}

const MARKS = { passed: '✓', warned: '!', refused: '✗', unknown: '?' } as const;

/** A line for each guard; after the first time, only for those that changed. */
function tell(
  { guards }: PreflightReport,
  found: readonly Judgement[],
  before: PreflightReport | undefined,
  { log }: Services,
): void {
  for (const judgement of guards) {
    const { guard, verdict, evidence, remedy = '' } = judgement;
    if (before?.guards.some((one) => one.guard === guard && one.verdict === verdict)) continue;
    const line = `${MARKS[verdict]} ${guard} ${verdict}: ${evidence} ${remedy}`.trimEnd();
    // An obstacle is told by the error that ends the work.
    const isWarning = ['warned', 'refused'].includes(verdict) && !found.includes(judgement);
    if (GUARDS_OF_ACCOUNT.has(guard)) log.ofAccount(isWarning ? 'warning' : 'info', line);
    else if (isWarning) log.warning(line);
    else if (verdict === 'passed') log.detail(line);
    else log.info(line);
  }
}

function refusal(found: readonly Judgement[], { preflight: policy }: Settings): ActionError {
  const seen = found.map(({ guard, evidence }) => `${guard}: ${evidence}`).join(' ');
  const remedies = [...new Set(found.flatMap(({ remedy }) => remedy ?? []))];
  const strict = policy === 'strict' ? ['preflight: strict refuses everything that is not proven.'] : [];
  return new ActionError(`Preflight refuses to enable the connector. ${seen}`, {
    hint: [...remedies, ...strict].join(' '),
  });
}

/**
 * With `confirm-within`, a sign-in must be visible, or nothing could ever be confirmed.
 *
 * @throws {ActionError} if the token may not read what shows it
 */
async function requireConfirmable(
  emailDomain: string,
  { confirmWithinMs, modes }: Settings,
  services: Services,
): Promise<void> {
  if (confirmWithinMs === undefined || !modes.includes('enable')) return;
  const { access, accessLog } = requireApi(services);
  try {
    await Promise.all([access.ssoApp(), accessLog.pastSignIns(emailDomain)]);
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    throw new ActionError(
      `confirm-within cannot see sign-ins, so nothing is enabled that could not be confirmed. ${error.message}`,
      { hint: error.hint, cause: error },
    );
  }
}
