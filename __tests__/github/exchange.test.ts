import { setTimeout as sleep } from 'node:timers/promises';
import { HttpClient } from '@actions/http-client';
import { describe, expect, it, vi } from 'vitest';
import { InputError, StoppedError } from '../../src/domain/errors.ts';
import { driftIssueText } from '../../src/github/drift-issue-text.ts';
import { NetworkError } from '../../src/http/network-error.ts';
import { everythingIn, rejectionOf } from '../checks/errors.ts';
import { facts } from '../checks/facts.ts';
import { jsonAnswer, startApiServer, textAnswer } from '../fakes/api-server.ts';
import { failureOf, runnerEnv, startWorld } from '../fakes/drift-world.ts';
import { DRIFT, NO_DRIFT, OTHER_DRIFT } from '../samples/drift.ts';

type Method = 'GET' | 'POST' | 'PATCH';

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
    expect(error.message).toMatch(/points to http:.*token/);
    expect(other.requests).toEqual([]);
    expect(world.api.requests).toHaveLength(1);
  });

  it('does not follow a Link to something that is not a URL', async () => {
    await using world = await startWorld();
    const headers = { link: '<http://[>; rel="next"' };
    world.api.faults.add({ method: 'GET', times: 1, headers, fault: { kind: 'body', body: '[]' } });
    const error = await failureOf(world);
    expect(error).toBeInstanceOf(NetworkError);
    expect(error.message).toContain('not a URL');
    expect(world.api.requests).toHaveLength(1);
  });

  it.each(['ghp_two words in it', 'ghp_a\nb', 'ghp_ü'])(
    'is refused where no header can hold it',
    async (token) => {
      await using world = await startWorld();
      const error = await rejectionOf(world.keep(DRIFT, { token }), InputError);
      expect(error.message).toContain('github-token');
      expect(everythingIn(error)).not.toContain(token);
      expect(world.api.requests).toEqual([]);
    },
  );

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
    expect(error).toMatchObject({ httpStatus: status, hint: expect.stringMatching(/renamed/) });
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

  it('that ends with a status of no class is an answer of GitHub, not a defect', async () => {
    await using world = await startWorld();
    world.api.faults.add({ fault: { kind: 'status', status: 799 } });
    expect(await failureOf(world)).toMatchObject({ httpStatus: 799, retryability: 'ambiguous' });
  });

  it('that meets a defect of the code is not repeated, and the defect surfaces as itself', async () => {
    await using world = await startWorld();
    const defect = new TypeError('Promise.withResolvers is not a function', { cause: new Error('inner') });
    using _ = vi.spyOn(HttpClient.prototype, 'request').mockRejectedValue(defect);
    expect(await rejectionOf(world.keep(DRIFT), TypeError)).toBe(defect);
    expect(world.clock.sleptMs).toEqual([]);
  });

  it('that gets no answer tells where GitHub tells of incidents', async () => {
    await using world = await startWorld();
    world.api.faults.add({ fault: { kind: 'reset' } });
    const error = await failureOf(world);
    expect(error.hint).toMatch(/githubstatus/);
    expect(world.clock.sleptMs).toEqual([500, 1000, 2000, 4000]);
  });

  it('leaves no connection open', async () => {
    await using world = await startWorld();
    await using server = await startApiServer(jsonAnswer(200, []));
    const env = { ...runnerEnv(world.api), GITHUB_API_URL: server.apiUrl };
    await world.keep(NO_DRIFT, { env });
    expect(server.connections()).toBe(1);
    await vi.waitFor(async () => expect(await server.openConnections()).toBe(0));
  });

  it('ends when the runner asks the process to stop', async () => {
    await using world = await startWorld();
    world.api.faults.add({ fault: { kind: 'stall-before-headers' } });
    const kept = rejectionOf(world.keep(DRIFT), StoppedError);
    while (world.api.requests.length === 0) await sleep(5);
    world.stop.abort(new StoppedError('Stopped.'));
    expect((await kept).message).toBe('Stopped.');
  });

  it('that warns of a deprecation writes to the debug log and not to the console', async () => {
    await using world = await startWorld();
    using warn = vi.spyOn(console, 'warn');
    const headers = { deprecation: 'x', sunset: '\u00a0::error::x', link: '<::error::>; rel="deprecation"' };
    world.api.faults.add({ method: 'GET', headers, fault: { kind: 'body', body: '[]' } });
    await world.keep(DRIFT);
    expect(world.log.text()).toContain('debug: [@octokit/request] "GET');
    expect(warn).not.toHaveBeenCalled();
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

  it.each(['http://github.example/api/v3', 'http://127.0.0.1.example', 'http://10.0.0.1'])(
    '%s would get the token unencrypted',
    async (url) => {
      await using world = await startWorld();
      const env = { ...runnerEnv(world.api), GITHUB_API_URL: url };
      const error = await rejectionOf(world.keep(DRIFT, { env }), InputError);
      expect(error.message).toMatch(facts('GITHUB_API_URL', 'unencrypted', new URL(url).host));
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
    expect(world.api.issues.comments(1).map(({ body }) => body)).toEqual([
      expect.not.stringContaining('/actions/runs/'),
    ]);
  });
});
