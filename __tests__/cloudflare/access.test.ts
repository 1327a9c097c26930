import { describe, expect, it } from 'vitest';
import { startSandbox } from '../../sandbox/index.ts';
import { Access } from '../../src/cloudflare/access.ts';
import { CloudflareApiError } from '../../src/cloudflare/api-error.ts';
import { rejectionOf } from '../checks/errors.ts';
import { clientOf } from '../fakes/api-client.ts';
import { failure, startApiServer, success } from '../fakes/api-server.ts';
import { ACCOUNT_ID, DOMAIN } from '../samples/results.ts';

describe('identityProviders', () => {
  it('gives the name and type of each, and nothing of its configuration', async () => {
    await using server = await startApiServer(
      success([
        { id: 'a', name: 'authentik', type: 'oidc', config: { client_secret: 'x' } },
        { id: 'b', name: '', type: 'onetimepin' },
      ]),
    );
    using setup = clientOf(server.apiUrl);
    expect(await new Access(setup.client, ACCOUNT_ID).identityProviders()).toEqual([
      { name: 'authentik', type: 'oidc' },
      { name: '', type: 'onetimepin' },
    ]);
    expect(server.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      `GET /accounts/${ACCOUNT_ID}/access/identity_providers`,
    ]);
  });

  it('gives an empty list when there is none', async () => {
    await using server = await startApiServer(success([]));
    using setup = clientOf(server.apiUrl);
    expect(await new Access(setup.client, ACCOUNT_ID).identityProviders()).toEqual([]);
  });

  it('names the permission when the token lacks it', async () => {
    await using server = await startApiServer(failure(403));
    using setup = clientOf(server.apiUrl);
    const error = await rejectionOf(
      new Access(setup.client, ACCOUNT_ID).identityProviders(),
      CloudflareApiError,
    );
    expect(error.hint).toContain('"Access: Organizations, Identity Providers, and Groups: Read"');
    expect(server.requests).toHaveLength(1);
  });
});

describe('identityProviders of many email domains', () => {
  it('is read once, also at the same time', async () => {
    await using server = await startApiServer(success([{ name: 'authentik', type: 'oidc' }]));
    using setup = clientOf(server.apiUrl);
    const access = new Access(setup.client, ACCOUNT_ID);
    await Promise.all([access.identityProviders(), access.identityProviders()]);
    await access.identityProviders();
    expect(server.requests).toHaveLength(1);
  });

  it('fails for all of them alike, without another request', async () => {
    await using server = await startApiServer(failure(403));
    using setup = clientOf(server.apiUrl);
    const access = new Access(setup.client, ACCOUNT_ID);
    await rejectionOf(access.identityProviders(), CloudflareApiError);
    await rejectionOf(access.identityProviders(), CloudflareApiError);
    expect(server.requests).toHaveLength(1);
  });
});

describe('ssoApp', () => {
  const APPS = [
    { id: 'a', name: 'Wiki', type: 'self_hosted' },
    { id: 'b', name: 'SSO App', type: 'dash_sso' },
    { id: 'c', type: 'warp' },
  ];

  async function ssoAppAmong(apps: unknown) {
    await using server = await startApiServer(success(apps));
    using setup = clientOf(server.apiUrl);
    return await new Access(setup.client, ACCOUNT_ID).ssoApp();
  }

  it('is the application of type dash_sso', async () => {
    expect(await ssoAppAmong(APPS)).toEqual({ id: 'b', name: 'SSO App' });
  });

  it('is looked for once for many email domains, also at the same time', async () => {
    await using server = await startApiServer(success(APPS));
    using setup = clientOf(server.apiUrl);
    const access = new Access(setup.client, ACCOUNT_ID);
    await Promise.all([access.ssoApp(), access.ssoApp()]);
    expect(await access.ssoApp()).toEqual({ id: 'b', name: 'SSO App' });
    expect(server.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      `GET /accounts/${ACCOUNT_ID}/access/apps`,
    ]);
  });

  it('is looked for on every page', async () => {
    const pages = [APPS.slice(0, 1), APPS.slice(1)].map((apps, index) =>
      success(apps, { page: index + 1, per_page: 1, count: apps.length, total_count: 3 }),
    );
    const [first = success([]), second = success([])] = pages;
    await using server = await startApiServer(first, second);
    using setup = clientOf(server.apiUrl);
    expect(await new Access(setup.client, ACCOUNT_ID).ssoApp()).toMatchObject({ id: 'b' });
    expect(server.requests).toHaveLength(2);
  });

  it.each<[string, unknown]>([
    ['no application', []],
    ['no application of that type', [{ id: 'a', name: 'Wiki', type: 'self_hosted' }]],
    ['an application without a type', [{ id: 'a', name: 'Wiki' }]],
    ['one without an ID', [{ name: 'SSO App', type: 'dash_sso' }]],
  ])('is absent where there is %s', async (_, apps) => {
    expect(await ssoAppAmong(apps)).toBeUndefined();
  });

  it('has a name even where Cloudflare gives none', async () => {
    expect(await ssoAppAmong([{ id: 'b', name: null, type: 'dash_sso' }])).toEqual({
      id: 'b',
      name: 'SSO App',
    });
  });

  it('names the permission when the token lacks it', async () => {
    await using server = await startApiServer(failure(403));
    using setup = clientOf(server.apiUrl);
    const error = await rejectionOf(new Access(setup.client, ACCOUNT_ID).ssoApp(), CloudflareApiError);
    expect(error).toMatchObject({
      status: 403,
      hint: expect.stringContaining('"Access: Apps and Policies: Read"'),
    });
  });

  it.each([500, 429])('is looked for in a single attempt: a %d is not waited out', async (status) => {
    await using server = await startApiServer(failure(status), success(APPS));
    using setup = clientOf(server.apiUrl);
    await rejectionOf(new Access(setup.client, ACCOUNT_ID).ssoApp(), CloudflareApiError);
    expect(server.requests).toHaveLength(1);
    expect(setup.clock.sleptMs).toEqual([]);
  });
});

describe('ssoApp in the sandbox', () => {
  it('is there once a connector is enabled, and not before', async () => {
    await using sandbox = await startSandbox();
    const apiToken = sandbox.apiToken;
    using setup = clientOf(sandbox.apiUrl, { apiToken });
    const { id } = sandbox.seedConnector({ emailDomain: DOMAIN, status: 'verified' });
    expect(await new Access(setup.client, sandbox.accountId).ssoApp()).toBeUndefined();
    sandbox.api.store.update(sandbox.accountId, id, { enabled: true });
    expect(await new Access(setup.client, sandbox.accountId).ssoApp()).toMatchObject({ name: 'SSO App' });
  });

  it('is not for a token without the permission', async () => {
    await using sandbox = await startSandbox();
    const apiToken = sandbox.addToken({ permissions: ['sso:write', 'access-idp:read'] });
    using setup = clientOf(sandbox.apiUrl, { apiToken });
    const access = new Access(setup.client, sandbox.accountId);
    expect((await rejectionOf(access.ssoApp(), CloudflareApiError)).status).toBe(403);
    expect(await access.identityProviders()).toHaveLength(1);
  });
});
