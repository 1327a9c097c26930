import * as v from 'valibot';
import type { SsoConnector } from '../domain/connector.ts';
import { RequestError } from '../domain/errors.ts';
import { READ_LAG_MS, type ReadServices, readUntil } from '../http/change.ts';
import { Recent } from '../time/recent.ts';
import { CloudflareApiError } from './api-error.ts';
import type { CloudflareClient } from './client.ts';
import { changedConnectorsSchema, connectorSchema, connectorsSchema } from './connector-schema.ts';
import type { ApiCall } from './envelope.ts';
import { SHAPE_HINT, SSO_CONNECTOR } from './hints.ts';
import { isNotFound } from './not-found.ts';

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

/** The result of {@link SsoConnectors.create}. */
export interface Creation {
  readonly connector: SsoConnector;
  /** This run created it; `false` when it was already there. */
  readonly created: boolean;
}

/** What this run has written to a connector, or may have: reads may not show it yet. */
interface Written {
  /** Until when a read that shows something else is read again, in milliseconds since the epoch. */
  readonly untilMs: number;
  isShownBy(seen: SsoConnector | undefined): boolean;
}

/**
 * The SSO connectors of one account. Reads may lag behind writes, so what contradicts a write of this run is read again
 * for {@link READ_LAG_MS} before it is believed.
 *
 * Every method throws a `RequestError` when Cloudflare refuses or does not answer.
 */
export class SsoConnectors {
  readonly #client: CloudflareClient;
  readonly #path: string;
  readonly #services: ReadServices;
  readonly #written = new Map<string, Written>();
  readonly #list: Recent<readonly SsoConnector[]>;

  constructor(client: CloudflareClient, accountId: string, services: ReadServices) {
    this.#client = client;
    this.#path = `/accounts/${encodeURIComponent(accountId)}/sso_connectors`;
    this.#services = services;
    this.#list = new Recent(() => client.list(this.#listCall()), services.clock);
  }

  /** All connectors of the account; read once for all email domains of a step, and again after a minute. */
  list(): Promise<readonly SsoConnector[]> {
    return this.#list.get();
  }

  /** The connector of an email domain; of several, the one that is nearest to being enabled. */
  async find(emailDomain: string): Promise<SsoConnector | undefined> {
    return ofDomain(await this.list(), emailDomain)[0];
  }

  /**
   * All connectors of an email domain, as they are now, whatever else is in the list. The one that is nearest to being
   * enabled comes first.
   *
   * @throws {CloudflareApiError} also when there is none, but something that may be one
   */
  async allOf(emailDomain: string): Promise<readonly SsoConnector[]> {
    const call = { ...this.#listing, result: connectorsSchema };
    const untilMs = Math.max(0, ...this.#written.values().map((one) => one.untilMs));
    const all = await readUntil(
      () => this.#client.list(call),
      (seen) => this.#isCaughtUp(seen, emailDomain),
      untilMs,
      this.#services,
    );
    const found = ofDomain(
      all.filter((one) => one !== null),
      emailDomain,
    );
    const isUnclear = all.some((one) => one === null || one.emailDomain === '');
    if (found.length === 0 && isUnclear) throw unclearList(call, emailDomain);
    return found;
  }

  /** Whether a list shows what this run has written to the connectors of an email domain. */
  #isCaughtUp(all: readonly (SsoConnector | null)[], emailDomain: string): boolean {
    return this.#written.entries().every(([connectorId, one]) => {
      const seen = all.find((item) => item?.id === connectorId) ?? undefined;
      return (seen !== undefined && seen.emailDomain !== emailDomain) || one.isShownBy(seen);
    });
  }

  /** As {@link find}, but as it is now, and after reads have caught up with a connector that may be new. */
  findNew(emailDomain: string): Promise<SsoConnector | undefined> {
    const read = async (): Promise<SsoConnector | undefined> => (await this.allOf(emailDomain))[0];
    return readUntil(read, (seen) => seen !== undefined, this.#caughtUpMs(), this.#services);
  }

  /** @throws {CloudflareApiError} 404 when there is none */
  async get(connectorId: string): Promise<SsoConnector> {
    const read = async (): Promise<{ seen: SsoConnector } | { seen: undefined; error: unknown }> => {
      try {
        return { seen: await this.#read(connectorId) };
      } catch (error) {
        if (isNotFound(error)) return { seen: undefined, error };
        throw error;
      }
    };
    const written = this.#written.get(connectorId);
    const isExpected = (answer: { seen: SsoConnector | undefined }): boolean =>
      written?.isShownBy(answer.seen) ?? true;
    const answer = await readUntil(read, isExpected, written?.untilMs ?? 0, this.#services);
    if (answer.seen === undefined) throw answer.error;
    return answer.seen;
  }

  /** As {@link get}; `undefined` when there is none. */
  getIfThere(connectorId: string): Promise<SsoConnector | undefined> {
    return this.get(connectorId).catch((error: unknown) => {
      if (isNotFound(error)) return undefined;
      throw error;
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
      ofDomain(await this.#listOnce(), connector.email_domain)[0];
    const { made, isOurs } = await this.#client.once({
      send: async () => (await this.#client.send(call)).result,
      look,
      // The list may lag behind the POST that the conflict is with, of this run or of another one.
      alreadyThere: async (refusal) =>
        isConflict(refusal) ? this.findNew(connector.email_domain) : undefined,
    });
    this.#expect(made.id, (seen) => seen !== undefined);
    return { connector: made, created: isOurs };
  }

  async change(connectorId: string, change: SsoConnectorChange): Promise<SsoConnector> {
    const request = { method: 'PATCH', path: this.#pathOf(connectorId), body: change } as const;
    const { enabled, use_fedramp_language: useFedrampLanguage } = change;
    return this.#expecting(
      connectorId,
      async () => {
        const what = `${enabled === undefined ? 'change' : enabled ? 'enable' : 'disable'} the SSO connector`;
        const call = { what, request, result: changedConnectorsSchema, permission: WRITE };
        const { result } = await this.#client.change(call);
        const changed = result.find((one) => one?.id === connectorId);
        if (changed == null) throw aboutAnother(call, connectorId, result);
        return changed;
      },
      (seen) =>
        seen !== undefined &&
        (enabled === undefined || seen.enabled === enabled) &&
        (useFedrampLanguage === undefined || seen.useFedrampLanguage === useFedrampLanguage),
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
    await this.#expecting(connectorId, () => this.#client.change(call), isBegun);
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
    const { isOurs } = await this.#expecting(
      connectorId,
      () => this.#client.once<'gone'>(change),
      (seen) => seen === undefined,
    );
    this.#list.forget();
    return isOurs;
  }

  /** Sends a write; unless it is certainly without effect, later reads are expected to show it. */
  async #expecting<T>(id: string, send: () => Promise<T>, isShownBy: Written['isShownBy']): Promise<T> {
    try {
      const answer = await send();
      this.#expect(id, isShownBy);
      return answer;
    } catch (error) {
      const isWithoutEffect = error instanceof RequestError && error.retryability !== 'ambiguous';
      if (!isWithoutEffect) this.#expect(id, isShownBy);
      throw error;
    }
  }

  #expect(connectorId: string, isShownBy: Written['isShownBy']): void {
    this.#written.set(connectorId, { untilMs: this.#caughtUpMs(), isShownBy });
  }

  /** When reads show what is written now. */
  #caughtUpMs(): number {
    const { clock, readLagMs = READ_LAG_MS } = this.#services;
    return clock.now() + readLagMs;
  }

  /** The current list, in a single attempt, as part of an attempt that is repeated as a whole. */
  #listOnce(): Promise<readonly SsoConnector[]> {
    return this.#client.list(this.#listCall(), { request: (page) => this.#client.send(page) });
  }

  /** Whoever creates must know all of them, so an item that is no connector is an error. */
  #listCall(): ApiCall<readonly SsoConnector[]> {
    return { ...this.#listing, result: v.array(connectorSchema) };
  }

  get #listing() {
    const request = { method: 'GET', path: this.#path } as const;
    return { what: 'list the SSO connectors', request, permission: READ };
  }

  #pathOf(connectorId: string): string {
    return `${this.#path}/${encodeURIComponent(connectorId)}`;
  }
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

/** Nobody knows which email domain an unreadable entry is for. */
function unclearList<T>({ what, request: { method, path } }: ApiCall<T>, emailDomain: string): RequestError {
  return new CloudflareApiError(
    `Could not ${what}: none is for ${emailDomain}, but not every entry can be read (${method} ${path}, HTTP 200).`,
    {
      hint: 'Look at the connectors in the dashboard, and name the one that you mean by its connector-id.',
      status: 200,
      errors: [],
      retryability: 'permanent',
    },
  );
}

function aboutAnother<T>(
  { what, request: { method, path } }: ApiCall<T>,
  connectorId: string,
  all: readonly (SsoConnector | null)[],
): RequestError {
  const ids = all.flatMap((one) => one?.id ?? []).join(', ');
  const seen = `the answer is about ${ids === '' ? 'no connector' : `connector ${ids}`}, not ${connectorId}`;
  return new CloudflareApiError(`Could not ${what}: ${seen} (${method} ${path}, HTTP 200).`, {
    hint: SHAPE_HINT,
    status: 200,
    errors: [],
    retryability: 'ambiguous',
  });
}

function isConflict(error: unknown): boolean {
  return error instanceof CloudflareApiError && error.status === 409;
}
