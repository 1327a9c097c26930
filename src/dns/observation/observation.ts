import { isAtOrBelow } from '../../domain/dns-name.ts';
import type { ServerRole } from '../../domain/dns-server.ts';
import type { Reply } from '../client/client.ts';
import type { DnsMessage, DnsRecord } from '../protocol/message.ts';
import type { Silence } from '../transports/transport.ts';

/** The TXT record to wait for: one record at `name` whose whole text is `value`. */
export interface ExpectedRecord {
  readonly name: string;
  readonly value: string;
}

/** Why a reply says nothing about the record. */
export type Unusable = Silence | 'not-authoritative' | 'lame' | 'failed';

/** What one reply says about the expected record. */
export type Observation =
  | { readonly kind: 'present'; readonly values: readonly string[]; readonly ttlS: number }
  | {
      readonly kind: 'absent';
      /** The texts of the other TXT records at the name, each with its character-strings joined. */
      readonly values: readonly string[];
      /** How long a cache may repeat this answer: the TTL of the RRset, or of its absence (RFC 2308). */
      readonly ttlS: number | undefined;
      /** SOA serial of the zone, if the answer has a SOA record. */
      readonly serial: number | undefined;
    }
  /** Authoritative servers only: a CNAME leads to a name of other servers. */
  | { readonly kind: 'alias'; readonly target: string }
  | { readonly kind: 'unusable'; readonly why: Unusable; readonly detail: string };

/** The servers of a zone below that contains the name (RFC 9499: referral). */
export interface Referral {
  readonly zone: string;
  readonly nameServers: readonly string[];
  /** Addresses of the name servers that came along. */
  readonly glue: readonly DnsRecord[];
}

/** So many CNAME records are followed. */
export const MAX_CNAMES = 8;

/**
 * Reads what a reply says about the record. An answer of an authoritative server counts only with AA=1.
 *
 * @param zone the zone of an authoritative server, if it is known
 */
export function observe(
  reply: Reply,
  expected: ExpectedRecord,
  role: ServerRole,
  zone?: string,
): Observation {
  if (!reply.ok) return silent(reply);
  const { message } = reply;
  if (message.rcode === 'REFUSED' || message.rcode === 'NOTAUTH') return unusable('lame', message.rcode);
  if (message.rcode !== 'NOERROR' && message.rcode !== 'NXDOMAIN') {
    return unusable(
      'failed',
      [message.rcode, ...message.extendedErrors.map(describeExtendedError)].join(', '),
    );
  }
  if (role === 'authoritative' && !message.authoritative) {
    return unusable('not-authoritative', 'the answer is not authoritative (AA=0)');
  }
  // The client has already tried TCP; there is nothing larger.
  if (message.truncated) return unusable('failed', 'the answer is truncated (TC=1)');
  if (role === 'resolver') return readAnswer(message, expected, message.answers.length);
  const target = aliasTarget(message, expected.name, zone);
  return target === undefined ? readAnswer(message, expected, MAX_CNAMES) : { kind: 'alias', target };
}

const SILENCES: Readonly<Record<Silence, string>> = {
  timeout: 'no answer',
  refused: 'connection refused',
  unreachable: 'no route',
  closed: 'connection closed',
  certificate: 'certificate not trusted',
  'http-status': 'HTTP error status',
  proxy: 'no way through the proxy in https_proxy,',
};

function silent(reply: Reply & { ok: false }): Observation {
  if (reply.truncatedOverUdp)
    return unusable(reply.silence, 'the answer is too large for UDP, and there was no answer over TCP');
  return unusable(reply.silence, `${SILENCES[reply.silence]} over ${reply.transport.toUpperCase()}`);
}

function unusable(why: Unusable, detail: string): Observation {
  return { kind: 'unusable', why, detail };
}

function describeExtendedError({ code, text }: { code: number; text: string }): string {
  return text === '' ? `EDE ${code}` : `EDE ${code} (${text})`;
}

/** @param maxCnames a resolver has its own limit, so whatever it has followed counts */
function readAnswer(message: DnsMessage, expected: ExpectedRecord, maxCnames: number): Observation {
  const owner = endOfCnameChain(message.answers, expected.name, maxCnames);
  const rrset = message.answers.filter((record) => record.type === 'TXT' && record.name === owner);
  const values = rrset.map(joinedText);
  const soa = message.authorities.find((record) => record.type === 'SOA');
  // RFC 2308, section 5: an absence is cached for the lesser of the SOA's TTL and its MINIMUM field.
  const negativeTtlS = soa?.type === 'SOA' ? Math.min(soa.ttlS, soa.minimumS) : undefined;
  const ttlS = rrset.length > 0 ? Math.min(...rrset.map((record) => record.ttlS)) : negativeTtlS;
  if (message.rcode === 'NOERROR' && values.includes(expected.value))
    return { kind: 'present', values, ttlS: ttlS ?? 0 };
  return { kind: 'absent', values, ttlS, serial: soa?.type === 'SOA' ? soa.serial : undefined };
}

/** Follows the CNAME records in the answer from `name`; `undefined` for a loop or a chain that is too long. */
function endOfCnameChain(answers: readonly DnsRecord[], name: string, maxCnames: number): string | undefined {
  let owner = name;
  for (let followed = 0; followed <= maxCnames; followed++) {
    const target = targetOf(answers, owner);
    if (target === undefined) return owner;
    owner = target;
  }
  return undefined;
}

function targetOf(answers: readonly DnsRecord[], name: string): string | undefined {
  const cname = answers.find((record) => record.type === 'CNAME' && record.name === name);
  return cname?.type === 'CNAME' ? cname.target : undefined;
}

/**
 * Where the CNAME record at `name` leads, if an answer of the zone's servers does not settle what is at the end of the
 * chain: that lies outside the zone, the answer stops before it, or there is no end. Servers of one zone follow a chain
 * more or less far, but all of them know its first record.
 *
 * @param zone when it is not known, the servers are not all the same either: the chain is left where their answer ends
 */
export function aliasTarget(
  { answers, authorities }: DnsMessage,
  name: string,
  zone: string | undefined,
): string | undefined {
  const end = endOfCnameChain(answers, name, MAX_CNAMES);
  if (end === name) return undefined;
  if (end === undefined) return zone === undefined ? undefined : targetOf(answers, name);
  const isInside = zone === undefined || isAtOrBelow(end, zone);
  const isAnswered = answers.some((record) => record.name === end);
  const isDenied = authorities.some(({ type, name: owner }) => type === 'SOA' && isAtOrBelow(end, owner));
  if (isInside && (isAnswered || isDenied)) return undefined;
  return zone === undefined ? end : targetOf(answers, name);
}

function joinedText(record: DnsRecord): string {
  return record.type === 'TXT' ? record.strings.join('') : '';
}

/** Whether a referral leads below `zone`. Any other referral comes from a server that does not serve the zone. */
export function isDeeper(referral: Referral | undefined, zone: string | undefined): referral is Referral {
  if (referral === undefined || zone === undefined) return referral !== undefined;
  return referral.zone !== zone && isAtOrBelow(referral.zone, zone);
}

/** Reads a reply as a referral towards `name`, if nothing in it is from a resolver. */
export function referralOf(reply: Reply | undefined, name: string): Referral | undefined {
  return reply?.ok && !reply.message.recursionAvailable ? referralIn(reply.message, name) : undefined;
}

/** A referral towards `name`: AA=0, no answer, and the NS records of a zone that contains it. */
export function referralIn(
  { answers, authorities, additionals, authoritative, rcode }: DnsMessage,
  name: string,
): Referral | undefined {
  if (authoritative || rcode !== 'NOERROR' || answers.length > 0) return undefined;
  const ns = authorities.flatMap((one) => (one.type === 'NS' ? [one] : []));
  // A referral to the root comes from a server that does not know the zone, and leads nowhere.
  const zone = ns.find((one) => one.name !== '.' && isAtOrBelow(name, one.name))?.name;
  if (zone === undefined) return undefined;
  const nameServers = ns.filter((one) => one.name === zone).map(({ target }) => target);
  return { zone, nameServers, glue: additionals };
}
