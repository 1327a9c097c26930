/** BIND's own reading of zone files, by its program named-checkzone (Debian: bind9-utils). */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findProgram } from './dns-worlds.ts';

/** What BIND makes of a zone file. */
export interface CheckedZone {
  readonly isLoaded: boolean;
  /** What it says, warnings included, without the line that says that the zone is loaded. */
  readonly messages: readonly string[];
  /** The records in canonical form and order, white space as single spaces. */
  readonly records: readonly string[];
}

/** Whether the program is installed. */
export function hasNamedCheckzone(): boolean {
  return findProgram('named-checkzone') !== undefined;
}

/** Loads the text of a zone file, or its bytes, for an origin without its final dot. */
export function checkZone(origin: string, text: string | Uint8Array): CheckedZone {
  const program = findProgram('named-checkzone');
  if (program === undefined) throw new Error('named-checkzone is not installed');
  const folder = mkdtempSync(join(tmpdir(), 'named-checkzone-'));
  try {
    writeFileSync(join(folder, 'zone'), text);
    // Integrity checks that would look names up stay off: nothing leaves the machine.
    const args = ['-i', 'none', '-w', folder, '-D', '-o', 'dump', origin, 'zone'];
    const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8' });
    const isLoaded = status === 0;
    return {
      isLoaded,
      messages: `${stdout}${stderr}`
        .split('\n')
        .filter((line) => !/^$|loaded serial|^OK$|^dump zone/.test(line)),
      records: isLoaded ? linesOf(readFileSync(join(folder, 'dump'), 'utf8')) : [],
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function linesOf(dump: string): readonly string[] {
  return dump
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.replaceAll(/\s+/g, ' '));
}

/** What BIND has in one and not in the other, owners in lower case, SOA records with the serial left out. */
export function difference(before: CheckedZone, after: CheckedZone): readonly string[] {
  const comparable = (line: string) =>
    line.replace(/( SOA \S+ \S+) \d+/, '$1').replace(/^\S+/, (owner) => owner.toLowerCase());
  const old = new Set(before.records.map(comparable));
  const now = after.records.map(comparable);
  return [...now.filter((line) => !old.delete(line)), ...[...old].map((line) => `lost: ${line}`)];
}

/** The serial of the SOA record. */
export function serialOf({ records }: CheckedZone): string | undefined {
  return records.flatMap((line) => / SOA \S+ \S+ (\d+)/.exec(line)?.[1] ?? [])[0];
}
