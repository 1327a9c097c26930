/*
 * Loaded into the process of the action before the action itself (NODE_OPTIONS=--import): shortens the pauses
 * between attempts and the waiting for DNS. The code that is tested has no switch for it.
 */

const FACTOR = 10;
const LONGEST_MS = 500;

globalThis.setTimeout = new Proxy(globalThis.setTimeout, {
  apply(target, self, [callback, delayMs, ...rest]) {
    const shortMs = Math.min(Number(delayMs ?? 0) / FACTOR, LONGEST_MS);
    return Reflect.apply(target, self, [callback, shortMs, ...rest]);
  },
});
