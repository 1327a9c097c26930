const FIRST_PAUSE_MS = 2000;
const PAUSE_GROWTH = 1.5;

/** The pauses between looks at something that may take minutes, in milliseconds: each is longer, up to `longestMs`. */
export function* growingPauses(longestMs: number): Generator<number, never> {
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs *= PAUSE_GROWTH) yield Math.min(pauseMs, longestMs);
}
