/** Every question that is asked before enabling; the names are part of the contract. */
export const GUARD_IDS = [
  'zero-trust-organization',
  'identity-provider',
  'sign-in-seen',
  'token',
  'way-back-in',
  'unreachable-members',
  'sso-app',
] as const;

/** See {@link GUARD_IDS}. */
export type GuardId = (typeof GUARD_IDS)[number];

/** Answers of a guard, the best first. */
export const VERDICTS = ['passed', 'unknown', 'warned', 'refused'] as const;

/** See {@link VERDICTS}; `unknown` is never taken for `passed`. */
export type Verdict = (typeof VERDICTS)[number];

/** What one guard found; its keys are part of the contract. It names no person. */
export interface Judgement {
  readonly guard: GuardId;
  readonly verdict: Verdict;
  /** What was seen, as a sentence; may hold untrusted text. */
  readonly evidence: string;
  /** What to do about it, in sentences. */
  readonly remedy?: string;
  /** The permission that the API token lacks to answer, as the dashboard names it. */
  readonly permission?: string;
}

/** The output `preflight-report`: whether people of an email domain could sign in. Its keys are part of the contract. */
export interface PreflightReport {
  readonly email_domain: string;
  /** The worst of all guards. */
  readonly verdict: Verdict;
  /** ISO 8601, in UTC. */
  readonly judged_at: string;
  readonly guards: readonly Judgement[];
}

/** Which verdicts keep a connector from being enabled: `refused` alone, all but `passed`, or none. */
export const PREFLIGHT_POLICIES = ['true', 'strict', 'false'] as const;

/** See {@link PREFLIGHT_POLICIES}. */
export type PreflightPolicy = (typeof PREFLIGHT_POLICIES)[number];

/** The judgements that keep a connector from being enabled. */
export function obstacles({ guards }: PreflightReport, policy: PreflightPolicy): readonly Judgement[] {
  if (policy === 'false') return [];
  return guards.filter(({ verdict }) => (policy === 'strict' ? verdict !== 'passed' : verdict === 'refused'));
}

/** The worst of some verdicts. */
export function worst(judgements: readonly Judgement[]): Verdict {
  const all = new Set(judgements.map(({ verdict }) => verdict));
  return VERDICTS.findLast((verdict) => all.has(verdict)) ?? 'passed';
}
