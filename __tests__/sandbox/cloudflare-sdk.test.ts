import Cloudflare, {
  APIConnectionError,
  AuthenticationError,
  BadRequestError,
  ConflictError,
  NotFoundError,
  PermissionDeniedError,
} from 'cloudflare';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../sandbox/index.ts';

const UNKNOWN_TOKEN = 'a-token-that-nobody-has-ever-given-to-anyone';
const CODE = /^cloudflare_dashboard_sso=[0-9a-f]{32}$/;

let sandbox: Sandbox;
let nowMs: number;

function clientWith(apiToken: string): Cloudflare {
  return new Cloudflare({ apiToken, baseURL: sandbox.apiUrl, maxRetries: 0 });
}

beforeEach(async () => {
  nowMs = Date.parse('2026-09-01T12:00:00Z');
  // The timer is out of the way: each look at DNS is the test's own.
  sandbox = await startSandbox({ now: () => nowMs, pollIntervalMs: 1_000_000 });
});
afterEach(() => sandbox.close());

describe('the life of a connector, as the SDK of Cloudflare sees it', () => {
  it('goes from created through verified and enabled to deleted', async () => {
    const { sso } = clientWith(sandbox.apiToken).iam;
    const account = { account_id: sandbox.accountId };

    const made = await sso.create({ ...account, email_domain: 'Example.com', use_fedramp_language: true });
    expect(made).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{32}$/),
      email_domain: 'example.com',
      enabled: false,
      use_fedramp_language: true,
      created_on: '2026-09-01T12:00:00.000Z',
      updated_on: '2026-09-01T12:00:00.000Z',
      verification: { code: expect.stringMatching(CODE), status: 'pending' },
    });
    const id = made.id ?? '';

    await sandbox.pollVerification();
    expect((await sso.get(id, account)).verification?.status).toBe('pending');

    sandbox.publishTxt('example.com', made.verification?.code ?? '');
    await sandbox.pollVerification();
    expect((await sso.get(id, account)).verification?.status).toBe('verified');

    nowMs += 60_000;
    const enabled = await sso.update(id, { ...account, enabled: true });
    expect(enabled).toMatchObject({ enabled: true, updated_on: '2026-09-01T12:01:00.000Z' });
    expect(enabled.use_fedramp_language).toBe(true);

    expect((await sso.update(id, { ...account, enabled: false })).enabled).toBe(false);
    expect(await sso.delete(id, account)).toEqual({ id });
    await expect(sso.get(id, account)).rejects.toBeInstanceOf(NotFoundError);
  });

  it('waits to be asked when begin_verification is false', async () => {
    const { sso } = clientWith(sandbox.apiToken).iam;
    const account = { account_id: sandbox.accountId };
    const made = await sso.create({ ...account, email_domain: 'example.com', begin_verification: false });
    expect(made.verification?.status).toBe('awaiting');
    const id = made.id ?? '';

    sandbox.publishTxt('example.com', made.verification?.code ?? '');
    await sandbox.pollVerification();
    expect((await sso.get(id, account)).verification?.status).toBe('awaiting');

    const begun = await sso.beginVerification(id, account);
    expect(begun).toEqual({ success: true, errors: [], messages: [] });
    await sandbox.pollVerification();
    expect((await sso.get(id, account)).verification?.status).toBe('verified');
  });

  it('fails after two days without the record, and can begin again', async () => {
    const { sso } = clientWith(sandbox.apiToken).iam;
    const account = { account_id: sandbox.accountId };
    const { id = '' } = await sso.create({ ...account, email_domain: 'example.com' });
    const status = async () => (await sso.get(id, account)).verification?.status;

    nowMs += 2 * 24 * 60 * 60 * 1000 - 1;
    await sandbox.pollVerification();
    expect(await status()).toBe('pending');
    nowMs += 1;
    await sandbox.pollVerification();
    expect(await status()).toBe('failed');
    await sso.beginVerification(id, account);
    expect(await status()).toBe('pending');
  });

  it('does not take a record for the code that merely contains it', async () => {
    const connector = sandbox.seedConnector({ emailDomain: 'example.com', status: 'pending' });
    const { code } = connector.verification;
    sandbox.publishTxt('example.com', `"${code}"`);
    sandbox.publishTxt('example.com', `${code} `);
    sandbox.publishTxt('www.example.com', code);
    await sandbox.pollVerification();
    expect(sandbox.api.store.all()[0]?.verification.status).toBe('pending');

    // Large enough for the answer to need TCP, and cut into two character-strings.
    sandbox.publishTxt('example.com', 'x'.repeat(2000));
    sandbox.publishTxt('example.com', [code.slice(0, 20), code.slice(20)]);
    await sandbox.pollVerification();
    expect(sandbox.api.store.all()[0]?.verification.status).toBe('verified');
  });

  it('is polled by a timer too', async () => {
    await using polling = await startSandbox({ pollIntervalMs: 5 });
    const { verification, id } = polling.seedConnector({ emailDomain: 'example.com', status: 'pending' });
    polling.publishTxt('example.com', verification.code);
    const status = () => polling.api.store.get(polling.accountId, id).verification.status;
    await expect.poll(status, { interval: 5 }).toBe('verified');
  });
});

describe('errors as the classes of the SDK', () => {
  it('401 for an unknown token, 400 with a chain for a malformed one', async () => {
    const account = { account_id: sandbox.accountId };
    const list = (token: string) => clientWith(token).iam.sso.list(account);
    await expect(list(UNKNOWN_TOKEN)).rejects.toBeInstanceOf(AuthenticationError);
    await expect(list(UNKNOWN_TOKEN)).rejects.toMatchObject({
      errors: [{ code: 10000, message: 'Authentication error' }],
    });
    await expect(list('short')).rejects.toBeInstanceOf(BadRequestError);
    await expect(list('short')).rejects.toMatchObject({
      errors: [{ code: 6003, error_chain: [{ code: 6111 }] }],
    });
  });

  it('403 for a lacking permission and for a foreign account', async () => {
    const reader = clientWith(sandbox.addToken({ permissions: ['sso:read'] }));
    const account = { account_id: sandbox.accountId };
    expect((await reader.iam.sso.list(account)).result).toEqual([]);
    const create = reader.iam.sso.create({ ...account, email_domain: 'example.com' });
    await expect(create).rejects.toBeInstanceOf(PermissionDeniedError);
    const idps = reader.zeroTrust.identityProviders.list(account);
    await expect(idps).rejects.toMatchObject({ status: 403, errors: [{ code: 10000 }] });

    const foreign = { account_id: 'f'.repeat(32) };
    const inForeign = clientWith(sandbox.apiToken).iam.sso.list(foreign);
    await expect(inForeign).rejects.toMatchObject({ status: 403, errors: [{ code: 9109 }] });
    const bound = clientWith(sandbox.addToken({ accountIds: [sandbox.accountId] })).iam.sso;
    await expect(bound.list({ account_id: sandbox.addAccount() })).rejects.toMatchObject({ status: 403 });
    expect((await bound.list(account)).result).toEqual([]);
  });

  it('write implies read', async () => {
    const writer = clientWith(sandbox.addToken({ permissions: ['sso:write'] }));
    expect((await writer.iam.sso.list({ account_id: sandbox.accountId })).result).toEqual([]);
  });

  it('404 for an unknown connector and for something that is no account ID', async () => {
    const { sso } = clientWith(sandbox.apiToken).iam;
    const account = { account_id: sandbox.accountId };
    const unknown = '0'.repeat(32);
    await expect(sso.get(unknown, account)).rejects.toBeInstanceOf(NotFoundError);
    await expect(sso.update(unknown, { ...account, enabled: true })).rejects.toBeInstanceOf(NotFoundError);
    await expect(sso.delete(unknown, account)).rejects.toBeInstanceOf(NotFoundError);
    await expect(sso.beginVerification(unknown, account)).rejects.toBeInstanceOf(NotFoundError);
    await expect(sso.list({ account_id: 'mine' })).rejects.toMatchObject({
      status: 404,
      errors: [{ code: 7003 }],
    });
  });

  it('409 for a second connector of an email domain, whatever its case', async () => {
    const { sso } = clientWith(sandbox.apiToken).iam;
    const account = { account_id: sandbox.accountId };
    await sso.create({ ...account, email_domain: 'example.com' });
    const again = sso.create({ ...account, email_domain: 'EXAMPLE.com' });
    await expect(again).rejects.toBeInstanceOf(ConflictError);
    expect(sandbox.api.store.all()).toHaveLength(1);
  });

  it('400 for enabling unverified, 409 when the domain is enabled in another account', async () => {
    const { sso } = clientWith(sandbox.apiToken).iam;
    const account = { account_id: sandbox.accountId };
    const { id } = sandbox.seedConnector({ emailDomain: 'example.com' });
    const enable = () => sso.update(id, { ...account, enabled: true });
    await expect(enable()).rejects.toBeInstanceOf(BadRequestError);

    const accountId = sandbox.addAccount();
    const other = { emailDomain: 'example.com', accountId, status: 'verified', enabled: true } as const;
    const { id: otherId } = sandbox.seedConnector(other);
    sandbox.setStatus(id, 'verified');
    await expect(enable()).rejects.toBeInstanceOf(ConflictError);
    await sso.update(otherId, { account_id: accountId, enabled: false });
    expect((await enable()).enabled).toBe(true);
  });

  it('a connection error when the connection is reset', async () => {
    sandbox.api.faults.add({ fault: { kind: 'reset' } });
    const list = clientWith(sandbox.apiToken).iam.sso.list({ account_id: sandbox.accountId });
    await expect(list).rejects.toBeInstanceOf(APIConnectionError);
  });
});

describe('lists', () => {
  it('come in pages of 20', async () => {
    for (let number = 1; number <= 45; number += 1) {
      sandbox.seedConnector({ emailDomain: `d${number}.example.com` });
    }
    const { sso } = clientWith(sandbox.apiToken).iam;
    const account = { account_id: sandbox.accountId };
    const first = await sso.list(account);
    expect(first.result).toHaveLength(20);
    // The SDK takes this list for a single page and drops what the answer says about pages.
    const pageInfo = async (query: object) => {
      const response = await sso.list(account, { query }).asResponse();
      return ((await response.json()) as { result_info: unknown }).result_info;
    };
    expect(await pageInfo({})).toEqual({ count: 20, page: 1, per_page: 20, total_count: 45 });
    expect(await pageInfo({ per_page: 50 })).toEqual({ count: 45, page: 1, per_page: 50, total_count: 45 });
    const third = await sso.list(account, { query: { page: 3 } });
    expect(third.result.map((connector) => connector.email_domain)).toEqual(
      [41, 42, 43, 44, 45].map((number) => `d${number}.example.com`),
    );
    await expect(sso.list(account, { query: { page: 0 } })).rejects.toBeInstanceOf(BadRequestError);
  });

  it('show the identity provider, and the SSO App once a connector is enabled', async () => {
    const client = clientWith(sandbox.apiToken);
    const account = { account_id: sandbox.accountId };
    const providers = await client.zeroTrust.identityProviders.list(account);
    expect(providers.result).toMatchObject([{ name: 'authentik', type: 'oidc' }]);

    const applications = async () => (await client.zeroTrust.access.applications.list(account)).result;
    const { id } = sandbox.seedConnector({ emailDomain: 'example.com', status: 'verified' });
    expect(await applications()).toEqual([]);
    await client.iam.sso.update(id, { ...account, enabled: true });
    expect(await applications()).toMatchObject([{ name: 'SSO App', type: 'dash_sso' }]);
  });

  it('show no identity provider where there is none', async () => {
    const account = { account_id: sandbox.addAccount({ identityProviders: [] }) };
    const providers = await clientWith(sandbox.apiToken).zeroTrust.identityProviders.list(account);
    expect(providers.result).toEqual([]);
  });
});
