import type { Answer, DecodedPacket, RecordType } from 'dns-packet';
import { rcodeOf } from './message.ts';
import { normalizeName } from './names.ts';

/** What is known of one name: records of one type, or that there are none or no such name, with the SOA that says so. */
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
function cacheKey(name: string, type: string): string {
  return `${normalizeName(name)} ${type}`;
}

/** In {@link cacheKey}, the type of an entry that says that there is no such name. */
const NO_SUCH_NAME = 'NXDOMAIN';

/**
 * What the cache has for a question, the most telling first: records or NODATA of this type, a CNAME, or that this name
 * (RFC 2308, 5) or one above it (RFC 8020) does not exist, which holds for all types. Without a time, age does not matter.
 */
export function cachedEntry(
  entries: Entries,
  name: string,
  type: RecordType,
  nowMs?: number,
): CacheEntry | undefined {
  const labels = normalizeName(name).split('.');
  const selfAndAbove = labels.map((_, depth) => labels.slice(depth).join('.'));
  const live = (key: string): CacheEntry | undefined => {
    const entry = entries.get(key);
    return entry === undefined || nowMs === undefined ? entry : aged(entry, nowMs);
  };
  const alias = live(cacheKey(name, 'CNAME'));
  return (
    live(cacheKey(name, type)) ??
    (alias !== undefined && alias.records.length > 0 ? alias : undefined) ??
    selfAndAbove.map((above) => live(cacheKey(above, NO_SUCH_NAME))).find((entry) => entry !== undefined)
  );
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
  const end = endOfChain(name, answers);
  const missing = entries.has(cacheKey(end, type)) ? undefined : absence(packet, nowMs);
  const what = missing?.rcode === 'NXDOMAIN' ? NO_SUCH_NAME : type;
  if (missing !== undefined) entries.set(cacheKey(end, what), missing);
  return entries;
}

/** The entry's records with what is left of their TTL; undefined once nothing is. */
function aged(entry: CacheEntry, nowMs: number): CacheEntry | undefined {
  const remaining = entry.ttlSeconds - Math.floor((nowMs - entry.storedAtMs) / 1000);
  if (remaining <= 0) return undefined;
  const count = (record: Answer): Answer => (record.type === 'OPT' ? record : { ...record, ttl: remaining });
  return { ...entry, records: entry.records.map(count), soa: entry.soa.map(count) };
}
