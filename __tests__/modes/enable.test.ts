import { describe, expect, it } from 'vitest';
import { CloudflareApiError } from '../../src/cloudflare/api-error.ts';
import type { SsoConnector } from '../../src/domain/connector.ts';
import { ActionError, InputError, StoppedError, TimeoutError } from '../../src/domain/errors.ts';
import type { Settings } from '../../src/domain/settings.ts';
import { NetworkError } from '../../src/http/network-error.ts';
import { enable } from '../../src/modes/enable.ts';
import { rejectionOf } from '../checks/errors.ts';
import { facts, line } from '../checks/facts.ts';
import { fakeClock } from '../fakes/clock.ts';
import { fakeServices } from '../fakes/services.ts';
import {
  CONNECTOR_ID,
  createdDomain,
  DOMAIN,
  domainAfter,
  FINDING,
  sampleConnector,
  sampleDomain,
  sampleReport,
  sampleSettings,
} from '../samples/results.ts';

const FIND = `find "${DOMAIN}"`;
const GET = `get "${CONNECTOR_ID}"`;
const PREFLIGHT = 'identityProviders';
const PATCH = 'change {"enabled":true}';
const APP = 'ssoApp';
/** What the log says once a connector is enabled, and not before. */
const SUCCESS = 'is enabled';

const verified = sampleConnector({ verificationStatus: 'verified' });
const pending = sampleConnector({ verificationStatus: 'pending' });

function waiting(changes: Partial<Settings['wait']>): Settings {
  const settings = sampleSettings();
  return { ...settings, wait: { ...settings.wait, ...changes } };
}

function sights(...statuses: readonly SsoConnector['verificationStatus'][]) {
  return statuses.map((verificationStatus) => ({ verificationStatus }));
}

describe('enable of a verified connector', () => {
  it('looks it up, looks for an identity provider and switches it on', async () => {
    const services = fakeServices({ connector: verified });
    const domain = await domainAfter(enable, sampleDomain(), sampleSettings(), services);
    expect(services.calls).toEqual([FIND, PREFLIGHT, PATCH, APP]);
    expect(domain).toMatchObject({ changed: true, timedOut: false, connector: { enabled: true } });
  });

  it('says before the change whom it affects, and afterwards how to get back in', async () => {
    const services = fakeServices({ connector: verified });
    await enable(sampleDomain(), sampleSettings(), services);
    expect(services.logAt(PATCH)).toMatch(
      facts(`every user of ${DOMAIN}`, 'every Cloudflare account', 'identity provider'),
    );
    expect(services.logAt(PATCH)).not.toContain(SUCCESS);
    expect(services.log.lines).toContainEqual(
      line('info', CONNECTOR_ID, DOMAIN, SUCCESS, `disable connector ${CONNECTOR_ID}`),
    );
  });

  it('looks it up by the ID that an earlier mode saw', async () => {
    const services = fakeServices({ connector: verified });
    await enable(sampleDomain({ connector: verified }), sampleSettings(), services);
    expect(services.calls).toEqual([GET, PREFLIGHT, PATCH, APP]);
  });

  it('changes nothing in a second run, and does without the preflight', async () => {
    const services = fakeServices({ connector: verified });
    await enable(sampleDomain(), sampleSettings(), services);
    const domain = await domainAfter(enable, sampleDomain(), sampleSettings(), services);
    expect(services.calls.slice(4)).toEqual([FIND]);
    expect(domain).toMatchObject({ changed: false, connector: { enabled: true } });
    expect(services.log.lines.at(-1)).toEqual(line('info', CONNECTOR_ID, DOMAIN, 'already enabled'));
  });

  it('only says what it would do in a dry run, after the preflight', async () => {
    const services = fakeServices({ connector: verified });
    const domain = await domainAfter(enable, sampleDomain(), sampleSettings({ dryRun: true }), services);
    expect(services.calls).toEqual([FIND, PREFLIGHT]);
    expect(domain).toMatchObject({ changed: false, connector: { enabled: false } });
    expect(services.log.lines.at(-1)).toEqual(
      line('info', 'Dry run', 'would enable', DOMAIN, 'now verified'),
    );
  });

  it('looks once more when the answer does not show it enabled', async () => {
    const services = fakeServices({
      connector: verified,
      ssoConnectors: { change: async () => verified },
      sights: [{ enabled: true }],
    });
    const domain = await domainAfter(enable, sampleDomain(), sampleSettings(), services);
    expect(services.calls).toEqual([FIND, PREFLIGHT, PATCH, GET, APP]);
    expect(domain).toMatchObject({ changed: true, connector: { enabled: true } });
  });

  it('fails when it is still disabled then', async () => {
    const domain = sampleDomain();
    const services = fakeServices({ connector: verified, ssoConnectors: { change: async () => verified } });
    const error = await rejectionOf(enable(domain, sampleSettings(), services), ActionError);
    expect(error.message).toMatch(facts('Cloudflare accepted', 'enable', CONNECTOR_ID, 'still disabled'));
    expect(error.hint).toMatch(facts('Run again', 'another account'));
    expect(services.calls).toEqual([FIND, PREFLIGHT, PATCH, GET]);
    expect(domain).toMatchObject({ changed: true, connector: { enabled: false } });
  });

  it('remembers that it changed something when that second look fails', async () => {
    const domain = sampleDomain();
    const failure = new NetworkError('x', { retryability: 'ambiguous' });
    const services = fakeServices({
      connector: verified,
      ssoConnectors: { change: async () => verified, get: () => Promise.reject(failure) },
    });
    expect(await rejectionOf(enable(domain, sampleSettings(), services), NetworkError)).toBe(failure);
    expect(domain).toMatchObject({ changed: true });
  });

  it('remembers that an earlier mode changed something', async () => {
    const services = fakeServices({ connector: sampleConnector({ enabled: true }) });
    const domain = await domainAfter(
      enable,
      await createdDomain({ connector: sampleConnector({ enabled: true }) }),
      sampleSettings(),
      services,
    );
    expect(domain).toMatchObject({ changed: true, created: true });
  });
});

describe('enable without a connector', () => {
  it('says to run create', async () => {
    const domain = sampleDomain();
    const services = fakeServices();
    const error = await rejectionOf(enable(domain, sampleSettings(), services), ActionError);
    expect(error.message).toMatch(facts('no SSO connector', DOMAIN, 'account'));
    expect(error.hint).toContain('mode: create, wait-for-dns, enable');
    expect(services.calls).toEqual([FIND]);
    expect(domain).toMatchObject({ sight: { kind: 'absent' } });
  });

  it('only says what it would do in a dry run of a chain with create', async () => {
    const services = fakeServices();
    const domain = await domainAfter(enable, sampleDomain(), sampleSettings({ dryRun: true }), services);
    expect(domain).toMatchObject({ sight: { kind: 'absent' }, changed: false });
    expect(services.calls).toEqual([FIND]);
    expect(services.log.lines).toEqual([line('info', 'Dry run', 'would enable', 'once it exists')]);
  });

  it('fails in a dry run without create', async () => {
    const settings = sampleSettings({ dryRun: true, modes: ['enable'] });
    await rejectionOf(enable(sampleDomain(), settings, fakeServices()), ActionError);
  });

  it('refuses the connector of another domain', async () => {
    const services = fakeServices({ connector: sampleConnector({ emailDomain: 'other.example' }) });
    const settings = sampleSettings({ connectorId: CONNECTOR_ID });
    const error = await rejectionOf(enable(sampleDomain(), settings, services), ActionError);
    expect(error.message).toContain('belongs to other.example');
    expect(services.calls).toEqual([GET]);
  });

  it('needs credentials', async () => {
    const services = fakeServices({ api: undefined });
    await rejectionOf(enable(sampleDomain(), sampleSettings(), services), InputError);
  });
});

describe('the preflight of enable', () => {
  it('refuses an account without an identity provider', async () => {
    const services = fakeServices({ connector: verified, identityProviders: [] });
    const error = await rejectionOf(enable(sampleDomain(), sampleSettings(), services), ActionError);
    expect(error.message).toContain('has no identity provider');
    expect(error.hint).toContain('preflight: false');
    expect(services.calls).toEqual([FIND, PREFLIGHT]);
  });

  it('refuses an account whose only identity provider is Cloudflare itself', async () => {
    const services = fakeServices({
      connector: verified,
      identityProviders: [{ name: '', type: 'cloudflare' }],
    });
    const error = await rejectionOf(enable(sampleDomain(), sampleSettings(), services), ActionError);
    expect(error.message).toContain('type cloudflare');
    expect(error.hint).toContain('Integrations > Identity providers');
    expect(services.calls).toEqual([FIND, PREFLIGHT]);
  });

  it('refuses an account without a Zero Trust organization, and does not advise to skip the check', async () => {
    const hint = 'Create a Zero Trust organization.';
    for (const status of [403, 404]) {
      const errors = [{ code: 9999, message: 'access.api.error.not_enabled' }];
      const missing = new CloudflareApiError('x', { retryability: 'permanent', status, errors, hint });
      const access = { identityProviders: () => Promise.reject(missing) };
      const services = fakeServices({ connector: verified, access });
      const error = await rejectionOf(enable(sampleDomain(), sampleSettings(), services), ActionError);
      expect(error.message).toContain('no Zero Trust organization');
      expect(error.hint).toBe(hint);
      expect(services.calls).toEqual([FIND, PREFLIGHT]);
    }
  });

  it('refuses in a dry run as well', async () => {
    const services = fakeServices({ connector: verified, identityProviders: [] });
    await rejectionOf(enable(sampleDomain(), sampleSettings({ dryRun: true }), services), ActionError);
  });

  it('refuses when the token may not read them, and names the permission', async () => {
    const forbidden = new CloudflareApiError('GET /x failed.', {
      retryability: 'permanent',
      status: 403,
      errors: [],
      hint: 'It may lack the permission X.',
    });
    const services = fakeServices({
      connector: verified,
      access: { identityProviders: () => Promise.reject(forbidden) },
    });
    const error = await rejectionOf(enable(sampleDomain(), sampleSettings(), services), ActionError);
    expect(error.message).toMatch(facts('Preflight', 'identity provider', 'GET /x failed.'));
    expect(error.hint).toContain('It may lack the permission X.');
    expect(error.hint).toContain('preflight: false');
    expect(error.cause).toBe(forbidden);
    expect(services.calls).toEqual([FIND, PREFLIGHT]);
  });

  it.each([
    new CloudflareApiError('x', { retryability: 'ambiguous', status: 500, errors: [] }),
    new NetworkError('x', { retryability: 'ambiguous' }),
  ])('stops when the look fails for another reason (%s)', async (failure) => {
    const services = fakeServices({
      connector: verified,
      access: { identityProviders: () => Promise.reject(failure) },
    });
    expect(await rejectionOf(enable(sampleDomain(), sampleSettings(), services), ActionError)).toBe(failure);
    expect(services.calls).toEqual([FIND, PREFLIGHT]);
  });

  it.each([
    ['only the one-time PIN', []],
    ['only the one-time PIN and Cloudflare itself', [{ name: '', type: 'cloudflare' }]],
  ])('warns when there is %s, and goes on', async (_, others) => {
    const services = fakeServices({
      connector: verified,
      identityProviders: [{ name: '', type: 'onetimepin' }, ...others],
    });
    const domain = await domainAfter(enable, sampleDomain(), sampleSettings(), services);
    expect(domain.connector?.enabled).toBe(true);
    expect(services.log.lines.filter((entry) => entry.startsWith('warning:'))).toEqual([
      line('warning', 'one-time PIN'),
    ]);
  });

  it('does not warn when there is another one as well, and names them', async () => {
    const services = fakeServices({
      connector: verified,
      identityProviders: [
        { name: 'PIN', type: 'onetimepin' },
        { name: 'authentik', type: 'oidc' },
      ],
    });
    await enable(sampleDomain(), sampleSettings(), services);
    expect(services.log.lines).toContainEqual(line('info', 'authentik (oidc)'));
    expect(services.log.text()).not.toContain('warning:');
  });

  it('is skipped with preflight: false', async () => {
    const services = fakeServices({ connector: verified, identityProviders: [] });
    const domain = await domainAfter(enable, sampleDomain(), sampleSettings({ preflight: false }), services);
    expect(services.calls).toEqual([FIND, PATCH, APP]);
    expect(domain.connector?.enabled).toBe(true);
  });

  it('comes before anything is changed', async () => {
    const services = fakeServices({
      connector: sampleConnector({ verificationStatus: 'awaiting' }),
      identityProviders: [],
    });
    await rejectionOf(enable(sampleDomain(), sampleSettings(), services), ActionError);
    expect(services.calls).toEqual([FIND, PREFLIGHT]);
  });
});

describe('enable of a connector that is not verified yet', () => {
  it('polls, with longer and longer pauses, until it is', async () => {
    const services = fakeServices({
      connector: pending,
      sights: sights('pending', 'pending', 'pending', 'pending', 'pending', 'pending', 'verified'),
    });
    const domain = await domainAfter(enable, sampleDomain(), sampleSettings(), services);
    expect(services.calls).toEqual([FIND, PREFLIGHT, GET, GET, GET, GET, GET, GET, GET, PATCH, APP]);
    expect(services.clock.sleptMs).toEqual([2000, 3000, 4500, 6750, 10_125, 15_000, 15_000]);
    expect(domain).toMatchObject({ changed: true, timedOut: false, connector: { enabled: true } });
  });

  it('never pauses longer than the poll interval', async () => {
    const services = fakeServices({ connector: pending, sights: sights('pending', 'pending', 'verified') });
    await enable(sampleDomain(), waiting({ pollIntervalMs: 1000 }), services);
    expect(services.clock.sleptMs).toEqual([1000, 1000, 1000]);
  });

  it.each(['awaiting', 'failed'] as const)(
    'begins the verification that is %s',
    async (verificationStatus) => {
      const services = fakeServices({
        connector: sampleConnector({ verificationStatus }),
        sights: sights('pending', 'verified'),
      });
      const domain = await domainAfter(enable, sampleDomain(), sampleSettings(), services);
      expect(services.calls).toEqual([FIND, PREFLIGHT, 'beginVerification', GET, GET, PATCH, APP]);
      expect(services.log.lines).toContainEqual(line('info', `was ${verificationStatus}`, 'TXT record'));
      expect(domain.connector?.enabled).toBe(true);
    },
  );

  it.each(['pending', undefined] as const)('begins none when it is %s', async (verificationStatus) => {
    const services = fakeServices({
      connector: sampleConnector({ verificationStatus }),
      sights: sights('verified'),
    });
    await enable(sampleDomain(), sampleSettings(), services);
    expect(services.calls).toEqual([FIND, PREFLIGHT, GET, PATCH, APP]);
  });

  it('never takes an unknown status for verified', async () => {
    const services = fakeServices({ connector: sampleConnector({ verificationStatus: undefined }) });
    const error = await rejectionOf(enable(sampleDomain(), sampleSettings(), services), TimeoutError);
    expect(error.message).toContain('status unknown');
    expect(services.calls).not.toContain(PATCH);
  });

  it('remembers that it began the verification when the next look fails', async () => {
    const domain = sampleDomain();
    const services = fakeServices({
      connector: sampleConnector({ verificationStatus: 'awaiting' }),
      ssoConnectors: { get: () => Promise.reject(new ActionError('No.')) },
    });
    await rejectionOf(enable(domain, sampleSettings(), services), ActionError);
    expect(domain).toMatchObject({ changed: true });
  });

  it('only says so in a dry run', async () => {
    const services = fakeServices({ connector: sampleConnector({ verificationStatus: 'failed' }) });
    await enable(sampleDomain(), sampleSettings({ dryRun: true }), services);
    expect(services.calls).toEqual([FIND, PREFLIGHT]);
    expect(services.log.lines.at(-1)).toEqual(line('info', 'Dry run', 'would enable', DOMAIN, 'now failed'));
  });

  it('stops at once when the runner says so', async () => {
    const stop = new AbortController();
    const reason = new StoppedError('Stopped by SIGTERM.');
    const clock = fakeClock(() => stop.abort(reason));
    const services = fakeServices({ connector: pending, clock, signal: stop.signal });
    expect(await rejectionOf(enable(sampleDomain(), sampleSettings(), services), StoppedError)).toBe(reason);
    expect(services.calls).toEqual([FIND, PREFLIGHT]);
  });
});

describe('enable of a connector whose verification fails', () => {
  const awaiting = sampleConnector({ verificationStatus: 'awaiting' });
  const statuses = sights('failed', 'failed');
  const invisible = sampleReport({ visible: false });

  it('believes it only when it sees it twice in a row', async () => {
    const services = fakeServices({
      connector: awaiting,
      sights: sights('failed', 'pending', 'failed', 'pending', 'verified'),
    });
    const domain = await domainAfter(enable, sampleDomain(), sampleSettings(), services);
    expect(domain.connector?.enabled).toBe(true);
  });

  it('fails with what DNS says from here', async () => {
    const domain = sampleDomain();
    const services = fakeServices({ connector: awaiting, sights: statuses, reports: [invisible] });
    const error = await rejectionOf(enable(domain, sampleSettings(), services), ActionError);
    expect(error).not.toBeInstanceOf(TimeoutError);
    expect(error.message).toMatch(facts('could not verify', DOMAIN, 'status failed', FINDING.evidence));
    expect(error.hint).toBe(FINDING.remedy);
    expect(services.calls.at(-1)).toMatch(/^waitFor .*"timeoutMs":0/);
    expect(domain).toMatchObject({
      changed: true,
      connector: { verificationStatus: 'failed' },
    });
  });

  it('says to run again when the record is visible from here', async () => {
    const services = fakeServices({ connector: awaiting, sights: statuses });
    const error = await rejectionOf(enable(sampleDomain(), sampleSettings(), services), ActionError);
    expect(error.message).toContain('visible from here');
    expect(error.hint).toContain('Run again');
  });

  it('uses what wait-for-dns saw', async () => {
    const services = fakeServices({ connector: awaiting, sights: statuses });
    const domain = sampleDomain({ dns: invisible, connector: awaiting });
    const error = await rejectionOf(enable(domain, sampleSettings(), services), ActionError);
    expect(error.message).toContain(FINDING.evidence);
    expect(services.calls.filter((call) => call.startsWith('waitFor'))).toEqual([]);
  });

  it('says no more than that when it does not know the code', async () => {
    const connector = sampleConnector({ verificationStatus: 'awaiting', verificationCode: undefined });
    const services = fakeServices({ connector, sights: statuses });
    const error = await rejectionOf(enable(sampleDomain(), sampleSettings(), services), ActionError);
    expect(error.message).toMatch(facts('could not verify', DOMAIN, 'status failed'));
    expect(error.message).not.toContain('from here');
    expect(services.calls.filter((call) => call.startsWith('waitFor'))).toEqual([]);
  });
});

describe('enable when its time runs out', () => {
  it('fails and says how long it waited and that a later run continues', async () => {
    const domain = sampleDomain();
    const services = fakeServices({ connector: pending });
    const startedAtMs = services.clock.now();
    const error = await rejectionOf(enable(domain, sampleSettings(), services), TimeoutError);
    expect(services.clock.now() - startedAtMs).toBe(1_800_000);
    expect(error.message).toMatch(facts('has not verified', DOMAIN, '30m', 'status pending'));
    expect(error.hint).toMatch(facts('Run the same step again', 'wait-for-dns'));
    expect(domain).toMatchObject({ timedOut: true, changed: false });
    expect(services.calls).not.toContain(PATCH);
  });

  it('looks a last time when the time is over', async () => {
    const services = fakeServices({ connector: pending, sights: sights('verified') });
    const domain = await domainAfter(enable, sampleDomain(), waiting({ timeoutMs: 700 }), services);
    expect(services.clock.sleptMs).toEqual([700]);
    expect(domain.connector?.enabled).toBe(true);
  });

  it('only ends with on-timeout: continue, not enabled', async () => {
    const services = fakeServices({ connector: pending });
    const domain = await domainAfter(enable, sampleDomain(), waiting({ onTimeout: 'continue' }), services);
    expect(domain).toMatchObject({ timedOut: true, connector: { enabled: false } });
    expect(services.calls).not.toContain(PATCH);
    expect(services.log.lines.at(-1)).toEqual(line('warning', 'has not verified', DOMAIN));
  });

  it('looks once and does not sleep with a timeout of 0', async () => {
    const services = fakeServices({ connector: pending });
    const error = await rejectionOf(
      enable(sampleDomain(), waiting({ timeoutMs: 0 }), services),
      TimeoutError,
    );
    expect(services.calls).toEqual([FIND, PREFLIGHT]);
    expect(services.clock.sleptMs).toEqual([]);
    expect(error.message).not.toMatch(/\d/);
  });

  it('still begins the verification with a timeout of 0', async () => {
    const domain = sampleDomain();
    const services = fakeServices({ connector: sampleConnector({ verificationStatus: 'awaiting' }) });
    await rejectionOf(enable(domain, waiting({ timeoutMs: 0 }), services), TimeoutError);
    expect(services.calls).toEqual([FIND, PREFLIGHT, 'beginVerification', GET]);
    expect(domain).toMatchObject({ timedOut: true, changed: true });
  });

  it('enables what is already verified with a timeout of 0', async () => {
    const services = fakeServices({ connector: verified });
    const domain = await domainAfter(enable, sampleDomain(), waiting({ timeoutMs: 0 }), services);
    expect(domain.connector?.enabled).toBe(true);
  });
});

function refusedWith(status: number, hint?: string): CloudflareApiError {
  const errors = [{ code: 1000, message: 'No' }];
  return new CloudflareApiError('PATCH /x failed: No.', { retryability: 'permanent', status, errors, hint });
}

describe('enable when the connector vanishes while it polls', () => {
  const gone = refusedWith(404);

  it('says that somebody deleted it, and forgets it and its code', async () => {
    const domain = sampleDomain();
    const services = fakeServices({
      connector: pending,
      ssoConnectors: { get: () => Promise.reject(gone) },
    });
    const error = await rejectionOf(enable(domain, sampleSettings(), services), ActionError);
    expect(error.message).toMatch(facts(CONNECTOR_ID, DOMAIN, 'is gone', 'deleted'));
    expect(error.hint).toMatch(facts('run create again', 'verification code'));
    expect(error.cause).toBe(gone);
    expect(domain).toMatchObject({
      connector: undefined,
      sight: { kind: 'absent' },
      verificationCode: undefined,
      name: DOMAIN,
    });
    expect(services.calls).toEqual([FIND, PREFLIGHT, GET]);
  });

  it('remembers that it began the verification before', async () => {
    const domain = sampleDomain();
    const services = fakeServices({
      connector: sampleConnector({ verificationStatus: 'awaiting' }),
      ssoConnectors: { get: () => Promise.reject(gone) },
    });
    await rejectionOf(enable(domain, sampleSettings(), services), ActionError);
    expect(domain).toMatchObject({ sight: { kind: 'absent' }, changed: true });
  });

  it.each([403, 500])('passes on a %d, and forgets nothing', async (status) => {
    const domain = sampleDomain();
    const failure = refusedWith(status);
    const services = fakeServices({
      connector: pending,
      ssoConnectors: { get: () => Promise.reject(failure) },
    });
    const work = enable(domain, sampleSettings(), services);
    expect(await rejectionOf(work, CloudflareApiError)).toBe(failure);
    expect(domain).toMatchObject({ connector: pending });
  });
});

describe('enable when Cloudflare refuses', () => {
  const KNOWN = { changed: false, sight: { kind: 'seen' } };
  const IN_DOUBT = { changed: undefined, sight: { kind: 'in-doubt' } };

  async function refusal(failure: Error, known: object = KNOWN): Promise<ActionError> {
    const domain = sampleDomain();
    const services = fakeServices({
      connector: verified,
      ssoConnectors: { change: () => Promise.reject(failure) },
    });
    const error = await rejectionOf(enable(domain, sampleSettings(), services), ActionError);
    expect(services.calls).toEqual([FIND, PREFLIGHT, PATCH]);
    expect(domain).toMatchObject({ ...known, connector: { enabled: false } });
    expect(services.log.text()).not.toContain(SUCCESS);
    return error;
  }

  it.each([400, 409, 422])(
    'with a %d, it quotes Cloudflare and points to the other account',
    async (status) => {
      const failure = refusedWith(status);
      const error = await refusal(failure);
      expect(error.message).toMatch(facts('refuses to enable', 'PATCH /x failed: No.'));
      expect(error.hint).toMatch(facts('Only one account', 'mode disable', 'connector-id', 'account-id'));
      expect(error.cause).toBe(failure);
    },
  );

  it.each([401, 403, 404, 429, 500, 503])('with a %d, the error keeps its own hint', async (status) => {
    const failure = refusedWith(status, 'Its own hint.');
    expect(await refusal(failure)).toBe(failure);
  });

  it('leaves an error of the network as it is, and does not claim that nothing was enabled', async () => {
    const failure = new NetworkError('x', { retryability: 'ambiguous', hint: 'Its own hint.' });
    expect(await refusal(failure, IN_DOUBT)).toBe(failure);
  });

  it('says whom the change affects before it is refused', async () => {
    const services = fakeServices({
      connector: verified,
      ssoConnectors: { change: () => Promise.reject(refusedWith(409)) },
    });
    await rejectionOf(enable(sampleDomain(), sampleSettings(), services), ActionError);
    expect(services.logAt(PATCH)).toContain(`every user of ${DOMAIN}`);
  });
});

describe('the sentence about all users', () => {
  it('is the last one before the change', async () => {
    const services = fakeServices({ connector: verified });
    await enable(sampleDomain(), sampleSettings(), services);
    expect(services.logAt(PATCH).split('\n').at(-1)).toEqual(
      line('info', `every user of ${DOMAIN}`, 'every Cloudflare account', 'identity provider'),
    );
  });

  it.each<[string, Parameters<typeof fakeServices>[0], Settings]>([
    ['it is already enabled', { connector: sampleConnector({ enabled: true }) }, sampleSettings()],
    ['it is a dry run', { connector: verified }, sampleSettings({ dryRun: true })],
    ['it is not verified in time', { connector: pending }, waiting({ onTimeout: 'continue' })],
  ])('is not said when %s', async (_, world, settings) => {
    const services = fakeServices(world);
    await enable(sampleDomain(), settings, services);
    expect(services.log.text()).not.toContain('every user of');
    expect(services.calls).not.toContain(PATCH);
  });
});

describe('the Access application after enable', () => {
  const ssoApp = { id: 'app1', name: 'SSO App' };

  it('is named and kept', async () => {
    const services = fakeServices({ connector: verified, ssoApp });
    const domain = await domainAfter(enable, sampleDomain(), sampleSettings(), services);
    expect(domain).toMatchObject({ ssoApp, changed: true, connector: { enabled: true } });
    expect(services.log.lines.at(-1)).toEqual(line('info', 'Access application', ssoApp.name, ssoApp.id));
  });

  it('may not exist yet', async () => {
    const services = fakeServices({ connector: verified });
    const domain = await domainAfter(enable, sampleDomain(), sampleSettings(), services);
    expect(domain).toMatchObject({ ssoApp: undefined, connector: { enabled: true } });
    expect(services.log.lines.at(-1)).toEqual(line('info', 'Access application', 'dash_sso', 'yet'));
  });

  it.each([
    refusedWith(403),
    refusedWith(404),
    refusedWith(500),
    new NetworkError('No answer.', { retryability: 'ambiguous' }),
  ])('never makes an enabled connector a failure (%s)', async (failure) => {
    const services = fakeServices({
      connector: verified,
      access: { ssoApp: () => Promise.reject(failure) },
    });
    const domain = await domainAfter(enable, sampleDomain(), sampleSettings(), services);
    expect(domain).toMatchObject({ ssoApp: undefined, changed: true, connector: { enabled: true } });
    expect(services.log.lines.at(-1)).toEqual(line('info', 'Access application', failure.message));
    expect(services.log.text()).not.toMatch(/^(warning|error):/m);
  });

  it.each([
    ['a stop', new StoppedError('Stopped by SIGTERM.')],
    ['a defect', new TypeError('x is undefined')],
  ])('hides neither %s', async (_, thrown) => {
    const domain = sampleDomain();
    const services = fakeServices({
      connector: verified,
      access: { ssoApp: () => Promise.reject(thrown) },
    });
    expect(await rejectionOf(enable(domain, sampleSettings(), services), Error)).toBe(thrown);
    expect(domain).toMatchObject({ changed: true, connector: { enabled: true } });
  });

  it.each<[string, Parameters<typeof fakeServices>[0], Settings]>([
    ['it was enabled before', { connector: sampleConnector({ enabled: true }), ssoApp }, sampleSettings()],
    ['it is a dry run', { connector: verified, ssoApp }, sampleSettings({ dryRun: true })],
  ])('is not looked for when %s', async (_, world, settings) => {
    const services = fakeServices(world);
    await enable(sampleDomain(), settings, services);
    expect(services.calls).not.toContain(APP);
  });
});
