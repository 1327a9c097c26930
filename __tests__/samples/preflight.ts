import {
  GUARD_IDS,
  type GuardId,
  type Judgement,
  type PreflightReport,
  worst,
} from '../../src/domain/preflight.ts';
import { DOMAIN } from './results.ts';

/** What a guard found; by default nothing bad. */
export function sampleJudgement(changes: Partial<Judgement> = {}): Judgement {
  return { guard: 'token', verdict: 'passed', evidence: 'All is well.', ...changes };
}

/** The report of all guards; those that are not mentioned have passed. */
export function samplePreflight(
  found: Partial<Record<GuardId, Partial<Judgement>>> = {},
  emailDomain = DOMAIN,
): PreflightReport {
  const guards = GUARD_IDS.map((guard) => sampleJudgement({ guard, ...found[guard] }));
  return { email_domain: emailDomain, verdict: worst(guards), judged_at: '2026-01-05T12:00:00.000Z', guards };
}
