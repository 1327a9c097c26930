/** The root and the registries of the small internet: where every resolution begins. */
import type { DnsQuery } from '../../../sandbox/dns/message.ts';
import { type Meddling, type Recorder, startRecorder } from '../../../sandbox/dns/recorder.ts';
import { type Authority, startAuthority } from './authority.ts';
import type { Root } from './resolvers.ts';
import type { Additions } from './scenario.ts';
import { makeZoneKey, newZone, type ZoneKey } from './zone-files.ts';

const PORT = 53;
const ROOT_SERVER = { name: 'a.root-servers.net', host: '127.0.0.10' };
const GTLD_SERVERS = [
  { name: 'a.gtld-servers.net', host: '127.0.0.11' },
  { name: 'b.gtld-servers.net', host: '127.0.0.12' },
];
const UK_SERVERS = [
  { name: 'nsa.nic.uk', host: '127.0.0.13' },
  { name: 'nsb.nic.uk', host: '127.0.0.14' },
];
type NamedHost = (typeof GTLD_SERVERS)[number];

const nsLines = (owner: string, servers: readonly NamedHost[]): readonly string[] =>
  servers.map(({ name }) => `${owner} NS ${name}.`);
const addressLines = (servers: readonly NamedHost[]): readonly string[] =>
  servers.map(({ name, host }) => `${name}. A ${host}`);

/** `co.uk` is on the servers of `uk`, as in the world. Only `example` is signed. */
export const REGISTRIES: Readonly<Record<string, readonly string[]>> = {
  test: nsLines('@', GTLD_SERVERS),
  example: nsLines('@', GTLD_SERVERS),
  com: nsLines('@', GTLD_SERVERS),
  net: [...nsLines('@', GTLD_SERVERS), ...addressLines([ROOT_SERVER, ...GTLD_SERVERS])],
  uk: [...nsLines('@', UK_SERVERS), ...addressLines(UK_SERVERS), ...nsLines('co', UK_SERVERS)],
  'co.uk': nsLines('@', UK_SERVERS),
};

/** Delegations from it may have DS records. */
export const SIGNED_REGISTRY = 'example';

/** The running servers. */
export interface Top extends AsyncDisposable {
  readonly root: Root;
  /** The server with the zones of all registries. */
  readonly registry: Authority;
  /** In front of it, at each of its public addresses. */
  readonly recorders: readonly Recorder[];
}

/**
 * Starts them.
 *
 * @param delegations by registry
 * @param answer what a registry's server, by its number, answers in place of the truth
 */
export async function startTop(
  delegations: Additions,
  keys: string,
  answer: (query: DnsQuery, server: number) => Buffer | undefined,
): Promise<Top> {
  await using stack = new AsyncDisposableStack();
  const rootKey = await makeZoneKey(keys, '');
  const registryKey = await makeZoneKey(keys, SIGNED_REGISTRY);
  const zones = Object.entries(REGISTRIES).map(([origin, records]) => {
    const key = origin === SIGNED_REGISTRY ? registryKey : undefined;
    return newZone(origin, [...records, ...(delegations[origin] ?? [])], key);
  });
  const registry = stack.use(await startAuthority('named', zones));
  const root = stack.use(await startAuthority('nsd', [newZone('', rootRecords(registryKey), rootKey)]));
  stack.use(await recorderAt(ROOT_SERVER.host, root.address));
  const recorders: Recorder[] = [];
  for (const [server, { host }] of [...GTLD_SERVERS, ...UK_SERVERS].entries()) {
    const meddling: Meddling = { answer: (query) => answer(query, server) };
    recorders.push(stack.use(await recorderAt(host, registry.address, meddling)));
  }
  const running = stack.move();
  return {
    root: { ...ROOT_SERVER, dnskey: rootKey.dnskey },
    registry,
    recorders,
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

/** A recorder at an address where the world expects a DNS server. */
export function recorderAt(host: string, target: string, meddling: Meddling = {}): Promise<Recorder> {
  return startRecorder({ host, port: PORT, target, ...meddling });
}

function rootRecords(signedRegistry: ZoneKey): readonly string[] {
  const tops = Object.keys(REGISTRIES).filter((origin) => !origin.includes('.'));
  return [
    ...nsLines('@', [ROOT_SERVER]),
    ...tops.flatMap((top) => nsLines(top, top === 'uk' ? UK_SERVERS : GTLD_SERVERS)),
    ...addressLines([ROOT_SERVER, ...GTLD_SERVERS, ...UK_SERVERS]),
    signedRegistry.ds,
  ];
}
