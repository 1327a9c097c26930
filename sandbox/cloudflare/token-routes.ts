import { ApiProblem, ERROR_CODES, success } from './envelope.ts';
import type { ApiRequest, Route } from './router.ts';
import { statusOf } from './tokens.ts';

/**
 * The two ways to verify a token: one for tokens of a user, one for tokens of an account. Neither needs a permission,
 * and both answer for a token that nothing else accepts.
 */
export function tokenRoutes(now: () => number): readonly Route[] {
  const verify = ({ token, params: { accountId } }: ApiRequest) => {
    const { id, ownerAccountId, expiresOn, notBefore } = token;
    if (ownerAccountId !== accountId) {
      throw new ApiProblem(401, { code: ERROR_CODES.invalidToken, message: 'Invalid API Token' });
    }
    return success({
      id,
      status: statusOf(token, now()),
      ...(expiresOn !== undefined && { expires_on: expiresOn }),
      ...(notBefore !== undefined && { not_before: notBefore }),
    });
  };
  const route = { method: 'GET', acceptsAnyStatus: true, handle: verify } as const;
  return [
    { ...route, path: '/user/tokens/verify' },
    { ...route, path: '/accounts/:accountId/tokens/verify' },
  ];
}
