import type { Call } from './call.ts';
import type { Fault } from './faults.ts';

/** Whether a fault happens to one request, or to every one of its kind until it is repaired. */
export type Frequency = 'once' | 'always';

/** What came of it: the work was done; done but for what is optional; or refused with one clear error. */
export type Verdict = 'recovered' | 'without' | 'refused';

/** A cell of the matrix. */
export interface Cell {
  readonly call: Call;
  readonly fault: Fault;
  readonly frequency: Frequency;
}

/** What was seen in a cell. */
export interface CellResult extends Cell {
  readonly verdict: Verdict;
  /** What should not be; empty when all is well. */
  readonly problems: readonly string[];
}

/** Whether there is such a cell. */
export function isCell({ call, fault, frequency }: Cell): boolean {
  if (fault.isCloudflareOnly && call.server !== 'cloudflare') return false;
  return frequency === 'once' || fault.always === true;
}

/** Whether the request changed something before its answer was lost. */
export function isTaken({ call, fault: { misfortune } }: Cell): boolean {
  return call.method !== 'GET' && misfortune.kind === 'answer' && misfortune.carryOut === true;
}
