import type { DnsServer } from '../client/servers.ts';
import type { Said } from './ask-several.ts';

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

/** Why no servers are known. */
export type Unknown = Discovery & { readonly kind: 'unknown' };

/** That no servers are known, and what was said on the way. */
export function unknown(reason: string, said: readonly Said[] = []): Unknown {
  return { kind: 'unknown', reason, said };
}
