import type { Clock } from '../../time/clock.ts';
import { linkedAbort } from '../../time/linked-abort.ts';

/** A limit for work whose result is not worth waiting for any longer. */
export interface TimeLimit extends Disposable {
  /** Aborts at the limit, and with the step. */
  readonly signal: AbortSignal;
  /** What the work resolves to; `undefined` if the limit has ended it. A stop of the step stays an error. */
  unlessLate<T>(work: Promise<T>): Promise<T | undefined>;
}

/** Starts the time. Without `limitMs`, there is no limit. */
export function timeLimit(
  limitMs: number | undefined,
  { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal },
): TimeLimit {
  const running = linkedAbort(signal);
  const end = async (ms: number): Promise<void> => {
    await Promise.allSettled([clock.sleep(ms, running.signal)]);
    running[Symbol.dispose]();
  };
  if (limitMs !== undefined) void end(limitMs);
  return {
    signal: running.signal,
    async unlessLate(work) {
      try {
        return await work;
      } catch (thrown) {
        if (running.signal.aborted && !signal.aborted) return undefined;
        throw thrown;
      }
    },
    [Symbol.dispose]: () => running[Symbol.dispose](),
  };
}
