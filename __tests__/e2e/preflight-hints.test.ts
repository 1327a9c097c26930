import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NEW_ACCOUNTS, type Sandbox, startSandbox } from '../../sandbox/index.ts';
import { runStep } from '../../sandbox/runner.ts';
import { facts } from '../checks/facts.ts';
import { judgementOf, reportOf } from '../checks/preflight.ts';
import { tokenWithout } from '../samples/guard-cases/worlds.ts';

let sandbox: Sandbox;

beforeEach(async () => {
  sandbox = await startSandbox();
  sandbox.seedConnector({ emailDomain: 'example.com', status: 'verified' });
});
afterEach(() => sandbox.close());

/** Runs a step that fails with one error; resolves to it and to the step's result. */
async function refusal(inputs: Record<string, string>, apiToken = sandbox.apiToken) {
  const result = await runStep({
    with: { 'email-domain': 'example.com', 'api-url': sandbox.apiUrl, resolvers: '127.0.0.1:9', ...inputs },
    env: { CLOUDFLARE_ACCOUNT_ID: sandbox.accountId, CLOUDFLARE_API_TOKEN: apiToken },
  });
  expect(result.exitCode).toBe(1);
  const errors = result.stdout.split('\n').filter((line) => line.startsWith('::error'));
  expect(errors).toHaveLength(1);
  expect(sandbox.api.requests.every(({ method }) => method === 'GET')).toBe(true);
  return { error: errors[0] ?? '', result };
}

/** What speaks of each cause, and of no other. */
const WORDS = {
  'IP filter': /IP filter/,
  'wrong token': /token is wrong, expired/,
  'missing permission': /may lack the permission|Add "/,
  'other account': /may not include this account/,
  organization: /Zero Trust organization/,
  'connector ID': /Check connector-id/,
  'skipped guards': /preflight: false/,
} as const;

/** The causes that a text speaks of. */
const causesIn = (text: string) =>
  Object.entries(WORDS).flatMap(([cause, words]) => (words.test(text) ? [cause] : []));

const failing = (path: RegExp, status: number, code: number, message: string) =>
  sandbox.api.faults.add({ path, fault: { kind: 'status', status, errors: [{ code, message }] } });

const LOCATION = 'Cannot use the access token from location: 203.0.113.9';

describe('code 9109', () => {
  it.each(['preflight', 'enable', 'create, enable'])(
    'from this location is the IP filter of the token, in %s',
    async (mode) => {
      const filtered = sandbox.addToken({ allowedAddresses: ['203.0.113.1'] });
      const { error } = await refusal({ mode }, filtered);
      expect(error).toContain('code 9109');
      expect(causesIn(error)).toEqual(['IP filter']);
    },
  );

  it('from this location is no missing permission in any evidence', async () => {
    const filtered = sandbox.addToken({ allowedAddresses: ['203.0.113.1'] });
    const { result } = await refusal({ mode: 'preflight' }, filtered);
    const read = reportOf(result).guards.filter(({ verdict }) => verdict !== 'passed');
    expect(read.length).toBeGreaterThanOrEqual(6);
    for (const { guard, evidence, permission, remedy } of read) {
      expect(permission, guard).toBeUndefined();
      expect(evidence, guard).toMatch(facts('could not be read', 'from location'));
      expect(remedy, guard).toContain('IP filter');
    }
  });

  it('from this location below access/ alone is told by the guards', async () => {
    failing(/\/access\//, 403, 9109, LOCATION);
    const { error } = await refusal({ mode: 'enable' });
    expect(error).toContain('identity-provider: ');
    expect(causesIn(error)).toEqual(['IP filter']);
  });

  it('otherwise is the token, which may lack the account', async () => {
    const foreign = sandbox.addToken({ accountIds: [sandbox.addAccount()] });
    const { error } = await refusal({ mode: 'enable' }, foreign);
    expect(error).toContain('code 9109');
    expect(causesIn(error)).toEqual(['missing permission', 'other account']);
  });

  it('otherwise, below access/, is a missing permission', async () => {
    failing(/identity_providers$/, 403, 9109, 'Unauthorized to access requested resource');
    const { error, result } = await refusal({ mode: 'enable' });
    expect(causesIn(error)).toEqual(['missing permission', 'skipped guards']);
    expect(judgementOf(result, 'identity-provider').permission).toContain('Identity Providers');
  });
});

describe('code 9999', () => {
  it.each([403, 404] as const)('is a missing organization, by HTTP %i', async (organization) => {
    sandbox.changeAccount({ ...NEW_ACCOUNTS['no-organization'], organization });
    for (const mode of ['preflight', 'enable']) {
      const { error, result } = await refusal({ mode });
      expect(causesIn(error), mode).toEqual(['organization']);
      expect(error).toContain('Create a Zero Trust organization');
      // Nothing advises to go on without the guards, and no permission is said to be missing.
      expect(result.stdout + result.summary + result.outputs['preflight-report']).not.toMatch(
        /preflight: false|lack the permission|needs the permission/,
      );
      expect(reportOf(result).guards.map(({ permission }) => permission)).toEqual(Array(7).fill(undefined));
    }
  });

  it.each([200, 400, 403, 404, 409])(
    'is a missing organization with any status, such as %i',
    async (status) => {
      failing(/\/access\//, status, 9999, 'access.api.error.not_enabled');
      const { error } = await refusal({ mode: 'enable' });
      expect(causesIn(error)).toEqual(['organization']);
    },
  );

  it('is a missing organization although the list of applications answers', async () => {
    failing(/identity_providers$/, 403, 9999, 'access.api.error.not_enabled');
    const { error } = await refusal({ mode: 'enable' });
    expect(causesIn(error)).toEqual(['organization']);
  });
});

describe('code 10000', () => {
  it('with 401 is the token itself', async () => {
    for (const mode of ['preflight', 'enable']) {
      const { error } = await refusal({ mode }, 'unknown'.padEnd(40, 'x'));
      expect(error, mode).toContain('code 10000');
      expect(causesIn(error), mode).toEqual(['wrong token']);
    }
  });

  it('with 403 is a missing permission, each under its own name', async () => {
    const noList = tokenWithout(sandbox, 'sso:read', 'sso:write');
    const { error } = await refusal({ mode: 'enable' }, noList);
    expect(error).toMatch(facts('code 10000', '"SSO Connector: Read"'));
    const noProviders = tokenWithout(sandbox, 'access-idp:read');
    const second = await refusal({ mode: 'enable' }, noProviders);
    expect(second.error).toContain('"Access: Organizations, Identity Providers, and Groups: Read"');
    expect(causesIn(second.error)).toEqual(['missing permission', 'skipped guards']);
  });
});

describe('HTTP 404', () => {
  it('below access/ speaks of Zero Trust, not of connector-id', async () => {
    failing(/\/access\//, 404, 7003, 'Could not route');
    const { error } = await refusal({ mode: 'enable' });
    expect(causesIn(error)).toContain('organization');
    expect(causesIn(error)).not.toContain('connector ID');
    expect(causesIn(error)).not.toContain('missing permission');
  });

  it('of a connector speaks of connector-id, not of Zero Trust', async () => {
    const { error } = await refusal({ mode: 'preflight', 'connector-id': '0'.repeat(32) });
    expect(causesIn(error)).toEqual(['connector ID']);
  });
});

describe('a malformed token, code 6003', () => {
  it('is told by how it is stored', async () => {
    const { error } = await refusal({ mode: 'preflight' }, 'too-short');
    expect(error).toMatch(facts('code 6003', 'malformed', 'without quotes'));
    expect(causesIn(error)).toEqual([]);
  });
});
