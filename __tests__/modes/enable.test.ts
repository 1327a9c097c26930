import { describe, expect, it } from 'vitest';
import { CloudflareApiError } from '../../src/cloudflare/api-error.ts';
import type { SsoConnector } from '../../src/domain/connector.ts';
import { ActionError, InputError, StoppedError, TimeoutError } from '../../src/domain/errors.ts';
import { type Progress, withConnector } from '../../src/domain/progress.ts';
import type { Settings } from '../../src/domain/settings.ts';
import { NetworkError } from '../../src/http/network-error.ts';
import { enable } from '../../src/modes/enable.ts';
import { fakeClock } from '../fakes/clock.ts';
import { fakeServices } from '../fakes/services.ts';
import { rejectionOf } from '../samples/errors.ts';
import {
  CONNECTOR_ID,
  DOMAIN,
  FINDING,
  sampleConnector,
  sampleProgress,
  sampleReport,
  sampleSettings,
} from '../samples/results.ts';

const FIND = `find "${DOMAIN}"`;
const GET = `get "${CONNECTOR_ID}"`;
const PREFLIGHT = 'identityProviders';
const PATCH = 'change {"enabled":true}';
const APP = 'ssoApp';

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
    const progress = await enable(sampleProgress(), sampleSettings(), services);
    expect(services.calls).toEqual([FIND, PREFLIGHT, PATCH, APP]);
    expect(progress).toMatchObject({ changed: true, timedOut: false, connector: { enabled: true } });
    expect(services.saved.at(-1)).toEqual(progress);
  });

  it('says what will happen to whom before it happens, and afterwards the way back', async () => {
    const services = fakeServices({ connector: verified });
    await enable(sampleProgress(), sampleSettings(), services);
    expect(services.logAt(PATCH)).toContain(
      `every user of ${DOMAIN}, in every Cloudflare account, must sign in through the identity provider`,
    );
    expect(services.logAt(PATCH)).not.toContain('is enabled.');
    expect(services.log.text()).toContain(`is enabled. To get back in: disable connector ${CONNECTOR_ID}`);
  });

  it('looks by the ID that an earlier mode has learnt', async () => {
    const services = fakeServices({ connector: verified });
    await enable(withConnector(sampleProgress(), verified), sampleSettings(), services);
    expect(services.calls).toEqual([GET, PREFLIGHT, PATCH, APP]);
  });

  it('changes nothing in a second run, and does without the preflight', async () => {
    const services = fakeServices({ connector: verified });
    await enable(sampleProgress(), sampleSettings(), services);
    const progress = await enable(sampleProgress(), sampleSettings(), services);
    expect(services.calls.slice(4)).toEqual([FIND]);
    expect(progress).toMatchObject({ changed: false, connector: { enabled: true } });
    expect(services.log.lines.at(-1)).toContain('is enabled already');
  });

  it('only says what it would do in a dry run, after the preflight', async () => {
    const services = fakeServices({ connector: verified });
    const progress = await enable(sampleProgress(), sampleSettings({ dryRun: true }), services);
    expect(services.calls).toEqual([FIND, PREFLIGHT]);
    expect(progress).toMatchObject({ changed: false, connector: { enabled: false } });
    expect(services.log.text()).toContain(`Dry run: would enable the connector for ${DOMAIN}, now verified.`);
  });

  it('looks once more when the answer does not show it enabled', async () => {
    const services = fakeServices({
      connector: verified,
      ssoConnectors: { change: async () => verified },
      sights: [{ enabled: true }],
    });
    const progress = await enable(sampleProgress(), sampleSettings(), services);
    expect(services.calls).toEqual([FIND, PREFLIGHT, PATCH, GET, APP]);
    expect(progress).toMatchObject({ changed: true, connector: { enabled: true } });
  });

  it('fails when it is not enabled even then', async () => {
    const services = fakeServices({ connector: verified, ssoConnectors: { change: async () => verified } });
    const error = await rejectionOf(enable(sampleProgress(), sampleSettings(), services), ActionError);
    expect(error.message).toContain('still is not enabled');
    expect(error.hint).toContain('another account');
    expect(services.calls).toEqual([FIND, PREFLIGHT, PATCH, GET]);
    expect(services.saved.at(-1)).toMatchObject({ changed: true, connector: { enabled: false } });
  });

  it('does not lose that it has changed something when that further look fails', async () => {
    const failure = new NetworkError('x', { retryability: 'ambiguous' });
    const services = fakeServices({
      connector: verified,
      ssoConnectors: { change: async () => verified, get: () => Promise.reject(failure) },
    });
    expect(await rejectionOf(enable(sampleProgress(), sampleSettings(), services), NetworkError)).toBe(
      failure,
    );
    expect(services.saved.at(-1)).toMatchObject({ changed: true });
  });

  it('keeps what an earlier mode has changed', async () => {
    const services = fakeServices({ connector: sampleConnector({ enabled: true }) });
    const progress = await enable(
      sampleProgress({ changed: true, created: true }),
      sampleSettings(),
      services,
    );
    expect(progress).toMatchObject({ changed: true, created: true });
  });
});

describe('enable without a connector', () => {
  it('says to run create', async () => {
    const services = fakeServices();
    const error = await rejectionOf(enable(sampleProgress(), sampleSettings(), services), ActionError);
    expect(error.message).toBe(`There is no SSO connector for ${DOMAIN} in this account.`);
    expect(error.hint).toContain('mode: create, wait-for-dns, enable');
    expect(services.calls).toEqual([FIND]);
    expect(services.saved.at(-1)).toMatchObject({ isAbsent: true });
  });

  it('only says what it would do in a dry run of a chain with create', async () => {
    const services = fakeServices();
    const progress = await enable(sampleProgress(), sampleSettings({ dryRun: true }), services);
    expect(progress).toMatchObject({ isAbsent: true, changed: false });
    expect(services.calls).toEqual([FIND]);
    expect(services.log.text()).toContain('would enable the connector once it exists');
  });

  it('fails in a dry run without create', async () => {
    const settings = sampleSettings({ dryRun: true, modes: ['enable'] });
    await rejectionOf(enable(sampleProgress(), settings, fakeServices()), ActionError);
  });

  it('refuses the connector of another domain', async () => {
    const services = fakeServices({ connector: sampleConnector({ emailDomain: 'other.example' }) });
    const settings = sampleSettings({ connectorId: CONNECTOR_ID });
    const error = await rejectionOf(enable(sampleProgress(), settings, services), ActionError);
    expect(error.message).toContain('belongs to other.example');
    expect(services.calls).toEqual([GET]);
  });

  it('needs credentials', async () => {
    const services = fakeServices({ api: undefined });
    await rejectionOf(enable(sampleProgress(), sampleSettings(), services), InputError);
  });
});

describe('the preflight of enable', () => {
  it('refuses an account without an identity provider', async () => {
    const services = fakeServices({ connector: verified, identityProviders: [] });
    const error = await rejectionOf(enable(sampleProgress(), sampleSettings(), services), ActionError);
    expect(error.message).toContain('has no identity provider');
    expect(error.hint).toContain('preflight: false');
    expect(services.calls).toEqual([FIND, PREFLIGHT]);
  });

  it('refuses in a dry run as well', async () => {
    const services = fakeServices({ connector: verified, identityProviders: [] });
    await rejectionOf(enable(sampleProgress(), sampleSettings({ dryRun: true }), services), ActionError);
  });

  it('refuses when it may not look, and names the permission', async () => {
    const forbidden = new CloudflareApiError('GET /x failed.', {
      retryability: 'permanent',
      status: 403,
      errors: [],
    });
    const services = fakeServices({
      connector: verified,
      access: { identityProviders: () => Promise.reject(forbidden) },
    });
    const error = await rejectionOf(enable(sampleProgress(), sampleSettings(), services), ActionError);
    expect(error.message).toBe(
      'Preflight cannot see whether the account has an identity provider. GET /x failed.',
    );
    expect(error.hint).toContain('"Access: Organizations, Identity Providers, and Groups: Read"');
    expect(error.hint).toContain('preflight: false');
    expect(error.cause).toBe(forbidden);
    expect(services.calls).toEqual([FIND, PREFLIGHT]);
  });

  it.each([
    new CloudflareApiError('x', { retryability: 'ambiguous', status: 500, errors: [] }),
    new NetworkError('x', { retryability: 'ambiguous' }),
  ])('does not go on when the look fails otherwise (%s)', async (failure) => {
    const services = fakeServices({
      connector: verified,
      access: { identityProviders: () => Promise.reject(failure) },
    });
    expect(await rejectionOf(enable(sampleProgress(), sampleSettings(), services), ActionError)).toBe(
      failure,
    );
    expect(services.calls).toEqual([FIND, PREFLIGHT]);
  });

  it('warns when there is only the one-time PIN, and goes on', async () => {
    const services = fakeServices({
      connector: verified,
      identityProviders: [{ name: '', type: 'onetimepin' }],
    });
    const progress = await enable(sampleProgress(), sampleSettings(), services);
    expect(progress.connector?.enabled).toBe(true);
    expect(services.log.lines.filter((line) => line.startsWith('warning:'))).toEqual([
      expect.stringContaining('one-time PIN'),
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
    await enable(sampleProgress(), sampleSettings(), services);
    expect(services.log.text()).toContain('Identity providers: PIN (onetimepin), authentik (oidc).');
    expect(services.log.text()).not.toContain('warning:');
  });

  it('is left out with preflight: false', async () => {
    const services = fakeServices({ connector: verified, identityProviders: [] });
    const progress = await enable(sampleProgress(), sampleSettings({ preflight: false }), services);
    expect(services.calls).toEqual([FIND, PATCH, APP]);
    expect(progress.connector?.enabled).toBe(true);
  });

  it('comes before anything is changed', async () => {
    const services = fakeServices({
      connector: sampleConnector({ verificationStatus: 'awaiting' }),
      identityProviders: [],
    });
    await rejectionOf(enable(sampleProgress(), sampleSettings(), services), ActionError);
    expect(services.calls).toEqual([FIND, PREFLIGHT]);
  });
});

describe('enable of a connector that is not verified yet', () => {
  it('polls, with longer and longer pauses, until it is', async () => {
    const services = fakeServices({
      connector: pending,
      sights: sights('pending', 'pending', 'pending', 'pending', 'pending', 'pending', 'verified'),
    });
    const progress = await enable(sampleProgress(), sampleSettings(), services);
    expect(services.calls).toEqual([FIND, PREFLIGHT, GET, GET, GET, GET, GET, GET, GET, PATCH, APP]);
    expect(services.clock.sleptMs).toEqual([2000, 3000, 4500, 6750, 10_125, 15_000, 15_000]);
    expect(progress).toMatchObject({ changed: true, timedOut: false, connector: { enabled: true } });
  });

  it('never pauses longer than the poll interval', async () => {
    const services = fakeServices({ connector: pending, sights: sights('pending', 'pending', 'verified') });
    await enable(sampleProgress(), waiting({ pollIntervalMs: 1000 }), services);
    expect(services.clock.sleptMs).toEqual([1000, 1000, 1000]);
  });

  it.each(['awaiting', 'failed'] as const)(
    'begins the verification that is %s',
    async (verificationStatus) => {
      const services = fakeServices({
        connector: sampleConnector({ verificationStatus }),
        sights: sights('pending', 'verified'),
      });
      const progress = await enable(sampleProgress(), sampleSettings(), services);
      expect(services.calls).toEqual([FIND, PREFLIGHT, 'beginVerification', GET, GET, PATCH, APP]);
      expect(services.log.text()).toContain(`The verification was ${verificationStatus};`);
      expect(progress.connector?.enabled).toBe(true);
    },
  );

  it.each(['pending', undefined] as const)('begins none when it is %s', async (verificationStatus) => {
    const services = fakeServices({
      connector: sampleConnector({ verificationStatus }),
      sights: sights('verified'),
    });
    await enable(sampleProgress(), sampleSettings(), services);
    expect(services.calls).toEqual([FIND, PREFLIGHT, GET, PATCH, APP]);
  });

  it('never takes an unknown status for verified', async () => {
    const services = fakeServices({ connector: sampleConnector({ verificationStatus: undefined }) });
    const error = await rejectionOf(enable(sampleProgress(), sampleSettings(), services), TimeoutError);
    expect(error.message).toContain('(status unknown)');
    expect(services.calls).not.toContain(PATCH);
  });

  it('keeps that it has begun the verification when the next look fails', async () => {
    const services = fakeServices({
      connector: sampleConnector({ verificationStatus: 'awaiting' }),
      ssoConnectors: { get: () => Promise.reject(new ActionError('No.')) },
    });
    await rejectionOf(enable(sampleProgress(), sampleSettings(), services), ActionError);
    expect(services.saved.at(-1)).toMatchObject({ changed: true });
  });

  it('only says so in a dry run', async () => {
    const services = fakeServices({ connector: sampleConnector({ verificationStatus: 'failed' }) });
    await enable(sampleProgress(), sampleSettings({ dryRun: true }), services);
    expect(services.calls).toEqual([FIND, PREFLIGHT]);
    expect(services.log.text()).toContain('now failed');
  });

  it('stops at once when the runner says so', async () => {
    const stop = new AbortController();
    const reason = new StoppedError('Stopped by SIGTERM.');
    const clock = fakeClock(() => stop.abort(reason));
    const services = fakeServices({ connector: pending, clock, signal: stop.signal });
    expect(await rejectionOf(enable(sampleProgress(), sampleSettings(), services), StoppedError)).toBe(
      reason,
    );
    expect(services.calls).toEqual([FIND, PREFLIGHT]);
  });
});

describe('enable of a connector whose verification fails', () => {
  const awaiting = sampleConnector({ verificationStatus: 'awaiting' });
  const statuses = sights('failed', 'failed');
  const invisible = sampleReport({ visible: false });

  it('believes it only when it has seen it twice in a row', async () => {
    const services = fakeServices({
      connector: awaiting,
      sights: sights('failed', 'pending', 'failed', 'pending', 'verified'),
    });
    const progress = await enable(sampleProgress(), sampleSettings(), services);
    expect(progress.connector?.enabled).toBe(true);
  });

  it('fails with what DNS says from here', async () => {
    const services = fakeServices({ connector: awaiting, sights: statuses, reports: [invisible] });
    const error = await rejectionOf(enable(sampleProgress(), sampleSettings(), services), ActionError);
    expect(error).not.toBeInstanceOf(TimeoutError);
    expect(error.message).toBe(
      `Cloudflare could not verify the TXT record of ${DOMAIN} (status failed). Seen from here, ${FINDING.evidence}.`,
    );
    expect(error.hint).toBe(FINDING.remedy);
    expect(services.calls.at(-1)).toMatch(/^waitFor .*"timeoutMs":0/);
    expect(services.saved.at(-1)).toMatchObject({
      changed: true,
      connector: { verificationStatus: 'failed' },
    });
  });

  it('says to run again when the record is visible from here', async () => {
    const services = fakeServices({ connector: awaiting, sights: statuses });
    const error = await rejectionOf(enable(sampleProgress(), sampleSettings(), services), ActionError);
    expect(error.message).toContain('The record is visible from here.');
    expect(error.hint).toContain('Run again');
  });

  it('uses what wait-for-dns has seen', async () => {
    const services = fakeServices({ connector: awaiting, sights: statuses });
    const progress = withConnector(sampleProgress({ dns: invisible }), awaiting);
    const error = await rejectionOf(enable(progress, sampleSettings(), services), ActionError);
    expect(error.message).toContain(FINDING.evidence);
    expect(services.calls.filter((call) => call.startsWith('waitFor'))).toEqual([]);
  });

  it('says no more than that when it does not know the code', async () => {
    const connector = sampleConnector({ verificationStatus: 'awaiting', verificationCode: undefined });
    const services = fakeServices({ connector, sights: statuses });
    const error = await rejectionOf(enable(sampleProgress(), sampleSettings(), services), ActionError);
    expect(error.message).toBe(`Cloudflare could not verify the TXT record of ${DOMAIN} (status failed).`);
  });
});

describe('enable when its time is used up', () => {
  it('fails, says how long it waited, and that it goes on later', async () => {
    const services = fakeServices({ connector: pending });
    const startedAtMs = services.clock.now();
    const error = await rejectionOf(enable(sampleProgress(), sampleSettings(), services), TimeoutError);
    expect(services.clock.now() - startedAtMs).toBe(1_800_000);
    expect(error.message).toBe(
      `Cloudflare has not verified the TXT record of ${DOMAIN} after 30m (status pending).`,
    );
    expect(error.hint).toContain('goes on where this one stopped');
    expect(services.saved.at(-1)).toMatchObject({ timedOut: true, changed: false });
    expect(services.calls).not.toContain(PATCH);
  });

  it('looks a last time when the time is over', async () => {
    const services = fakeServices({ connector: pending, sights: sights('verified') });
    const progress = await enable(sampleProgress(), waiting({ timeoutMs: 700 }), services);
    expect(services.clock.sleptMs).toEqual([700]);
    expect(progress.connector?.enabled).toBe(true);
  });

  it('only ends with on-timeout: continue, not enabled', async () => {
    const services = fakeServices({ connector: pending });
    const progress = await enable(sampleProgress(), waiting({ onTimeout: 'continue' }), services);
    expect(progress).toMatchObject({ timedOut: true, connector: { enabled: false } });
    expect(services.calls).not.toContain(PATCH);
    expect(services.log.text()).toContain('warning: Cloudflare has not verified the TXT record');
  });

  it('looks once and does not sleep with a timeout of 0', async () => {
    const services = fakeServices({ connector: pending });
    const error = await rejectionOf(
      enable(sampleProgress(), waiting({ timeoutMs: 0 }), services),
      TimeoutError,
    );
    expect(services.calls).toEqual([FIND, PREFLIGHT]);
    expect(services.clock.sleptMs).toEqual([]);
    expect(error.message).not.toContain('after');
  });

  it('still begins the verification with a timeout of 0', async () => {
    const services = fakeServices({ connector: sampleConnector({ verificationStatus: 'awaiting' }) });
    await rejectionOf(enable(sampleProgress(), waiting({ timeoutMs: 0 }), services), TimeoutError);
    expect(services.calls).toEqual([FIND, PREFLIGHT, 'beginVerification', GET]);
    expect(services.saved.at(-1)).toMatchObject({ timedOut: true, changed: true });
  });

  it('enables what is verified already with a timeout of 0', async () => {
    const services = fakeServices({ connector: verified });
    const progress = await enable(sampleProgress(), waiting({ timeoutMs: 0 }), services);
    expect(progress.connector?.enabled).toBe(true);
  });
});

function refusedWith(status: number, hint?: string): CloudflareApiError {
  const errors = [{ code: 1000, message: 'No' }];
  return new CloudflareApiError('PATCH /x failed: No.', { retryability: 'permanent', status, errors, hint });
}

describe('enable when the connector vanishes while it polls', () => {
  const gone = refusedWith(404);

  it('says that somebody has deleted it, and forgets it and its code', async () => {
    const services = fakeServices({
      connector: pending,
      ssoConnectors: { get: () => Promise.reject(gone) },
    });
    const error = await rejectionOf(enable(sampleProgress(), sampleSettings(), services), ActionError);
    expect(error.message).toBe(
      `The SSO connector ${CONNECTOR_ID} for ${DOMAIN} is gone: somebody has deleted it meanwhile.`,
    );
    expect(error.hint).toContain('run create again');
    expect(error.cause).toBe(gone);
    expect(services.saved.at(-1)).toMatchObject({
      connector: undefined,
      isAbsent: true,
      verificationCode: undefined,
      emailDomain: DOMAIN,
    });
    expect(services.calls).toEqual([FIND, PREFLIGHT, GET]);
  });

  it('keeps that it has begun the verification before', async () => {
    const services = fakeServices({
      connector: sampleConnector({ verificationStatus: 'awaiting' }),
      ssoConnectors: { get: () => Promise.reject(gone) },
    });
    await rejectionOf(enable(sampleProgress(), sampleSettings(), services), ActionError);
    expect(services.saved.at(-1)).toMatchObject({ isAbsent: true, changed: true });
  });

  it.each([403, 500])('passes on a %d, and forgets nothing', async (status) => {
    const failure = refusedWith(status);
    const services = fakeServices({
      connector: pending,
      ssoConnectors: { get: () => Promise.reject(failure) },
    });
    const work = enable(sampleProgress(), sampleSettings(), services);
    expect(await rejectionOf(work, CloudflareApiError)).toBe(failure);
    expect(services.saved.at(-1)).toMatchObject({ connector: pending, isAbsent: false });
  });
});

describe('enable when Cloudflare refuses', () => {
  const KNOWN = { changed: false, isStale: false };
  const IN_DOUBT = { changed: undefined, isStale: true };

  async function refusal(failure: Error, saved: Partial<Progress> = KNOWN): Promise<ActionError> {
    const services = fakeServices({
      connector: verified,
      ssoConnectors: { change: () => Promise.reject(failure) },
    });
    const error = await rejectionOf(enable(sampleProgress(), sampleSettings(), services), ActionError);
    expect(services.calls).toEqual([FIND, PREFLIGHT, PATCH]);
    expect(services.saved.at(-1)).toMatchObject({ ...saved, connector: { enabled: false } });
    expect(services.log.text()).not.toContain('is enabled.');
    return error;
  }

  it.each([400, 409, 422])(
    'with a %d, it quotes Cloudflare and points to the other account',
    async (status) => {
      const failure = refusedWith(status);
      const error = await refusal(failure);
      expect(error.message).toBe('Cloudflare refuses to enable the connector. PATCH /x failed: No.');
      expect(error.hint).toContain('Only one account can have the domain enabled.');
      expect(error.hint).toContain('mode disable');
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

  it('has said what it was about to do, to whom, before it was refused', async () => {
    const services = fakeServices({
      connector: verified,
      ssoConnectors: { change: () => Promise.reject(refusedWith(409)) },
    });
    await rejectionOf(enable(sampleProgress(), sampleSettings(), services), ActionError);
    expect(services.logAt(PATCH)).toContain(`from now on every user of ${DOMAIN}`);
  });
});

describe('the sentence about all users', () => {
  it('is the last one before the change', async () => {
    const services = fakeServices({ connector: verified });
    await enable(sampleProgress(), sampleSettings(), services);
    expect(services.logAt(PATCH).split('\n').at(-1)).toBe(
      `info: Enabling the connector: from now on every user of ${DOMAIN}, in every Cloudflare account, must sign in through the identity provider.`,
    );
  });

  it.each<[string, Parameters<typeof fakeServices>[0], Settings]>([
    ['it is enabled already', { connector: sampleConnector({ enabled: true }) }, sampleSettings()],
    ['it is a dry run', { connector: verified }, sampleSettings({ dryRun: true })],
    ['it is not verified in time', { connector: pending }, waiting({ onTimeout: 'continue' })],
  ])('is not said when %s', async (_, world, settings) => {
    const services = fakeServices(world);
    await enable(sampleProgress(), settings, services);
    expect(services.log.text()).not.toContain('every user of');
    expect(services.calls).not.toContain(PATCH);
  });
});

describe('the Access application after enable', () => {
  const ssoApp = { id: 'app1', name: 'SSO App' };

  it('is named and kept', async () => {
    const services = fakeServices({ connector: verified, ssoApp });
    const progress = await enable(sampleProgress(), sampleSettings(), services);
    expect(progress).toMatchObject({ ssoApp, changed: true, connector: { enabled: true } });
    expect(services.saved.at(-1)).toEqual(progress);
    expect(services.log.lines.at(-1)).toBe(
      'info: Its Access application is SSO App (app1): its policies say who may sign in.',
    );
  });

  it('may not be there yet', async () => {
    const services = fakeServices({ connector: verified });
    const progress = await enable(sampleProgress(), sampleSettings(), services);
    expect(progress).toMatchObject({ ssoApp: undefined, connector: { enabled: true } });
    expect(services.log.lines.at(-1)).toBe(
      'info: The Access application of the dashboard (type dash_sso) is not there yet.',
    );
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
    const progress = await enable(sampleProgress(), sampleSettings(), services);
    expect(progress).toMatchObject({ ssoApp: undefined, changed: true, connector: { enabled: true } });
    expect(services.log.lines.at(-1)).toBe(
      `info: The Access application of the dashboard could not be looked up. ${failure.message}`,
    );
    expect(services.log.text()).not.toMatch(/^(warning|error):/m);
  });

  it.each([
    ['a stop', new StoppedError('Stopped by SIGTERM.')],
    ['a defect', new TypeError('x is undefined')],
  ])('hides neither %s', async (_, thrown) => {
    const services = fakeServices({
      connector: verified,
      access: { ssoApp: () => Promise.reject(thrown) },
    });
    expect(await rejectionOf(enable(sampleProgress(), sampleSettings(), services), Error)).toBe(thrown);
    expect(services.saved.at(-1)).toMatchObject({ changed: true, connector: { enabled: true } });
  });

  it.each<[string, Parameters<typeof fakeServices>[0], Settings]>([
    ['it was enabled before', { connector: sampleConnector({ enabled: true }), ssoApp }, sampleSettings()],
    ['it is a dry run', { connector: verified, ssoApp }, sampleSettings({ dryRun: true })],
  ])('is not looked for when %s', async (_, world, settings) => {
    const services = fakeServices(world);
    await enable(sampleProgress(), settings, services);
    expect(services.calls).not.toContain(APP);
  });
});
