import type { StepResult } from '../../sandbox/runner.ts';
import type { DriftKind, DriftReport } from '../../src/domain/drift.ts';
import type { GuardId, PreflightReport } from '../../src/domain/preflight.ts';
import type { Call, RequestMatch } from './call.ts';
import { ACCOUNT_API_TOKEN, DOMAIN, type World } from './world.ts';

const PROVIDERS = { method: 'GET', path: /\/access\/identity_providers$/ } as const;
/** Of the Access applications. */
export const APPS = { method: 'GET', path: /\/access\/apps$/ } as const;
/** Of the Access authentication log. */
export const LOG = { method: 'GET', path: /\/access\/logs\/access_requests$/ } as const;
const MEMBERS = { method: 'GET', path: /\/members$/ } as const;
const USER_TOKEN = { method: 'GET', path: /^\/user\/tokens\/verify$/ } as const;
const ACCOUNT_TOKEN = { method: 'GET', path: /^\/accounts\/\w+\/tokens\/verify$/ } as const;

/** All that the guards read side by side, of an account in which somebody has signed in. */
export const GUARD_READS: readonly RequestMatch[] = [
  PROVIDERS,
  APPS,
  LOG,
  MEMBERS,
  USER_TOKEN,
  ACCOUNT_TOKEN,
];

const AN_HOUR_MS = 3_600_000;

/** Somebody of the email domain has signed in through Access. */
export function playPastSignIn({ sandbox }: World): void {
  sandbox.playSignIn({ email: `alex@${DOMAIN}`, at: Date.now() - AN_HOUR_MS });
}

/** Whether a guard of preflight got its answer. */
function isJudged(guard: GuardId): (result: StepResult) => boolean {
  return ({ outputs }) => {
    const { guards }: PreflightReport = JSON.parse(outputs['preflight-report'] ?? '');
    return guards.some((one) => one.guard === guard && one.verdict !== 'unknown');
  };
}

/** Whether mode check could look for a kind of drift. */
function isChecked(kind: DriftKind): (result: StepResult) => boolean {
  return ({ outputs }) => {
    const { not_checked: notChecked }: DriftReport = JSON.parse(outputs['drift-report'] ?? '');
    return !notChecked.some((one) => one.kind === kind);
  };
}

type Row = Omit<Call, 'name' | 'method' | 'path'>;

/** The reads of preflight that a step can do without, and the one that it cannot. */
function readsOf(mode: string, row: Row, after: readonly RequestMatch[]): readonly Call[] {
  const optional = { ...row, isSideBySide: true } as const;
  return [
    {
      ...row,
      ...PROVIDERS,
      name: `${mode}: list identity providers`,
      after,
      isSideBySide: after.length === 0,
    },
    // Enable reads it once more after the change.
    { ...optional, ...APPS, name: `${mode}: list applications`, lasts: 5, isKnown: isJudged('sso-app') },
    { ...optional, ...LOG, name: `${mode}: read access log`, isKnown: isJudged('sign-in-seen') },
    { ...optional, ...MEMBERS, name: `${mode}: list members`, isKnown: isJudged('way-back-in') },
    { ...optional, ...USER_TOKEN, name: `${mode}: verify token`, isKnown: isJudged('token') },
  ];
}

/** The rows for the guards of mode preflight, whose inputs, state and outputs `row` has. */
export function preflightCalls(row: Row, arrangeNobodySeen: (world: World) => void): readonly Call[] {
  const optional = { ...row, isSideBySide: true } as const;
  return [
    ...readsOf('preflight', row, []),
    {
      ...optional,
      ...LOG,
      name: 'preflight: read access log, unfiltered',
      skip: 1,
      arrange: arrangeNobodySeen,
      isKnown: isJudged('sign-in-seen'),
    },
    {
      ...optional,
      ...ACCOUNT_TOKEN,
      name: 'preflight: verify token, of account',
      inputs: { ...row.inputs, 'api-token': ACCOUNT_API_TOKEN },
      isKnown: isJudged('token'),
    },
  ];
}

/** The rows for the guards of mode enable. */
export function enableGuardCalls(row: Row, list: RequestMatch): readonly Call[] {
  return readsOf('enable', row, [list]);
}

/** The rows for the guards that mode check watches. */
export function checkGuardCalls(row: Row, list: RequestMatch): readonly Call[] {
  const optional = { ...row, isSideBySide: true } as const;
  return [
    {
      ...row,
      ...APPS,
      name: 'check: list applications',
      after: [list],
      isKnown: isChecked('sso-app-policy'),
    },
    {
      ...optional,
      ...PROVIDERS,
      name: 'check: list identity providers',
      isKnown: isChecked('identity-provider-missing'),
    },
    { ...optional, ...USER_TOKEN, name: 'check: verify token', isKnown: isChecked('token-expires') },
    { ...optional, ...MEMBERS, name: 'check: list members', isKnown: isChecked('nobody-outside') },
  ];
}
