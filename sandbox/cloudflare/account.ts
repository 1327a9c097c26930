import type { AccessPolicy } from './access-policy.ts';
import { createMember, type Member, type MemberSeed } from './members.ts';

/** A login method of the Zero Trust organization. */
export interface IdentityProvider {
  readonly id: string;
  readonly name: string;
  readonly type: string;
}

/** What somebody has changed in the SSO App; without a field, it is as Cloudflare makes it. */
export interface SsoAppChange {
  /** Whether it is missing although SSO is enabled. */
  readonly isMissing?: boolean;
  /** IDs of identity providers, existing or not; default: none, which allows all. */
  readonly allowedIdps?: readonly string[];
  /** Default: one per enabled connector, which allows the email domain. */
  readonly policies?: readonly AccessPolicy[];
}

/** Options for a new account. */
export interface AccountOptions {
  /** 32 hex digits; default: random ones. */
  readonly accountId?: string;
  /** Default: one of type oidc, named authentik. */
  readonly identityProviders?: readonly IdentityProvider[];
  /** Default: two super administrators, one at `example.com` and one at `sandbox.example`. */
  readonly members?: readonly MemberSeed[];
  /**
   * Whether there is a Zero Trust organization (default), or the HTTP status that requests below `access/` get because
   * there is none: Cloudflare documents the code 9999 alone.
   */
  readonly organization?: 'exists' | 403 | 404;
  readonly ssoApp?: SsoAppChange;
}

/** What an account has apart from its connectors. */
export interface AccountFacts {
  readonly identityProviders: readonly IdentityProvider[];
  readonly members: readonly Member[];
  readonly organization: 'exists' | 403 | 404;
  readonly ssoApp: SsoAppChange;
}

const AUTHENTIK: IdentityProvider = {
  id: 'f174e90a-fafe-4643-bbbc-4a0ed4fc8415',
  name: 'authentik',
  type: 'oidc',
};

/** Cloudflare's own provider has no name. */
const CLOUDFLARE: IdentityProvider = {
  id: '6f3e4b52-5f0e-4a08-8f6d-0c8a4be0f7d1',
  name: '',
  type: 'cloudflare',
};

const ONE_TIME_PIN: IdentityProvider = {
  id: '1c5f8a0e-7f54-4a0b-9a5b-3f0b6d2e9c47',
  name: 'One-time PIN login',
  type: 'onetimepin',
};

/** Accounts in which nobody has set up an identity provider. */
export const NEW_ACCOUNTS = {
  /** Zero Trust as it starts since May 2026. */
  'cloudflare-only': { identityProviders: [CLOUDFLARE] },
  /** Zero Trust as it started before. */
  'pin-only': { identityProviders: [ONE_TIME_PIN] },
  'cloudflare-and-pin': { identityProviders: [CLOUDFLARE, ONE_TIME_PIN] },
  'no-identity-provider': { identityProviders: [] },
  'no-organization': { identityProviders: [], organization: 403 },
} as const satisfies Record<string, AccountOptions>;

const USUAL_MEMBERS: readonly MemberSeed[] = [
  { email: 'alex@example.com' },
  { email: 'break-glass@sandbox.example' },
];

/** What a new account has. */
export function newAccountFacts(accountId: string, options: AccountOptions): AccountFacts {
  const usual: AccountFacts = {
    identityProviders: [AUTHENTIK],
    members: [],
    organization: 'exists',
    ssoApp: {},
  };
  return changedFacts(accountId, usual, { members: USUAL_MEMBERS, ...options });
}

/** What an account has after a change; a field that the change lacks stays as it is. */
export function changedFacts(
  accountId: string,
  facts: AccountFacts,
  { identityProviders, members, organization, ssoApp }: Omit<AccountOptions, 'accountId'>,
): AccountFacts {
  return {
    identityProviders: identityProviders ?? facts.identityProviders,
    members: members?.map((seed) => createMember(accountId, seed)) ?? facts.members,
    organization: organization ?? facts.organization,
    ssoApp: ssoApp ?? facts.ssoApp,
  };
}
