import type { Answer, DecodedPacket, RecordType } from 'dns-packet';
import { rcodeOf } from './message.ts';
import { normalizeName } from './names.ts';

/** What is known of one name and type: records, or that there are none, with the SOA that says so. */
export interface CacheEntry {
  readonly rcode: 'NOERROR' | 'NXDOMAIN';
  readonly records: readonly Answer[];
  readonly soa: readonly Answer[];
  readonly storedAtMs: number;
  readonly ttlSeconds: number;
}

/** Cache entries by name and type. */
export type Entries = Map<string, CacheEntry>;

/** The key of a name and type in {@link Entries}. */
export function cacheKey(name: string, type: string): string {
  return `${normalizeName(name)} ${type}`;
}

function ttlOf(record: Answer): number {
  return 'ttl' in record ? (record.ttl ?? 0) : 0;
}

function smallestTtl(records: readonly Answer[]): number {
  return Math.min(...records.map(ttlOf));
}

/** Where the CNAMEs of an answer lead. */
function endOfChain(name: string, answers: readonly Answer[]): string {
  let end = normalizeName(name);
  // As many steps as there are records, so that a circle ends too.
  for (const _ of answers) {
    const next = answers.find((record) => record.type === 'CNAME' && normalizeName(record.name) === end);
    if (next?.type === 'CNAME') end = normalizeName(next.data);
  }
  return end;
}

/** The absence that an answer states, which lasts min(SOA TTL, SOA MINIMUM) (RFC 2308, 5). */
function absence(packet: DecodedPacket, storedAtMs: number): CacheEntry | undefined {
  const soa = packet.authorities?.find((record) => record.type === 'SOA');
  if (soa === undefined) return undefined;
  const ttlSeconds = Math.min(ttlOf(soa), soa.data.minimum ?? 0);
  const rcode = rcodeOf(packet) === 'NXDOMAIN' ? 'NXDOMAIN' : 'NOERROR';
  return { rcode, records: [], soa: [soa], storedAtMs, ttlSeconds };
}

/** Takes an authoritative answer apart into what can be cached: each RRset, and an absence at its end. */
export function entriesOf(packet: DecodedPacket, name: string, type: RecordType, nowMs: number): Entries {
  const answers = packet.answers ?? [];
  const rrsets = Object.entries(Object.groupBy(answers, (record) => cacheKey(record.name, record.type)));
  const entries: Entries = new Map(
    rrsets.map(([key, records = []]) => [
      key,
      { rcode: 'NOERROR', records, soa: [], storedAtMs: nowMs, ttlSeconds: smallestTtl(records) },
    ]),
  );
  const endKey = cacheKey(endOfChain(name, answers), type);
  const missing = entries.has(endKey) ? undefined : absence(packet, nowMs);
  if (missing !== undefined) entries.set(endKey, missing);
  return entries;
}

/** The entry's records with what is left of their TTL; undefined once nothing is. */
export function aged(entry: CacheEntry, nowMs: number): CacheEntry | undefined {
  const remaining = entry.ttlSeconds - Math.floor((nowMs - entry.storedAtMs) / 1000);
  if (remaining <= 0) return undefined;
  const count = (record: Answer): Answer => (record.type === 'OPT' ? record : { ...record, ttl: remaining });
  return { ...entry, records: entry.records.map(count), soa: entry.soa.map(count) };
}
