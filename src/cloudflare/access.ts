import * as v from 'valibot';
import type { CloudflareClient } from './client.ts';

/** A login method of the account's Zero Trust organization. */
export interface IdentityProvider {
  readonly name: string;
  /** `oidc`, `saml`, `okta`, `azureAD`, `onetimepin`… */
  readonly type: string;
}

/** Cloudflare Access, as far as the SSO of the dashboard depends on it. */
export class Access {
  readonly #client: CloudflareClient;
  readonly #path: string;

  constructor(client: CloudflareClient, accountId: string) {
    this.#client = client;
    this.#path = `/accounts/${encodeURIComponent(accountId)}/access`;
  }

  /**
   * @throws {CloudflareApiError} 403 when the token lacks the permission for it
   */
  identityProviders(): Promise<readonly IdentityProvider[]> {
    return this.#client.list({
      request: { method: 'GET', path: `${this.#path}/identity_providers` },
      result: v.array(v.object({ name: v.string(), type: v.string() })),
      permission: 'Access: Organizations, Identity Providers, and Groups: Read',
    });
  }
}
