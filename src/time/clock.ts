/** The action's time. Tests replace it, so that hours pass at once. */
export interface Clock {
  /** Milliseconds since the epoch; never goes backwards. */
  now(): number;
  /** Resolves after `durationMs`; rejects with the signal's reason as soon as it aborts. */
  sleep(durationMs: number, signal?: AbortSignal): Promise<void>;
}

/** The machine's clock. It is monotonic, so that a correction of the wall clock does not change a wait. */
export const systemClock: Clock = {
  now: () => performance.timeOrigin + performance.now(),
  sleep(durationMs, signal) {
    // timers/promises would create an error with a stack for each of thousands of aborted sleeps.
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const timer = setTimeout(settle, durationMs);
    function settle(): void {
      clearTimeout(timer);
      signal?.removeEventListener('abort', settle);
      if (signal?.aborted) reject(signal.reason);
      else resolve();
    }
    signal?.addEventListener('abort', settle, { once: true });
    if (signal?.aborted) settle();
    return promise;
  },
};
