import { isIP } from 'node:net';
import { isAtOrBelow } from '../../domain/dns-name.ts';
import { authoritativeServer, type DnsServer } from '../client/servers.ts';
import { type DnsRecord, isAskable, type QuestionType } from '../protocol/message.ts';
import { type AskServices, askSeveral } from './ask-several.ts';

/** Where the addresses of name servers are looked up. */
export interface AddressServices extends AskServices {
  readonly resolvers: readonly DnsServer[];
  /** 53, except in tests. */
  readonly authoritativePort: number;
}

const TYPES: readonly QuestionType[] = ['A', 'AAAA'];

/** The addresses of name servers, from glue, authoritative servers and resolvers. */
export class NameServerAddresses {
  readonly #services: AddressServices;
  /** The same object for the same server, so that the client learns only once how to reach it. */
  readonly #servers = new Map<string, DnsServer>();
  readonly #fromResolvers = new Map<string, Promise<readonly DnsServer[]>>();

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
    return this.#ask(host, authority, { authoritative: true });
  }

  /** From the resolvers; each host is looked up once. */
  fromResolvers(host: string): Promise<readonly DnsServer[]> {
    const known = this.#fromResolvers.get(host);
    if (known !== undefined) return known;
    const asked = this.#ask(host, this.#services.resolvers, { authoritative: false });
    this.#fromResolvers.set(host, asked);
    return asked;
  }

  async #ask(
    host: string,
    servers: readonly DnsServer[],
    { authoritative }: { readonly authoritative: boolean },
  ): Promise<readonly DnsServer[]> {
    if (!isAskable(host)) return [];
    const replies = await Promise.all(
      TYPES.map((type) =>
        askSeveral(servers, { name: host, type }, this.#services, {
          count: 1,
          isUsable: (reply) =>
            reply.ok && reply.message.rcode === 'NOERROR' && (!authoritative || reply.message.authoritative),
        }),
      ),
    );
    const answers = replies.flat().flatMap(({ reply }) => {
      const counts = reply.ok && (!authoritative || reply.message.authoritative);
      return counts ? reply.message.answers : [];
    });
    // All of them: behind a CNAME, the addresses have another owner name.
    return this.#serversAt(host, answers);
  }

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
