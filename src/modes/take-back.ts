import { isNotFound } from '../cloudflare/not-found.ts';
import type { EmailDomain } from '../domain/email-domain.ts';
import { ActionError, RequestError, toActionError } from '../domain/errors.ts';
import type { Settings } from '../domain/settings.ts';
import { READ_LAG_MS } from '../http/change.ts';
import { formatDuration } from '../text/duration.ts';
import type { Services } from './services.ts';

const FIRST_PAUSE_MS = 500;
const MAX_PAUSE_MS = 30_000;
/** A refusal seldom goes away, and a job that waits for this step could do better with another token. */
const MAX_REFUSALS = 8;
/** Requests are mostly carried out within a second; a cancelled step has ten. */
const SETTLE_MS = 3000;

/** The connector that is to be disabled again. */
interface Enabled {
  readonly connectorId: string;
  /** By when the request to enable it had been sent, in milliseconds since the epoch. */
  readonly patchedByMs: number;
}

/**
 * Disables the connector again and sees that it is disabled. Goes on after a stop, until the runner ends the process.
 *
 * @throws {ActionError} with the command to do it by hand, if Cloudflare refuses again and again
 */
export async function takeBack(
  domain: EmailDomain,
  enabled: Enabled,
  settings: Settings,
  services: Services,
): Promise<void> {
  const isInDoubt = domain.sight.kind === 'in-doubt';
  await untilOff(domain, enabled, settings, services);
  if (!isInDoubt) return;
  // The change whose answer never came may be carried out after the one that took it back.
  await services.clock.sleep(SETTLE_MS);
  await untilOff(domain, enabled, settings, services);
}

async function untilOff(
  domain: EmailDomain,
  enabled: Enabled,
  settings: Settings,
  services: Services,
): Promise<void> {
  const { clock, log } = services;
  const { connectorId } = enabled;
  const command = disableCommand(connectorId, settings);
  let pauseMs = FIRST_PAUSE_MS;
  for (let refusals = 0; ; pauseMs = Math.min(pauseMs * 2, MAX_PAUSE_MS)) {
    const problem = await switchOff(domain, enabled, services);
    if (problem === undefined) return;
    refusals = problem.isFinal ? refusals + 1 : 0;
    if (refusals >= MAX_REFUSALS) throw stillEnabled(domain, connectorId, problem.error, command);
    log.warning(
      `Connector ${connectorId} could not be disabled. ${problem.error.message} Trying again in ${formatDuration(pauseMs)}. To do it by hand:`,
    );
    log.info(command);
    // Not ended by a stop: this is what is done about it.
    await clock.sleep(pauseMs);
  }
}

/** Why the connector is not disabled yet. */
interface Problem {
  readonly error: ActionError;
  /** Another attempt would end in the same way. */
  readonly isFinal: boolean;
}

/** One attempt; `undefined` once the connector was seen disabled, or is gone. */
async function switchOff(
  domain: EmailDomain,
  { connectorId, patchedByMs }: Enabled,
  { clock, lastResort }: Services,
): Promise<Problem | undefined> {
  if (lastResort === undefined) throw new TypeError('a connector was enabled without credentials');
  // Whatever is thrown: even after a defect the command must be told.
  const [sent] = await Promise.allSettled([
    domain.changeConnector({
      send: async () => ({ connector: await lastResort.change(connectorId, { enabled: false }) }),
      isDone: (seen) => seen?.enabled === false,
    }),
  ]);
  if (sent.status === 'rejected' && mayPass(sent.reason))
    return { error: toActionError(sent.reason), isFinal: false };
  // After a refusal, a read that still shows what was before the connector was enabled proves nothing.
  const isProof = sent.status === 'fulfilled' || clock.now() >= patchedByMs + READ_LAG_MS;
  // No answer is proof enough, and somebody may have disabled or deleted it by hand.
  const [seen] = await Promise.allSettled([lastResort.get(connectorId)]);
  if (seen.status === 'fulfilled' && (isProof || seen.value.enabled !== false)) {
    domain.see(seen.value);
    if (seen.value.enabled === false) return undefined;
  }
  // Only both together are proof that it is gone.
  if (isGone(sent) && isGone(seen)) {
    domain.see(undefined);
    return undefined;
  }
  if (sent.status === 'rejected') return { error: toActionError(sent.reason), isFinal: true };
  if (seen.status === 'rejected')
    return { error: toActionError(seen.reason), isFinal: !mayPass(seen.reason) };
  const error = new ActionError('Cloudflare accepted the request, but the connector is not disabled.');
  return { error, isFinal: false };
}

function isGone(request: PromiseSettledResult<unknown>): boolean {
  return request.status === 'rejected' && isNotFound(request.reason);
}

/** A defect does not pass. */
function mayPass(error: unknown): boolean {
  return error instanceof RequestError && error.retryability !== 'permanent';
}

function stillEnabled(
  { sight }: EmailDomain,
  connectorId: string,
  cause: ActionError,
  command: string,
): ActionError {
  // Without a look at it, or after a change of unknown outcome, nobody knows.
  const state = sight.kind === 'seen' && sight.connector.enabled === true ? 'is still' : 'may still be';
  return new ActionError(
    `Connector ${connectorId} ${state} enabled and nobody has confirmed it: it could not be disabled. ${cause.message}`,
    { hint: `${cause.hint ?? ''} To disable it by hand: ${command}`.trimStart(), cause, command },
  );
}

/** The request that disables a connector, for a shell. */
export function disableCommand(connectorId: string, { apiUrl, account }: Settings): string {
  const url = `${apiUrl}/accounts/${account?.accountId ?? ''}/sso_connectors/${connectorId}`;
  return `curl --fail-with-body -X PATCH ${quoted(url)} -H "Authorization: Bearer $CLOUDFLARE_API_TOKEN" -H 'Content-Type: application/json' -d '{"enabled": false}'`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
