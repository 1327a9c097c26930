import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ApiFaultRule, type Sandbox, startSandbox } from '../../sandbox/index.ts';
import { listenForHttp } from '../../sandbox/net/http-listener.ts';
import { type Call, send } from '../real/http-probe.ts';

let sandbox: Sandbox;
let connectors: string;

beforeEach(async () => {
  sandbox = await startSandbox();
  connectors = `${sandbox.apiUrl}/accounts/${sandbox.accountId}/sso_connectors`;
});
afterEach(() => sandbox.close());

const call = (options: Call = {}) => send(connectors, { token: sandbox.apiToken, ...options });
const create = () => call({ method: 'POST', body: '{"email_domain":"example.com"}' });
const fail = (...rules: ApiFaultRule[]) => sandbox.api.faults.add(...rules);
const domains = () => sandbox.api.store.all().map((connector) => connector.email_domain);

describe('envelopes', () => {
  it('have a ray ID, a content type and all that a success has', async () => {
    const reply = await call();
    expect(reply.status).toBe(200);
    expect(reply.headers['content-type']).toBe('application/json');
    expect(reply.headers['cf-ray']).toMatch(/^[0-9a-f]{16}-[A-Z]{3}$/);
    expect(JSON.parse(reply.text)).toEqual({
      success: true,
      errors: [],
      messages: [],
      result: [],
      result_info: { count: 0, page: 1, per_page: 20, total_count: 0 },
    });
  });

  it('say why a request failed', async () => {
    const reply = await send(connectors);
    expect(reply.status).toBe(401);
    expect(reply.headers['cf-ray']).toMatch(/-/);
    expect(JSON.parse(reply.text)).toEqual({
      success: false,
      errors: [{ code: 10000, message: 'Authentication error' }],
      messages: [],
      result: null,
    });
  });

  it.each([
    ['no body', undefined, 'The request body must be a JSON object'],
    ['an empty object', '{}', 'email_domain is required'],
    ['no object', '["example.com"]', 'The request body must be a JSON object'],
    ['half an object', '{"email_domain":', 'Malformed JSON in request body'],
    ['an unknown property', '{"email_domain":"example.com","status":"verified"}', 'Unknown property status'],
    ['an inherited property', '{"constructor":true}', 'Unknown property constructor'],
    ['a number for the domain', '{"email_domain":1}', 'Property email_domain must be a string'],
    [
      'a string for a switch',
      '{"begin_verification":"true"}',
      'Property begin_verification must be a boolean',
    ],
    ['an address for the domain', '{"email_domain":"me@example.com"}', 'email_domain is not a domain name'],
    ['a domain of one label', '{"email_domain":"localhost"}', 'email_domain is not a domain name'],
  ])('refuse %s with 400', async (_what, body, message) => {
    const reply = await call({ method: 'POST', ...(body !== undefined && { body }) });
    expect(reply.status).toBe(400);
    const errors = [{ code: expect.any(Number), message }];
    expect(JSON.parse(reply.text)).toMatchObject({ success: false, errors });
    expect(domains()).toEqual([]);
  });

  it('refuse a change of anything but the two switches', async () => {
    const { id } = sandbox.seedConnector({ emailDomain: 'example.com', status: 'verified' });
    const patch = (body: string) =>
      send(`${connectors}/${id}`, { method: 'PATCH', token: sandbox.apiToken, body });
    expect((await patch('{"email_domain":"example.org"}')).status).toBe(400);
    expect((await patch('{"enabled":"yes"}')).status).toBe(400);
    expect((await patch('{"begin_verification":"yes"}')).status).toBe(400);
    expect((await patch('{"use_fedramp_language":true}')).status).toBe(200);
    expect(sandbox.api.store.all()[0]).toMatchObject({ enabled: false, use_fedramp_language: true });
  });

  it('have null for an empty list where that is wanted, and no other null', async () => {
    await using other = await startSandbox({ emptyListsAreNull: true });
    const ofOther = async (path: string) => {
      const { text } = await send(`${other.apiUrl}${path}`, { token: other.apiToken });
      return JSON.parse(text);
    };
    const path = `/accounts/${other.accountId}/sso_connectors`;
    expect(await ofOther(path)).toMatchObject({ success: true, result: null, result_info: { count: 0 } });
    const connector = other.seedConnector({ emailDomain: 'example.com' });
    expect(await ofOther(path)).toMatchObject({ result: [connector] });
    expect(await ofOther(`${path}/${connector.id}`)).toMatchObject({ result: connector });
    expect((await ofOther('/zones?name=none.example')).result).toBeNull();
  });

  it('tell an unknown path from an unknown method', async () => {
    expect((await call({ method: 'PUT' })).status).toBe(405);
    const token = sandbox.apiToken;
    expect((await send(`${sandbox.apiUrl}/memberships`, { token })).status).toBe(404);
    expect((await send(connectors.replace('/client/v4', ''), { token })).status).toBe(404);
  });

  it('are reproducible when IDs and codes are', async () => {
    const createId = () => 'a'.repeat(32);
    const createCode = () => 'cloudflare_dashboard_sso=1';
    await using fixed = await startSandbox({ createId, createCode, now: () => 0 });
    expect(fixed.seedConnector({ emailDomain: 'example.com' })).toMatchObject({
      id: 'a'.repeat(32),
      created_on: '1970-01-01T00:00:00.000Z',
      verification: { code: 'cloudflare_dashboard_sso=1' },
    });
  });
});

describe("what Cloudflare's Terraform provider sends beyond the documented", () => {
  it('enables no connector when it is made', async () => {
    const body = '{"email_domain":"example.com","enabled":true,"begin_verification":false}';
    const made = await call({ method: 'POST', body });
    expect(JSON.parse(made.text)).toMatchObject({
      success: true,
      result: { enabled: false, verification: { status: 'awaiting' } },
    });
  });

  it.each(['awaiting', 'failed', 'verified'] as const)(
    'changes nothing of a connector that is %s by begin_verification in a PATCH',
    async (status) => {
      const before = sandbox.seedConnector({ emailDomain: 'example.com', status });
      for (const value of [true, false]) {
        const body = JSON.stringify({ begin_verification: value });
        const options = { method: 'PATCH', token: sandbox.apiToken, body };
        const reply = await send(`${connectors}/${before.id}`, options);
        expect(JSON.parse(reply.text)).toMatchObject({ success: true, result: before });
      }
      expect(sandbox.api.store.all()).toEqual([before]);
    },
  );

  it('still carries out the other fields of that PATCH', async () => {
    const { id } = sandbox.seedConnector({ emailDomain: 'example.com', status: 'verified' });
    const body = '{"begin_verification":true,"enabled":true}';
    await send(`${connectors}/${id}`, { method: 'PATCH', token: sandbox.apiToken, body });
    expect(sandbox.api.store.all()[0]).toMatchObject({ enabled: true });
  });
});

it('logs requests', async () => {
  await create();
  expect(sandbox.api.requests).toEqual([
    expect.objectContaining({
      method: 'POST',
      path: `/accounts/${sandbox.accountId}/sso_connectors`,
      body: '{"email_domain":"example.com"}',
      headers: expect.objectContaining({ authorization: `Bearer ${sandbox.apiToken}` }),
      query: {},
      status: 200,
    }),
  ]);
  sandbox.api.clearRequests();
  await send(`${connectors}?page=2`, { token: sandbox.apiToken });
  expect(sandbox.api.requests.map(({ query }) => query)).toEqual([{ page: '2' }]);
});

describe('faults', () => {
  it('meet only the requests that they are for, and only so often', async () => {
    fail({ method: 'POST', path: /sso_connectors$/, times: 2, fault: { kind: 'status', status: 503 } });
    expect((await call()).status).toBe(200);
    expect((await create()).status).toBe(503);
    expect((await create()).status).toBe(503);
    expect((await create()).status).toBe(200);
  });

  it.each([
    [{ skip: 2 }, [200, 200, 500, 500, 500]],
    [{ every: 2 }, [500, 200, 500, 200, 500]],
    [{ skip: 1, every: 2, times: 1 }, [200, 500, 200, 200, 200]],
  ])('can wait for their turn: %j', async (turns, expected) => {
    fail({ ...turns, fault: { kind: 'status', status: 500 } });
    const statuses: (number | undefined)[] = [];
    for (const _ of expected) statuses.push((await call()).status);
    expect(statuses).toEqual(expected);
    sandbox.api.faults.clear();
    expect((await call()).status).toBe(200);
  });

  it('status: with errors and Retry-After', async () => {
    const errors = [{ code: 971, message: 'Please wait' }];
    fail({ fault: { kind: 'status', status: 429, errors, retryAfter: '7' } });
    const reply = await create();
    expect(reply.status).toBe(429);
    expect(reply.headers['retry-after']).toBe('7');
    expect(JSON.parse(reply.text)).toMatchObject({ success: false, errors, result: null });
    expect(domains()).toEqual([]);
  });

  it('success-false: a failure with status 200', async () => {
    fail({ fault: { kind: 'success-false', errors: [{ code: 1234, message: 'no' }] } });
    const reply = await call();
    expect(reply.status).toBe(200);
    expect(JSON.parse(reply.text)).toMatchObject({ success: false, errors: [{ code: 1234 }] });
  });

  it('reset: before the request is read, or after it was carried out', async () => {
    const fault = { kind: 'reset' } as const;
    fail({ times: 1, fault }, { times: 1, carryOut: true, fault });
    expect(await create()).toMatchObject({ status: undefined, end: 'ECONNRESET' });
    expect(domains()).toEqual([]);
    expect(sandbox.api.requests[0]).toMatchObject({ method: 'POST', body: '', status: undefined });

    expect(await create()).toMatchObject({ status: undefined, end: 'ECONNRESET' });
    expect(domains()).toEqual(['example.com']);
    expect(sandbox.api.requests[1]).toMatchObject({ body: expect.stringContaining('example.com') });
  });

  it('a status after the request was carried out', async () => {
    fail({ carryOut: true, times: 1, fault: { kind: 'status', status: 502 } });
    expect((await create()).status).toBe(502);
    expect((await create()).status).toBe(409);
  });

  it('stall-before-headers: nothing comes', async () => {
    fail({ fault: { kind: 'stall-before-headers' } });
    expect(await call({ idleMs: 250 })).toMatchObject({ status: undefined, end: 'idle' });
  });

  it('stall-in-body: headers and a half come, then nothing', async () => {
    fail({ carryOut: true, fault: { kind: 'stall-in-body' } });
    const reply = await call({ idleMs: 250 });
    expect(reply).toMatchObject({
      status: 200,
      end: 'idle',
      text: expect.stringMatching(/^{"success":true/),
    });
    expect(reply.text.length).toBe(Math.ceil(Number(reply.headers['content-length']) / 2));
  });

  it('cut-body: less comes than was promised', async () => {
    fail({ carryOut: true, fault: { kind: 'cut-body' } });
    const reply = await call();
    expect(reply).toMatchObject({ status: 200, end: 'ECONNRESET' });
    expect(reply.text.length).toBeGreaterThan(0);
    expect(reply.text.length).toBeLessThan(Number(reply.headers['content-length']));
  });

  it('body: exactly these bytes', async () => {
    const html = { kind: 'body', body: '<html>', contentType: 'text/html' } as const;
    fail({ times: 1, fault: html }, { fault: { kind: 'body', body: '', status: 520 } });
    const first = await call();
    expect(first).toMatchObject({ status: 200, text: '<html>', headers: { 'content-type': 'text/html' } });
    const second = await call();
    expect(second).toMatchObject({ status: 520, text: '', headers: { 'content-type': 'application/json' } });
  });

  it('redirect', async () => {
    fail({ fault: { kind: 'redirect', status: 307, location: 'http://127.0.0.1:9/' } });
    expect(await call()).toMatchObject({ status: 307, headers: { location: 'http://127.0.0.1:9/' } });
  });

  it('huge-body: as many bytes as were asked for, in valid JSON', async () => {
    const sizeBytes = 3_000_000;
    fail({ fault: { kind: 'huge-body', sizeBytes } });
    const whole = await call();
    expect(JSON.parse(whole.text)).toHaveProperty('result');
    expect(whole.text.length).toBeGreaterThanOrEqual(sizeBytes);
    expect((await call({ enoughBytes: 1000 })).end).toBe('enough');
  });
});

it('closes at once, even in the middle of an answer', async () => {
  fail({ fault: { kind: 'stall-before-headers' } });
  const pending = call();
  await expect.poll(() => sandbox.api.requests.length).toBe(1);
  await sandbox.close();
  expect((await pending).end).toBe('ECONNRESET');
});

it('does not look at DNS any more once it is closed', async () => {
  sandbox.seedConnector({ emailDomain: 'example.com', status: 'pending' });
  await sandbox.pollVerification();
  await sandbox.api.close();
  sandbox.authoritative.clearQueries();
  await sandbox.pollVerification();
  expect(sandbox.authoritative.queries).toEqual([]);
});

it('listens on loopback only', async () => {
  await expect(startSandbox({ host: '0.0.0.0' })).rejects.toBeInstanceOf(RangeError);
  await expect(listenForHttp('0.0.0.0', async () => undefined)).rejects.toBeInstanceOf(RangeError);
  await using other = await startSandbox({ host: '127.0.0.2' });
  expect(other.apiUrl).toMatch(/^http:\/\/127\.0\.0\.2:\d+\/client\/v4$/);
});
