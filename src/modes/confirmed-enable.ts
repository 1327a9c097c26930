import type { SsoConnector } from '../domain/connector.ts';
import type { EmailDomain } from '../domain/email-domain.ts';
import { ActionError, StoppedError, toActionError } from '../domain/errors.ts';
import type { Settings } from '../domain/settings.ts';
import { untilSignedIn } from './first-sign-in.ts';
import type { Services } from './services.ts';
import { switchOn } from './switch-on.ts';
import { disableCommand, takeBack } from './take-back.ts';

/**
 * Enables a connector for good only if somebody then signs in through it, as routers confirm a change of their
 * configuration. When nobody does in time, on a stop, and on any failure, it disables the connector again.
 *
 * @throws {ActionError} if the connector is not enabled and confirmed at the end; its hint says how it was left
 */
export async function enableUntilConfirmed(
  domain: EmailDomain,
  connector: SsoConnector,
  confirmWithinMs: number,
  settings: Settings,
  services: Services,
): Promise<void> {
  const [patchedAtMs, before] = [services.clock.now(), domain.sight];
  // Before the request: whoever kills this step while it is under way needs the command as well.
  services.log.info(
    `If this step is killed before somebody has signed in: ${disableCommand(connector.id, settings)}`,
  );
  let onSinceMs: number | undefined;
  try {
    await switchOn(domain, connector, services);
    onSinceMs = services.clock.now();
    await untilSignedIn(domain, connector, { patchedAtMs, confirmWithinMs }, settings, services);
    domain.confirmed = true;
  } catch (thrown) {
    const error = toActionError(thrown);
    // A refusal leaves what was seen as it was. An answer that shows it disabled may be older than the change.
    if (domain.sight === before || (onSinceMs === undefined && domain.sight.kind === 'absent')) throw error;
    domain.confirmed = false;
    const isOffMeanwhile =
      onSinceMs !== undefined && domain.sight.kind === 'seen' && domain.sight.connector.enabled === false;
    services.log.info(`${error.message} Disabling the connector again.`);
    const enabled = { connectorId: connector.id, patchedByMs: onSinceMs ?? services.clock.now() };
    await takeBack(domain, enabled, settings, services).catch((failure: unknown) => {
      throw withReason(toActionError(failure), error);
    });
    const outcome = outcomeFor(domain, connector, isOffMeanwhile);
    services.log.info(outcome);
    throw withOutcome(error, outcome);
  }
}

function outcomeFor(domain: EmailDomain, { id, emailDomain }: SsoConnector, isOffMeanwhile: boolean): string {
  const shown = `Connector ${id} for ${emailDomain}`;
  if (domain.connector === undefined) return `${shown} is gone: somebody deleted it.`;
  // Somebody else did that.
  if (isOffMeanwhile) return `${shown} is disabled.`;
  return `${shown} is disabled again, because nobody had confirmed it.`;
}

/** Why the connector was to be disabled is worth as much as why it was not. */
function withReason(failure: ActionError, reason: ActionError): ActionError {
  const { command, hint, message } = failure;
  return new ActionError(`${message} Before that: ${reason.message}`, { hint, cause: failure, command });
}

function withOutcome(error: ActionError, outcome: string): ActionError {
  const details = { hint: `${outcome} ${error.hint ?? ''}`.trimEnd(), cause: error };
  // Whoever stops such a step may not want to run it again.
  return error instanceof StoppedError
    ? new StoppedError(error.message, { ...details, hint: outcome })
    : new ActionError(error.message, details);
}
