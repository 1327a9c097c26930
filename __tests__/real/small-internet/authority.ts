/** NSD and BIND as authoritative servers whose zones a test changes while they run. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { exchange } from '../../../sandbox/dns/client.ts';
import { type Daemon, startDaemon } from '../dns-daemons.ts';
import { block } from '../dns-worlds.ts';
import { type Zone, zoneText } from './zone-files.ts';

/** An authoritative server. */
export interface Authority extends AsyncDisposable {
  /** `host:port`. */
  readonly address: string;
  /** Adds records to a zone, and resolves once they are served. */
  add(origin: string, records: readonly string[]): Promise<void>;
}

const PROOFS_OF_RELOAD = 8;
const RELOAD_PATIENCE_MS = 60_000;

const fileOf = (origin: string): string => `zone-${origin === '' ? 'root' : origin}`;
const nameOf = (origin: string): string => (origin === '' ? '.' : origin);

/** Starts an authoritative server with all zones that it will ever have. */
export async function startAuthority(make: 'nsd' | 'named', zones: readonly Zone[]): Promise<Authority> {
  const folder = await mkdtemp(join(tmpdir(), `authority-${make}-`));
  const current = new Map(zones.map((zone) => [zone.origin, zone]));
  const write = async (zone: Zone) => writeFile(join(folder, fileOf(zone.origin)), await zoneText(zone));
  await Promise.all(zones.map(write));
  const origins = zones.map(({ origin }) => origin);
  const config = make === 'nsd' ? nsdConfig(folder, origins) : namedConfig(folder, origins);
  const daemon = await startDaemon(make, { config });
  for (const zone of zones) await untilServed(daemon, zone);

  async function change(origin: string, records: readonly string[]): Promise<void> {
    const old = current.get(origin);
    if (old === undefined) throw new RangeError(`this server has no zone ${origin}`);
    const zone = { ...old, records: [...old.records, ...records], serial: old.serial + 1 };
    current.set(origin, zone);
    await write(zone);
    daemon.reload();
    await untilServed(daemon, zone);
  }

  let last: Promise<void> = Promise.resolve();
  return {
    address: daemon.address,
    add: (origin, records) => {
      // One after the other: a server that is about to reload may miss a second signal.
      last = last.then(() => change(origin, records));
      return last;
    },
    [Symbol.asyncDispose]: async () => {
      await daemon[Symbol.asyncDispose]();
      await rm(folder, { recursive: true });
    },
  };
}

async function untilServed({ address }: Daemon, { origin, serial }: Zone): Promise<void> {
  const deadlineMs = Date.now() + RELOAD_PATIENCE_MS;
  const isServed = async (): Promise<boolean> => {
    const answer = await exchange({ server: address, name: nameOf(origin), type: 'SOA' }).catch(
      () => undefined,
    );
    return (answer?.answers ?? []).some((one) => one.type === 'SOA' && one.data.serial === serial);
  };
  for (;;) {
    // NSD's old process answers for a moment after its new one has begun to.
    const proofs = await Promise.all(Array.from({ length: PROOFS_OF_RELOAD }, isServed));
    if (proofs.every(Boolean)) return;
    if (Date.now() > deadlineMs) throw new Error(`${address} does not serve ${nameOf(origin)}`);
    await sleep(20);
  }
}

function nsdConfig(zones: string, origins: readonly string[]) {
  return (folder: string, port: number): string =>
    [
      block('server', [
        `ip-address: 127.0.0.1@${port}`,
        'server-count: 1',
        'username: ""',
        'database: ""',
        `zonesdir: "${zones}"`,
        `pidfile: "${folder}/nsd.pid"`,
        `xfrdfile: "${folder}/xfrd.state"`,
        `zonelistfile: "${folder}/zone.list"`,
        `xfrdir: "${folder}"`,
      ]),
      block('remote-control', ['control-enable: no']),
      ...origins.map((origin) =>
        block('zone', [`name: "${nameOf(origin)}"`, `zonefile: "${fileOf(origin)}"`]),
      ),
    ].join('');
}

function namedConfig(zones: string, origins: readonly string[]) {
  const options = (folder: string, port: number): readonly string[] => [
    `directory "${folder}"`,
    `listen-on port ${port} { 127.0.0.1; }`,
    'listen-on-v6 { none; }',
    `pid-file "${folder}/named.pid"`,
    `session-keyfile "${folder}/session.key"`,
    'lock-file none',
    'recursion no',
    'dnssec-validation no',
    'empty-zones-enable no',
    'minimal-responses no',
  ];
  return (folder: string, port: number): string =>
    [
      'controls { };\n',
      `options {\n${options(folder, port)
        .map((one) => `  ${one};\n`)
        .join('')}};\n`,
      ...origins.map(
        (origin) =>
          `zone "${nameOf(origin)}" { type primary; file "${zones}/${fileOf(origin)}"; notify no; };\n`,
      ),
    ].join('');
}
