import type { Observation } from './observation.ts';

/** What is known about one server so far. */
export interface ServerState {
  readonly label: string;
  readonly observation: Observation | undefined;
  readonly answeredAtMs: number | undefined;
  /** Start of the unbroken run of answers with the record. */
  readonly presentSinceMs: number | undefined;
  /** When a cache that lacks the record lets go of what it holds instead. */
  readonly expiresAtMs: number | undefined;
}
