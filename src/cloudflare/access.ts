import * as v from 'valibot';
import type { SsoApp } from '../domain/connector.ts';
import type { CloudflareClient } from './client.ts';

/** A login method of the account's Zero Trust organization. */
export interface IdentityProvider {
  readonly name: string;
  /** `oidc`, `saml`, `okta`, `azureAD`, `onetimepin`… */
  readonly type: string;
}

/** The parts of Cloudflare Access that dashboard SSO depends on. */
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
   * The login methods; read once for all email domains of a step.
   *
   * @throws {CloudflareApiError} 403 when the token lacks the permission
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
   * The Access application of dashboard SSO; an account has one. Read once for all email domains of a step, so call it
   * only after one of them is enabled.
   *
   * @throws {CloudflareApiError} 403 when the token lacks the permission
   */
  ssoApp(): Promise<SsoApp | undefined> {
    this.#ssoApp ??= this.#findSsoApp();
    return this.#ssoApp;
  }

  async #findSsoApp(): Promise<SsoApp | undefined> {
    // A single attempt: this is only informative and not worth a wait.
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
