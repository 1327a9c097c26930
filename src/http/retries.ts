import pRetry from 'p-retry';
import { RequestError } from '../domain/errors.ts';
import type { Log } from '../domain/log.ts';
import { formatDuration } from '../text/duration.ts';
import type { Clock } from '../time/clock.ts';

/** What {@link withRetries} needs. */
export interface RetryServices {
  readonly clock: Clock;
  readonly log: Log;
  readonly signal: AbortSignal;
  readonly random?: () => number;
  /** Default: five. */
  readonly maxAttempts?: number;
}

const MAX_ATTEMPTS = 5;
const FIRST_DELAY_MS = 500;
const MAX_DELAY_MS = 16_000;
/** Cloudflare's rate limit has a window of five minutes. A longer wait is not worth a runner's time. */
export const MAX_RETRY_AFTER_MS = 5 * 60_000;

/**
 * Runs `attempt` until it succeeds, at most `maxAttempts` times. A permanent {@link RequestError}, or any other kind of error,
 * is thrown at once. The pauses follow the server's `Retry-After`; without one they double, with jitter.
 *
 * @throws the error of the last attempt
 */
export async function withRetries<T>(
  attempt: () => Promise<T>,
  { clock, log, signal, random = Math.random, maxAttempts = MAX_ATTEMPTS }: RetryServices,
): Promise<T> {
  return pRetry(attempt, {
    retries: maxAttempts - 1,
    // The pauses are below, on our clock.
    minTimeout: 0,
    signal,
    shouldRetry: ({ error }) => isTransient(error),
    async onFailedAttempt({ error, attemptNumber, retriesLeft }) {
      if (retriesLeft === 0 || !isTransient(error)) return;
      const delayMs = error.retryAfterMs ?? backoffMs(attemptNumber, random);
      log.info(`${error.message} Trying again in ${formatDuration(delayMs)}.`);
      await clock.sleep(delayMs, signal);
    },
  });
}

function isTransient(error: Error): error is RequestError {
  if (!(error instanceof RequestError) || error.retryability === 'permanent') return false;
  return (error.retryAfterMs ?? 0) <= MAX_RETRY_AFTER_MS;
}

function backoffMs(attemptNumber: number, random: () => number): number {
  return Math.min(FIRST_DELAY_MS * 2 ** (attemptNumber - 1), MAX_DELAY_MS) * (0.5 + random() / 2);
}
