/*
 * Loaded into the process of the action before the action itself (NODE_OPTIONS=--import), so that what takes
 * half a minute in production takes less than a second in a test: the code that is tested has no switch for it.
 */

/** A deadline of 30 s is over after 0.75 s. */
const DEADLINE_FACTOR = 40;
/** Pauses between attempts, and how long DNS is waited for. */
const TIMER_FACTOR = 10;
const LONGEST_TIMER_MS = 500;

const { timeout } = AbortSignal;
AbortSignal.timeout = (delayMs) => timeout.call(AbortSignal, delayMs / DEADLINE_FACTOR);

globalThis.setTimeout = new Proxy(globalThis.setTimeout, {
  apply(target, self, [callback, delayMs, ...rest]) {
    const shortMs = Math.min(Number(delayMs ?? 0) / TIMER_FACTOR, LONGEST_TIMER_MS);
    return Reflect.apply(target, self, [callback, shortMs, ...rest]);
  },
});
