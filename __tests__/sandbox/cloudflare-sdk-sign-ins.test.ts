import Cloudflare, { BadRequestError } from 'cloudflare';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../sandbox/index.ts';

type Query = Omit<Cloudflare.ZeroTrust.Access.Logs.AccessRequestListParams, 'account_id'>;

const HOUR_MS = 60 * 60 * 1000;

let sandbox: Sandbox;
let nowMs: number;
let account: { readonly account_id: string };
let access: Cloudflare.ZeroTrust.Access;

beforeEach(async () => {
  nowMs = Date.parse('2026-09-01T12:00:00Z');
  sandbox = await startSandbox({ now: () => nowMs });
  account = { account_id: sandbox.accountId };
  const options = { apiToken: sandbox.apiToken, baseURL: sandbox.apiUrl, maxRetries: 0 };
  access = new Cloudflare(options).zeroTrust.access;
});
afterEach(() => sandbox.close());

describe('the authentication log, as the SDK of Cloudflare reads it', () => {
  it('has allowed and denied sign-ins with all their fields, the newest first', async () => {
    const { accessRequests } = access.logs;
    expect(await accessRequests.list(account)).toEqual([]);
    sandbox.playSignIn({ email: 'a@example.com' });
    nowMs += 1000;
    sandbox.playSignIn({ email: 'b@example.com', allowed: false, connection: 'saml', ipAddress: '::1' });
    const usual = {
      action: 'login',
      app_domain: 'wiki.sandbox.example',
      app_uid: expect.stringMatching(/^[0-9a-f]{32}$/),
      ray_id: expect.stringMatching(/^[0-9a-f]{16}$/),
    };
    expect(await accessRequests.list(account)).toEqual([
      {
        ...usual,
        allowed: false,
        connection: 'saml',
        created_at: '2026-09-01T12:00:01.000Z',
        ip_address: '::1',
        user_email: 'b@example.com',
      },
      {
        ...usual,
        allowed: true,
        connection: 'oidc',
        created_at: '2026-09-01T12:00:00.000Z',
        ip_address: '192.0.2.1',
        user_email: 'a@example.com',
      },
    ]);
    expect(await accessRequests.list({ account_id: sandbox.addAccount() })).toEqual([]);
  });

  it('names the SSO App once SSO is enabled for the email domain', async () => {
    const before = sandbox.playSignIn({ email: 'a@example.com' });
    sandbox.seedConnector({ emailDomain: 'example.com', status: 'verified', enabled: true });
    const [app] = (await access.applications.list(account)).result;
    sandbox.playSignIn({ email: 'a@example.com', at: nowMs + 1 });
    sandbox.playSignIn({ email: 'a@example.org', at: nowMs + 2 });
    sandbox.playSignIn({ email: 'a@example.com', at: nowMs + 3, appUid: before.app_uid });
    nowMs += HOUR_MS;
    const entries = await access.logs.accessRequests.list({ ...account, direction: 'asc' });
    expect(entries.map(({ app_uid }) => app_uid === app?.id)).toEqual([false, true, false, false]);
  });

  it('shows a sign-in after its delay, with the time at which it happened', async () => {
    const { accessRequests } = access.logs;
    sandbox.playSignIn({ email: 'a@example.com', shownAfterMs: HOUR_MS });
    nowMs += HOUR_MS - 1;
    expect(await accessRequests.list(account)).toEqual([]);
    nowMs += 1;
    expect(await accessRequests.list(account)).toMatchObject([{ created_at: '2026-09-01T12:00:00.000Z' }]);
  });

  it('is filtered by email, a substring unless another operator is given', async () => {
    const { accessRequests } = access.logs;
    const emails = ['a@example.com', 'A@EXAMPLE.COM', 'a@example.com.attacker.example', 'ba@example.com'];
    for (const email of emails) sandbox.playSignIn({ email });
    const found = async (query: Query) => {
      const entries = await accessRequests.list({ ...account, direction: 'asc', ...query });
      return entries.map(({ user_email = '' }) => emails.indexOf(user_email));
    };
    expect(await found({ email: '@example.com' })).toEqual([0, 2, 3]);
    expect(await found({ email: 'a@example.com', emailOp: 'contains' })).toEqual([0, 2, 3]);
    expect(await found({ email: 'a@example.com', emailOp: 'eq' })).toEqual([0]);
    expect(await found({ email: 'a@example.com', email_exact: true })).toEqual([0]);
    expect(await found({ email: 'a@example.com', emailOp: 'contains', email_exact: true })).toEqual([0]);
    expect(await found({ email: 'a@example.com', emailOp: 'neq' })).toEqual([1]);
    expect(await found({ email: 'a@example.com', emailOp: 'neq', email_exact: true })).toEqual([1, 2, 3]);
  });

  it('is cut by time, direction, limit, page and fields', async () => {
    const { accessRequests } = access.logs;
    const timeOf = (second: number) => new Date(nowMs - 60_000 + second * 1000).toISOString();
    for (let second = 0; second < 30; second += 1) {
      sandbox.playSignIn({ email: `p${second}@example.com`, at: Date.parse(timeOf(second)) });
    }
    const seconds = async (query: Query) => {
      const entries = await accessRequests.list({ ...account, ...query });
      return entries.map(({ user_email = '' }) => Number(/\d+/.exec(user_email)?.[0]));
    };
    expect(await seconds({ since: timeOf(3), until: timeOf(5) })).toEqual([5, 4, 3]);
    expect(await seconds({ direction: 'asc', limit: 2 })).toEqual([0, 1]);
    expect(await seconds({})).toHaveLength(25);
    expect(await seconds({ limit: 28 })).toHaveLength(28);
    expect(await seconds({ page: 2 })).toEqual([4, 3, 2, 1, 0]);
    expect(await seconds({ per_page: 2, page: 2 })).toEqual([27, 26]);
    expect(await seconds({ limit: 3, per_page: 2, page: 2 })).toEqual([27]);
    const fields = 'allowed,created_at';
    expect(await accessRequests.list({ ...account, limit: 1, fields })).toEqual([
      { allowed: true, created_at: timeOf(29) },
    ]);
  });

  it.each([
    { since: 'yesterday' },
    { until: '2026-13-01T00:00:00Z' },
    { direction: 'up' },
    { email: 'a', emailOp: 'like' },
    { email_exact: 'perhaps' },
    { limit: 0 },
    { limit: 1001 },
    { per_page: 1001 },
    { page: 'x' },
  ])('refuses %j', async (query) => {
    const { accessRequests } = access.logs;
    await expect(accessRequests.list(account, { query })).rejects.toBeInstanceOf(BadRequestError);
  });
});
