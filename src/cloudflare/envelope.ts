import * as v from 'valibot';
import type { Retryability } from '../domain/errors.ts';
import { parseRetryAfter } from '../http/retry-after.ts';
import type { HttpRequest, HttpResponse } from '../http/session.ts';
import { printable, withoutAddresses } from '../text/untrusted.ts';
import { CloudflareApiError, type CloudflareMessage } from './api-error.ts';
import { hintFor, isPermissionMissing, NOT_JSON_HINT, REDIRECT_HINT, SHAPE_HINT } from './hints.ts';

/** The position of a page among all results. */
export interface ResultInfo {
  readonly page?: number | undefined;
  readonly per_page?: number | undefined;
  readonly count?: number | undefined;
  readonly total_count?: number | undefined;
}

/** The checked answer to a call. */
export interface ApiResult<T> {
  readonly result: T;
  readonly resultInfo: ResultInfo | undefined;
}

/** A call of the API: what it is for, the request, the shape of its result, and the permission that the token needs. */
export interface ApiCall<T> {
  /** In words, as they follow "to" in a message: `list the SSO connectors`. */
  readonly what: string;
  readonly request: HttpRequest;
  readonly result: v.GenericSchema<unknown, T>;
  /** As the dashboard names it, for the hint of a 403; `undefined` if none is needed. */
  readonly permission: string | undefined;
}

const failureSchema = v.object({
  success: v.literal(false),
  errors: v.array(v.object({ code: v.number(), message: v.string() })),
});

const count = v.optional(v.pipe(v.number(), v.integer()));
/** Without it, a list ends after its first page. */
const resultInfoSchema = v.fallback(
  v.nullish(v.object({ page: count, per_page: count, count, total_count: count })),
  undefined,
);

/**
 * Reads the envelope that Cloudflare's API v4 puts around every result.
 *
 * @throws {CloudflareApiError} for a failure, and for anything that is not an envelope with a result of that shape
 */
export function openEnvelope<T>(call: ApiCall<T>, response: HttpResponse, nowMs: number): ApiResult<T> {
  const refuse = (seen: string, details: Partial<Refusal> = {}): CloudflareApiError =>
    refusal(call, response, seen, { nowMs, ...details });
  const unusable = (seen: string, details: Partial<Refusal> = {}): CloudflareApiError =>
    refuse(`Could not ${call.what}: ${seen}`, details);

  if (response.status >= 300 && response.status < 400) {
    throw unusable(`the request was redirected to ${redirectTarget(response)}`, {
      retryability: 'permanent',
      hint: REDIRECT_HINT,
    });
  }
  const json = parseJson(response.body);
  const failure = v.safeParse(failureSchema, json);
  if (failure.success) {
    const { errors } = failure.output;
    const verb = response.status >= 500 ? 'failed' : 'refused';
    throw refuse(`Cloudflare ${verb} to ${call.what}${reasonsOf(errors)}`, {
      errors,
      detail: codesOf(errors),
    });
  }
  if (response.status !== 200) throw unusable('the answer gives no reason');
  if (json === undefined) {
    throw unusable('the answer is not JSON', { detail: describeBody(response), hint: NOT_JSON_HINT });
  }

  const schema = v.object({
    success: v.literal(true),
    result: call.result,
    result_info: resultInfoSchema,
  });
  const envelope = v.safeParse(schema, json);
  if (!envelope.success) {
    const detail = describeIssue(envelope.issues[0]);
    throw unusable('the answer has an unexpected shape', { detail, hint: SHAPE_HINT });
  }
  return { result: envelope.output.result as T, resultInfo: envelope.output.result_info ?? undefined };
}

interface Refusal {
  readonly nowMs: number;
  readonly errors: readonly CloudflareMessage[];
  readonly retryability: Retryability;
  readonly hint: string;
  /** For the brackets behind the message, with the request. */
  readonly detail: string | undefined;
}

function refusal<T>(
  { request, permission }: ApiCall<T>,
  response: HttpResponse,
  seen: string,
  { nowMs, errors = [], retryability, hint, detail }: { nowMs: number } & Partial<Refusal>,
): CloudflareApiError {
  const { status } = response;
  const rayId = headerOf(response, 'cf-ray');
  const retryAfterMs = parseRetryAfter(headerOf(response, 'retry-after'), nowMs);
  const ray = rayId === undefined ? '' : `, ray ID ${printable(rayId, MAX_QUOTED)}`;
  const about = `${request.method} ${request.path}, HTTP ${status}${ray}`;
  return new CloudflareApiError(`${seen} (${detail === undefined ? '' : `${detail}; `}${about}).`, {
    status,
    errors,
    permission: isPermissionMissing(status, errors) ? permission : undefined,
    rayId,
    retryAfterMs,
    retryability: retryability ?? retryabilityOf(status, errors),
    hint: hint ?? hintFor({ status, errors, permission, path: request.path, retryAfterMs, nowMs }),
  });
}

function retryabilityOf(status: number, errors: readonly CloudflareMessage[]): Retryability {
  // Refused before it was processed.
  if (status === 429) return 'not-carried-out';
  if (status >= 500 || status === 408) return 'ambiguous';
  // A success without a readable envelope: a proxy in between answered, or the body was cut.
  return status < 300 && errors.length === 0 ? 'ambiguous' : 'permanent';
}

function reasonsOf(errors: readonly CloudflareMessage[]): string {
  const reasons = errors.map(({ message }) =>
    withoutAddresses(printable(message, MAX_MESSAGE_LENGTH)).replace(/\.$/, ''),
  );
  return reasons.length === 0 ? ' and gave no reason' : `: ${reasons.join('; ')}`;
}

function codesOf(errors: readonly CloudflareMessage[]): string | undefined {
  const codes = errors.map(({ code }) => code).join(', ');
  return codes === '' ? undefined : `code${errors.length === 1 ? '' : 's'} ${codes}`;
}

function describeIssue(issue: v.BaseIssue<unknown>): string {
  return `${v.getDotPath(issue) ?? 'the whole answer'}: expected ${issue.expected ?? 'something else'}, got ${withoutAddresses(printable(issue.received, MAX_QUOTED))}`;
}

function describeBody(response: HttpResponse): string {
  const type = printable(headerOf(response, 'content-type') ?? 'no content type', MAX_QUOTED);
  return `${type}, ${Buffer.byteLength(response.body)} bytes`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The caller says what arrived instead. The parser's message would quote the body.
    return undefined;
  }
}

/** Only the origin: the rest may contain something that must not be in a log. */
function redirectTarget(response: HttpResponse): string {
  const location = headerOf(response, 'location');
  return (location && URL.parse(location)?.origin) || 'another address';
}

function headerOf({ headers }: HttpResponse, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
}

/** Enough to recognise an unexpected value. */
const MAX_QUOTED = 80;
/** Enough for one of Cloudflare's messages. */
const MAX_MESSAGE_LENGTH = 500;
