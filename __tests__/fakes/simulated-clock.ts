import type { Clock } from '../../src/time/clock.ts';
import { NOON_MS } from './clock.ts';

/** A clock for concurrent work: time passes only when everything sleeps. */
export interface SimulatedClock extends Clock {
  /** The number of sleeps that have neither ended nor been aborted. */
  readonly sleeping: number;
  /** Advances the time from one sleep's end to the next until `work` settles, and returns its result. */
  run<T>(work: Promise<T>): Promise<T>;
}

interface Sleeper {
  readonly wakeAtMs: number;
  readonly wake: () => void;
}

/** Starts at noon, {@link NOON_MS}. */
export function simulatedClock(): SimulatedClock {
  let nowMs = NOON_MS;
  const sleepers = new Set<Sleeper>();

  function wakeNext(): void {
    const wakeAtMs = Math.min(...[...sleepers].map((sleeper) => sleeper.wakeAtMs));
    if (!Number.isFinite(wakeAtMs)) throw new Error('everything waits, so nothing will ever happen');
    nowMs = Math.max(nowMs, wakeAtMs);
    for (const sleeper of [...sleepers].filter((each) => each.wakeAtMs <= nowMs)) sleeper.wake();
  }

  return {
    now: () => nowMs,
    get sleeping() {
      return sleepers.size;
    },
    sleep: (durationMs, signal) =>
      new Promise((resolve, reject) => {
        signal?.throwIfAborted();
        const end = (settle: () => void): void => {
          sleepers.delete(sleeper);
          signal?.removeEventListener('abort', onAbort);
          settle();
        };
        const sleeper = { wakeAtMs: nowMs + durationMs, wake: () => end(resolve) };
        const onAbort = (): void => end(() => reject(signal?.reason));
        sleepers.add(sleeper);
        signal?.addEventListener('abort', onAbort, { once: true });
      }),
    async run(work) {
      let settled = false;
      const settle = (): void => {
        settled = true;
      };
      work.then(settle, settle);
      for (;;) {
        // First let everything happen that needs no time to pass.
        await new Promise(setImmediate);
        if (settled) return work;
        wakeNext();
      }
    },
  };
}
