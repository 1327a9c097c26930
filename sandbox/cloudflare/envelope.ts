import type { ApiErrorEntry } from '../net/api-faults.ts';
import type { JsonAnswer } from '../net/json-answer.ts';

/** Position of a page in its list. */
export interface ResultInfo {
  readonly count: number;
  readonly page: number;
  readonly per_page: number;
  readonly total_count: number;
}

/** A refused request; becomes a failure envelope. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly errors: readonly ApiErrorEntry[];

  constructor(status: number, ...errors: readonly ApiErrorEntry[]) {
    super(errors.map((error) => error.message).join('; '));
    this.name = 'ApiProblem';
    this.status = status;
    this.errors = errors;
  }
}

/**
 * Error codes. Cloudflare does not publish those of SSO connectors and most of those of DNS records, so the sandbox
 * has its own from 17000 on; clients must not depend on them. 1004, 9021, 81044, 81054 and 81058 are Cloudflare's. For an
 * unknown zone ID, 1001 is a plausible choice; 7003 is for a malformed ID. 9999 is for an account without Zero Trust, and
 * 1000 is a plausible choice for verifying a token under the wrong owner.
 */
export const ERROR_CODES = {
  invalidToken: 1000,
  zoneNotFound: 1001,
  dnsValidation: 1004,
  malformedJson: 6007,
  invalidHeaders: 6003,
  invalidAuthorizationFormat: 6111,
  noRoute: 7000,
  badIdentifier: 7003,
  invalidTtl: 9021,
  unauthorizedResource: 9109,
  accessNotEnabled: 9999,
  authentication: 10_000,
  methodNotAllowed: 10_405,
  invalidBody: 17_000,
  connectorNotFound: 17_001,
  connectorExists: 17_002,
  connectorUnverified: 17_003,
  domainEnabledElsewhere: 17_004,
  invalidRecordName: 17_005,
  invalidRecordType: 17_006,
  invalidRecordContent: 17_007,
  commentTooLong: 17_008,
  recordNotFound: 81_044,
  cnameExists: 81_054,
  recordExists: 81_058,
} as const;

/** A success envelope; without a result if the API documents none. */
export function success(result?: unknown, resultInfo?: ResultInfo): JsonAnswer {
  const body = {
    success: true,
    errors: [],
    messages: [],
    ...(result === undefined ? {} : { result }),
    ...(resultInfo && { result_info: resultInfo }),
  };
  return { status: 200, body };
}

/** The same answer, with `null` in place of an empty list. */
export function withNullForEmptyList({ status, body }: JsonAnswer): JsonAnswer {
  const isEnvelope = typeof body === 'object' && body !== null && 'result' in body;
  const isEmptyList = isEnvelope && Array.isArray(body.result) && body.result.length === 0;
  return { status, body: isEmptyList ? { ...body, result: null } : body };
}

/** A failure envelope. */
export function failure(status: number, errors: readonly ApiErrorEntry[]): JsonAnswer {
  return { status, body: { success: false, errors, messages: [], result: null } };
}

const DEFAULT_PER_PAGE = 20;
const LARGEST_PER_PAGE = 1000;

/** A refusal (400) of a parameter in the query. */
export function invalidParameter(name: string): ApiProblem {
  return new ApiProblem(400, { code: ERROR_CODES.invalidBody, message: `Invalid value for ${name}` });
}

/**
 * The number in a parameter, or else the fallback.
 *
 * @throws ApiProblem (400) when it is not a number from 1 to `largest`
 */
export function positiveInteger(
  query: URLSearchParams,
  name: string,
  fallback: number,
  largest: number,
): number {
  const text = query.get(name);
  if (text === null) return fallback;
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= 1 && value <= largest) return value;
  throw invalidParameter(name);
}

/** Page sizes of a list. */
export interface PageSizes {
  /** Without `per_page`; default 20. */
  readonly usual?: number;
  /** Default 1000. */
  readonly largest?: number;
}

/**
 * One page of a list, by the `page` and `per_page` parameters.
 *
 * @throws ApiProblem (400) when either is not a number in range
 */
export function page(
  items: readonly unknown[],
  query: URLSearchParams,
  { usual = DEFAULT_PER_PAGE, largest = LARGEST_PER_PAGE }: PageSizes = {},
): JsonAnswer {
  const number = positiveInteger(query, 'page', 1, Number.MAX_SAFE_INTEGER);
  const perPage = positiveInteger(query, 'per_page', usual, largest);
  const shown = items.slice((number - 1) * perPage, number * perPage);
  const counts = { count: shown.length, total_count: items.length };
  return success(shown, { ...counts, page: number, per_page: perPage });
}
