import type { AccountOptions, Permission, Sandbox, SignIn } from '../../../sandbox/index.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const PERMISSIONS: readonly Permission[] = [
  'sso:read',
  'sso:write',
  'access-idp:read',
  'access-apps:read',
  'access-audit-logs:read',
  'account-settings:read',
  'zone:read',
  'dns:read',
  'dns:write',
];

/** One time for all, so that what a case does and what it expects have the same date also around midnight. */
const NOW_MS = Date.now();

/** A time, in milliseconds since the epoch. */
export function daysFromNow(days: number): number {
  return NOW_MS + days * DAY_MS;
}

/** A token of the account with all permissions but these. */
export function tokenWithout(sandbox: Sandbox, ...missing: readonly Permission[]): string {
  const permissions = PERMISSIONS.filter((one) => !missing.includes(one));
  return sandbox.addToken({ permissions, ownerAccountId: sandbox.accountId });
}

/** Somebody signs in through the company's identity provider, unless it says otherwise. */
export function signedIn(sandbox: Sandbox, signIn: Partial<SignIn> = {}): void {
  sandbox.playSignIn({ email: 'alex@example.com', connection: 'oidc', ipAddress: '198.51.100.7', ...signIn });
}

/** Another email domain of the account uses SSO already, so that the Access application exists. */
export function ssoInUse(sandbox: Sandbox, ssoApp: NonNullable<AccountOptions['ssoApp']>): void {
  sandbox.seedConnector({ emailDomain: 'other.example', status: 'verified', enabled: true });
  sandbox.changeAccount({ ssoApp });
}

/** Changes the result of every GET that matches. */
export function alterAnswers<T>(sandbox: Sandbox, path: RegExp, change: (result: T) => unknown): void {
  const alter = (text: string): string => {
    const envelope = JSON.parse(text) as { readonly success: boolean; readonly result: T };
    return envelope.success ? JSON.stringify({ ...envelope, result: change(envelope.result) }) : text;
  };
  sandbox.api.faults.add({ method: 'GET', path, carryOut: true, fault: { kind: 'altered-body', alter } });
}
