import type { JsonAnswer } from '../net/json-answer.ts';
import { ApiProblem, ERROR_CODES, failure } from './envelope.ts';
import { findRoute, type Route } from './router.ts';
import { assertUsable, authorize, type Tokens } from './tokens.ts';

/** Base path of Cloudflare's API v4. */
export const BASE_PATH = '/client/v4';

/** A request with its whole body. */
export interface IncomingCall {
  readonly method: string;
  /** Below {@link BASE_PATH}. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly authorization: string | undefined;
  /** The IP address that the request comes from. */
  readonly clientAddress: string;
  /** When it arrived, in milliseconds since 1970. */
  readonly receivedAt: number;
  readonly body: string;
}

const IDENTIFIER = /^[0-9a-f]{32}$/;

function parseJson(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    // Cloudflare's API does not say where the syntax error is.
    throw new ApiProblem(400, { code: ERROR_CODES.malformedJson, message: 'Malformed JSON in request body' });
  }
}

function assertIdentifiers(path: string, identifiers: readonly (string | undefined)[]): void {
  if (identifiers.every((identifier) => identifier === undefined || IDENTIFIER.test(identifier))) return;
  const message = `Could not route to ${BASE_PATH}${path}, perhaps your object identifier is invalid?`;
  throw new ApiProblem(404, { code: ERROR_CODES.badIdentifier, message });
}

/** Handles a request: authentication, routing, permission, operation. */
export function dispatch(routes: readonly Route[], tokens: Tokens, call: IncomingCall): JsonAnswer {
  try {
    const token = tokens.authenticate(call.authorization, call.clientAddress);
    const { route, params } = findRoute(routes, call.method, call.path);
    if (route.acceptsAnyStatus !== true) assertUsable(token, call.receivedAt);
    const { accountId, zoneId, recordId } = params;
    assertIdentifiers(call.path, [accountId, zoneId, recordId]);
    if (route.permission !== undefined) authorize(token, route.permission, accountId);
    return route.handle({ params, query: call.query, body: parseJson(call.body), token });
  } catch (error) {
    if (error instanceof ApiProblem) return failure(error.status, error.errors);
    throw error;
  }
}
