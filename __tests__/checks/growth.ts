/** Large enough to tell quadratic from linear, small enough that quadratic work ends soon. */
const SIZE = 4096;
/** Work that takes less for four times the size is harmless, and too short to compare. */
const HARMLESS_MS = 3;
const TRIES = 3;

/**
 * Whether four times the input takes at least nine times as long: a factor of three per doubling. Uses CPU time and the
 * best of several tries, so that neither a slow nor a busy machine matters.
 *
 * @param work works on an input of the given size, in characters or bytes
 */
export function growsTooFast(work: (size: number) => unknown, size = SIZE): boolean {
  let [once, fourfold] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let tries = 0; tries < TRIES; tries++) {
    fourfold = Math.min(
      fourfold,
      cpuMs(() => work(4 * size)),
    );
    if (fourfold < HARMLESS_MS) return false;
    once = Math.min(
      once,
      cpuMs(() => work(size)),
    );
  }
  return fourfold >= 9 * once;
}

/** The CPU time of the work divided by that of other work; each the better of two tries. */
export function costRatio(work: () => unknown, other: () => unknown): number {
  const best = (what: () => unknown): number => Math.min(...Array.from({ length: 2 }, () => cpuMs(what)));
  return best(work) / best(other);
}

/** CPU time in milliseconds; it does not count while the machine does something else. */
function cpuMs(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
