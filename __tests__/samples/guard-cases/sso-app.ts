import { NEW_ACCOUNTS } from '../../../sandbox/index.ts';
import { account, did, type GuardCase } from './guard-case.ts';
import { alterAnswers, ssoInUse, tokenWithout } from './worlds.ts';

const POLICY = { id: 'a', name: 'a', decision: 'allow', exclude: [], require: [], precedence: 1 } as const;
const OF_DOMAIN = { email_domain: { domain: 'example.com' } };
const OF_DOMAIN_IN_USE = { email_domain: { domain: 'other.example' } };
const AUTHENTIK_ID = 'f174e90a-fafe-4643-bbbc-4a0ed4fc8415';
const inUse = (change: Parameters<typeof ssoInUse>[1]) => did((one) => ssoInUse(one, change));
const WHERE = ['Zero Trust > Access controls > Applications'];

/** Of `sso-app`. */
export const APP: readonly GuardCase[] = [
  {
    guard: 'sso-app',
    verdict: 'passed',
    what: 'none before the first enable',
    evidence: ['no Access application'],
  },
  {
    guard: 'sso-app',
    verdict: 'passed',
    what: 'no Zero Trust organization, and so no application',
    arrange: account(NEW_ACCOUNTS['no-organization']),
    evidence: ['no Access application'],
  },
  ...(
    [
      ['a policy for the domain', [{ ...POLICY, include: [OF_DOMAIN] }]],
      ['a policy for everyone', [{ ...POLICY, include: [{ everyone: {} }] }]],
    ] as const
  ).map(
    ([what, policies]): GuardCase => ({
      guard: 'sso-app',
      verdict: 'passed',
      what,
      arrange: inUse({ policies, allowedIdps: [AUTHENTIK_ID] }),
      evidence: ['allows the email domain'],
    }),
  ),
  ...(
    [
      ['a policy for the domain in use', [{ ...POLICY, include: [OF_DOMAIN_IN_USE] }]],
      ['a policy without the domain', [{ ...POLICY, include: [{ everyone: {} }], exclude: [OF_DOMAIN] }]],
    ] as const
  ).map(
    ([what, policies]): GuardCase => ({
      guard: 'sso-app',
      verdict: 'passed',
      what: `${what}: its own is yet to come`,
      arrange: inUse({ policies }),
      evidence: ['No policy', 'yet', 'with the enable'],
    }),
  ),
  ...(
    [
      ['no policy for any domain', [], 'No policy'],
      [
        'a policy for one address',
        [{ ...POLICY, include: [{ email: { email: 'sam@example.com' } }] }],
        'No policy',
      ],
      [
        'a policy without the domain and without the one in use',
        [{ ...POLICY, include: [{ everyone: {} }], exclude: [OF_DOMAIN, OF_DOMAIN_IN_USE] }],
        'No policy',
      ],
      [
        'a policy against the domain',
        [
          { ...POLICY, include: [{ everyone: {} }] },
          { ...POLICY, decision: 'deny', include: [OF_DOMAIN] },
        ],
        'denies',
      ],
    ] as const
  ).map(
    ([what, policies, fact]): GuardCase => ({
      guard: 'sso-app',
      verdict: 'warned',
      what,
      arrange: inUse({ policies }),
      evidence: [fact],
      remedy: WHERE,
    }),
  ),
  {
    guard: 'sso-app',
    verdict: 'warned',
    what: 'an identity provider that does not exist',
    arrange: inUse({ allowedIdps: [AUTHENTIK_ID, '0'.repeat(32)] }),
    evidence: ['allows 2 identity providers', '1 does not exist', 'allowed_idps'],
    remedy: WHERE,
  },
  {
    guard: 'sso-app',
    verdict: 'warned',
    what: 'an application that is gone',
    arrange: inUse({ isMissing: true }),
    evidence: ['dash_sso is gone'],
    remedy: ['Disable the connector'],
  },
  {
    guard: 'sso-app',
    verdict: 'unknown',
    what: 'applications that the token may not read',
    arrange: (one) => tokenWithout(one, 'access-apps:read'),
    evidence: ['could not be read'],
    remedy: ['Access: Apps and Policies: Read'],
    permission: 'Access: Apps and Policies: Read',
  },
  ...(
    [
      ['policies that Cloudflare does not show', undefined, 'does not show'],
      ['a policy for a group', [{ decision: 'allow', include: [{ group: { id: 'a' } }] }], 'other kinds'],
    ] as const
  ).map(
    ([what, policies, fact]): GuardCase => ({
      guard: 'sso-app',
      verdict: 'unknown',
      what,
      arrange: did((one) => {
        ssoInUse(one, {});
        alterAnswers(one, /access\/apps$/, ([app]: object[]) => [{ ...app, policies }]);
      }),
      evidence: [fact],
      remedy: WHERE,
    }),
  ),
  {
    guard: 'sso-app',
    verdict: 'unknown',
    what: 'allowed identity providers whose list the token may not read',
    arrange: (one) => {
      ssoInUse(one, { allowedIdps: [AUTHENTIK_ID] });
      return tokenWithout(one, 'access-idp:read');
    },
    evidence: ['could not be read'],
    remedy: ['identity-provider'],
  },
];
