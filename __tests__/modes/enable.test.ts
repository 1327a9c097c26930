import { describe, expect, it } from 'vitest';
import { CloudflareApiError } from '../../src/cloudflare/api-error.ts';
import type { SsoConnector } from '../../src/domain/connector.ts';
import {
  ActionError,
  InputError,
  OutcomeUnknownError,
  StoppedError,
  TimeoutError,
} from '../../src/domain/errors.ts';
import type { Settings } from '../../src/domain/settings.ts';
import { NetworkError } from '../../src/http/network-error.ts';
import { enable } from '../../src/modes/enable.ts';
import { workOnAll } from '../../src/modes/work.ts';
import { rejectionOf } from '../checks/errors.ts';
import { facts, line, sentenceWith } from '../checks/facts.ts';
import { JUDGED, stepsOf } from '../checks/steps.ts';
import { fakeClock } from '../fakes/clock.ts';
import { type FakeServices, fakeServices, type World } from '../fakes/services.ts';
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
  it('looks it up, judges, switches it on and names the application', async () => {
    const services = fakeServices({ connector: verified });
    const domain = await domainAfter(enable, sampleDomain(), sampleSettings(), services);
    expect(stepsOf(services)).toEqual([FIND, JUDGED, PATCH, APP]);
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
    expect(stepsOf(services)).toEqual([GET, JUDGED, PATCH, APP]);
  });

  it('changes nothing in a second run, and does without a judgement', async () => {
    const services = fakeServices({ connector: verified });
    await enable(sampleDomain(), sampleSettings(), services);
    const domain = await domainAfter(enable, sampleDomain(), sampleSettings(), services);
    expect(stepsOf(services).slice(4)).toEqual([FIND]);
    expect(domain).toMatchObject({ changed: false, connector: { enabled: true }, preflight: undefined });
    expect(services.log.lines.at(-1)).toEqual(line('info', CONNECTOR_ID, DOMAIN, 'already enabled'));
  });

  it('only says what it would do in a dry run', async () => {
    const services = fakeServices({ connector: verified });
    const domain = await domainAfter(enable, sampleDomain(), sampleSettings({ dryRun: true }), services);
    expect(stepsOf(services)).toEqual([FIND]);
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
    expect(stepsOf(services)).toEqual([FIND, JUDGED, PATCH, GET, APP]);
    expect(domain).toMatchObject({ changed: true, connector: { enabled: true } });
  });

  it('fails when it is still disabled then', async () => {
    const domain = sampleDomain();
    const services = fakeServices({ connector: verified, ssoConnectors: { change: async () => verified } });
    const error = await rejectionOf(enable(domain, sampleSettings(), services), ActionError);
    expect(error.message).toMatch(facts('Cloudflare accepted', 'enable', CONNECTOR_ID, 'not enabled'));
    expect(error.hint).toMatch(facts('Run again', 'another account'));
    expect(stepsOf(services)).toEqual([FIND, JUDGED, PATCH, GET]);
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
    expect(stepsOf(services)).toEqual([FIND]);
    expect(domain).toMatchObject({ sight: { kind: 'absent' } });
  });

  it('only says what it would do in a dry run of a chain with create', async () => {
    const services = fakeServices();
    const domain = await domainAfter(enable, sampleDomain(), sampleSettings({ dryRun: true }), services);
    expect(domain).toMatchObject({ sight: { kind: 'absent' }, changed: false });
    expect(stepsOf(services)).toEqual([FIND]);
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
    expect(stepsOf(services)).toEqual([GET]);
  });

  it('needs credentials', async () => {
    const services = fakeServices({ api: undefined });
    await rejectionOf(enable(sampleDomain(), sampleSettings(), services), InputError);
  });
});

describe('the preflight of enable', () => {
  const OWN = { id: 'idp1', name: 'authentik', type: 'oidc' };
  const PIN = { id: 'idp2', name: '', type: 'onetimepin' };
  const CLOUDFLARE = { id: 'idp3', name: '', type: 'cloudflare' };
  const under = (preflight: Settings['preflight']) => sampleSettings({ preflight });
  const warnings = ({ log }: FakeServices) => log.lines.filter((entry) => entry.startsWith('warning:'));

  /** A list of identity providers that cannot be read. */
  function unreadable(failure: Error): World {
    return { connector: verified, access: { identityProviders: () => Promise.reject(failure) } };
  }

  const noOrganization = (status: number) =>
    new CloudflareApiError('x', {
      retryability: 'permanent',
      status,
      errors: [{ code: 9999, message: 'access.api.error.not_enabled' }],
    });
  const PERMISSION = 'Access: Organizations, Identity Providers, and Groups: Read';
  const forbidden = new CloudflareApiError('x', {
    retryability: 'permanent',
    status: 403,
    errors: [],
    permission: PERMISSION,
  });
  /** Accounts in which nobody could sign in, or nobody knows, and what is said about each. */
  const REFUSED: Readonly<Record<string, readonly [World, ...string[]]>> = {
    'no identity provider': [{ connector: verified, identityProviders: [] }, 'has no identity provider'],
    'only Cloudflare itself': [{ connector: verified, identityProviders: [CLOUDFLARE] }, 'type cloudflare'],
    'no Zero Trust organization (403)': [unreadable(noOrganization(403)), 'no Zero Trust organization'],
    'no Zero Trust organization (404)': [unreadable(noOrganization(404)), 'no Zero Trust organization'],
    'a token without the permission': [unreadable(forbidden), 'could not be read', PERMISSION],
    'an API that fails': [
      unreadable(new CloudflareApiError('It fails.', { retryability: 'ambiguous', status: 500, errors: [] })),
      'could not be read',
      'It fails.',
    ],
    'a network that fails': [
      unreadable(new NetworkError('It is down.', { retryability: 'ambiguous' })),
      'could not be read',
      'It is down.',
    ],
  };

  describe.each(Object.entries(REFUSED))('with %s', (_, [world, ...said]) => {
    it.each(['true', 'strict'] as const)('refuses with preflight: %s', async (policy) => {
      const [domain, services] = [sampleDomain(), fakeServices(world)];
      const error = await rejectionOf(enable(domain, under(policy), services), ActionError);
      expect(error.message).toMatch(facts('Preflight', 'identity-provider', ...said));
      expect(stepsOf(services)).toEqual([FIND, JUDGED]);
      expect(domain).toMatchObject({ changed: false, state: 'verified', preflight: { verdict: 'refused' } });
    });

    it('only warns with preflight: false', async () => {
      const services = fakeServices(world);
      const domain = await domainAfter(enable, sampleDomain(), under('false'), services);
      expect(stepsOf(services)).toEqual([FIND, JUDGED, PATCH, APP]);
      expect(domain).toMatchObject({ state: 'enabled', preflight: { verdict: 'refused' } });
      expect(warnings(services)).toContainEqual(line('warning', 'identity-provider', 'refused'));
      expect(warnings(services).join('\n')).toMatch(facts(...said));
    });
  });

  it.each(['no identity provider', 'only Cloudflare itself', 'no Zero Trust organization (403)'])(
    'says where to add one when there is %s, and does not advise to skip the check',
    async (name) => {
      const services = fakeServices(REFUSED[name]?.[0]);
      const error = await rejectionOf(enable(sampleDomain(), sampleSettings(), services), ActionError);
      expect(error.hint).toContain('Integrations > Identity providers');
      expect(error.hint).not.toContain('preflight: false');
    },
  );

  it.each(['a server that fails', 'a network that fails'])(
    'does not advise to skip it with %s',
    async (name) => {
      const services = fakeServices(REFUSED[name]?.[0]);
      const error = await rejectionOf(enable(sampleDomain(), sampleSettings(), services), ActionError);
      expect(error.hint ?? '').not.toContain('preflight: false');
    },
  );

  it('advises to skip it only where a permission is missing, and to add that first', async () => {
    const work = enable(sampleDomain(), sampleSettings(), fakeServices(unreadable(forbidden)));
    const { hint } = await rejectionOf(work, ActionError);
    expect(hint).toEqual(sentenceWith(`Add "${PERMISSION}"`, 'If you are sure', 'preflight: false'));
  });

  it.each<[string, Error]>([
    ['a stop', new StoppedError('Stopped by SIGTERM.')],
    ['a defect', new TypeError('x is undefined')],
  ])('takes %s for no answer', async (_, thrown) => {
    for (const policy of ['true', 'strict', 'false'] as const) {
      const services = fakeServices(unreadable(thrown));
      expect(await rejectionOf(enable(sampleDomain(), under(policy), services), Error)).toBe(thrown);
      expect(services.calls).not.toContain(PATCH);
    }
  });

  it.each([
    ['only the one-time PIN', []],
    ['only the one-time PIN and Cloudflare itself', [CLOUDFLARE]],
  ])('warns when there is %s, and goes on unless it is strict', async (_, others) => {
    // Nobody can have signed in through another one, so that guard would warn as well.
    const world = { connector: verified, identityProviders: [PIN, ...others], signIns: [] };
    for (const policy of ['true', 'false'] as const) {
      const services = fakeServices(world);
      const domain = await domainAfter(enable, sampleDomain(), under(policy), services);
      expect(domain.connector?.enabled).toBe(true);
      expect(warnings(services)).toEqual([
        line('warning', 'identity-provider warned', 'one-time PIN'),
        line('warning', 'sign-in-seen warned'),
      ]);
    }
    const services = fakeServices(world);
    const error = await rejectionOf(enable(sampleDomain(), under('strict'), services), ActionError);
    expect(error.message).toMatch(facts('Preflight', 'identity-provider', 'one-time PIN', 'sign-in-seen'));
    expect(error.hint).toContain('preflight: strict');
    expect(stepsOf(services)).toEqual([FIND, JUDGED]);
  });

  it('does not warn when there is another one as well, and names them', async () => {
    const services = fakeServices({ connector: verified, identityProviders: [PIN, OWN, CLOUDFLARE] });
    await enable(sampleDomain(), under('strict'), services);
    expect(services.log.lines).toContainEqual(line('info', 'identity-provider passed', 'authentik (oidc)'));
    expect(warnings(services)).toEqual([]);
  });

  it('goes on with what is unknown unless it is strict', async () => {
    const world: World = {
      connector: verified,
      membersApi: { accepted: () => Promise.reject(new NetworkError('x', { retryability: 'ambiguous' })) },
    };
    for (const policy of ['true', 'false'] as const) {
      const services = fakeServices(world);
      const domain = await domainAfter(enable, sampleDomain(), under(policy), services);
      expect(domain).toMatchObject({ state: 'enabled', preflight: { verdict: 'unknown' } });
      expect(services.log.lines).toContainEqual(line('info', '? way-back-in unknown'));
    }
    const services = fakeServices(world);
    const error = await rejectionOf(enable(sampleDomain(), under('strict'), services), ActionError);
    expect(error.message).toMatch(facts('way-back-in', 'unreachable-members'));
    expect(error.message).not.toContain('token:');
  });

  it('comes after the wait and before the change when enable is called alone', async () => {
    const services = fakeServices({
      connector: sampleConnector({ verificationStatus: 'awaiting' }),
      identityProviders: [],
      sights: sights('verified'),
    });
    await rejectionOf(enable(sampleDomain(), sampleSettings(), services), ActionError);
    expect(stepsOf(services)).toEqual([FIND, 'beginVerification', GET, JUDGED]);
  });

  it.each([false, true])('comes first of all in a step (dry run: %s)', async (dryRun) => {
    const connector = sampleConnector({ verificationStatus: 'awaiting' });
    const services = fakeServices({ connector, identityProviders: [] });
    const { failures } = await workOnAll(sampleSettings({ modes: ['enable'], dryRun }), services);
    expect(failures).toMatchObject([{ error: { message: expect.stringContaining('identity-provider') } }]);
    expect(stepsOf(services)).toEqual([FIND, JUDGED]);
  });

  it('is no part of a dry run of enable itself: the step has judged before', async () => {
    const services = fakeServices({ connector: verified, identityProviders: [] });
    await enable(sampleDomain(), sampleSettings({ dryRun: true }), services);
    expect(services).toMatchObject({ calls: [FIND], reads: [] });
  });
});

describe('enable of a connector that is not verified yet', () => {
  it('polls, with longer and longer pauses, until it is', async () => {
    const services = fakeServices({
      connector: pending,
      sights: sights('pending', 'pending', 'pending', 'pending', 'pending', 'pending', 'verified'),
    });
    const domain = await domainAfter(enable, sampleDomain(), sampleSettings(), services);
    expect(stepsOf(services)).toEqual([FIND, GET, GET, GET, GET, GET, GET, GET, JUDGED, PATCH, APP]);
    expect(services.clock.sleptMs).toEqual([2000, 3000, 4500, 6750, 10_125, 15_000, 15_000]);
    expect(domain).toMatchObject({ changed: true, timedOut: false, connector: { enabled: true } });
  });

  it.each([undefined, 600_000])(
    'does not touch one that somebody enabled meanwhile (confirm-within: %s)',
    async (confirmWithinMs) => {
      const services = fakeServices({
        connector: pending,
        sights: [{}, { enabled: true, verificationStatus: 'verified' }, {}],
      });
      const settings = sampleSettings({ confirmWithinMs });
      const domain = await domainAfter(enable, sampleDomain(), settings, services);
      expect(stepsOf(services)).toEqual([FIND, GET, GET]);
      expect(domain).toMatchObject({ changed: false, state: 'enabled', confirmed: undefined });
      const said = [line('info', CONNECTOR_ID, DOMAIN, 'already enabled')];
      const warned = [line('warning', 'confirm-within', 'does not apply', CONNECTOR_ID, 'not known')];
      expect(services.log.lines.slice(confirmWithinMs === undefined ? -1 : -2)).toEqual([
        ...said,
        ...(confirmWithinMs === undefined ? [] : warned),
      ]);
    },
  );

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
      expect(stepsOf(services)).toEqual([FIND, 'beginVerification', GET, GET, JUDGED, PATCH, APP]);
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
    expect(stepsOf(services)).toEqual([FIND, GET, JUDGED, PATCH, APP]);
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
    expect(stepsOf(services)).toEqual([FIND]);
    expect(services.log.lines.at(-1)).toEqual(line('info', 'Dry run', 'would enable', DOMAIN, 'now failed'));
  });

  it('stops at once when the runner says so', async () => {
    const stop = new AbortController();
    const reason = new StoppedError('Stopped by SIGTERM.');
    const clock = fakeClock(() => stop.abort(reason));
    const services = fakeServices({ connector: pending, clock, signal: stop.signal });
    expect(await rejectionOf(enable(sampleDomain(), sampleSettings(), services), StoppedError)).toBe(reason);
    expect(stepsOf(services)).toEqual([FIND]);
  });
});

describe('enable of a connector whose verification fails', () => {
  const awaiting = sampleConnector({ verificationStatus: 'awaiting' });
  const statuses = sights('failed');
  const invisible = sampleReport({ visible: false });

  it('does not end with the old status, which reads showed before they caught up', async () => {
    const failed = sampleConnector({ verificationStatus: 'failed' });
    const services = fakeServices({ connector: failed, sights: sights('pending', 'verified') });
    const domain = await domainAfter(enable, sampleDomain(), sampleSettings(), services);
    expect(stepsOf(services).slice(0, 4)).toEqual([FIND, 'beginVerification', GET, GET]);
    expect(domain).toMatchObject({ state: 'enabled', changed: true });
  });

  it('ends with the first sight of it after that', async () => {
    const services = fakeServices({ connector: awaiting, sights: sights('pending', 'failed') });
    await rejectionOf(enable(sampleDomain(), sampleSettings(), services), ActionError);
    expect(stepsOf(services).slice(0, 4)).toEqual([FIND, 'beginVerification', GET, GET]);
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
    expect(stepsOf(services)).toEqual([FIND]);
    expect(services.clock.sleptMs).toEqual([]);
    expect(error.message).not.toMatch(/\d/);
  });

  it('still begins the verification with a timeout of 0', async () => {
    const domain = sampleDomain();
    const services = fakeServices({ connector: sampleConnector({ verificationStatus: 'awaiting' }) });
    await rejectionOf(enable(domain, waiting({ timeoutMs: 0 }), services), TimeoutError);
    expect(stepsOf(services)).toEqual([FIND, 'beginVerification', GET]);
    expect(domain).toMatchObject({ timedOut: true, changed: true });
  });

  it('enables what is already verified with a timeout of 0', async () => {
    const services = fakeServices({ connector: verified });
    const domain = await domainAfter(enable, sampleDomain(), waiting({ timeoutMs: 0 }), services);
    expect(domain.connector?.enabled).toBe(true);
  });
});

const lost = new NetworkError('x', { retryability: 'ambiguous', hint: 'Its own hint.' });

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
    expect(domain).toMatchObject({
      connector: undefined,
      sight: { kind: 'absent' },
      verificationCode: undefined,
      name: DOMAIN,
    });
    expect(stepsOf(services)).toEqual([FIND, GET]);
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

  it.each([
    ['403', refusedWith(403)],
    ['500', refusedWith(500)],
    ['404 without an error of Cloudflare', new CloudflareApiError('No.', { ...gone, errors: [] })],
  ])('passes on a %s, and forgets nothing', async (_, failure) => {
    const domain = sampleDomain();
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
  async function refusal(failure: Error): Promise<ActionError> {
    const domain = sampleDomain();
    const services = fakeServices({
      connector: verified,
      ssoConnectors: { change: () => Promise.reject(failure) },
    });
    const error = await rejectionOf(enable(domain, sampleSettings(), services), ActionError);
    expect(stepsOf(services)).toEqual([FIND, JUDGED, PATCH]);
    expect(domain).toMatchObject({ changed: false, sight: { kind: 'seen' }, connector: { enabled: false } });
    expect(services.log.text()).not.toContain(SUCCESS);
    return error;
  }

  it('with a 404 that is not about the connector, it is as it was', async () => {
    const failure = new CloudflareApiError('No.', { ...refusedWith(404), errors: [] });
    expect(await refusal(failure)).toBe(failure);
  });

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

  it('with a 404 about the connector, it is known to be gone', async () => {
    const domain = sampleDomain();
    const change = () => Promise.reject(refusedWith(404));
    const services = fakeServices({ connector: verified, ssoConnectors: { change } });
    await rejectionOf(enable(domain, sampleSettings(), services), CloudflareApiError);
    expect(domain).toMatchObject({ state: 'absent', connector: undefined, changed: false });
  });

  it.each([401, 403, 429, 500, 503])('with a %d, the error keeps its own hint', async (status) => {
    const failure = refusedWith(status, 'Its own hint.');
    expect(await refusal(failure)).toBe(failure);
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

describe('enable when its request gets no answer', () => {
  const doubtful = new OutcomeUnknownError(refusedWith(409));

  it.each([lost, doubtful])('is done if a look shows it enabled (%s)', async (failure) => {
    const services = fakeServices({
      connector: verified,
      ssoConnectors: { change: () => Promise.reject(failure) },
      sights: [{ enabled: true }],
    });
    const domain = await domainAfter(enable, sampleDomain(), sampleSettings(), services);
    expect(stepsOf(services)).toEqual([FIND, JUDGED, PATCH, GET, APP]);
    expect(domain).toMatchObject({ changed: true, state: 'enabled' });
    expect(services.log.text()).toContain(SUCCESS);
  });

  it('is as if it had never been sent if a look shows it disabled', async () => {
    const services = fakeServices({
      connector: verified,
      ssoConnectors: { change: () => Promise.reject(doubtful) },
    });
    const domain = sampleDomain();
    const error = await rejectionOf(enable(domain, sampleSettings(), services), ActionError);
    expect(error.message).toMatch(facts('refuses to enable', 'PATCH /x failed: No.'));
    expect(error.message).not.toContain('carried out');
    expect(domain).toMatchObject({ changed: false, state: 'verified' });
  });

  it.each([lost, doubtful])('claims nothing if the look fails too (%s)', async (failure) => {
    const services = fakeServices({
      connector: verified,
      ssoConnectors: { change: () => Promise.reject(failure), get: () => Promise.reject(refusedWith(403)) },
    });
    const domain = sampleDomain();
    expect(await rejectionOf(enable(domain, sampleSettings(), services), ActionError)).toBe(failure);
    expect(stepsOf(services)).toEqual([FIND, JUDGED, PATCH, GET]);
    expect(domain).toMatchObject({ sight: { kind: 'in-doubt' }, changed: undefined, state: undefined });
    expect(services.log.text()).not.toContain(SUCCESS);
  });

  it.each(['pending', 'verified'] as const)(
    'to begin verification, goes on if a look shows %s',
    async (status) => {
      const services = fakeServices({
        connector: sampleConnector({ verificationStatus: 'awaiting' }),
        ssoConnectors: { beginVerification: () => Promise.reject(lost) },
        sights: sights(status, 'verified'),
      });
      const domain = await domainAfter(enable, sampleDomain(), sampleSettings(), services);
      expect(domain).toMatchObject({ changed: true, state: 'enabled' });
    },
  );

  it('to begin verification, claims nothing if the look fails too', async () => {
    const services = fakeServices({
      connector: sampleConnector({ verificationStatus: 'awaiting' }),
      ssoConnectors: {
        beginVerification: () => Promise.reject(doubtful),
        get: () => Promise.reject(refusedWith(403)),
      },
    });
    const domain = sampleDomain();
    expect(await rejectionOf(enable(domain, sampleSettings(), services), ActionError)).toBe(doubtful);
    expect(domain).toMatchObject({ sight: { kind: 'in-doubt' }, changed: undefined, state: undefined });
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

  it.each<[string, World, Settings]>([
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
  const ssoApp = { id: 'app1', uid: 'app1', name: 'SSO App', allowedIdps: [], policies: undefined };
  /** Only the look after the change fails. */
  const failingLater = (failure: Error): NonNullable<World['access']> => ({
    ssoApp: (notBeforeMs) =>
      notBeforeMs === undefined ? Promise.resolve(undefined) : Promise.reject(failure),
  });

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
      access: failingLater(failure),
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
      access: failingLater(thrown),
    });
    expect(await rejectionOf(enable(domain, sampleSettings(), services), Error)).toBe(thrown);
    expect(domain).toMatchObject({ changed: true, connector: { enabled: true } });
  });

  it.each<[string, World, Settings]>([
    ['it was enabled before', { connector: sampleConnector({ enabled: true }), ssoApp }, sampleSettings()],
    ['it is a dry run', { connector: verified, ssoApp }, sampleSettings({ dryRun: true })],
  ])('is not looked for when %s', async (_, world, settings) => {
    const services = fakeServices(world);
    await enable(sampleDomain(), settings, services);
    expect(services.calls).not.toContain(APP);
  });
});
