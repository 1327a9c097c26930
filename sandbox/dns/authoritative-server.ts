import type { DnsQuery, DnsResponse } from './message.ts';
import { longestSuffix } from './names.ts';
import { type DnsServer, startDnsServer } from './server.ts';
import type { Zone } from './zone.ts';

/** What {@link startAuthoritativeServer} can be told. */
export interface AuthoritativeServerOptions {
  /** Loopback address; default 127.0.0.1. */
  readonly host?: string;
  readonly zones?: readonly Zone[];
  /** Clock of the query log; default: the system's. */
  readonly now?: () => number;
}

/** A server that answers for its zones and for nothing else. */
export interface AuthoritativeServer extends DnsServer {
  readonly zones: readonly Zone[];
  addZone(zone: Zone): void;
  /** The zone that answers for a name: the one with the longest origin. */
  zoneFor(name: string): Zone | undefined;
}

/** Starts an authoritative server; zones may change while it runs. */
export async function startAuthoritativeServer(
  options: AuthoritativeServerOptions = {},
): Promise<AuthoritativeServer> {
  const { host = '127.0.0.1', now = Date.now } = options;
  const zones = [...(options.zones ?? [])];
  const zoneFor = (name: string) => longestSuffix(name, zones, (zone) => zone.origin);

  const answer = ({ question }: DnsQuery): DnsResponse => {
    const zone = zoneFor(question.name);
    if (zone === undefined || (question.class ?? 'IN') !== 'IN') return { rcode: 'REFUSED' };
    const { kind, ...sections } = zone.lookUp(question.name, question.type);
    // AA speaks of the first owner name (RFC 1035, 4.1.1): a CNAME found here is authoritative data
    // even when what it points at is delegated away.
    const aa = kind !== 'referral' || sections.answers.length > 0;
    return { rcode: kind === 'nxdomain' ? 'NXDOMAIN' : 'NOERROR', aa, ...sections };
  };

  const server = await startDnsServer({ host, now, answer });
  return { ...server, zones, zoneFor, addZone: (zone) => void zones.push(zone) };
}
