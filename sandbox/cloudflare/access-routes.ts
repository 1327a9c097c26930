import type { ConnectorStore } from './connector-store.ts';
import { page } from './envelope.ts';
import type { ApiRequest, Route } from './router.ts';

/** The Access application that Cloudflare creates for the dashboard when SSO is enabled. */
const SSO_APP = { id: '699d98642c564d2e855e9661899b7252', name: 'SSO App', type: 'dash_sso' } as const;

const accountOf = ({ params: { accountId = '' } }: ApiRequest) => accountId;

/** The lists of identity providers and applications of Cloudflare Access. */
export function accessRoutes(store: ConnectorStore): readonly Route[] {
  const applications = (accountId: string) =>
    store.list(accountId).some((connector) => connector.enabled) ? [SSO_APP] : [];

  return [
    {
      method: 'GET',
      path: '/accounts/:accountId/access/identity_providers',
      permission: 'access-idp:read',
      handle: (request) => page(store.identityProviders(accountOf(request)), request.query),
    },
    {
      method: 'GET',
      path: '/accounts/:accountId/access/apps',
      permission: 'access-apps:read',
      handle: (request) => page(applications(accountOf(request)), request.query),
    },
  ];
}
