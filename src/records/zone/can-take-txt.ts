/** Whether a zone can take a TXT record at a name. */

import { isAtOrBelow, wildcardFor } from '../../domain/dns-name.ts';
import { wildcardLoss } from '../../domain/wildcard-loss.ts';
import { UnreadableTextError } from '../format/unreadable-text-error.ts';
import type { ZoneRecord } from './records.ts';
import { type ResolvedZone, withoutDot } from './resolved-zone.ts';

/** Why a zone cannot take the record, and where in the file one sees it. */
interface Obstacle {
  readonly problem: string;
  readonly offset: number;
  readonly hint?: string;
}

/**
 * Checks that a new TXT record at the email domain would be valid and visible, and would take nothing away.
 *
 * @throws {UnreadableTextError} if the zone delegates the name, has a CNAME at it or a DNAME above it, is signed, or
 *   answers for the name from a wildcard. If the zone is a guess, so if any zone that it may be does
 */
export function checkCanTakeTxt(zones: readonly ResolvedZone[]): void {
  for (const zone of zones) {
    const obstacle = obstacleIn(zone);
    if (obstacle === undefined) continue;
    const { text, apex, evidence } = zone;
    const { problem, offset, hint } = obstacle;
    if (evidence !== 'none') throw new UnreadableTextError(problem, { text, offset }, hint);
    throw new UnreadableTextError(
      `nothing says which zone this file holds, and if it is ${withoutDot(apex)}, ${problem}`,
      { text, offset },
      `Set record-zone to the zone of the file.${hint === undefined ? '' : ` If it is ${withoutDot(apex)}: ${hint}`}`,
    );
  }
}

function obstacleIn(zone: ResolvedZone): Obstacle | undefined {
  for (const record of zone.records) {
    const obstacle = obstacleAt(record, zone);
    if (obstacle !== undefined) return obstacle;
  }
  return lossIn(zone);
}

function obstacleAt(
  { type, owner, entry, typeToken }: ZoneRecord,
  { apex, emailDomain }: ResolvedZone,
): Obstacle | undefined {
  const [name, isAbove] = [withoutDot(emailDomain), isAtOrBelow(emailDomain, owner)];
  const offset = entry.tokens[0].start;
  if (type === 'CNAME' && owner === emailDomain) {
    return {
      problem: `${name} has a CNAME record, so it cannot have a TXT record (RFC 1034, section 3.6.2)`,
      offset,
      hint: 'Replace the CNAME record with the records that it points to.',
    };
  }
  if (type === 'NS' && isAbove && owner !== apex && isAtOrBelow(owner, apex)) {
    const cut = withoutDot(owner);
    return {
      problem: `this zone delegates ${cut} to other servers, so a TXT record of ${name} in this file has no effect`,
      offset,
      hint: `Set record-file to the zone file of ${cut}.`,
    };
  }
  if (type === 'DNAME' && isAbove && owner !== emailDomain) {
    return {
      problem: `the DNAME record of ${withoutDot(owner)} redirects all names below it, so a TXT record of ${name} has no effect (RFC 6672)`,
      offset,
    };
  }
  if (type === 'RRSIG') {
    return {
      problem: 'this zone file is signed, and the new record would have no signature',
      offset: typeToken.start,
      hint: 'Set record-file to the zone file that you sign, not to the signed one.',
    };
  }
  return undefined;
}

function lossIn({ records, emailDomain, apex }: ResolvedZone): Obstacle | undefined {
  const name = withoutDot(emailDomain);
  const owners = records.map(({ owner }) => withoutDot(owner));
  const wildcard = wildcardFor(name, withoutDot(apex), owners);
  const lost = records.filter(({ owner }) => wildcard !== undefined && owner === `${wildcard}.`);
  const [first] = lost;
  if (wildcard === undefined || first === undefined) return undefined;
  const types = lost.map(({ type }) => type);
  return { ...wildcardLoss({ name, wildcard, types }), offset: first.entry.tokens[0].start };
}
