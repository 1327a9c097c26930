import { basename, win32 } from 'node:path';

/** Which zone a file without an absolute name holds, as far as its own name tells. */
export type NamedOrigin =
  | { readonly kind: 'above'; readonly origin: string }
  | { readonly kind: 'other'; readonly origin: string }
  | { readonly kind: 'unknown' };

const EXTENSION = /\.(zone|zonefile|db|hosts|txt|dns|bind|conf)$/i;

/**
 * Looks for a zone in the name of a file: `db.example.com`, `example.com.zone`.
 *
 * @param domain lower case, without a dot at its end, as are the origins of the result
 * @returns `above` when the zone may hold the domain, `other` when the name is that of a zone that cannot
 */
export function originFromPath(path: string, domain: string): NamedOrigin {
  const file = basename(win32.basename(path)).toLowerCase();
  const bare = withoutExtensions(file);
  const candidates = [bare.replace(/^db\./, ''), bare, file].filter(isDomain);
  const above = candidates.find((name) => domain === name || domain.endsWith(`.${name}`));
  if (above !== undefined) return { kind: 'above', origin: above };
  const [other] = candidates;
  // "example.com.external" or "internal.example.com": a view of the zone as likely as another zone.
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
