/**
 * DNS servers with configurations of a test's own (BIND, Unbound, NSD) as child processes on loopback, and zones
 * signed as a test wants them.
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { exchange } from '../../sandbox/dns/client.ts';
import { block, findProgram, freePort, withFreshPorts } from './dns-worlds.ts';

const HOST = '127.0.0.1';
const START_TIMEOUT_MS = 10_000;

/** Debian packages of the programs. */
export const PACKAGES = {
  nsd: 'nsd',
  unbound: 'unbound',
  named: 'bind9',
  'ldns-keygen': 'ldnsutils',
  'ldns-signzone': 'ldnsutils',
} as const;

type Program = keyof typeof PACKAGES;

/** Packages whose programs are not installed. */
export function missingPackages(): readonly string[] {
  const programs = Object.keys(PACKAGES) as Program[];
  return [...new Set(programs.filter((one) => findProgram(one) === undefined).map((one) => PACKAGES[one]))];
}

function pathOf(program: Program): string {
  const path = findProgram(program);
  if (path === undefined) throw new Error(`${program} is not installed (Debian: ${PACKAGES[program]})`);
  return path;
}

/** A running server. */
export interface Daemon extends AsyncDisposable {
  /** `host:port`, UDP and TCP. */
  readonly address: string;
  /** Has it read its configuration and its zones again. */
  reload(): void;
}

/** What a server is started with. */
export interface DaemonOptions {
  /** Its configuration, for a folder of its own and a port. */
  readonly config: (folder: string, port: number) => string;
  /** Further files of its folder. */
  readonly files?: Readonly<Record<string, string>>;
}

/** Starts a server in the foreground; it is up once it answers anything at all. */
export async function startDaemon(
  program: 'nsd' | 'unbound' | 'named',
  options: DaemonOptions,
): Promise<Daemon> {
  return withFreshPorts(() => startOnce(program, options));
}

async function startOnce(
  program: 'nsd' | 'unbound' | 'named',
  { config, files = {} }: DaemonOptions,
): Promise<Daemon> {
  const path = pathOf(program);
  const port = await freePort(HOST);
  const folder = await mkdtemp(join(tmpdir(), `${program}-`));
  const texts = { ...files, 'server.conf': config(folder, port) };
  for (const [name, text] of Object.entries(texts)) await writeFile(join(folder, name), text);
  const inForeground = program === 'named' ? '-g' : '-d';
  const child = spawn(path, [inForeground, '-c', join(folder, 'server.conf')], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const written: string[] = [];
  child.stderr.setEncoding('utf8').on('data', (text: string) => written.push(text));
  const stop = stopper(child, folder);
  try {
    await untilItAnswers(`${HOST}:${port}`, child);
  } catch (error) {
    await stop();
    throw new Error(`${program} does not start:\n${written.join('')}`, { cause: error });
  }
  return {
    address: `${HOST}:${port}`,
    reload: () => void child.kill('SIGHUP'),
    [Symbol.asyncDispose]: stop,
  };
}

function stopper(child: ChildProcess, folder: string): () => Promise<void> {
  const gone = once(child, 'close');
  const killAtExit = (): void => void child.kill('SIGKILL');
  process.once('exit', killAtExit);
  return async () => {
    process.off('exit', killAtExit);
    const isRunning = child.exitCode === null && child.signalCode === null;
    // Nothing of it is kept, so that nothing has to be put in order first.
    if (isRunning) child.kill('SIGKILL');
    await gone;
    await rm(folder, { recursive: true, force: true });
  };
}

async function untilItAnswers(server: string, child: ChildProcess): Promise<void> {
  const deadlineMs = Date.now() + START_TIMEOUT_MS;
  const { signal } = new AbortController();
  for (;;) {
    if (child.exitCode !== null) throw new Error('it has ended');
    // Whatever the answer is; the caches that a test is about stay empty.
    const answer = await exchange({ server, name: 'up.invalid', type: 'A', timeoutMs: 200, signal }).catch(
      () => undefined,
    );
    if (answer !== undefined) return;
    if (Date.now() > deadlineMs) throw new Error('it never answered');
    await sleep(20);
  }
}

/** What an Unbound is started with besides what all of them have. */
export interface UnboundOptions extends Pick<DaemonOptions, 'files'> {
  /** Zone to the address (`host:port`) of its authoritative server. */
  readonly stubZones?: Readonly<Record<string, string>>;
  readonly modules?: string;
  /** Lines of the server clause; `FOLDER` becomes its folder. */
  readonly server?: readonly string[];
  /** Further clauses. */
  readonly clauses?: Readonly<Record<string, readonly string[]>>;
}

/** Unbound, which tells by Extended DNS Errors what is wrong; nothing leaves the machine. */
export function startTellingUnbound(options: UnboundOptions = {}): Promise<Daemon> {
  const { stubZones = {}, modules = 'iterator', server = [], clauses = {}, files = {} } = options;
  const config = (folder: string, port: number): string =>
    [
      block('server', [
        `interface: ${HOST}@${port}`,
        `directory: "${folder}"`,
        'chroot: ""',
        'username: ""',
        `pidfile: "${folder}/unbound.pid"`,
        'use-syslog: no',
        'num-threads: 1',
        'do-ip6: no',
        'do-not-query-localhost: no',
        `module-config: "${modules}"`,
        'target-fetch-policy: "0 0 0 0 0"',
        'ede: yes',
        'local-zone: "." refuse',
        'local-zone: "test." transparent',
        ...server.map((line) => line.replaceAll('FOLDER', folder)),
      ]),
      block('remote-control', ['control-enable: no']),
      ...Object.entries(stubZones).map(([name, address]) =>
        block('stub-zone', [`name: "${name}"`, `stub-addr: ${address.replace(':', '@')}`]),
      ),
      ...Object.entries(clauses).map(([name, lines]) => block(name, lines)),
    ].join('');
  return startDaemon('unbound', { config, files });
}

/** What a BIND is started with besides what all of them have. */
export interface NamedOptions extends Pick<DaemonOptions, 'files'> {
  /** Statements of the options clause. */
  readonly options?: readonly string[];
  /** Zone to what stands in its clause. */
  readonly zones?: Readonly<Record<string, string>>;
  /** Further clauses. */
  readonly clauses?: readonly string[];
}

/** BIND; without further options it is authoritative only. */
export function startNamed({
  options = ['recursion no', 'dnssec-validation no'],
  zones = {},
  clauses: further = [],
  files = {},
}: NamedOptions): Promise<Daemon> {
  const config = (folder: string, port: number): string => {
    const statements = [
      `directory "${folder}"`,
      `listen-on port ${port} { ${HOST}; }`,
      'listen-on-v6 { none; }',
      `pid-file "${folder}/named.pid"`,
      `session-keyfile "${folder}/session.key"`,
      'lock-file none',
      'empty-zones-enable no',
      ...options,
    ];
    const clauses = Object.entries(zones).map(([name, body]) => `zone "${name}" { ${body} };\n`);
    return `controls { };\noptions {\n${statements.map((one) => `  ${one};\n`).join('')}};\n${[...clauses, ...further].join('')}`;
  };
  return startDaemon('named', { config, files });
}

/** NSD with one zone, which it serves or (without a file) only knows of. */
export function startBareNsd(zone: string, zoneFile?: string): Promise<Daemon> {
  const config = (folder: string, port: number): string =>
    [
      block('server', [
        `ip-address: ${HOST}@${port}`,
        'server-count: 1',
        'username: ""',
        'database: ""',
        `zonesdir: "${folder}"`,
        `pidfile: "${folder}/nsd.pid"`,
        `xfrdfile: "${folder}/xfrd.state"`,
        `zonelistfile: "${folder}/zone.list"`,
        `xfrdir: "${folder}"`,
      ]),
      block('remote-control', ['control-enable: no']),
      block('zone', [`name: ${zone}`, 'zonefile: zone']),
    ].join('');
  return startDaemon('nsd', { config, files: zoneFile === undefined ? {} : { zone: zoneFile } });
}

/** A signed zone, and the DNSKEY record that a validator is to trust. */
export interface SignedZone {
  readonly zoneFile: string;
  readonly trustAnchor: string;
}

/** Signs a zone for a period of time, `YYYYMMDD` both. */
export async function signZone(
  origin: string,
  zoneFile: string,
  { inception, expiration }: { readonly inception: string; readonly expiration: string },
): Promise<SignedZone> {
  const folder = await mkdtemp(join(tmpdir(), 'sign-'));
  const run = promisify(execFile);
  try {
    await writeFile(join(folder, 'zone'), zoneFile);
    const keygen = ['-r', '/dev/urandom', '-a', 'ECDSAP256SHA256', '-k', origin];
    const { stdout } = await run(pathOf('ldns-keygen'), keygen, { cwd: folder });
    const key = stdout.trim();
    const period = ['-i', inception, '-e', expiration];
    await run(pathOf('ldns-signzone'), [...period, '-o', origin, 'zone', key], { cwd: folder });
    const read = (name: string) => readFile(join(folder, name), 'utf8');
    return { zoneFile: await read('zone.signed'), trustAnchor: await read(`${key}.key`) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
