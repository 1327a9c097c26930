import dns from 'node:dns';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { STATUS_HINT } from '../../src/cloudflare/hints.ts';
import { StoppedError } from '../../src/domain/errors.ts';
import { NetworkError } from '../../src/http/network-error.ts';
import { HttpSession, type HttpSessionOptions } from '../../src/http/session.ts';
import { everythingIn, rejectionOf } from '../checks/errors.ts';
import { facts } from '../checks/facts.ts';
import {
  type Answer,
  cutBody,
  endlessBody,
  reset,
  stallBeforeHeaders,
  stallInBody,
  startApiServer,
  textAnswer,
} from '../fakes/api-server.ts';
import { API_TOKEN } from '../samples/results.ts';

const sessions: HttpSession[] = [];
const never = new AbortController().signal;

function sessionTo(apiUrl: string, options: Partial<HttpSessionOptions> = {}): HttpSession {
  const session = new HttpSession({ apiUrl, apiToken: API_TOKEN, statusHint: STATUS_HINT, ...options });
  sessions.push(session);
  return session;
}

afterEach(() => {
  for (const session of sessions.splice(0)) session.close();
});

/** The network error of one GET that is answered so. */
async function failureOf(answer: Answer, options: Partial<HttpSessionOptions> = {}): Promise<NetworkError> {
  await using server = await startApiServer(answer);
  const exchange = sessionTo(server.apiUrl, options).exchange({ method: 'GET', path: '/x' }, never);
  const error = await rejectionOf(exchange, NetworkError);
  expect(everythingIn(error)).not.toContain(API_TOKEN);
  expect(error.hint).not.toBe('');
  return error;
}

describe('an exchange', () => {
  it('sends method, path, token and JSON, and returns status, headers and body', async () => {
    await using server = await startApiServer(textAnswer(207, 'grüße', { 'cf-ray': 'abc-FRA' }));
    const request = { method: 'POST', path: '/a/b?c=d', body: { email_domain: 'example.com' } } as const;
    const response = await sessionTo(server.apiUrl).exchange(request, never);
    expect(response).toMatchObject({ status: 207, body: 'grüße', headers: { 'cf-ray': 'abc-FRA' } });
    expect(server.requests).toHaveLength(1);
    expect(server.requests[0]).toMatchObject({
      method: 'POST',
      path: '/a/b?c=d',
      body: '{"email_domain":"example.com"}',
      headers: {
        authorization: `Bearer ${API_TOKEN}`,
        accept: 'application/json',
        'content-type': 'application/json',
        'user-agent': expect.stringContaining('cloudflare-dashboard-sso-connector'),
      },
    });
  });

  it('returns an answer without the token that it sends back', async () => {
    const headers = { 'cf-ray': `ray ${API_TOKEN}`, 'set-cookie': [`a=${API_TOKEN}`, 'b=c'] };
    const body = JSON.stringify({ seen: `Bearer ${API_TOKEN}`, encoded: encodeURIComponent(API_TOKEN) });
    await using server = await startApiServer((answer) => void answer.writeHead(403, headers).end(body));
    const response = await sessionTo(server.apiUrl).exchange({ method: 'GET', path: '/x' }, never);
    expect(response).toMatchObject({
      status: 403,
      headers: { 'cf-ray': 'ray ***', 'set-cookie': ['a=***', 'b=c'] },
      body: '{"seen":"Bearer ***","encoded":"***"}',
    });
    expect(JSON.stringify(response)).not.toContain(API_TOKEN);
  });

  it('has neither a body nor a content type when there is nothing to send', async () => {
    await using server = await startApiServer(textAnswer(200, ''));
    await sessionTo(server.apiUrl).exchange({ method: 'POST', path: '/x' }, never);
    expect(server.requests[0]?.body).toBe('');
    expect(server.requests[0]?.headers).not.toHaveProperty('content-type');
  });

  it.each([204, 401, 404, 500])('returns an answer with status %d instead of judging it', async (status) => {
    await using server = await startApiServer(textAnswer(status, ''));
    const response = await sessionTo(server.apiUrl).exchange({ method: 'GET', path: '/x' }, never);
    expect(response.status).toBe(status);
    expect(server.requests).toHaveLength(1);
  });

  it('uses one connection again and again, and more only at the same time', async () => {
    await using server = await startApiServer(textAnswer(200, 'x'));
    const session = sessionTo(server.apiUrl);
    const get = () => session.exchange({ method: 'GET', path: '/x' }, never);
    await get();
    await get();
    expect(server.connections()).toBe(1);
    await Promise.all([get(), get()]);
    expect(server.connections()).toBe(2);
  });

  it('leaves no connection open once the session is closed', async () => {
    await using server = await startApiServer(textAnswer(200, 'x'));
    const session = sessionTo(server.apiUrl);
    await session.exchange({ method: 'GET', path: '/x' }, never);
    expect(await server.openConnections()).toBe(1);
    session.close();
    await vi.waitFor(async () => expect(await server.openConnections()).toBe(0));
  });
});

describe('a redirect', () => {
  it.each([301, 302, 303, 307, 308])(
    'with status %d is not followed, nor is the token sent on',
    async (status) => {
      await using other = await startApiServer(textAnswer(200, 'stolen'));
      await using server = await startApiServer(textAnswer(status, '', { location: other.apiUrl }));
      const response = await sessionTo(server.apiUrl).exchange({ method: 'GET', path: '/x' }, never);
      expect(response.status).toBe(status);
      expect(server.requests).toHaveLength(1);
      expect(other.requests).toEqual([]);
      expect(other.connections()).toBe(0);
    },
  );
});

describe('the deadline', () => {
  it.each([
    ['an answer that never comes', stallBeforeHeaders],
    ['a body that stalls', stallInBody],
    ['a body that trickles for ever', endlessBody(' ', 20)],
  ])('ends %s, of which the outcome is unknown', async (_, answer) => {
    const error = await failureOf(answer, { deadlineMs: 150 });
    expect(error.message).toMatch(facts('no complete answer', 'GET /x'));
    expect(error.retryability).toBe('ambiguous');
    expect(error.hint).toContain('cloudflarestatus.com');
  });

  it('says how long was waited', async () => {
    const error = await failureOf(endlessBody(' ', 20), { deadlineMs: 200 });
    expect(error.message).toMatch(facts('GET /x', '0.2 s'));
  });

  it('gives the connection up with the answer', async () => {
    await using server = await startApiServer(stallInBody);
    const session = sessionTo(server.apiUrl, { deadlineMs: 100 });
    await rejectionOf(session.exchange({ method: 'GET', path: '/x' }, never), NetworkError);
    await vi.waitFor(async () => expect(await server.openConnections()).toBe(0));
  });

  it('of one request does not disturb another one', async () => {
    await using server = await startApiServer(stallInBody, (response) => {
      setTimeout(() => response.end('late'), 300);
    });
    const session = sessionTo(server.apiUrl, { deadlineMs: 200 });
    const patient = sessionTo(server.apiUrl, { deadlineMs: 20_000 });
    const stalled = rejectionOf(session.exchange({ method: 'GET', path: '/a' }, never), NetworkError);
    await vi.waitFor(() => expect(server.requests).toHaveLength(1));
    const late = patient.exchange({ method: 'GET', path: '/b' }, never);
    await stalled;
    expect((await late).body).toBe('late');
  });
});

describe('the size limit', () => {
  it('ends a body that is too large, and trying again would not help', async () => {
    const error = await failureOf(endlessBody('x'.repeat(500), 1), { maxBodyBytes: 1000 });
    expect(error.message).toMatch(facts('GET /x', 'larger than 1000 bytes'));
    expect(error.retryability).toBe('permanent');
  });

  it('lets a body of exactly that size pass', async () => {
    await using server = await startApiServer(textAnswer(200, 'x'.repeat(1000)));
    const session = sessionTo(server.apiUrl, { maxBodyBytes: 1000 });
    expect((await session.exchange({ method: 'GET', path: '/x' }, never)).body).toHaveLength(1000);
  });
});

describe('a broken connection', () => {
  it.each([
    ['is reset', reset],
    ['ends inside the body', cutBody],
  ])('that %s leaves the outcome unknown', async (_, answer) => {
    const error = await failureOf(answer);
    expect(error.retryability).toBe('ambiguous');
    expect(error.message).toMatch(/127\.0\.0\.1:\d+ .+: .+\(GET \/x\)\.$/);
  });

  it('that was never made carried nothing out', async () => {
    const server = await startApiServer(textAnswer(200, ''));
    await server[Symbol.asyncDispose]();
    const exchange = sessionTo(server.apiUrl).exchange({ method: 'POST', path: '/x' }, never);
    const error = await rejectionOf(exchange, NetworkError);
    expect(error.retryability).toBe('not-carried-out');
    expect(error.message).toContain('ECONNREFUSED');
    expect(everythingIn(error)).not.toContain(API_TOKEN);
  });

  it('to a host with several addresses says what was wrong, too', async () => {
    const server = await startApiServer(textAnswer(200, ''));
    const { port } = new URL(server.apiUrl);
    await server[Symbol.asyncDispose]();
    // Node then throws an AggregateError, whose message is empty.
    const lookup = vi.spyOn(dns, 'lookup').mockImplementation(((
      _host: string,
      _options: object,
      found: object,
    ) => {
      const addresses = ['127.0.0.1', '127.0.0.2'].map((address) => ({ address, family: 4 }));
      if (typeof found === 'function') found(null, addresses);
    }) as unknown as typeof dns.lookup);
    try {
      const session = sessionTo(`http://api.invalid:${port}`);
      const error = await rejectionOf(session.exchange({ method: 'GET', path: '/x' }, never), NetworkError);
      expect(error.message).toMatch(facts('GET /x', `api.invalid:${port}`, 'ECONNREFUSED'));
      expect(error.retryability).toBe('not-carried-out');
    } finally {
      lookup.mockRestore();
    }
  });

  it('does not spoil the next exchange', async () => {
    await using server = await startApiServer(reset, textAnswer(200, 'fine'));
    const session = sessionTo(server.apiUrl);
    await rejectionOf(session.exchange({ method: 'GET', path: '/x' }, never), NetworkError);
    expect((await session.exchange({ method: 'GET', path: '/x' }, never)).body).toBe('fine');
  });
});

describe('the signal', () => {
  it('ends an exchange at once, with its own reason', async () => {
    await using server = await startApiServer(stallBeforeHeaders);
    const stop = new AbortController();
    const reason = new StoppedError('Stopped by SIGTERM.');
    const exchange = sessionTo(server.apiUrl).exchange({ method: 'GET', path: '/x' }, stop.signal);
    const rejection = rejectionOf(exchange, StoppedError);
    await vi.waitFor(() => expect(server.requests).toHaveLength(1));
    stop.abort(reason);
    expect(await rejection).toBe(reason);
    await vi.waitFor(async () => expect(await server.openConnections()).toBe(0));
  });
});
