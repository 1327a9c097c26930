/** An option for NODE_OPTIONS that loads a module before the action. */
export function preload(module: URL): string {
  return `--import=${module.href}`;
}

/** Makes pauses short, but not the deadlines of requests. */
export const FAST_PAUSES = preload(new URL('../fakes/fast-pauses.mjs', import.meta.url));

/** Makes the deadlines of requests short, for tests in which an answer never comes. */
export const FAST_DEADLINES = preload(new URL('../fakes/fast-deadlines.mjs', import.meta.url));

/** Breaks something outside of any mode once a confirmed enable asks for a sign-in; the variable CRASH says how. */
export const CRASH_ONCE_ASKED = preload(new URL('../fakes/crash-once-asked.mjs', import.meta.url));

/** Moves the clock by CLOCK_AHEAD_MS, and makes it CLOCK_RATE times as fast. */
export const SHIFTED_CLOCK = preload(new URL('../fakes/shifted-clock.mjs', import.meta.url));
/** Ten seconds of the action's clock pass in one; a lag of 0.4 s is one of 4 s for it. */
export const FAST_CLOCK = preload(new URL('../fakes/fast-clock.mjs', import.meta.url));
