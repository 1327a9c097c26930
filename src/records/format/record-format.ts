import type { SsoRecord } from '../../domain/sso-record.ts';

/** The file that a record goes into. */
export interface RecordTarget {
  /** As the input `record-file` gives it; its name may tell the zone. */
  readonly path: string;
  /** Milliseconds since the epoch, for a SOA serial that is a date. */
  readonly nowMs: number;
}

/** One way to write the record down. A new one is a file here and a line in the registry. */
export interface RecordFormat {
  /** Whether it cannot be written without {@link SsoRecord.txtValues}. */
  readonly needsTxtValues: boolean;
  /** The record by itself, as a new file would hold it, for the output `record`. */
  render(record: SsoRecord): string;
  /**
   * The file's text with the record in it, everything else as it was; a text that has the record already comes back
   * unchanged.
   *
   * @param current `undefined` when there is no such file
   * @throws {UnreadableTextError} when it cannot be understood, which leaves the file untouched
   */
  merge(current: string | undefined, record: SsoRecord, target: RecordTarget): string;
}

/** Why a text could not be understood, and where. */
export class UnreadableTextError extends Error {
  /** Counted from 1. */
  readonly line: number;
  /** Counted from 1, in characters. */
  readonly column: number;
  /** What to do next, as a sentence of its own. */
  readonly hint: string | undefined;

  /** @param problem goes on after "file:line:column: ", without a full stop */
  constructor(problem: string, at: { readonly line: number; readonly column: number }, hint?: string) {
    super(problem);
    this.name = 'UnreadableTextError';
    this.line = at.line;
    this.column = at.column;
    this.hint = hint;
  }
}
