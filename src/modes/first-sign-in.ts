import type { SignIn } from '../cloudflare/access-log.ts';
import type { SsoConnector } from '../domain/connector.ts';
import type { EmailDomain } from '../domain/email-domain.ts';
import { ActionError, RequestError, TimeoutError } from '../domain/errors.ts';
import type { Settings } from '../domain/settings.ts';
import { BUILT_IN_PROVIDERS } from '../preflight/own-providers.ts';
import { connections } from '../preflight/sign-in-seen.ts';
import { formatDuration, formatTime } from '../text/duration.ts';
import { growingPauses } from '../time/growing-pauses.ts';
import { untilAborted } from '../time/until-aborted.ts';
import { requireApi, type Services } from './services.ts';
import { ssoAppByNow } from './switch-on.ts';

const FIRST_NEWS_MS = 60_000;
/** For the look at the end, with two attempts again. */
const LAST_LOOK_MS = 10_000;

/** From when to when a sign-in counts. */
interface Window {
  /** Right before the connector was enabled, in milliseconds since the epoch. */
  readonly patchedAtMs: number;
  readonly confirmWithinMs: number;
}

/**
 * Asks people to sign in to the dashboard, and resolves once the Access authentication log shows that somebody did.
 *
 * @throws {TimeoutError} if nobody did in time; it says what was denied
 */
export async function untilSignedIn(
  domain: EmailDomain,
  connector: SsoConnector,
  { patchedAtMs, confirmWithinMs }: Window,
  settings: Settings,
  services: Services,
): Promise<void> {
  const { clock, log, signal } = services;
  const { emailDomain } = connector;
  const deadlineMs = clock.now() + confirmWithinMs;
  askForSignIn(connector, confirmWithinMs, deadlineMs, services);
  // An entry of the log may have whole seconds.
  const sinceMs = Math.floor(patchedAtMs / 1000) * 1000;
  // A log that stalls, or asks for patience, must not keep a connector enabled that nobody confirms.
  const late = AbortSignal.timeout(confirmWithinMs + LAST_LOOK_MS);
  let denials: readonly SignIn[] = [];
  const pauses = growingPauses(settings.wait.pollIntervalMs);
  let newsMs = FIRST_NEWS_MS;
  for (;;) {
    const look = dashboardSignIns(domain, { emailDomain, sinceMs }, services);
    const signIns = await untilAborted(look, late).catch((error: unknown) => {
      throw late.aborted ? unanswered(connector, confirmWithinMs) : error;
    });
    const allowed = signIns.filter((one) => one.allowed);
    const first = allowed.findLast((one) => !isBuiltIn(one)) ?? allowed.at(-1);
    if (first !== undefined) return confirm(domain, connector, first, services);
    if (signIns.length > denials.length) log.warning(`${counted(signIns)}.`);
    denials = signIns;
    const leftMs = deadlineMs - clock.now();
    if (leftMs <= 0) throw notConfirmed(domain, connector, signIns, confirmWithinMs);
    if (confirmWithinMs - leftMs >= newsMs) {
      log.info(`Still waiting for a sign-in, ${formatDuration(leftMs)} left.`);
      newsMs *= 2;
    }
    await clock.sleep(Math.min(pauses.next().value, leftMs), signal);
  }
}

function askForSignIn(
  { emailDomain }: SsoConnector,
  confirmWithinMs: number,
  deadlineMs: number,
  { clock, log }: Services,
): void {
  // The time of day has no seconds, so a short time needs the duration as well.
  log.notice(
    `Open https://dash.cloudflare.com in a private window and sign in as somebody of ${emailDomain} within ${formatDuration(confirmWithinMs)}, before ${formatTime(deadlineMs, clock.now())}. Without a sign-in by then, the connector is disabled again.`,
  );
}

/** Sign-ins to the dashboard, not to other applications; none until Cloudflare has made its Access application. */
async function dashboardSignIns(
  domain: EmailDomain,
  query: { readonly emailDomain: string; readonly sinceMs: number },
  services: Services,
): Promise<readonly SignIn[]> {
  domain.ssoApp ??= await ssoAppByNow(services);
  const app = domain.ssoApp;
  if (app === undefined) return [];
  const signIns = await requireApi(services).accessLog.signIns(query);
  return signIns.filter(({ appUid }) => appUid === app.id || appUid === app.uid);
}

/** A good way in, but not the one that the company wants. */
const ONLY_BUILT_IN = ' That proves nothing about your own identity provider: sign in through it as well.';

/** Through the one-time PIN, or Cloudflare's own provider. */
function isBuiltIn({ connection }: SignIn): boolean {
  return BUILT_IN_PROVIDERS.has(connection.toLowerCase());
}

/** What was confirmed must still be so: somebody may have disabled the connector during the wait. */
async function confirm(
  domain: EmailDomain,
  { id, emailDomain }: SsoConnector,
  signIn: SignIn,
  services: Services,
): Promise<void> {
  const { clock, log } = services;
  const seen = `somebody of ${emailDomain} signed in to the dashboard through ${connections([signIn])} at ${formatTime(signIn.atMs, clock.now())}`;
  try {
    domain.see(await requireApi(services).ssoConnectors.get(id));
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    // The sign-in is proof enough.
    log.warning(`Connector ${id} could not be read again. ${error.message}`);
  }
  if (domain.connector?.enabled !== false) {
    const caveat = isBuiltIn(signIn) ? ONLY_BUILT_IN : '';
    log.notice(`Confirmed: ${seen}. Connector ${id} stays enabled.${caveat}`);
    return;
  }
  throw new ActionError(`Connector ${id} was disabled during the wait, although ${seen}.`, {
    hint: 'Find out who disabled it and why before you run mode enable again.',
  });
}

function unanswered({ emailDomain }: SsoConnector, confirmWithinMs: number): TimeoutError {
  return new TimeoutError(
    `Whether somebody of ${emailDomain} signed in within ${formatDuration(confirmWithinMs)} is not known: Cloudflare's log of sign-ins did not answer in time.`,
    { hint: 'Check https://www.cloudflarestatus.com for incidents, then run again.' },
  );
}

function notConfirmed(
  { ssoApp }: EmailDomain,
  { emailDomain }: SsoConnector,
  denied: readonly SignIn[],
  confirmWithinMs: number,
): TimeoutError {
  const seen =
    ssoApp === undefined
      ? 'The Access application of type dash_sso has not appeared.'
      : `${counted(denied)}.`;
  const remedy =
    denied.length > 0
      ? 'Somebody tried and was denied: look at the policies of the Access application of type dash_sso, and at the log of your identity provider.'
      : 'If somebody did sign in, Cloudflare may show it later than that: set a longer confirm-within. Otherwise test your identity provider in the dashboard under Zero Trust > Integrations > Identity providers.';
  return new TimeoutError(
    `Nobody of ${emailDomain} signed in to the dashboard through SSO within ${formatDuration(confirmWithinMs)}. ${seen}`,
    { hint: remedy },
  );
}

/** How many were denied, and through which providers. */
function counted(denied: readonly SignIn[]): string {
  if (denied.length === 0) return 'No denied sign-in was seen either';
  const count = denied.length === 1 ? '1 denied sign-in was' : `${denied.length} denied sign-ins were`;
  return `${count} seen, through ${connections(denied)}`;
}
