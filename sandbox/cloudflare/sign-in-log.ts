import { randomBytes } from 'node:crypto';
import type { ConnectorStore } from './connector-store.ts';
import { ssoApplication } from './sso-app.ts';

/** Somebody who signs in through Access, or tries to. */
export interface SignIn {
  readonly email: string;
  /** Default: the sandbox's own account. */
  readonly accountId?: string | undefined;
  /** Default: yes. */
  readonly allowed?: boolean | undefined;
  /** The type of the identity provider; default: that of the account's first one. */
  readonly connection?: string | undefined;
  /** The application; default: the SSO App when SSO is enabled for the email domain, else another application. */
  readonly appUid?: string | undefined;
  /** Default: 192.0.2.1, an address for documentation. */
  readonly ipAddress?: string | undefined;
  /** Milliseconds since 1970; default: now. */
  readonly at?: number | undefined;
  /** Delay until the log shows it; default 0. Cloudflare does not document how long its own is. */
  readonly shownAfterMs?: number | undefined;
}

/** An entry of the Access authentication log with the field names of the API. */
export interface SignInEntry {
  readonly action: 'login';
  readonly allowed: boolean;
  readonly app_domain: string;
  readonly app_uid: string;
  readonly connection: string;
  readonly created_at: string;
  readonly ip_address: string;
  readonly ray_id: string;
  readonly user_email: string;
}

interface Logged {
  readonly accountId: string;
  readonly entry: SignInEntry;
  /** Milliseconds since 1970. */
  readonly shownAt: number;
}

const OTHER_APPLICATION = {
  uid: 'df7e205f02b7d9d8af5d5bbc4f6c7a1e',
  domain: 'wiki.sandbox.example',
} as const;

/** The Access authentication logs of all accounts. */
export class SignInLog {
  readonly #logged: Logged[] = [];
  readonly #store: ConnectorStore;
  readonly #now: () => number;

  constructor(store: ConnectorStore, now: () => number) {
    this.#store = store;
    this.#now = now;
  }

  /** Adds a sign-in and returns its entry. */
  play(signIn: SignIn & { readonly accountId: string }): SignInEntry {
    const { email, accountId, allowed = true, at = this.#now(), shownAfterMs = 0 } = signIn;
    const app = this.#applicationFor(accountId, email);
    const [provider] = this.#store.account(accountId).identityProviders;
    const entry: SignInEntry = {
      action: 'login',
      allowed,
      app_domain: app.domain,
      app_uid: signIn.appUid ?? app.uid,
      connection: signIn.connection ?? provider?.type ?? '',
      created_at: new Date(at).toISOString(),
      ip_address: signIn.ipAddress ?? '192.0.2.1',
      ray_id: randomBytes(8).toString('hex'),
      user_email: email,
    };
    this.#logged.push({ accountId, entry, shownAt: at + shownAfterMs });
    return entry;
  }

  /** What the log of an account shows now, oldest first. */
  entries(accountId: string): SignInEntry[] {
    const now = this.#now();
    return this.#logged
      .filter((logged) => logged.accountId === accountId && logged.shownAt <= now)
      .map(({ entry }) => entry)
      .toSorted((one, other) => Date.parse(one.created_at) - Date.parse(other.created_at));
  }

  #applicationFor(accountId: string, email: string) {
    const emailDomain = email.slice(email.lastIndexOf('@') + 1).toLowerCase();
    const isEnabled = this.#store
      .list(accountId)
      .some((connector) => connector.enabled && connector.email_domain === emailDomain);
    return (isEnabled && ssoApplication(this.#store, accountId)) || OTHER_APPLICATION;
  }
}
