/** A name in the form that all comparisons use: lower case, no dot at its end. */
export function normalizeName(name: string): string {
  return name.toLowerCase().replace(/\.$/, '');
}

/** Whether `name` is `suffix` or below it; the empty suffix is the root, above all. */
export function isWithin(name: string, suffix: string): boolean {
  const [child, parent] = [normalizeName(name), normalizeName(suffix)];
  return parent === '' || child === parent || child.endsWith(`.${parent}`);
}

/** The longest of the suffixes that `name` is within: the one that decides, as in every DNS server. */
export function longestSuffix<T>(
  name: string,
  candidates: Iterable<T>,
  suffixOf: (candidate: T) => string,
): T | undefined {
  return [...candidates]
    .filter((candidate) => isWithin(name, suffixOf(candidate)))
    .sort((one, other) => suffixOf(other).length - suffixOf(one).length)[0];
}
