/** A root, top-level domains, authoritative servers and resolvers; free to use port 53 in a network namespace. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exchange } from '../../../sandbox/dns/client.ts';
import { type Meddling, type Recorder, startRecorder } from '../../../sandbox/dns/recorder.ts';
import { type Authority, startAuthority } from './authority.ts';
import { startBindResolver, startUnboundResolver } from './resolvers.ts';
import type { Additions, At, AuthorityMake, PlannedZone, ResolverMake, Scenario } from './scenario.ts';
import { makeZoneKey, type Zone, type ZoneKey } from './zone-files.ts';

const PORT = 53;
const HOUR_S = 3600;
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
const REGISTRIES: Readonly<Record<string, readonly string[]>> = {
  test: nsLines('@', GTLD_SERVERS),
  example: nsLines('@', GTLD_SERVERS),
  com: nsLines('@', GTLD_SERVERS),
  net: [...nsLines('@', GTLD_SERVERS), ...addressLines([ROOT_SERVER, ...GTLD_SERVERS])],
  uk: [...nsLines('@', UK_SERVERS), ...addressLines(UK_SERVERS), ...nsLines('co', UK_SERVERS)],
  'co.uk': nsLines('@', UK_SERVERS),
};
const SIGNED_REGISTRY = 'example';

/** A scenario and the addresses that it has to itself. */
export interface Place {
  readonly scenario: Scenario;
  readonly at: At;
  /** Hosts of its resolvers; a recorder listens at each. */
  readonly resolverHosts: readonly string[];
}

/** The small internet. */
export interface World extends AsyncDisposable {
  /** Makes the addresses of one scenario reachable. */
  open(place: Place): Promise<OpenPlace>;
  /** What the servers of the top-level domains were asked. */
  readonly registries: readonly Recorder[];
  add(additions: Additions): Promise<void>;
  /** Asks a resolver for TXT records behind its recorders' backs. */
  askEarlier(resolver: ResolverMake, name: string): Promise<void>;
}

/** What the addresses of a scenario were asked. */
export interface OpenPlace extends AsyncDisposable {
  readonly authorities: readonly Recorder[];
  readonly resolvers: readonly Recorder[];
}

/** Starts everything. */
export async function startWorld(places: readonly Place[]): Promise<World> {
  await using stack = new AsyncDisposableStack();
  const keys = await mkdtemp(join(tmpdir(), 'zone-keys-'));
  stack.defer(() => rm(keys, { recursive: true }));
  const [rootKey, registryKey] = await Promise.all(
    ['', SIGNED_REGISTRY].map((one) => makeZoneKey(keys, one)),
  );
  if (rootKey === undefined || registryKey === undefined) throw new Error('no keys');

  const planned = places.flatMap(({ scenario }) => scenario.zones ?? []);
  const signed = await Promise.all(planned.map((zone) => withKey(zone, keys)));
  const homes = new Map<string, readonly Authority[]>();
  const authorities = {} as Record<AuthorityMake, Authority>;
  for (const make of ['nsd', 'named'] as const) {
    const served = signed.filter(({ plan }) => plan.servers.includes(make)).map(({ zone }) => zone);
    authorities[make] = stack.use(await startAuthority(make, served));
    for (const { origin } of served) homes.set(origin, [...(homes.get(origin) ?? []), authorities[make]]);
  }
  const delegations = mergedAdditions(places.map(({ scenario }) => scenario.delegations ?? {}));
  const signedDelegations = signed.flatMap(({ zone }) => (zone.key === undefined ? [] : [zone.key.ds]));
  const registryZones = Object.entries(REGISTRIES).map(([origin, records]) => {
    const isSigned = origin === SIGNED_REGISTRY;
    const ds = isSigned ? signedDelegations : [];
    return zoneOf(
      origin,
      [...records, ...(delegations[origin] ?? []), ...ds],
      isSigned ? registryKey : undefined,
    );
  });
  const registry = stack.use(await startAuthority('named', registryZones));
  for (const { origin } of registryZones) homes.set(origin, [registry]);
  const root = stack.use(await startAuthority('nsd', [zoneOf('', rootRecords(registryKey), rootKey)]));

  const recorderAt = async (host: string, target: string, meddling: Meddling = {}) =>
    startRecorder({ host, port: PORT, target, ...meddling });
  stack.use(await recorderAt(ROOT_SERVER.host, root.address));
  const registries = await Promise.all(
    [...GTLD_SERVERS, ...UK_SERVERS].map(({ host }, index) =>
      recorderAt(host, registry.address, asScenariosWant(places, index)),
    ),
  );
  for (const one of registries) stack.use(one);
  const start = { ...ROOT_SERVER, dnskey: rootKey.dnskey };
  const resolvers = {
    bind: stack.use(await startBindResolver(start)),
    unbound: stack.use(await startUnboundResolver(start)),
  };
  const running = stack.move();

  return {
    registries,
    async open({ scenario, at, resolverHosts }) {
      const { resolvers: plan = [{ make: 'bind' }, { make: 'unbound' }], authorities: meddling } = scenario;
      const own = await Promise.all(
        (['nsd', 'named'] as const).map((make) => recorderAt(at[make], authorities[make].address, meddling)),
      );
      const inFront = await Promise.all(
        plan.map(({ make, ...each }, index) =>
          recorderAt(resolverHosts[index] ?? '', resolvers[make].address, each),
        ),
      );
      return {
        authorities: own,
        resolvers: inFront,
        [Symbol.asyncDispose]: async () => {
          await Promise.all([...own, ...inFront].map((one) => one.close()));
        },
      };
    },
    async add(additions) {
      await Promise.all(
        Object.entries(additions).flatMap(([origin, records]) => {
          const servers = homes.get(origin);
          if (servers === undefined) throw new RangeError(`nobody serves ${origin}`);
          return servers.map((one) => one.add(origin, records));
        }),
      );
    },
    async askEarlier(resolver, name) {
      const server = resolvers[resolver].address;
      await exchange({ server, name, type: 'TXT', rd: true, timeoutMs: 10_000 });
    },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

/** A registry's server does for the domains of each scenario what that one wants. */
function asScenariosWant(places: readonly Place[], server: number): Meddling {
  return {
    answer(query) {
      const name = `.${query.question.name.toLowerCase()}`;
      const place = places.find(({ scenario }) => scenario.own.some((domain) => name.endsWith(`.${domain}`)));
      return place?.scenario.registries?.(query, server);
    },
  };
}

function zoneOf(origin: string, records: readonly string[], key?: ZoneKey): Zone {
  return { origin, records, serial: 1, minimumS: HOUR_S, key };
}

async function withKey(plan: PlannedZone, folder: string): Promise<{ plan: PlannedZone; zone: Zone }> {
  const { origin, records, signatures } = plan;
  const key =
    signatures === undefined ? undefined : await makeZoneKey(folder, origin, signatures === 'expired');
  return { plan, zone: zoneOf(origin, records, key) };
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

function mergedAdditions(all: readonly Additions[]): Additions {
  const merged = new Map<string, readonly string[]>();
  for (const [origin, records] of all.flatMap((one) => Object.entries(one)))
    merged.set(origin, [...(merged.get(origin) ?? []), ...records]);
  return Object.fromEntries(merged);
}
