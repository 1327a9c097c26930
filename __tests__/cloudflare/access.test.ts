import { describe, expect, it } from 'vitest';
import { startSandbox } from '../../sandbox/index.ts';
import { Access } from '../../src/cloudflare/access.ts';
import { CloudflareApiError } from '../../src/cloudflare/api-error.ts';
import { rejectionOf } from '../checks/errors.ts';
import { clientOf } from '../fakes/api-client.ts';
import { failure, startApiServer, success } from '../fakes/api-server.ts';
import { NOON_MS } from '../fakes/clock.ts';
import { ACCOUNT_ID, DOMAIN } from '../samples/results.ts';

type Setup = Pick<ReturnType<typeof clientOf>, 'client' | 'clock'>;

function accessOf({ client, clock }: Setup, accountId = ACCOUNT_ID): Access {
  return new Access(client, accountId, clock);
}

const MINUTE_MS = 60_000;

describe('identityProviders', () => {
  it('gives the ID, name and type of each, and nothing of its configuration', async () => {
    await using server = await startApiServer(
      success([
        { id: 'a', name: 'authentik', type: 'oidc', config: { client_secret: 'x' } },
        { id: 'b', name: '', type: 'onetimepin' },
        { name: 'okta', type: 'okta' },
        { id: null, name: 'Entra', type: 'azureAD' },
      ]),
    );
    using setup = clientOf(server.apiUrl);
    expect(await accessOf(setup).identityProviders()).toEqual([
      { id: 'a', name: 'authentik', type: 'oidc' },
      { id: 'b', name: '', type: 'onetimepin' },
      { id: undefined, name: 'okta', type: 'okta' },
      { id: undefined, name: 'Entra', type: 'azureAD' },
    ]);
    expect(server.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      `GET /accounts/${ACCOUNT_ID}/access/identity_providers`,
    ]);
  });

  it('gives an empty list when there is none', async () => {
    await using server = await startApiServer(success([]));
    using setup = clientOf(server.apiUrl);
    expect(await accessOf(setup).identityProviders()).toEqual([]);
  });

  it('names the permission when the token lacks it', async () => {
    await using server = await startApiServer(failure(403));
    using setup = clientOf(server.apiUrl);
    const error = await rejectionOf(accessOf(setup).identityProviders(), CloudflareApiError);
    const permission = 'Access: Organizations, Identity Providers, and Groups: Read';
    expect(error.hint).toContain(`"${permission}"`);
    expect(error.permission).toBe(permission);
    expect(server.requests).toHaveLength(1);
  });
});

describe('identityProviders of many email domains', () => {
  it('is read once, also at the same time', async () => {
    await using server = await startApiServer(success([{ name: 'authentik', type: 'oidc' }]));
    using setup = clientOf(server.apiUrl);
    const access = accessOf(setup);
    await Promise.all([access.identityProviders(), access.identityProviders()]);
    await access.identityProviders();
    expect(server.requests).toHaveLength(1);
  });

  it('is read again after a minute', async () => {
    const [before, later] = [[{ name: 'a', type: 'oidc' }], [{ name: 'b', type: 'saml' }]];
    await using server = await startApiServer(success(before), success(later));
    using setup = clientOf(server.apiUrl);
    const access = accessOf(setup);
    await access.identityProviders();
    await setup.clock.sleep(MINUTE_MS);
    expect(await access.identityProviders()).toMatchObject(before);
    await setup.clock.sleep(1);
    expect(await access.identityProviders()).toMatchObject(later);
    expect(server.requests).toHaveLength(2);
  });

  it('fails for all of them alike, without another request', async () => {
    await using server = await startApiServer(failure(403));
    using setup = clientOf(server.apiUrl);
    const access = accessOf(setup);
    await rejectionOf(access.identityProviders(), CloudflareApiError);
    await rejectionOf(access.identityProviders(), CloudflareApiError);
    expect(server.requests).toHaveLength(1);
  });
});

describe('ssoApp', () => {
  const APPS = [
    { id: 'a', name: 'Wiki', type: 'self_hosted' },
    { id: 'b', uid: 'u', name: 'Dashboard', type: 'dash_sso', aud: 'x', session_duration: '24h' },
    { id: 'c', type: 'warp' },
  ];

  async function ssoAppAmong(apps: unknown) {
    await using server = await startApiServer(success(apps));
    using setup = clientOf(server.apiUrl);
    return await accessOf(setup).ssoApp();
  }

  const BARE = { uid: 'u', name: 'Dashboard', allowedIdps: [], policies: undefined };

  it('is the application of type dash_sso', async () => {
    expect(await ssoAppAmong(APPS)).toEqual({ ...BARE, id: 'b' });
  });

  async function ssoAppWith(changes: Readonly<Record<string, unknown>>) {
    return ssoAppAmong([{ id: 'b', uid: 'u', name: 'Dashboard', type: 'dash_sso', ...changes }]);
  }

  it('has the ID for UID where Cloudflare gives none', async () => {
    for (const uid of [undefined, null])
      expect(await ssoAppWith({ uid })).toMatchObject({ id: 'b', uid: 'b' });
  });

  it('has the identity providers that it allows; none named are all', async () => {
    expect(await ssoAppWith({ allowed_idps: ['idp1', 'idp2'] })).toMatchObject({
      allowedIdps: ['idp1', 'idp2'],
    });
    for (const allowed_idps of [[], null]) {
      expect(await ssoAppWith({ allowed_idps })).toMatchObject({ allowedIdps: [] });
    }
  });

  it.each([
    ['a text', 'idp1'],
    ['objects', [{ id: 'idp1' }]],
    ['a number', 7],
  ])(
    'has no list of identity providers that come as %s: it does not seem to allow all',
    async (_, allowed_idps) => {
      expect(await ssoAppWith({ allowed_idps })).toEqual({ ...BARE, id: 'b', allowedIdps: undefined });
    },
  );

  it('has its policies, with every kind of rule', async () => {
    const rules = [{ email_domain: { domain: 'example.com' } }, { everyone: {} }, { group: { id: 'g' } }];
    const policies = [
      {
        id: 'p1',
        decision: 'allow',
        include: rules,
        exclude: [rules[1]],
        require: [rules[2]],
        precedence: 1,
      },
      { decision: 'deny', include: null },
    ];
    expect((await ssoAppWith({ policies }))?.policies).toEqual([
      { decision: 'allow', include: rules, exclude: [rules[1]], require: [rules[2]] },
      { decision: 'deny', include: [], exclude: [], require: [] },
    ]);
    expect((await ssoAppWith({ policies: [] }))?.policies).toEqual([]);
  });

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['IDs', ['p1', 'p2']],
    ['an object', { p1: {} }],
    ['a policy without a decision', [{ include: [] }]],
    ['rules of another shape', [{ decision: 'allow', include: ['everyone'] }]],
    ['one good and one bad', [{ decision: 'allow', include: [] }, { decision: 7 }]],
  ])('has no policies where they come as %s', async (_, policies) => {
    expect(await ssoAppWith({ policies })).toEqual({ ...BARE, id: 'b' });
  });

  it('is found among applications whose policies have another shape', async () => {
    const wiki = { id: 'a', type: 'self_hosted', policies: ['p1'], allowed_idps: 'x' };
    expect(await ssoAppAmong([wiki, ...APPS])).toMatchObject({ id: 'b' });
  });

  it('is looked for once for many email domains, also at the same time', async () => {
    await using server = await startApiServer(success(APPS));
    using setup = clientOf(server.apiUrl);
    const access = accessOf(setup);
    await Promise.all([access.ssoApp(), access.ssoApp()]);
    expect(await access.ssoApp()).toMatchObject({ id: 'b' });
    expect(server.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      `GET /accounts/${ACCOUNT_ID}/access/apps`,
    ]);
  });

  it('is looked for again after a minute, or for who wants it newer', async () => {
    await using server = await startApiServer(success([]), success(APPS));
    using setup = clientOf(server.apiUrl);
    const access = accessOf(setup);
    expect(await access.ssoApp()).toBeUndefined();
    await setup.clock.sleep(1);
    expect(await access.ssoApp(NOON_MS)).toBeUndefined();
    expect(await access.ssoApp(setup.clock.now())).toMatchObject({ id: 'b' });
    expect(await access.ssoApp(setup.clock.now())).toMatchObject({ id: 'b' });
    expect(server.requests).toHaveLength(2);
    await setup.clock.sleep(MINUTE_MS + 1);
    await access.ssoApp();
    expect(server.requests).toHaveLength(3);
  });

  it('is looked for on every page', async () => {
    const pages = [APPS.slice(0, 1), APPS.slice(1)].map((apps, index) =>
      success(apps, { page: index + 1, per_page: 1, count: apps.length, total_count: 3 }),
    );
    const [first = success([]), second = success([])] = pages;
    await using server = await startApiServer(first, second);
    using setup = clientOf(server.apiUrl);
    expect(await accessOf(setup).ssoApp()).toMatchObject({ id: 'b' });
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
    expect(await ssoAppWith({ name: null })).toMatchObject({ id: 'b', name: 'SSO App' });
  });

  it('names the permission when the token lacks it', async () => {
    await using server = await startApiServer(failure(403));
    using setup = clientOf(server.apiUrl);
    const error = await rejectionOf(accessOf(setup).ssoApp(), CloudflareApiError);
    expect(error).toMatchObject({
      status: 403,
      permission: 'Access: Apps and Policies: Read',
      hint: expect.stringContaining('"Access: Apps and Policies: Read"'),
    });
  });

  it.each([500, 429])('is looked for again after a %d: an enable may depend on it', async (status) => {
    await using server = await startApiServer(failure(status), success(APPS));
    using setup = clientOf(server.apiUrl);
    expect(await accessOf(setup).ssoApp()).toMatchObject({ id: 'b' });
    expect(server.requests).toHaveLength(2);
  });
});

describe('ssoApp in the sandbox', () => {
  it('is there once a connector is enabled, and not before', async () => {
    await using sandbox = await startSandbox();
    const apiToken = sandbox.apiToken;
    using setup = clientOf(sandbox.apiUrl, { apiToken });
    const { id } = sandbox.seedConnector({ emailDomain: DOMAIN, status: 'verified' });
    expect(await accessOf(setup, sandbox.accountId).ssoApp()).toBeUndefined();
    sandbox.api.store.update(sandbox.accountId, id, { enabled: true });
    const app = await accessOf(setup, sandbox.accountId).ssoApp();
    const { app_uid: uid } = sandbox.playSignIn({ email: `alex@${DOMAIN}` });
    expect(app).toEqual({
      id: uid,
      uid,
      name: 'SSO App',
      allowedIdps: [],
      policies: [
        { decision: 'allow', include: [{ email_domain: { domain: DOMAIN } }], exclude: [], require: [] },
      ],
    });
  });

  it('is not for a token without the permission', async () => {
    await using sandbox = await startSandbox();
    const apiToken = sandbox.addToken({ permissions: ['sso:write', 'access-idp:read'] });
    using setup = clientOf(sandbox.apiUrl, { apiToken });
    const access = accessOf(setup, sandbox.accountId);
    expect((await rejectionOf(access.ssoApp(), CloudflareApiError)).status).toBe(403);
    expect(await access.identityProviders()).toHaveLength(1);
  });
});
