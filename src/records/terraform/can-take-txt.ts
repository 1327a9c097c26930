/** Whether a first TXT record at the name would be valid, visible and take nothing away, as far as the file shows. */
import { isAtOrBelow, wildcardFor } from '../../domain/dns-name.ts';
import { wildcardLoss } from '../../domain/wildcard-loss.ts';
import { printable } from '../../text/untrusted.ts';
import { UnreadableTextError } from '../format/unreadable-text-error.ts';
import type { DnsResource } from './dns-records.ts';

interface Place {
  readonly emailDomain: string;
  /** `undefined` if neither the file nor record-zone says it: then only records at the name are known to be of its zone. */
  readonly zone: string | undefined;
}

/** @throws {UnreadableTextError} if a CNAME, a delegation or a wildcard stands against the record */
export function checkCanTakeTxt(
  text: string,
  all: readonly DnsResource[],
  { emailDomain, zone }: Place,
): void {
  // At the zone apex, Cloudflare flattens CNAME records, and NS records delegate nothing.
  if (zone === undefined || zone === emailDomain) return;
  const inZone = all.filter(({ wholeName }) => wholeName !== undefined && isAtOrBelow(wholeName, zone));
  const alone = inZone.find(
    ({ wholeName, recordType }) => wholeName === emailDomain && recordType === 'CNAME',
  );
  if (alone !== undefined) {
    throw new UnreadableTextError(
      `${emailDomain} has a CNAME record, so it cannot have a TXT record (RFC 1034, section 3.6.2)`,
      { text, offset: alone.block.start },
      'Replace the CNAME record with the records that it points to.',
    );
  }
  const cut = inZone.find(
    ({ wholeName = '', recordType }) =>
      recordType === 'NS' && wholeName !== zone && isAtOrBelow(emailDomain, wholeName),
  );
  if (cut !== undefined) {
    throw new UnreadableTextError(
      `this zone delegates ${cut.wholeName} to other servers, so a TXT record of ${emailDomain} in this file has no effect`,
      { text, offset: cut.block.start },
      `Set record-file to the file with the records of the zone ${cut.wholeName}.`,
    );
  }
  checkWildcard(text, inZone, { emailDomain, zone });
}

function checkWildcard(
  text: string,
  inZone: readonly DnsResource[],
  { emailDomain: name, zone }: { readonly emailDomain: string; readonly zone: string },
): void {
  const owners = inZone.flatMap(({ wholeName }) => wholeName ?? []);
  const wildcard = wildcardFor(name, zone, owners);
  const lost = inZone.filter(({ wholeName }) => wholeName === wildcard);
  const [first] = lost;
  if (wildcard === undefined || first === undefined) return;
  const types = lost.map(({ recordType }) => printable(recordType ?? 'unknown', 40));
  const { problem, hint } = wildcardLoss({ name, wildcard, types });
  throw new UnreadableTextError(problem, { text, offset: first.block.start }, hint);
}
