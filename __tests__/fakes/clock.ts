import type { Clock } from '../../src/time/clock.ts';

/** A clock on which time passes only by sleeping, and then at once. */
export interface FakeClock extends Clock {
  /** How long each sleep was. */
  readonly sleptMs: readonly number[];
}

/** Noon UTC, so that a test can say at which time of day something is. */
export const NOON_MS = Date.UTC(2026, 0, 5, 12);

export function fakeClock(onSleep: (nowMs: number) => void = () => undefined): FakeClock {
  let nowMs = NOON_MS;
  const sleptMs: number[] = [];
  return {
    sleptMs,
    now: () => nowMs,
    async sleep(durationMs, signal) {
      signal?.throwIfAborted();
      sleptMs.push(durationMs);
      nowMs += durationMs;
      onSleep(nowMs);
      signal?.throwIfAborted();
    },
  };
}
