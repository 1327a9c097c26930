import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../sandbox/index.ts';
import { runStep, type StepResult } from '../../sandbox/runner.ts';
import { GUARD_IDS, VERDICTS } from '../../src/domain/preflight.ts';
import { facts } from '../checks/facts.ts';
import { expectNothingPersonal } from '../checks/nothing-personal.ts';
import { judgementOf, logLineOf, reportOf, summaryRowOf } from '../checks/preflight.ts';
import { GUARD_CASES } from '../samples/guard-cases/all.ts';
import type { GuardCase } from '../samples/guard-cases/guard-case.ts';
import { signedIn } from '../samples/guard-cases/worlds.ts';

let sandbox: Sandbox;

beforeEach(async () => {
  sandbox = await startSandbox({ pollIntervalMs: 50 });
  sandbox.seedConnector({ emailDomain: 'example.com', status: 'verified' });
});
afterEach(() => sandbox.close());

/** Runs a step in the sandbox of a case, with debug logging. */
async function stepIn({ guard, arrange }: GuardCase, mode: string): Promise<StepResult> {
  if (guard !== 'sign-in-seen') signedIn(sandbox);
  const apiToken = arrange?.(sandbox) ?? sandbox.apiToken;
  return runStep({
    with: { mode, 'email-domain': 'example.com', 'api-url': sandbox.apiUrl, resolvers: '127.0.0.1:9' },
    env: {
      CLOUDFLARE_ACCOUNT_ID: sandbox.accountId,
      CLOUDFLARE_API_TOKEN: apiToken,
      RUNNER_DEBUG: '1',
    },
  });
}

/** The guard's verdict is in the report, in the log and in the summary, each time with the same evidence. */
function expectTold(
  result: StepResult,
  { guard, verdict, evidence, remedy = [], permission }: GuardCase,
): void {
  const judgement = judgementOf(result, guard);
  expect(judgement).toMatchObject({ guard, verdict, evidence: expect.stringMatching(facts(...evidence)) });
  expect(judgement.remedy ?? '').toMatch(facts(...remedy));
  expect(judgement.permission).toBe(permission);
  const line = logLineOf(result, judgement);
  expect(line).toContain(judgement.evidence);
  expect(line.startsWith('::warning '), line).toBe(verdict === 'warned');
  const row = summaryRowOf(result, guard);
  expect(row).toMatch(facts(verdict, judgement.evidence, judgement.remedy ?? ''));
}

const titled = GUARD_CASES.map((one) => ({ ...one, title: `${one.guard} ${one.verdict}: ${one.what}` }));

describe('the cases', () => {
  it('are every verdict of every guard that it can give', () => {
    const given = GUARD_IDS.map((guard) => [
      guard,
      VERDICTS.filter((verdict) => GUARD_CASES.some((one) => one.guard === guard && one.verdict === verdict)),
    ]);
    expect(Object.fromEntries(given)).toEqual({
      'zero-trust-organization': ['passed', 'unknown', 'refused'],
      'identity-provider': ['passed', 'warned', 'refused'],
      'sign-in-seen': ['passed', 'unknown', 'warned'],
      token: ['passed', 'unknown', 'warned'],
      'way-back-in': ['passed', 'unknown', 'warned'],
      'unreachable-members': ['passed', 'unknown', 'warned'],
      'sso-app': ['passed', 'unknown', 'warned'],
    });
  });
});

describe('mode preflight', () => {
  it.each(titled)('$title', async (one) => {
    const result = await stepIn(one, 'preflight');
    expectTold(result, one);
    const { verdict, guards } = reportOf(result);
    expect(guards.map(({ guard }) => guard)).toEqual(GUARD_IDS);
    const isRefused = verdict === 'refused' || one.isUnusable === true;
    expect(result).toMatchObject({ exitCode: isRefused ? 1 : 0, stderr: '' });
    expect(sandbox.api.requests.every(({ method }) => method === 'GET')).toBe(true);
    expectNothingPersonal(result, sandbox);
  });
});

describe('mode enable', () => {
  it.each(titled.filter(({ isUnusable }) => isUnusable !== true))('$title', async (one) => {
    const result = await stepIn(one, 'enable');
    expectTold(result, one);
    const refused = reportOf(result).guards.filter(({ verdict }) => verdict === 'refused');
    const isRefused = refused.length > 0;
    const { enabled } = sandbox.api.store.list(sandbox.accountId)[0] ?? {};
    expect({ enabled, exitCode: result.exitCode }).toEqual({
      enabled: !isRefused,
      exitCode: isRefused ? 1 : 0,
    });
    // What the step has learnt is in its outputs, refused or not.
    expect(result.outputs).toMatchObject({
      enabled: String(!isRefused),
      changed: String(!isRefused),
      state: isRefused ? 'verified' : 'enabled',
    });
    const errors = result.stdout.split('\n').filter((line) => line.startsWith('::error'));
    expect(errors).toHaveLength(isRefused ? 1 : 0);
    for (const { guard, evidence } of refused) expect(errors[0]).toContain(`${guard}: ${evidence}`);
    expectNothingPersonal(result, sandbox);
  });

  it.each(titled.filter(({ isUnusable }) => isUnusable === true))(
    'reads no connector, and so judges nothing, with $what',
    async (one) => {
      const result = await stepIn(one, 'enable');
      expect(result.exitCode).toBe(1);
      expect(result.outputs).not.toHaveProperty('preflight-report');
      expect(sandbox.api.requests.map(({ method }) => method)).toEqual(['GET']);
    },
  );
});
