import { describe, expect, it } from 'vitest';
import { startSandbox } from '../../sandbox/index.ts';
import { AccessLog, LOOK_BACK_DAYS } from '../../src/cloudflare/access-log.ts';
import { CloudflareApiError } from '../../src/cloudflare/api-error.ts';
import { rejectionOf } from '../checks/errors.ts';
import { clientOf } from '../fakes/api-client.ts';
import { type ApiServer, failure, startApiServer, success } from '../fakes/api-server.ts';
import { NOON_MS } from '../fakes/clock.ts';
import { ACCOUNT_ID } from '../samples/results.ts';

type Setup = Pick<ReturnType<typeof clientOf>, 'client' | 'clock'>;

function logOf({ client, clock }: Setup, accountId = ACCOUNT_ID): AccessLog {
  return new AccessLog(client, accountId, clock);
}

const DAY_MS = 24 * 60 * 60 * 1000;
const SINCE_MS = NOON_MS - 1000;
const QUERY = { emailDomain: 'example.com', sinceMs: SINCE_MS };

/** As Cloudflare sends it, a second before noon. */
function entry(changes: Readonly<Record<string, unknown>> = {}) {
  return {
    action: 'login',
    allowed: true,
    app_domain: 'wiki.sandbox.example',
    app_uid: 'app1',
    connection: 'okta',
    created_at: new Date(SINCE_MS).toISOString(),
    ip_address: '198.51.100.77',
    ray_id: '187d944c61940c77',
    user_email: 'zoe.quill@example.com',
    ...changes,
  };
}

const SIGN_IN = { allowed: true, atMs: SINCE_MS, connection: 'okta', appUid: 'app1' };

/** What the log makes of these entries. */
async function signInsAmong(...entries: readonly object[]) {
  await using server = await startApiServer(success(entries));
  using setup = clientOf(server.apiUrl);
  return await logOf(setup).signIns(QUERY);
}

function queriesTo({ requests }: ApiServer): readonly Readonly<Record<string, string>>[] {
  return requests.map(({ path }) => Object.fromEntries(new URL(path, 'http://x').searchParams));
}

describe('signIns', () => {
  it('says when, how and whether, and nothing about the person', async () => {
    const signIns = await signInsAmong(entry());
    expect(signIns).toEqual([SIGN_IN]);
    expect(JSON.stringify(signIns)).not.toMatch(/@|zoe|198\.51/);
  });

  it('asks once, the newest first, and not by address: that would miss capitals', async () => {
    await using server = await startApiServer(success([entry()]));
    using setup = clientOf(server.apiUrl);
    await logOf(setup).signIns(QUERY);
    expect(server.requests[0]?.path).toMatch(`/accounts/${ACCOUNT_ID}/access/logs/access_requests?`);
    expect(queriesTo(server)).toEqual([
      { since: '2026-01-05T11:59:59.000Z', direction: 'desc', limit: '1000' },
    ]);
  });

  it.each(['zoe@EXAMPLE.COM', 'Zoe@Example.com', 'zoe+x@example.com', '"a@b"@example.com'])(
    'finds %j',
    async (user_email) => {
      expect(await signInsAmong(entry({ user_email }))).toEqual([SIGN_IN]);
    },
  );

  it.each([
    'x@example.com.evil.test',
    'x@notexample.com',
    'x@sub.example.com',
    '@example.com@evil.test',
    'x@example.com/@evil.test',
    'x@example.com/evil.test',
    'x@example.com#evil.test',
    'example.com',
    '',
    null,
    undefined,
  ])('does not take %j for somebody of the email domain', async (user_email) => {
    expect(await signInsAmong(entry({ user_email }))).toEqual([]);
  });

  it.each([undefined, null, '', 'yesterday', '2026-13-45T99:00:00Z'])(
    'never counts an entry of the time %j: it may be from any time',
    async (created_at) => {
      expect(await signInsAmong(entry({ created_at }))).toEqual([]);
    },
  );

  it('counts an entry from its earliest time on, whatever Cloudflare sends', async () => {
    const at = (ms: number) => entry({ created_at: new Date(ms).toISOString() });
    const signIns = await signInsAmong(at(SINCE_MS - 1), at(SINCE_MS), at(0), at(SINCE_MS + 1));
    expect(signIns.map(({ atMs }) => atMs)).toEqual([SINCE_MS + 1, SINCE_MS]);
  });

  it('reads whole seconds and other time zones', async () => {
    const times = ['2026-01-05T11:59:59Z', '2026-01-05T12:59:59+01:00'];
    const signIns = await signInsAmong(...times.map((created_at) => entry({ created_at })));
    expect(signIns).toEqual([SIGN_IN, SIGN_IN]);
  });

  it('puts the latest first, in whatever order they come', async () => {
    const at = (ms: number) => entry({ created_at: new Date(NOON_MS + ms).toISOString() });
    const signIns = await signInsAmong(at(2), at(3), at(1));
    expect(signIns.map(({ atMs }) => atMs - NOON_MS)).toEqual([3, 2, 1]);
  });

  it.each([
    ['login', 1],
    [undefined, 1],
    [null, 1],
    ['logout', 0],
    ['', 0],
  ])('of the action %j are %d sign-ins', async (action, count) => {
    expect(await signInsAmong(entry({ action }))).toHaveLength(count);
  });

  it.each([false, undefined, null])('takes allowed: %j for denied', async (allowed) => {
    expect(await signInsAmong(entry({ allowed }))).toEqual([{ ...SIGN_IN, allowed: false }]);
  });

  it('does without a provider and an application', async () => {
    for (const none of [undefined, null]) {
      expect(await signInsAmong(entry({ connection: none, app_uid: none }))).toEqual([
        { ...SIGN_IN, connection: '', appUid: undefined },
      ]);
    }
  });

  it('goes on to the next page, up to a thousand entries', async () => {
    const page = Array.from({ length: 400 }, () => entry());
    await using server = await startApiServer(success(page, { total_count: 5000 }));
    using setup = clientOf(server.apiUrl);
    expect(await logOf(setup).signIns(QUERY)).toHaveLength(1200);
    expect(queriesTo(server).map(({ page }) => page)).toEqual([undefined, '2', '3']);
  });

  it('are read anew each time', async () => {
    await using server = await startApiServer(success([]), success([entry()]));
    using setup = clientOf(server.apiUrl);
    const log = logOf(setup);
    expect(await log.signIns(QUERY)).toEqual([]);
    expect(await log.signIns(QUERY)).toEqual([SIGN_IN]);
  });

  it('names the permission when the token lacks it', async () => {
    await using server = await startApiServer(failure(403));
    using setup = clientOf(server.apiUrl);
    const error = await rejectionOf(logOf(setup).signIns(QUERY), CloudflareApiError);
    expect(error.permission).toBe('Access: Audit Logs: Read');
    expect(error.hint).toContain('"Access: Audit Logs: Read"');
  });
});

describe('pastSignIns', () => {
  const since = new Date(NOON_MS - LOOK_BACK_DAYS * DAY_MS).toISOString();

  it("looks 30 days back with Cloudflare's filter first, and is content with what that finds", async () => {
    await using server = await startApiServer(success([entry()]));
    using setup = clientOf(server.apiUrl);
    expect(await logOf(setup).pastSignIns('example.com')).toEqual([SIGN_IN]);
    expect(LOOK_BACK_DAYS).toBe(30);
    expect(queriesTo(server)).toEqual([{ since, direction: 'desc', limit: '100', email: '@example.com' }]);
  });

  it.each([
    ['nobody', []],
    ['only people of other domains', [entry({ user_email: 'x@example.com.evil.test' })]],
  ])('looks without the filter where it finds %s', async (_, filtered) => {
    const capitals = entry({ user_email: 'zoe@EXAMPLE.COM' });
    await using server = await startApiServer(success(filtered), success([capitals]));
    using setup = clientOf(server.apiUrl);
    expect(await logOf(setup).pastSignIns('example.com')).toEqual([SIGN_IN]);
    expect(queriesTo(server)[1]).toEqual({ since, direction: 'desc', limit: '1000' });
  });

  it('leaves out what is older than 30 days', async () => {
    const created_at = new Date(NOON_MS - 30 * DAY_MS - 1).toISOString();
    await using server = await startApiServer(success([entry({ created_at })]));
    using setup = clientOf(server.apiUrl);
    expect(await logOf(setup).pastSignIns('example.com')).toEqual([]);
  });

  it('is read once for each email domain, and again after a minute', async () => {
    await using server = await startApiServer(success([entry(), entry({ user_email: 'a@b.example' })]));
    using setup = clientOf(server.apiUrl);
    const log = logOf(setup);
    const [one, again] = await Promise.all([log.pastSignIns('example.com'), log.pastSignIns('example.com')]);
    expect(one).toBe(again);
    expect(await log.pastSignIns('b.example')).toEqual([SIGN_IN]);
    expect(queriesTo(server).map(({ email }) => email)).toEqual(['@example.com', '@b.example']);
    await setup.clock.sleep(60_001);
    await log.pastSignIns('example.com');
    expect(server.requests).toHaveLength(3);
  });
});

describe('the access log of the sandbox', () => {
  it('shows people of the email domain alone, denied ones too, and no address', async () => {
    await using sandbox = await startSandbox({ now: () => NOON_MS });
    const { apiToken, accountId } = sandbox;
    using setup = clientOf(sandbox.apiUrl, { apiToken });
    sandbox.playSignIn({ email: 'zoe.quill@EXAMPLE.com', at: NOON_MS - 3000 });
    sandbox.playSignIn({ email: 'zoe.quill@example.com', at: NOON_MS - 2000, allowed: false });
    for (const email of ['x@example.com.evil.test', 'x@notexample.com']) sandbox.playSignIn({ email });
    const log = logOf(setup, accountId);
    const appUid = expect.any(String);
    const denied = { allowed: false, atMs: NOON_MS - 2000, connection: 'oidc', appUid };
    const signIns = await log.signIns({ emailDomain: 'example.com', sinceMs: NOON_MS - 5000 });
    expect(signIns).toEqual([denied, { ...denied, allowed: true, atMs: NOON_MS - 3000 }]);
    // The filter finds one of the two, and that is enough.
    expect(await log.pastSignIns('example.com')).toEqual([denied]);
    expect(JSON.stringify(signIns)).not.toMatch(/@|zoe/);
  });
});
