import {
  type AuthoritativeServer,
  createZone,
  type RecordedQuestion,
  type Sandbox,
  startSandbox,
  type Zone,
  type ZoneRecord,
} from '../../sandbox/index.ts';
import type { Clock } from '../../src/time/clock.ts';
import type { Routes } from './routed-transports.ts';

/** Where the name servers of a zone have their names: in the zone itself, at a DNS host, or in the CNAME's target zone. */
export type HostPlace = 'own' | 'foreign' | 'target';

/** What an email domain looks like in DNS before its record is published. */
export interface Shape {
  readonly registry: 'test' | 'co.uk';
  /** `between` exists only as an empty non-terminal; `deep` is two labels below the registered domain. */
  readonly place: 'apex' | 'existing' | 'missing' | 'between' | 'deep';
  /** One for each name server of the registered domain. */
  readonly hosts: readonly HostPlace[];
  /** The zone below that the name is in; its own servers may have no address in it, but glue. */
  readonly child: { readonly host: 'own' | 'foreign'; readonly hasAddress: boolean } | undefined;
  /** The name is a CNAME that leads to a zone on other servers; ignored where a CNAME may not be. */
  readonly isAlias: boolean;
  readonly isFirstResolverSlow: boolean;
}

/** The small internet of a shape. */
export interface DrawnWorld extends AsyncDisposable {
  readonly name: string;
  /** The registered domain, and where the CNAME leads: nothing at or below may be asked about too early. */
  readonly own: readonly string[];
  readonly resolvers: readonly string[];
  readonly routes: Routes;
  /** The zone with the longest name that holds `name`. */
  zoneOf(name: string): Zone;
  /** The zones that answer for the name, and for where it leads. */
  readonly holders: readonly Zone[];
  /** Adds the record on the next of the servers that must have it. */
  publishNext(text: string): void;
  /** Whether all of them have it. */
  isPublished(): boolean;
  /** What the resolvers were asked so far. */
  asked(): readonly RecordedQuestion[];
}

const A_LONG_TIME_S = 1800;
const HOST = 'dns-host.net';
const TARGET = 'target.net';
const ADDRESS = {
  registry: '192.0.2.1',
  hosting: '192.0.2.2',
  target: '192.0.2.3',
  child: '192.0.2.4',
  first: '192.0.2.101',
  second: '192.0.2.102',
} as const;
/** As long as it takes until the next resolver is asked instead, by any clock that is at least this much faster. */
const SLOW_MS = 60;

const ns = (name: string, data: string): ZoneRecord => ({ name, type: 'NS', data });
const a = (name: string, data: string): ZoneRecord => ({ name, type: 'A', data });

/** Starts the small internet of a shape. */
export async function startDrawnWorld(shape: Shape, clock: Clock): Promise<DrawnWorld> {
  const registered = `company.${shape.registry}`;
  const plan = planOf(shape, registered);
  const sandbox = await startSandbox({ now: () => clock.now() });
  const copies = shape.hosts.map(() => plan.zone.copy());
  const serve = (...zones: readonly Zone[]) => sandbox.startAuthoritative({ zones });
  const [registry, hosting, target, child] = [
    await serve(...plan.registries),
    await serve(plan.hosting),
    await serve(plan.target),
    await serve(...plan.child),
  ];
  const servers = await Promise.all(copies.map((copy) => serve(copy)));
  const upstreams = {
    ...Object.fromEntries(plan.registries.map(({ origin }) => [origin, [registry.address]])),
    [HOST]: [hosting.address],
    [TARGET]: [target.address],
    ...Object.fromEntries(plan.child.map(({ origin }) => [origin, [child.address]])),
    [registered]: servers.map(({ address }) => address),
  };
  const [first, second] = [
    await sandbox.startResolver({ upstreams }),
    await sandbox.startResolver({ upstreams }),
  ];
  if (shape.isFirstResolverSlow) first.faults.add({ delayMs: SLOW_MS });
  const holders = plan.isAlias ? [plan.target] : plan.child.length > 0 ? plan.child : copies;
  const waiting = [...holders];
  return {
    name: plan.name,
    own: plan.isAlias ? [registered, `code.${TARGET}`] : [registered],
    resolvers: [ADDRESS.first, ADDRESS.second],
    routes: {
      ...routesTo({ registry, hosting, target, child, first, second }),
      ...Object.fromEntries(servers.map(({ address }, index) => [serverAddress(index), address])),
    },
    zoneOf: (name) => {
      const within = plan.all.filter(({ origin }) => origin === '' || `.${name}`.endsWith(`.${origin}`));
      return within.reduce((best, one) => (one.origin.length > best.origin.length ? one : best));
    },
    holders: [plan.child[0] ?? plan.zone, ...(plan.isAlias ? [plan.target] : [])],
    publishNext(text) {
      waiting.shift()?.addTxt(plan.isAlias ? `code.${TARGET}` : plan.name, text);
    },
    isPublished: () => waiting.length === 0,
    asked: () => asked(sandbox, [first.address, second.address]),
    [Symbol.asyncDispose]: () => sandbox.close(),
  };
}

function asked(sandbox: Sandbox, resolvers: readonly string[]): readonly RecordedQuestion[] {
  return sandbox.questions().filter(({ server }) => resolvers.includes(server));
}

function routesTo(
  servers: Readonly<Record<keyof typeof ADDRESS, Pick<AuthoritativeServer, 'address'>>>,
): Routes {
  const names = Object.keys(ADDRESS) as (keyof typeof ADDRESS)[];
  return Object.fromEntries(names.map((name) => [ADDRESS[name], servers[name].address]));
}

const serverAddress = (index: number): string => `192.0.2.${10 + index}`;

function planOf(shape: Shape, registered: string) {
  const { place, hosts } = shape;
  const above = place === 'deep' ? `eu.${registered}` : registered;
  const name = place === 'apex' ? registered : `mail.${above}`;
  const cut = place === 'apex' || shape.child === undefined ? undefined : place === 'deep' ? above : name;
  const isAlias = shape.isAlias && name !== registered && name !== cut;
  const suffix = { own: registered, foreign: HOST, target: TARGET };
  const nameServers = hosts.map((where, index) => `ns${index}.${suffix[where]}`);
  const addresses = nameServers.map((host, index) => a(host, serverAddress(index)));
  const within = (origin: string) => addresses.filter((record) => record.name.endsWith(`.${origin}`));
  const childHost = shape.child?.host === 'foreign' ? `nsc.${HOST}` : `ns.${cut}`;
  const childGlue = shape.child?.host === 'own' ? [a(childHost, ADDRESS.child)] : [];
  const there = isAlias
    ? [{ name, type: 'CNAME', data: `code.${TARGET}` } as const]
    : place === 'existing'
      ? [a(name, '127.0.0.9')]
      : place === 'between'
        ? [a(`host.${name}`, '127.0.0.9')]
        : [];
  const delegation = cut === undefined ? [] : [ns(cut, childHost), ...childGlue];
  const zone = zoneAt(registered, nameServers, [
    ...within(registered),
    ...(cut === undefined ? there : delegation),
  ]);
  const child =
    cut === undefined
      ? []
      : [zoneAt(cut, [childHost], [...there, ...(shape.child?.hasAddress ? childGlue : [])])];
  const hostRecords = [a(`ns.${HOST}`, ADDRESS.hosting), a(`nsc.${HOST}`, ADDRESS.child), ...within(HOST)];
  const hosting = zoneAt(HOST, [`ns.${HOST}`], hostRecords);
  const target = zoneAt(TARGET, [`ns.${TARGET}`], [a(`ns.${TARGET}`, ADDRESS.target), ...within(TARGET)]);
  const registries = registriesOf(registered, [
    ...nameServers.map((host) => ns(registered, host)),
    ...within(registered),
  ]);
  return {
    name,
    zone,
    child,
    hosting,
    target,
    registries,
    isAlias,
    all: [zone, ...child, hosting, target, ...registries],
  };
}

function zoneAt(origin: string, nameServers: readonly string[], records: readonly ZoneRecord[]): Zone {
  return createZone({ origin, nameServers, records, soaMinimum: A_LONG_TIME_S });
}

/** The root, and the top-level domains with what they delegate; `co.uk` is on the servers of `uk`. */
function registriesOf(registered: string, delegation: readonly ZoneRecord[]): readonly Zone[] {
  const glued = (domain: string, host: string, address: string) => [ns(domain, host), a(host, address)];
  const delegated: Readonly<Record<string, readonly ZoneRecord[]>> = {
    test: [],
    net: [...glued(HOST, `ns.${HOST}`, ADDRESS.hosting), ...glued(TARGET, `ns.${TARGET}`, ADDRESS.target)],
    uk: [ns('co.uk', 'a.nic.uk')],
  };
  const tops = Object.entries(delegated).map(([top, records]) => {
    const own = registered.endsWith(`company.${top}`) ? delegation : [];
    return zoneAt(top, [`a.nic.${top}`], [a(`a.nic.${top}`, ADDRESS.registry), ...records, ...own]);
  });
  const root = zoneAt(
    '.',
    ['a.root-servers.net'],
    [
      a('a.root-servers.net', ADDRESS.registry),
      ...Object.keys(delegated).flatMap((top) => glued(top, `a.nic.${top}`, ADDRESS.registry)),
    ],
  );
  const coUk = zoneAt('co.uk', ['a.nic.uk'], registered.endsWith('.co.uk') ? delegation : []);
  return [...tops, root, coUk];
}
