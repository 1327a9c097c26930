/** How registries of two-letter top-level domains name the zones in which people register: `co.uk`, `com.au`. */
const SECOND_LEVEL: ReadonlySet<string> = new Set(
  'ac co com edu gob go gov gouv ltd me mil ne net nom or org plc sch'.split(' '),
);

/**
 * Whether people register domains in this zone: the root, a top-level domain, or a zone like `co.uk`. There is no
 * complete list of the latter, so a zone of a kind that is not known here counts as somebody's domain.
 */
export function isRegistry(zone: string): boolean {
  const labels = zone.split('.');
  if (zone === '.' || labels.length === 1) return true;
  const [second = '', top = ''] = labels;
  return labels.length === 2 && top.length === 2 && SECOND_LEVEL.has(second);
}
