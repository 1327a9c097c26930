import type { Clock } from '../../src/time/clock.ts';
import { NOON_MS } from './clock.ts';

/**
 * A clock that runs `factor` times as fast as the world, for waits over real sockets: seconds between two looks, and hours
 * that a cache keeps something, pass in a test. Starts at noon.
 */
export function acceleratedClock(factor: number): Clock {
  const startedAtMs = performance.now();
  return {
    now: () => NOON_MS + (performance.now() - startedAtMs) * factor,
    sleep: (durationMs, signal) =>
      new Promise((resolve, reject) => {
        signal?.throwIfAborted();
        const onAbort = (): void => {
          clearTimeout(timer);
          reject(signal?.reason);
        };
        const timer = setTimeout(() => {
          signal?.removeEventListener('abort', onAbort);
          resolve();
        }, durationMs / factor);
        signal?.addEventListener('abort', onAbort, { once: true });
      }),
  };
}
