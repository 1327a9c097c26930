import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../sandbox/index.ts';
import { runStep } from '../../sandbox/runner.ts';

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());

const LONG_LABEL = `${'a'.repeat(64)}.com`;
const LONG_NAME = `${'abcdefg.'.repeat(32)}com`;

function step(given: Readonly<Record<string, string>>) {
  return runStep({
    with: {
      mode: 'create, wait-for-dns, enable',
      'account-id': sandbox.accountId,
      'api-token': sandbox.apiToken,
      'email-domain': 'example.com',
      'api-url': sandbox.apiUrl,
      resolvers: sandbox.resolver.address,
      'authoritative-servers': sandbox.authoritative.address,
      ...given,
    },
  });
}

const errorsOf = (stdout: string) => stdout.split('\n').filter((line) => line.startsWith('::error'));

describe('bad input is refused before anything is sent', () => {
  it.each([
    ['mode', { mode: 'create, destroy' }, '"destroy" is not a mode'],
    ['mode', { mode: '' }, 'is missing'],
    ['api-token', { 'api-token': '' }, 'is missing'],
    ['api-token', { 'api-token': 'one\ntwo' }, 'line break'],
    ['account-id', { 'account-id': '' }, 'is missing'],
    ['account-id', { 'account-id': 'abc' }, '32 hexadecimal digits'],
    ['email-domain', { 'email-domain': '' }, 'is missing'],
    ['email-domain', { 'email-domain': 'jane@example.com' }, 'Did you mean example.com'],
    ['email-domain', { 'email-domain': 'https://www.example.com/login' }, 'Did you mean example.com'],
    ['email-domain', { 'email-domain': '192.0.2.1' }, 'is an IP address'],
    ['email-domain', { 'email-domain': 'localhost' }, 'single label'],
    ['email-domain', { 'email-domain': LONG_LABEL }, 'at most 63'],
    ['email-domain', { 'email-domain': LONG_NAME }, 'at most 253'],
    ['timeout', { timeout: '5' }, 'Did you mean 5m or 5s'],
    ['quorum', { quorum: '5' }, 'more than the 1 resolvers'],
    ['connector-id', { 'connector-id': 'abc', 'email-domain': 'a.example, b.example' }, '2 email domains'],
    ['api-url', { 'api-url': 'http://api.example.com/client/v4' }, 'unencrypted'],
    ['resolvers', { resolvers: 'cloudfare' }, 'is not a resolver'],
  ])('%s: %j', async (input, given, saying) => {
    const result = await step(given);
    const errors = errorsOf(result.stdout);
    expect(result).toMatchObject({ exitCode: 1, outputs: {}, stderr: '' });
    expect(errors).toHaveLength(1);
    expect(errors[0]).toContain(`::Input ${input}`);
    expect(errors[0]).toContain(saying);
    expect(sandbox.api.requests).toEqual([]);
    expect([...sandbox.resolver.queries, ...sandbox.authoritative.queries]).toEqual([]);
  });

  it('names every wrong input at once, each in an annotation of its own', async () => {
    const { exitCode, stdout } = await step({ mode: 'destroy', timeout: '5', quorum: 'most' });
    expect(exitCode).toBe(1);
    const named = errorsOf(stdout).map((line) => /::Input (?<name>[a-z-]+)/.exec(line)?.groups?.['name']);
    expect(named.sort()).toEqual(['mode', 'quorum', 'timeout']);
    expect(sandbox.api.requests).toEqual([]);
  });
});
