import type { RunResult } from '../domain/run-result.ts';

/** What is known only once mode check has compared every email domain. */
export type Conclusion = Pick<RunResult, 'drift' | 'driftIssueUrl' | 'changed' | 'failures'>;

/** The conclusion of a step without mode check. */
export const NOTHING_CONCLUDED: Conclusion = {
  drift: undefined,
  driftIssueUrl: undefined,
  changed: false,
  failures: [],
};
