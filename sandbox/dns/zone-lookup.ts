import type { Answer, RecordType, SoaAnswer } from 'dns-packet';
import { isWithin, normalizeName } from './names.ts';
import { type StoredRecord, toAnswer } from './zone-records.ts';

/** What a zone has, as far as an answer needs it; `Zone` is one. */
export interface ZoneContents {
  readonly origin: string;
  /** All records but the SOA. */
  readonly records: readonly StoredRecord[];
  /** Seconds. */
  readonly soaMinimum: number;
  /** The SOA record, with `ttl` seconds instead of its own if given. */
  soa(ttl?: number): SoaAnswer;
}

/** What a zone says to a question: how the search ended, and the sections of the answer. */
export interface ZoneAnswer {
  readonly kind: 'answer' | 'nodata' | 'nxdomain' | 'referral';
  readonly answers: readonly Answer[];
  readonly authorities: readonly Answer[];
  readonly additionals: readonly Answer[];
}

const LONGEST_CNAME_CHAIN = 8;

/** The name servers of the delegation that `name` falls under, if it is not this zone's to answer. */
function delegationOf(zone: ZoneContents, name: string): StoredRecord[] {
  const cuts = zone.records.filter(
    (record) => record.type === 'NS' && record.name !== zone.origin && isWithin(name, record.name),
  );
  // The cut nearest the apex counts: below it nothing is this zone's any more.
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

function negative(zone: ZoneContents, name: string, answers: readonly Answer[]): ZoneAnswer {
  // A name with something below it exists, if only as an empty non-terminal (RFC 8020).
  const exists = name === zone.origin || zone.records.some((record) => isWithin(record.name, name));
  const soa = zone.soa();
  const ttl = Math.min(soa.ttl ?? 0, zone.soaMinimum);
  return {
    kind: exists ? 'nodata' : 'nxdomain',
    answers,
    authorities: [zone.soa(ttl)],
    additionals: [],
  };
}

/**
 * Answers a question from a zone: delegations, CNAMEs inside the zone, positive and negative answers
 * (RFC 1034, 4.3.2; RFC 2308). No wildcards.
 */
export function lookUp(zone: ZoneContents, name: string, type: RecordType): ZoneAnswer {
  const answers: Answer[] = [];
  let asked = name;
  for (let links = 0; links <= LONGEST_CNAME_CHAIN; links += 1) {
    const owner = normalizeName(asked);
    if (!isWithin(owner, zone.origin)) break;

    const nameServers = delegationOf(zone, owner);
    if (nameServers.length > 0) return referral(zone, nameServers, answers);

    const present = zone.records.filter((record) => record.name === owner);
    const matching = present
      .filter((record) => record.type === type)
      .map((record) => toAnswer(record, asked));
    if (type === 'SOA' && owner === zone.origin) matching.push(zone.soa());
    if (matching.length > 0) {
      return { kind: 'answer', answers: [...answers, ...matching], authorities: [], additionals: [] };
    }

    const alias = present.find((record) => record.type === 'CNAME');
    if (alias?.type !== 'CNAME') return negative(zone, owner, answers);
    answers.push(toAnswer(alias, asked));
    asked = alias.data;
  }
  // Out of the zone, or round in a circle: what was found so far is all that there is to say.
  return { kind: 'answer', answers, authorities: [], additionals: [] };
}
