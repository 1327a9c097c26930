import type { AccessPolicy } from './access-policy.ts';
import type { ConnectorStore, SsoConnector } from './connector-store.ts';

/** An Access application with the field names of the API. */
export interface AccessApplication {
  readonly id: string;
  readonly uid: string;
  readonly name: string;
  readonly type: 'dash_sso';
  readonly aud: string;
  /** A name that cannot exist (RFC 2606). */
  readonly domain: string;
  readonly allowed_idps: readonly string[];
  readonly auto_redirect_to_identity: boolean;
  readonly session_duration: string;
  readonly policies: readonly AccessPolicy[];
}

const ID = '699d98642c564d2e855e9661899b7252';

function allowDomain({ id, email_domain: domain }: SsoConnector, index: number): AccessPolicy {
  return {
    id,
    name: 'Allow email domain',
    decision: 'allow',
    include: [{ email_domain: { domain } }],
    exclude: [],
    require: [],
    precedence: index + 1,
  };
}

/**
 * The Access application that Cloudflare creates for the dashboard when SSO is enabled: one per account, with a policy
 * for each enabled email domain. Undefined while no connector is enabled.
 */
export function ssoApplication(store: ConnectorStore, accountId: string): AccessApplication | undefined {
  const { isMissing = false, allowedIdps = [], policies } = store.account(accountId).ssoApp;
  const enabled = store.list(accountId).filter((connector) => connector.enabled);
  if (isMissing || enabled.length === 0) return undefined;
  return {
    id: ID,
    uid: ID,
    name: 'SSO App',
    type: 'dash_sso',
    aud: '737646a56ab1df6ec9bddc7e5ca84eaf3b0768850f3ffb5d74f1534911fe3893',
    domain: 'sandbox.cloudflareaccess.example/dash_sso',
    allowed_idps: allowedIdps,
    auto_redirect_to_identity: false,
    session_duration: '24h',
    policies: policies ?? enabled.map(allowDomain),
  };
}
