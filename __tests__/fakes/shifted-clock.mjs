/*
 * Loaded into the process of the action before the action itself (NODE_OPTIONS=--import): its clock is ahead, and runs
 * faster. Timers keep their pace. The code that is tested has no switch for it.
 */

const { CLOCK_AHEAD_MS = 0, CLOCK_RATE = 1 } = process.env;
const now = performance.now.bind(performance);
performance.now = () => now() * Number(CLOCK_RATE) + Number(CLOCK_AHEAD_MS);
