import { describe, expect, it } from 'vitest';
import type { DashSsoApp } from '../../src/cloudflare/access.ts';
import type { SignIn } from '../../src/cloudflare/access-log.ts';
import { CloudflareApiError } from '../../src/cloudflare/api-error.ts';
import type { SsoConnector } from '../../src/domain/connector.ts';
import type { EmailDomain } from '../../src/domain/email-domain.ts';
import { ActionError, OutcomeUnknownError, StoppedError, TimeoutError } from '../../src/domain/errors.ts';
import { NetworkError } from '../../src/http/network-error.ts';
import type { LastResort } from '../../src/modes/cloudflare-api.ts';
import { enableUntilConfirmed } from '../../src/modes/confirmed-enable.ts';
import { disableCommand } from '../../src/modes/take-back.ts';
import { workOnAll } from '../../src/modes/work.ts';
import { everythingIn, rejectionOf } from '../checks/errors.ts';
import { facts, line } from '../checks/facts.ts';
import { JUDGED, stepsOf } from '../checks/steps.ts';
import { fakeClock, NOON_MS } from '../fakes/clock.ts';
import { type FakeServices, fakeServices, type World } from '../fakes/services.ts';
import { simulatedClock } from '../fakes/simulated-clock.ts';
import {
  API_TOKEN,
  CONNECTOR_ID,
  createdDomain,
  DOMAIN,
  sampleConnector,
  sampleDomain,
  sampleSettings,
} from '../samples/results.ts';

const MINUTE_MS = 60_000;
const CONFIRM_WITHIN_MS = 10 * MINUTE_MS;
const settings = sampleSettings({ modes: ['enable'], confirmWithinMs: CONFIRM_WITHIN_MS });
const verified = sampleConnector({ verificationStatus: 'verified' });
const ssoApp: DashSsoApp = { id: 'app1', uid: 'app1', name: 'SSO App', allowedIdps: [], policies: undefined };

const FIND = `find "${DOMAIN}"`;
const PATCH = 'change {"enabled":true}';
const GET = `get "${CONNECTOR_ID}"`;
const OFF = 'last change {"enabled":false}';
const LOOK = `last get "${CONNECTOR_ID}"`;
const POLLS = ['signIns'];

function signIn(afterMs: number, changes: Partial<SignIn> = {}): SignIn {
  return { allowed: true, connection: 'oidc', appUid: ssoApp.uid, atMs: NOON_MS + afterMs, ...changes };
}

/** Cloudflare's refusal of a request. */
function refusal(status: number, ...codes: readonly number[]): CloudflareApiError {
  const errors = codes.map((code) => ({ code, message: 'No.' }));
  const details = { retryability: 'permanent', status, errors, hint: 'Its own hint.' } as const;
  return new CloudflareApiError(`It says ${status}.`, details);
}

const down = new NetworkError('It is down.', { retryability: 'ambiguous' });

interface Attempt {
  readonly domain: EmailDomain;
  readonly services: FakeServices;
  run(): Promise<void>;
}

/** Whether the connector is enabled at Cloudflare, whatever was answered. */
interface Switch {
  isOn: boolean;
}

function attempt(world: World = {}, domain = sampleDomain({ connector: verified })): Attempt {
  const services = fakeServices({ connector: verified, ssoApp, signIns: [], ...world });
  const run = () => enableUntilConfirmed(domain, verified, CONFIRM_WITHIN_MS, settings, services);
  return { domain, services, run };
}

/** What each attempt that fails must have left behind. */
async function failed(world: World = {}): Promise<Attempt & { readonly error: ActionError }> {
  const one = attempt(world);
  const error = await rejectionOf(one.run(), ActionError);
  expect(`${everythingIn(error)} ${one.services.log.text()}`).not.toContain(API_TOKEN);
  return { ...one, error };
}

/** The order of what was done; looks at the log, of which there are many, each kind once in a row. */
function orderOf(services: FakeServices): readonly string[] {
  return stepsOf(services).filter((step, index, all) => step !== 'signIns' || all[index - 1] !== 'signIns');
}

/** A connector at Cloudflare that is apart from the answers. */
function switchable(isOn = false) {
  const real: Switch = { isOn };
  const now = (): SsoConnector => ({ ...verified, enabled: real.isOn });
  const lastResort: LastResort = {
    async change(_, { enabled = real.isOn }) {
      real.isOn = enabled;
      return now();
    },
    get: async () => now(),
  };
  return { real, lastResort };
}

const DISABLED_AGAIN = facts('disabled again', CONNECTOR_ID, DOMAIN);

describe('an enable that somebody confirms', () => {
  it('stays enabled, says who confirmed it without a name, and takes nothing back', async () => {
    const { domain, services, run } = attempt({ signIns: [signIn(30_000)] });
    await run();
    expect(domain).toMatchObject({ confirmed: true, state: 'enabled', changed: true });
    expect(orderOf(services)).toEqual([PATCH, ...POLLS, GET]);
    expect(services.log.lines.at(-1)).toMatch(facts('notice: ', 'Confirmed', DOMAIN, 'oidc', '12:00 UTC'));
  });

  it('says before the PATCH how to disable it by hand, without the token', async () => {
    const { services, run } = attempt({ signIns: [signIn(30_000)] });
    await run();
    const command = disableCommand(CONNECTOR_ID, settings);
    expect(services.logAt(PATCH).split('\n')).toContainEqual(line('info', 'killed', command));
    expect(services.log.text()).not.toContain(API_TOKEN);
  });

  it('is taken back if somebody disabled it during the wait', async () => {
    const { domain, services, error } = await failed({
      signIns: [signIn(30_000)],
      sights: [{ enabled: false }],
    });
    expect(error.message).toMatch(facts(CONNECTOR_ID, 'disabled during the wait', DOMAIN, 'oidc'));
    expect(error.hint).toMatch(facts(CONNECTOR_ID, 'is disabled.', 'who disabled it'));
    // Somebody had.
    expect(`${error.hint} ${services.log.text()}`).not.toMatch(/nobody had confirmed|Confirmed:/);
    expect(domain).toMatchObject({ confirmed: false, state: 'verified', changed: true });
    expect(orderOf(services)).toEqual([PATCH, ...POLLS, GET, OFF, LOOK]);
  });

  it('stays enabled if it cannot be read back: the sign-in is proof enough', async () => {
    const services = fakeServices({
      connector: verified,
      ssoApp,
      signIns: [signIn(30_000)],
      ssoConnectors: { get: () => Promise.reject(down) },
    });
    const domain = sampleDomain({ connector: verified });
    await enableUntilConfirmed(domain, verified, CONFIRM_WITHIN_MS, settings, services);
    expect(domain).toMatchObject({ confirmed: true, state: 'enabled' });
    expect(services.log.text()).toMatch(/^warning: .*could not be read again/m);
    expect(services.calls).not.toContain('last change {"enabled":false}');
  });

  it('finds the application that appears only after the PATCH', async () => {
    const clock = fakeClock();
    const { domain, run } = attempt({
      clock,
      signIns: [signIn(30_000)],
      access: { ssoApp: async () => (clock.now() > NOON_MS + MINUTE_MS ? ssoApp : undefined) },
    });
    await run();
    expect(domain).toMatchObject({ confirmed: true, ssoApp });
  });

  it('is not confirmed by a sign-in before it', async () => {
    const { domain } = await failed({ signIns: [signIn(-1000)] });
    expect(domain.confirmed).toBe(false);
  });
});

describe('an enable that nobody confirms in time', () => {
  it('is taken back, and the error says what was seen and how it was left', async () => {
    const denied = signIn(MINUTE_MS, { allowed: false, connection: 'saml' });
    const { domain, services, error } = await failed({ signIns: [denied] });
    expect(error.message).toMatch(facts('Nobody', DOMAIN, '10m', '1 denied', 'saml'));
    expect(error.hint).toMatch(facts('disabled again', CONNECTOR_ID, 'policies'));
    expect(error.cause).toBeInstanceOf(TimeoutError);
    expect(domain).toMatchObject({ confirmed: false, state: 'verified', changed: true, timedOut: false });
    expect(orderOf(services)).toEqual([PATCH, ...POLLS, OFF, LOOK]);
    expect(services.log.lines.at(-1)).toMatch(DISABLED_AGAIN);
  });

  it('says why before the first attempt to take it back', async () => {
    const { services } = await failed();
    expect(services.logAt(OFF).split('\n').at(-1)).toEqual(line('info', 'Nobody', DOMAIN, 'Disabling'));
  });

  it('is found gone if somebody deleted the connector meanwhile', async () => {
    const gone = () => Promise.reject(refusal(404, 17001));
    const { domain, services, error } = await failed({ lastResort: { change: gone, get: gone } });
    expect(error.hint).toMatch(facts(CONNECTOR_ID, 'is gone', 'deleted'));
    expect(error.hint).not.toContain('disabled again');
    expect(domain).toMatchObject({ confirmed: false, state: 'absent' });
    expect(orderOf(services)).toEqual([PATCH, ...POLLS, OFF, LOOK]);
    expect(services.log.lines.at(-1)).toEqual(line('info', CONNECTOR_ID, 'is gone'));
  });

  it('is taken back however often that fails at first', async () => {
    const { lastResort, real } = switchable(true);
    let attempts = 0;
    const { domain, services } = await failed({
      lastResort: {
        ...lastResort,
        change(id, change) {
          attempts += 1;
          if (attempts <= 12) return Promise.reject(down);
          return lastResort.change(id, change);
        },
      },
    });
    expect(services.calls.filter((call) => call === OFF)).toHaveLength(13);
    expect(real.isOn).toBe(false);
    expect(domain).toMatchObject({ confirmed: false, state: 'verified' });
    expect(services.log.lines.at(-1)).toMatch(DISABLED_AGAIN);
  });

  it('stays enabled if taking back is refused again and again, and the error holds the command', async () => {
    const { domain, services, error } = await failed({
      lastResort: { change: () => Promise.reject(refusal(403)) },
    });
    const command = disableCommand(CONNECTOR_ID, settings);
    expect(error).toMatchObject({ command, message: expect.stringMatching(facts('still enabled', '403')) });
    expect(domain).toMatchObject({ confirmed: false, state: 'enabled' });
    expect(services.calls.filter((call) => call === OFF)).toHaveLength(8);
    expect(services.log.lines.at(-1)).toBe(`info: ${command}`);
    // The reason is not lost.
    expect(error.message).toMatch(facts('Before that', 'Nobody', DOMAIN, '10m'));
    expect(services.log.lines).toContainEqual(line('info', 'Nobody', DOMAIN, '10m'));
  });
});

describe('an enable whose wait ends otherwise', () => {
  it.each<[string, World, string]>([
    [
      'the log cannot be read',
      { accessLog: { signIns: () => Promise.reject(refusal(403)) } },
      'It says 403.',
    ],
    ['the applications cannot be read', { access: { ssoApp: () => Promise.reject(down) } }, 'It is down.'],
    [
      'there is a defect',
      { accessLog: { signIns: () => Promise.reject(new TypeError('x is undefined')) } },
      'x is undefined',
    ],
  ])('is taken back when %s', async (_, world, message) => {
    const { domain, services, error } = await failed(world);
    expect(error.message).toContain(message);
    expect(error.hint).toMatch(DISABLED_AGAIN);
    expect(domain).toMatchObject({ confirmed: false, state: 'verified', changed: true });
    expect(stepsOf(services).slice(-2)).toEqual([OFF, LOOK]);
    expect(services.log.lines.at(-1)).toMatch(DISABLED_AGAIN);
  });

  it('keeps the hint of the failure behind how the connector was left', async () => {
    const { error } = await failed({ accessLog: { signIns: () => Promise.reject(refusal(403)) } });
    expect(error.hint).toMatch(/disabled again.*Its own hint\.$/);
  });

  it('is taken back on a stop, which it stays', async () => {
    const stop = new AbortController();
    const reason = new StoppedError('Stopped by SIGINT.', { hint: 'Run again.' });
    const clock = fakeClock((nowMs) => {
      if (nowMs >= NOON_MS + MINUTE_MS) stop.abort(reason);
    });
    const { domain, services, error } = await failed({ clock, signal: stop.signal });
    expect(error).toBeInstanceOf(StoppedError);
    expect(error).toMatchObject({ message: reason.message, cause: reason });
    expect(error.hint).toContain('disabled again');
    // Whoever stops it may not want that.
    expect(error.hint).not.toContain('Run again.');
    expect(domain).toMatchObject({ confirmed: false, state: 'verified' });
    expect(stepsOf(services).slice(-2)).toEqual([OFF, LOOK]);
  });
});

describe('an enable whose PATCH fails', () => {
  it('takes nothing back after a refusal: nothing was carried out', async () => {
    const failure = refusal(403);
    const { domain, services, error } = await failed({
      ssoConnectors: { change: () => Promise.reject(failure) },
    });
    expect(error).toBe(failure);
    expect(domain).toMatchObject({ confirmed: undefined, state: 'verified', changed: false });
    expect(stepsOf(services)).toEqual([PATCH]);
    expect(services.log.text()).not.toContain('disabled again');
  });

  it('explains the refusal of a domain as without confirm-within', async () => {
    const { error } = await failed({ ssoConnectors: { change: () => Promise.reject(refusal(409)) } });
    expect(error).toMatchObject({ message: expect.stringContaining('refuses to enable') });
    expect(error.hint).toContain('Only one account');
  });

  it('takes nothing back if the connector is gone', async () => {
    const { domain, services, error } = await failed({
      ssoConnectors: { change: () => Promise.reject(refusal(404, 17001)) },
    });
    expect(error.message).toBe('It says 404.');
    expect(domain).toMatchObject({ confirmed: undefined, state: 'absent', changed: false });
    expect(stepsOf(services)).toEqual([PATCH]);
  });

  it.each([down, new OutcomeUnknownError(refusal(409))])(
    'waits for a sign-in when a look shows that it was carried out (%s)',
    async (failure) => {
      const { domain, services, run } = attempt({
        ssoConnectors: { change: () => Promise.reject(failure) },
        sights: [{ enabled: true }],
        signIns: [signIn(30_000)],
      });
      await run();
      expect(orderOf(services).slice(0, 3)).toEqual([PATCH, GET, 'signIns']);
      expect(domain).toMatchObject({ confirmed: true, state: 'enabled', changed: true });
    },
  );

  it('is taken back all the same when a look shows that it was not carried out', async () => {
    const { real, lastResort } = switchable();
    const { domain, services, error } = await failed({
      ssoConnectors: { change: () => Promise.reject(new OutcomeUnknownError(refusal(403))) },
      lastResort,
    });
    expect(error.message).toBe('It says 403.');
    expect(stepsOf(services)).toEqual([PATCH, GET, OFF, LOOK]);
    expect(real.isOn).toBe(false);
    expect(domain).toMatchObject({ confirmed: false, state: 'verified' });
  });

  it('says that it may be enabled when nobody can see it and it cannot be taken back', async () => {
    const { domain, error } = await failed({
      ssoConnectors: {
        change: () => Promise.reject(new OutcomeUnknownError(refusal(409))),
        get: () => Promise.reject(down),
      },
      lastResort: {
        get: () => Promise.reject(refusal(403)),
        change: () => Promise.reject(refusal(403)),
      },
    });
    expect(error.message).toMatch(facts('may still be enabled', 'may have been carried out'));
    expect(error.command).toBe(disableCommand(CONNECTOR_ID, settings));
    expect(domain).toMatchObject({ confirmed: false, state: undefined, changed: undefined });
  });

  it.each([
    ['after a refusal', new OutcomeUnknownError(refusal(403))],
    ['without any answer', down],
  ])('is taken back, and twice, when its outcome stays in doubt %s', async (_, failure) => {
    const { real, lastResort } = switchable();
    const change = () => {
      real.isOn = true;
      return Promise.reject(failure);
    };
    const { domain, services, error } = await failed({
      ssoConnectors: { change, get: () => Promise.reject(down) },
      lastResort,
    });
    expect(stepsOf(services)).toEqual([PATCH, GET, OFF, LOOK, OFF, LOOK]);
    expect(services.clock.sleptMs).toEqual([3000]);
    expect(real.isOn).toBe(false);
    expect(error.cause).toBe(failure);
    expect(error.hint).toMatch(DISABLED_AGAIN);
    expect(domain).toMatchObject({ confirmed: false, state: 'verified', changed: true });
  });

  it('is taken back when it is stopped', async () => {
    const stop = new AbortController();
    const reason = new StoppedError('Stopped by SIGTERM.');
    const { real, lastResort } = switchable();
    const change = () => {
      real.isOn = true;
      stop.abort(reason);
      return Promise.reject(reason);
    };
    const { domain, services, error } = await failed({
      ssoConnectors: { change },
      lastResort,
      signal: stop.signal,
    });
    expect(error).toBeInstanceOf(StoppedError);
    expect(stepsOf(services)).toEqual([PATCH, OFF, LOOK, OFF, LOOK]);
    expect(real.isOn).toBe(false);
    expect(domain).toMatchObject({ confirmed: false, state: 'verified' });
  });

  it('is taken back when it was accepted but does not show yet', async () => {
    const { domain, services, error } = await failed({
      ssoConnectors: { change: async () => verified, get: async () => verified },
      lastResort: switchable().lastResort,
    });
    expect(error.message).toMatch(facts('accepted', 'not enabled'));
    expect(error.hint).toMatch(DISABLED_AGAIN);
    expect(stepsOf(services)).toEqual([PATCH, GET, OFF, LOOK]);
    expect(domain).toMatchObject({ confirmed: false, state: 'verified' });
  });

  it('takes nothing back after a refusal, though an earlier mode changed something', async () => {
    const { domain, services, run } = attempt(
      { ssoConnectors: { change: () => Promise.reject(refusal(403)) } },
      await createdDomain({ connector: verified }),
    );
    await rejectionOf(run(), ActionError);
    expect(stepsOf(services)).toEqual([PATCH]);
    expect(domain).toMatchObject({ confirmed: undefined, changed: true, created: true });
  });
});

describe('a step with confirm-within', () => {
  it('judges before and after, then enables and waits', async () => {
    const services = fakeServices({ connector: verified, ssoApp, signIns: [signIn(MINUTE_MS)] });
    const { domains, failures } = await workOnAll(settings, services);
    expect(failures).toEqual([]);
    expect(domains[0]?.domain).toMatchObject({ confirmed: true, state: 'enabled' });
    expect(orderOf(services)).toEqual([FIND, JUDGED, FIND, JUDGED, GET, PATCH, ...POLLS, GET]);
  });

  it('does not touch a connector that was enabled before', async () => {
    const connector = { ...verified, enabled: true };
    const services = fakeServices({ connector, ssoApp, signIns: [] });
    const { domains, failures } = await workOnAll(settings, services);
    expect(failures).toEqual([]);
    expect(domains[0]?.domain).toMatchObject({ confirmed: undefined, state: 'enabled', changed: false });
    expect(stepsOf(services)).toEqual([FIND, FIND]);
  });

  it('only says so in a dry run', async () => {
    const services = fakeServices({ connector: verified, ssoApp });
    const { domains } = await workOnAll({ ...settings, dryRun: true }, services);
    expect(domains[0]?.domain).toMatchObject({ confirmed: undefined, changed: false });
    expect(services.log.lines.at(-1)).toEqual(line('info', 'Dry run', DOMAIN, 'disable it again', '10m'));
    expect(services.calls).not.toContain(PATCH);
  });

  it('says that a stop was in mode enable, and leaves nothing enabled', async () => {
    const stop = new AbortController();
    const clock = fakeClock(() => stop.abort(new StoppedError('Stopped by SIGTERM.')));
    const { real, lastResort } = switchable();
    const change = async () => {
      real.isOn = true;
      return { ...verified, enabled: true };
    };
    const services = fakeServices({
      connector: verified,
      ssoApp,
      clock,
      signal: stop.signal,
      ssoConnectors: { change },
      lastResort,
    });
    const { failures } = await workOnAll(settings, services);
    expect(failures).toMatchObject([{ error: { message: 'Stopped by SIGTERM in mode enable.' } }]);
    expect(failures[0]?.error.hint).toMatch(DISABLED_AGAIN);
    expect(real.isOn).toBe(false);
  });

  it('confirms each of several email domains by itself', async () => {
    const emailDomains = ['a.example', 'b.example', 'c.example'];
    const clock = simulatedClock();
    const real = new Map(
      emailDomains.map((emailDomain) => [emailDomain, { ...verified, id: emailDomain, emailDomain }]),
    );
    const get = async (id: string): Promise<SsoConnector> => real.get(id) ?? verified;
    const change = async (id: string, { enabled = false }): Promise<SsoConnector> => {
      if (id === 'c.example' && enabled) throw refusal(409);
      const changed = { ...(await get(id)), enabled };
      real.set(id, changed);
      return changed;
    };
    const signIns = async ({ emailDomain }: { readonly emailDomain: string }) =>
      emailDomain === 'a.example' && clock.now() > NOON_MS + MINUTE_MS ? [signIn(MINUTE_MS)] : [];
    const services = {
      ...fakeServices({
        connectors: [...real.values()],
        ssoApp,
        ssoConnectors: { get, change },
        lastResort: { get, change },
        accessLog: { signIns },
      }),
      clock,
    };
    const { domains, failures } = await clock.run(workOnAll({ ...settings, emailDomains }, services));
    expect(domains.map(({ domain: { name, confirmed, state } }) => ({ name, confirmed, state }))).toEqual([
      { name: 'a.example', confirmed: true, state: 'enabled' },
      { name: 'b.example', confirmed: false, state: 'verified' },
      { name: 'c.example', confirmed: undefined, state: 'verified' },
    ]);
    expect([...real.values()].filter(({ enabled }) => enabled).map(({ id }) => id)).toEqual(['a.example']);
    expect(failures.map(({ emailDomain }) => emailDomain)).toEqual(['b.example', 'c.example']);
    expect(clock.sleeping).toBe(0);
  });
});
