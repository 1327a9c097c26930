import pLimit from 'p-limit';
import * as v from 'valibot';
import { withDoubt } from '../http/change.ts';
import { type ChangeMade, type OneTimeChange, postOnce } from '../http/post-once.ts';
import { MAX_RETRY_AFTER_MS, type RetryServices, withRetries } from '../http/retries.ts';
import type { HttpSession } from '../http/session.ts';
import { CloudflareApiError } from './api-error.ts';
import { type ApiCall, type ApiResult, openEnvelope } from './envelope.ts';
import { RateLimit } from './rate-limit.ts';

/** Enough for all that preflight reads at once. */
const MAX_CONCURRENT = 8;
/** Ends the loop when a server ignores the page number. */
const MAX_PAGES = 500;

/** How {@link CloudflareClient.list} asks for pages. */
export interface ListOptions<T> {
  readonly request?: (page: ApiCall<readonly T[]>) => Promise<ApiResult<readonly T[]>>;
  readonly maxResults?: number;
}

/** Cloudflare's API v4: sends requests with retries, reads envelopes, joins pages. */
export class CloudflareClient {
  readonly #session: HttpSession;
  readonly #services: RetryServices;
  readonly #concurrency = pLimit(MAX_CONCURRENT);
  readonly #rate: RateLimit;

  constructor(session: HttpSession, services: RetryServices) {
    this.#session = session;
    this.#services = services;
    this.#rate = new RateLimit(services);
  }

  /**
   * One attempt.
   *
   * @throws {NetworkError} when no complete answer arrived
   * @throws {CloudflareApiError} when Cloudflare refused
   */
  async send<T>(call: ApiCall<T>): Promise<ApiResult<T>> {
    const { clock, signal } = this.#services;
    const response = await this.#concurrency(async () => {
      await this.#rate.turn();
      return this.#session.exchange(call.request, signal, call.what);
    });
    try {
      return openEnvelope(call, response, clock.now());
    } catch (error) {
      if (error instanceof CloudflareApiError && error.status === 429) {
        const { retryAfterMs = 0 } = error;
        // What asks for more patience is not tried again; to hold the other requests would not make them succeed.
        if (retryAfterMs <= MAX_RETRY_AFTER_MS) this.#rate.holdUntil(clock.now() + retryAfterMs);
      }
      throw error;
    }
  }

  /** As {@link send}, with retries: only for requests that may be carried out twice. */
  call<T>(call: ApiCall<T>): Promise<ApiResult<T>> {
    return withRetries(() => this.send(call), this.#services);
  }

  /** As {@link call}, for a change that may be carried out twice: see {@link withDoubt}. */
  change<T>(call: ApiCall<T>): Promise<ApiResult<T>> {
    return withDoubt(() => this.send(call), this.#services);
  }

  /** A request that must not be carried out twice: see {@link postOnce}. */
  once<T>(change: OneTimeChange<T>): Promise<ChangeMade<T>> {
    return postOnce(change, this.#services);
  }

  /**
   * Every result of a list call, from all pages; `null` is an empty list, as some endpoints have it. Asks for another page
   * only when `result_info` says that there is one.
   *
   * @param request sends the call for one page
   * @param maxResults asks for no more pages once it has as many
   */
  async list<T>(
    call: ApiCall<readonly T[]>,
    {
      request = (page: ApiCall<readonly T[]>) => this.call(page),
      maxResults = Number.POSITIVE_INFINITY,
    }: ListOptions<T> = {},
  ): Promise<readonly T[]> {
    const results: T[] = [];
    const first = { ...call, result: orNone(call.result) };
    for (let page = 1; page <= MAX_PAGES; page++) {
      const { result, resultInfo } = await request(page === 1 ? first : atPage(first, page));
      const isThisPage = (resultInfo?.page ?? page) === page;
      if (isThisPage) results.push(...result);
      if (
        !isThisPage ||
        result.length === 0 ||
        results.length >= Math.min(resultInfo?.total_count ?? 0, maxResults)
      )
        break;
    }
    return results;
  }
}

function orNone<T>(list: ApiCall<readonly T[]>['result']): ApiCall<readonly T[]>['result'] {
  return v.pipe(
    v.nullable(list),
    v.transform((items) => items ?? []),
  );
}

function atPage<T>(call: ApiCall<T>, page: number): ApiCall<T> {
  const separator = call.request.path.includes('?') ? '&' : '?';
  return {
    ...call,
    request: { ...call.request, path: `${call.request.path}${separator}page=${page}` },
  };
}
