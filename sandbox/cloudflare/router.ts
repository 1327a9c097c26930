import type { JsonAnswer } from '../net/json-answer.ts';
import { ApiProblem, ERROR_CODES } from './envelope.ts';
import type { Permission, Token } from './tokens.ts';

/** A request after authentication, authorization and routing. */
export interface ApiRequest {
  /** The named segments of the path. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** The parsed JSON body; undefined without one. */
  readonly body: unknown;
  /** Decides what no path tells: which zones a list shows, which accounts are covered. */
  readonly token: Token;
}

/** One operation of the API. */
export interface Route {
  readonly method: string;
  /** Below the base path; `:name` matches a segment. */
  readonly path: string;
  /** Undefined when a token without permission gets a shorter answer, not a refusal. */
  readonly permission?: Permission;
  /** Whether it answers for a disabled, expired or future token as well; default: no. */
  readonly acceptsAnyStatus?: boolean;
  readonly handle: (request: ApiRequest) => JsonAnswer;
}

/** A route and the values of its named segments. */
export interface RouteMatch {
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
}

function matchPath(pattern: string, path: string): Record<string, string> | undefined {
  const wanted = pattern.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, segment] of wanted.entries()) {
    const value = given[index] ?? '';
    if (segment.startsWith(':') && value !== '') params[segment.slice(1)] = value;
    else if (segment !== value) return undefined;
  }
  return params;
}

/**
 * Finds the route of a request.
 *
 * @throws ApiProblem: 404 for an unknown path, 405 for an unsupported method
 */
export function findRoute(routes: readonly Route[], method: string, path: string): RouteMatch {
  const matches = routes.flatMap((route) => {
    const params = matchPath(route.path, path);
    return params === undefined ? [] : [{ route, params }];
  });
  const found = matches.find(({ route }) => route.method === method);
  if (found !== undefined) return found;
  throw matches.length === 0
    ? new ApiProblem(404, { code: ERROR_CODES.noRoute, message: 'No route for that URI' })
    : new ApiProblem(405, { code: ERROR_CODES.methodNotAllowed, message: 'Method not allowed' });
}
