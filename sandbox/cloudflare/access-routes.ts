import type { JsonAnswer } from '../net/json-answer.ts';
import type { ConnectorStore } from './connector-store.ts';
import { ApiProblem, ERROR_CODES, page } from './envelope.ts';
import type { ApiRequest, Route } from './router.ts';
import type { SignInLog } from './sign-in-log.ts';
import { queryLog } from './sign-in-query.ts';
import { ssoApplication } from './sso-app.ts';
import type { Permission } from './tokens.ts';

/** The lists of identity providers, applications and sign-ins of Cloudflare Access. */
export function accessRoutes(store: ConnectorStore, signIns: SignInLog): readonly Route[] {
  const list = (
    path: string,
    permission: Permission,
    answer: (accountId: string, query: URLSearchParams) => JsonAnswer,
  ): Route => ({
    method: 'GET',
    path: `/accounts/:accountId/access/${path}`,
    permission,
    handle: ({ params: { accountId = '' }, query }: ApiRequest) => {
      const { organization } = store.account(accountId);
      if (organization === 'exists') return answer(accountId, query);
      const message = 'access.api.error.not_enabled';
      throw new ApiProblem(organization, { code: ERROR_CODES.accessNotEnabled, message });
    },
  });

  return [
    list('identity_providers', 'access-idp:read', (accountId, query) =>
      page(store.account(accountId).identityProviders, query),
    ),
    list('apps', 'access-apps:read', (accountId, query) => {
      const application = ssoApplication(store, accountId);
      return page(application === undefined ? [] : [application], query);
    }),
    list('logs/access_requests', 'access-audit-logs:read', (accountId, query) =>
      queryLog(signIns.entries(accountId), query),
    ),
  ];
}
