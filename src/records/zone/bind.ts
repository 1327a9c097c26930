/** Zone files as BIND, NSD and Knot read them: master files (RFC 1035, section 5). */

import { isAtOrBelow } from '../../domain/dns-name.ts';
import type { SsoRecord } from '../../domain/sso-record.ts';
import { contradictingName } from '../format/contradicting-name.ts';
import { MissingFileError } from '../format/missing-file-error.ts';
import type { RecordFormat, RecordTarget } from '../format/record-format.ts';
import { applyEdits, insertAt, lineBreakOf, type TextEdit } from '../format/text-edits.ts';
import { checkCanTakeTxt } from './can-take-txt.ts';
import { originFromPath } from './origin-from-path.ts';
import { bytesOfString, quotedStrings } from './presentation-format.ts';
import { lineLike } from './record-line.ts';
import type { ZoneRecord } from './records.ts';
import { type ResolvedZone, resolveZones, withoutDot } from './resolved-zone.ts';
import { nextSerial } from './soa-serial.ts';

const RENDERED_TTL_S = 3600;

/**
 * Adds the record to an existing zone file and raises the serial of its SOA record; everything else stays. A zone that
 * delegates the name, has a CNAME at it, answers for it from a wildcard or is signed is refused.
 */
export const bind: RecordFormat = {
  needsTxtValues: false,
  allowsAnyBytes: true,

  render({ emailDomain, verificationCode }) {
    return [`${emailDomain}.`, RENDERED_TTL_S, 'IN', 'TXT', quotedStrings(verificationCode)].join('\t');
  },

  merge(current, record, target) {
    if (current === undefined) {
      throw new MissingFileError(
        'this zone file does not exist',
        'Set record-file to an existing zone file. The action can add a record to a zone, but cannot create a zone.',
      );
    }
    const zones = resolveZones(current, record, target);
    const [zone] = zones;
    if (zones.some(({ records }) => records.some((each) => isSsoRecord(each, record)))) return current;
    checkCanTakeTxt(zones);
    return applyEdits(current, [raiseSerial(zone, target), addRecord(zone, record)]);
  },

  warning(current, record, target) {
    const [{ soa }] = resolveZones(current ?? '', record, target);
    // An absolute owner would have been refused.
    if (soa.owner.endsWith('.')) return undefined;
    return contradictingName(target, originFromPath(target.path, record.emailDomain));
  },

  describeZone(current, record, target) {
    const [{ apex, evidence }] = resolveZones(current ?? '', record, target);
    if (evidence === 'content' || evidence === 'record-zone') return undefined;
    const why =
      evidence === 'file name'
        ? 'as the name of the file says'
        : 'because neither the file nor its name says which it is; if that is wrong, set record-zone';
    return `taken for the zone ${withoutDot(apex)}, ${why}`;
  },
};

function isSsoRecord(
  { owner, type, data }: ZoneRecord,
  { emailDomain, verificationCode }: SsoRecord,
): boolean {
  const codeBytes = Buffer.from(verificationCode).toString('latin1');
  return owner === `${emailDomain}.` && type === 'TXT' && txtBytes(data) === codeBytes;
}

/** The text of a TXT record's data, each byte as the character with its code. */
function txtBytes(data: ZoneRecord['data']): string {
  const [mark, , ...digits] = data;
  if (mark?.text !== '\\#' || mark.isQuoted) return data.map(({ text }) => bytesOfString(text)).join('');
  // RFC 3597, section 5: a length, then hexadecimal digits, in which a length byte precedes each string.
  const bytes = Buffer.from(digits.map(({ text }) => text).join(''), 'hex');
  const strings: string[] = [];
  for (let at = 0; at < bytes.length; at += 1 + (bytes[at] ?? 0)) {
    strings.push(bytes.toString('latin1', at + 1, at + 1 + (bytes[at] ?? 0)));
  }
  return strings.join('');
}

function raiseSerial({ soa }: ResolvedZone, { nowMs }: RecordTarget): TextEdit {
  const serial = soa.data[2];
  if (serial === undefined) throw new TypeError('the SOA record was read without a serial');
  const { start, text } = serial;
  return { start, end: start + text.length, text: String(nextSerial(Number(text), nowMs)) };
}

function addRecord(zone: ResolvedZone, { verificationCode }: SsoRecord): TextEdit {
  const atName = zone.records.filter(({ owner }) => owner === zone.emailDomain);
  const sibling = atName.findLast(({ type }) => type === 'TXT');
  // If the apex is a wrong guess, these records belong to another name, and inserting a line after them would give
  // a following blank owner another meaning.
  const before = zone.evidence === 'none' ? undefined : (sibling ?? atName.at(-1));
  const neighbour = before ?? zone.records.at(-1) ?? zone.soa;
  const line = lineLike(
    neighbour,
    {
      owner: ownerAfter(before, zone),
      ttl: ttlToState(sibling, neighbour, before ?? zone),
      data: quotedStrings(verificationCode),
    },
    zone.text,
  );
  return insertLine(zone.text, before?.entry.end ?? zone.text.length, line);
}

/**
 * The TTL to write down, if any. All records of an RRset have one TTL (RFC 2181, section 5.2). A record that is alone takes
 * the TTL in force, but only `$TTL` means the same to every server: without it, the record states that of its neighbour.
 */
function ttlToState(
  sibling: ZoneRecord | undefined,
  neighbour: ZoneRecord,
  inForce: Pick<ZoneRecord, 'ttlS' | 'defaultTtl'>,
): string | undefined {
  if (sibling?.ttlToken !== undefined) return sibling.ttlToken.text;
  if (sibling?.ttlS !== undefined && sibling.ttlS !== inForce.ttlS) return String(sibling.ttlS);
  if (inForce.defaultTtl === '$TTL') return undefined;
  if (neighbour.ttlToken !== undefined) return neighbour.ttlToken.text;
  return inForce.defaultTtl === 'SOA minimum' || inForce.ttlS === undefined
    ? undefined
    : String(inForce.ttlS);
}

/** The owner as the record before it spells it, else the name relative to the origin unless that would confuse. */
function ownerAfter(before: ZoneRecord | undefined, zone: ResolvedZone): string {
  if (before?.entry.isIndented === false) return before.entry.tokens[0].text;
  const { emailDomain, evidence } = zone;
  const { origin } = before ?? zone;
  if (evidence === 'none' || origin === '.' || !isAtOrBelow(emailDomain, origin)) return emailDomain;
  return emailDomain === origin ? '@' : emailDomain.slice(0, -origin.length - 1);
}

function insertLine(text: string, offset: number, line: string): TextEdit {
  const isAtLineStart = offset === 0 || /[\r\n]/.test(text.charAt(offset - 1));
  // A file without a line break at its end stays one.
  return insertAt(offset, isAtLineStart ? `${line}${lineBreakOf(text)}` : `${lineBreakOf(text)}${line}`);
}
