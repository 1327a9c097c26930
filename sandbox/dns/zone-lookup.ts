import type { Answer, RecordType, SoaAnswer } from 'dns-packet';
import { isWithin, normalizeName } from './names.ts';
import { type StoredRecord, toAnswer } from './zone-records.ts';

/** The parts of a zone that answers come from. */
export interface ZoneContents {
  readonly origin: string;
  /** The records, without the SOA. */
  readonly records: readonly StoredRecord[];
  /** Seconds. */
  readonly soaMinimum: number;
  /** The SOA record; `ttl` in seconds replaces its own. */
  soa(ttl?: number): SoaAnswer;
}

/** A zone's answer: its kind and its sections. */
export interface ZoneAnswer {
  readonly kind: 'answer' | 'nodata' | 'nxdomain' | 'referral';
  readonly answers: readonly Answer[];
  readonly authorities: readonly Answer[];
  readonly additionals: readonly Answer[];
}

const LONGEST_CNAME_CHAIN = 8;

/** The name servers of the delegation that `name` is below, if any. */
function delegationOf(zone: ZoneContents, name: string): StoredRecord[] {
  const cuts = zone.records.filter(
    (record) => record.type === 'NS' && record.name !== zone.origin && isWithin(name, record.name),
  );
  // The zone cut nearest the apex counts: nothing below it belongs to this zone.
  const highest = cuts.reduce((best, { name: cut }) => (cut.length < best.length ? cut : best), name);
  return cuts.filter((record) => record.name === highest);
}

function referral(
  zone: ZoneContents,
  nameServers: readonly StoredRecord[],
  answers: readonly Answer[],
): ZoneAnswer {
  const hosts = new Set(nameServers.map((record) => record.data));
  const glue = zone.records.filter(({ name, type }) => (type === 'A' || type === 'AAAA') && hosts.has(name));
  return {
    kind: 'referral',
    answers,
    authorities: nameServers.map((record) => toAnswer(record)),
    additionals: glue.map((record) => toAnswer(record)),
  };
}

/** A name with names below it exists, as an empty non-terminal (RFC 8020). */
function exists(zone: ZoneContents, name: string): boolean {
  return name === zone.origin || zone.records.some((record) => isWithin(record.name, name));
}

/** The records at a name: its own, or those of `*` below the closest name above it that exists (RFC 4592). */
function recordsAt(zone: ZoneContents, name: string): readonly StoredRecord[] {
  let encloser = name;
  while (!exists(zone, encloser)) encloser = encloser.split('.').slice(1).join('.');
  const owner = encloser === name ? name : normalizeName(`*.${encloser}`);
  return zone.records.filter((record) => record.name === owner);
}

function negative(
  zone: ZoneContents,
  name: string,
  answers: readonly Answer[],
  isSynthesised: boolean,
): ZoneAnswer {
  const soa = zone.soa();
  const ttl = Math.min(soa.ttl ?? 0, zone.soaMinimum);
  return {
    kind: isSynthesised || exists(zone, name) ? 'nodata' : 'nxdomain',
    answers,
    authorities: [zone.soa(ttl)],
    additionals: [],
  };
}

/**
 * Answers a question from a zone: delegations, CNAMEs inside the zone, wildcards, positive and negative
 * answers (RFC 1034, 4.3.2; RFC 2308).
 */
export function lookUp(zone: ZoneContents, name: string, type: RecordType): ZoneAnswer {
  const answers: Answer[] = [];
  let asked = name;
  for (let links = 0; links <= LONGEST_CNAME_CHAIN; links += 1) {
    const owner = normalizeName(asked);
    if (!isWithin(owner, zone.origin)) break;

    const nameServers = delegationOf(zone, owner);
    if (nameServers.length > 0) return referral(zone, nameServers, answers);

    const present = recordsAt(zone, owner);
    const matching = present
      .filter((record) => record.type === type)
      .map((record) => toAnswer(record, asked));
    if (type === 'SOA' && owner === zone.origin) matching.push(zone.soa());
    if (matching.length > 0) {
      return { kind: 'answer', answers: [...answers, ...matching], authorities: [], additionals: [] };
    }

    const alias = present.find((record) => record.type === 'CNAME');
    if (alias?.type !== 'CNAME') return negative(zone, owner, answers, present.length > 0);
    answers.push(toAnswer(alias, asked));
    asked = alias.data;
  }
  // Out of the zone or in a loop: answer with what was found so far.
  return { kind: 'answer', answers, authorities: [], additionals: [] };
}
