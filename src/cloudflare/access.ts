import * as v from 'valibot';
import type { SsoApp } from '../domain/connector.ts';
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
  #identityProviders: Promise<readonly IdentityProvider[]> | undefined;
  #ssoApp: Promise<SsoApp | undefined> | undefined;

  constructor(client: CloudflareClient, accountId: string) {
    this.#client = client;
    this.#path = `/accounts/${encodeURIComponent(accountId)}/access`;
  }

  /**
   * Read once for all the email domains of a step.
   *
   * @throws {CloudflareApiError} 403 when the token lacks the permission for it
   */
  identityProviders(): Promise<readonly IdentityProvider[]> {
    this.#identityProviders ??= this.#client.list({
      request: { method: 'GET', path: `${this.#path}/identity_providers` },
      result: v.array(v.object({ name: v.string(), type: v.string() })),
      permission: 'Access: Organizations, Identity Providers, and Groups: Read',
    });
    return this.#identityProviders;
  }

  /**
   * The application of the dashboard's SSO, of which an account has one; read once for all the email domains of a
   * step, so only after one of them is enabled.
   *
   * @throws {CloudflareApiError} 403 when the token lacks the permission for it
   */
  ssoApp(): Promise<SsoApp | undefined> {
    this.#ssoApp ??= this.#findSsoApp();
    return this.#ssoApp;
  }

  async #findSsoApp(): Promise<SsoApp | undefined> {
    // In a single attempt: nobody waits for what is only good to know.
    const apps = await this.#client.list(
      {
        request: { method: 'GET', path: `${this.#path}/apps` },
        result: v.array(
          v.object({ id: v.nullish(v.string()), name: v.nullish(v.string()), type: v.nullish(v.string()) }),
        ),
        permission: 'Access: Apps and Policies: Read',
      },
      (page) => this.#client.send(page),
    );
    const app = apps.find(({ type }) => type === 'dash_sso');
    return app?.id == null ? undefined : { id: app.id, name: app.name ?? 'SSO App' };
  }
}
