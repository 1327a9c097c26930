import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type GitHubApi, startGitHubApi } from '../../sandbox/github/github-api.ts';
import { NEW_ACCOUNTS, type Permission, type Sandbox, startSandbox } from '../../sandbox/index.ts';
import { runStep, type StepResult } from '../../sandbox/runner.ts';
import type { Drift, DriftReport } from '../../src/domain/drift.ts';
import { expectCleanMarkup } from '../checks/clean-text.ts';
import { facts } from '../checks/facts.ts';
import { expectNothingPersonal } from '../checks/nothing-personal.ts';
import { SHIFTED_CLOCK } from '../real/preload.ts';
import { stepAt } from '../real/step-at.ts';
import { daysFromNow, signedIn, tokenWithout } from '../samples/guard-cases/worlds.ts';

const WEEK_MS = 7 * 24 * 60 * 60 * 1000;

let sandbox: Sandbox;
let github: GitHubApi;
let aheadMs: number;

beforeEach(async () => {
  aheadMs = 0;
  sandbox = await startSandbox({ now: () => Date.now() + aheadMs });
  github = await startGitHubApi();
  declare('example.com');
  signedIn(sandbox);
});
afterEach(async () => {
  await Promise.all([sandbox.close(), github.close()]);
});

/** A connector that is as it is declared: enabled, with its record. */
function declare(emailDomain: string, isEnabled = true): void {
  const seed = { emailDomain, status: 'verified', enabled: isEnabled } as const;
  const { verification } = sandbox.seedConnector(seed);
  sandbox.publishTxt(emailDomain, verification.code);
}

/** Mode check, at the sandbox's time. */
async function check(inputs: Record<string, string> = {}, apiToken = sandbox.apiToken): Promise<StepResult> {
  const at = stepAt(sandbox, github);
  const clock = { NODE_OPTIONS: SHIFTED_CLOCK, CLOCK_AHEAD_MS: String(aheadMs) };
  const result = await runStep({
    with: { ...at.with, mode: 'check', ...inputs },
    env: { ...at.env, ...clock, CLOUDFLARE_API_TOKEN: apiToken },
  });
  expect(sandbox.api.requests.every(({ method }) => method === 'GET')).toBe(true);
  expectCleanMarkup(result.summary);
  expectNothingPersonal(result, sandbox);
  for (const { body } of github.issues.all())
    expectNothingPersonal({ ...result, summary: body ?? '' }, sandbox);
  return result;
}

const reportOf = ({ outputs }: StepResult): DriftReport => JSON.parse(outputs['drift-report'] ?? '');
const expiring = (days: number) =>
  sandbox.addToken({
    ownerAccountId: sandbox.accountId,
    expiresOn: new Date(daysFromNow(days)).toISOString(),
  });

interface DriftCase extends Pick<Drift, 'kind'> {
  readonly what: string;
  readonly arrange: () => string | undefined;
  readonly actual: readonly string[];
  readonly remedy: readonly string[];
}

const changed =
  (...change: Parameters<Sandbox['changeAccount']>) =>
  () => {
    sandbox.changeAccount(...change);
    return undefined;
  };

const CASES: readonly DriftCase[] = [
  ...(
    [
      ['cloudflare-only', 'type cloudflare'],
      ['pin-only', 'one-time PIN'],
      ['no-identity-provider', 'no identity provider'],
      ['no-organization', 'Zero Trust organization'],
    ] as const
  ).map(
    ([what, fact]): DriftCase => ({
      kind: 'identity-provider-missing',
      what,
      arrange: changed(NEW_ACCOUNTS[what]),
      actual: [fact],
      remedy: ['Identity providers'],
    }),
  ),
  {
    kind: 'sso-app-policy',
    what: 'no policy',
    arrange: changed({ ssoApp: { policies: [] } }),
    actual: ['No policy'],
    remedy: ['Add an allow policy'],
  },
  {
    kind: 'sso-app-policy',
    what: 'an identity provider that is gone',
    arrange: changed({ ssoApp: { allowedIdps: ['0'.repeat(32)] } }),
    actual: ['1 does not exist'],
    remedy: ['Correct the identity providers'],
  },
  {
    kind: 'sso-app-policy',
    what: 'the application is gone',
    arrange: changed({ ssoApp: { isMissing: true } }),
    actual: ['dash_sso is gone'],
    remedy: ['Disable the connector'],
  },
  {
    kind: 'token-expires',
    what: 'in three weeks',
    arrange: () => expiring(21),
    actual: ['expires on', new Date(daysFromNow(21)).toISOString().slice(0, 10)],
    remedy: ['without an expiry date', 'break-glass'],
  },
  {
    kind: 'nobody-outside',
    what: 'all inside',
    arrange: changed({ members: [{ email: 'alex@example.com' }, { email: 'kim@Example.com' }] }),
    actual: ['None of 2 super administrators'],
    remedy: ['Invite a super administrator'],
  },
];

/** The kinds that a token without a permission leaves open. */
const OPEN: readonly (readonly [Permission, string, readonly string[]])[] = [
  [
    'access-idp:read',
    'Access: Organizations, Identity Providers, and Groups: Read',
    ['identity-provider-missing'],
  ],
  ['access-apps:read', 'Access: Apps and Policies: Read', ['sso-app-policy']],
  ['account-settings:read', 'Account Settings: Read', ['nobody-outside']],
];

describe('mode check watches the guards', () => {
  it('and finds nothing where everything is well', async () => {
    const result = await check();
    expect(result).toMatchObject({ exitCode: 0, outputs: { drift: 'false', changed: 'false' } });
    expect(reportOf(result)).toMatchObject({ differences: [], not_checked: [], checked: ['example.com'] });
    expect(result.stdout).not.toMatch(/^::warning|Not checked/m);
  });

  it.each(CASES)('$kind: $what', async ({ kind, arrange, actual, remedy }) => {
    const apiToken = arrange();
    const result = await check({}, apiToken);
    expect(result).toMatchObject({ exitCode: 1, outputs: { drift: 'true', state: 'enabled' } });
    const { differences, not_checked } = reportOf(result);
    const found = { kind, email_domain: 'example.com', expected: expect.stringMatching(/./) };
    expect(differences.filter((one) => one.kind === kind)).toMatchObject([found]);
    const [difference] = differences.filter((one) => one.kind === kind);
    expect(difference?.actual).toMatch(facts(...actual));
    expect(difference?.remedy).toMatch(facts(...remedy));
    expect(not_checked).toEqual([]);
    expect(result.stdout).toMatch(new RegExp(`^Drift: .*${actual[0]}`, 'm'));
    expect(result.stdout).toMatch(new RegExp(`^::error .*${actual[0]}`, 'm'));
    expect(result.summary).toContain(`<code>${kind}</code>`);
  });

  it('tells what is of the account once, and what is of a domain for each', async () => {
    sandbox.addZone({ origin: 'two.example' });
    declare('two.example');
    sandbox.changeAccount({ ...NEW_ACCOUNTS['pin-only'], ssoApp: { policies: [] } });
    const result = await check({ 'email-domain': 'example.com, two.example' });
    expect(reportOf(result).differences.map(({ kind, email_domain }) => `${email_domain} ${kind}`)).toEqual([
      'all email domains identity-provider-missing',
      'example.com sso-app-policy',
      'two.example sso-app-policy',
    ]);
  });

  it('misses no policy for a connector that is disabled, since Cloudflare makes it with the enable', async () => {
    sandbox.addZone({ origin: 'off.example' });
    declare('off.example', false);
    const result = await check({ 'email-domain': 'example.com, off.example' });
    expect(reportOf(result).differences).toMatchObject([
      { kind: 'not-enabled', email_domain: 'off.example' },
    ]);
  });

  it('asks no guard about a connector that is declared disabled', async () => {
    sandbox.changeAccount({ ...NEW_ACCOUNTS['no-organization'], members: [] });
    for (const { id } of sandbox.api.store.all()) sandbox.api.store.delete(sandbox.accountId, id);
    declare('example.com', false);
    const result = await check({ 'expect-enabled': 'false' });
    expect(reportOf(result)).toMatchObject({ differences: [], not_checked: [] });
    expect(sandbox.api.requests.map(({ path }) => path)).toEqual([
      `/accounts/${sandbox.accountId}/sso_connectors`,
    ]);
  });
});

describe('what the token may not read is not checked, and said so', () => {
  it.each(OPEN)('without %s', async (permission, name, kinds) => {
    const result = await check({}, tokenWithout(sandbox, permission));
    expect(result).toMatchObject({ exitCode: 0, outputs: { drift: 'false' } });
    const open = kinds.map((kind) => ({ kind, permission: name }));
    expect(reportOf(result).not_checked).toEqual(open);
    for (const kind of kinds) {
      expect(result.stdout).toMatch(new RegExp(`^Not checked: ${kind}.*"${name}"`, 'm'));
      expect(expectCleanMarkup(result.summary)).toMatch(facts('Not checked', kind, name));
    }
  });

  it('and a token that Cloudflare does not verify lacks no permission', async () => {
    sandbox.api.faults.add({ path: /tokens\/verify$/, fault: { kind: 'status', status: 400 } });
    const result = await check();
    expect(reportOf(result).not_checked).toEqual([{ kind: 'token-expires' }]);
    expect(result.stdout).toMatch(/^Not checked: token-expires\.$/m);
  });
});

describe('the drift issue', () => {
  const withIssue = { 'drift-issue': 'true', 'fail-on-drift': 'false' };
  const PERMISSIONS = OPEN.map(([, name]) => name);

  it('names the drift of the guards and what is not checked', async () => {
    sandbox.changeAccount({ members: [{ email: 'alex@example.com' }] });
    const blind = tokenWithout(sandbox, 'access-idp:read', 'access-apps:read');
    const result = await check(withIssue, blind);
    expect(result).toMatchObject({ exitCode: 0, outputs: { drift: 'true', changed: 'true' } });
    const [issue] = github.issues.all();
    const text = expectCleanMarkup((issue?.body ?? '').split('\n').slice(1).join('\n'));
    expect(text).toMatch(facts('nobody-outside', 'None of 1 super administrator', 'Not checked'));
    expect(text).toMatch(facts('identity-provider-missing', 'sso-app-policy', ...PERMISSIONS.slice(0, 2)));
  });

  it('has the same text a week later, while the token is still to expire on the same day', async () => {
    const dying = expiring(20);
    sandbox.changeAccount({ ...NEW_ACCOUNTS['pin-only'], ssoApp: { policies: [] }, members: [] });
    const first = await check(withIssue, dying);
    const before = structuredClone(github.issues.all());
    expect(before[0]?.body).toMatch(
      facts('identity-provider-missing', 'sso-app-policy', 'token-expires', 'nobody-outside'),
    );
    aheadMs = WEEK_MS;
    const second = await check(withIssue, dying);
    expect(second.outputs['drift-report']).toBe(first.outputs['drift-report']);
    expect(second.outputs).toMatchObject({ drift: 'true', changed: 'false' });
    expect(github.issues.all()).toEqual(before);
  });

  it('has the same text a week later where a permission is missing', async () => {
    sandbox.changeAccount({ members: [{ email: 'alex@example.com' }] });
    const blind = tokenWithout(sandbox, 'access-idp:read');
    await check(withIssue, blind);
    const before = structuredClone(github.issues.all());
    aheadMs = WEEK_MS;
    expect((await check(withIssue, blind)).outputs).toMatchObject({ changed: 'false' });
    expect(github.issues.all()).toEqual(before);
  });

  it('is opened in the week in which the token has less than 30 days left', async () => {
    const later = expiring(35);
    expect((await check(withIssue, later)).outputs).toMatchObject({ drift: 'false' });
    expect(github.issues.all()).toEqual([]);
    aheadMs = WEEK_MS;
    expect((await check(withIssue, later)).outputs).toMatchObject({ drift: 'true' });
    expect(github.issues.all()[0]?.body).toContain('token-expires');
  });
});
