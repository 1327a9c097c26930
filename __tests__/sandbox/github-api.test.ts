import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type GitHubApi, type GitHubApiOptions, startGitHubApi } from '../../sandbox/github/github-api.ts';
import { type Call, send } from '../real/http-probe.ts';

let api: GitHubApi;
let issues: string;

async function restart(options: GitHubApiOptions = {}) {
  await api?.close();
  api = await startGitHubApi({ now: () => Date.UTC(2026, 0, 5), ...options });
  issues = `${api.url}/repos/${api.repository}/issues`;
}

beforeEach(() => restart());
afterEach(() => api.close());

async function call(url: string, { body, ...options }: Omit<Call, 'body'> & { body?: object } = {}) {
  const text = body === undefined ? {} : { body: JSON.stringify(body) };
  const reply = await send(url, { token: api.token, ...options, ...text });
  return { ...reply, json: reply.text === '' ? undefined : JSON.parse(reply.text) };
}

describe('issues', () => {
  it('are made, changed, closed and opened again', async () => {
    const made = await call(issues, { method: 'POST', body: { title: 'T', body: 'B' } });
    expect(made).toMatchObject({
      status: 201,
      json: { number: 1, title: 'T', body: 'B', state: 'open', closed_at: null },
    });
    expect(made.json.user).toEqual({ login: 'github-actions[bot]', type: 'Bot' });
    const change = async (body: object) => (await call(`${issues}/1`, { method: 'PATCH', body })).json;
    expect(await change({ title: 'U', unknown: 1 })).toMatchObject({ title: 'U', body: 'B', state: 'open' });
    expect(await change({ state: 'closed', state_reason: 'not_planned' })).toMatchObject({
      state_reason: 'not_planned',
      closed_at: '2026-01-05T00:00:00Z',
    });
    expect(await change({ state: 'open' })).toMatchObject({ state_reason: 'reopened', closed_at: null });
  });

  it('have comments', async () => {
    api.issues.seed();
    const made = await call(`${issues}/1/comments`, { method: 'POST', body: { body: 'C' } });
    expect(made).toMatchObject({ status: 201, json: { body: 'C' } });
    expect((await call(`${issues}/1/comments`)).json).toEqual([made.json]);
  });

  it('are listed by state, open ones by default, with the pull requests, newest first', async () => {
    api.issues.seed();
    api.issues.seed({ state: 'closed' });
    api.issues.seed({ isPullRequest: true });
    const numbers = async (query: string) =>
      (await call(`${issues}?${query}`)).json.map((issue: { number: number }) => issue.number);
    expect(await numbers('')).toEqual([3, 1]);
    expect(await numbers('state=closed')).toEqual([2]);
    expect(await numbers('state=all&direction=asc')).toEqual([1, 2, 3]);
    expect((await call(issues)).json[0]).toHaveProperty('pull_request');
  });

  it('and their comments are listed as they were while lists lag, and changed at once', async () => {
    let [nowMs, lagMs] = [0, 4000];
    await restart({ now: () => nowMs, readLagMs: () => lagMs });
    await call(issues, { method: 'POST', body: { title: 'T' } });
    const listed = async () => {
      const [all, comments] = [await call(`${issues}?state=all`), await call(`${issues}/1/comments`)];
      return [all.json.map(({ state }: { state: string }) => state), comments.json.length];
    };
    expect(await listed()).toEqual([[], 0]);
    nowMs = 1000;
    expect((await call(`${issues}/1/comments`, { method: 'POST', body: { body: 'C' } })).status).toBe(201);
    nowMs = 2000;
    const closed = await call(`${issues}/1`, { method: 'PATCH', body: { state: 'closed' } });
    expect(closed.json.state).toBe('closed');
    const seen: unknown[] = [];
    for (nowMs of [3999, 4000, 5000, 6000]) seen.push(await listed());
    expect(seen).toEqual([
      [[], 0],
      [['open'], 0],
      [['open'], 1],
      [['closed'], 1],
    ]);
    [nowMs, lagMs] = [2000, 0];
    expect(await listed()).toEqual([['closed'], 1]);
  });

  it('come in pages, the next of which the Link header names', async () => {
    for (let count = 0; count < 7; count++) api.issues.seed();
    let url: string | undefined = `${issues}?per_page=3&direction=asc`;
    const numbers: number[][] = [];
    while (url !== undefined) {
      const reply = await call(url);
      numbers.push(reply.json.map((issue: { number: number }) => issue.number));
      url = /<([^>]+)>; rel="next"/.exec(String(reply.headers['link']))?.[1];
      if (url !== undefined) expect(url).toContain(`${api.url}/repositories/1/issues?`);
    }
    expect(numbers).toEqual([[1, 2, 3], [4, 5, 6], [7]]);
  });

  it('come at most a hundred at a time', async () => {
    for (let count = 0; count < 101; count++) api.issues.seed();
    expect((await call(`${issues}?per_page=1000`)).json).toHaveLength(100);
  });
});

describe('a refusal', () => {
  const post = (body: object) => call(issues, { method: 'POST', body });
  it.each([
    ['no token', () => send(issues), 401, 'Bad credentials'],
    ['a wrong token', () => call(issues, { token: 'ghs_wrong' }), 401, 'Bad credentials'],
    ['another repository', () => call(`${api.url}/repos/a/b/issues`), 404, 'Not Found'],
    ['another path', () => call(`${api.url}/user`), 404, 'Not Found'],
    ['a path outside of the API', () => call(api.url.replace('/api/v3', '/repos')), 404, 'Not Found'],
    ['an unknown issue', () => call(`${issues}/9`, { method: 'PATCH', body: {} }), 404, 'Not Found'],
    ['no title', () => post({}), 422, 'Validation Failed'],
    ['a long body', () => post({ title: 'T', body: 'x'.repeat(65_537) }), 422, 'Validation Failed'],
    ['a long title', () => post({ title: 'x'.repeat(257) }), 422, 'Validation Failed'],
    [
      'no JSON',
      () => send(issues, { method: 'POST', token: api.token, body: '{' }),
      400,
      'Problems parsing JSON',
    ],
  ] as const)('for %s', async (_, request, status, message) => {
    const reply = await request();
    expect(reply.status).toBe(status);
    expect(JSON.parse(reply.text)).toMatchObject({ message });
    expect(api.issues.all()).toEqual([]);
  });

  it.each([
    ['read', 200, 403],
    ['none', 403, 403],
  ] as const)('for a token with permission %s', async (permission, read, write) => {
    await restart({ permission });
    expect((await call(issues)).status).toBe(read);
    const reply = await post({ title: 'T' });
    expect(reply).toMatchObject({
      status: write,
      json: { message: 'Resource not accessible by integration' },
    });
  });

  it('for a repository without issues', async () => {
    await restart({ issuesEnabled: false });
    expect(await call(issues)).toMatchObject({
      status: 410,
      json: { message: 'Issues are disabled for this repo' },
    });
  });
});

describe('faults', () => {
  const post = () => call(issues, { method: 'POST', body: { title: 'T' } });

  it('keep a request from having an effect, or hide the effect that it had', async () => {
    api.faults.add({ times: 1, fault: { kind: 'reset' } });
    expect((await post()).end).toBe('ECONNRESET');
    expect(api.issues.all()).toHaveLength(0);
    api.faults.add({ times: 1, carryOut: true, fault: { kind: 'reset' } });
    expect((await post()).end).toBe('ECONNRESET');
    expect(api.issues.all()).toHaveLength(1);
  });

  it('of a status are worded as GitHub does, with the headers of a rate limit', async () => {
    const headers = { 'x-ratelimit-remaining': '0' };
    api.faults.add({ method: 'POST', headers, fault: { kind: 'status', status: 403, retryAfter: '5' } });
    expect(await post()).toMatchObject({
      status: 403,
      headers: { 'retry-after': '5', 'x-ratelimit-remaining': '0' },
      json: { message: 'Server Error' },
    });
  });
});

it('logs its requests', async () => {
  await call(`${issues}?state=all`);
  expect(api.requests).toMatchObject([
    { method: 'GET', path: '/repos/octo-org/sso/issues', query: { state: 'all' }, body: '', status: 200 },
  ]);
});

it('listens on loopback only', async () => {
  await expect(startGitHubApi({ host: '0.0.0.0' })).rejects.toThrow(RangeError);
});
