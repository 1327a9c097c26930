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

describe('bad input is refused before anything is sent', () => {
  it.each([
    ['mode', { mode: 'create, destroy' }, '"destroy" is not a mode'],
    ['mode', { mode: '' }, 'is missing'],
    ['api-token', { 'api-token': '' }, 'is missing'],
    ['api-token', { 'api-token': 'one\ntwo' }, 'line break'],
    ['account-id', { 'account-id': '' }, 'is missing'],
    ['account-id', { 'account-id': 'abc' }, '32 hexadecimal digits'],
    ['email-domain', { 'email-domain': '' }, 'is missing'],
    ['email-domain', { 'email-domain': 'jane@example.com' }, 'You probably meant example.com'],
    ['email-domain', { 'email-domain': 'https://www.example.com/login' }, 'You probably meant example.com'],
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
    const result = await runStep({
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
    const errors = result.stdout.split('\n').filter((line) => line.startsWith('::error'));
    expect(result).toMatchObject({ exitCode: 1, outputs: {}, stderr: '' });
    expect(errors).toHaveLength(1);
    expect(errors[0]).toContain(`::Input ${input}`);
    expect(errors[0]).toContain(saying);
    expect(sandbox.api.requests).toEqual([]);
    expect([...sandbox.resolver.queries, ...sandbox.authoritative.queries]).toEqual([]);
  });
});
