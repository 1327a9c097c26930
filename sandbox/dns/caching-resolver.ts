import type { Answer, DecodedPacket, RecordType } from 'dns-packet';
import { parseAddress } from '../net/loopback.ts';
import { exchange } from './client.ts';
import { type DnsQuery, type DnsResponse, rcodeOf } from './message.ts';
import { longestSuffix } from './names.ts';
import { type CacheEntry, cachedEntry, type Entries, entriesOf } from './resolver-cache.ts';
import { type DnsServer, startDnsServer } from './server.ts';

/** Authoritative servers (`address:port`) by suffix; '' is for all other names. */
export type Upstreams = Readonly<Record<string, readonly string[]>>;

/** Options of {@link startCachingResolver}. */
export interface CachingResolverOptions {
  /** Loopback address; default 127.0.0.1. */
  readonly host?: string;
  readonly upstreams: Upstreams;
  /** Milliseconds since 1970, for the cache; default: the system clock. */
  readonly now?: () => number;
  /** Time-out for one upstream; default 1000. */
  readonly upstreamTimeoutMs?: number;
}

/** A recursive resolver with a cache, like a public one. */
export interface CachingResolver extends DnsServer {
  /** Empties the cache. */
  flush(): void;
  /** Replaces the servers for names under a suffix. */
  setUpstream(suffix: string, addresses: readonly string[]): void;
}

const LONGEST_CNAME_CHAIN = 8;
const DEEPEST_REFERRAL = 4;
/** "No Reachable Authority" (RFC 8914, 4.23). */
const EDE_NO_REACHABLE_AUTHORITY = 22;

/** Glue addresses of a referral that lead to a server the resolver knows, with its port. */
function serversOfReferral(packet: DecodedPacket, known: Iterable<readonly string[]>): string[] {
  const glue = new Set(
    (packet.additionals ?? []).flatMap((record) => (record.type === 'A' ? [record.data] : [])),
  );
  return [...known].flat().filter((address) => glue.has(parseAddress(address).host));
}

function isReferral(packet: DecodedPacket): boolean {
  const { answers = [], authorities = [] } = packet;
  return !packet.flag_aa && answers.length === 0 && authorities.some((record) => record.type === 'NS');
}

function isUsable(packet: DecodedPacket): boolean {
  const rcode = rcodeOf(packet);
  return packet.flag_aa && (rcode === 'NOERROR' || rcode === 'NXDOMAIN');
}

/** Starts a caching resolver. */
export async function startCachingResolver(options: CachingResolverOptions): Promise<CachingResolver> {
  const { host = '127.0.0.1', now = Date.now, upstreamTimeoutMs = 1000 } = options;
  const upstreams = new Map(Object.entries(options.upstreams));
  const cache: Entries = new Map();

  const ask = async (
    servers: readonly string[],
    question: { readonly name: string; readonly type: RecordType },
    signal: AbortSignal,
    depth = 0,
  ): Promise<DecodedPacket | undefined> => {
    for (const server of servers) {
      const asked = exchange({ server, ...question, signal, timeoutMs: upstreamTimeoutMs });
      // If one server is silent, ask the next; if all are, answer SERVFAIL.
      const packet = await asked.catch(() => undefined);
      if (packet === undefined) continue;
      if (isUsable(packet)) return packet;
      if (!isReferral(packet) || depth === DEEPEST_REFERRAL) continue;
      const found = await ask(serversOfReferral(packet, upstreams.values()), question, signal, depth + 1);
      if (found !== undefined) return found;
    }
    return undefined;
  };

  const find = async (
    name: string,
    type: RecordType,
    signal: AbortSignal,
  ): Promise<CacheEntry | undefined> => {
    const known = cachedEntry(cache, name, type, now());
    if (known !== undefined) return known;
    const [, servers = []] = longestSuffix(name, upstreams, ([suffix]) => suffix) ?? [];
    const packet = await ask(servers, { name, type }, signal);
    const fresh = packet && entriesOf(packet, name, type, now());
    for (const [key, entry] of fresh ?? []) cache.set(key, entry);
    // From the answer, not the cache, so that a TTL of 0 works for this client.
    return fresh && cachedEntry(fresh, name, type);
  };

  const answer = async ({ question }: DnsQuery, signal: AbortSignal): Promise<DnsResponse> => {
    const { type } = question;
    const answers: Answer[] = [];
    let { name } = question;
    for (let links = 0; links <= LONGEST_CNAME_CHAIN; links += 1) {
      const entry = await find(name, type, signal);
      if (entry === undefined) break;
      answers.push(...entry.records);
      const alias = entry.records.find((record) => record.type === 'CNAME');
      if (alias?.type !== 'CNAME' || type === 'CNAME') {
        return { rcode: entry.rcode, ra: true, answers, authorities: entry.soa };
      }
      name = alias.data;
    }
    return { rcode: 'SERVFAIL', ra: true, ede: { code: EDE_NO_REACHABLE_AUTHORITY } };
  };

  const server = await startDnsServer({ host, now, answer });
  return {
    ...server,
    flush: () => cache.clear(),
    setUpstream: (suffix, addresses) => void upstreams.set(suffix, addresses),
  };
}
