import { setTimeout as delay } from 'node:timers/promises';

/** Time as the action sees it, so that tests can let hours pass at once. */
export interface Clock {
  /** Milliseconds since the epoch, never running backwards. */
  now(): number;
  /** Resolves after `durationMs`; rejects with the signal's reason as soon as it aborts. */
  sleep(durationMs: number, signal?: AbortSignal): Promise<void>;
}

/** The machine's clock; monotonic, so that a correction of the wall clock does not end or stretch a wait. */
export const systemClock: Clock = {
  now: () => performance.timeOrigin + performance.now(),
  async sleep(durationMs, signal) {
    try {
      await delay(durationMs, undefined, signal ? { signal } : {});
    } catch (error) {
      signal?.throwIfAborted();
      throw error;
    }
  },
};
