/*
 * Loaded into the process of the action before the action itself (NODE_OPTIONS=--import): its time passes ten times as
 * fast, so that a wait of 15 s takes 1.5 s. The deadlines of requests stay as they are. The code that is tested has no
 * switch for it.
 */

const FACTOR = 10;

const now = performance.now.bind(performance);
performance.now = () => now() * FACTOR;

globalThis.setTimeout = new Proxy(globalThis.setTimeout, {
  apply(target, self, [callback, delayMs, ...rest]) {
    return Reflect.apply(target, self, [callback, Number(delayMs ?? 0) / FACTOR, ...rest]);
  },
});
