/** Which zone a zone file holds, and whether that zone can take a TXT record at a name. */

import { isAtOrBelow } from '../../domain/dns-name.ts';
import type { SsoRecord } from '../../domain/sso-record.ts';
import type { RecordTarget } from '../format/record-format.ts';
import { UnreadableTextError } from '../format/unreadable-text-error.ts';
import { originFromPath } from './origin-from-path.ts';
import { nameBelow } from './presentation-format.ts';
import { readZoneFile, type ZoneFile, type ZoneRecord } from './records.ts';

/** A zone file with only absolute names, and the email domain to look for in it. */
export interface ResolvedZone extends ZoneFile {
  readonly text: string;
  /** The zone apex, with its final dot. */
  readonly apex: string;
  /** With its final dot. */
  readonly emailDomain: string;
  /** Whether the apex is a guess because neither the file nor its name tells the zone. */
  readonly isGuess: boolean;
  readonly soa: ZoneRecord;
}

/**
 * Reads a zone file and makes its names absolute.
 *
 * @throws {UnreadableTextError} if the text is not a zone file with exactly one SOA record, or the zone does not
 *   contain the email domain
 */
export function resolveZone(text: string, { emailDomain }: SsoRecord, { path }: RecordTarget): ResolvedZone {
  const file = readZoneFile(text);
  const soa = soaOf(file, text);
  // A relative SOA owner depends on the zone's name in named.conf, and the file's name hints at that.
  const isAbsolute = soa.owner.endsWith('.');
  const fromPath = originFromPath(path, emailDomain);
  const zoneName = fromPath.kind === 'unknown' ? emailDomain : fromPath.origin;
  const initialOrigin = isAbsolute ? soa.owner : `${zoneName}.`;
  const apex = nameBelow(soa.owner, initialOrigin);
  if (!isAtOrBelow(`${emailDomain}.`, apex)) {
    const hint = `Set record-file to the zone file of the zone that contains ${emailDomain}.`;
    throw new UnreadableTextError(
      `this file holds the zone ${withoutDot(apex)}, which does not contain ${emailDomain}`,
      { text, offset: soa.entry.start },
      isAbsolute
        ? hint
        : `${hint} If this is that file, start it with an $ORIGIN line: the name of the zone with a dot at the end.`,
    );
  }
  return {
    text,
    apex,
    emailDomain: `${emailDomain}.`,
    isGuess: !isAbsolute && fromPath.kind === 'unknown',
    soa,
    origin: nameBelow(file.origin, initialOrigin),
    ttlS: file.ttlS,
    records: file.records.map((each) => ({
      ...each,
      owner: nameBelow(each.owner, initialOrigin),
      origin: nameBelow(each.origin, initialOrigin),
    })),
  };
}

function soaOf({ records }: ZoneFile, text: string): ZoneRecord {
  const [soa, second] = records.filter(({ type }) => type === 'SOA');
  if (soa === undefined) {
    throw new UnreadableTextError(
      'this file has no SOA record, so its serial cannot be raised',
      { text, offset: 0 },
      'Set record-file to the zone file with the SOA record. The TXT record can go there even if other records are in included files.',
    );
  }
  if (second !== undefined) {
    throw new UnreadableTextError(
      'this is a second SOA record, and a zone has only one',
      { text, offset: second.typeToken.start },
      'Remove one of the two and run again.',
    );
  }
  return soa;
}

/**
 * Checks that a new TXT record at the email domain would be valid and visible.
 *
 * @throws {UnreadableTextError} if the zone delegates the name, has a CNAME at it or a DNAME above it, or is signed
 */
export function checkCanTakeTxt({ records, apex, emailDomain, text }: ResolvedZone): void {
  const name = withoutDot(emailDomain);
  for (const { type, owner, entry, typeToken } of records) {
    const isAbove = isAtOrBelow(emailDomain, owner);
    const place = { text, offset: entry.tokens[0].start };
    if (type === 'CNAME' && owner === emailDomain) {
      throw new UnreadableTextError(
        `${name} has a CNAME record, so it cannot have a TXT record (RFC 1034, section 3.6.2)`,
        place,
        'Replace the CNAME record with the records that it points to.',
      );
    }
    if (type === 'NS' && isAbove && owner !== apex && isAtOrBelow(owner, apex)) {
      throw new UnreadableTextError(
        `this zone delegates ${withoutDot(owner)} to other servers, so a TXT record of ${name} in this file has no effect`,
        place,
        `Set record-file to the zone file of ${withoutDot(owner)}.`,
      );
    }
    if (type === 'DNAME' && isAbove && owner !== emailDomain) {
      throw new UnreadableTextError(
        `the DNAME record of ${withoutDot(owner)} redirects all names below it, so a TXT record of ${name} has no effect (RFC 6672)`,
        place,
      );
    }
    if (type === 'RRSIG') {
      throw new UnreadableTextError(
        'this zone file is signed, and the new record would have no signature',
        { text, offset: typeToken.start },
        'Set record-file to the zone file that you sign, not to the signed one.',
      );
    }
  }
}

function withoutDot(name: string): string {
  return name === '.' ? name : name.slice(0, -1);
}
