import type { Value, Values } from './terraform-configuration.ts';

/** What Cloudflare's provider does with an attribute of a resource. */
interface Attribute {
  /** Planned where the configuration has none. */
  readonly default?: Value;
  /** Kept where the configuration has none. */
  readonly isComputed?: true;
  /** Whether a change replaces the resource: always, or only where the configuration has a value. */
  readonly replaces?: 'always' | 'if-configured';
  /** A part of the path, never of a body or an answer. */
  readonly isInPath?: true;
  /** The API tells it in no answer. */
  readonly isWriteOnly?: true;
}

/** A resource of Cloudflare's provider. */
export interface ResourceType {
  readonly attributes: Readonly<Record<string, Attribute>>;
  /** The attribute before the slash of an import ID. */
  readonly owner: string;
  /** Below the API's base path. */
  collection(owner: string): string;
  /** The body of an update: only what changes, or everything. */
  readonly update: 'PATCH' | 'PUT';
  /** What is planned in place of a configured value that means the same. */
  normalised?(attribute: string, configured: Value, prior: Value): Value;
}

/**
 * The resources of Cloudflare's Terraform provider 5.22 that concern dashboard SSO: attributes, their defaults and plan
 * modifiers, and the requests, as its schema files and models have them (`internal/services/sso_connector` and
 * `internal/services/dns_record` in cloudflare/terraform-provider-cloudflare). The provider itself takes hours to build.
 */
export const RESOURCE_TYPES: Readonly<Record<string, ResourceType>> = {
  cloudflare_sso_connector: {
    owner: 'account_id',
    collection: (accountId) => `/accounts/${accountId}/sso_connectors`,
    update: 'PATCH',
    attributes: {
      account_id: { replaces: 'always', isInPath: true },
      email_domain: { replaces: 'always' },
      begin_verification: { default: true, replaces: 'if-configured', isWriteOnly: true },
      enabled: {},
      use_fedramp_language: { default: false },
    },
  },
  cloudflare_dns_record: {
    owner: 'zone_id',
    collection: (zoneId) => `/zones/${zoneId}/dns_records`,
    update: 'PUT',
    attributes: {
      zone_id: { replaces: 'always', isInPath: true },
      name: {},
      type: {},
      content: {},
      comment: {},
      ttl: { isComputed: true },
      proxied: { default: false },
      tags: { isComputed: true },
    },
    // The name may lack the zone's; only a dot at its end is a change in every plan.
    normalised: (attribute, configured, prior) =>
      attribute === 'name' && typeof prior === 'string' && isShortFor(String(configured), prior)
        ? prior
        : configured,
  },
};

function isShortFor(configured: string, name: string): boolean {
  return configured === '@' || name.startsWith(`${configured.replace(/\.$/, '')}.`);
}

/** A request and its answer. */
export interface Exchange {
  readonly method: string;
  /** Below the API's base path. */
  readonly path: string;
  readonly body: unknown;
  readonly status: number;
}

/** Cloudflare's API as the provider calls it. */
export class ProviderApi {
  /** Every request so far. */
  readonly exchanges: Exchange[] = [];
  readonly #url: string;
  readonly #token: string;

  constructor(url: string, token: string) {
    this.#url = url;
    this.#token = token;
  }

  /** The result, or nothing after a 404; every other refusal is an error, as in the provider. */
  async send(method: string, path: string, body?: Values): Promise<Values | undefined> {
    const response = await fetch(`${this.#url}${path}`, {
      method,
      headers: { authorization: `Bearer ${this.#token}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    this.exchanges.push({ method, path, body, status: response.status });
    if (response.status === 404) return undefined;
    if (response.status !== 200) throw new Error(`failed to make http request: ${response.status} ${text}`);
    return JSON.parse(text).result;
  }
}

/** The state of a resource: its ID and the attributes that the answer has, or else keeps. */
export function stateFrom({ attributes }: ResourceType, answer: Values, kept: Values): Values {
  const entries = Object.entries(attributes).map(([name, { isInPath, isWriteOnly }]) => [
    name,
    (isInPath || isWriteOnly ? kept[name] : answer[name]) ?? null,
  ]);
  return { ...Object.fromEntries(entries), id: answer['id'] ?? null };
}

/** The values of a body: without the path's, and without those that are not known. */
export function bodyOf({ attributes }: ResourceType, values: Values): Values {
  const entries = Object.entries(attributes).flatMap(([name, { isInPath }]) => {
    const value = values[name] ?? null;
    return isInPath || value === null ? [] : [[name, value]];
  });
  return Object.fromEntries(entries);
}
