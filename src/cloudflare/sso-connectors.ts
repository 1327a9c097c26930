import * as v from 'valibot';
import type { SsoConnector } from '../domain/connector.ts';
import type { RequestError, Retryability } from '../domain/errors.ts';
import type { ReadServices } from '../http/change.ts';
import { Recent } from '../time/recent.ts';
import { CloudflareApiError } from './api-error.ts';
import type { CloudflareClient } from './client.ts';
import {
  changedConnectorsSchema,
  connectorSchema,
  connectorsSchema,
  type Listing,
  mayBeFor,
} from './connector-schema.ts';
import type { ApiCall } from './envelope.ts';
import { SHAPE_HINT, SSO_CONNECTOR } from './hints.ts';
import { isNotFound } from './not-found.ts';
import { type IsShownBy, OwnWrites } from './own-writes.ts';

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

const { read: READ, edit: WRITE } = SSO_CONNECTOR;

/** A look at one connector; the error is Cloudflare's answer that there is none. */
type Look = { readonly seen: SsoConnector } | { readonly seen: undefined; readonly error: unknown };

/** The result of {@link SsoConnectors.create}. */
export interface Creation {
  readonly connector: SsoConnector;
  /** This run created it; `false` when it was already there. */
  readonly created: boolean;
}

/**
 * The SSO connectors of one account. A read that contradicts a write of this run is repeated before it is believed.
 *
 * Every method throws a `RequestError` when Cloudflare refuses or does not answer.
 */
export class SsoConnectors {
  readonly #client: CloudflareClient;
  readonly #path: string;
  readonly #writes: OwnWrites;
  readonly #list: Recent<readonly Listing[]>;

  constructor(client: CloudflareClient, accountId: string, services: ReadServices) {
    this.#client = client;
    this.#path = `/accounts/${encodeURIComponent(accountId)}/sso_connectors`;
    this.#writes = new OwnWrites(services);
    this.#list = new Recent(() => client.list(this.#listCall), services.clock);
  }

  /**
   * All connectors of the account; read once for all email domains of a step, and again after a minute.
   *
   * @throws {CloudflareApiError} also when there is an entry that is no connector
   */
  async list(): Promise<readonly SsoConnector[]> {
    const { connectors, isWhole } = await this.listReadable();
    if (!isWhole) throw unclearList(this.#listCall, 'not every entry can be read');
    return connectors;
  }

  /** As {@link list}, without the entries that are no connectors; `isWhole` says that there are none. */
  async listReadable(): Promise<{ readonly connectors: readonly SsoConnector[]; readonly isWhole: boolean }> {
    const all = await this.#list.get();
    const connectors = all.flatMap(({ connector }) => connector ?? []);
    return { connectors, isWhole: connectors.length === all.length };
  }

  /**
   * The connector of an email domain; of several, the one that is nearest to being enabled.
   *
   * @throws {CloudflareApiError} also when there is none, but something that may be one
   */
  async find(emailDomain: string): Promise<SsoConnector | undefined> {
    return this.#ofDomain(await this.#list.get(), emailDomain)[0];
  }

  /**
   * All connectors of an email domain, as they are now. The one that is nearest to being enabled comes first.
   *
   * @throws {CloudflareApiError} also when there is none, but something that may be one
   */
  async allOf(emailDomain: string): Promise<readonly SsoConnector[]> {
    const all = await this.#writes.readList(() => this.#client.list(this.#listCall), emailDomain);
    return this.#ofDomain(all, emailDomain);
  }

  /** As {@link find}, but as it is now, and after reads have caught up with a connector that may be new. */
  findNew(emailDomain: string): Promise<SsoConnector | undefined> {
    return this.#writes.readNew(async () => (await this.allOf(emailDomain))[0]);
  }

  /** @throws {CloudflareApiError} 404 when there is none */
  async get(connectorId: string): Promise<SsoConnector> {
    const look = await this.#look(connectorId);
    if (look.seen === undefined) throw look.error;
    return look.seen;
  }

  /** As {@link get}; `undefined` when there is none. */
  async getIfThere(connectorId: string): Promise<SsoConnector | undefined> {
    return (await this.#look(connectorId)).seen;
  }

  #look(connectorId: string): Promise<Look> {
    return this.#writes.read(connectorId, async () => {
      try {
        return { seen: await this.#read(connectorId) };
      } catch (error) {
        if (isNotFound(error)) return { seen: undefined, error };
        throw error;
      }
    });
  }

  async #read(connectorId: string): Promise<SsoConnector> {
    const request = { method: 'GET', path: this.#pathOf(connectorId) } as const;
    const call = { what: 'read the SSO connector', request, result: connectorSchema, permission: READ };
    const { result } = await this.#client.call(call);
    if (result.id !== connectorId) throw aboutAnother(call, connectorId, [result]);
    return result;
  }

  /**
   * Creates a connector. After an attempt of unknown outcome, or a conflict, it reads the list before another POST:
   * there are never two connectors for one domain.
   */
  async create(connector: NewSsoConnector): Promise<Creation> {
    const request = { method: 'POST', path: this.#path, body: connector } as const;
    const what = `create the SSO connector for ${connector.email_domain}`;
    const call = { what, request, result: connectorSchema, permission: WRITE };
    const look = async (): Promise<SsoConnector | undefined> =>
      this.#ofDomain(await this.#listOnce(), connector.email_domain)[0];
    const { made, isOurs } = await this.#client.once({
      send: async () => (await this.#client.send(call)).result,
      look,
      // The list may lag behind the POST that the conflict is with, of this run or of another one.
      alreadyThere: async (refusal) =>
        isConflict(refusal) ? this.findNew(connector.email_domain) : undefined,
    });
    this.#writes.expect(made.id, (seen) => seen !== undefined);
    return { connector: made, created: isOurs };
  }

  async change(connectorId: string, change: SsoConnectorChange): Promise<SsoConnector> {
    const request = { method: 'PATCH', path: this.#pathOf(connectorId), body: change } as const;
    const { enabled } = change;
    return this.#writes.sending(
      connectorId,
      async () => {
        const what = `${enabled === undefined ? 'change' : enabled ? 'enable' : 'disable'} the SSO connector`;
        const call = { what, request, result: changedConnectorsSchema, permission: WRITE };
        const { result } = await this.#client.change(call);
        const all = result.flatMap((one) => one.connector ?? []);
        const changed = all.find(({ id }) => id === connectorId);
        if (changed === undefined) throw aboutAnother(call, connectorId, all);
        return changed;
      },
      isMadeBy(change),
    );
  }

  /** Makes Cloudflare poll for the TXT record (again), for up to two days. The answer has no result. */
  async beginVerification(connectorId: string): Promise<void> {
    const request = { method: 'POST', path: `${this.#pathOf(connectorId)}/begin_verification` } as const;
    const call = {
      what: 'begin the verification of the SSO connector',
      request,
      result: v.optional(v.unknown()),
      permission: WRITE,
    };
    await this.#writes.sending(connectorId, () => this.#client.change(call), isBegun);
  }

  /**
   * Deletes a connector; Cloudflare's guide disables it first. Resolves to whether this run deleted it: `false` when
   * it was already gone.
   */
  async delete(connectorId: string): Promise<boolean> {
    const request = { method: 'DELETE', path: this.#pathOf(connectorId) } as const;
    const call = {
      what: 'delete the SSO connector',
      request,
      result: v.optional(v.unknown()),
      permission: WRITE,
    };
    const change = {
      send: async (): Promise<'gone'> => {
        await this.#client.send(call);
        return 'gone';
      },
      alreadyThere: async (refusal: unknown) => (isNotFound(refusal) ? ('gone' as const) : undefined),
    };
    const { isOurs } = await this.#writes.sending(
      connectorId,
      () => this.#client.once<'gone'>(change),
      (seen) => seen === undefined,
    );
    this.#list.forget();
    return isOurs;
  }

  /** The current list, in a single attempt, as part of an attempt that is repeated as a whole. */
  #listOnce(): Promise<readonly Listing[]> {
    return this.#client.list(this.#listCall, { request: (page) => this.#client.send(page) });
  }

  get #listCall(): ApiCall<readonly Listing[]> {
    const request = { method: 'GET', path: this.#path } as const;
    return { what: 'list the SSO connectors', request, permission: READ, result: connectorsSchema };
  }

  /** An entry that may be for the domain must not be taken for none: whoever finds none creates one. */
  #ofDomain(all: readonly Listing[], emailDomain: string): readonly SsoConnector[] {
    const found = ofDomain(
      all.flatMap(({ connector }) => connector ?? []),
      emailDomain,
    );
    if (found.length === 0 && all.some((one) => mayBeFor(one, emailDomain)))
      throw unclearList(this.#listCall, `none is for ${emailDomain}, but not every entry can be read`);
    return found;
  }

  #pathOf(connectorId: string): string {
    return `${this.#path}/${encodeURIComponent(connectorId)}`;
  }
}

/** Whether a connector is as a change wants it. */
export function isMadeBy({
  enabled,
  use_fedramp_language: useFedrampLanguage,
}: SsoConnectorChange): IsShownBy {
  return (seen) =>
    seen !== undefined &&
    (enabled === undefined || seen.enabled === enabled) &&
    (useFedrampLanguage === undefined || seen.useFedrampLanguage === useFedrampLanguage);
}

/** Whether Cloudflare looks for the TXT record, or no longer has to. */
export function isBegun(seen: SsoConnector | undefined): boolean {
  return seen?.verificationStatus === 'pending' || seen?.verificationStatus === 'verified';
}

/** Their order when one stands for all: an enabled one concerns people, a verified one may soon. */
function ofDomain(connectors: readonly SsoConnector[], emailDomain: string): readonly SsoConnector[] {
  const rank = ({ enabled, verificationStatus }: SsoConnector): number =>
    enabled !== false ? 2 : Number(verificationStatus === 'verified');
  return connectors
    .filter((connector) => connector.emailDomain === emailDomain)
    .toSorted((one, other) => rank(other) - rank(one));
}

function unclearList<T>(call: ApiCall<T>, seen: string): RequestError {
  return oddAnswer(call, seen, {
    hint: 'Look at the connectors in the dashboard, and name the one that you mean by its connector-id.',
    retryability: 'permanent',
  });
}

function aboutAnother<T>(call: ApiCall<T>, connectorId: string, all: readonly SsoConnector[]): RequestError {
  const ids = all.map(({ id }) => id).join(', ');
  const seen = `the answer is about ${ids === '' ? 'no connector' : `connector ${ids}`}, not ${connectorId}`;
  return oddAnswer(call, seen, { hint: SHAPE_HINT, retryability: 'ambiguous' });
}

/** A success that does not answer the question. */
function oddAnswer<T>(
  { what, request: { method, path } }: ApiCall<T>,
  seen: string,
  details: { readonly hint: string; readonly retryability: Retryability },
): RequestError {
  const message = `Could not ${what}: ${seen} (${method} ${path}, HTTP 200).`;
  return new CloudflareApiError(message, { ...details, status: 200, errors: [] });
}

function isConflict(error: unknown): boolean {
  return error instanceof CloudflareApiError && error.status === 409;
}
