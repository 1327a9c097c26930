import * as v from 'valibot';
import type { Account } from '../domain/settings.ts';
import type { Clock } from '../time/clock.ts';
import { Recent } from '../time/recent.ts';
import { CloudflareApiError } from './api-error.ts';
import type { CloudflareClient } from './client.ts';

/** What Cloudflare says about the API token in use. */
export interface ApiTokenFacts {
  /** `active`, `disabled` or `expired`; untrusted. */
  readonly status: string;
  /** Milliseconds since the epoch; `undefined` if it never expires. */
  readonly expiresAtMs: number | undefined;
  /** Milliseconds since the epoch; `undefined` if it may be used at once. */
  readonly notBeforeMs: number | undefined;
  /** Whether the account owns it; otherwise a user does, and it ends with that user. */
  readonly isOfAccount: boolean;
}

/** What new API tokens of an account begin with. */
const ACCOUNT_TOKEN_PREFIX = 'cfat_';

/** An unreadable date is no answer: without it the token would seem to be valid for ever. */
const time = v.nullish(v.pipe(v.string(), v.transform(Date.parse), v.number()));
/** A verified token as Cloudflare sends it, as far as it is needed. */
export const wireTokenSchema = v.object({ status: v.string(), expires_on: time, not_before: time });

/** The API token of a step. */
export class ApiToken {
  readonly #client: CloudflareClient;
  readonly #accountPath: string;
  readonly #isOfAccount: boolean;
  readonly #facts: Recent<ApiTokenFacts>;

  constructor(client: CloudflareClient, { accountId, apiToken }: Account, clock: Pick<Clock, 'now'>) {
    this.#client = client;
    this.#accountPath = `/accounts/${encodeURIComponent(accountId)}/tokens/verify`;
    this.#isOfAccount = apiToken.startsWith(ACCOUNT_TOKEN_PREFIX);
    this.#facts = new Recent(() => this.#read(), clock);
  }

  /**
   * Its status and times; no permission is needed. Read once for all email domains of a step, and again after a minute.
   *
   * @throws {CloudflareApiError} when neither a user nor the account has this token, or Cloudflare does not answer
   */
  facts(): Promise<ApiTokenFacts> {
    return this.#facts.get();
  }

  /** Older tokens of an account have no prefix, so both owners are asked at once. */
  async #read(): Promise<ApiTokenFacts> {
    if (this.#isOfAccount) return this.#verify(this.#accountPath, true);
    const [user, account] = await Promise.allSettled([
      this.#verify('/user/tokens/verify', false),
      this.#verify(this.#accountPath, true),
    ]);
    if (user.status === 'fulfilled') return user.value;
    if (account.status === 'fulfilled') return account.value;
    // Whoever does not have the token refuses it; another failure says more.
    throw isRefusal(user.reason) ? account.reason : user.reason;
  }

  async #verify(path: string, isOfAccount: boolean): Promise<ApiTokenFacts> {
    const { result } = await this.#client.call({
      what: 'verify the API token',
      request: { method: 'GET', path },
      result: wireTokenSchema,
      permission: undefined,
    });
    const { status, expires_on, not_before } = result;
    return {
      status,
      expiresAtMs: expires_on ?? undefined,
      notBeforeMs: not_before ?? undefined,
      isOfAccount,
    };
  }
}

/** Whether Cloudflare answered that the token is not valid. */
function isRefusal(error: unknown): boolean {
  return error instanceof CloudflareApiError && error.status === 401;
}
