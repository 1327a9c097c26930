import {
  type AuthoritativeServer,
  type CachingResolver,
  createZone,
  startSandbox,
  type Zone,
} from '../../sandbox/index.ts';
import { CODE, DOMAIN, type Look, type LookOptions, look } from './diagnosis-look.ts';
import type { Routes } from './routed-transports.ts';

/** Addresses in the zones, from the documentation range. Each is routed to a server on loopback. */
export const ADDRESS = {
  registry: '192.0.2.1',
  primary: '192.0.2.11',
  secondary: '192.0.2.12',
  child: '192.0.2.21',
  one: '192.0.2.53',
  two: '192.0.2.54',
} as const;

/** The labels of the domain's name servers. */
export const NS1 = `ns1.${DOMAIN} (${ADDRESS.primary})`;
export const NS2 = `ns2.${DOMAIN} (${ADDRESS.secondary})`;

/** A top-level domain, a domain in it with two name servers, and two resolvers. */
export interface World extends AsyncDisposable {
  readonly registry: AuthoritativeServer;
  readonly primary: AuthoritativeServer;
  readonly secondary: AuthoritativeServer;
  readonly one: CachingResolver;
  readonly two: CachingResolver;
  /** The domain's zone on the primary server. */
  readonly zone: Zone;
  /** The registry's zone of the top-level domain. */
  readonly tld: Zone;
  /** Transfers the zone to the secondary server. */
  transfer(): void;
  /** Changes the TXT records of the domain on the primary and the secondary server. */
  setTxt(...values: readonly string[]): void;
  /** Starts an authoritative server without a route or delegation to it. */
  serve(...zones: readonly Zone[]): Promise<AuthoritativeServer>;
  /** Asks the resolvers for the TXT record, so that they cache the answer. */
  ask(...resolvers: readonly string[]): Promise<void>;
  look(options?: Partial<LookOptions>): Promise<Look>;
}

export const SPF = 'v=spf1 -all';

/** Starts a world in which the record is not published. */
export async function startWorld(): Promise<World> {
  const sandbox = await startSandbox();
  const nameServers = [`ns1.${DOMAIN}`, `ns2.${DOMAIN}`];
  const glue = [
    { name: `ns1.${DOMAIN}`, type: 'A', data: ADDRESS.primary },
    { name: `ns2.${DOMAIN}`, type: 'A', data: ADDRESS.secondary },
  ] as const;
  const zone = createZone({
    origin: DOMAIN,
    soaMinimum: 1800,
    serial: 7,
    nameServers,
    records: [...glue, { name: '@', type: 'TXT', data: SPF, ttl: 3600 }],
  });
  const tld = createZone({
    origin: 'test',
    nameServers: ['a.nic.test'],
    records: [
      { name: 'a.nic.test', type: 'A', data: ADDRESS.registry },
      ...nameServers.map((data) => ({ name: DOMAIN, type: 'NS', data }) as const),
      ...glue,
    ],
  });
  const copy = zone.copy();
  const serve = (...zones: readonly Zone[]) => sandbox.startAuthoritative({ zones });
  const [registry, primary, secondary] = [await serve(tld), await serve(zone), await serve(copy)];
  const upstreams = { test: [registry.address], [DOMAIN]: [primary.address, secondary.address] };
  const [one, two] = [await sandbox.startResolver({ upstreams }), await sandbox.startResolver({ upstreams })];
  const routes: Routes = {
    [ADDRESS.registry]: registry.address,
    [ADDRESS.primary]: primary.address,
    [ADDRESS.secondary]: secondary.address,
    [ADDRESS.one]: one.address,
    [ADDRESS.two]: two.address,
  };
  const transfer = () => copy.transferFrom(zone);
  const lookHere = (options: Partial<LookOptions> = {}) =>
    look({
      resolvers: [ADDRESS.one, ADDRESS.two],
      systemNameServers: nameServers,
      ...options,
      routes: { ...routes, ...options.routes },
    });
  return {
    registry,
    primary,
    secondary,
    one,
    two,
    zone,
    tld,
    transfer,
    setTxt(...values) {
      zone.setTxt('@', values);
      transfer();
    },
    serve,
    async ask(...resolvers) {
      for (const resolver of resolvers) await lookHere({ authoritative: 'off', resolvers: [resolver] });
    },
    look: lookHere,
    [Symbol.asyncDispose]: () => sandbox.close(),
  };
}

/** The TXT records once the record is published. */
export const PUBLISHED = [SPF, CODE] as const;
