import type { Call } from './call.ts';
import type { Fault } from './faults.ts';

/** Whether a fault happens once, or on every matching request until it is removed. */
export type Frequency = 'once' | 'always';

/**
 * The result: done; done without an optional part; refused with one clear error; or tried again until the process was
 * killed, as only the attempts to disable a connector again are.
 */
export type Verdict = 'recovered' | 'without' | 'refused' | 'endless';

/** A cell of the matrix. */
export interface Cell {
  readonly call: Call;
  readonly fault: Fault;
  readonly frequency: Frequency;
}

/** The result of a cell. */
export interface CellResult extends Cell {
  readonly verdict: Verdict;
  /** Everything that is wrong; empty if nothing is. */
  readonly problems: readonly string[];
}

/** Whether the matrix has this cell. */
export function isCell({ call, fault, frequency }: Cell): boolean {
  if (fault.isCloudflareOnly && call.server !== 'cloudflare') return false;
  if (call.isSideBySide && isOfServer(fault)) return false;
  return frequency === 'once' || fault.always === true;
}

/** Whether a fault is about every request to the server. */
function isOfServer({ misfortune: { kind } }: Fault): boolean {
  return kind === 'refused' || kind === 'expired-certificate';
}

/** Whether the request changed something before its answer was lost. */
export function isTaken({ call, fault: { misfortune } }: Cell): boolean {
  return call.method !== 'GET' && misfortune.kind === 'answer' && misfortune.carryOut === true;
}
