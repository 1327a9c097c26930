import { expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../sandbox/index.ts';
import { Access } from '../../src/cloudflare/access.ts';
import { AccessLog } from '../../src/cloudflare/access-log.ts';
import { ApiToken } from '../../src/cloudflare/api-token.ts';
import { Members } from '../../src/cloudflare/members.ts';
import { GUARD_IDS, type Verdict } from '../../src/domain/preflight.ts';
import { evidenceOf } from '../../src/preflight/evidence.ts';
import { judge } from '../../src/preflight/judge.ts';
import { clientOf, ssoConnectorsOf } from '../fakes/api-client.ts';
import { NOON_MS } from '../fakes/clock.ts';

/** Parts of addresses, which stand in no text by chance. */
const [INSIDE, OUTSIDE, PLUS, DENIED] = ['zoe.quill', 'yann.ocker', 'xara.plum', 'wim.denk'];
const IP_ADDRESS = '198.51.100.77';

/** What all guards say in this sandbox, by the real classes that read addresses. */
async function judgedIn(sandbox: Sandbox, apiToken = sandbox.apiToken) {
  using setup = clientOf(sandbox.apiUrl, { apiToken });
  const { client, clock } = setup;
  const account = { accountId: sandbox.accountId, apiToken };
  const api = {
    access: new Access(client, account.accountId, clock),
    accessLog: new AccessLog(client, account.accountId, clock),
    members: new Members(client, account.accountId, clock),
    token: new ApiToken(client, account, clock),
    ssoConnectors: ssoConnectorsOf(setup, account.accountId),
  };
  const subject = { emailDomain: 'example.com', emailDomains: ['example.com'] };
  return judge(evidenceOf(api, subject, NOON_MS));
}

interface Case {
  readonly isPeopleOutside: boolean;
  readonly isAllowed: boolean;
  readonly isPermitted: boolean;
}

const CASES: readonly (readonly [string, Case, readonly Verdict[]])[] = [
  [
    'all is well',
    { isPeopleOutside: true, isAllowed: true, isPermitted: true },
    ['passed', 'passed', 'warned'],
  ],
  [
    'little is well',
    { isPeopleOutside: false, isAllowed: false, isPermitted: true },
    ['warned', 'warned', 'warned'],
  ],
  [
    'nothing may be read',
    { isPeopleOutside: true, isAllowed: true, isPermitted: false },
    ['unknown', 'unknown', 'unknown'],
  ],
];

it.each(CASES)(
  'no guard names a person where %s',
  async (_, { isPeopleOutside, isAllowed, isPermitted }, verdicts) => {
    const outside = { email: `${OUTSIDE}@${isPeopleOutside ? 'outside.example' : 'example.com'}` };
    const members = [{ email: `${INSIDE}@example.com` }, { email: `${PLUS}+admin@example.com` }, outside];
    await using sandbox = await startSandbox({ now: () => NOON_MS, account: { members } });
    const ipAddress = IP_ADDRESS;
    if (isAllowed) sandbox.playSignIn({ email: `${INSIDE}@example.com`, ipAddress });
    sandbox.playSignIn({ email: `${DENIED}@example.com`, allowed: false, ipAddress });
    sandbox.playSignIn({ email: `${PLUS}@example.com`, connection: 'onetimepin', ipAddress });

    const apiToken = isPermitted ? sandbox.apiToken : sandbox.addToken({ permissions: ['sso:read'] });
    const judgements = await judgedIn(sandbox, apiToken);
    expect(judgements.map(({ guard }) => guard)).toEqual(GUARD_IDS);
    const found = new Map(judgements.map(({ guard, verdict }) => [guard, verdict]));
    // The guards that know addresses, so that there was something to tell.
    const knowing = ['sign-in-seen', 'way-back-in', 'unreachable-members'] as const;
    expect(knowing.map((guard) => found.get(guard))).toEqual(verdicts);

    const told = JSON.stringify(judgements);
    for (const part of [INSIDE, OUTSIDE, PLUS, DENIED, IP_ADDRESS, 'outside.example'])
      expect(told).not.toContain(part);
    expect(told).not.toMatch(/\w@\w/);
    // Equal findings of many email domains are equal texts.
    expect(told).not.toContain('example.com');
  },
);

it.each([
  ['HTTP 500', { kind: 'status', status: 500 }],
  ['no complete answer', { kind: 'reset' }],
] as const)('no guard names the email domain where Cloudflare fails with %s', async (seen, fault) => {
  await using sandbox = await startSandbox({ now: () => NOON_MS });
  sandbox.api.faults.add({ path: /access|members|tokens/, fault });
  const judgements = await judgedIn(sandbox);
  const failed = judgements.filter(({ evidence }) => evidence.includes(seen));
  expect(failed.map(({ guard }) => guard)).toEqual(GUARD_IDS);
  expect(JSON.stringify(judgements)).not.toContain('example.com');
});
