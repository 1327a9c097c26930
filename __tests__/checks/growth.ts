/** Long enough to tell a square from a line, short enough that a square is soon over. */
const SIZE = 4096;
/** Work on four times the size that takes no longer does no harm, and is too short to compare. */
const HARMLESS_MS = 3;
const TRIES = 3;

/**
 * Whether four times the input takes nine times as long or longer: three times for each doubling. CPU time counts, and
 * the best of several tries, so that neither a slow nor a busy machine makes a difference.
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

/** How many times as much CPU time the work takes as other work does; each the better of two tries. */
export function costRatio(work: () => unknown, other: () => unknown): number {
  const best = (what: () => unknown): number => Math.min(...Array.from({ length: 2 }, () => cpuMs(what)));
  return best(work) / best(other);
}

/** The CPU time of the work in milliseconds: while the machine does something else, it stands still. */
function cpuMs(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
