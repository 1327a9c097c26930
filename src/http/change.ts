import { OutcomeUnknownError, RequestError } from '../domain/errors.ts';
import type { Clock } from '../time/clock.ts';
import { type RetryServices, withRetries } from './retries.ts';

/** How long a read may show what was before a write: Cloudflare and GitHub say nothing, and seconds have been seen. */
export const READ_LAG_MS = 15_000;
const READ_AGAIN_MS = 1000;

/**
 * Runs a change with the retries of {@link withRetries}. One attempt of unknown outcome leaves the whole change in doubt,
 * whatever later attempts say.
 *
 * @param attempt is told whether an earlier attempt may have been carried out
 * @param isAboutChange whether an error of an attempt is one of the change itself, not of a read beside it
 * @throws the error of the last attempt; its retryability is `ambiguous` if the change may have been carried out
 */
export async function withDoubt<T>(
  attempt: (mayBeDone: boolean) => Promise<T>,
  services: RetryServices,
  isAboutChange: (error: unknown) => boolean = () => true,
): Promise<T> {
  let mayBeDone = false;
  try {
    return await withRetries(async () => {
      try {
        return await attempt(mayBeDone);
      } catch (error) {
        mayBeDone ||= isAmbiguous(error) && isAboutChange(error);
        throw error;
      }
    }, services);
  } catch (error) {
    const isDoubtful = mayBeDone && error instanceof RequestError && !isAmbiguous(error);
    throw isDoubtful ? new OutcomeUnknownError(error) : error;
  }
}

function isAmbiguous(error: unknown): boolean {
  return error instanceof RequestError && error.retryability === 'ambiguous';
}

/** What {@link readUntil} needs. */
export interface ReadServices {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Default: {@link READ_LAG_MS}. */
  readonly readLagMs?: number;
}

/** Reads until the answer shows what is expected, or until then; the last answer in any case. */
export async function readUntil<T>(
  read: () => Promise<T>,
  isExpected: (answer: T) => boolean,
  untilMs: number,
  { clock, signal }: ReadServices,
): Promise<T> {
  for (;;) {
    const answer = await read();
    if (isExpected(answer) || clock.now() >= untilMs) return answer;
    await clock.sleep(READ_AGAIN_MS, signal);
  }
}
