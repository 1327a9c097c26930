import type { Observation } from './observation.ts';

/** What is known about one server so far. Times are milliseconds since the epoch. */
export interface ServerState {
  readonly label: string;
  /** What its last reply said about the record; `undefined` before the first reply. */
  readonly observation: Observation | undefined;
  readonly answeredAtMs: number | undefined;
  /** When the current unbroken run of answers with the record began. */
  readonly presentSinceMs: number | undefined;
  /** It has sent a DNS message since the wait began, whatever that said. */
  readonly hasAnswered: boolean;
  /** It says in turn that the record is there and that it is not. */
  readonly saysBoth: boolean;
  /** When the answer without the record expires in the cache; never set where the answer is not from a cache. */
  readonly expiresAtMs?: number | undefined;
}
