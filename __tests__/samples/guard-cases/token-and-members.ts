import { account, did, type GuardCase } from './guard-case.ts';
import { alterAnswers, daysFromNow, tokenWithout } from './worlds.ts';

const MEMBER = { email: 'sam@example.com' };
const OUTSIDE = { email: 'break-glass@sandbox.example' };
const EDITOR = { roles: ['Administrator Read Only'] };
const NEW_TOKEN = ['without an expiry date', 'break-glass'];
const day = (days: number) => new Date(daysFromNow(days)).toISOString().slice(0, 10);
const iso = (days: number) => new Date(daysFromNow(days)).toISOString();

/** Of `token`. */
export const TOKENS: readonly GuardCase[] = [
  {
    guard: 'token',
    verdict: 'passed',
    what: 'a token of a user',
    evidence: ['belongs to a user', 'does not expire'],
    remedy: ['account API token', 'outlives'],
  },
  {
    guard: 'token',
    verdict: 'passed',
    what: 'a token of the account that expires much later',
    arrange: (one) => one.addToken({ ownerAccountId: one.accountId, expiresOn: iso(31) }),
    evidence: ['belongs to the account', day(31)],
  },
  {
    guard: 'token',
    verdict: 'passed',
    what: 'an older token of the account, without a prefix',
    arrange: (one) => one.addToken({ ownerAccountId: one.accountId, value: 'a'.repeat(40) }),
    evidence: ['belongs to the account', 'does not expire'],
  },
  {
    guard: 'token',
    verdict: 'warned',
    what: 'a token that expires soon',
    arrange: (one) => one.addToken({ ownerAccountId: one.accountId, expiresOn: iso(20) }),
    evidence: ['expires on', day(20)],
    remedy: NEW_TOKEN,
  },
  ...(
    [
      ['disabled', { isDisabled: true }, ['disabled']],
      ['expired', { expiresOn: iso(-3) }, ['expired on', day(-3)]],
      ['not valid yet', { notBefore: iso(3) }, ['not valid before', day(3)]],
    ] as const
  ).map(
    ([what, options, evidence]): GuardCase => ({
      guard: 'token',
      verdict: 'warned',
      what: `a token that is ${what}`,
      arrange: (one) => one.addToken(options),
      evidence,
      remedy: NEW_TOKEN,
      isUnusable: true,
    }),
  ),
  ...(
    [
      [{ status: 'disabled' }, ['disabled']],
      [{ status: 'expired' }, ['expired']],
      [{ expires_on: iso(-3) }, ['expired on', day(-3)]],
      [{ not_before: iso(3) }, ['not valid before', day(3)]],
    ] as const
  ).map(
    ([change, evidence]): GuardCase => ({
      guard: 'token',
      verdict: 'warned',
      what: `a token that still works, with ${Object.keys(change)[0]} ${evidence[0]}`,
      arrange: did((one) =>
        alterAnswers(one, /tokens\/verify$/, (result: object) => ({ ...result, ...change })),
      ),
      evidence,
      remedy: NEW_TOKEN,
    }),
  ),
  {
    guard: 'token',
    verdict: 'unknown',
    what: 'a token that Cloudflare does not verify',
    arrange: did((one) =>
      one.api.faults.add({
        path: /tokens\/verify$/,
        fault: { kind: 'status', status: 400, errors: [{ code: 1234, message: 'No verdict today' }] },
      }),
    ),
    evidence: ['could not be read', 'No verdict today', '1234'],
  },
];

/** Of `way-back-in`. */
export const WAY_BACK: readonly GuardCase[] = [
  {
    guard: 'way-back-in',
    verdict: 'passed',
    what: 'a super administrator outside',
    evidence: ['1 of 2 super administrators'],
  },
  {
    guard: 'way-back-in',
    verdict: 'passed',
    what: 'one outside by permission groups only',
    arrange: account({
      members: [
        MEMBER,
        { ...OUTSIDE, roles: [], permissionGroups: ['Super Administrator - All Privileges'] },
      ],
    }),
    evidence: ['1 of 2 super administrators'],
  },
  ...(
    [
      ['all inside', [MEMBER, { email: 'kim@EXAMPLE.com' }], '2 super administrators'],
      [
        'one outside who has not accepted',
        [MEMBER, { ...OUTSIDE, status: 'pending' }],
        '1 super administrator ',
      ],
      ['somebody outside with less rights', [MEMBER, { ...OUTSIDE, ...EDITOR }], '1 super administrator '],
      ['no super administrator at all', [{ ...MEMBER, ...EDITOR }], '0 super administrators'],
    ] as const
  ).map(
    ([what, members, fact]): GuardCase => ({
      guard: 'way-back-in',
      verdict: 'warned',
      what,
      arrange: account({ members }),
      evidence: [`None of ${fact}`],
      remedy: ['Invite a super administrator', 'another domain'],
    }),
  ),
  {
    guard: 'way-back-in',
    verdict: 'warned',
    what: 'one outside in another domain that uses SSO already',
    arrange: did((one) => {
      one.seedConnector({ emailDomain: 'sandbox.example', status: 'verified', enabled: true });
    }),
    evidence: ['None of 2 super administrators'],
  },
  {
    guard: 'way-back-in',
    verdict: 'unknown',
    what: 'members that the token may not read',
    arrange: (one) => tokenWithout(one, 'account-settings:read'),
    evidence: ['could not be read'],
    remedy: ['Account Settings: Read'],
    permission: 'Account Settings: Read',
  },
  {
    guard: 'way-back-in',
    verdict: 'unknown',
    what: 'connectors that the token may not read',
    arrange: (one) => tokenWithout(one, 'sso:read', 'sso:write'),
    evidence: ['could not be read'],
    permission: 'SSO Connector: Read',
    isUnusable: true,
  },
];

/** Of `unreachable-members`. */
export const MEMBERS: readonly GuardCase[] = [
  {
    guard: 'unreachable-members',
    verdict: 'passed',
    what: 'plus addresses of other domains, and of people who have not accepted',
    arrange: account({
      members: [
        OUTSIDE,
        { email: 'kim+a@sub.example.com' },
        { email: 'kim+b@example.com', status: 'pending' },
      ],
    }),
    evidence: ['No member', 'plus address'],
  },
  ...(
    [
      ['one plus address', ['sam+a@example.com'], '1 member has a plus address'],
      ['two of them', ['sam+a@example.com', 'kim+b@Example.Com'], '2 members have plus addresses'],
    ] as const
  ).map(
    ([what, emails, fact]): GuardCase => ({
      guard: 'unreachable-members',
      verdict: 'warned',
      what,
      arrange: account({ members: [OUTSIDE, ...emails.map((email) => ({ email, ...EDITOR }))] }),
      evidence: [fact],
      remedy: ['remove the plus addresses'],
    }),
  ),
  {
    guard: 'unreachable-members',
    verdict: 'unknown',
    what: 'members that the token may not read',
    arrange: (one) => tokenWithout(one, 'account-settings:read'),
    evidence: ['could not be read'],
    remedy: ['Account Settings: Read'],
    permission: 'Account Settings: Read',
  },
];
