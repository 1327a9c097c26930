/** A name for comparisons: lower case, no trailing dot. */
export function normalizeName(name: string): string {
  return name.toLowerCase().replace(/\.$/, '');
}

/** Whether `name` is at or below `suffix`; the empty suffix is the root. */
export function isWithin(name: string, suffix: string): boolean {
  const [child, parent] = [normalizeName(name), normalizeName(suffix)];
  return parent === '' || child === parent || child.endsWith(`.${parent}`);
}

/** The longest suffix that contains `name`. */
export function longestSuffix<T>(
  name: string,
  candidates: Iterable<T>,
  suffixOf: (candidate: T) => string,
): T | undefined {
  return [...candidates]
    .filter((candidate) => isWithin(name, suffixOf(candidate)))
    .sort((one, other) => suffixOf(other).length - suffixOf(one).length)[0];
}
