import { domainToASCII } from 'node:url';

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

/**
 * A name in A-labels (RFC 5890) and lower case; empty if it is not a valid name. Plain ASCII is not checked, because as a
 * URL's host "1" would become an IPv4 address.
 */
export function toALabels(name: string): string {
  const isAscii = /^[\x20-\x7e]*$/.test(name);
  return isAscii ? name.toLowerCase() : domainToASCII(name);
}

/**
 * The wildcard that answers for a name as long as the name does not exist (RFC 4592, section 3.3.1): that of its closest
 * encloser. The first record at the name ends that. `undefined` if the name exists, perhaps as an empty non-terminal, or
 * no wildcard answers for it.
 *
 * @param zone the zone apex
 * @param owners of all records in the zone; all names are in lower case and without a final dot
 */
export function wildcardFor(name: string, zone: string, owners: Iterable<string>): string | undefined {
  const existing = new Set([zone]);
  for (const owner of owners) {
    // Every name between an owner and the apex exists too.
    if (isAtOrBelow(owner, zone)) for (const each of selfAndAncestors(owner)) existing.add(each);
  }
  const encloser = selfAndAncestors(name).find((each) => existing.has(each));
  if (encloser === undefined || encloser === name) return undefined;
  return existing.has(`*.${encloser}`) ? `*.${encloser}` : undefined;
}
