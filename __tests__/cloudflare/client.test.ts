import * as v from 'valibot';
import { describe, expect, it, vi } from 'vitest';
import { CloudflareApiError } from '../../src/cloudflare/api-error.ts';
import type { ApiCall } from '../../src/cloudflare/envelope.ts';
import { OutcomeUnknownError, StoppedError } from '../../src/domain/errors.ts';
import { NetworkError } from '../../src/http/network-error.ts';
import { everythingIn, rejectionOf } from '../checks/errors.ts';
import { facts } from '../checks/facts.ts';
import { clientOf } from '../fakes/api-client.ts';
import {
  type Answer,
  cutBody,
  failure,
  jsonAnswer,
  type ReceivedRequest,
  reset,
  stallInBody,
  startApiServer,
  success,
  textAnswer,
} from '../fakes/api-server.ts';
import { NOON_MS } from '../fakes/clock.ts';
import { fakeDeadlines } from '../fakes/deadlines.ts';
import { API_TOKEN } from '../samples/results.ts';

const one: ApiCall<string> = {
  what: 'read the x',
  request: { method: 'GET', path: '/x' },
  result: v.string(),
  permission: 'SSO Connector: Read',
};
const many: ApiCall<readonly string[]> = { ...one, result: v.array(v.string()) };

describe('call', () => {
  it.each<[string, Answer]>([
    ['a 500', failure(500)],
    ['a 502 of something else', textAnswer(502, '<html>Bad gateway</html>')],
    ['HTML in a 200', textAnswer(200, '<html>Sign in</html>', { 'content-type': 'text/html' })],
    ['an empty body', textAnswer(200, '')],
    ['a wrong shape', success({ not: 'a text' })],
    ['a reset', reset],
    ['a cut body', cutBody],
    ['a stalled body', stallInBody],
  ])('is repeated after %s', async (_, answer) => {
    const first = answer === stallInBody ? fakeDeadlines().passAfter(answer) : answer;
    await using server = await startApiServer(first, success('fine'));
    using setup = clientOf(server.apiUrl);
    expect((await setup.client.call(one)).result).toBe('fine');
    expect(server.requests).toHaveLength(2);
    expect(setup.clock.sleptMs).toEqual([500]);
  });

  it('gives up after five attempts with doubled pauses, and says what the last one met', async () => {
    await using server = await startApiServer(failure(500, 'first'), failure(503, 'last'));
    using setup = clientOf(server.apiUrl);
    const error = await rejectionOf(setup.client.call(one), CloudflareApiError);
    expect(error.message).toMatch(facts('read the x: last', 'code 10999', 'GET /x', 'HTTP 503'));
    for (const line of setup.log.lines) expect(line.split('GET /x')).toHaveLength(2);
    expect(server.requests).toHaveLength(5);
    expect(setup.clock.sleptMs).toEqual([500, 1000, 2000, 4000]);
  });

  it.each([400, 401, 403, 404, 409, 422])('is not repeated after a %d', async (status) => {
    await using server = await startApiServer(failure(status), success('fine'));
    using setup = clientOf(server.apiUrl);
    expect((await rejectionOf(setup.client.call(one), CloudflareApiError)).status).toBe(status);
    expect(server.requests).toHaveLength(1);
    expect(setup.clock.sleptMs).toEqual([]);
  });

  it.each([
    ['seconds', '7', 7000],
    ['a date', new Date(NOON_MS + 90_000).toUTCString(), 90_000],
    ['a date that is over', new Date(NOON_MS - 90_000).toUTCString(), 0],
  ])('obeys Retry-After in %s', async (_, retryAfter, pauseMs) => {
    await using server = await startApiServer(
      failure(429, 'Slow down', { 'retry-after': retryAfter }),
      success('fine'),
    );
    using setup = clientOf(server.apiUrl);
    expect((await setup.client.call(one)).result).toBe('fine');
    expect(setup.clock.sleptMs).toEqual([pauseMs]);
  });

  it('obeys the Retry-After of a 503, too', async () => {
    await using server = await startApiServer(failure(503, 'Busy', { 'retry-after': '11' }), success('fine'));
    using setup = clientOf(server.apiUrl);
    await setup.client.call(one);
    expect(setup.clock.sleptMs).toEqual([11_000]);
  });

  it('does not wait for too long a Retry-After, and says until when it would be', async () => {
    await using server = await startApiServer(failure(429, 'Slow down', { 'retry-after': '301' }));
    using setup = clientOf(server.apiUrl);
    const error = await rejectionOf(setup.client.call(one), CloudflareApiError);
    expect(error.hint).toContain('12:05 UTC');
    expect(server.requests).toHaveLength(1);
    expect(setup.clock.sleptMs).toEqual([]);
  });

  it('ends with the reason of the signal, and asks no more', async () => {
    await using server = await startApiServer(failure(500));
    using setup = clientOf(server.apiUrl);
    const reason = new StoppedError('Stopped by SIGINT.');
    setup.stop.abort(reason);
    expect(await rejectionOf(setup.client.call(one), StoppedError)).toBe(reason);
    expect(server.requests.length).toBeLessThanOrEqual(1);
  });
});

describe('change', () => {
  const change: ApiCall<string> = { ...one, what: 'change the x', request: { method: 'PATCH', path: '/x' } };

  it('is answered after an attempt of unknown outcome, as a call is', async () => {
    await using server = await startApiServer(
      reset,
      failure(429, 'Slow down', { 'retry-after': '1' }),
      success('fine'),
    );
    using setup = clientOf(server.apiUrl);
    expect((await setup.client.change(change)).result).toBe('fine');
    expect(server.requests.map(({ method }) => method)).toEqual(['PATCH', 'PATCH', 'PATCH']);
  });

  it.each<[string, Answer]>([
    ['a reset', reset],
    ['a 500', failure(500)],
    ['a success of another shape', success({ not: 'a text' })],
    ['HTML in a 200', textAnswer(200, '<html></html>', { 'content-type': 'text/html' })],
  ])('is in doubt when it is refused after %s', async (_, lost) => {
    await using server = await startApiServer(lost, failure(403, 'Not allowed'));
    using setup = clientOf(server.apiUrl);
    const error = await rejectionOf(setup.client.change(change), OutcomeUnknownError);
    expect(error).toMatchObject({ retryability: 'ambiguous', cause: { status: 403 } });
    expect(error.hint).toContain('SSO Connector: Read');
    expect(error.message).toMatch(
      facts('change the x', 'Not allowed', 'PATCH /x', 'may have been carried out'),
    );
    expect(server.requests).toHaveLength(2);
  });

  it('is simply refused after an attempt that was surely not carried out', async () => {
    await using server = await startApiServer(
      failure(429, 'Slow down', { 'retry-after': '1' }),
      failure(403),
    );
    using setup = clientOf(server.apiUrl);
    const error = await rejectionOf(setup.client.change(change), CloudflareApiError);
    expect(error).toMatchObject({ status: 403, retryability: 'permanent' });
  });
});

describe('errors', () => {
  const echo: Answer = (response, { headers, path }) => {
    const errors = [{ code: 1000, message: 'No' }];
    jsonAnswer(403, { success: false, errors, echo: { headers, path } })(response, {
      method: 'GET',
      path,
      headers,
      body: '',
    });
  };

  it.each<[string, Answer]>([
    ['a refusal that repeats the headers of the request', echo],
    ['a 401', failure(401)],
    ['a redirect', textAnswer(302, '', { location: `https://evil.example/?${API_TOKEN}` })],
    ['HTML that repeats the token', textAnswer(200, `<p>${API_TOKEN}</p>`)],
    ['another shape that repeats the token', jsonAnswer(200, { success: true, result: { a: API_TOKEN } })],
    ['a reset', reset],
    ['a cut body', cutBody],
    ['a stalled body', stallInBody],
  ])('never hold the token: %s', async (_, answer) => {
    await using server = await startApiServer(answer);
    using setup = clientOf(server.apiUrl, { deadlineMs: 200 });
    const error = await rejectionOf(setup.client.send(one), Error);
    expect(error).toSatisfy(
      (thrown) => thrown instanceof CloudflareApiError || thrown instanceof NetworkError,
    );
    expect(everythingIn(error)).not.toContain(API_TOKEN);
    expect(everythingIn(error)).not.toMatch(/bearer|authorization/i);
    expect(setup.log.text()).not.toContain(API_TOKEN);
  });
});

describe('list', () => {
  /** A server of pages that reads `page` as Cloudflare does. */
  function pages(items: readonly string[], perPage: number): Answer {
    return (response, request) => {
      const page = pageOf(request);
      const shown = items.slice((page - 1) * perPage, page * perPage);
      const info = { page, per_page: perPage, count: shown.length, total_count: items.length };
      success(shown, info)(response, request);
    };
  }

  function pageOf({ path }: ReceivedRequest): number {
    return Number(new URL(path, 'http://x').searchParams.get('page') ?? '1');
  }

  it('asks once when everything is on the first page', async () => {
    await using server = await startApiServer(pages(['a', 'b'], 2));
    using setup = clientOf(server.apiUrl);
    expect(await setup.client.list(many)).toEqual(['a', 'b']);
    expect(server.requests.map(({ path }) => path)).toEqual(['/x']);
  });

  it('asks once when there is nothing about pages', async () => {
    await using server = await startApiServer(success(['a']));
    using setup = clientOf(server.apiUrl);
    expect(await setup.client.list(many)).toEqual(['a']);
    expect(server.requests).toHaveLength(1);
  });

  it('joins all pages in their order', async () => {
    await using server = await startApiServer(pages(['a', 'b', 'c', 'd', 'e'], 2));
    using setup = clientOf(server.apiUrl);
    expect(await setup.client.list(many)).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(server.requests.map(({ path }) => path)).toEqual(['/x', '/x?page=2', '/x?page=3']);
  });

  it('appends the page to a query that is there', async () => {
    await using server = await startApiServer(pages(['a', 'b'], 1));
    using setup = clientOf(server.apiUrl);
    await setup.client.list({ ...many, request: { method: 'GET', path: '/x?order=id' } });
    expect(server.requests.map(({ path }) => path)).toEqual(['/x?order=id', '/x?order=id&page=2']);
  });

  it('repeats a page that failed, and none of the others', async () => {
    let failures = 0;
    await using server = await startApiServer((response, request) => {
      if (pageOf(request) === 2 && failures++ === 0) failure(502)(response, request);
      else pages(['a', 'b', 'c'], 1)(response, request);
    });
    using setup = clientOf(server.apiUrl);
    expect(await setup.client.list(many)).toEqual(['a', 'b', 'c']);
    expect(server.requests.map(pageOf)).toEqual([1, 2, 2, 3]);
  });

  it('takes nothing twice from a server that ignores the page', async () => {
    await using server = await startApiServer(
      success(['a'], { page: 1, per_page: 1, count: 1, total_count: 9 }),
    );
    using setup = clientOf(server.apiUrl);
    expect(await setup.client.list(many)).toEqual(['a']);
    expect(server.requests).toHaveLength(2);
  });

  it('stops at an empty page, whatever the total is said to be', async () => {
    const info = { total_count: 1000 };
    await using server = await startApiServer(success(['a'], info), success([], info));
    using setup = clientOf(server.apiUrl);
    expect(await setup.client.list(many)).toEqual(['a']);
    expect(server.requests).toHaveLength(2);
  });

  it('asks for no more pages once it has enough results', async () => {
    const items = ['a', 'b', 'c', 'd', 'e'];
    for (const [maxResults, requests] of [
      [1, 1],
      [2, 1],
      [3, 2],
      [100, 3],
    ] as const) {
      await using server = await startApiServer(pages(items, 2));
      using setup = clientOf(server.apiUrl);
      expect(await setup.client.list(many, { maxResults })).toEqual(items.slice(0, 2 * requests));
      expect(server.requests).toHaveLength(requests);
    }
  });

  it('sends every page as it is told, by default with retries', async () => {
    await using server = await startApiServer(failure(500), pages(['a', 'b'], 1));
    using setup = clientOf(server.apiUrl);
    const asked: string[] = [];
    const request = (page: typeof many) => {
      asked.push(page.request.path);
      return setup.client.send(page);
    };
    await rejectionOf(setup.client.list(many, { request }), CloudflareApiError);
    expect(setup.clock.sleptMs).toEqual([]);
    expect(await setup.client.list(many, { request })).toEqual(['a', 'b']);
    expect(asked).toEqual(['/x', '/x', '/x?page=2']);
  });

  it('is empty when it is null, and an error when it is not there', async () => {
    await using server = await startApiServer(success(null));
    using setup = clientOf(server.apiUrl);
    expect(await setup.client.list(many)).toEqual([]);
    expect(server.requests).toHaveLength(1);
    await using missing = await startApiServer(jsonAnswer(200, { success: true, errors: [], messages: [] }));
    using other = clientOf(missing.apiUrl);
    expect((await rejectionOf(other.client.list(many), CloudflareApiError)).message).toContain('result');
  });

  it('ends at a page that is null', async () => {
    const info = { page: 1, total_count: 3 };
    await using server = await startApiServer(success(['a'], info), success(null, { ...info, page: 2 }));
    using setup = clientOf(server.apiUrl);
    expect(await setup.client.list(many)).toEqual(['a']);
  });

  it('turns no pages for ever', async () => {
    await using server = await startApiServer(success(['a'], { total_count: 1_000_000 }));
    using setup = clientOf(server.apiUrl);
    expect(await setup.client.list(many)).toHaveLength(500);
    expect(server.requests).toHaveLength(500);
  });
});

describe('requests at the same time', () => {
  it('are eight at most', async () => {
    let [open, most] = [0, 0];
    await using server = await startApiServer((response, request) => {
      open += 1;
      most = Math.max(most, open);
      setTimeout(() => {
        open -= 1;
        success('fine')(response, request);
      }, 30);
    });
    using setup = clientOf(server.apiUrl);
    await Promise.all(Array.from({ length: 20 }, () => setup.client.call(one)));
    expect(server.requests).toHaveLength(20);
    expect(most).toBe(8);
  });

  it('leave room for others while one pauses', async () => {
    await using server = await startApiServer(reset, success('fine'));
    using setup = clientOf(server.apiUrl);
    const results = await Promise.all(Array.from({ length: 10 }, () => setup.client.call(one)));
    expect(results.map(({ result }) => result)).toEqual(Array.from({ length: 10 }, () => 'fine'));
    await vi.waitFor(() => expect(server.requests).toHaveLength(11));
  });
});
