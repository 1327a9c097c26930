import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NEW_ACCOUNTS, type Sandbox, startSandbox } from '../../sandbox/index.ts';
import { runStep, type StepResult } from '../../sandbox/runner.ts';
import { expectNothingPersonal } from '../checks/nothing-personal.ts';
import { judgementOf, logLineOf, reportOf, verdictsOf } from '../checks/preflight.ts';
import { GUARD_CASES } from '../samples/guard-cases/all.ts';
import type { GuardCase } from '../samples/guard-cases/guard-case.ts';
import { signedIn } from '../samples/guard-cases/worlds.ts';

let sandbox: Sandbox;

beforeEach(async () => {
  sandbox = await startSandbox({ pollIntervalMs: 50 });
});
afterEach(() => sandbox.close());

async function stepWith(inputs: Record<string, string>, apiToken = sandbox.apiToken): Promise<StepResult> {
  const result = await runStep({
    with: { 'email-domain': 'example.com', 'api-url': sandbox.apiUrl, resolvers: '127.0.0.1:9', ...inputs },
    env: { CLOUDFLARE_ACCOUNT_ID: sandbox.accountId, CLOUDFLARE_API_TOKEN: apiToken },
  });
  expectNothingPersonal(result, sandbox);
  return result;
}

/** The sandbox of a case, with a connector to enable; returns the token. */
function arranged({ guard, arrange }: GuardCase): string {
  sandbox.seedConnector({ emailDomain: 'example.com', status: 'verified' });
  if (guard !== 'sign-in-seen') signedIn(sandbox);
  return arrange?.(sandbox) ?? sandbox.apiToken;
}

const writes = () => sandbox.api.requests.filter(({ method }) => method !== 'GET');
const lines = ({ stdout }: StepResult, command: string) =>
  stdout.split('\n').filter((line) => line.startsWith(`::${command}`));

/** For each guard the first case of each verdict. */
const CASES = GUARD_CASES.filter(
  (one, index) =>
    one.isUnusable !== true &&
    GUARD_CASES.findIndex(({ guard, verdict }) => guard === one.guard && verdict === one.verdict) === index,
).map((one) => ({ ...one, title: `${one.guard} ${one.verdict}: ${one.what}` }));
const NOT_PASSED = CASES.filter(({ verdict }) => verdict !== 'passed');

describe('preflight: strict', () => {
  it.each(NOT_PASSED)('refuses $title', async (one) => {
    const apiToken = arranged(one);
    const result = await stepWith({ mode: 'enable', preflight: 'strict' }, apiToken);
    expect(result).toMatchObject({ exitCode: 1, outputs: { enabled: 'false', changed: 'false' } });
    expect(writes()).toEqual([]);
    const [error = '', ...others] = lines(result, 'error');
    expect(others).toEqual([]);
    const { evidence, remedy = '' } = judgementOf(result, one.guard);
    expect(error).toContain(`${one.guard}: ${evidence}`);
    expect(error).toContain(remedy);
    expect(error).toContain('preflight: strict');
    // Each obstacle is told by the error, and not by a warning as well.
    expect(lines(result, 'warning')).toEqual([]);
    const obstacles = reportOf(result).guards.filter(({ verdict }) => verdict !== 'passed');
    for (const { guard } of obstacles) expect(error).toContain(`${guard}: `);
  });

  it('refuses before anything is created', async () => {
    const result = await stepWith({ mode: 'create, enable', preflight: 'strict' });
    expect(verdictsOf(result)).toMatchObject({ 'sign-in-seen': 'warned' });
    expect(result).toMatchObject({ exitCode: 1, outputs: { state: 'absent' } });
    expect(writes()).toEqual([]);
  });

  it('enables where every guard passes', async () => {
    sandbox.seedConnector({ emailDomain: 'example.com', status: 'verified' });
    signedIn(sandbox);
    const result = await stepWith({ mode: 'enable', preflight: 'strict' });
    expect(new Set(Object.values(verdictsOf(result)))).toEqual(new Set(['passed']));
    expect(reportOf(result).verdict).toBe('passed');
    expect(result).toMatchObject({ exitCode: 0, outputs: { state: 'enabled' } });
    expect(lines(result, 'warning')).toEqual([]);
  });
});

describe('preflight: true', () => {
  it.each(NOT_PASSED)('refuses refused verdicts alone: $title', async (one) => {
    const apiToken = arranged(one);
    const result = await stepWith({ mode: 'preflight', preflight: 'true' }, apiToken);
    const judged = reportOf(result).guards;
    const refused = judged.filter(({ verdict }) => verdict === 'refused');
    expect(result.exitCode).toBe(refused.length > 0 ? 1 : 0);
    const warned = judged.filter(({ verdict }) => verdict === 'warned').map(({ guard }) => guard);
    expect(lines(result, 'warning').map((line) => /[a-z-]+(?= warned: )/.exec(line)?.[0])).toEqual(warned);
    for (const judgement of judged.filter(({ verdict }) => verdict === 'unknown'))
      expect(logLineOf(result, judgement)).not.toMatch(/^::/);
  });
});

describe('preflight: false', () => {
  it.each(NOT_PASSED)('enables and tells $title', async (one) => {
    const apiToken = arranged(one);
    const result = await stepWith({ mode: 'enable', preflight: 'false' }, apiToken);
    expect(result).toMatchObject({ exitCode: 0, outputs: { state: 'enabled', changed: 'true' } });
    const judgement = judgementOf(result, one.guard);
    expect(judgement.verdict).toBe(one.verdict);
    const isWarning = one.verdict !== 'unknown';
    expect(logLineOf(result, judgement).startsWith('::warning ')).toBe(isWarning);
    expect(lines(result, 'error')).toEqual([]);
  });

  it.each([
    ['mode preflight', 'preflight'],
    ['a whole chain', 'create, enable'],
  ])('ends well for an account without an organization in %s', async (_, mode) => {
    sandbox.changeAccount(NEW_ACCOUNTS['no-organization']);
    if (mode !== 'preflight') sandbox.seedConnector({ emailDomain: 'example.com', status: 'verified' });
    const result = await stepWith({ mode, preflight: 'false' });
    expect(result.exitCode).toBe(0);
    expect(verdictsOf(result)).toMatchObject({
      'zero-trust-organization': 'refused',
      'identity-provider': 'refused',
    });
  });

  it("leaves the refusal to Cloudflare, whose words it is in then, and the guards' warnings stay", async () => {
    sandbox.changeAccount(NEW_ACCOUNTS['no-organization']);
    sandbox.seedConnector({ emailDomain: 'example.com', status: 'verified' });
    const errors = [{ code: 9999, message: 'access.api.error.not_enabled' }];
    sandbox.api.faults.add({ method: 'PATCH', fault: { kind: 'status', status: 403, errors } });
    const result = await stepWith({ mode: 'enable', preflight: 'false' });
    expect(result).toMatchObject({ exitCode: 1, outputs: { enabled: 'false', changed: 'false' } });
    const [error = ''] = lines(result, 'error');
    expect(error).toContain('not_enabled (code 9999');
    expect(error).toContain('Create a Zero Trust organization');
    expect(error).not.toMatch(/Preflight refuses|permission|preflight: false/);
    expect(lines(result, 'warning').join('\n')).toContain('zero-trust-organization refused');
  });
});
