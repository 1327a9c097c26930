/**
 * Real DNS servers (NSD, Unbound) as child processes on loopback, each with a folder of its own, any user.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { accessSync, constants } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DecodedPacket, RecordType } from 'dns-packet';
import { exchange } from '../../sandbox/dns/client.ts';
import { rcodeOf } from '../../sandbox/dns/message.ts';

/** The programs behind the servers, by the names of their Debian packages too. */
export type Program = 'nsd' | 'unbound';

/** A running server. */
export interface RealDnsServer extends AsyncDisposable {
  readonly host: string;
  readonly port: number;
  /** `host:port`, UDP and TCP. */
  readonly address: string;
  /** What the program has written so far. */
  log(): string;
  /** Asks it one question, RD=1, which an authoritative server ignores. */
  ask(name: string, type: RecordType): Promise<DecodedPacket>;
  /** Ends the process and removes its folder. */
  stop(): Promise<void>;
}

/** A zone as one writes it down; TTLs are seconds. */
export interface RealZone {
  /** Without the final dot. */
  readonly origin: string;
  /** Of every record that names none. */
  readonly ttlS?: number;
  /** With `minimumS` it bounds how long an absence is cached (RFC 2308). */
  readonly soaTtlS?: number;
  readonly minimumS?: number;
  /** Lines of a zone file, relative to the origin: `@ TXT "v=spf1 -all"`. */
  readonly records: readonly string[];
}

/** NSD: an authoritative server. */
export interface Nsd extends RealDnsServer {
  /** Replaces the records of a zone, and resolves once the server serves the new serial. */
  setRecords(origin: string, records: readonly string[]): Promise<void>;
}

/** Unbound: a resolver with a cache. */
export interface Unbound extends RealDnsServer {
  /** How many questions for this name and type clients have sent. */
  questions(name: string, type: RecordType): number;
}

const START_TIMEOUT_MS = 60_000;
const PROOFS_OF_RELOAD = 8;
const START_ATTEMPTS = 3;

const running = new Set<ChildProcess>();
process.once('exit', () => {
  // SIGTERM, so that NSD takes its own children along.
  for (const child of running) child.kill('SIGTERM');
});

/** Programs that are not installed. */
export function missingPrograms(programs: readonly Program[] = ['nsd', 'unbound']): readonly Program[] {
  return programs.filter((program) => findProgram(program) === undefined);
}

/** Whether a missing program is a failure and no reason to skip. */
export function mustHaveRealDns(): boolean {
  return process.env['REQUIRE_REAL_DNS'] === '1';
}

/** Where a program is installed, if it is. */
export function findProgram(program: string): string | undefined {
  // Servers live in sbin, which is not on everybody's path.
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/local/sbin', '/usr/sbin'];
  return folders
    .map((folder) => join(folder, program))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

/** Starts NSD with some zones. */
export async function startNsd({
  zones,
  host = '127.0.0.1',
  port,
}: {
  readonly zones: readonly RealZone[];
  /** A loopback address. */
  readonly host?: string;
  /** Instead of a free one; below 1024 only in a network namespace of the test's own. */
  readonly port?: number | undefined;
}): Promise<Nsd> {
  const current = new Map(zones.map((zone) => [zone.origin, { zone, serial: 1 }]));
  const probe = zones[0]?.origin ?? '.';
  const server = await withFreshPorts(() =>
    startOnce('nsd', { host, port, probe, config: nsdConfig, prepare: writeZones }),
  );

  async function writeZones(folder: string): Promise<void> {
    for (const { zone, serial } of current.values()) {
      await writeFile(join(folder, `${zone.origin}.zone`), zoneFile(zone, serial));
    }
  }

  function nsdConfig(folder: string, port: number): string {
    const server = [
      `ip-address: ${host}@${port}`,
      'server-count: 1',
      'username: ""',
      'database: ""',
      `zonesdir: "${folder}"`,
      `pidfile: "${folder}/nsd.pid"`,
      `xfrdfile: "${folder}/xfrd.state"`,
      `zonelistfile: "${folder}/zone.list"`,
      `xfrdir: "${folder}"`,
    ];
    const zoneParts = zones.map(({ origin }) =>
      block('zone', [`name: ${origin}`, `zonefile: ${origin}.zone`]),
    );
    return [block('server', server), block('remote-control', ['control-enable: no']), ...zoneParts].join('');
  }

  return {
    ...server,
    async setRecords(origin, records) {
      const old = current.get(origin);
      if (old === undefined) throw new RangeError(`this server has no zone ${origin}`);
      const serial = old.serial + 1;
      current.set(origin, { zone: { ...old.zone, records }, serial });
      await writeZones(server.folder);
      server.signal('SIGHUP');
      await until(`serial ${serial} of ${origin}`, server, async () => {
        // NSD's old process answers for a moment after its new one has begun to.
        const asked = Array.from({ length: PROOFS_OF_RELOAD }, () => server.ask(origin, 'SOA'));
        const replies = await Promise.all(asked);
        return replies.every(({ answers = [] }) =>
          answers.some((record) => record.type === 'SOA' && record.data.serial === serial),
        );
      });
    },
  };
}

function zoneFile(
  { origin, ttlS = 300, soaTtlS = 3600, minimumS = 60, records }: RealZone,
  serial: number,
): string {
  return [
    `$ORIGIN ${origin}.`,
    `$TTL ${ttlS}`,
    `@ ${soaTtlS} SOA ns1 hostmaster ${serial} 3600 600 86400 ${minimumS}`,
    ...records,
    '',
  ].join('\n');
}

/** Starts Unbound; whatever is in none of its stub zones it refuses, so that nothing leaves the machine. */
export async function startUnbound({
  stubZones,
  host = '127.0.0.1',
  port,
}: {
  /** Zone to the addresses (`host:port`) of its authoritative servers. */
  readonly stubZones: Readonly<Record<string, readonly string[]>>;
  /** A loopback address. */
  readonly host?: string;
  /** Instead of a free one; below 1024 only in a network namespace of the test's own. */
  readonly port?: number | undefined;
}): Promise<Unbound> {
  const names = Object.keys(stubZones);
  function config(folder: string, port: number): string {
    const server = [
      `interface: ${host}@${port}`,
      `directory: "${folder}"`,
      'chroot: ""',
      'username: ""',
      `pidfile: "${folder}/unbound.pid"`,
      'use-syslog: no',
      'log-queries: yes',
      'num-threads: 1',
      'do-ip6: no',
      'do-not-query-localhost: no',
      'module-config: "iterator"',
      'target-fetch-policy: "0 0 0 0 0"',
      'local-zone: "." refuse',
      ...names.flatMap((name) => [`local-zone: "${name}." transparent`]),
    ];
    const stubs = Object.entries(stubZones).map(([name, addresses]) =>
      block('stub-zone', [
        `name: "${name}"`,
        ...addresses.map((address) => `stub-addr: ${address.replace(':', '@')}`),
      ]),
    );
    return [block('server', server), block('remote-control', ['control-enable: no']), ...stubs].join('');
  }
  // NS, so that the caches that a test is about stay empty.
  const server = await withFreshPorts(() =>
    startOnce('unbound', { host, port, probe: names[0] ?? '.', config }),
  );
  return {
    ...server,
    questions(name, type) {
      const line = ` ${name}. ${type} IN`;
      return server
        .log()
        .split('\n')
        .filter((each) => each.endsWith(line)).length;
    },
  };
}

/** A clause of a configuration file of NSD or Unbound. */
export function block(name: string, lines: readonly string[]): string {
  return `${name}:\n${lines.map((line) => `  ${line}\n`).join('')}`;
}

interface StartOptions {
  readonly host: string;
  readonly port: number | undefined;
  /** A name whose NS it answers for once it is up. */
  readonly probe: string;
  readonly config: (folder: string, port: number) => string;
  readonly prepare?: (folder: string) => Promise<void>;
}

interface RunningServer extends RealDnsServer {
  readonly folder: string;
  signal(name: NodeJS.Signals): void;
}

/** Somebody else may have taken the port between the look for it and its use: tries again. */
export async function withFreshPorts<T>(startOnce: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await startOnce();
    } catch (error) {
      if (attempt === START_ATTEMPTS) throw error;
    }
  }
}

async function startOnce(program: Program, options: StartOptions): Promise<RunningServer> {
  const { host, probe, config, prepare } = options;
  if (!/^127(\.\d{1,3}){3}$/.test(host)) throw new RangeError(`${host} is not a loopback address`);
  const path = findProgram(program);
  if (path === undefined) throw new Error(`${program} is not installed`);
  const port = options.port ?? (await freePort(host));
  const folder = await mkdtemp(join(tmpdir(), `${program}-`));
  await prepare?.(folder);
  await writeFile(join(folder, 'server.conf'), config(folder, port));
  const child = spawn(path, ['-d', '-c', join(folder, 'server.conf')], { stdio: ['ignore', 'pipe', 'pipe'] });
  const server = handle(child, folder, { host, port });
  try {
    await until('an answer', server, async () => {
      if (child.exitCode !== null) throw new Error(`${program} has ended:\n${server.log()}`);
      return rcodeOf(await server.ask(probe, 'NS')) === 'NOERROR';
    });
  } catch (error) {
    await server.stop();
    throw error;
  }
  return server;
}

function handle(
  child: ChildProcess,
  folder: string,
  { host, port }: { readonly host: string; readonly port: number },
): RunningServer {
  const written: string[] = [];
  const gone = once(child, 'close');
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => written.push(text));
  }
  running.add(child);

  async function stop(): Promise<void> {
    running.delete(child);
    const isRunning = child.exitCode === null && child.signalCode === null;
    if (isRunning) {
      child.kill('SIGTERM');
      const tooLong = setTimeout(() => child.kill('SIGKILL'), 5000);
      await gone;
      clearTimeout(tooLong);
    }
    await rm(folder, { recursive: true, force: true });
  }

  const address = `${host}:${port}`;
  return {
    host,
    port,
    address,
    folder,
    log: () => written.join(''),
    ask: (name, type) => exchange({ server: address, name, type, rd: true, timeoutMs: 500 }),
    signal: (name) => void child.kill(name),
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

async function until(
  what: string,
  { address, log }: RealDnsServer,
  isSo: () => Promise<boolean>,
): Promise<void> {
  const deadlineMs = Date.now() + START_TIMEOUT_MS;
  for (;;) {
    // A server that is about to start or to reload may say nothing for a moment.
    if (await isSo().catch((error: unknown) => isFatal(error))) return;
    if (Date.now() > deadlineMs)
      throw new Error(`waited in vain for ${what} from ${address}:\n${log().slice(-2000)}`);
    await sleep(20);
  }
}

function isFatal(error: unknown): false {
  if (error instanceof Error && error.message.includes('has ended')) throw error;
  return false;
}

/** A port that is free for UDP and TCP at this moment. */
export async function freePort(host: string): Promise<number> {
  for (;;) {
    const tcp = createServer();
    tcp.listen(0, host);
    await once(tcp, 'listening');
    const { port } = tcp.address() as AddressInfo;
    const udp = createSocket('udp4');
    const isFree = await new Promise<boolean>((resolve) => {
      udp.once('error', () => resolve(false));
      udp.bind(port, host, () => resolve(true));
    });
    udp.close();
    tcp.close();
    await once(tcp, 'close');
    if (isFree) return port;
  }
}
