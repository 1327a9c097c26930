import { domainToASCII } from 'node:url';
import * as v from 'valibot';
import type { SsoConnector } from '../domain/connector.ts';
import { VERIFICATION_STATUSES } from '../domain/connector.ts';
import { CloudflareApiError } from './api-error.ts';
import type { CloudflareClient } from './client.ts';
import type { ApiCall } from './envelope.ts';
import { SSO_CONNECTOR } from './hints.ts';

/** The body of the POST that creates a connector. */
export interface NewSsoConnector {
  readonly email_domain: string;
  readonly begin_verification: boolean;
  readonly use_fedramp_language?: boolean;
}

/** The body of the PATCH that changes a connector. */
export interface SsoConnectorChange {
  readonly enabled?: boolean;
  readonly use_fedramp_language?: boolean;
}

/**
 * The connector as Cloudflare sends it. Cloudflare's own schema makes every field optional; here the ID and the email
 * domain are required.
 */
export const wireConnectorSchema = v.object({
  id: v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/)),
  // Letters and digits of any script: it becomes a name in files and in DNS questions.
  email_domain: v.pipe(v.string(), v.regex(/^[\p{L}\p{N}][\p{L}\p{M}\p{N}._-]{0,252}$/u)),
  enabled: v.nullish(v.boolean()),
  use_fedramp_language: v.nullish(v.boolean()),
  created_on: v.nullish(v.string()),
  updated_on: v.nullish(v.string()),
  verification: v.nullish(
    v.object({
      // Printable ASCII without quotes: it becomes a step output and part of a zone file.
      code: v.nullish(v.pipe(v.string(), v.regex(/^[\x21\x23-\x7e]{1,255}$/))),
      status: v.fallback(v.nullish(v.picklist(VERIFICATION_STATUSES)), undefined),
    }),
  ),
});

const toConnector = v.transform(
  (wire: v.InferOutput<typeof wireConnectorSchema>): SsoConnector => ({
    id: wire.id,
    emailDomain: domainToASCII(wire.email_domain) || wire.email_domain.toLowerCase(),
    enabled: wire.enabled ?? false,
    useFedrampLanguage: wire.use_fedramp_language ?? false,
    verificationCode: wire.verification?.code ?? undefined,
    verificationStatus: wire.verification?.status ?? undefined,
  }),
);

const connectorSchema = v.pipe(wireConnectorSchema, toConnector);

/** The connector with this ID, or a list that holds it: Cloudflare's SDK and its guide differ about the PATCH. */
function changedConnectorSchema(connectorId: string): v.GenericSchema<unknown, SsoConnector> {
  const withId = v.object({ id: v.literal(connectorId) });
  const connector = v.pipe(v.object({ ...wireConnectorSchema.entries, ...withId.entries }), toConnector);
  // Without a match, the first one shows in the error which ID came instead.
  const pick = (all: unknown[]): unknown => all.find((one) => v.is(withId, one)) ?? all[0];
  const list = v.pipe(v.array(v.unknown()), v.transform(pick), connector);
  return v.lazy((result) => (Array.isArray(result) ? list : connector));
}

const { read: READ, edit: WRITE } = SSO_CONNECTOR;

/** The result of {@link SsoConnectors.create}. */
export interface Creation {
  readonly connector: SsoConnector;
  /** This run created it; `false` when it was already there. */
  readonly created: boolean;
}

/**
 * The SSO connectors of one account.
 *
 * Every method throws a `RequestError` when Cloudflare refuses or does not answer.
 */
export class SsoConnectors {
  readonly #client: CloudflareClient;
  readonly #path: string;
  #list: Promise<readonly SsoConnector[]> | undefined;

  constructor(client: CloudflareClient, accountId: string) {
    this.#client = client;
    this.#path = `/accounts/${encodeURIComponent(accountId)}/sso_connectors`;
  }

  /** All connectors of the account; read once for all email domains of a step. For a later state, call {@link get}. */
  list(): Promise<readonly SsoConnector[]> {
    this.#list ??= this.#client.list(this.#listCall());
    return this.#list;
  }

  /** The connector of an email domain, whatever its case at Cloudflare. */
  async find(emailDomain: string): Promise<SsoConnector | undefined> {
    return ofDomain(await this.list(), emailDomain);
  }

  async get(connectorId: string): Promise<SsoConnector> {
    const request = { method: 'GET', path: this.#pathOf(connectorId) } as const;
    return (await this.#client.call({ request, result: connectorSchema, permission: READ })).result;
  }

  /**
   * Creates a connector. After an attempt of unknown outcome, or a conflict, it reads the list before another POST:
   * there are never two connectors for one domain.
   */
  async create(connector: NewSsoConnector): Promise<Creation> {
    const request = { method: 'POST', path: this.#path, body: connector } as const;
    const look = async (): Promise<SsoConnector | undefined> =>
      ofDomain(await this.#listOnce(), connector.email_domain);
    const { made, isOurs } = await this.#client.once(request, {
      send: async () =>
        (await this.#client.send({ request, result: connectorSchema, permission: WRITE })).result,
      look,
      // The list may lag behind an earlier POST of this run, so a conflict can be with our own connector.
      alreadyThere: async (refusal) => (isConflict(refusal) ? look() : undefined),
    });
    return { connector: made, created: isOurs };
  }

  async change(connectorId: string, change: SsoConnectorChange): Promise<SsoConnector> {
    const request = { method: 'PATCH', path: this.#pathOf(connectorId), body: change } as const;
    const result = changedConnectorSchema(connectorId);
    return (await this.#client.call({ request, result, permission: WRITE })).result;
  }

  /** Makes Cloudflare poll for the TXT record (again), for up to two days. The answer has no result. */
  async beginVerification(connectorId: string): Promise<void> {
    const request = { method: 'POST', path: `${this.#pathOf(connectorId)}/begin_verification` } as const;
    await this.#client.call({ request, result: v.optional(v.unknown()), permission: WRITE });
  }

  /**
   * Deletes a connector; Cloudflare's guide disables it first. Resolves to whether this run deleted it: `false` when
   * it was already gone.
   */
  async delete(connectorId: string): Promise<boolean> {
    const request = { method: 'DELETE', path: this.#pathOf(connectorId) } as const;
    const { isOurs } = await this.#client.once<'gone'>(request, {
      send: async () => {
        await this.#client.send({ request, result: v.optional(v.unknown()), permission: WRITE });
        return 'gone';
      },
      alreadyThere: async (refusal) => (isNotFound(refusal) ? 'gone' : undefined),
    });
    this.#list = this.#list?.then((all) => all.filter(({ id }) => id !== connectorId));
    return isOurs;
  }

  /** The current list, in a single attempt, as part of an attempt that is repeated as a whole. */
  #listOnce(): Promise<readonly SsoConnector[]> {
    return this.#client.list(this.#listCall(), { request: (page) => this.#client.send(page) });
  }

  #listCall(): ApiCall<readonly SsoConnector[]> {
    return {
      request: { method: 'GET', path: this.#path },
      result: v.array(connectorSchema),
      permission: READ,
    };
  }

  #pathOf(connectorId: string): string {
    return `${this.#path}/${encodeURIComponent(connectorId)}`;
  }
}

function ofDomain(connectors: readonly SsoConnector[], emailDomain: string): SsoConnector | undefined {
  return connectors.find((connector) => connector.emailDomain === emailDomain);
}

/** Whether Cloudflare answered that there is no such connector, record or account. */
export function isNotFound(error: unknown): boolean {
  return error instanceof CloudflareApiError && error.status === 404;
}

function isConflict(error: unknown): boolean {
  return error instanceof CloudflareApiError && error.status === 409;
}
