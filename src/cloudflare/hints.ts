import { formatTime } from '../text/duration.ts';
import type { CloudflareMessage } from './api-error.ts';

/** `Invalid request headers`. Of our headers, only Authorization can be invalid. */
const INVALID_HEADERS = 6003;

/** `access.api.error.not_enabled`: the account has no Zero Trust organization, whatever the HTTP status. */
export const NO_ZERO_TRUST = 9999;

/** With HTTP 403 and this message: the token's IP filter does not allow this address. The code has other meanings. */
const WRONG_LOCATION = { code: 9109, message: /from location/i };

/** What to do when no answer arrived, or Cloudflare itself failed. */
export const STATUS_HINT =
  'Check https://www.cloudflarestatus.com for incidents, then run the job again: every mode is safe to repeat.';

/** What to do about a redirect. */
export const REDIRECT_HINT =
  'Redirects are not followed, because the token would be sent along. If you set api-url, change it to the address of the redirect. Otherwise a proxy is answering instead of Cloudflare.';

/** What to do about a success that is not JSON. */
export const NOT_JSON_HINT =
  'Something else answered instead of Cloudflare, such as a proxy with a sign-in page. Check api-url, https_proxy and no_proxy, then run the job again.';

/** What to do about a success of another shape. */
export const SHAPE_HINT =
  "Run the job again. If the error stays, Cloudflare's API has changed: look for a newer version of this action.";

/** The permissions for SSO connectors. Reading and writing are separate: give the token both. */
export const SSO_CONNECTOR = { read: 'SSO Connector: Read', edit: 'SSO Connector: Edit' } as const;

/** What to do about a refused request, or `undefined` when its message says everything. */
export function hintFor(refused: {
  readonly status: number;
  readonly errors: readonly CloudflareMessage[];
  readonly permission: string | undefined;
  readonly path: string;
  readonly retryAfterMs: number | undefined;
  readonly nowMs: number;
}): string | undefined {
  const { status, errors, permission, path, retryAfterMs, nowMs } = refused;
  if (errors.some(({ code }) => code === INVALID_HEADERS)) {
    return 'The API token is malformed. Store it again: only the token, without quotes and without the word Bearer.';
  }
  if (errors.some(({ code }) => code === NO_ZERO_TRUST)) {
    return 'Create a Zero Trust organization in the dashboard under Zero Trust (the Free plan is enough), then add your identity provider there.';
  }
  if (status === 403 && errors.some(isWrongLocation)) {
    return 'The API token has an IP filter that does not allow this runner. Remove the filter from the token, use a runner with an allowed address, or use another token.';
  }
  switch (status) {
    case 401:
      return 'The API token is wrong, expired or restricted to other IP addresses. Check it under "API Tokens" in the dashboard. If you cannot sign in there, use another token, or ask a member of the account outside the email domain.';
    case 403:
      return permission === undefined
        ? 'The API token may not include this account. Check it under "API Tokens" in the dashboard, and check account-id.'
        : `The API token may lack ${permissions(permission)}, or may not include this account. Check both under "API Tokens" in the dashboard, and check account-id.`;
    case 404:
      if (path.includes('/access/'))
        return 'Check that the account has a Zero Trust organization, and check account-id.';
      return path.endsWith('/sso_connectors')
        ? 'Check account-id. You can find the account ID in the dashboard URL, https://dash.cloudflare.com/<account ID>.'
        : path.includes('/sso_connectors/')
          ? 'It may have been deleted. Check connector-id and account-id, or leave connector-id out to find the connector by email domain.'
          : 'Check account-id and api-url.';
    case 407:
      return 'A proxy answered instead of Cloudflare, and wants a user name and a password. Check https_proxy and no_proxy.';
    case 429:
      return retryAfterMs === undefined
        ? 'Cloudflare allows 1,200 requests in five minutes for a user, over all tokens. Run the job again in five minutes.'
        : `Cloudflare's rate limit is used up until ${formatTime(nowMs + retryAfterMs, nowMs)}. Run the job again after that.`;
    default:
      return status >= 500 ? STATUS_HINT : undefined;
  }
}

/** Whether a refusal can mean that the token lacks a permission. */
export function isPermissionMissing(status: number, errors: readonly CloudflareMessage[]): boolean {
  const means = (code: number): boolean => errors.some((error) => error.code === code);
  return status === 403 && !means(NO_ZERO_TRUST) && !means(INVALID_HEADERS) && !errors.some(isWrongLocation);
}

function isWrongLocation({ code, message }: CloudflareMessage): boolean {
  return code === WRONG_LOCATION.code && WRONG_LOCATION.message.test(message);
}

function permissions(needed: string): string {
  return needed === SSO_CONNECTOR.edit
    ? `the permissions "${SSO_CONNECTOR.edit}" and "${SSO_CONNECTOR.read}"`
    : `the permission "${needed}"`;
}
