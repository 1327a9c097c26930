import { NetworkError } from '../http/network-error.ts';
import type { HttpRequest, HttpResponse, HttpSession } from '../http/session.ts';
import { GitHubApiError } from './github-api-error.ts';

/** The part of the web's `fetch` that octokit uses. */
export type GitHubFetch = (
  url: string,
  init: { readonly method: HttpRequest['method']; readonly body?: string | undefined },
) => Promise<Response>;

/**
 * A `fetch` for octokit over the runner's own HTTP client, so that its proxy settings count. HttpSession holds the
 * token, the deadline and the limit of a body's size; it sends its own headers, not octokit's.
 *
 * The fetch throws a {@link NetworkError} when no complete answer came, or when the address is not below
 * `apiUrl` (a `Link` header can name any), and a {@link GitHubApiError} for a redirect. The token goes nowhere else.
 */
export function createGitHubFetch(session: HttpSession, apiUrl: string, signal: AbortSignal): GitHubFetch {
  return async (url, { method, body }) => {
    const path = pathBelow(apiUrl, url);
    const request = { method, path, ...(body !== undefined && { body: JSON.parse(body) as object }) };
    const answer = await session.exchange(request, signal);
    if (answer.status >= 300 && answer.status < 400) throw redirected(request, answer.status);
    return new Response(isBodiless(answer.status) ? null : answer.body, {
      status: answer.status,
      headers: headersOf(answer),
    });
  };
}

function pathBelow(apiUrl: string, url: string): string {
  const target = new URL(url).href;
  if (target.startsWith(`${apiUrl}/`)) return target.slice(apiUrl.length);
  // The origin only: the rest is as foreign as the address.
  const message = `GitHub's answer points to ${new URL(url).origin}, which is not ${apiUrl}; the token is not sent there.`;
  throw new NetworkError(message, { retryability: 'permanent' });
}

function redirected({ method, path }: HttpRequest, httpStatus: number): GitHubApiError {
  const message = `${method} ${path} is redirected, HTTP ${httpStatus}; redirects are not followed, since the token would go along.`;
  return new GitHubApiError(message, {
    httpStatus,
    retryability: 'permanent',
    hint: 'GitHub answers so when the repository was renamed or moved while the job waited. Run the workflow again.',
  });
}

/** A web response with such a status must not have a body. */
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
