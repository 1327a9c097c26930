/** A root, top-level domains, authoritative servers and resolvers; free to use port 53 in a network namespace. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exchange } from '../../../sandbox/dns/client.ts';
import type { DnsQuery } from '../../../sandbox/dns/message.ts';
import type { Recorder } from '../../../sandbox/dns/recorder.ts';
import type { Daemon } from '../dns-daemons.ts';
import { type Authority, startAuthority } from './authority.ts';
import { startBindResolver, startUnboundResolver } from './resolvers.ts';
import type { Additions, At, AuthorityMake, PlannedZone, ResolverMake, Scenario } from './scenario.ts';
import { REGISTRIES, recorderAt, SIGNED_REGISTRY, startTop } from './top.ts';
import { makeZoneKey, newZone, type Zone } from './zone-files.ts';

const MAKES: readonly AuthorityMake[] = ['nsd', 'named'];

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
  const planned = places.flatMap(({ scenario }) => scenario.zones ?? []);
  const zones = await Promise.all(planned.map((plan) => zoneOfPlan(plan, keys)));
  const served = (make: AuthorityMake): readonly Zone[] =>
    zones.filter((_, index) => planned[index]?.servers.includes(make));
  const authorities = {
    nsd: stack.use(await startAuthority('nsd', served('nsd'))),
    named: stack.use(await startAuthority('named', served('named'))),
  };
  const delegations = places.map(({ scenario }) => scenario.delegations ?? {});
  const signed = zones.flatMap(({ key }) => (key === undefined ? [] : [key.ds]));
  const top = stack.use(
    await startTop(mergedAdditions([...delegations, { [SIGNED_REGISTRY]: signed }]), keys, (query, server) =>
      asScenarioWants(places, query, server),
    ),
  );
  const resolvers = {
    bind: stack.use(await startBindResolver(top.root)),
    unbound: stack.use(await startUnboundResolver(top.root)),
  };
  const homesOf = (origin: string): readonly Authority[] => {
    if (origin in REGISTRIES) return [top.registry];
    const own = MAKES.filter((make) => served(make).some((zone) => zone.origin === origin));
    if (own.length === 0) throw new RangeError(`nobody serves ${origin}`);
    return own.map((make) => authorities[make]);
  };
  const running = stack.move();

  return {
    registries: top.recorders,
    open: (place) => openPlace(place, authorities, resolvers),
    async add(additions) {
      const each = Object.entries(additions).flatMap(([origin, records]) =>
        homesOf(origin).map((server) => server.add(origin, records)),
      );
      await Promise.all(each);
    },
    async askEarlier(resolver, name) {
      const server = resolvers[resolver].address;
      await exchange({ server, name, type: 'TXT', rd: true, timeoutMs: 10_000 });
    },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

async function openPlace(
  { scenario, at, resolverHosts }: Place,
  authorities: Readonly<Record<AuthorityMake, Authority>>,
  resolvers: Readonly<Record<ResolverMake, Daemon>>,
): Promise<OpenPlace> {
  const { resolvers: plan = [{ make: 'bind' }, { make: 'unbound' }], authorities: meddling } = scenario;
  const own = await Promise.all(
    MAKES.map((make) => recorderAt(at[make], authorities[make].address, meddling)),
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
}

/** A registry's server answers about the domains of each scenario as that one wants. */
function asScenarioWants(places: readonly Place[], query: DnsQuery, server: number): Buffer | undefined {
  const name = `.${query.question.name.toLowerCase()}`;
  const place = places.find(({ scenario }) => scenario.own.some((domain) => name.endsWith(`.${domain}`)));
  return place?.scenario.registries?.(query, server);
}

async function zoneOfPlan({ origin, records, signatures }: PlannedZone, folder: string): Promise<Zone> {
  if (signatures === undefined) return newZone(origin, records);
  return newZone(origin, records, await makeZoneKey(folder, origin, signatures === 'expired'));
}

function mergedAdditions(all: readonly Additions[]): Additions {
  const merged = new Map<string, readonly string[]>();
  for (const [origin, records] of all.flatMap((one) => Object.entries(one)))
    merged.set(origin, [...(merged.get(origin) ?? []), ...records]);
  return Object.fromEntries(merged);
}
