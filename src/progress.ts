import type { SsoConnector } from './cloudflare/sso-connectors.ts';
import type { DnsReport } from './dns/report.ts';
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
  /** Cloudflare has been asked and knows no connector. */
  readonly isAbsent: boolean;
  readonly verificationCode: string | undefined;
  /** This run made the connector. */
  readonly created: boolean;
  /** This run changed anything at Cloudflare. */
  readonly changed: boolean;
  readonly dns: DnsReport | undefined;
  readonly timedOut: boolean;
}

/** The end of the work on one email domain. */
export interface DomainResult {
  readonly progress: Progress;
  readonly failure: ActionError | undefined;
}

/** Nothing but what the inputs said. */
export function startProgress(
  emailDomain: string | undefined,
  verificationCode: string | undefined,
): Progress {
  return {
    emailDomain,
    connector: undefined,
    isAbsent: false,
    verificationCode,
    created: false,
    changed: false,
    dns: undefined,
    timedOut: false,
  };
}

/** The progress with a newer sight of the connector. */
export function withConnector(progress: Progress, connector: SsoConnector): Progress {
  return {
    ...progress,
    connector,
    isAbsent: false,
    emailDomain: progress.emailDomain ?? connector.emailDomain,
    verificationCode: connector.verificationCode ?? progress.verificationCode,
  };
}

/**
 * How far the domain has come; `undefined` as long as nothing has been learnt. What Cloudflare itself says counts
 * more than what DNS shows: it may have verified long ago.
 */
export function stateOf({ connector, isAbsent, verificationCode, dns }: Progress): State | undefined {
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
