import { randomBytes } from 'node:crypto';
import { type AccountFacts, type AccountOptions, changedFacts, newAccountFacts } from './account.ts';
import { ApiProblem, ERROR_CODES } from './envelope.ts';
import { foreignAccount } from './tokens.ts';

/** Cloudflare's verification status. */
export type VerificationStatus = 'awaiting' | 'pending' | 'failed' | 'verified';

/** An SSO connector with the field names of the API. */
export interface SsoConnector {
  readonly id: string;
  readonly email_domain: string;
  readonly enabled: boolean;
  readonly use_fedramp_language: boolean;
  readonly created_on: string;
  readonly updated_on: string;
  readonly verification: { readonly code: string; readonly status: VerificationStatus };
}

/** An existing connector to add to an account. */
export interface ConnectorSeed {
  readonly emailDomain: string;
  /** Default: the sandbox's own account. */
  readonly accountId?: string;
  readonly id?: string;
  readonly code?: string;
  /** Default: awaiting. */
  readonly status?: VerificationStatus;
  readonly enabled?: boolean;
  readonly useFedrampLanguage?: boolean;
}

interface Account {
  readonly facts: AccountFacts;
  readonly connectors: Map<string, SsoConnector>;
  /** The connectors as they were, oldest first; kept only while reads lag. */
  readonly past: { readonly untilMs: number; readonly connectors: readonly SsoConnector[] }[];
}

/** Sources of times and new identifiers. */
export interface StoreOptions {
  readonly now: () => number;
  readonly createId: () => string;
  readonly createCode: () => string;
  /** How long reads show what was before a write; asked anew for each read; default: 0 ms. */
  readonly readLagMs?: (() => number) | undefined;
  /** Whether an account may have several connectors for one email domain; default: no. */
  readonly allowsDuplicates?: boolean | undefined;
}

/** 32 hex digits, like most of Cloudflare's identifiers. */
export function randomId(): string {
  return randomBytes(16).toString('hex');
}

/** The accounts and SSO connectors of the sandbox, and Cloudflare's rules about them. */
export class ConnectorStore {
  readonly #accounts = new Map<string, Account>();
  readonly #options: StoreOptions;

  constructor(options: StoreOptions) {
    this.#options = options;
  }

  /** Adds an account and returns its ID. */
  addAccount({ accountId = randomId(), ...options }: AccountOptions = {}): string {
    const facts = newAccountFacts(accountId, options);
    this.#accounts.set(accountId, { facts, connectors: new Map(), past: [] });
    return accountId;
  }

  /** Changes what an account has; its connectors and what is not mentioned stay. */
  changeAccount(accountId: string, change: Omit<AccountOptions, 'accountId'>): void {
    const account = this.#account(accountId);
    this.#accounts.set(accountId, { ...account, facts: changedFacts(accountId, account.facts, change) });
  }

  /** The connectors of an account, oldest first. */
  list(accountId: string): SsoConnector[] {
    return [...this.#account(accountId).connectors.values()];
  }

  /** The connectors as a read shows them, which lags behind writes. */
  shown(accountId: string): readonly SsoConnector[] {
    const { now, readLagMs = () => 0 } = this.#options;
    const asOfMs = now() - readLagMs();
    const { past } = this.#account(accountId);
    return past.find(({ untilMs }) => untilMs > asOfMs)?.connectors ?? this.list(accountId);
  }

  /** @throws ApiProblem (404) when a read does not show the connector */
  shownOne(accountId: string, connectorId: string): SsoConnector {
    return this.shown(accountId).find(({ id }) => id === connectorId) ?? notFound();
  }

  /** The connectors of all accounts. */
  all(): SsoConnector[] {
    return [...this.#accounts.keys()].flatMap((accountId) => this.list(accountId));
  }

  /** @throws ApiProblem (403) when there is no such account */
  account(accountId: string): AccountFacts {
    return this.#account(accountId).facts;
  }

  /** @throws ApiProblem (404) when the account has no such connector */
  get(accountId: string, connectorId: string): SsoConnector {
    return this.#account(accountId).connectors.get(connectorId) ?? notFound();
  }

  /** @throws ApiProblem (409) when the account already has a connector for that email domain */
  create(accountId: string, seed: Omit<ConnectorSeed, 'accountId'>): SsoConnector {
    const emailDomain = seed.emailDomain.toLowerCase();
    const { connectors } = this.#account(accountId);
    const { allowsDuplicates = false } = this.#options;
    if (!allowsDuplicates && connectors.values().some((one) => one.email_domain === emailDomain)) {
      const message = `An SSO connector for ${emailDomain} already exists`;
      throw new ApiProblem(409, { code: ERROR_CODES.connectorExists, message });
    }
    const time = new Date(this.#options.now()).toISOString();
    const connector: SsoConnector = {
      id: seed.id ?? this.#options.createId(),
      email_domain: emailDomain,
      enabled: seed.enabled ?? false,
      use_fedramp_language: seed.useFedrampLanguage ?? false,
      created_on: time,
      updated_on: time,
      verification: { code: seed.code ?? this.#options.createCode(), status: seed.status ?? 'awaiting' },
    };
    this.#keepPast(accountId);
    connectors.set(connector.id, connector);
    return connector;
  }

  /** @throws ApiProblem: 400 for enabling it unverified, 409 when the domain is enabled in another account */
  update(
    accountId: string,
    connectorId: string,
    change: { readonly enabled?: boolean | undefined; readonly use_fedramp_language?: boolean | undefined },
  ): SsoConnector {
    const connector = this.get(accountId, connectorId);
    if (change.enabled === true) this.#assertMayBeEnabled(accountId, connector);
    return this.#replace(accountId, {
      ...connector,
      enabled: change.enabled ?? connector.enabled,
      use_fedramp_language: change.use_fedramp_language ?? connector.use_fedramp_language,
    });
  }

  /** Sets a verification status, whatever DNS says. */
  setStatus(accountId: string, connectorId: string, status: VerificationStatus): SsoConnector {
    const connector = this.get(accountId, connectorId);
    return this.#replace(accountId, { ...connector, verification: { ...connector.verification, status } });
  }

  /** Deletes even an enabled connector: Cloudflare does not document that case, so clients must check first. */
  delete(accountId: string, connectorId: string): void {
    this.get(accountId, connectorId);
    this.#keepPast(accountId);
    this.#account(accountId).connectors.delete(connectorId);
  }

  #assertMayBeEnabled(accountId: string, { email_domain, verification }: SsoConnector): void {
    if (verification.status !== 'verified') {
      const message = `The email domain ${email_domain} is not verified`;
      throw new ApiProblem(400, { code: ERROR_CODES.connectorUnverified, message });
    }
    const isEnabledIn = ([id, { connectors }]: [string, Account]) =>
      id !== accountId &&
      connectors.values().some((other) => other.enabled && other.email_domain === email_domain);
    if (this.#accounts.entries().some(isEnabledIn)) {
      const message = `SSO for ${email_domain} is enabled in another account`;
      throw new ApiProblem(409, { code: ERROR_CODES.domainEnabledElsewhere, message });
    }
  }

  #replace(accountId: string, connector: SsoConnector): SsoConnector {
    const updated = { ...connector, updated_on: new Date(this.#options.now()).toISOString() };
    this.#keepPast(accountId);
    this.#account(accountId).connectors.set(updated.id, updated);
    return updated;
  }

  /** Called before each change. */
  #keepPast(accountId: string): void {
    if (this.#options.readLagMs === undefined) return;
    this.#account(accountId).past.push({ untilMs: this.#options.now(), connectors: this.list(accountId) });
  }

  #account(accountId: string): Account {
    const account = this.#accounts.get(accountId);
    if (account === undefined) throw foreignAccount();
    return account;
  }
}

function notFound(): never {
  throw new ApiProblem(404, { code: ERROR_CODES.connectorNotFound, message: 'SSO connector not found' });
}
