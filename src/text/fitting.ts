/** The first items, as many as fit; `sizeOf` and `max` have the same unit. */
export function fitting<T>(items: readonly T[], sizeOf: (item: T) => number, max: number): readonly T[] {
  let size = 0;
  const end = items.findIndex((item) => {
    size += sizeOf(item);
    return size > max;
  });
  return end < 0 ? items : items.slice(0, end);
}
