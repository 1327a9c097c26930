import type { RecordZone } from '../../domain/record-zone.ts';
import type { SsoRecord } from '../../domain/sso-record.ts';

/** The file that a record is written to. */
export interface RecordTarget {
  /** As given in the input `record-file`; the name may identify the zone. */
  readonly path: string;
  /** Milliseconds since the epoch, for date-based SOA serials. */
  readonly nowMs: number;
  /** The zone of the file, from the input `record-zone`; it contains the email domain. */
  readonly zone?: RecordZone | undefined;
  /** The other files with records of the same zone, by path: what {@link RecordFormat.filesBeside} asked for. */
  readonly beside?: ReadonlyMap<string, string> | undefined;
}

/** One way to write a record down. A new format is one file in this folder and one line in the registry. */
export interface RecordFormat {
  /** Whether the format cannot be written without {@link SsoRecord.txtValues}. */
  readonly needsTxtValues: boolean;
  /** Whether a file may be in any encoding that extends ASCII: if it is not UTF-8, each byte of it is a character. */
  readonly allowsAnyBytes?: boolean;
  /** The files, or folders of files, in which other records of the zone may be. */
  filesBeside?(target: RecordTarget, emailDomain: string): readonly string[];
  /** Which zone the record is written for, and why, as the end of a sentence; `undefined` if the file itself says it. */
  describeZone?(current: string | undefined, record: SsoRecord, target: RecordTarget): string | undefined;
  /**
   * Looks whether whoever reads the record in this format would leave the other TXT texts of the name as they are.
   *
   * @throws {DnsError} if a text would be another one
   */
  checkTxtValues?(record: SsoRecord): void;
  /** The zone that a path plainly names; `undefined` if it names none that contains the email domain. */
  namedZone?(path: string, emailDomain: string): string | undefined;
  /** What may be wrong with a file that is written all the same, as a full sentence. */
  warning?(current: string | undefined, record: SsoRecord, target: RecordTarget): string | undefined;
  /** The record on its own, as a new file would contain it, for the output `record`. */
  render(record: SsoRecord, zone?: RecordZone): string;
  /**
   * Adds the record to the text of a file and leaves everything else as it is. A text that already has the record is
   * returned unchanged.
   *
   * @param current without a byte order mark; `undefined` if the file does not exist
   * @throws {UnreadableTextError} if the text cannot be understood or cannot take the record
   */
  merge(current: string | undefined, record: SsoRecord, target: RecordTarget): string;
}
