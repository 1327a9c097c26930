import type { Observation } from './observation.ts';

/** What is known about one server so far. Times are milliseconds since the epoch. */
export interface ServerState {
  readonly label: string;
  /** What its last reply said about the record; `undefined` before the first reply. */
  readonly observation: Observation | undefined;
  readonly answeredAtMs: number | undefined;
  /** When the current unbroken run of answers with the record began. */
  readonly presentSinceMs: number | undefined;
  /** When the answer without the record expires in the cache. Resolvers only: authoritative servers cache nothing. */
  readonly expiresAtMs?: number | undefined;
}
