/** Zones as the small internet writes them down, and signs them. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { findProgram } from '../dns-worlds.ts';

/** A zone; TTLs are seconds. */
export interface Zone {
  /** Without the final dot; the root is ''. */
  readonly origin: string;
  /** Lines of a zone file, relative to the origin. */
  readonly records: readonly string[];
  readonly serial: number;
  /** How long a resolver may deny what it was told is absent (RFC 2308). */
  readonly minimumS: number;
  readonly key?: ZoneKey | undefined;
}

/** The key of a signed zone. */
export interface ZoneKey {
  /** Path of its files, without their endings. */
  readonly base: string;
  /** The DS record for the parent zone, absolute. */
  readonly ds: string;
  /** The DNSKEY record, absolute. */
  readonly dnskey: string;
  /** Whether what it signs has expired. */
  readonly isExpired: boolean;
}

const HOUR_S = 3600;
const DAY_S = 86_400;
const run = promisify(execFile);

function program(name: string): string {
  const path = findProgram(name);
  if (path === undefined) throw new Error(`${name} is not installed (Debian: ldnsutils)`);
  return path;
}

/** A zone in its first version; what is absent from it may be denied for an hour. */
export function newZone(origin: string, records: readonly string[], key?: ZoneKey): Zone {
  return { origin, records, serial: 1, minimumS: HOUR_S, key };
}

/** Makes a key in `folder`. */
export async function makeZoneKey(folder: string, origin: string, isExpired = false): Promise<ZoneKey> {
  const args = ['-r', '/dev/urandom', '-a', 'ECDSAP256SHA256', '-k', origin === '' ? '.' : origin];
  const { stdout } = await run(program('ldns-keygen'), args, { cwd: folder });
  const base = join(folder, stdout.trim());
  const [ds, dnskey] = await Promise.all([readFile(`${base}.ds`, 'utf8'), readFile(`${base}.key`, 'utf8')]);
  return { base, ds: ds.trim(), dnskey: dnskey.trim(), isExpired };
}

/** The zone file, signed if the zone has a key. */
export async function zoneText(zone: Zone): Promise<string> {
  const { origin, records, serial, minimumS, key } = zone;
  const text = [
    `$ORIGIN ${origin}.`,
    '$TTL 300',
    `@ 3600 IN SOA ns.invalid. hostmaster.invalid. ${serial} 3600 600 86400 ${minimumS}`,
    ...records,
    '',
  ].join('\n');
  return key === undefined ? text : signed(origin, text, key);
}

async function signed(origin: string, text: string, key: ZoneKey): Promise<string> {
  const nowS = Math.floor(Date.now() / 1000);
  const [inceptionS, expirationS] = key.isExpired
    ? [nowS - 20 * DAY_S, nowS - 10 * DAY_S]
    : [nowS - DAY_S, nowS + 10 * DAY_S];
  const period = ['-i', String(inceptionS), '-e', String(expirationS)];
  const folder = await mkdtemp(join(tmpdir(), 'sign-'));
  try {
    await writeFile(join(folder, 'zone'), text);
    await run(program('ldns-signzone'), [...period, '-o', `${origin}.`, 'zone', key.base], { cwd: folder });
    return await readFile(join(folder, 'zone.signed'), 'utf8');
  } finally {
    await rm(folder, { recursive: true });
  }
}
