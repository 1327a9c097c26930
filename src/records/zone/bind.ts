/** Zone files of BIND and its relatives: master files of RFC 1035, section 5. */

import type { SsoRecord } from '../../domain/sso-record.ts';
import { type RecordFormat, type RecordTarget, UnreadableTextError } from '../format/record-format.ts';
import { unreadable } from './entries.ts';
import { originFromPath } from './origin-from-path.ts';
import { bytesOfString, isAtOrBelow, nameBelow, quotedStrings } from './presentation-format.ts';
import { lineLike } from './record-line.ts';
import { readZone, type Zone, type ZoneRecord } from './records.ts';
import { nextSerial } from './soa-serial.ts';

const RENDERED_TTL_S = 3600;
const START = { line: 1, column: 1 } as const;

/** A zone whose names are all absolute, and the name that is looked for in it. */
interface KnownZone extends Zone {
  readonly text: string;
  readonly apex: string;
  /** With the dot at its end. */
  readonly emailDomain: string;
  /** Whether nothing in the file or its name tells the zone. */
  readonly isGuess: boolean;
  readonly soa: ZoneRecord;
}

/** A change of the text: what stands from `start` to `end` gives way. */
interface Edit {
  readonly start: number;
  readonly end: number;
  readonly replacement: string;
}

/**
 * Adds the record to a zone file and raises the serial of its SOA record, and leaves everything else as it is. A zone
 * that delegates the name, has a CNAME at it or is signed cannot take the record, and is refused like one that cannot
 * be read.
 */
export const bind: RecordFormat = {
  needsTxtValues: false,

  render({ emailDomain, verificationCode }) {
    return [`${emailDomain}.`, RENDERED_TTL_S, 'IN', 'TXT', quotedStrings(verificationCode)].join('\t');
  },

  merge(current, record, target) {
    if (current === undefined) {
      throw new UnreadableTextError(
        'there is no such zone file',
        START,
        'Give the path of a zone file that exists; a zone cannot be made out of one record.',
      );
    }
    const zone = knownZone(current, record, target);
    if (zone.records.some((each) => isRecord(each, zone, record))) return current;
    checkCanTake(zone);
    return edited(current, [raisedSerial(zone, target), addedRecord(zone, record)]);
  },
};

function knownZone(text: string, { emailDomain }: SsoRecord, { path }: RecordTarget): KnownZone {
  const zone = readZone(text);
  const soa = soaOf(zone, text);
  // An absolute SOA owner is the zone. Otherwise the zone is what named.conf says, which the file's name hints at.
  const isAbsolute = soa.owner.endsWith('.');
  const fromPath = originFromPath(path, emailDomain);
  const named = fromPath.kind === 'unknown' ? emailDomain : fromPath.origin;
  const initialOrigin = isAbsolute ? soa.owner : `${named}.`;
  const apex = nameBelow(soa.owner, initialOrigin);
  const domain = `${emailDomain}.`;
  if (!isAtOrBelow(domain, apex)) {
    throw unreadable(
      text,
      soa.entry.start,
      `the file holds the zone ${withoutDot(apex)}, and ${emailDomain} is not in it`,
      isAbsolute
        ? `Give the zone file of the zone that holds ${emailDomain}.`
        : `Give the zone file of the zone that holds ${emailDomain}; if this is it, put "$ORIGIN" and the name of the zone with a dot at its end in its first line.`,
    );
  }
  return {
    text,
    apex,
    emailDomain: domain,
    isGuess: !isAbsolute && fromPath.kind === 'unknown',
    soa,
    origin: nameBelow(zone.origin, initialOrigin),
    ttlS: zone.ttlS,
    records: zone.records.map((each) => ({
      ...each,
      owner: nameBelow(each.owner, initialOrigin),
      origin: nameBelow(each.origin, initialOrigin),
    })),
  };
}

function soaOf({ records }: Zone, text: string): ZoneRecord {
  const [soa, second] = records.filter(({ type }) => type === 'SOA');
  if (soa === undefined) {
    throw new UnreadableTextError(
      'there is no SOA record in this file, so that its serial cannot be raised',
      START,
      'Give the zone file that has the SOA record; the record may stand there as well as in a file that it includes.',
    );
  }
  if (second !== undefined) {
    const problem = 'a second SOA record; a zone has one';
    throw unreadable(text, second.typeToken.start, problem, 'Remove it, then try again.');
  }
  return soa;
}

function isRecord({ owner, type, data }: ZoneRecord, { emailDomain }: KnownZone, record: SsoRecord): boolean {
  return owner === emailDomain && type === 'TXT' && textOf(data) === bytesOfText(record.verificationCode);
}

function bytesOfText(text: string): string {
  return Buffer.from(text).toString('latin1');
}

function textOf(data: ZoneRecord['data']): string {
  const [mark, , ...digits] = data;
  if (mark?.text !== '\\#' || mark.isQuoted) return data.map(({ text }) => bytesOfString(text)).join('');
  // RFC 3597, section 5: a length and hexadecimal digits, in which each string has its length before it.
  const bytes = Buffer.from(digits.map(({ text }) => text).join(''), 'hex');
  const strings: string[] = [];
  for (let at = 0; at < bytes.length; at += 1 + (bytes[at] ?? 0)) {
    strings.push(bytes.toString('latin1', at + 1, at + 1 + (bytes[at] ?? 0)));
  }
  return strings.join('');
}

function checkCanTake({ records, apex, emailDomain, text }: KnownZone): void {
  const name = withoutDot(emailDomain);
  for (const { type, owner, entry, typeToken } of records) {
    const isAbove = isAtOrBelow(emailDomain, owner);
    const at = entry.tokens[0].start;
    if (type === 'CNAME' && owner === emailDomain) {
      throw unreadable(text, at, `${name} is a CNAME, which tolerates no TXT record beside it (RFC 1034)`);
    }
    if (type === 'NS' && isAbove && owner !== apex && isAtOrBelow(owner, apex)) {
      const problem = `the zone delegates ${withoutDot(owner)} here, so that a TXT record of ${name} would not be seen`;
      throw unreadable(text, at, problem, `Give the zone file of ${withoutDot(owner)}.`);
    }
    if (type === 'DNAME' && isAbove && owner !== emailDomain) {
      const problem = `the DNAME of ${withoutDot(owner)} hides every record below it, so one of ${name} too`;
      throw unreadable(text, at, problem);
    }
    if (type === 'RRSIG') {
      const hint = 'Give the zone file that is signed later.';
      throw unreadable(text, typeToken.start, 'the zone is signed, and a new record would not be', hint);
    }
  }
}

function raisedSerial({ soa }: KnownZone, { nowMs }: RecordTarget): Edit {
  const serial = soa.data[2];
  if (serial === undefined) throw new TypeError('a SOA record without a serial has been read');
  const { start, text } = serial;
  return { start, end: start + text.length, replacement: String(nextSerial(Number(text), nowMs)) };
}

function addedRecord(zone: KnownZone, { verificationCode }: SsoRecord): Edit {
  const atName = zone.records.filter(({ owner }) => owner === zone.emailDomain);
  const sibling = atName.findLast(({ type }) => type === 'TXT');
  // Were the guess wrong, these would not be of this name, and a blank owner behind them would change its meaning.
  const before = zone.isGuess ? undefined : (sibling ?? atName.at(-1));
  const place = before ?? zone;
  const neighbour = before ?? zone.records.at(-1) ?? zone.soa;
  const line = lineLike(
    neighbour,
    {
      owner: ownerAt(zone, before),
      ttl: ttlOf(sibling, place),
      data: quotedStrings(verificationCode),
    },
    zone.text,
  );
  return insertedLine(zone.text, before?.entry.end ?? zone.text.length, line);
}

/** The TTL to state: one RRset has one TTL (RFC 2181, section 5.2); a record alone takes what is in force. */
function ttlOf(
  sibling: ZoneRecord | undefined,
  place: { readonly ttlS: number | undefined },
): string | undefined {
  if (sibling?.ttlToken !== undefined) return sibling.ttlToken.text;
  if (sibling?.ttlS === undefined || sibling.ttlS === place.ttlS) return undefined;
  return String(sibling.ttlS);
}

/** The owner as the record before it has it, or else the shortest way that is not more confusing than the whole. */
function ownerAt({ emailDomain, isGuess, origin: lastOrigin }: KnownZone, before?: ZoneRecord): string {
  if (before?.entry.isIndented === false) return before.entry.tokens[0].text;
  const origin = before?.origin ?? lastOrigin;
  if (isGuess || origin === '.' || !isAtOrBelow(emailDomain, origin)) return emailDomain;
  return emailDomain === origin ? '@' : emailDomain.slice(0, -origin.length - 1);
}

function insertedLine(text: string, at: number, line: string): Edit {
  const lineBreak = /\r?\n/.exec(text)?.[0] ?? '\n';
  const isBehindBreak = at === 0 || /[\r\n]/.test(text.charAt(at - 1));
  // A file that ends without a line break goes on doing so.
  const replacement = isBehindBreak ? `${line}${lineBreak}` : `${lineBreak}${line}`;
  return { start: at, end: at, replacement };
}

function edited(text: string, edits: readonly Edit[]): string {
  // From the back, so that the offsets before an edit stay true.
  return edits
    .toSorted((a, b) => b.start - a.start)
    .reduce(
      (result, { start, end, replacement }) => result.slice(0, start) + replacement + result.slice(end),
      text,
    );
}

function withoutDot(name: string): string {
  return name === '.' ? name : name.slice(0, -1);
}
