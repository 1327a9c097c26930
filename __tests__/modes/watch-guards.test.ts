import { describe, expect, it } from 'vitest';
import type { DashSsoApp } from '../../src/cloudflare/access.ts';
import { CloudflareApiError } from '../../src/cloudflare/api-error.ts';
import type { Drift, DriftKind } from '../../src/domain/drift.ts';
import { StoppedError } from '../../src/domain/errors.ts';
import type { DomainResult } from '../../src/domain/run-result.ts';
import type { Settings } from '../../src/domain/settings.ts';
import { NetworkError } from '../../src/http/network-error.ts';
import { watchAccount, watchDomain } from '../../src/modes/watch-guards.ts';
import { workOnAll } from '../../src/modes/work.ts';
import { rejectionOf } from '../checks/errors.ts';
import { facts, line } from '../checks/facts.ts';
import { fakeClock, NOON_MS } from '../fakes/clock.ts';
import { fakeServices, type World } from '../fakes/services.ts';
import { CONNECTOR_ID, DOMAIN, sampleConnector, sampleDomain, sampleSettings } from '../samples/results.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const enabled = sampleConnector({ enabled: true, verificationStatus: 'verified' });
const disabled = { ...enabled, enabled: false };

function settingsOf(changes: Partial<Settings> & { expectEnabled?: boolean } = {}): Settings {
  const { expectEnabled = true, ...others } = changes;
  const settings = sampleSettings({ modes: ['check'], ...others });
  return { ...settings, check: { ...settings.check, expectEnabled, failOnDrift: false } };
}

function allowing(...emailDomains: readonly string[]): DashSsoApp {
  const include = emailDomains.map((domain) => ({ email_domain: { domain } }));
  const policies = [{ decision: 'allow', include, exclude: [], require: [] }];
  return { id: 'app1', uid: 'app1', name: 'SSO App', allowedIdps: [], policies };
}

/** Whatever a failed request says about `permission`. */
function forbidden(permission: string): CloudflareApiError {
  return new CloudflareApiError('No.', { retryability: 'permanent', status: 403, errors: [], permission });
}

const noOrganization = new CloudflareApiError('No.', {
  retryability: 'permanent',
  status: 404,
  errors: [{ code: 9999, message: 'access.api.error.not_enabled' }],
});
const down = new NetworkError('It is down.', { retryability: 'ambiguous' });
const member = (emailDomain: string, isSuperAdministrator = true) => ({
  emailDomain,
  isSuperAdministrator,
  isPlusAddress: false,
});

function resultsOf(...connectors: readonly (typeof enabled)[]): readonly DomainResult[] {
  return connectors.map((connector) => ({
    domain: sampleDomain({ name: connector.emailDomain, connector }),
    failure: undefined,
  }));
}

/** What is seen of the account of one enabled connector. */
function watchedAccount(world: World, settings = settingsOf(), results = resultsOf(enabled)) {
  return watchAccount(results, settings, fakeServices({ connector: enabled, ...world }));
}

function watchedDomain(world: World, settings = settingsOf()) {
  const services = fakeServices({ connector: enabled, ssoApp: allowing(DOMAIN), ...world });
  return watchDomain(world.connector ?? enabled, settings, services);
}

const NOTHING = { drift: [], notChecked: [] };

/** By kind: the permission it needs, and the request that needs it when it cannot be made. */
const PERMISSIONS = {
  'identity-provider-missing': 'Access: Organizations, Identity Providers, and Groups: Read',
  'nobody-outside': 'Account Settings: Read',
  'sso-app-policy': 'Access: Apps and Policies: Read',
} as const satisfies Partial<Record<DriftKind, string>>;

function unreadable(kind: DriftKind, failure: Error): World {
  const fails = (): Promise<never> => Promise.reject(failure);
  if (kind === 'identity-provider-missing') return { access: { identityProviders: fails } };
  if (kind === 'sso-app-policy') return { access: { ssoApp: fails } };
  return kind === 'token-expires' ? { tokenApi: { facts: fails } } : { membersApi: { accepted: fails } };
}

describe('drift of the account', () => {
  it('is none where everything is as it should be', async () => {
    expect(await watchedAccount({})).toEqual(NOTHING);
  });

  it.each<[DriftKind, string, World, readonly string[]]>([
    ['identity-provider-missing', 'there is none', { identityProviders: [] }, ['no identity provider']],
    [
      'identity-provider-missing',
      'Cloudflare itself is the only one',
      { identityProviders: [{ id: 'x', name: '', type: 'cloudflare' }] },
      ['type cloudflare'],
    ],
    [
      'identity-provider-missing',
      'there is only the one-time PIN',
      { identityProviders: [{ id: 'x', name: '', type: 'onetimepin' }] },
      ['one-time PIN'],
    ],
    [
      'identity-provider-missing',
      'there is no Zero Trust organization',
      unreadable('identity-provider-missing', noOrganization),
      ['Zero Trust organization'],
    ],
    [
      'token-expires',
      'it does so in three weeks',
      { token: { expiresAtMs: NOON_MS + 21 * DAY_MS } },
      ['2026-01-26'],
    ],
    ['token-expires', 'it has', { token: { expiresAtMs: NOON_MS - DAY_MS } }, ['expired', '2026-01-04']],
    ['nobody-outside', 'all are inside', { members: [member(DOMAIN)] }, ['super administrator']],
    [
      'nobody-outside',
      'only another role is outside',
      { members: [member(DOMAIN), member('other.example', false)] },
      ['super administrator'],
    ],
  ])('%s: %s', async (kind, _, world, seen) => {
    const { drift, notChecked } = await watchedAccount(world);
    expect(drift).toEqual([
      {
        kind,
        email_domain: DOMAIN,
        expected: expect.stringMatching(/\S[^.]$/),
        actual: expect.stringMatching(facts(...seen)),
        remedy: expect.stringMatching(/\S\.$/),
      },
    ]);
    // It stands in the middle of a sentence.
    expect(drift[0]?.actual).not.toMatch(/\.$/);
    expect(notChecked).toEqual([]);
  });

  it('does not warn of a token that lives longer than a month', async () => {
    expect(await watchedAccount({ token: { expiresAtMs: NOON_MS + 31 * DAY_MS } })).toEqual(NOTHING);
  });

  it('counts the email domains of the step, and those enabled besides, as inside', async () => {
    const world = { members: [member('b.example'), member('c.example')] };
    const other = { ...enabled, id: 'other', emailDomain: 'c.example' };
    expect(await watchedAccount(world)).toEqual(NOTHING);
    const { drift } = await watchedAccount(
      { ...world, connectors: [enabled, other] },
      settingsOf({ emailDomains: [DOMAIN, 'b.example'] }),
    );
    expect(drift.map(({ kind }) => kind)).toEqual(['nobody-outside']);
  });

  it('is told once for several email domains, and of all of them', async () => {
    const results = resultsOf(enabled, { ...enabled, id: 'b', emailDomain: 'b.example' });
    const world = { identityProviders: [], members: [], token: { expiresAtMs: NOON_MS + DAY_MS } };
    const { drift } = await watchedAccount(world, settingsOf(), results);
    expect(drift.map(({ kind, email_domain }) => [kind, email_domain])).toEqual([
      ['identity-provider-missing', 'all email domains'],
      ['token-expires', 'all email domains'],
      ['nobody-outside', 'all email domains'],
    ]);
  });
});

describe('what cannot be read', () => {
  it.each(['identity-provider-missing', 'nobody-outside'] as const)(
    '%s is not checked, with the permission, and no drift',
    async (kind) => {
      const permission = PERMISSIONS[kind];
      const watched = await watchedAccount(unreadable(kind, forbidden(permission)));
      expect(watched).toEqual({ drift: [], notChecked: [{ kind, permission }] });
    },
  );

  it('sso-app-policy is not checked, with the permission, and no drift', async () => {
    const permission = PERMISSIONS['sso-app-policy'];
    const watched = await watchedDomain(unreadable('sso-app-policy', forbidden(permission)));
    expect(watched).toEqual({ drift: [], notChecked: [{ kind: 'sso-app-policy', permission }] });
  });

  it.each(['identity-provider-missing', 'token-expires', 'nobody-outside', 'sso-app-policy'] as const)(
    '%s is not checked, without a permission, when the API does not answer',
    async (kind) => {
      const watch = kind === 'sso-app-policy' ? watchedDomain : watchedAccount;
      const watched = await watch(unreadable(kind, down));
      expect(watched).toEqual({ drift: [], notChecked: [{ kind }] });
    },
  );

  it('hides no drift that can be read', async () => {
    const world = {
      ...unreadable('nobody-outside', forbidden(PERMISSIONS['nobody-outside'])),
      identityProviders: [],
    };
    const { drift, notChecked } = await watchedAccount(world);
    expect(drift.map(({ kind }) => kind)).toEqual(['identity-provider-missing']);
    expect(notChecked.map(({ kind }) => kind)).toEqual(['nobody-outside']);
  });

  it('hides no drift that has nothing to do with it', async () => {
    const world = { ...unreadable('identity-provider-missing', down), members: [] };
    const { drift, notChecked } = await watchedAccount(world);
    expect(drift.map(({ kind }) => kind)).toEqual(['nobody-outside']);
    expect(notChecked.map(({ kind }) => kind)).toEqual(['identity-provider-missing']);
  });

  it('is not what a stop is', async () => {
    const stop = new StoppedError('Stopped by SIGTERM.');
    const watched = watchedAccount(unreadable('token-expires', stop));
    expect(await rejectionOf(watched, StoppedError)).toBe(stop);
  });
});

describe('drift of the Access application', () => {
  const other = allowing('other.example');
  const POLICY = { decision: 'deny', include: [{ everyone: {} }], exclude: [], require: [] };

  it.each<[string, World]>([
    ['allows the email domain', { ssoApp: allowing(DOMAIN) }],
    ['does not exist yet', { connector: disabled, access: { ssoApp: async () => undefined } }],
  ])('is none when it %s', async (_, world) => {
    expect(await watchedDomain(world)).toEqual(NOTHING);
  });

  it.each<[string, World, string]>([
    ['is gone', { access: { ssoApp: async () => undefined } }, 'gone'],
    ['has no policy', { ssoApp: { ...other, policies: [] } }, 'No policy'],
    ['allows another email domain', { ssoApp: other }, 'No policy'],
    ['denies everyone', { ssoApp: { ...other, policies: [POLICY] } }, 'denies'],
    [
      'allows only a provider that does not exist',
      { ssoApp: { ...allowing(DOMAIN), allowedIdps: ['gone'] } },
      'allowed_idps',
    ],
  ])('is found when it %s', async (_, world, seen) => {
    const { drift, notChecked } = await watchedDomain(world);
    expect(drift).toEqual([
      {
        kind: 'sso-app-policy',
        email_domain: DOMAIN,
        connector_id: CONNECTOR_ID,
        expected: expect.stringContaining('Access application'),
        actual: expect.stringContaining(seen),
        remedy: expect.stringMatching(/\S\.$/),
      },
    ]);
    expect(notChecked).toEqual([]);
  });

  it('is open when it depends on a group', async () => {
    const policies = [{ decision: 'allow', include: [{ group: { id: 'x' } }], exclude: [], require: [] }];
    const watched = await watchedDomain({ ssoApp: { ...other, policies } });
    expect(watched).toEqual({ drift: [], notChecked: [{ kind: 'sso-app-policy' }] });
  });
});

describe('a connector that is neither enabled nor expected to be', () => {
  const bad = { identityProviders: [], members: [], token: { expiresAtMs: NOON_MS } };
  const settings = settingsOf({ expectEnabled: false });

  it('is not watched, and nothing is read for it', async () => {
    const services = fakeServices({ connector: disabled, ...bad });
    expect(await watchDomain(disabled, settings, services)).toEqual(NOTHING);
    expect(await watchAccount(resultsOf(disabled), settings, services)).toEqual(NOTHING);
    expect(services).toMatchObject({ calls: [], reads: [] });
  });

  it.each([
    [disabled, true],
    [enabled, false],
  ])(
    'is watched if only one of both holds (%o, expected to be enabled: %s)',
    async (connector, expectEnabled) => {
      const watched = await watchedAccount(bad, settingsOf({ expectEnabled }), resultsOf(connector));
      expect(watched.drift).toHaveLength(3);
    },
  );

  it('does not keep another one of the account from being watched', async () => {
    const results = resultsOf(disabled, { ...enabled, id: 'b', emailDomain: 'b.example' });
    expect((await watchedAccount(bad, settings, results)).drift).toHaveLength(3);
  });

  it('is not watched if there is no connector at all', async () => {
    const results = [{ domain: sampleDomain({ sight: 'absent' }), failure: undefined }];
    expect(await watchedAccount(bad, settingsOf(), results)).toEqual(NOTHING);
  });
});

describe('mode check of a step', () => {
  const emailDomains = [DOMAIN, 'b.example'];
  const connectors = emailDomains.map((emailDomain) => ({ ...enabled, id: emailDomain, emailDomain }));
  const bad: World = {
    connectors,
    identityProviders: [{ id: 'x', name: '', type: 'cloudflare' }],
    members: [member(DOMAIN)],
    token: { expiresAtMs: NOON_MS + 20 * DAY_MS },
    ssoApp: allowing(DOMAIN),
  };
  const settings = settingsOf({ emailDomains });
  const named = (drift: readonly Drift[] = []) =>
    drift.map(({ kind, email_domain }) => `${email_domain}: ${kind}`);

  it('finds what is wrong with the account once and with each domain by itself', async () => {
    const { drift } = await workOnAll(settings, fakeServices(bad));
    expect(named(drift?.differences)).toEqual([
      'all email domains: identity-provider-missing',
      'all email domains: nobody-outside',
      'all email domains: token-expires',
      'b.example: sso-app-policy',
    ]);
    expect(drift).toMatchObject({ drift: true, checked: ['b.example', DOMAIN], not_checked: [] });
  });

  it('logs each difference and each kind that is not checked, once', async () => {
    const permission = PERMISSIONS['sso-app-policy'];
    const world = { ...bad, ...unreadable('sso-app-policy', forbidden(permission)) };
    const services = fakeServices(world);
    const { drift } = await workOnAll(settings, services);
    expect(drift?.not_checked).toEqual([{ kind: 'sso-app-policy', permission }]);
    const told = (start: string) => services.log.lines.filter((one) => one.startsWith(`info: ${start}`));
    expect(told('Not checked')).toEqual([line('info', 'sso-app-policy', permission)]);
    expect(told('Drift: all email domains')).toHaveLength(3);
  });

  it('sorts what is not checked by kind', async () => {
    const world: World = {
      connectors,
      ...unreadable('token-expires', down),
      ...unreadable('nobody-outside', down),
      access: { identityProviders: () => Promise.reject(down), ssoApp: () => Promise.reject(down) },
    };
    const { drift } = await workOnAll(settings, fakeServices(world));
    expect(drift).toMatchObject({
      drift: false,
      not_checked: [
        { kind: 'identity-provider-missing' },
        { kind: 'nobody-outside' },
        { kind: 'sso-app-policy' },
        { kind: 'token-expires' },
      ],
    });
  });

  it('gives the same report at another time, so that the drift issue is not rewritten', async () => {
    const later = fakeClock();
    await later.sleep(7 * DAY_MS);
    const [one, other] = [fakeServices(bad), fakeServices({ ...bad, clock: later })];
    const first = await workOnAll(settings, one);
    const second = await workOnAll({ ...settings, emailDomains: emailDomains.toReversed() }, other);
    expect(JSON.stringify(second.drift)).toBe(JSON.stringify(first.drift));
    expect(first.drift?.differences).toHaveLength(4);
  });

  it('finds nothing of that where nothing is wrong', async () => {
    const world = { connectors, ssoApp: allowing(...emailDomains) };
    const { drift, failures } = await workOnAll(settings, fakeServices(world));
    expect(drift).toMatchObject({ drift: false, not_checked: [] });
    expect(failures).toEqual([]);
  });
});
