import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../sandbox/index.ts';
import { runStep } from '../../sandbox/runner.ts';

let sandbox: Sandbox;

beforeEach(async () => {
  sandbox = await startSandbox({ pollIntervalMs: 50 });
});
afterEach(() => sandbox.close());

/** The forms in which a token slips through a filter that only knows the plain one. */
function formsOf(token: string): readonly string[] {
  return [
    token,
    Buffer.from(token).toString('base64').replace(/=+$/, ''),
    encodeURIComponent(token),
    `Bearer ${token}`,
  ];
}

async function run(inputs: Record<string, string>, token: string) {
  const result = await runStep({
    with: {
      mode: 'create, wait-for-dns, enable',
      'email-domain': 'example.com',
      'api-url': sandbox.apiUrl,
      'api-token': token,
      'account-id': sandbox.accountId,
      resolvers: sandbox.resolver.address,
      'authoritative-servers': sandbox.authoritative.address,
      timeout: '1s',
      ...inputs,
    },
    env: { ACTIONS_STEP_DEBUG: 'true', RUNNER_DEBUG: '1' },
  });
  // The one line in which a token may and must stand: it tells the runner to hide it.
  const [mask, ...rest] = result.stdout.split('\n');
  expect(mask).toBe(`::add-mask::${token}`);
  return {
    ...result,
    shown: [...rest, result.stderr, result.summary, JSON.stringify(result.outputs)].join('\n'),
  };
}

describe('the API token at the highest debug level', () => {
  it.each([
    ['success', {}, 0],
    ['a time-out', { mode: 'create, wait-for-dns' }, 1],
    ['a wrong account', { 'account-id': 'f'.repeat(32) }, 1],
    ['a bad input', { quorum: '9' }, 1],
    ['an API that nobody serves', { 'api-url': 'http://127.0.0.1:1/client/v4', mode: 'wait-for-dns' }, 1],
  ])('is in no log, output or summary: %s', async (what, inputs, exitCode) => {
    const { verification } = sandbox.seedConnector({ emailDomain: 'example.com', status: 'verified' });
    if (what === 'success') sandbox.publishTxt('example.com', verification.code);
    if (what === 'a time-out') sandbox.setStatus(sandbox.api.store.all()[0]?.id ?? '', 'pending');
    const result = await run(inputs, sandbox.apiToken);
    expect(result.exitCode).toBe(exitCode);
    for (const form of formsOf(sandbox.apiToken)) expect(result.shown).not.toContain(form);
  });

  it.each([
    ['a-token+with/characters=that-encode', 'The API token is malformed'],
    ['a-token-nobody-knows-0123456789abcdefghi', 'The API token is wrong'],
  ])('is in no log when the API refuses it: %s', async (wrong, hint) => {
    const result = await run({}, wrong);
    expect(result.exitCode).toBe(1);
    expect(result.shown).toContain(hint);
    expect(result.outputs).not.toHaveProperty('state');
    for (const form of formsOf(wrong)) expect(result.shown).not.toContain(form);
  });

  it('goes out in the Authorization header alone', async () => {
    await run({ mode: 'create' }, sandbox.apiToken);
    for (const { headers, path, query, body } of sandbox.api.requests) {
      const { authorization, ...others } = headers;
      expect(authorization).toBe(`Bearer ${sandbox.apiToken}`);
      expect(JSON.stringify([others, path, query, body])).not.toContain(sandbox.apiToken);
    }
  });
});
