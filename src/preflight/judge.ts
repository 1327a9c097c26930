import type { GuardId, Judgement, PreflightReport } from '../domain/preflight.ts';
import { worst } from '../domain/preflight.ts';
import type { Evidence } from './evidence.ts';
import type { Guard } from './guard.ts';
import { identityProvider } from './identity-provider.ts';
import { signInSeen } from './sign-in-seen.ts';
import { ssoApp } from './sso-app.ts';
import { token } from './token.ts';
import { unreachableMembers } from './unreachable-members.ts';
import { wayBackIn } from './way-back-in.ts';
import { zeroTrustOrganization } from './zero-trust-organization.ts';

/** The registry: the guards in the order in which they are told. */
const GUARDS: readonly Guard[] = [
  zeroTrustOrganization,
  identityProvider,
  signInSeen,
  token,
  wayBackIn,
  unreachableMembers,
  ssoApp,
];

/** The guards whose answer is the same for all email domains of a step. */
export const GUARDS_OF_ACCOUNT: ReadonlySet<GuardId> = new Set(
  GUARDS.filter(({ isOfAccount }) => isOfAccount).map(({ id }) => id),
);

/** Asks some guards at once; default: all. */
export function judge(evidence: Evidence, wanted?: readonly GuardId[]): Promise<readonly Judgement[]> {
  const asked = GUARDS.filter(({ id }) => wanted === undefined || wanted.includes(id));
  return Promise.all(asked.map(async (guard) => ({ guard: guard.id, ...(await guard.judge(evidence)) })));
}

/** The judgement of all guards about one email domain. */
export async function preflightReport(evidence: Evidence): Promise<PreflightReport> {
  const guards = await judge(evidence);
  return {
    email_domain: evidence.emailDomain,
    verdict: worst(guards),
    judged_at: new Date(evidence.nowMs).toISOString(),
    guards,
  };
}
