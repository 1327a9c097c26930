/** Which zone a zone file holds. */

import { isAtOrBelow, selfAndAncestors } from '../../domain/dns-name.ts';
import type { SsoRecord } from '../../domain/sso-record.ts';
import type { RecordTarget } from '../format/record-format.ts';
import { UnreadableTextError } from '../format/unreadable-text-error.ts';
import { originFromPath } from './origin-from-path.ts';
import { nameBelow } from './presentation-format.ts';
import { readZoneFile, type ZoneFile, type ZoneRecord } from './records.ts';

/** What tells the zone of a file: the input `record-zone`, the file, its name, or nothing. */
export type ZoneEvidence = 'record-zone' | 'content' | 'file name' | 'none';

/** A zone file with only absolute names, and the email domain to look for in it. */
export interface ResolvedZone extends ZoneFile {
  readonly text: string;
  /** The zone apex, with its final dot. */
  readonly apex: string;
  /** With its final dot. */
  readonly emailDomain: string;
  readonly evidence: ZoneEvidence;
  readonly soa: ZoneRecord;
}

/**
 * Reads a zone file and makes its names absolute.
 *
 * @returns first the zone that the file is taken for; then, if nothing tells which one it is, every other zone that it may
 *   be: each one above the email domain that has two labels or more
 * @throws {UnreadableTextError} if the text is not a zone file with exactly one SOA record, or the zone does not
 *   contain the email domain
 */
export function resolveZones(
  text: string,
  { emailDomain }: SsoRecord,
  { path, zone }: RecordTarget,
): readonly [ResolvedZone, ...ResolvedZone[]] {
  const file = readZoneFile(text);
  const soa = soaOf(file, text);
  const named = originFromPath(path, emailDomain);
  const evidence = zone ? 'record-zone' : soa.owner.endsWith('.') ? 'content' : named ? 'file name' : 'none';
  const reading = { file, text, soa, emailDomain: `${emailDomain}.`, evidence } as const;
  // A relative SOA owner depends on the zone's name in named.conf.
  const origin = evidence === 'content' ? soa.owner : `${zone?.name ?? named ?? emailDomain}.`;
  const taken = resolvedAt(origin, reading);
  checkApex(taken, zone?.name);
  if (evidence !== 'none') return [taken];
  const above = selfAndAncestors(emailDomain).filter((name) => name !== emailDomain && name.includes('.'));
  return [taken, ...above.map((name) => resolvedAt(`${name}.`, reading))];
}

/** What a zone file says, apart from its zone. */
interface Reading extends Pick<ResolvedZone, 'text' | 'soa' | 'emailDomain' | 'evidence'> {
  readonly file: ZoneFile;
}

function resolvedAt(origin: string, { file, ...reading }: Reading): ResolvedZone {
  return {
    ...file,
    ...reading,
    apex: nameBelow(reading.soa.owner, origin),
    origin: nameBelow(file.origin, origin),
    records: file.records.map((each) => ({
      ...each,
      owner: nameBelow(each.owner, origin),
      origin: nameBelow(each.origin, origin),
    })),
  };
}

function checkApex({ text, soa, apex, emailDomain, evidence }: ResolvedZone, zoneName: string | undefined) {
  const [name, held] = [withoutDot(emailDomain), withoutDot(apex)];
  const place = { text, offset: soa.entry.start };
  if (apex === '.') {
    throw new UnreadableTextError(
      `the SOA record of this file is that of the root (.), so no DNS server loads it as the zone of ${name}`,
      place,
      'Give the SOA record the name of the zone, with a dot at the end, as its owner.',
    );
  }
  checkFinalDot({ text, soa, apex, emailDomain });
  if (zoneName !== undefined && held !== zoneName) {
    throw new UnreadableTextError(
      `this file holds the zone ${held}, but record-zone is ${zoneName}`,
      place,
      'Set record-zone to the zone of the file, or record-file to the file of the zone.',
    );
  }
  if (isAtOrBelow(emailDomain, apex)) return;
  const hint = `Set record-file to the zone file of the zone that contains ${name}.`;
  throw new UnreadableTextError(
    `this file holds the zone ${held}, which does not contain ${name}`,
    place,
    evidence === 'content' ? hint : `${hint} If this is that file, set record-zone to the name of the zone.`,
  );
}

/** Some exports forget the dot, which makes another name of it: `example.com.example.com`. */
function checkFinalDot({
  text,
  soa,
  apex,
  emailDomain,
}: Pick<ResolvedZone, 'text' | 'soa' | 'apex' | 'emailDomain'>) {
  const { isIndented, tokens, start } = soa.entry;
  const [{ text: owner }] = tokens;
  const meant = `${owner.toLowerCase()}.`;
  if (isIndented || !owner.includes('.') || apex === meant || !isAtOrBelow(emailDomain, meant)) return;
  throw new UnreadableTextError(
    `the owner of this SOA record, ${owner}, has no dot at its end, so the file holds the zone ${withoutDot(apex)}`,
    { text, offset: start },
    `Write ${owner}. there.`,
  );
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

/** An absolute name without its final dot. */
export function withoutDot(name: string): string {
  return name === '.' ? name : name.slice(0, -1);
}
