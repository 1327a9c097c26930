/** As many items as fit, from the first on; `sizeOf` and `max` are in the same unit. */
export function fitting<T>(items: readonly T[], sizeOf: (item: T) => number, max: number): readonly T[] {
  let size = 0;
  const end = items.findIndex((item) => {
    size += sizeOf(item);
    return size > max;
  });
  return end < 0 ? items : items.slice(0, end);
}
