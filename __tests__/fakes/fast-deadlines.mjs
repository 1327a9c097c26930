/*
 * Loaded like fast-pauses.mjs: the deadline of a request, 30 s, is over after 1.5 s. Only for tests in which an answer
 * never comes, since a busy machine may need that long for one that does.
 */

const FACTOR = 20;

const { timeout } = AbortSignal;
AbortSignal.timeout = (delayMs) => timeout.call(AbortSignal, delayMs / FACTOR);
