import { describe, expect, it } from 'vitest';
import type { DashSsoApp } from '../../src/cloudflare/access.ts';
import type { SignIn, SignInQuery } from '../../src/cloudflare/access-log.ts';
import { ActionError, StoppedError, TimeoutError } from '../../src/domain/errors.ts';
import type { Settings } from '../../src/domain/settings.ts';
import { NetworkError } from '../../src/http/network-error.ts';
import { untilSignedIn } from '../../src/modes/first-sign-in.ts';
import { rejectionOf } from '../checks/errors.ts';
import { facts, line, sentenceWith } from '../checks/facts.ts';
import { fakeClock, NOON_MS } from '../fakes/clock.ts';
import { type FakeServices, fakeServices, type World } from '../fakes/services.ts';
import { UNPRINTABLE } from '../samples/hostile-text.ts';
import {
  API_TOKEN,
  CONNECTOR_ID,
  DOMAIN,
  sampleConnector,
  sampleDomain,
  sampleSettings,
} from '../samples/results.ts';

const MINUTE_MS = 60_000;
const GET = `get "${CONNECTOR_ID}"`;
const CONFIRM_WITHIN_MS = 10 * MINUTE_MS;
const connector = sampleConnector({ verificationStatus: 'verified', enabled: true });
const ssoApp: DashSsoApp = { id: 'id7', uid: 'uid7', name: 'SSO App', allowedIdps: [], policies: undefined };

const failure = new NetworkError('It is down.', { retryability: 'permanent' });

/** A sign-in to the dashboard, so many seconds after the PATCH. */
function signIn(afterS: number, changes: Partial<SignIn> = {}): SignIn {
  return { allowed: true, connection: 'oidc', appUid: ssoApp.uid, atMs: NOON_MS + afterS * 1000, ...changes };
}

interface Waited {
  readonly services: FakeServices;
  readonly domain: ReturnType<typeof sampleDomain>;
  run(): Promise<void>;
}

function waiting(
  world: World,
  {
    settings = sampleSettings({ modes: ['enable'] }),
    patchedAtMs = NOON_MS,
    confirmWithinMs = CONFIRM_WITHIN_MS,
  }: WaitOptions = {},
): Waited {
  const [domain, services] = [sampleDomain({ connector }), fakeServices({ connector, ssoApp, ...world })];
  const window = { patchedAtMs, confirmWithinMs };
  return { domain, services, run: () => untilSignedIn(domain, connector, window, settings, services) };
}

interface WaitOptions {
  readonly settings?: Settings;
  readonly patchedAtMs?: number;
  readonly confirmWithinMs?: number;
}

/** What is said if nobody signs in. */
async function timeoutOf(world: World, options?: WaitOptions): Promise<Waited & { error: TimeoutError }> {
  const wait = waiting(world, options);
  return { ...wait, error: await rejectionOf(wait.run(), TimeoutError) };
}

const noticesOf = ({ services: { log } }: Waited) => log.lines.filter((one) => one.startsWith('notice:'));
const warningsOf = ({ services: { log } }: Waited) => log.lines.filter((one) => one.startsWith('warning:'));
const waitedMs = ({ services: { clock } }: Waited) => clock.now() - NOON_MS;

describe('the request to sign in', () => {
  it('says where, who and until when', async () => {
    const { services, run } = waiting({ signIns: [signIn(1)] });
    await run();
    expect(services.log.lines[0]).toMatch(
      facts('notice: ', 'https://dash.cloudflare.com', 'private window', DOMAIN, '12:10 UTC', 'disabled'),
    );
    expect(services.log.text()).not.toContain(API_TOKEN);
  });

  it('says how much time is left, as the time of day of a short one is now', async () => {
    const { services, run } = waiting({ signIns: [signIn(1)] }, { confirmWithinMs: 45_000 });
    await run();
    expect(services.log.lines[0]).toMatch(facts('notice: ', ' 45s', '12:00 UTC'));
  });
});

describe('the wait for a sign-in', () => {
  it('ends at the first one, and says through what and when', async () => {
    const wait = waiting({ signIns: [signIn(90)] });
    await wait.run();
    expect(waitedMs(wait)).toBeGreaterThanOrEqual(90_000);
    expect(waitedMs(wait)).toBeLessThan(90_000 + 15_000);
    expect(wait.services.log.lines.at(-1)).toEqual(
      expect.stringMatching(facts('notice: ', DOMAIN, 'oidc', '12:01 UTC', CONNECTOR_ID, 'stays enabled')),
    );
    expect(noticesOf(wait)).toHaveLength(2);
    expect(wait.domain.ssoApp).toEqual(ssoApp);
    expect(wait.domain.state).toBe('enabled');
  });

  it('reads the connector back before it says so', async () => {
    const { services, run } = waiting({ signIns: [signIn(1)] });
    await run();
    expect(services.calls.slice(-2)).toEqual(['signIns', GET]);
    expect(services.logAt(GET)).not.toContain('Confirmed');
  });

  it('confirms nothing if the connector was disabled meanwhile', async () => {
    const wait = waiting({ signIns: [signIn(90)], sights: [{ enabled: false }] });
    const error = await rejectionOf(wait.run(), ActionError);
    expect(error.message).toMatch(
      facts(CONNECTOR_ID, 'disabled during the wait', DOMAIN, 'oidc', '12:01 UTC'),
    );
    expect(error.hint).toMatch(facts('who disabled it', 'enable'));
    expect(noticesOf(wait)).toHaveLength(1);
    expect(wait.domain.state).toBe('verified');
  });

  it('ends well although the connector cannot be read back, with a warning', async () => {
    const wait = waiting({ signIns: [signIn(1)], ssoConnectors: { get: () => Promise.reject(failure) } });
    await wait.run();
    expect(noticesOf(wait)).toHaveLength(2);
    expect(warningsOf(wait)).toEqual([line('warning', 'could not be read again', failure.message)]);
  });

  it('looks at once, then with longer and longer pauses up to the poll interval', async () => {
    const wait = waiting({ signIns: [signIn(50)] });
    await wait.run();
    expect(wait.services.clock.sleptMs).toEqual([2000, 3000, 4500, 6750, 10_125, 15_000, 15_000]);
    const looks = wait.services.calls.filter((call) => call === 'signIns');
    expect(looks).toHaveLength(8);
  });

  it('never pauses longer than the poll interval', async () => {
    const settings = sampleSettings();
    const wait = { ...settings.wait, pollIntervalMs: 1000 };
    const { services, run } = waiting({ signIns: [signIn(3)] }, { settings: { ...settings, wait } });
    await run();
    expect(services.clock.sleptMs).toEqual([1000, 1000, 1000]);
  });

  it('looks a last time when the time is over', async () => {
    const wait = waiting({ signIns: [signIn(CONFIRM_WITHIN_MS / 1000)] });
    await wait.run();
    expect(waitedMs(wait)).toBe(CONFIRM_WITHIN_MS);
  });

  it('names the first of several', async () => {
    const signIns = [signIn(0.9, { connection: 'third' }), signIn(0.5, { connection: 'first' })];
    const wait = waiting({ signIns: [...signIns, signIn(0.1, { allowed: false, connection: 'denied' })] });
    await wait.services.clock.sleep(1000);
    await wait.run();
    expect(wait.services.log.lines.at(-1)).toMatch(facts('Confirmed', 'first'));
    expect(wait.services.log.lines.at(-1)).not.toMatch(/third|denied/);
  });

  it('says the date when the sign-in is of another day', async () => {
    const patchedAtMs = NOON_MS - 24 * 60 * MINUTE_MS;
    const wait = waiting({ signIns: [signIn(-24 * 60 * 60)] }, { patchedAtMs });
    await wait.run();
    expect(wait.services.log.lines.at(-1)).toContain('2026-01-04 12:00 UTC');
  });

  it('says now and then how much time is left', async () => {
    const { services } = await timeoutOf({ signIns: [] });
    const news = services.log.lines.filter((one) => one.includes('Still waiting'));
    expect(news.map((one) => /\d+m/.exec(one)?.[0])).toEqual(['8m', '7m', '5m', '1m']);
  });

  it('is ended by a stop', async () => {
    const stop = new AbortController();
    const reason = new StoppedError('Stopped by SIGINT.');
    const clock = fakeClock((nowMs) => {
      if (nowMs > NOON_MS + MINUTE_MS) stop.abort(reason);
    });
    const { run } = waiting({ signIns: [], clock, signal: stop.signal });
    expect(await rejectionOf(run(), StoppedError)).toBe(reason);
  });

  it.each<[string, World]>([
    ['the log', { accessLog: { signIns: () => Promise.reject(failure) } }],
    ['the list of applications', { access: { ssoApp: () => Promise.reject(failure) } }],
  ])('is ended by a failure of %s', async (_, world) => {
    expect(await rejectionOf(waiting(world).run(), NetworkError)).toBe(failure);
  });
});

describe('what counts as a sign-in', () => {
  it.each<[string, SignIn]>([
    ['of the application by its UID', signIn(0)],
    ['of the application by its ID', signIn(0, { appUid: ssoApp.id })],
    ['in the second of the PATCH, of which the log may show no fraction', signIn(0)],
  ])('is one %s', async (_, one) => {
    const wait = waiting({ signIns: [one] }, { patchedAtMs: NOON_MS + 999 });
    await wait.run();
    expect(waitedMs(wait)).toBe(0);
  });

  it.each<[string, SignIn]>([
    ['of another application', signIn(1, { appUid: 'wiki' })],
    ['of no application', signIn(1, { appUid: undefined })],
    ['before the PATCH', signIn(-1)],
    ['that was denied', signIn(1, { allowed: false })],
  ])('is none %s', async (_, one) => {
    const wait = await timeoutOf({ signIns: [one] });
    expect(waitedMs(wait)).toBe(CONFIRM_WITHIN_MS);
    expect(noticesOf(wait)).toHaveLength(1);
  });

  it('is asked for from the second of the PATCH on, for this email domain', async () => {
    const queries: SignInQuery[] = [];
    const signIns = async (query: SignInQuery) => {
      queries.push(query);
      return [signIn(1)];
    };
    const { run } = waiting({ accessLog: { signIns } }, { patchedAtMs: NOON_MS + 1234 });
    await run();
    expect(queries).toEqual([{ emailDomain: DOMAIN, sinceMs: NOON_MS + 1000 }]);
  });
});

describe('the Access application', () => {
  it('may appear only later: it is looked up anew until then, and no longer', async () => {
    const asked: (number | undefined)[] = [];
    const clock = fakeClock();
    const wait = waiting({
      clock,
      signIns: [signIn(1)],
      access: {
        async ssoApp(notBeforeMs) {
          asked.push(notBeforeMs);
          // What was read before shows it only if it was there before.
          if (notBeforeMs === undefined) return undefined;
          return clock.now() > NOON_MS + 4000 ? ssoApp : undefined;
        },
      },
    });
    await wait.run();
    expect(asked.filter((notBeforeMs) => notBeforeMs !== undefined)).toEqual([
      NOON_MS,
      NOON_MS + 2000,
      NOON_MS + 5000,
    ]);
    expect(wait.services.calls).toEqual(['ssoApp', 'ssoApp', 'ssoApp', 'signIns', GET]);
    expect(wait.domain.ssoApp).toEqual(ssoApp);
  });

  it('that was seen before is not read anew', async () => {
    const { services, domain } = await timeoutOf({ signIns: [] });
    expect(services.reads).toEqual(['ssoApp']);
    expect(services.calls).not.toContain('ssoApp');
    expect(domain.ssoApp).toEqual(ssoApp);
  });

  it('is looked up once while nobody signs in', async () => {
    const access: World['access'] = {
      ssoApp: async (notBeforeMs) => (notBeforeMs === undefined ? undefined : ssoApp),
    };
    const { services } = await timeoutOf({ signIns: [], access });
    expect(services.calls.filter((call) => call === 'ssoApp')).toHaveLength(1);
  });

  it('that never appears is why nobody was seen', async () => {
    const { services, error } = await timeoutOf({
      signIns: [signIn(1)],
      access: { ssoApp: async () => undefined },
    });
    expect(error.message).toMatch(facts('Nobody', DOMAIN, '10m', 'dash_sso', 'not appeared'));
    expect(error.message).not.toContain('denied');
    expect(services.calls).not.toContain('signIns');
  });
});

describe('the end without a sign-in', () => {
  it('says that none was denied either, and what to try', async () => {
    const { error } = await timeoutOf({ signIns: [] });
    expect(error.message).toMatch(facts('Nobody', DOMAIN, '10m', 'No denied sign-in'));
    expect(error.hint).toMatch(facts('longer confirm-within', 'identity provider'));
  });

  it('says how many were denied and through what, each provider once', async () => {
    const denied = [
      signIn(300, { allowed: false, connection: 'oidc' }),
      signIn(70, { allowed: false, connection: 'onetimepin' }),
      signIn(20, { allowed: false, connection: 'oidc' }),
    ];
    const wait = await timeoutOf({ signIns: [signIn(30, { appUid: 'wiki' }), ...denied] });
    expect(wait.error.message).toMatch(facts('Nobody', DOMAIN, '3 denied', 'oidc, onetimepin'));
    expect(wait.error.hint).toMatch(facts('denied', 'policies', 'dash_sso', 'log of your identity provider'));
    // As soon as each is seen, and not again and again.
    expect(warningsOf(wait)).toEqual([
      line('warning', '1 denied', 'oidc'),
      line('warning', '2 denied', 'onetimepin'),
      line('warning', '3 denied'),
    ]);
  });

  it('warns of a denied one, and still ends well at one that is allowed', async () => {
    const wait = waiting({ signIns: [signIn(60), signIn(3, { allowed: false, connection: 'saml' })] });
    await wait.run();
    expect(warningsOf(wait)).toEqual([line('warning', '1 denied', 'saml')]);
    expect(wait.services.log.lines.at(-1)).toMatch(facts('Confirmed', 'oidc'));
  });

  it('shows the name of a provider as text, and says so if there is none', async () => {
    const denied = ['x\n::error::y\u001b[31m', ''].map((connection) =>
      signIn(1, { allowed: false, connection }),
    );
    const { error } = await timeoutOf({ signIns: denied });
    expect(error.message).toEqual(sentenceWith('2 denied', 'x\\n::error::y', 'an unnamed provider'));
    expect(error.message).not.toMatch(UNPRINTABLE);
  });
});
