import { isAtOrBelow, selfAndAncestors } from '../../domain/dns-name.ts';
import type { DnsServer } from '../client/servers.ts';
import { aliasTarget, isDeeper, MAX_CNAMES, type Referral, referralIn } from '../observation/observation.ts';
import type { DnsMessage, DnsRecord } from '../protocol/message.ts';
import { askSeveral, type Said, type Wanted } from './ask-several.ts';
import { type AddressServices, eachAddressOnce, NameServerAddresses } from './name-server-addresses.ts';
import { isRegistry } from './registry.ts';

/** A zone, and every address of every server that is known for it. */
export interface ZoneServers {
  readonly zone: string;
  readonly servers: readonly DnsServer[];
  /** The names of its servers, as far as they are known. */
  readonly nameServers: readonly string[];
}

/** The zone that contains a name, and what else was learnt on the way to it. */
export type Discovery =
  | {
      readonly kind: 'found';
      /** `undefined`: the servers were given, and may serve a zone that starts higher up. */
      readonly apex: string | undefined;
      /** Those that the parent zone names, and those that the zone itself names. */
      readonly servers: readonly DnsServer[];
      /** The zone that delegates to it. `undefined`: the servers were given, or no zone above was asked. */
      readonly parent: ZoneServers | undefined;
      /** Where the CNAME at the name leads, if these servers do not answer what is there. */
      readonly alias: string | undefined;
    }
  /** A server of the zone in which the domain would be registered says that it is not (NXDOMAIN with AA). */
  | { readonly kind: 'not-registered'; readonly registry: string }
  | {
      readonly kind: 'unknown';
      readonly reason: string;
      /** Servers further up that gave no usable answer. */
      readonly said: readonly Said[];
    };

/** A name, and the authoritative servers that know where its CNAME leads, or what is there. */
export interface Link {
  readonly name: string;
  readonly discovery: Discovery;
}

/** The way from a name to where its CNAME records lead; mostly there are none, and it has one link. */
export interface CnameChain {
  readonly links: readonly [Link, ...Link[]];
  /** Where the last link leads although no link follows it: the chain is a loop or too long. */
  readonly endless: string | undefined;
}

/** No real tree of zones is deeper. */
const MAX_LEVELS = 10;
/** A name server's own zone may have name servers in yet another zone. */
const MAX_NESTING = 3;
/** Servers of a top-level domain; there are up to 26 addresses, and any of them will do. */
const MAX_TOP_SERVERS = 3;
const MAX_SERVERS = 64;
/** All servers of a zone should know the same; the second is for the one that does not. */
const WITNESSES = 2;

/**
 * Finds authoritative servers from the top-level domain down, as a resolver does (RFC 1034, section 5.3.3), so that
 * no resolver is asked about the name itself: it would cache that there is no such name, or that there is no TXT record
 * (RFC 2308, RFC 8198), before the record is published.
 */
export class AuthorityFinder {
  readonly #services: AddressServices;
  readonly #addresses: NameServerAddresses;
  readonly #tops = new Map<string, Promise<Top>>();

  constructor(services: AddressServices) {
    this.#services = services;
    this.#addresses = new NameServerAddresses(services);
  }

  /** The authoritative servers for `name`. */
  async find(name: string): Promise<Discovery> {
    const link: Link = { name, discovery: await this.#find(name, 0) };
    const [{ discovery } = link] = await this.#withIpv6([link]);
    return discovery;
  }

  /**
   * The authoritative servers for `name` and for each name that its CNAME leads to, as long as these are found.
   *
   * @param known where a name leads, if its servers say so only when they are asked for TXT
   * @param given the servers for `name`, if they need not be found
   */
  async chain(
    name: string,
    known: ReadonlyMap<string, string>,
    given?: readonly DnsServer[],
  ): Promise<CnameChain> {
    const first: Link = { name, discovery: given === undefined ? await this.#find(name, 0) : asGiven(given) };
    const links: [Link, ...Link[]] = [first];
    for (let last = first; ; ) {
      const { discovery } = last;
      const next = discovery.kind === 'found' ? (discovery.alias ?? known.get(last.name)) : undefined;
      const isLast = next === undefined;
      if (isLast || links.length > MAX_CNAMES || links.some((link) => link.name === next)) {
        const [only, ...others] = await this.#withIpv6(links);
        return { links: only === undefined ? links : [only, ...others], endless: next };
      }
      last = { name: next, discovery: await this.#find(next, 0) };
      links.push(last);
    }
  }

  /** Adds the IPv6 addresses that only the resolvers know, now that all names are known that these must not learn of. */
  #withIpv6(links: readonly Link[]): Promise<readonly Link[]> {
    const isFar = (host: string): boolean => links.every(({ name }) => !isNear(host, name));
    return Promise.all(
      links.map(async ({ name, discovery }): Promise<Link> => {
        if (discovery.kind !== 'found') return { name, discovery };
        const hosts = union([discovery.servers.map(({ nameServer = '.' }) => nameServer)]).filter(isFar);
        const found = await Promise.all(hosts.map((host) => this.#addresses.ipv6FromResolvers(host)));
        const servers = eachAddressOnce([...discovery.servers, ...found.flat()]).slice(0, MAX_SERVERS);
        return { name, discovery: { ...discovery, servers } };
      }),
    );
  }

  /** The authoritative servers for `name`, from a referral of `parent`'s servers down. */
  async follow(name: string, referral: Referral, parent: ZoneServers | undefined): Promise<Discovery> {
    const here = await this.#delegated(name, referral, parent?.zone ?? referral.zone, 0);
    return this.#descend(name, here, parent, 0);
  }

  /** The name servers of a zone as servers of its parent zone list them, which is where every resolver starts. */
  async delegation(zone: string, { servers }: ZoneServers): Promise<readonly string[]> {
    const said = await askSeveral(servers, { name: zone, type: 'NS' }, this.#services, {
      count: WITNESSES,
      isUsable: (reply) => reply.ok && nameServersOf(zone, reply.message).length > 0,
    });
    return union(said.map(({ reply }) => (reply.ok ? nameServersOf(zone, reply.message) : [])));
  }

  async #find(name: string, nesting: number): Promise<Discovery> {
    const top = await this.#topAbove(name);
    return top.kind === 'unknown' ? top : this.#descend(name, top, undefined, nesting);
  }

  /** Follows referrals from `start` to the zone that contains `name`. */
  async #descend(
    name: string,
    start: ZoneServers,
    above: ZoneServers | undefined,
    nesting: number,
  ): Promise<Discovery> {
    let [here, parent] = [start, above];
    let said: readonly Said[] = [];
    for (let level = 0; level < MAX_LEVELS; level++) {
      if (here.servers.length === 0)
        return unknown(`no address was found for any name server of ${here.zone}`, said);
      said = await this.#askAbout(name, here);
      const referral = commonReferral(said, name, here.zone);
      if (referral === undefined) return this.#conclude(name, here, parent, said, nesting);
      parent = here;
      here = await this.#delegated(name, referral, here.zone, nesting);
    }
    return unknown(`the delegations of ${name} do not end`);
  }

  #askAbout(name: string, { zone, servers }: ZoneServers): Promise<readonly Said[]> {
    return this.#askSoa(name, servers, {
      count: WITNESSES,
      isUsable: (reply) =>
        reply.ok && (isAnswer(reply.message) || isDeeper(referralIn(reply.message, name), zone)),
    });
  }

  /** Asks over IPv6 too when this machine has no way to any of the addresses that are known. */
  async #askSoa(name: string, servers: readonly DnsServer[], wanted: Wanted): Promise<readonly Said[]> {
    const question = { name, type: 'SOA' } as const;
    const said = await askSeveral(servers, question, this.#services, wanted);
    if (!said.every(({ reply }) => !reply.ok && reply.silence === 'unreachable')) return said;
    const hosts = union([servers.map(({ nameServer = '.' }) => nameServer)]).filter(
      (host) => !isNear(host, name),
    );
    const found = await Promise.all(hosts.map((host) => this.#addresses.ipv6FromResolvers(host)));
    return [...said, ...(await askSeveral(found.flat(), question, this.#services, wanted))];
  }

  /** These servers refer no further: they have the zone, or its parent says so. */
  async #conclude(
    name: string,
    here: ZoneServers,
    parent: ZoneServers | undefined,
    said: readonly Said[],
    nesting: number,
  ): Promise<Discovery> {
    const answers = said.flatMap(({ server, reply }) =>
      reply.ok && isAnswer(reply.message) ? [{ server, message: reply.message }] : [],
    );
    if (answers.length === 0) {
      const { zone } = here;
      if (isRegistry(zone) && zone !== name) return unknown(`no server of ${zone} answers`, said);
      return { kind: 'found', apex: zone, servers: here.servers, parent, alias: undefined };
    }
    // A child zone on some of the servers is not delegated, or all of them would know it.
    const apexes = new Set(answers.map(({ message }) => apexIn(message, name) ?? here.zone));
    const [first = here.zone] = apexes;
    const apex = apexes.size === 1 && isAtOrBelow(first, here.zone) ? first : here.zone;
    if (isRegistry(apex) && apex !== name && answers.every(({ message }) => message.rcode === 'NXDOMAIN'))
      return { kind: 'not-registered', registry: apex };
    const servers = await this.#allServers(apex, here, answers, nesting);
    const alias = answers
      .map(({ message }) => aliasTarget(message, name, apex))
      .find((target) => target !== undefined);
    return { kind: 'found', apex, servers, parent: parent ?? here, alias };
  }

  /** The servers that the parent zone names, those that the zone itself names, and all addresses of both. */
  async #allServers(
    apex: string,
    here: ZoneServers,
    answers: readonly { readonly server: DnsServer; readonly message: DnsMessage }[],
    nesting: number,
  ): Promise<readonly DnsServer[]> {
    const knowing = answers.map(({ server }) => server);
    const said = await askSeveral(knowing, { name: apex, type: 'NS' }, this.#services, {
      count: WITNESSES,
      isUsable: (reply) => reply.ok && isAnswer(reply.message),
    });
    const messages = said.flatMap(({ reply }) =>
      reply.ok && isAnswer(reply.message) ? [reply.message] : [],
    );
    const listed = union(messages.map((message) => nameServersOf(apex, message)));
    const within = union([here.nameServers, listed]).filter((host) => isAtOrBelow(host, apex));
    const others = listed.filter((host) => !isAtOrBelow(host, apex) && !here.nameServers.includes(host));
    const found = await Promise.all([
      ...within.map((host) => this.#addresses.fromAuthority(host, knowing)),
      ...others.map((host) => this.#addressesOf(host, apex, nesting + 1)),
    ]);
    return eachAddressOnce([...here.servers, ...found.flat()]).slice(0, MAX_SERVERS);
  }

  /** The servers that a referral names; `zone` is that of the servers that gave it. */
  async #delegated(
    name: string,
    { zone, nameServers, glue }: Referral,
    givenBy: string,
    nesting: number,
  ): Promise<ZoneServers> {
    const perHost = await Promise.all(
      nameServers.map(async (host) => {
        const known = this.#addresses.fromGlue(host, glue, givenBy);
        return known.length > 0 ? known : this.#addressesOf(host, name, nesting + 1);
      }),
    );
    return { zone, nameServers, servers: eachAddressOnce(inTurns(perHost)).slice(0, MAX_SERVERS) };
  }

  /** The addresses of a name server. Near the name, not even about this host is a resolver asked. */
  async #addressesOf(host: string, name: string, nesting: number): Promise<readonly DnsServer[]> {
    if (!isNear(host, name)) return this.#addresses.fromResolvers(host);
    if (nesting > MAX_NESTING || isAtOrBelow(host, name)) return [];
    const zone = await this.#find(host, nesting);
    return zone.kind === 'found' ? this.#addresses.fromAuthority(host, zone.servers) : [];
  }

  /** The zone to start from: the top-level domain, or whatever above the name the resolvers know servers of. */
  async #topAbove(name: string): Promise<Top> {
    const above = selfAndAncestors(name).slice(1).reverse();
    const [topLevel = '.', ...lower] = above;
    let failed: Top | undefined;
    for (const zone of [topLevel, '.', ...lower]) {
      const top = await this.#top(zone);
      // Servers that are known and do not answer: those of another zone would not either.
      if (top.kind === 'zone' || top.said.length > 0) return top;
      failed ??= top;
    }
    return failed ?? unknown(`no resolver knows the servers of ${topLevel}`);
  }

  #top(zone: string): Promise<Top> {
    const known = this.#tops.get(zone);
    if (known !== undefined) return known;
    const looked = this.#lookUpTop(zone).then((top) => {
      // What failed now may work later.
      if (top.kind === 'unknown') this.#tops.delete(zone);
      return top;
    });
    this.#tops.set(zone, looked);
    return looked;
  }

  /** Asks the resolvers for the servers of a zone, and these whether they have it. */
  async #lookUpTop(zone: string): Promise<Top> {
    const named = await askSeveral(this.#services.resolvers, { name: zone, type: 'NS' }, this.#services, {
      count: 1,
      isUsable: (reply) => reply.ok && nameServersOf(zone, reply.message).length > 0,
    });
    const nameServers = union(named.map(({ reply }) => (reply.ok ? nameServersOf(zone, reply.message) : [])));
    const hosts = nameServers.slice(0, MAX_TOP_SERVERS);
    const perHost = await Promise.all(hosts.map((host) => this.#addresses.fromResolvers(host)));
    const servers = eachAddressOnce(inTurns(perHost));
    if (servers.length === 0) return unknown(`no resolver knows the servers of ${zone}`);
    // Something between here and there may answer in their place; it must not be asked about the name.
    const said = await this.#askSoa(zone, servers, {
      count: 1,
      isUsable: (reply) => reply.ok && isAnswer(reply.message),
    });
    if (said.some(({ reply }) => reply.ok && isAnswer(reply.message)))
      return { kind: 'zone', zone, servers, nameServers };
    return unknown(`no server of ${zone} gives an authoritative answer`, said);
  }
}

type Top = ({ readonly kind: 'zone' } & ZoneServers) | (Discovery & { readonly kind: 'unknown' });

function unknown(reason: string, said: readonly Said[] = []): Discovery & { kind: 'unknown' } {
  return { kind: 'unknown', reason, said };
}

function asGiven(servers: readonly DnsServer[]): Discovery {
  return { kind: 'found', apex: undefined, servers, parent: undefined, alias: undefined };
}

function isAnswer({ authoritative, rcode }: DnsMessage): boolean {
  return authoritative && (rcode === 'NOERROR' || rcode === 'NXDOMAIN');
}

/** Whether both are in the same registered domain, as far as one can tell: their last two labels are the same. */
function isNear(host: string, name: string): boolean {
  return isAtOrBelow(host, name.split('.').slice(-2).join('.'));
}

/** The zone that an authoritative answer about `name` comes from, by its SOA record. */
function apexIn({ answers, authorities }: DnsMessage, name: string): string | undefined {
  return [...answers, ...authorities].find(
    ({ type, name: owner }) => type === 'SOA' && isAtOrBelow(name, owner),
  )?.name;
}

function nameServersOf(zone: string, { answers, authorities }: DnsMessage): readonly string[] {
  return [...answers, ...authorities].flatMap((one) =>
    one.type === 'NS' && one.name === zone ? [one.target] : [],
  );
}

/**
 * What these replies together say of the zone below that contains the name. Authoritative servers may be resolvers too
 * (RA=1); none that only pretends has come as far as here, since the servers of the top-level domain said AA=1.
 */
function commonReferral(said: readonly Said[], name: string, zone: string): Referral | undefined {
  const referrals = said
    .map(({ reply }) => (reply.ok ? referralIn(reply.message, name) : undefined))
    .filter((referral) => isDeeper(referral, zone));
  const [first] = referrals;
  if (first === undefined) return undefined;
  const same = referrals.filter((referral) => referral.zone === first.zone);
  const glue: readonly DnsRecord[] = same.flatMap((referral) => referral.glue);
  return { zone: first.zone, nameServers: union(same.map(({ nameServers }) => nameServers)), glue };
}

function union(lists: readonly (readonly string[])[]): readonly string[] {
  return [...new Set(lists.flat())];
}

/** The first of each list, then the second of each: two servers in a row are two name servers. */
function inTurns<T>(lists: readonly (readonly T[])[]): readonly T[] {
  const longest = Math.max(0, ...lists.map(({ length }) => length));
  return Array.from({ length: longest }, (_, turn) =>
    lists.flatMap((list) => list.slice(turn, turn + 1)),
  ).flat();
}
