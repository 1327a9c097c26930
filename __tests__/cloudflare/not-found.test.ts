import * as v from 'valibot';
import { expect, it } from 'vitest';
import { CloudflareApiError } from '../../src/cloudflare/api-error.ts';
import { isNotFound } from '../../src/cloudflare/not-found.ts';
import { NetworkError } from '../../src/http/network-error.ts';
import { rejectionOf } from '../checks/errors.ts';
import { clientOf } from '../fakes/api-client.ts';
import { type Answer, jsonAnswer, startApiServer, textAnswer } from '../fakes/api-server.ts';

const envelope = (...codes: readonly unknown[]) => ({
  success: false,
  errors: codes.map((code) => ({ code, message: 'It is so' })),
  messages: [],
  result: null,
});

/** The error that the real client makes of this answer. */
async function errorOf(answer: Answer): Promise<CloudflareApiError> {
  await using server = await startApiServer(answer);
  using setup = clientOf(server.apiUrl);
  const request = { method: 'GET', path: '/accounts/a/sso_connectors/b' } as const;
  const call = { what: 'read the SSO connector', request, result: v.unknown(), permission: undefined };
  return await rejectionOf(setup.client.send(call), CloudflareApiError);
}

it.each([
  ['a code of the resource', jsonAnswer(404, envelope(17_001))],
  ['several codes, none of the path', jsonAnswer(404, envelope(17_001, 1001))],
])('a connector is gone by a 404 with %s', async (_, answer) => {
  expect(isNotFound(await errorOf(answer))).toBe(true);
});

it.each<[string, Answer]>([
  ['no route for that path', jsonAnswer(404, envelope(7000))],
  ['a wrong account ID', jsonAnswer(404, envelope(7003))],
  ['a code of the path among others', jsonAnswer(404, envelope(17_001, 7003))],
  ['no code', jsonAnswer(404, envelope())],
  ['a code that is no number', jsonAnswer(404, envelope('17001'))],
  ['a success in it', jsonAnswer(404, { success: true, errors: [], messages: [], result: null })],
  ['success: true next to a code', jsonAnswer(404, { ...envelope(17_001), success: true })],
  ['the JSON of something else', jsonAnswer(404, { error: 'Not Found' })],
  ['the page of a proxy', textAnswer(404, '<h1>Not Found</h1>', { 'content-type': 'text/html' })],
  ['no body', textAnswer(404, '')],
])('a connector is not gone by a 404 with %s', async (_, answer) => {
  const error = await errorOf(answer);
  expect(error.status).toBe(404);
  expect(isNotFound(error)).toBe(false);
});

it.each([400, 403, 410, 500])('a connector is not gone by a %d, whatever its code', async (status) => {
  expect(isNotFound(await errorOf(jsonAnswer(status, envelope(17_001))))).toBe(false);
});

it.each([
  ['no answer', new NetworkError('No answer.', { retryability: 'ambiguous' })],
  ['a defect', new TypeError('x')],
  ['nothing', undefined],
])('a connector is not gone by %s', (_, thrown) => {
  expect(isNotFound(thrown)).toBe(false);
});
