import type { SsoApp, SsoConnector } from './connector.ts';
import type { DnsReport } from './dns-report.ts';
import type { Drift, DriftReport } from './drift.ts';
import type { ActionError } from './errors.ts';

/** How far an email domain has come, least advanced first. */
export const STATES = ['absent', 'awaiting-dns', 'verifying', 'verified', 'enabled'] as const;

/** See {@link STATES}. */
export type State = (typeof STATES)[number];

/** What is known so far about one email domain. */
export interface Progress {
  /** `undefined` until the connector that was given by its ID has told it. */
  readonly emailDomain: string | undefined;
  /** As Cloudflare last sent it. */
  readonly connector: SsoConnector | undefined;
  /** A change of the connector was sent and nobody has told what became of it: it may be otherwise by now. */
  readonly isStale: boolean;
  /** Cloudflare has been asked and knows no connector. */
  readonly isAbsent: boolean;
  readonly verificationCode: string | undefined;
  /** This run made the connector. */
  readonly created: boolean;
  /** This run changed anything at Cloudflare or in DNS; `undefined` when it may have. */
  readonly changed: boolean | undefined;
  /** The application of the dashboard's SSO, where it was looked for and found. */
  readonly ssoApp: SsoApp | undefined;
  readonly dns: DnsReport | undefined;
  /** The texts of all TXT records at the name, as authoritative servers last had them, sorted. */
  readonly txtToday: readonly string[] | undefined;
  /** The record in the format of the DNS tool. */
  readonly record: string | undefined;
  /** The differences that mode check found; `undefined` when it did not run, or failed. */
  readonly drift: readonly Drift[] | undefined;
  readonly timedOut: boolean;
}

/** The end of the work on one email domain. */
export interface DomainResult {
  readonly progress: Progress;
  readonly failure: ActionError | undefined;
}

/** The end of a run. */
export interface RunResult {
  readonly domains: readonly DomainResult[];
  /** What mode check found in the whole account; `undefined` when it did not run, or could not tell. */
  readonly drift: DriftReport | undefined;
  /** The one GitHub issue about it, where there is one. */
  readonly driftIssueUrl: string | undefined;
  /** This run changed anything at Cloudflare, DNS or GitHub; `undefined` when it may have. */
  readonly changed: boolean | undefined;
  /** What failed, each with the email domain it concerns; `undefined` for what concerns the run. */
  readonly failures: readonly RunFailure[];
}

/** One error annotation of the step. */
export interface RunFailure {
  readonly emailDomain: string | undefined;
  readonly error: ActionError;
}

/** Nothing but what the inputs said. */
export function startProgress(
  emailDomain: string | undefined,
  verificationCode: string | undefined,
): Progress {
  return {
    emailDomain,
    connector: undefined,
    isStale: false,
    isAbsent: false,
    verificationCode,
    created: false,
    changed: false,
    ssoApp: undefined,
    dns: undefined,
    txtToday: undefined,
    record: undefined,
    drift: undefined,
    timedOut: false,
  };
}

/** The progress with a newer sight of the connector. */
export function withConnector(progress: Progress, connector: SsoConnector): Progress {
  return {
    ...progress,
    connector,
    isStale: false,
    isAbsent: false,
    emailDomain: progress.emailDomain ?? connector.emailDomain,
    verificationCode: connector.verificationCode ?? progress.verificationCode,
  };
}

/** The progress once there is no connector, or no longer. */
export function withoutConnector(progress: Progress): Progress {
  return {
    ...progress,
    connector: undefined,
    isStale: false,
    isAbsent: true,
    verificationCode: undefined,
  };
}

/**
 * How far the domain has come; `undefined` as long as nothing has been learnt, or what was no longer has to be so.
 * What Cloudflare itself says counts more than what DNS shows: it may have verified long ago.
 */
export function stateOf({
  connector,
  isStale,
  isAbsent,
  verificationCode,
  dns,
}: Progress): State | undefined {
  if (isStale) return undefined;
  if (connector?.enabled) return 'enabled';
  if (connector?.verificationStatus === 'verified') return 'verified';
  if (dns?.visible) return 'verifying';
  if (connector !== undefined || verificationCode !== undefined) return 'awaiting-dns';
  return isAbsent ? 'absent' : undefined;
}

/** The state that is the least advanced of all; `undefined` when one is unknown. */
export function leastAdvanced(states: readonly (State | undefined)[]): State | undefined {
  return states.includes(undefined) ? undefined : STATES.find((state) => states.includes(state));
}
