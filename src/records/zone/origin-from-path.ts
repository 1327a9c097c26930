import { basename, win32 } from 'node:path';
import { isAtOrBelow } from '../../domain/dns-name.ts';

const EXTENSION = /\.(zone|zonefile|db|hosts|txt|dns|bind|conf)$/i;

/**
 * The zone that a file is named after (`db.example.com`, `example.com.zone`), if that is the domain or one of its parents.
 * Any other name is no evidence: `db.external` and `forward.db` look like domains too.
 *
 * @param domain lower case, without a final dot, like the result
 */
export function originFromPath(path: string, domain: string): string | undefined {
  const file = basename(win32.basename(path)).toLowerCase();
  const bare = withoutExtensions(file);
  return [bare.replace(/^db\./, ''), bare, file].find(
    (name) => name.includes('.') && isAtOrBelow(domain, name),
  );
}

function withoutExtensions(file: string): string {
  const shorter = file.replace(EXTENSION, '');
  return shorter === file ? file : withoutExtensions(shorter);
}
