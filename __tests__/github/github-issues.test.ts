import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { GitHubFaultRule } from '../../sandbox/github-api.ts';
import { ActionError, InputError, NetworkError, StoppedError } from '../../src/errors.ts';
import { driftIssueText } from '../../src/github/drift-issue-text.ts';
import { GitHubApiError } from '../../src/github/github-api-error.ts';
import { startApiServer, textAnswer } from '../support/api-server.ts';
import { everythingIn, rejectionOf } from '../support/errors.ts';
import { NOON_MS } from '../support/fake-clock.ts';
import { DRIFT, NO_DRIFT, OTHER_DRIFT, runnerEnv, startWorld } from './drift-samples.ts';

type World = Awaited<ReturnType<typeof startWorld>>;
type Method = 'GET' | 'POST' | 'PATCH';

const methodsOf = ({ api }: World) => api.requests.map(({ method }) => method).join(' ');
const isComment = /\/comments$/;
const isIssues = /\/issues$/;

/** The error of a run on drift, which holds nothing that is secret. */
async function failureOf(world: World, report = DRIFT): Promise<ActionError> {
  const error = await rejectionOf(world.keep(report), ActionError);
  expect(everythingIn(error)).not.toContain(world.api.token);
  expect(world.log.text()).not.toContain(world.api.token);
  return error;
}

describe('a refusal', () => {
  it.each([
    ['a wrong token', 401, 'Bad credentials', /token is wrong or has run out/],
    ['a token without the permission', 403, 'Resource not accessible by integration', /"issues: write"/],
    ['a repository that the token does not reach', 404, 'Not Found', /"issues: write"/],
    ['disabled issues', 410, 'Issues are disabled for this repo', /Enable them in its settings/],
    ['a text that GitHub does not take', 422, 'Validation Failed', undefined],
  ])('of %s says so and what to do, at once', async (_, status, message, hint) => {
    await using world = await startWorld();
    world.api.faults.add({ fault: { kind: 'status', status, errors: [{ code: 0, message }] } });
    const error = await failureOf(world);
    expect(error).toBeInstanceOf(GitHubApiError);
    expect(error.message).toBe(`GET /api/v3/repos/octo-org/sso/issues failed: ${message}, HTTP ${status}.`);
    if (hint === undefined) expect(error.hint).toBeUndefined();
    else expect(error.hint).toMatch(hint);
    expect(world.api.requests).toHaveLength(1);
    expect(world.clock.sleptMs).toEqual([]);
  });

  it.each([
    [{ permission: 'read' }, 'POST', 'Resource not accessible by integration, HTTP 403'],
    [{ permission: 'none' }, 'GET', 'Resource not accessible by integration, HTTP 403'],
    [{ issuesEnabled: false }, 'GET', 'Issues are disabled for this repo, HTTP 410'],
  ] as const)('comes from a repository of %j', async (options, method, message) => {
    await using world = await startWorld(options);
    expect((await failureOf(world)).message).toBe(
      `${method} /api/v3/repos/octo-org/sso/issues failed: ${message}.`,
    );
  });

  it('of a wrong token is the same from the stand-in', async () => {
    await using world = await startWorld();
    const error = await rejectionOf(world.keep(DRIFT, { token: 'ghs_wrong' }), GitHubApiError);
    expect(error).toMatchObject({ httpStatus: 401, message: expect.stringContaining('Bad credentials') });
    expect(everythingIn(error)).not.toContain('ghs_wrong');
  });

  it('quotes only what GitHub calls its message, as one line and not for ever', async () => {
    await using world = await startWorld();
    const body = JSON.stringify({ message: `so\n::error::${'x'.repeat(1000)}`, secret: 'TOP-SECRET' });
    world.api.faults.add({ fault: { kind: 'body', status: 400, body } });
    const error = await failureOf(world);
    expect(error.message).toMatch(/failed: so\\n::error::x{100,190}… \(\d+ characters\), HTTP 400\.$/);
    expect(everythingIn(error)).not.toContain('TOP-SECRET');
  });

  it('that is a page of a proxy is not quoted', async () => {
    await using world = await startWorld();
    const fault = {
      kind: 'body',
      status: 400,
      body: '<h1>TOP-SECRET</h1>',
      contentType: 'text/html',
    } as const;
    world.api.faults.add({ fault });
    const error = await failureOf(world);
    expect(error.message).toContain('failed: no reason given, HTTP 400.');
    expect(everythingIn(error)).not.toContain('TOP-SECRET');
  });
});

describe('a rate limit', () => {
  const limit = (status: number, retryAfter?: string, headers: Record<string, string> = {}) =>
    ({ fault: { kind: 'status', status, ...(retryAfter && { retryAfter }) }, headers }) as GitHubFaultRule;
  const resetSeconds = String(NOON_MS / 1000 + 120);

  it.each([
    ['429', limit(429), 60_000],
    ['429 with a time', limit(429, '7'), 7000],
    ['403 with a time', limit(403, '9'), 9000],
    [
      '403, used up',
      limit(403, undefined, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': resetSeconds }),
      120_000,
    ],
  ])('is waited for, and the POST sent again: %s', async (_, rule, sleptMs) => {
    await using world = await startWorld();
    world.api.faults.add({ ...rule, method: 'POST', times: 1 });
    expect(await world.keep(DRIFT)).toMatchObject({ action: 'opened' });
    // Refused is not carried out: no need to look for the issue.
    expect(methodsOf(world)).toBe('GET POST POST');
    expect(world.clock.sleptMs).toEqual([sleptMs]);
  });

  it('of an hour ends the step', async () => {
    await using world = await startWorld();
    world.api.faults.add(limit(403, '3600'));
    expect((await failureOf(world)).hint).toMatch(/rate limit for this token/);
    expect(world.clock.sleptMs).toEqual([]);
  });
});

describe('a failure that may pass', () => {
  const FAULTS = {
    'a 500': { kind: 'status', status: 500 },
    'a 503': { kind: 'status', status: 503 },
    'a reset': { kind: 'reset' },
    'a cut body': { kind: 'cut-body' },
    'no body': { kind: 'body', body: '' },
    'a page that is not JSON': { kind: 'body', body: '<html>', contentType: 'text/html' },
    'an object for a list': { kind: 'body', body: '{"total_count":0,"items":[]}' },
    'a list of something else': { kind: 'body', body: '[{"number":"one"}]' },
  } as const;

  it.each(Object.entries(FAULTS).filter(([name]) => name !== 'a list of something else'))(
    'of the list is repeated: %s',
    async (_, fault) => {
      await using world = await startWorld();
      world.api.issues.seed({ body: driftIssueText(DRIFT).body });
      world.api.faults.add({ method: 'GET', times: 1, fault });
      expect(await world.keep(DRIFT)).toMatchObject({ action: 'none' });
      expect(world.clock.sleptMs).toEqual([500]);
      expect(world.log.text()).toContain('Trying the list of issues again in');
    },
  );

  it.each(Object.entries(FAULTS))('of the list for ever never opens an issue: %s', async (_, fault) => {
    await using world = await startWorld();
    world.api.faults.add({ method: 'GET', fault });
    await failureOf(world);
    expect(methodsOf(world)).not.toContain('POST');
  });

  it('does not include a 409, of which octokit would make an empty list', async () => {
    await using world = await startWorld();
    world.api.faults.add({ method: 'GET', fault: { kind: 'status', status: 409 } });
    expect(await failureOf(world)).toMatchObject({ httpStatus: 409 });
    expect(methodsOf(world)).toBe('GET');
  });

  it('of a page is repeated, and only that page', async () => {
    await using world = await startWorld();
    for (let count = 0; count < 150; count++) world.api.issues.seed();
    world.api.faults.add({ method: 'GET', skip: 1, times: 1, fault: { kind: 'status', status: 502 } });
    expect(await world.keep(DRIFT)).toMatchObject({ action: 'opened' });
    expect(world.api.requests.map(({ query }) => query['page'])).toEqual([undefined, '2', '2', undefined]);
  });

  it('of a change is repeated', async () => {
    await using world = await startWorld();
    world.api.issues.seed({ body: driftIssueText(DRIFT).body });
    world.api.faults.add({ method: 'PATCH', carryOut: true, times: 2, fault: { kind: 'reset' } });
    expect(await world.keep(NO_DRIFT)).toMatchObject({ action: 'closed' });
    expect(methodsOf(world)).toBe('GET POST PATCH PATCH PATCH');
  });
});

describe('a POST of unknown outcome', () => {
  const LOST = [
    ['reset', { kind: 'reset' }],
    ['500', { kind: 'status', status: 500 }],
    ['cut body', { kind: 'cut-body' }],
    ['success of another shape', { kind: 'body', body: '{}' }],
    ['success that says nothing', { kind: 'body', body: '' }],
    ['time-out', { kind: 'stall-before-headers' }],
    ['time-out in the body', { kind: 'stall-in-body' }],
  ] as const;
  const options = { deadlineMs: 300 };

  it.each(LOST)('never makes a second issue, when it was carried out: %s', async (_, fault) => {
    await using world = await startWorld();
    world.api.faults.add({ method: 'POST', carryOut: true, times: 1, fault });
    const result = await world.keep(DRIFT, options);
    expect(result).toMatchObject({ action: 'opened', url: expect.stringMatching(/\/issues\/1$/) });
    expect(methodsOf(world)).toBe('GET POST GET');
    expect(world.api.issues.all()).toHaveLength(1);
  });

  it.each(LOST)('is sent again, when it was not carried out: %s', async (_, fault) => {
    await using world = await startWorld();
    world.api.faults.add({ method: 'POST', path: isIssues, times: 1, fault });
    expect(await world.keep(DRIFT, options)).toMatchObject({ action: 'opened' });
    expect(methodsOf(world)).toBe('GET POST GET POST');
    expect(world.api.issues.all()).toHaveLength(1);
  });

  it('is followed by a list before every further attempt, also when that one was only refused', async () => {
    await using world = await startWorld();
    world.api.faults.add(
      { method: 'POST', times: 1, fault: { kind: 'reset' } },
      { method: 'POST', times: 1, fault: { kind: 'status', status: 429, retryAfter: '1' } },
    );
    await world.keep(DRIFT);
    expect(methodsOf(world)).toBe('GET POST GET POST GET POST');
  });

  it('is not sent again when the list that would tell fails', async () => {
    await using world = await startWorld();
    world.api.faults.add(
      { method: 'POST', carryOut: true, times: 1, fault: { kind: 'reset' } },
      { method: 'GET', skip: 1, fault: { kind: 'status', status: 500 } },
    );
    await failureOf(world);
    expect(methodsOf(world)).toBe('GET POST GET GET GET GET');
    world.api.faults.clear();
    expect(await world.keep(DRIFT)).toMatchObject({ action: 'none' });
  });

  it.each(LOST)('never makes a second comment: %s', async (_, fault) => {
    await using world = await startWorld();
    world.api.issues.seed({ body: driftIssueText(DRIFT).body });
    world.api.faults.add({ method: 'POST', path: isComment, carryOut: true, times: 1, fault });
    // The comment's answer is not looked at, so these two are answers like any other.
    const isLost = fault.kind !== 'body';
    expect(await world.keep(OTHER_DRIFT, options)).toMatchObject({ action: 'updated' });
    expect(methodsOf(world)).toBe(isLost ? 'GET POST GET PATCH' : 'GET POST PATCH');
    expect(world.api.issues.comments(1)).toHaveLength(1);
  });

  it('makes the comment that is not there yet', async () => {
    await using world = await startWorld();
    world.api.issues.seed({ body: driftIssueText(DRIFT).body });
    world.api.faults.add({ method: 'POST', path: isComment, times: 1, fault: { kind: 'reset' } });
    await world.keep(OTHER_DRIFT);
    expect(methodsOf(world)).toBe('GET POST GET POST PATCH');
    expect(world.api.issues.comments(1)).toHaveLength(1);
  });
});

describe('a token whose issues would not be trusted', () => {
  it('is refused after the first issue', async () => {
    await using world = await startWorld();
    const author = { login: 'eve', type: 'User', association: 'NONE' } as const;
    const error = await rejectionOf(
      world.keep(DRIFT, { token: world.api.addToken({ author }) }),
      GitHubApiError,
    );
    expect(error.message).toMatch(/would not be found again/);
    expect(world.api.issues.all()).toHaveLength(1);
  });
});

describe('the token', () => {
  it.each([
    ['another origin', (url: string) => `${url}/issues?page=2`],
    [
      'the right host as a user name',
      (url: string, api: string) => `${api.replace('/api/v3', '')}@${url.slice(7)}/x`,
    ],
    ['the same host outside of the API', (_: string, api: string) => api.replace('/api/v3', '/elsewhere')],
    ['a way out of the API', (_: string, api: string) => `${api}/../elsewhere`],
  ])('does not follow a Link to %s', async (_, linkTo) => {
    await using world = await startWorld();
    await using other = await startApiServer(textAnswer(200, '[]'));
    const target = linkTo(other.apiUrl, world.api.url);
    const headers = { link: `<${target}>; rel="next"` };
    world.api.faults.add({ method: 'GET', times: 1, headers, fault: { kind: 'body', body: '[]' } });
    const error = await failureOf(world);
    expect(error).toBeInstanceOf(NetworkError);
    expect(error.message).toContain('the token is not sent there');
    expect(other.requests).toEqual([]);
    expect(world.api.requests).toHaveLength(1);
  });

  it.each<[number, Method]>([
    [301, 'GET'],
    [307, 'POST'],
    [308, 'PATCH'],
  ])('does not follow a redirect: %i of a %s', async (status, method) => {
    await using world = await startWorld();
    await using other = await startApiServer(textAnswer(200, '[]'));
    if (method === 'PATCH') world.api.issues.seed({ body: driftIssueText(DRIFT).body });
    world.api.faults.add({ method, fault: { kind: 'redirect', status, location: `${other.apiUrl}/x` } });
    const error = await failureOf(world, method === 'PATCH' ? OTHER_DRIFT : DRIFT);
    expect(error).toMatchObject({ httpStatus: status, hint: expect.stringMatching(/renamed or moved/) });
    expect(other.requests).toEqual([]);
  });

  it('is sent as GitHub takes it, with a user agent', async () => {
    await using world = await startWorld();
    await world.keep(DRIFT);
    for (const { headers } of world.api.requests) {
      expect(headers.authorization).toBe(`Bearer ${world.api.token}`);
      expect(headers['user-agent']).toContain('cloudflare-dashboard-sso-connector');
    }
  });
});

describe('an exchange', () => {
  it('that is too large is given up at once', async () => {
    await using world = await startWorld();
    world.api.faults.add({ fault: { kind: 'huge-body', sizeBytes: 20_000_000 } });
    expect((await failureOf(world)).message).toMatch(/larger than \d+ bytes/);
    expect(world.api.requests).toHaveLength(1);
  });

  it('that gets no answer tells where GitHub tells of incidents', async () => {
    await using world = await startWorld();
    world.api.faults.add({ fault: { kind: 'reset' } });
    const error = await failureOf(world);
    expect(error.hint).toMatch(/githubstatus/);
    expect(world.clock.sleptMs).toEqual([500, 1000, 2000, 4000]);
  });

  it('ends when the runner asks the process to stop', async () => {
    await using world = await startWorld();
    world.api.faults.add({ fault: { kind: 'stall-before-headers' } });
    const kept = rejectionOf(world.keep(DRIFT), StoppedError);
    while (world.api.requests.length === 0) await sleep(5);
    world.stop.abort(new StoppedError('Stopped.'));
    expect((await kept).message).toBe('Stopped.');
  });

  it('that warns of a deprecation writes nothing to standard output', async () => {
    await using world = await startWorld();
    const headers = { deprecation: 'x', sunset: '\u00a0::error::x', link: '<::error::>; rel="deprecation"' };
    world.api.faults.add({ method: 'GET', headers, fault: { kind: 'body', body: '[]' } });
    await world.keep(DRIFT);
    expect(world.log.text()).toContain('debug: [@octokit/request] "GET');
  });
});

describe('the environment', () => {
  it.each([undefined, '', 'octo-org', 'a/b/c', '../x', 'octo-org/..', 'octo-org/.', 'a b/c', 'a/b?c'])(
    'needs a repository: %j is none',
    async (name) => {
      await using world = await startWorld();
      const env = { ...runnerEnv(world.api), GITHUB_REPOSITORY: name };
      expect((await rejectionOf(world.keep(DRIFT, { env }), InputError)).message).toContain(
        'GITHUB_REPOSITORY',
      );
      expect(world.api.requests).toEqual([]);
    },
  );

  it.each(['api.github.com', 'file:///etc/passwd', 'https://api.github.com?x'])(
    '%s is no API',
    async (url) => {
      await using world = await startWorld();
      const env = { ...runnerEnv(world.api), GITHUB_API_URL: url };
      await rejectionOf(world.keep(DRIFT, { env }), InputError);
    },
  );

  it('may have a slash at the end of the API, and no run', async () => {
    await using world = await startWorld();
    const env = { GITHUB_API_URL: `${world.api.url}/`, GITHUB_REPOSITORY: world.api.repository };
    await world.keep(DRIFT, { env });
    await world.keep(NO_DRIFT, { env });
    expect(world.api.issues.comments(1)[0]?.body).toBe(
      'The drift is gone: everything is as it was declared.',
    );
  });
});
