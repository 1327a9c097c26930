import { isNotFound } from '../cloudflare/sso-connectors.ts';
import type { EmailDomain } from '../domain/email-domain.ts';
import { ActionError, RequestError } from '../domain/errors.ts';
import type { Settings } from '../domain/settings.ts';
import { formatDuration } from '../text/duration.ts';
import type { LastResort, Services } from './services.ts';

const FIRST_PAUSE_MS = 500;
const MAX_PAUSE_MS = 30_000;
/** A refusal seldom goes away, and a job that waits for this step could do better with another token. */
const MAX_REFUSALS = 8;

/**
 * Disables the connector again and sees that it is disabled. Goes on after a stop, until the runner ends the process.
 *
 * @throws {ActionError} with the command to do it by hand, if Cloudflare refuses again and again
 */
export async function takeBack(
  domain: EmailDomain,
  connectorId: string,
  settings: Settings,
  services: Services,
): Promise<void> {
  const { clock, log } = services;
  const command = disableCommand(connectorId, settings);
  let pauseMs = FIRST_PAUSE_MS;
  for (let refusals = 0; ; pauseMs = Math.min(pauseMs * 2, MAX_PAUSE_MS)) {
    const problem = await switchOff(domain, connectorId, services);
    if (problem === undefined) return;
    refusals = problem.retryability === 'permanent' ? refusals + 1 : 0;
    if (refusals >= MAX_REFUSALS) throw stillEnabled(connectorId, problem, command);
    log.warning(
      `Connector ${connectorId} could not be disabled. ${problem.message} Trying again in ${formatDuration(pauseMs)}. To do it by hand:`,
    );
    log.info(command);
    // Not ended by a stop: this is what is done about it.
    await clock.sleep(pauseMs);
  }
}

type Problem = Pick<RequestError, 'message' | 'hint' | 'retryability'>;

/** One attempt; `undefined` once the connector was seen disabled, or is gone. */
async function switchOff(
  domain: EmailDomain,
  connectorId: string,
  { lastResort }: Services,
): Promise<Problem | undefined> {
  if (lastResort === undefined) return undefined;
  try {
    await domain.changeConnector(
      () => lastResort.change(connectorId, { enabled: false }),
      (connector) => ({ connector }),
    );
    return await stillOn(domain, connectorId, lastResort);
  } catch (error) {
    if (!isNotFound(error)) {
      if (error instanceof RequestError) return error;
      throw error;
    }
    domain.see(undefined);
    return undefined;
  }
}

/** The answer to a change is not proof enough: the connector is read back. */
async function stillOn(
  domain: EmailDomain,
  connectorId: string,
  lastResort: LastResort,
): Promise<Problem | undefined> {
  const connector = await lastResort.get(connectorId);
  domain.see(connector);
  if (!connector.enabled) return undefined;
  const message = 'Cloudflare accepted the request, but the connector is still enabled.';
  return { message, hint: undefined, retryability: 'ambiguous' };
}

function stillEnabled(connectorId: string, problem: Problem, command: string): ActionError {
  return new ActionError(
    `Connector ${connectorId} is still enabled and nobody has confirmed it: it could not be disabled. ${problem.message}`,
    { hint: `${problem.hint ?? ''} To disable it by hand: ${command}`.trimStart(), command },
  );
}

/** The request that disables a connector, for a shell. */
export function disableCommand(connectorId: string, { apiUrl, account }: Settings): string {
  const url = `${apiUrl}/accounts/${account?.accountId ?? ''}/sso_connectors/${connectorId}`;
  return `curl -X PATCH ${quoted(url)} -H "Authorization: Bearer $CLOUDFLARE_API_TOKEN" -H 'Content-Type: application/json' -d '{"enabled": false}'`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
