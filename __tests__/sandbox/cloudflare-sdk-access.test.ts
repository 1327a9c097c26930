import Cloudflare, { AuthenticationError, BadRequestError } from 'cloudflare';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NEW_ACCOUNTS, type Permission, type Sandbox, startSandbox } from '../../sandbox/index.ts';

const HOUR_MS = 60 * 60 * 1000;

let sandbox: Sandbox;
let nowMs: number;
let account: { readonly account_id: string };

function clientWith(apiToken: string): Cloudflare {
  return new Cloudflare({ apiToken, baseURL: sandbox.apiUrl, maxRetries: 0 });
}

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const found: Item[] = [];
  for await (const item of items) found.push(item);
  return found;
}

beforeEach(async () => {
  nowMs = Date.parse('2026-09-01T12:00:00Z');
  sandbox = await startSandbox({ now: () => nowMs, pollIntervalMs: 1_000_000 });
  account = { account_id: sandbox.accountId };
});
afterEach(() => sandbox.close());

describe('a token, as the SDK of Cloudflare verifies it', () => {
  it('of a user answers under /user only, without any permission', async () => {
    const { user, accounts } = clientWith(sandbox.addToken({ permissions: [] }));
    const verified = await user.tokens.verify();
    expect(verified).toEqual({ id: expect.stringMatching(/^[0-9a-f]{32}$/), status: 'active' });
    expect(await user.tokens.verify()).toEqual(verified);
    await expect(accounts.tokens.verify(account)).rejects.toMatchObject({
      status: 401,
      errors: [{ code: 1000 }],
    });
  });

  it('of an account answers under its account only, and covers no other', async () => {
    const other = { account_id: sandbox.addAccount() };
    const value = sandbox.addToken({ ownerAccountId: sandbox.accountId });
    expect(value).toMatch(/^cfat_/);
    const { user, accounts, iam } = clientWith(value);
    expect(await accounts.tokens.verify(account)).toMatchObject({ status: 'active' });
    await expect(user.tokens.verify()).rejects.toBeInstanceOf(AuthenticationError);
    await expect(accounts.tokens.verify(other)).rejects.toBeInstanceOf(AuthenticationError);
    expect((await iam.sso.list(account)).result).toEqual([]);
    await expect(iam.sso.list(other)).rejects.toMatchObject({ status: 403, errors: [{ code: 9109 }] });
  });

  it('tells when it begins and ends, and opens nothing before and after', async () => {
    const dates = { notBefore: '2026-09-01T13:00:00Z', expiresOn: '2026-09-01T14:00:00Z' };
    const { user, iam } = clientWith(sandbox.addToken(dates));
    const facts = { not_before: dates.notBefore, expires_on: dates.expiresOn };
    const list = () => iam.sso.list(account);

    expect(await user.tokens.verify()).toMatchObject({ ...facts, status: 'active' });
    await expect(list()).rejects.toBeInstanceOf(AuthenticationError);
    nowMs += HOUR_MS;
    expect((await list()).result).toEqual([]);
    nowMs += HOUR_MS;
    await expect(list()).rejects.toMatchObject({ status: 401, errors: [{ code: 10000 }] });
    expect(await user.tokens.verify()).toMatchObject({ ...facts, status: 'expired' });
  });

  it('is disabled', async () => {
    const { user, iam } = clientWith(sandbox.addToken({ isDisabled: true }));
    expect(await user.tokens.verify()).toMatchObject({ status: 'disabled' });
    await expect(iam.sso.list(account)).rejects.toBeInstanceOf(AuthenticationError);
  });

  it('with an IP filter works from there, and is refused elsewhere', async () => {
    const here = clientWith(sandbox.addToken({ allowedAddresses: ['192.0.2.1', '127.0.0.1'] }));
    expect((await here.iam.sso.list(account)).result).toEqual([]);
    const { user, iam } = clientWith(sandbox.addToken({ allowedAddresses: ['192.0.2.1'] }));
    const message = 'Cannot use the access token from location: 127.0.0.1';
    const refusal = { status: 403, errors: [{ code: 9109, message }] };
    await expect(iam.sso.list(account)).rejects.toMatchObject(refusal);
    await expect(user.tokens.verify()).rejects.toMatchObject(refusal);
  });
});

describe('members, as the SDK of Cloudflare lists them', () => {
  it('are super administrators inside and outside of the email domain by default', async () => {
    const members = await all(clientWith(sandbox.apiToken).accounts.members.list(account));
    expect(members.map(({ user }) => user?.email)).toEqual([
      'alex@example.com',
      'break-glass@sandbox.example',
    ]);
    const name = 'Super Administrator - All Privileges';
    for (const member of members) {
      expect(member).toMatchObject({
        status: 'accepted',
        roles: [{ id: expect.stringMatching(/^[0-9a-f]{32}$/), name }],
        policies: [{ access: 'allow', permission_groups: [{ name }], resource_groups: [{}] }],
      });
    }
  });

  it('are filtered by status, and tell roles from policies', async () => {
    sandbox.changeAccount({
      members: [
        { email: 'a@example.com', roles: [], permissionGroups: ['Super Administrator - All Privileges'] },
        { email: 'b@example.com', roles: ['Billing'], permissionGroups: [], status: 'pending' },
        { email: 'c@example.com', status: 'rejected' },
      ],
    });
    const { members } = clientWith(sandbox.apiToken).accounts;
    const [accepted, ...others] = await all(members.list({ ...account, status: 'accepted' }));
    expect(others).toEqual([]);
    expect(accepted).toMatchObject({
      user: { email: 'a@example.com', id: expect.any(String) },
      roles: [],
      policies: [{}],
    });
    expect(await all(members.list({ ...account, status: 'pending' }))).toMatchObject([
      { user: { email: 'b@example.com', id: null }, roles: [{ name: 'Billing' }], policies: [] },
    ]);
    expect(await all(members.list(account))).toHaveLength(3);
    const query = { status: 'gone' };
    await expect(members.list(account, { query })).rejects.toBeInstanceOf(BadRequestError);
  });

  it('come one after the other over all pages', async () => {
    const emails = Array.from({ length: 45 }, (_, index) => `m${index}@example.com`);
    sandbox.changeAccount({ members: emails.map((email) => ({ email })) });
    const { members } = clientWith(sandbox.apiToken).accounts;
    const found = await all(members.list({ ...account, status: 'accepted' }));
    expect(found.map(({ user }) => user?.email)).toEqual(emails);
    expect((await members.list({ ...account, per_page: 50 })).result).toHaveLength(45);
    await expect(members.list({ ...account, per_page: 51 })).rejects.toBeInstanceOf(BadRequestError);
  });
});

describe('the SSO App, as the SDK of Cloudflare sees it', () => {
  const applications = async () =>
    (await clientWith(sandbox.apiToken).zeroTrust.access.applications.list(account)).result;

  it('allows all providers and, each by a policy, the email domains that are enabled', async () => {
    sandbox.seedConnector({ emailDomain: 'example.com', status: 'verified', enabled: true });
    sandbox.seedConnector({ emailDomain: 'example.net', status: 'verified' });
    sandbox.seedConnector({ emailDomain: 'example.org', status: 'verified', enabled: true });
    const include = (domain: string) => [{ email_domain: { domain } }];
    const rest = { decision: 'allow', exclude: [], require: [] };
    expect(await applications()).toMatchObject([
      {
        type: 'dash_sso',
        allowed_idps: [],
        policies: [
          { ...rest, include: include('example.com'), precedence: 1 },
          { ...rest, include: include('example.org'), precedence: 2 },
        ],
      },
    ]);
  });

  it('can be spoiled, and is as before when the change is taken back', async () => {
    sandbox.seedConnector({ emailDomain: 'example.com', status: 'verified', enabled: true });
    const [usual] = await applications();
    const allowedIdps = ['00000000-0000-4000-8000-000000000000'];
    sandbox.changeAccount({ ssoApp: { policies: [], allowedIdps } });
    expect(await applications()).toEqual([{ ...usual, policies: [], allowed_idps: allowedIdps }]);
    sandbox.changeAccount({ ssoApp: { isMissing: true } });
    expect(await applications()).toEqual([]);
    sandbox.changeAccount({ ssoApp: {} });
    expect(await applications()).toEqual([usual]);
  });
});

describe('a new account, as the SDK of Cloudflare sees it', () => {
  const providers = async (accountId: string) => {
    const { zeroTrust } = clientWith(sandbox.apiToken);
    const found = (await zeroTrust.identityProviders.list({ account_id: accountId })).result;
    for (const { id } of found) expect(id).toMatch(/^[0-9a-f-]{36}$/);
    return found.map(({ type }) => type);
  };

  it.each([
    ['cloudflare-only', ['cloudflare']],
    ['pin-only', ['onetimepin']],
    ['cloudflare-and-pin', ['cloudflare', 'onetimepin']],
    ['no-identity-provider', []],
  ] as const)('%s', async (kind, types) => {
    expect(await providers(sandbox.addAccount(NEW_ACCOUNTS[kind]))).toEqual(types);
    await using other = await startSandbox({ account: NEW_ACCOUNTS[kind] });
    expect(other.api.store.account(other.accountId).identityProviders.map(({ type }) => type)).toEqual(types);
  });

  it.each([403, 404] as const)('without Zero Trust: %i and code 9999 below access/ alone', async (status) => {
    const account_id = sandbox.addAccount({ ...NEW_ACCOUNTS['no-organization'], organization: status });
    const { zeroTrust, accounts, iam } = clientWith(sandbox.apiToken);
    const refusal = { status, errors: [{ code: 9999, message: 'access.api.error.not_enabled' }] };
    await expect(zeroTrust.identityProviders.list({ account_id })).rejects.toMatchObject(refusal);
    await expect(zeroTrust.access.applications.list({ account_id })).rejects.toMatchObject(refusal);
    const log = zeroTrust.access.logs.accessRequests.list({ account_id });
    await expect(log).rejects.toMatchObject(refusal);
    expect(await all(accounts.members.list({ account_id }))).toHaveLength(2);
    expect((await iam.sso.list({ account_id })).result).toEqual([]);

    sandbox.changeAccount({ accountId: account_id, organization: 'exists' });
    expect(await providers(account_id)).toEqual([]);
  });
});

it.each<[Permission, string]>([
  ['account-settings:read', 'members'],
  ['access-audit-logs:read', 'access/logs/access_requests'],
  ['access-apps:read', 'access/apps'],
  ['access-idp:read', 'access/identity_providers'],
])('%s is what %s needs', async (permission, path) => {
  const others: readonly Permission[] = [
    'sso:write',
    'account-settings:read',
    'access-audit-logs:read',
    'access-apps:read',
    'access-idp:read',
  ];
  const read = (permissions: readonly Permission[]) =>
    clientWith(sandbox.addToken({ permissions })).get(`/accounts/${sandbox.accountId}/${path}`);
  expect(await read([permission])).toMatchObject({ success: true });
  const without = read(others.filter((other) => other !== permission));
  await expect(without).rejects.toMatchObject({ status: 403, errors: [{ code: 10000 }] });
});
