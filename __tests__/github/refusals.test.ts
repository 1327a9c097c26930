import { describe, expect, it } from 'vitest';
import type { ApiFaultRule } from '../../sandbox/index.ts';
import { GitHubApiError } from '../../src/github/github-api-error.ts';
import { everythingIn, rejectionOf } from '../checks/errors.ts';
import { facts } from '../checks/facts.ts';
import { NOON_MS } from '../fakes/clock.ts';
import { failureOf, methodsOf, startWorld } from '../fakes/drift-world.ts';
import { DRIFT } from '../samples/drift.ts';

const ISSUES = '/api/v3/repos/octo-org/sso/issues';

describe('a refusal', () => {
  it.each([
    ['a wrong token', 401, 'Bad credentials', /github\.token/],
    ['a token without the permission', 403, 'Resource not accessible by integration', /"issues: write"/],
    ['a repository that the token does not reach', 404, 'Not Found', /"issues: write"/],
    ['disabled issues', 410, 'Issues are disabled for this repo', /Enable.*drift-issue/],
    ['a text that GitHub does not take', 422, 'Validation Failed', undefined],
  ])('of %s says so and what to do, at once', async (_, status, message, hint) => {
    await using world = await startWorld();
    world.api.faults.add({ fault: { kind: 'status', status, errors: [{ code: 0, message }] } });
    const error = await failureOf(world);
    expect(error).toBeInstanceOf(GitHubApiError);
    expect(error.message).toMatch(
      facts('GitHub refused to list the issues', message, `GET ${ISSUES}`, `HTTP ${status}`),
    );
    if (hint === undefined) expect(error.hint).toBeUndefined();
    else expect(error.hint).toMatch(hint);
    expect(world.api.requests).toHaveLength(1);
    expect(world.clock.sleptMs).toEqual([]);
  });

  it.each([
    [{ permission: 'read' }, 'POST', 'Resource not accessible by integration', 403],
    [{ permission: 'none' }, 'GET', 'Resource not accessible by integration', 403],
    [{ issuesEnabled: false }, 'GET', 'Issues are disabled for this repo', 410],
  ] as const)('comes from a repository of %j', async (options, method, message, status) => {
    await using world = await startWorld(options);
    expect((await failureOf(world)).message).toMatch(facts(message, `${method} ${ISSUES}`, `HTTP ${status}`));
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
    expect(error.message).toMatch(/ so\\n::error::x{100,190}… \(1012 characters\).*HTTP 400/);
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
    expect(error.message).toMatch(/no reason.*HTTP 400/);
    expect(everythingIn(error)).not.toContain('TOP-SECRET');
  });
});

describe('a rate limit', () => {
  const limit = (status: number, retryAfter?: string, headers: Record<string, string> = {}) =>
    ({ fault: { kind: 'status', status, ...(retryAfter && { retryAfter }) }, headers }) as ApiFaultRule;
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
    expect((await failureOf(world)).hint).toMatch(/rate limit/);
    expect(world.clock.sleptMs).toEqual([]);
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
    expect(error.message).toMatch(/\/issues\/1/);
    expect(world.api.issues.all()).toHaveLength(1);
  });
});
