/** A list with equal neighbours counted: `POST 16×GET POST`. */
export function inRuns(items: readonly string[]): string {
  const runs: { readonly item: string; count: number }[] = [];
  for (const item of items) {
    const last = runs.at(-1);
    if (last?.item === item) last.count += 1;
    else runs.push({ item, count: 1 });
  }
  return runs.map(({ item, count }) => (count === 1 ? item : `${count}×${item}`)).join(' ');
}
