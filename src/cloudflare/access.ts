import * as v from 'valibot';
import type { SsoApp } from '../domain/connector.ts';
import { withoutAddresses } from '../text/untrusted.ts';
import type { Clock } from '../time/clock.ts';
import { Recent } from '../time/recent.ts';
import type { CloudflareClient } from './client.ts';

/** A login method of the account's Zero Trust organization. */
export interface IdentityProvider {
  readonly id: string | undefined;
  /** May be empty. */
  readonly name: string;
  /** `oidc`, `saml`, `okta`, `azureAD`, `onetimepin`… */
  readonly type: string;
}

/** A rule of a policy: it has one key, the kind of the rule, such as `email_domain`, `everyone` or `group`. */
export type AccessRule = Readonly<Record<string, unknown>>;

/** A policy of an Access application. */
export interface AccessPolicy {
  readonly decision: string;
  readonly include: readonly AccessRule[];
  readonly exclude: readonly AccessRule[];
  readonly require: readonly AccessRule[];
}

/** The Access application of dashboard SSO (type `dash_sso`). */
export interface DashSsoApp extends SsoApp {
  /** IDs of identity providers; empty allows all. `undefined` if Cloudflare shows them in another shape. */
  readonly allowedIdps: readonly string[] | undefined;
  /** `undefined` if Cloudflare shows none, or in another shape. */
  readonly policies: readonly AccessPolicy[] | undefined;
}

const text = v.nullish(v.string());
/** An identity provider as Cloudflare sends it, as far as it is needed. */
export const wireProviderSchema = v.object({ id: text, name: v.string(), type: v.string() });
const rules = v.nullish(v.array(v.record(v.string(), v.unknown())), []);
/** A policy of an application as Cloudflare sends it, as far as it is needed. */
export const wirePolicySchema = v.object({
  decision: v.string(),
  include: rules,
  exclude: rules,
  require: rules,
});
const unknownShape = v.pipe(
  v.unknown(),
  v.transform(() => undefined),
);
/** An Access application as Cloudflare sends it, as far as it is needed. */
export const wireAppSchema = v.object({
  id: text,
  uid: text,
  name: text,
  type: text,
  allowed_idps: v.nullish(v.union([v.array(v.string()), unknownShape]), []),
  policies: v.fallback(v.nullish(v.array(wirePolicySchema)), undefined),
});

/** The parts of Cloudflare Access that dashboard SSO depends on. */
export class Access {
  readonly #client: CloudflareClient;
  readonly #path: string;
  readonly #identityProviders: Recent<readonly IdentityProvider[]>;
  readonly #ssoApp: Recent<DashSsoApp | undefined>;

  constructor(client: CloudflareClient, accountId: string, clock: Pick<Clock, 'now'>) {
    this.#client = client;
    this.#path = `/accounts/${encodeURIComponent(accountId)}/access`;
    this.#identityProviders = new Recent(() => this.#listIdentityProviders(), clock);
    this.#ssoApp = new Recent(() => this.#findSsoApp(), clock);
  }

  /**
   * The login methods; read once for all email domains of a step, and again after a minute.
   *
   * @throws {CloudflareApiError} 403 when the token lacks the permission
   */
  identityProviders(): Promise<readonly IdentityProvider[]> {
    return this.#identityProviders.get();
  }

  /**
   * The Access application of dashboard SSO; an account has one, from its first enabled connector on. Read once for all
   * email domains of a step, and again after a minute.
   *
   * @param notBeforeMs reads it again if it was read earlier; milliseconds since the epoch
   * @throws {CloudflareApiError} 403 when the token lacks the permission
   */
  ssoApp(notBeforeMs?: number): Promise<DashSsoApp | undefined> {
    return this.#ssoApp.get(notBeforeMs);
  }

  async #listIdentityProviders(): Promise<readonly IdentityProvider[]> {
    const providers = await this.#client.list({
      what: 'list the identity providers',
      request: { method: 'GET', path: `${this.#path}/identity_providers` },
      result: v.array(wireProviderSchema),
      permission: 'Access: Organizations, Identity Providers, and Groups: Read',
    });
    return providers.map(({ id, name, type }) => ({ id: id ?? undefined, name, type }));
  }

  async #findSsoApp(): Promise<DashSsoApp | undefined> {
    const apps = await this.#client.list({
      what: 'list the Access applications',
      request: { method: 'GET', path: `${this.#path}/apps` },
      result: v.array(wireAppSchema),
      permission: 'Access: Apps and Policies: Read',
    });
    const app = apps.find(({ type }) => type === 'dash_sso');
    if (app?.id == null) return undefined;
    const { id, uid, name, allowed_idps: allowedIdps, policies } = app;
    return {
      id,
      uid: uid ?? id,
      name: withoutAddresses(name ?? 'SSO App'),
      allowedIdps,
      policies: policies?.map((policy) => ({
        decision: policy.decision,
        include: policy.include ?? [],
        exclude: policy.exclude ?? [],
        require: policy.require ?? [],
      })),
    };
  }
}
