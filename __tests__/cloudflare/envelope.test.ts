import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { CloudflareApiError } from '../../src/cloudflare/api-error.ts';
import { type ApiCall, openEnvelope } from '../../src/cloudflare/envelope.ts';
import { parseRetryAfter } from '../../src/http/retry-after.ts';
import type { HttpResponse } from '../../src/http/session.ts';
import { everythingIn, thrownBy } from '../checks/errors.ts';
import { facts } from '../checks/facts.ts';
import { NOON_MS } from '../fakes/clock.ts';

const call: ApiCall<{ id: string }> = {
  what: 'list the SSO connectors',
  request: { method: 'GET', path: '/accounts/abc/sso_connectors' },
  result: v.object({ id: v.string() }),
  permission: 'SSO Connector: Read',
};

function response(status: number, body: unknown, headers: HttpResponse['headers'] = {}): HttpResponse {
  return { status, headers, body: typeof body === 'string' ? body : JSON.stringify(body) };
}

function open(answer: HttpResponse) {
  return openEnvelope(call, answer, NOON_MS);
}

function refusalOf(status: number, body: unknown, headers: HttpResponse['headers'] = {}): CloudflareApiError {
  return thrownBy(() => open(response(status, body, headers)), CloudflareApiError);
}

function failed(...errors: readonly unknown[]) {
  return { success: false, errors, messages: [], result: null };
}

describe('openEnvelope on success', () => {
  it('gives the result and where it stands among the pages', () => {
    const info = { page: 2, per_page: 20, count: 1, total_count: 21 };
    const body = { success: true, errors: [], messages: [], result: { id: 'a' }, result_info: info };
    expect(open(response(200, body))).toEqual({ result: { id: 'a' }, resultInfo: info });
  });

  it('ignores what it does not know', () => {
    const result = { id: 'a', colour: 'red', nested: { deep: [1, 2] } };
    const body = { success: true, errors: [], messages: [{ code: 1, message: 'hi' }], result, extra: 1 };
    expect(open(response(200, body))).toEqual({ result: { id: 'a' }, resultInfo: undefined });
  });

  it.each([{}, { result_info: null }])('does without anything but success and result (%j)', (more) => {
    const opened = open(response(200, { success: true, result: { id: 'a' }, ...more }));
    expect(opened).toEqual({ result: { id: 'a' }, resultInfo: undefined });
  });

  it.each([{ result: null }, {}])('lets an call have no result (%j)', (more) => {
    const noResult = { ...call, result: v.optional(v.unknown()) };
    const body = { success: true, errors: [], messages: [], ...more };
    expect(() => openEnvelope(noResult, response(200, body), NOON_MS)).not.toThrow();
  });
});

describe('openEnvelope on a refusal', () => {
  it('says what was refused, by which status, with which errors, and the ray ID', () => {
    const body = failed({ code: 1001, message: 'Bad domain.' }, { code: 1002, message: 'Bad luck' });
    const error = refusalOf(400, body, { 'cf-ray': '8a1b2c-FRA' });
    expect(error.message).toMatch(/^Cloudflare refused to list the SSO connectors: Bad domain; Bad luck \(/);
    expect(error.message).toMatch(
      facts('1001, 1002', 'GET /accounts/abc/sso_connectors', 'HTTP 400', 'ray ID 8a1b2c-FRA'),
    );
    expect(error).toMatchObject({
      status: 400,
      rayId: '8a1b2c-FRA',
      errors: [
        { code: 1001, message: 'Bad domain.' },
        { code: 1002, message: 'Bad luck' },
      ],
      retryability: 'permanent',
    });
  });

  it('takes success: false in a 200 for the refusal that it is', () => {
    const error = refusalOf(200, failed({ code: 1001, message: 'No' }));
    expect(error.message).toMatch(facts('refused', 'No', 'code 1001', 'HTTP 200'));
    expect(error.retryability).toBe('permanent');
  });

  it('is no refusal when Cloudflare itself failed', () => {
    const error = refusalOf(503, failed({ code: 1001, message: 'Busy' }));
    expect(error.message).toMatch(/^Cloudflare failed to list the SSO connectors: Busy \(/);
  });

  it('says so when Cloudflare gives no reason', () => {
    expect(refusalOf(403, failed()).message).toMatch(/no reason.*HTTP 403/);
  });

  it.each([
    ['nothing', ''],
    ['HTML', '<html>Forbidden</html>'],
    ['errors of another shape', { success: false, errors: ['no'] }],
    ['a success', { success: true, result: { id: 'a' } }],
  ])('judges by the status when the body is %s', (_, body) => {
    const error = refusalOf(403, body);
    expect(error.message).toMatch(/^Could not list the SSO connectors: /);
    expect(error.message).toMatch(facts('GET /accounts/abc/sso_connectors', 'HTTP 403'));
    expect(error.retryability).toBe('permanent');
  });

  it.each([
    [408, 'ambiguous'],
    [429, 'not-carried-out'],
    [500, 'ambiguous'],
    [502, 'ambiguous'],
    [503, 'ambiguous'],
    [522, 'ambiguous'],
    [400, 'permanent'],
    [401, 'permanent'],
    [403, 'permanent'],
    [404, 'permanent'],
    [409, 'permanent'],
    [422, 'permanent'],
  ])('with status %d is %s', (status, retryability) => {
    expect(refusalOf(status, failed({ code: 1001, message: 'No' })).retryability).toBe(retryability);
    expect(refusalOf(status, '').retryability).toBe(retryability);
  });
});

describe('openEnvelope on what is no envelope', () => {
  it.each([
    ['HTML', '<html>secret of the page</html>', { 'content-type': 'text/html' }, 'text/html, 31 bytes'],
    ['nothing', '', {}, 'no content type, 0 bytes'],
    ['half an envelope', '{"success":true,"res', { 'content-type': 'application/json' }, '20 bytes'],
  ])('refuses %s in a 200, of which the outcome is unknown', (_, body, headers, seen) => {
    const error = refusalOf(200, body, headers);
    expect(error.message).toContain('not JSON');
    expect(error.message).toContain(seen);
    expect(error.retryability).toBe('ambiguous');
    expect(everythingIn(error)).not.toContain('secret of the page');
  });

  it.each([
    ['null', null],
    ['a list', []],
    ['no success', { result: { id: 'a' } }],
    ['success as text', { success: 'true', result: { id: 'a' } }],
    ['no result', { success: true }],
    ['null for a result', { success: true, result: null }],
    ['a list for an object', { success: true, result: [{ id: 'a' }] }],
    ['a number for a text', { success: true, result: { id: 7 } }],
  ])('refuses %s in a 200', (_, body) => {
    const error = refusalOf(200, body);
    expect(error.message).toContain('unexpected shape');
    expect(error.retryability).toBe('ambiguous');
  });

  it('does without a page number that is none, which a change does not need', () => {
    const body = { success: true, result: { id: 'a' }, result_info: { page: 'x' } };
    expect(openEnvelope(call, response(200, body), NOON_MS)).toMatchObject({ resultInfo: undefined });
  });

  it('says where the shape is wrong', () => {
    expect(refusalOf(200, { success: true, result: { id: 7 } }).message).toMatch(/result\.id.*string.*7/);
  });

  it.each([
    ['https://evil.example/take?it=secret', 'https://evil.example'],
    ['/client/v5/x?it=secret', 'another address'],
    [undefined, 'another address'],
  ])('refuses a redirect to %j and names its origin alone', (location, origin) => {
    const error = refusalOf(302, '', location === undefined ? {} : { location });
    expect(error.message).toContain(`redirected to ${origin}`);
    expect(error.retryability).toBe('permanent');
    expect(everythingIn(error)).not.toContain('it=secret');
  });
});

describe('the hint', () => {
  const no = failed({ code: 1001, message: 'No' });

  it('of a 401 is about the token', () => {
    expect(refusalOf(401, no).hint).toMatch(/API token.*expired/);
  });

  it('of a 403 names the permission', () => {
    expect(refusalOf(403, no).hint).toContain('"SSO Connector: Read"');
  });

  it('of a 403 where no permission is needed speaks of the account', () => {
    const free = { ...call, permission: undefined };
    const { hint } = thrownBy(() => openEnvelope(free, response(403, no), NOON_MS), CloudflareApiError);
    expect(hint).toContain('account-id');
    expect(hint).not.toMatch(/permission|undefined/);
  });

  it('of a 403 to a change asks for both permissions, since editing does not include reading', () => {
    const edit = { ...call, permission: 'SSO Connector: Edit' };
    const { hint } = thrownBy(() => openEnvelope(edit, response(403, no), NOON_MS), CloudflareApiError);
    expect(hint).toContain('"SSO Connector: Edit"');
    expect(hint).toContain('"SSO Connector: Read"');
  });

  it('of a 407 is about the proxy', () => {
    expect(refusalOf(407, '<html>').hint).toMatch(/proxy.*password.*https_proxy/);
  });

  it('of a 404 for the account says where its ID is found', () => {
    expect(refusalOf(404, no).hint).toContain('https://dash.cloudflare.com/<account ID>');
  });

  it('of a 404 for a connector says to check its ID', () => {
    const request = { method: 'GET', path: '/accounts/abc/sso_connectors/def' } as const;
    const get = () => openEnvelope({ ...call, request }, response(404, no), NOON_MS);
    expect(thrownBy(get, CloudflareApiError).hint).toMatch(/connector-id.*account-id/);
  });

  it('of a 429 says until when', () => {
    const error = refusalOf(429, no, { 'retry-after': '600' });
    expect(error.hint).toContain('12:10 UTC');
    expect(error.retryAfterMs).toBe(600_000);
  });

  it('of a 429 without Retry-After says for how long the limit counts', () => {
    expect(refusalOf(429, no).hint).toContain('five minutes');
  });

  const withCode = (code: number) => failed({ code, message: 'No' });

  it('of an account without Zero Trust says so, whatever the status', () => {
    for (const status of [403, 404]) {
      const { hint } = refusalOf(status, withCode(9999));
      expect(hint).toContain('Zero Trust organization');
      expect(hint).not.toContain('permission');
    }
  });

  const fromElsewhere = failed({
    code: 9109,
    message: 'Cannot use the access token from location: 192.0.2.1',
  });

  it('of a token with an IP filter speaks of the filter, not of a permission', () => {
    const { hint } = refusalOf(403, fromElsewhere);
    expect(hint).toContain('IP filter');
    expect(hint).not.toContain('SSO Connector');
  });

  it('of the same code and another status or message speaks of no filter', () => {
    const unauthorized = failed({ code: 9109, message: 'Unauthorized to access requested resource' });
    expect(refusalOf(403, unauthorized).hint).toContain('"SSO Connector: Read"');
    const otherCode = failed({ code: 10_000, message: 'Cannot use the access token from location: ::1' });
    for (const error of [
      refusalOf(403, unauthorized),
      refusalOf(401, fromElsewhere),
      refusalOf(403, otherCode),
    ])
      expect(error.hint).not.toContain('IP filter');
  });

  it('of a 404 of Zero Trust does not speak of connectors', () => {
    const request = { method: 'GET', path: '/accounts/abc/access/apps' } as const;
    const apps = () => openEnvelope({ ...call, request }, response(404, no), NOON_MS);
    const { hint } = thrownBy(apps, CloudflareApiError);
    expect(hint).toContain('Zero Trust');
    expect(hint).not.toContain('connector-id');
  });

  it('of a 429 that asks for an absurd time is still a hint', () => {
    expect(refusalOf(429, no, { 'retry-after': '9'.repeat(30) }).hint).toContain('UTC');
  });

  it.each([500, 502, 503])('of a %d names the page with incidents', (status) => {
    expect(refusalOf(status, '').hint).toContain('https://www.cloudflarestatus.com');
  });

  it('of malformed headers says how to store the token', () => {
    const error = refusalOf(400, failed({ code: 6003, message: 'Invalid request headers' }));
    expect(error.hint).toMatch(/API token.*Bearer/);
  });

  it('of another refusal is left to the message', () => {
    expect(refusalOf(400, no).hint).toBeUndefined();
    expect(refusalOf(409, no).hint).toBeUndefined();
    expect(refusalOf(200, no).hint).toBeUndefined();
  });

  it.each([
    ['HTML in a success', 200, '<html>', /api-url.*https_proxy/],
    ['a success of another shape', 200, '{"success":true}', /newer version/],
    ['a redirect', 307, '', /api-url/],
  ])('of %s says what may be in the way', (_, status, body, hint) => {
    expect(refusalOf(status, body).hint).toMatch(hint);
  });
});

describe('the permission', () => {
  const permission = 'SSO Connector: Read';

  it.each<[number, number, string]>([
    [403, 10_000, 'Authentication error'],
    [403, 9109, 'Unauthorized to access requested resource'],
    [403, 1001, 'No'],
  ])('may be missing after a %d with code %d: %s', (status, code, message) => {
    expect(refusalOf(status, failed({ code, message })).permission).toBe(permission);
  });

  it.each(['', '<html>Forbidden</html>', failed()])(
    'may be missing after a 403 without a reason: %j',
    (body) => {
      expect(refusalOf(403, body).permission).toBe(permission);
    },
  );

  it.each<[number, number, string]>([
    [403, 9999, 'access.api.error.not_enabled'],
    [404, 9999, 'access.api.error.not_enabled'],
    [403, 9109, 'Cannot use the access token from location: 192.0.2.1'],
    [403, 6003, 'Invalid request headers'],
    [400, 6003, 'Invalid request headers'],
    [401, 10_000, 'Authentication error'],
    [404, 7003, 'Could not route'],
    [429, 10_000, 'Slow down'],
    [500, 10_000, 'Internal error'],
    [200, 10_000, 'Authentication error'],
  ])('is not what is missing after a %d with code %d: %s', (status, code, message) => {
    expect(refusalOf(status, failed({ code, message })).permission).toBeUndefined();
  });

  it('is not what is missing when one of several errors says so', () => {
    const errors = [10_000, 9999].map((code) => ({ code, message: 'No' }));
    expect(refusalOf(403, failed(...errors)).permission).toBeUndefined();
  });

  it('is not missing where none is needed', () => {
    const free = { ...call, permission: undefined };
    const refused = () => openEnvelope(free, response(403, failed()), NOON_MS);
    expect(thrownBy(refused, CloudflareApiError).permission).toBeUndefined();
  });
});

describe('parseRetryAfter', () => {
  it.each([
    ['0', 0],
    ['120', 120_000],
    [' 5 ', 5000],
    ['Mon, 05 Jan 2026 12:02:00 GMT', 120_000],
    ['Mon, 05 Jan 2026 11:00:00 GMT', 0],
    ['soon', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('reads %j', (value, retryAfterMs) => {
    expect(parseRetryAfter(value, NOON_MS)).toBe(retryAfterMs);
  });
});
