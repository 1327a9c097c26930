import type { SsoConnector } from '../domain/connector.ts';
import type { EmailDomain } from '../domain/email-domain.ts';
import { ActionError, StoppedError, toActionError } from '../domain/errors.ts';
import type { Settings } from '../domain/settings.ts';
import { untilSignedIn } from './first-sign-in.ts';
import type { Services } from './services.ts';
import { switchOn } from './switch-on.ts';
import { takeBack } from './take-back.ts';

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
  const patchedAtMs = services.clock.now();
  try {
    await switchOn(domain, connector, services);
    await untilSignedIn(domain, connector, { patchedAtMs, confirmWithinMs }, settings, services);
    domain.confirmed = true;
  } catch (thrown) {
    const error = toActionError(thrown);
    if (!(await mayBeEnabled(domain, connector, services))) throw error;
    domain.confirmed = false;
    await takeBack(domain, connector.id, settings, services);
    const outcome = `Connector ${connector.id} for ${connector.emailDomain} is disabled again, because nobody had confirmed it.`;
    services.log.info(outcome);
    throw withOutcome(error, outcome);
  }
}

/** A refused request changes nothing; but an earlier attempt of it may have been carried out, so it is looked up. */
async function mayBeEnabled(
  domain: EmailDomain,
  { id }: SsoConnector,
  { lastResort }: Services,
): Promise<boolean> {
  if (domain.sight.kind !== 'seen' || domain.connector?.enabled) return true;
  // Not knowing counts as enabled.
  const seen = await lastResort?.get(id).catch(() => undefined);
  return seen?.enabled !== false;
}

function withOutcome(error: ActionError, outcome: string): ActionError {
  const details = { hint: `${outcome} ${error.hint ?? ''}`.trimEnd(), cause: error };
  return error instanceof StoppedError
    ? new StoppedError(error.message, details)
    : new ActionError(error.message, details);
}
