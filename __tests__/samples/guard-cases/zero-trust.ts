import { NEW_ACCOUNTS } from '../../../sandbox/index.ts';
import { account, did, type GuardCase } from './guard-case.ts';
import { daysFromNow, signedIn, tokenWithout } from './worlds.ts';

/** Of `zero-trust-organization`. */
export const ZERO_TRUST: readonly GuardCase[] = [
  {
    guard: 'zero-trust-organization',
    verdict: 'passed',
    what: 'an account with one',
    evidence: ['has a Zero Trust organization'],
  },
  ...([403, 404] as const).map(
    (organization): GuardCase => ({
      guard: 'zero-trust-organization',
      verdict: 'refused',
      what: `an account without one, by HTTP ${organization}`,
      arrange: account({ ...NEW_ACCOUNTS['no-organization'], organization }),
      evidence: ['no Zero Trust organization'],
      remedy: ['Create a Zero Trust organization'],
    }),
  ),
  {
    guard: 'zero-trust-organization',
    verdict: 'unknown',
    what: 'a token that reads nothing of Access',
    arrange: (one) => tokenWithout(one, 'access-idp:read', 'access-apps:read'),
    evidence: ['could not be read'],
    remedy: ['Add', 'Access: Organizations, Identity Providers, and Groups: Read'],
    permission: 'Access: Organizations, Identity Providers, and Groups: Read',
  },
];

/** Of `identity-provider`. */
export const PROVIDERS: readonly GuardCase[] = [
  {
    guard: 'identity-provider',
    verdict: 'passed',
    what: 'one of the company',
    evidence: ['authentik (oidc)'],
  },
  ...(
    [
      ['cloudflare-only', 'refused', 'type cloudflare'],
      ['no-identity-provider', 'refused', 'no identity provider'],
      ['no-organization', 'refused', 'Zero Trust organization'],
      ['pin-only', 'warned', 'one-time PIN only'],
      ['cloudflare-and-pin', 'warned', 'one-time PIN only'],
    ] as const
  ).map(
    ([kind, verdict, fact]): GuardCase => ({
      guard: 'identity-provider',
      verdict,
      what: `an account as it is when new: ${kind}`,
      arrange: account(NEW_ACCOUNTS[kind]),
      evidence: [fact],
      remedy: ['Zero Trust > Integrations > Identity providers'],
    }),
  ),
  {
    guard: 'identity-provider',
    verdict: 'refused',
    what: 'a list that the token may not read',
    arrange: (one) => tokenWithout(one, 'access-idp:read'),
    evidence: ['could not be read'],
    remedy: ['Access: Organizations, Identity Providers, and Groups: Read', 'preflight: false'],
    permission: 'Access: Organizations, Identity Providers, and Groups: Read',
  },
];

const SIGN_IN_FIRST = ['sign in to any Access application'];

/** Of `sign-in-seen`. */
export const SIGN_INS: readonly GuardCase[] = [
  ...(
    [
      ['to another application', { appUid: 'df7e205f02b7d9d8af5d5bbc4f6c7a1e' }],
      ['29 days ago', { at: daysFromNow(-29) }],
      ['with the domain in capitals', { email: 'alex@Example.COM' }],
      ['behind another one that was denied', { at: daysFromNow(-1) }],
    ] as const
  ).map(
    ([what, signIn]): GuardCase => ({
      guard: 'sign-in-seen',
      verdict: 'passed',
      what,
      arrange: did((one) => {
        signedIn(one, signIn);
        if (what.includes('denied')) signedIn(one, { email: 'sam@example.com', allowed: false });
      }),
      evidence: ['signed in through oidc', 'UTC'],
    }),
  ),
  ...(
    [
      ['nobody', undefined, ['30 days back', '24 hours', '6 months']],
      ['somebody who was denied', { allowed: false }, ['1 denied (oidc)']],
      ['somebody by one-time PIN', { connection: 'onetimepin' }, ['1 through other', '(onetimepin)']],
      ['somebody through Cloudflare', { connection: 'cloudflare' }, ['1 through other', '(cloudflare)']],
      ['somebody 31 days ago', { at: daysFromNow(-31) }, ['30 days back']],
      ['somebody of a longer domain', { email: 'alex@example.com.evil.test' }, ['Nobody']],
      ['somebody of a subdomain', { email: 'alex@sub.example.com' }, ['Nobody']],
      ['somebody of a domain that ends the same', { email: 'alex@notexample.com' }, ['Nobody']],
      ['somebody with the domain before the @', { email: 'alex@example.com@evil.test' }, ['Nobody']],
    ] as const
  ).map(
    ([what, signIn, evidence]): GuardCase => ({
      guard: 'sign-in-seen',
      verdict: 'warned',
      what,
      arrange: did((one) => signIn && signedIn(one, signIn)),
      evidence,
      remedy: SIGN_IN_FIRST,
    }),
  ),
  {
    guard: 'sign-in-seen',
    verdict: 'warned',
    what: 'an account without a Zero Trust organization',
    arrange: account(NEW_ACCOUNTS['no-organization']),
    evidence: ['Zero Trust organization'],
    remedy: SIGN_IN_FIRST,
  },
  {
    guard: 'sign-in-seen',
    verdict: 'unknown',
    what: 'a log that the token may not read',
    arrange: (one) => tokenWithout(one, 'access-audit-logs:read'),
    evidence: ['could not be read'],
    remedy: ['Access: Audit Logs: Read'],
    permission: 'Access: Audit Logs: Read',
  },
  {
    guard: 'sign-in-seen',
    verdict: 'unknown',
    what: 'providers that the token may not read',
    arrange: (one) => tokenWithout(one, 'access-idp:read'),
    evidence: ['identity providers', 'could not be read'],
    permission: 'Access: Organizations, Identity Providers, and Groups: Read',
  },
];
