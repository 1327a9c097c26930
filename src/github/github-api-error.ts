import * as v from 'valibot';
import { type ErrorDetails, RequestError, type Retryability } from '../domain/errors.ts';
import { parseRetryAfter } from '../http/retry-after.ts';
import { printable } from '../text/untrusted.ts';
import { inWords, pathOf } from './in-words.ts';

/** GitHub's API answered with a refusal or with something unexpected. */
export class GitHubApiError extends RequestError {
  /** Not named `status`, because octokit's pagination turns an error with status 409 into an empty list. */
  readonly httpStatus: number;

  constructor(
    message: string,
    details: ErrorDetails & {
      retryability: Retryability;
      retryAfterMs?: number | undefined;
      httpStatus: number;
    },
  ) {
    super(message, details);
    this.httpStatus = details.httpStatus;
  }
}

/** The name of octokit's `RequestError`. */
const OCTOKIT_ERROR = 'HttpError';

/** Octokit's `RequestError` for an answer. Only these parts are read, because the others contain secrets. */
const refusalSchema = v.object({
  status: v.number(),
  request: v.object({ method: v.string(), url: v.string() }),
  response: v.object({
    headers: v.record(v.string(), v.optional(v.union([v.string(), v.number()]))),
    data: v.unknown(),
  }),
});
type OctokitRefusal = v.InferOutput<typeof refusalSchema>;

const messageSchema = v.object({ message: v.string() });

/**
 * What octokit threw, as an error of this action: the cause that octokit wrapped when no answer arrived, otherwise a
 * {@link GitHubApiError}. Octokit's own error is dropped, because it carries headers and bodies. Any other error stays.
 */
export function fromOctokitError(thrown: unknown, nowMs: number): unknown {
  if (!(thrown instanceof Error) || thrown.name !== OCTOKIT_ERROR) return thrown;
  if (thrown.cause !== undefined) return thrown.cause;
  const refusal = v.safeParse(refusalSchema, thrown);
  return refusal.success ? fromRefusal(refusal.output, nowMs) : thrown;
}

/** An answer that the API does not document: a proxy in between answered, or the body was cut. */
export function unexpectedAnswer(method: string, url: string, httpStatus: number): GitHubApiError {
  const seen = `Could not ${inWords(method, url)}: the answer has an unexpected shape`;
  const message = `${seen} (${method} ${pathOf(url)}, HTTP ${httpStatus}).`;
  return new GitHubApiError(message, { httpStatus, retryability: 'ambiguous', hint: GITHUB_STATUS_HINT });
}

function fromRefusal({ status, request, response }: OctokitRefusal, nowMs: number): GitHubApiError {
  const body = v.safeParse(messageSchema, response.data);
  const reason = body.success
    ? printable(body.output.message, MAX_QUOTED).replace(/\.$/, '')
    : 'GitHub gave no reason';
  const { method, url } = request;
  const refused = `GitHub ${status >= 500 ? 'failed' : 'refused'} to ${inWords(method, url)}: ${reason}`;
  const message = `${refused} (${method} ${pathOf(url)}, HTTP ${status}).`;
  const isLimited = isRateLimited(status, reason, response.headers);
  return new GitHubApiError(message, {
    httpStatus: status,
    retryability: isLimited ? 'not-carried-out' : status >= 500 || status === 408 ? 'ambiguous' : 'permanent',
    retryAfterMs: isLimited ? limitedForMs(response.headers, nowMs) : retryAfterMs(response.headers, nowMs),
    hint: isLimited ? RATE_HINT : refusalHint(status),
  });
}

/** Enough to recognise GitHub's message. */
const MAX_QUOTED = 200;

type Headers = OctokitRefusal['response']['headers'];

/**
 * GitHub's primary limit (per hour) and secondary limit (against bursts) both answer with 403 or 429:
 * https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api
 */
function isRateLimited(status: number, reason: string, headers: Headers): boolean {
  if (status === 429) return true;
  if (status !== 403) return false;
  const isUsedUp = String(headers['x-ratelimit-remaining']) === '0';
  return isUsedUp || headers['retry-after'] !== undefined || /\brate limit\b/i.test(reason);
}

/** What GitHub's documentation asks for when the answer does not say how long to wait. */
const DEFAULT_LIMIT_MS = 60_000;

function limitedForMs(headers: Headers, nowMs: number): number {
  const asked = retryAfterMs(headers, nowMs);
  if (asked !== undefined) return asked;
  const resetMs = Number(headers['x-ratelimit-reset']) * 1000;
  const isUsedUp = String(headers['x-ratelimit-remaining']) === '0';
  return isUsedUp && resetMs > nowMs ? resetMs - nowMs : DEFAULT_LIMIT_MS;
}

function retryAfterMs(headers: Headers, nowMs: number): number | undefined {
  const value = headers['retry-after'];
  return parseRetryAfter(value === undefined ? undefined : String(value), nowMs);
}

const RATE_HINT =
  "GitHub's rate limit for this token is used up. Run the job again later; there is nothing to undo.";
/** What to do when no answer arrived, or GitHub itself failed. */
export const GITHUB_STATUS_HINT = 'Check https://www.githubstatus.com for incidents, then run the job again.';
const PERMISSION_HINT =
  'Give the job the permission "issues: write" under "permissions:". That removes every permission that is not listed, so add "contents: read" if the job checks out the repository.';

/** What to do about a refusal, or `undefined` when its message says everything. */
function refusalHint(status: number): string | undefined {
  switch (status) {
    case 401:
      return 'The GitHub token is wrong or expired. The token of the job, github.token, is sufficient.';
    case 403:
    case 404:
      return PERMISSION_HINT;
    case 410:
      return 'Issues are disabled in this repository. Enable them under "Features" in its settings, or set drift-issue to false.';
    default:
      return status >= 500 ? GITHUB_STATUS_HINT : undefined;
  }
}
