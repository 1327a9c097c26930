import type { DnsQuery, DnsResponse } from './message.ts';
import { longestSuffix } from './names.ts';
import { type DnsServer, startDnsServer } from './server.ts';
import type { Zone } from './zone.ts';

/** Options of {@link startAuthoritativeServer}. */
export interface AuthoritativeServerOptions {
  /** Loopback address; default 127.0.0.1. */
  readonly host?: string;
  readonly zones?: readonly Zone[];
  /** Clock of the query log; default: the system clock. */
  readonly now?: () => number;
}

/** A server that answers only for its zones. */
export interface AuthoritativeServer extends DnsServer {
  readonly zones: readonly Zone[];
  addZone(zone: Zone): void;
  /** The zone for a name: the one with the longest origin. */
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
    // AA is about the first owner name (RFC 1035, 4.1.1): a CNAME here is authoritative even when its target is
    // delegated.
    const aa = kind !== 'referral' || sections.answers.length > 0;
    return { rcode: kind === 'nxdomain' ? 'NXDOMAIN' : 'NOERROR', aa, ...sections };
  };

  const server = await startDnsServer({ host, now, answer });
  return { ...server, zones, zoneFor, addZone: (zone) => void zones.push(zone) };
}
