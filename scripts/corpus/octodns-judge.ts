import { type ChildProcess, spawn } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { findProgram } from '../../__tests__/real/dns-worlds.ts';
import type { Judge, Reading } from './judge.ts';

/** A file whose path names no zone holds this one. */
const ANY_ZONE = 'example.com';

/** What the YamlProvider is asked for. */
interface Source {
  readonly directory: string;
  readonly zone_name: string;
  readonly extension: string;
}

/** octoDNS's YamlProvider, in one Python process. */
export function octodnsJudge(): Judge & Disposable {
  const program = findProgram('octodns-validate');
  if (program === undefined) throw new Error('octodns-validate is not installed (PyPI: octodns)');
  const python = /^#!(\S+)/.exec(readFileSync(realpathSync(program), 'utf8'))?.[1] ?? 'python3';
  const script = fileURLToPath(new URL('octodns_zone.py', import.meta.url));
  const child = spawn(python, [script], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ask = asking(child);
  const strictness = new Map<string, boolean>();
  return {
    name: 'octoDNS',
    async read(path) {
      const known = strictness.get(path);
      // What octoDNS loads only leniently before is loaded leniently after.
      for (const strict of known === undefined ? [true, false] : [known]) {
        const reading = await readAs(path, strict, ask);
        if (reading === undefined) continue;
        strictness.set(path, strict);
        return reading;
      }
      return undefined;
    },
    [Symbol.dispose]: () => void child.kill(),
  };
}

type Ask = (request: Source & { readonly strict: boolean }) => Promise<readonly string[] | null>;

function asking({ stdin, stdout }: ChildProcess): Ask {
  if (stdin === null || stdout === null) throw new Error('the process has no pipes');
  const answers = createInterface(stdout)[Symbol.asyncIterator]();
  return async (request) => {
    stdin.write(`${JSON.stringify(request)}\n`);
    const { value, done } = await answers.next();
    if (done) throw new Error('the process with octoDNS has ended');
    return JSON.parse(value) as readonly string[] | null;
  };
}

async function readAs(path: string, strict: boolean, ask: Ask): Promise<Reading | undefined> {
  const folder = mkdtempSync(join(tmpdir(), 'corpus-octodns-'));
  try {
    const source = sourceOf(path, folder);
    const records = await ask({ ...source, strict });
    if (records === null) return undefined;
    return { zone: source.zone_name.replace(/\.$/, ''), records, serial: undefined };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A zone's own file, a part of a zone that has a folder, or a file of any other name, which is read in a folder of its own. */
function sourceOf(path: string, folder: string): Source {
  const [file, around] = [basename(path), basename(dirname(path))];
  // octoDNS's documentation has "." as split_extension, and its tests ".tst".
  const split = /^(?<zone>[^.]+(?:\.[^.]+)+?)(?<extension>\.|\.tst)$/.exec(around)?.groups;
  if (split !== undefined) {
    return {
      directory: dirname(dirname(path)),
      zone_name: `${split['zone']}.`,
      extension: split['extension'] ?? '.',
    };
  }
  const zone = file.replace(/\.ya?ml$/i, '');
  if (/^[^.]+(\.[^.]+)+$/.test(zone) && file.endsWith('.yaml')) {
    return { directory: dirname(path), zone_name: `${zone}.`, extension: '.' };
  }
  mkdirSync(folder, { recursive: true });
  copyFileSync(path, join(folder, `${ANY_ZONE}.yaml`));
  return { directory: folder, zone_name: `${ANY_ZONE}.`, extension: '.' };
}
