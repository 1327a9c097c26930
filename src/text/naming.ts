/** The first of the names, and how many more there are, as one text of bounded length. */
export function naming(names: readonly string[], max: number): string {
  const more = names.length > max ? ` and ${names.length - max} more` : '';
  return `${names.slice(0, max).join(', ')}${more}`;
}
