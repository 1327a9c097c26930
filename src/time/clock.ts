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
  sleep(durationMs, signal) {
    // Not timers/promises: its abort makes an error with a stack for each of thousands of sleeps cut short.
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
