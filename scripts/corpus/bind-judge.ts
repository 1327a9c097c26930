import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Judge, Reading } from './judge.ts';

const NAME = 'named-compilezone';
/** Where a file and its path say nothing, it holds this zone. */
const ANY_ZONE = 'example.com';

/**
 * BIND, by its program named-compilezone (Debian: bind9-utils). Its zone is what the file says, else what its name or
 * its folder's says, if BIND loads it as that.
 */
export function bindJudge(): Judge {
  const { error } = spawnSync(NAME, ['-v']);
  if (error !== undefined)
    throw new Error(`${NAME} is not installed (Debian: bind9-utils)`, { cause: error });
  const zones = new Map<string, string>();
  return {
    name: NAME,
    async read(path) {
      // The change must not change which zone it is.
      const known = zones.get(path);
      for (const zone of known === undefined ? candidates(path) : [known]) {
        const reading = compile(path, zone);
        if (reading === undefined) continue;
        zones.set(path, zone);
        return reading;
      }
      return undefined;
    },
  };
}

function candidates(path: string): ReadonlySet<string> {
  const text = readFileSync(path, 'latin1');
  const owner = /^([^\s;$]+\.)\s[^\n]*\bSOA\b/im.exec(text)?.[1];
  const origin = /^\$ORIGIN\s+(\S+\.)(?=\s)/im.exec(text)?.[1];
  const said = [owner, origin].flatMap((name) => (name === undefined ? [] : [name.replace(/(?<=.)\.$/, '')]));
  const named = [basename(path), basename(dirname(path))]
    .map((name) => name.toLowerCase().replace(/^db\./, ''))
    .flatMap((name) => [name.replace(/\.[a-z0-9]+$/, ''), name])
    .filter(
      (name) => /^[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,}$/.test(name) && !/\.(db|in|zone|txt|inc)$/.test(name),
    );
  return new Set([...said, ...named, ANY_ZONE].map((name) => name.toLowerCase()));
}

function compile(path: string, zone: string): Reading | undefined {
  const dump = join(dirname(path), '.corpus-dump');
  // Nothing that looks names up, and nothing that BIND only advises.
  const checks = [
    '-i',
    'none',
    ...['-k', '-m', '-M', '-n', '-r', '-S', '-T'].flatMap((one) => [one, 'ignore']),
  ];
  const args = [...checks, '-w', dirname(path), '-s', 'full', '-o', dump, zone, basename(path)];
  try {
    const { status } = spawnSync(NAME, args, { stdio: 'ignore', timeout: 60_000 });
    return status === 0 ? readingOf(zone, readFileSync(dump, 'latin1')) : undefined;
  } finally {
    rmSync(dump, { force: true });
  }
}

function readingOf(zone: string, dump: string): Reading {
  const lines = dump.split('\n').filter((line) => line !== '' && !line.startsWith(';'));
  const serials: number[] = [];
  const records = lines.map((line) => {
    const [owner = '', ...rest] = line.split(/\s+/);
    const text = [owner.toLowerCase(), ...rest].join(' ');
    return text.replace(/( IN SOA \S+ \S+ )(\d+)/, (_, start: string, serial: string) => {
      serials.push(Number(serial));
      return start;
    });
  });
  return { zone, records, serial: serials[0] };
}
