import { NetworkError } from '../http/network-error.ts';
import type { HttpRequest, HttpResponse, HttpSession } from '../http/session.ts';
import { GitHubApiError, unexpectedAnswer } from './github-api-error.ts';
import { inWords } from './in-words.ts';

/** The part of the web's `fetch` that octokit uses. */
export type GitHubFetch = (
  url: string,
  init: { readonly method: HttpRequest['method']; readonly body?: string | undefined },
) => Promise<Response>;

/**
 * A `fetch` for octokit over the runner's HTTP client, so that the runner's proxy settings apply. The session holds the
 * token, the deadline and the size limit, and sends its own headers instead of octokit's.
 *
 * The fetch throws a {@link NetworkError} when no complete answer arrived or when the address is not below `apiUrl` (a
 * `Link` header can name any), and a {@link GitHubApiError} for a redirect or an invalid status. The token goes nowhere else.
 */
export function createGitHubFetch(session: HttpSession, apiUrl: string, signal: AbortSignal): GitHubFetch {
  return async (url, { method, body }) => {
    const path = pathBelow(apiUrl, url);
    const request = { method, path, ...(body !== undefined && { body: JSON.parse(body) as object }) };
    const answer = await session.exchange(request, signal, inWords(method, path));
    const { status } = answer;
    if (status >= 300 && status < 400) throw redirected(request, status);
    // The web's `Response` takes no other status.
    if (status < 200 || status > 599) throw unexpectedAnswer(method, url, status);
    return new Response(isBodiless(status) ? null : answer.body, { status, headers: headersOf(answer) });
  };
}

function pathBelow(apiUrl: string, url: string): string {
  const target = URL.parse(url);
  if (target?.href.startsWith(`${apiUrl}/`)) return target.href.slice(apiUrl.length);
  // Only the origin: the rest is as untrusted as the address.
  const place = target === null ? 'something that is not a URL' : target.origin;
  const message = `GitHub's answer points to ${place}, outside ${apiUrl}. The token is not sent there.`;
  throw new NetworkError(message, { retryability: 'permanent' });
}

function redirected({ method, path }: HttpRequest, httpStatus: number): GitHubApiError {
  const message = `Could not ${inWords(method, path)}: the request was redirected (${method} ${path}, HTTP ${httpStatus}). Redirects are not followed, because the token would be sent along.`;
  return new GitHubApiError(message, {
    httpStatus,
    retryability: 'permanent',
    hint: 'GitHub redirects when the repository was renamed or moved while the job waited. Run the workflow again.',
  });
}

/** A web response with one of these statuses must not have a body. */
function isBodiless(status: number): boolean {
  return status === 204 || status === 205;
}

function headersOf({ headers }: HttpResponse): Headers {
  const result = new Headers();
  for (const [name, value] of Object.entries(headers)) {
    for (const line of [value ?? []].flat()) result.append(name, line);
  }
  return result;
}
