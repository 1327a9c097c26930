import * as v from 'valibot';
import { domainOfAddress } from '../domain/email-address.ts';
import type { Clock } from '../time/clock.ts';
import { Recent } from '../time/recent.ts';
import type { CloudflareClient } from './client.ts';

/** An entry of the Access authentication log, without the person: no address leaves this file. */
export interface SignIn {
  readonly allowed: boolean;
  /** Milliseconds since the epoch, by Cloudflare's clock. */
  readonly atMs: number;
  /** The identity provider, by its type or as Cloudflare calls it; untrusted. */
  readonly connection: string;
  readonly appUid: string | undefined;
}

/** Which sign-ins are wanted. */
export interface SignInQuery {
  /** Lower-case A-labels. */
  readonly emailDomain: string;
  /** The earliest, in milliseconds since the epoch. */
  readonly sinceMs: number;
}

const text = v.nullish(v.string());
/** An entry as Cloudflare sends it, as far as it is needed. */
export const wireSignInSchema = v.object({
  action: text,
  allowed: v.nullish(v.boolean()),
  app_uid: text,
  connection: text,
  created_at: text,
  user_email: text,
});
type Entry = v.InferOutput<typeof wireSignInSchema>;

/** Enough to find one sign-in of a domain among those of all applications. */
const MAX_ENTRIES = 1000;
/** Of one domain, the latest say enough. */
const MAX_PAST_ENTRIES = 100;
/** How far back {@link AccessLog.pastSignIns} looks. */
export const LOOK_BACK_DAYS = 30;
const DAY_MS = 24 * 60 * 60 * 1000;

/** Who has signed in through Access, or tried to. Cloudflare keeps entries for 24 hours to 6 months, by plan. */
export class AccessLog {
  readonly #client: CloudflareClient;
  readonly #path: string;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #past = new Map<string, Recent<readonly SignIn[]>>();
  /** Of all email domains; a filter by address may miss some. */
  readonly #everybody: Recent<readonly Entry[]>;

  constructor(client: CloudflareClient, accountId: string, clock: Pick<Clock, 'now'>) {
    this.#client = client;
    this.#clock = clock;
    this.#path = `/accounts/${encodeURIComponent(accountId)}/access/logs/access_requests`;
    this.#everybody = new Recent(() => this.#read(this.#startOfPast(), MAX_ENTRIES), clock);
  }

  /**
   * The sign-ins of people of an email domain, the latest first. Cloudflare's filter by address is a case-sensitive
   * substring, so it is not used: an identity provider may write the domain in capitals.
   *
   * @throws {CloudflareApiError} 403 when the token lacks the permission
   */
  async signIns({ emailDomain, sinceMs }: SignInQuery): Promise<readonly SignIn[]> {
    return signInsOf(await this.#read(sinceMs, MAX_ENTRIES), { emailDomain, sinceMs });
  }

  /**
   * The sign-ins of the last {@link LOOK_BACK_DAYS} days, in which other people may fill the log: first with Cloudflare's
   * filter by address, then, if that finds nobody, without, once for all email domains. Read again after a minute.
   *
   * @throws {CloudflareApiError} 403 when the token lacks the permission
   */
  pastSignIns(emailDomain: string): Promise<readonly SignIn[]> {
    const known = this.#past.get(emailDomain);
    const past = known ?? new Recent(() => this.#readPast(emailDomain), this.#clock);
    this.#past.set(emailDomain, past);
    return past.get();
  }

  async #readPast(emailDomain: string): Promise<readonly SignIn[]> {
    const query = { emailDomain, sinceMs: this.#startOfPast() };
    const entries = await this.#read(query.sinceMs, MAX_PAST_ENTRIES, { email: `@${emailDomain}` });
    const filtered = signInsOf(entries, query);
    return filtered.length > 0 ? filtered : signInsOf(await this.#everybody.get(), query);
  }

  #startOfPast(): number {
    return this.#clock.now() - LOOK_BACK_DAYS * DAY_MS;
  }

  async #read(
    sinceMs: number,
    maxEntries: number,
    filter: { email?: string } = {},
  ): Promise<readonly Entry[]> {
    const since = new Date(sinceMs).toISOString();
    const query = new URLSearchParams({ since, direction: 'desc', limit: String(maxEntries), ...filter });
    return this.#client.list(
      {
        what: 'read the sign-in log',
        request: { method: 'GET', path: `${this.#path}?${query}` },
        result: v.array(wireSignInSchema),
        permission: 'Access: Audit Logs: Read',
      },
      { maxResults: maxEntries },
    );
  }
}

/** The sign-ins of one email domain, the latest first. */
function signInsOf(entries: readonly Entry[], { emailDomain, sinceMs }: SignInQuery): readonly SignIn[] {
  return entries
    .filter((entry) => (entry.action ?? 'login') === 'login')
    .filter(({ user_email }) => domainOfAddress(user_email ?? '') === emailDomain)
    .flatMap(toSignIn)
    .filter(({ atMs }) => atMs >= sinceMs)
    .toSorted((one, other) => other.atMs - one.atMs);
}

/** Nothing if its time is not readable: it may be from any time. */
function toSignIn({ allowed, created_at, connection, app_uid }: Entry): readonly SignIn[] {
  const atMs = Date.parse(created_at ?? '');
  if (Number.isNaN(atMs)) return [];
  return [{ allowed: allowed === true, atMs, connection: connection ?? '', appUid: app_uid ?? undefined }];
}
