import type { ConnectorStore } from './connector-store.ts';
import { page, success } from './envelope.ts';
import { readEmailDomain, readFields } from './request-body.ts';
import type { ApiRequest, Route } from './router.ts';
import type { Verification } from './verification.ts';

const COLLECTION = '/accounts/:accountId/sso_connectors';
const CONNECTOR = `${COLLECTION}/:connectorId`;

const idsOf = ({ params: { accountId = '', connectorId = '' } }: ApiRequest) => ({ accountId, connectorId });

/** The operations on SSO connectors (Cloudflare API: IAM > SSO). */
export function connectorRoutes(store: ConnectorStore, verification: Verification): readonly Route[] {
  const create = (request: ApiRequest) => {
    const { accountId } = idsOf(request);
    // Cloudflare's Terraform provider sends `enabled`, which the API does not document. A new connector stays disabled.
    const fields = readFields(request.body, {
      email_domain: 'string',
      enabled: 'boolean',
      begin_verification: 'boolean',
      use_fedramp_language: 'boolean',
    });
    const { id } = store.create(accountId, {
      emailDomain: readEmailDomain(fields.email_domain),
      useFedrampLanguage: fields.use_fedramp_language ?? false,
    });
    if (fields.begin_verification ?? true) verification.begin(accountId, id);
    return success(store.get(accountId, id));
  };

  const update = (request: ApiRequest) => {
    const { accountId, connectorId } = idsOf(request);
    // Cloudflare's Terraform provider sends `begin_verification` after each import. What the API makes of it here is not
    // documented; in the sandbox it has no effect.
    const { begin_verification: _, ...change } = readFields(request.body, {
      enabled: 'boolean',
      use_fedramp_language: 'boolean',
      begin_verification: 'boolean',
    });
    const isChange = Object.keys(change).length > 0;
    return success(
      isChange ? store.update(accountId, connectorId, change) : store.get(accountId, connectorId),
    );
  };

  const remove = (request: ApiRequest) => {
    const { accountId, connectorId } = idsOf(request);
    store.delete(accountId, connectorId);
    return success({ id: connectorId });
  };

  const beginVerification = (request: ApiRequest) => {
    const { accountId, connectorId } = idsOf(request);
    verification.begin(accountId, connectorId);
    return success();
  };

  const list = (request: ApiRequest) => page(store.shown(idsOf(request).accountId), request.query);
  const get = (request: ApiRequest) => {
    const { accountId, connectorId } = idsOf(request);
    return success(store.shownOne(accountId, connectorId));
  };

  return [
    { method: 'GET', path: COLLECTION, permission: 'sso:read', handle: list },
    { method: 'POST', path: COLLECTION, permission: 'sso:write', handle: create },
    { method: 'GET', path: CONNECTOR, permission: 'sso:read', handle: get },
    { method: 'PATCH', path: CONNECTOR, permission: 'sso:write', handle: update },
    { method: 'DELETE', path: CONNECTOR, permission: 'sso:write', handle: remove },
    {
      method: 'POST',
      path: `${CONNECTOR}/begin_verification`,
      permission: 'sso:write',
      handle: beginVerification,
    },
  ];
}
