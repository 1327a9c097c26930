import { READ_LAG_MS, readUntil, withDoubt } from './change.ts';
import type { RetryServices } from './retries.ts';

/** A change that must not be made twice, and how to see whether it was made. Every function is a single attempt. */
export interface OneTimeChange<T> {
  /** Sends the request; resolves to what it has made. */
  send(): Promise<T>;
  /**
   * Looks for what {@link send} makes; `undefined` when it is not there. Called only after an attempt of unknown
   * outcome, before `send` is called again. Leave it out where sending again tells the same.
   */
  look?(): Promise<T | undefined>;
  /**
   * What is there already when the server refuses for that reason (a conflict, a duplicate, nothing left to delete);
   * `undefined` for every other error.
   */
  alreadyThere?(refusal: unknown): Promise<T | undefined>;
}

/** The end of a {@link OneTimeChange}. */
export interface ChangeMade<T> {
  readonly made: T;
  /** This run made it, now or in an earlier attempt of unknown outcome; `false` when somebody else did. */
  readonly isOurs: boolean;
}

/**
 * Makes a change no more than once, with the retries of {@link withDoubt}. After an attempt of unknown outcome
 * (time-out, reset, 5xx) every further attempt looks first, and sends again only when the look finds nothing for
 * {@link READ_LAG_MS}, because reads lag behind writes. A look that fails is repeated in place of the attempt. What turns
 * out to be there is ours if an outcome was unknown before.
 *
 * @throws as {@link withDoubt}
 */
export async function postOnce<T>(change: OneTimeChange<T>, services: RetryServices): Promise<ChangeMade<T>> {
  const look = async (): Promise<T | undefined> => {
    const untilMs = services.clock.now() + READ_LAG_MS;
    return change.look && readUntil(change.look, (found) => found !== undefined, untilMs, services);
  };
  let refusal: unknown;
  const attempt = async (mayBeMade: boolean): Promise<ChangeMade<T>> => {
    const found = mayBeMade ? await look() : undefined;
    if (found !== undefined) return { made: found, isOurs: true };
    try {
      return { made: await change.send(), isOurs: true };
    } catch (error) {
      refusal = error;
      const existing = await change.alreadyThere?.(error);
      if (existing === undefined) throw error;
      return { made: existing, isOurs: mayBeMade };
    }
  };
  // A look that fails says nothing about the change.
  return withDoubt(attempt, services, (error) => error === refusal);
}
