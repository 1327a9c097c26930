import type { DriftReport } from './drift.ts';
import type { EmailDomain } from './email-domain.ts';
import type { ActionError } from './errors.ts';

/** The end of the work on one email domain. */
export interface DomainResult {
  readonly domain: EmailDomain;
  readonly failure: ActionError | undefined;
}

/** One failure of the step. */
export interface RunFailure {
  /** `undefined` for a failure of the whole run. */
  readonly emailDomain: string | undefined;
  readonly error: ActionError;
}

/** The end of a run. */
export interface RunResult {
  readonly domains: readonly DomainResult[];
  /** What mode check found in the whole account; `undefined` if it did not run, or could not tell. */
  readonly drift: DriftReport | undefined;
  /** The one GitHub issue about it, if there is one. */
  readonly driftIssueUrl: string | undefined;
  /** This run changed anything at Cloudflare, DNS or GitHub; `undefined` if it may have. */
  readonly changed: boolean | undefined;
  readonly failures: readonly RunFailure[];
}
