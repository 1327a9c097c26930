import * as v from 'valibot';
import { type ErrorDetails, RequestError, type Retryability } from '../domain/errors.ts';
import { parseRetryAfter } from '../http/retry-after.ts';
import { printable } from '../text/untrusted.ts';

/** GitHub's API answered, and the answer is a refusal or makes no sense. */
export class GitHubApiError extends RequestError {
  /** Not named `status`: of errors with status 409 octokit's pagination makes an empty list. */
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

/** Octokit's `RequestError` for an answer; only these parts of it are looked at, since the others hold what is secret. */
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

/** An answer that is not what the API documents: something between GitHub and us, or a cut body. */
export function unexpectedAnswer(method: string, url: string, httpStatus: number): GitHubApiError {
  const message = `${method} ${pathOf(url)} answered in an unexpected shape, HTTP ${httpStatus}.`;
  return new GitHubApiError(message, { httpStatus, retryability: 'ambiguous', hint: GITHUB_STATUS_HINT });
}

function fromRefusal({ status, request, response }: OctokitRefusal, nowMs: number): GitHubApiError {
  const body = v.safeParse(messageSchema, response.data);
  const reason = body.success
    ? printable(body.output.message, MAX_QUOTED).replace(/\.$/, '')
    : 'no reason given';
  const message = `${request.method} ${pathOf(request.url)} failed: ${reason}, HTTP ${status}.`;
  const isLimited = isRateLimited(status, reason, response.headers);
  return new GitHubApiError(message, {
    httpStatus: status,
    retryability: isLimited ? 'not-carried-out' : status >= 500 || status === 408 ? 'ambiguous' : 'permanent',
    retryAfterMs: isLimited ? limitedForMs(response.headers, nowMs) : retryAfterMs(response.headers, nowMs),
    hint: isLimited ? RATE_HINT : refusalHint(status),
  });
}

/** Enough to recognise what GitHub says. */
const MAX_QUOTED = 200;

type Headers = OctokitRefusal['response']['headers'];

/**
 * Both of GitHub's limits, the primary one by the hour and the secondary one against haste, answer 403 or 429:
 * https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api
 */
function isRateLimited(status: number, reason: string, headers: Headers): boolean {
  if (status === 429) return true;
  if (status !== 403) return false;
  const isUsedUp = String(headers['x-ratelimit-remaining']) === '0';
  return isUsedUp || headers['retry-after'] !== undefined || /\brate limit\b/i.test(reason);
}

/** What GitHub asks for when it does not say how long. */
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

/** Without host and query. */
function pathOf(url: string): string {
  return URL.parse(url)?.pathname ?? url;
}

const RATE_HINT =
  "GitHub's rate limit for this token is used up. Run the job again later; nothing of it has to be undone.";
/** What to do when the fault is not on this side. */
export const GITHUB_STATUS_HINT = 'See https://www.githubstatus.com for incidents, then run the job again.';
const PERMISSION_HINT =
  'Give the job that runs this step the permission to write issues: "permissions:" and, indented below it, "issues: write" (all that is not named there is withdrawn, so "contents: read" belongs there too when the job checks out).';

/** What to do about a refusal, or `undefined` when its message says all. */
function refusalHint(status: number): string | undefined {
  switch (status) {
    case 401:
      return 'The GitHub token is wrong or has run out. The one of the job, github.token, is enough.';
    case 403:
    case 404:
      return PERMISSION_HINT;
    case 410:
      return 'Issues are disabled in this repository. Enable them in its settings under "Features", or do without the drift issue.';
    default:
      return status >= 500 ? GITHUB_STATUS_HINT : undefined;
  }
}
