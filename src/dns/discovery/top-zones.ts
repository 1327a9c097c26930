import { selfAndAncestors } from '../../domain/dns-name.ts';
import { inTurns, isAnswer, nameServersIn, nameServersOf } from './answers.ts';
import { askSeveral } from './ask-several.ts';
import { type Unknown, unknown, type ZoneServers } from './discovery.ts';
import { type AddressServices, eachAddressOnce, type NameServerAddresses } from './name-server-addresses.ts';

/** A zone to start from, or why there is none. */
export type Top = ({ readonly kind: 'zone' } & ZoneServers) | Unknown;

/** Servers of a top-level domain; there are up to 26 addresses, and any of them will do. */
const MAX_TOP_SERVERS = 3;

/** The zones in which every search begins, as the resolvers know them; each is looked up until it is found. */
export class TopZones {
  readonly #services: AddressServices;
  readonly #addresses: NameServerAddresses;
  readonly #tops = new Map<string, Promise<Top>>();

  constructor(services: AddressServices, addresses: NameServerAddresses) {
    this.#services = services;
    this.#addresses = addresses;
  }

  /** The zone to start from: the top-level domain, or whatever above the name the resolvers know servers of. */
  async above(name: string): Promise<Top> {
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
    const nameServers = nameServersIn(zone, named);
    const hosts = nameServers.slice(0, MAX_TOP_SERVERS);
    const perHost = await Promise.all(hosts.map((host) => this.#addresses.fromResolvers(host)));
    const servers = eachAddressOnce(inTurns(perHost));
    if (servers.length === 0) return unknown(`no resolver knows the servers of ${zone}`);
    // Something between here and there may answer in their place; it must not be asked about the name.
    const said = await this.#addresses.askSoa(zone, servers, {
      count: 1,
      isUsable: (reply) => reply.ok && isAnswer(reply.message),
    });
    if (said.some(({ reply }) => reply.ok && isAnswer(reply.message)))
      return { kind: 'zone', zone, servers, nameServers };
    return unknown(`no server of ${zone} gives an authoritative answer`, said);
  }
}
