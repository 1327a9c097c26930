import { isIP } from 'node:net';
import { isAtOrBelow } from '../../domain/dns-name.ts';
import type { ServerRole } from '../../domain/dns-server.ts';
import type { Reply } from '../client/client.ts';
import { authoritativeServer, type DnsServer, formatSocketAddress } from '../client/servers.ts';
import { type DnsRecord, isAskable, type Question, type QuestionType } from '../protocol/message.ts';
import { isNear, union } from './answers.ts';
import { type AskServices, askSeveral, type Said, type Wanted } from './ask-several.ts';

/** Where the addresses of name servers are looked up. */
export interface AddressServices extends AskServices {
  readonly resolvers: readonly DnsServer[];
  /** 53, except in tests. */
  readonly authoritativePort: number;
}

/** The addresses of name servers, from glue, authoritative servers and resolvers. */
export class NameServerAddresses {
  readonly #services: AddressServices;
  /** The same object for the same server, so that the client learns only once how to reach it. */
  readonly #servers = new Map<string, DnsServer>();
  readonly #fromResolvers = new Map<string, Promise<readonly DnsServer[]>>();
  readonly #ipv6 = new Map<string, Promise<readonly DnsServer[]>>();

  constructor(services: AddressServices) {
    this.#services = services;
  }

  /** From records that came with an answer of `zone`'s servers, which know nothing of names outside it. */
  fromGlue(host: string, records: readonly DnsRecord[], zone: string): readonly DnsServer[] {
    if (!isAtOrBelow(host, zone)) return [];
    return this.#serversAt(
      host,
      records.filter(({ name }) => name === host),
    );
  }

  /** From servers that have the zone of the host. */
  async fromAuthority(host: string, authority: readonly DnsServer[]): Promise<readonly DnsServer[]> {
    if (!isHost(host)) return [];
    const lookUp = (type: QuestionType, isRequired: boolean) =>
      this.#lookUp({ name: host, type }, authority, 'authoritative', isRequired);
    const found = await Promise.all([lookUp('A', true), lookUp('AAAA', false)]);
    return this.#serversAt(host, found.flat().length > 0 ? found.flat() : await lookUp('AAAA', true));
  }

  /**
   * From the resolvers; each host is looked up until there is an address. AAAA records are asked for only where there are
   * no A records: what a signed zone answers when it has none may deny other names too (RFC 8198).
   */
  fromResolvers(host: string): Promise<readonly DnsServer[]> {
    const known = this.#fromResolvers.get(host);
    if (known !== undefined) return known;
    const asked = this.#lookUpHost(host).then((servers) => {
      if (servers.length === 0) this.#fromResolvers.delete(host);
      return servers;
    });
    this.#fromResolvers.set(host, asked);
    return asked;
  }

  async #lookUpHost(host: string): Promise<readonly DnsServer[]> {
    const ipv4 = await this.#askResolvers(host, 'A', true);
    return ipv4.length > 0 ? ipv4 : this.#askResolvers(host, 'AAAA', true);
  }

  /** The IPv6 addresses that {@link fromResolvers} left out; most hosts have none, and are asked about once too. */
  ipv6FromResolvers(host: string): Promise<readonly DnsServer[]> {
    const asked = this.#ipv6.get(host) ?? this.#askResolvers(host, 'AAAA', false);
    this.#ipv6.set(host, asked);
    return asked;
  }

  /** The same for the hosts of these servers, as far as resolvers may be asked about them. */
  async ipv6Of(
    servers: readonly DnsServer[],
    mayAskAbout: (host: string) => boolean,
  ): Promise<readonly DnsServer[]> {
    const hosts = union([servers.map(({ nameServer = '.' }) => nameServer)]).filter(mayAskAbout);
    return (await Promise.all(hosts.map((host) => this.ipv6FromResolvers(host)))).flat();
  }

  /** Asks servers for a SOA record, over IPv6 too when this machine has no way to any of the addresses that are known. */
  async askSoa(name: string, servers: readonly DnsServer[], wanted: Wanted): Promise<readonly Said[]> {
    const question = { name, type: 'SOA' } as const;
    const said = await askSeveral(servers, question, this.#services, wanted);
    if (!said.every(({ reply }) => !reply.ok && reply.silence === 'unreachable')) return said;
    const found = await this.ipv6Of(servers, (host) => !isNear(host, name));
    return [...said, ...(await askSeveral(found, question, this.#services, wanted))];
  }

  async #askResolvers(host: string, type: 'A' | 'AAAA', isRequired: boolean): Promise<readonly DnsServer[]> {
    if (!isHost(host)) return [];
    const { resolvers } = this.#services;
    return this.#serversAt(host, await this.#lookUp({ name: host, type }, resolvers, 'resolver', isRequired));
  }

  async #lookUp(
    question: Question,
    servers: readonly DnsServer[],
    role: ServerRole,
    isRequired: boolean,
  ): Promise<readonly DnsRecord[]> {
    const answersOf = (reply: Reply): readonly DnsRecord[] | undefined => {
      if (!reply.ok || reply.message.rcode !== 'NOERROR') return undefined;
      const counts = role === 'resolver' || reply.message.authoritative;
      return counts ? reply.message.answers.filter(({ type }) => type === question.type) : undefined;
    };
    const said = await askSeveral(servers, question, this.#services, {
      count: 1,
      isUsable(reply) {
        const answers = answersOf(reply);
        return answers !== undefined && (!isRequired || answers.length > 0);
      },
    });
    return said.flatMap(({ reply }) => answersOf(reply) ?? []);
  }

  /** All addresses count: behind a CNAME, they have another owner name. */
  #serversAt(host: string, records: readonly DnsRecord[]): readonly DnsServer[] {
    const addresses = records.flatMap((one) => (one.type === 'A' || one.type === 'AAAA' ? [one.target] : []));
    return [...new Set(addresses)]
      .filter((address) => isIP(address) !== 0)
      .map((address) => this.#server(host, address));
  }

  #server(host: string, address: string): DnsServer {
    const key = `${host} ${address}`;
    const known = this.#servers.get(key);
    if (known !== undefined) return known;
    const server = authoritativeServer({ host: address, port: this.#services.authoritativePort }, host);
    this.#servers.set(key, server);
    return server;
  }
}

/** The root as a name server means that there is none (RFC 7505 has the same for mail). */
function isHost(name: string): boolean {
  return name !== '.' && isAskable(name);
}

/** Several names may share an address: it is one server, and is called by the last of these names. */
export function eachAddressOnce(servers: readonly DnsServer[]): readonly DnsServer[] {
  const addressOf = ({ addresses }: DnsServer): string => addresses.map(formatSocketAddress).join();
  return [...new Map(servers.map((server) => [addressOf(server), server])).values()];
}
