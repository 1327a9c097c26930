import { isAtOrBelow } from '../../domain/dns-name.ts';
import type { DnsServer } from '../client/servers.ts';
import { aliasTarget, isDeeper, MAX_CNAMES, type Referral, referralIn } from '../observation/observation.ts';
import type { DnsMessage } from '../protocol/message.ts';
import {
  apexIn,
  commonReferral,
  inTurns,
  isAnswer,
  isNear,
  nameServersIn,
  nameServersOf,
  union,
} from './answers.ts';
import { askSeveral, type Said } from './ask-several.ts';
import { type CnameChain, type Discovery, type Link, unknown, type ZoneServers } from './discovery.ts';
import { type AddressServices, eachAddressOnce, NameServerAddresses } from './name-server-addresses.ts';
import { isRegistry } from './registry.ts';
import { TopZones } from './top-zones.ts';

/** No real tree of zones is deeper. */
const MAX_LEVELS = 10;
/** A name server's own zone may have name servers in yet another zone. */
const MAX_NESTING = 3;
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
  readonly #tops: TopZones;

  constructor(services: AddressServices) {
    this.#services = services;
    this.#addresses = new NameServerAddresses(services);
    this.#tops = new TopZones(services, this.#addresses);
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
        const found = await this.#addresses.ipv6Of(discovery.servers, isFar);
        const servers = eachAddressOnce([...discovery.servers, ...found]).slice(0, MAX_SERVERS);
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
    return nameServersIn(zone, said);
  }

  async #find(name: string, nesting: number): Promise<Discovery> {
    const top = await this.#tops.above(name);
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
    return this.#addresses.askSoa(name, servers, {
      count: WITNESSES,
      isUsable: (reply) =>
        reply.ok && (isAnswer(reply.message) || isDeeper(referralIn(reply.message, name), zone)),
    });
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
}

function asGiven(servers: readonly DnsServer[]): Discovery {
  return { kind: 'found', apex: undefined, servers, parent: undefined, alias: undefined };
}
