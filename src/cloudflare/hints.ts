import { formatTime } from '../text/duration.ts';
import type { CloudflareMessage } from './api-error.ts';

/** `Invalid request headers`; of ours only the Authorization header can be invalid. */
const INVALID_HEADERS = 6003;

/** What to do about an answer that never came, or a failure of Cloudflare's own. */
export const STATUS_HINT =
  'See https://www.cloudflarestatus.com for incidents, then run the job again: every mode can be repeated.';

/** What to do about a redirect. */
export const REDIRECT_HINT =
  'If you gave api-url, give the address that it leads to. Otherwise a proxy on the way answers in the place of Cloudflare.';

/** What to do about a success that is no JSON. */
export const NOT_JSON_HINT =
  'Something else answered in the place of Cloudflare, such as a proxy with a page to sign in: see api-url, https_proxy and no_proxy, then run the job again.';

/** What to do about a success of another shape. */
export const SHAPE_HINT =
  "Run the job again. If it stays so, Cloudflare's API has changed: look for a newer version of this action.";

/** What to do about a refused request, or `undefined` when its message says all. */
export function hintFor(refused: {
  readonly status: number;
  readonly errors: readonly CloudflareMessage[];
  readonly permission: string;
  readonly path: string;
  readonly retryAfterMs: number | undefined;
  readonly nowMs: number;
}): string | undefined {
  const { status, errors, permission, path, retryAfterMs, nowMs } = refused;
  if (errors.some(({ code }) => code === INVALID_HEADERS)) {
    return 'The API token is malformed. Store it once more: the token alone, without quotes or the word Bearer.';
  }
  switch (status) {
    case 401:
      return 'The API token is wrong, expired or restricted to other IP addresses. Look at it under "API Tokens" in the dashboard.';
    case 403:
      return `The API token may lack the permission "${permission}", or not include this account. Look at both under "API Tokens" in the dashboard (create and enable need Edit, which includes Read), and check that account-id is the account you mean.`;
    case 404:
      return path.endsWith('/sso_connectors')
        ? 'Check account-id: it stands in the address of the dashboard, https://dash.cloudflare.com/<account ID>.'
        : 'It may have been deleted meanwhile. Check connector-id and account-id, or leave connector-id out to look it up by email domain.';
    case 429:
      return retryAfterMs === undefined
        ? 'Cloudflare allows 1,200 requests in five minutes to a user, over all tokens. Run again in five minutes.'
        : `Cloudflare's rate limit is used up until ${formatTime(nowMs + retryAfterMs, nowMs)}. Run again after that.`;
    default:
      return status >= 500 ? STATUS_HINT : undefined;
  }
}
