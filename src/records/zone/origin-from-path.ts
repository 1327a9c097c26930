import { basename, win32 } from 'node:path';
import { isAtOrBelow } from '../../domain/dns-name.ts';

/** What the name of a zone file tells about its zone. */
export type NamedOrigin =
  | { readonly kind: 'above'; readonly origin: string }
  | { readonly kind: 'other'; readonly origin: string }
  | { readonly kind: 'unknown' };

const EXTENSION = /\.(zone|zonefile|db|hosts|txt|dns|bind|conf)$/i;

/**
 * Looks for a zone in the name of a file: `db.example.com`, `example.com.zone`.
 *
 * @param domain lower case, without a final dot, like the origin in the result
 * @returns `above` if the zone is the domain or one of its parents, `other` if it cannot contain the domain, `unknown`
 *   if the name is not clearly that of a zone
 */
export function originFromPath(path: string, domain: string): NamedOrigin {
  const file = basename(win32.basename(path)).toLowerCase();
  const bare = withoutExtensions(file);
  const candidates = [bare.replace(/^db\./, ''), bare, file].filter(isDomain);
  const above = candidates.find((name) => isAtOrBelow(domain, name));
  if (above !== undefined) return { kind: 'above', origin: above };
  const [other] = candidates;
  // "example.com.external" or "internal.example.com" may be a view of the zone or another zone.
  const isRelated = candidates.some((name) => `.${name}.`.includes(`.${domain}.`));
  return other === undefined || isRelated ? { kind: 'unknown' } : { kind: 'other', origin: other };
}

function withoutExtensions(file: string): string {
  const shorter = file.replace(EXTENSION, '');
  return shorter === file ? file : withoutExtensions(shorter);
}

function isDomain(text: string): boolean {
  return /^[a-z0-9_]([a-z0-9_-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$/.test(text);
}
