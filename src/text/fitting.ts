/** The first items, as many as fit; `sizeOf` and `max` have the same unit. */
export function fitting<T>(items: readonly T[], sizeOf: (item: T) => number, max: number): readonly T[] {
  const fit = fittingParts(items, (item) => item, sizeOf, max);
  return fit.length < items.length ? fit : items;
}

/** What is made of the first items, as much as fits. Of the items after it nothing is made. */
export function fittingParts<T, Part>(
  items: readonly T[],
  toPart: (item: T) => Part,
  sizeOf: (part: Part) => number,
  max: number,
): readonly Part[] {
  const fit: Part[] = [];
  let size = 0;
  for (const item of items) {
    const part = toPart(item);
    size += sizeOf(part);
    if (size > max) break;
    fit.push(part);
  }
  return fit;
}
