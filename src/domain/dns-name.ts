/**
 * Whether a domain name is `ancestor` itself or below it. Both names must have the same spelling: lower case, and
 * both with or both without the final dot. The root is `.`, and every name is below it.
 */
export function isAtOrBelow(name: string, ancestor: string): boolean {
  return name === ancestor || ancestor === '.' || name.endsWith(`.${ancestor}`);
}

/** The name and all names above it but the root, the longest first: `a.b.c`, `b.c`, `c`. No final dot. */
export function selfAndAncestors(name: string): readonly string[] {
  const labels = name.split('.');
  return labels.map((_, depth) => labels.slice(depth).join('.'));
}

/** A name relative to a zone above it: `www` for `www.example.com` in `example.com`; `undefined` outside the zone. */
export function relativeName(name: string, zone: string): string | undefined {
  if (name === zone) return '';
  return isAtOrBelow(name, zone) ? name.slice(0, zone === '.' ? undefined : -zone.length - 1) : undefined;
}
