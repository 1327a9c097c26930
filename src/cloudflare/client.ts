import pLimit from 'p-limit';
import { MAX_RETRY_AFTER_MS, type RetryServices, withRetries } from '../http/retries.ts';
import type { HttpRequest, Transport } from '../http/session.ts';
import { CloudflareApiError } from './api-error.ts';
import { type ApiResult, type Endpoint, openEnvelope } from './envelope.ts';
import { RateLimit } from './rate-limit.ts';

const MAX_CONCURRENT = 4;
/** A server that ignores the page number must not keep us turning pages. */
const MAX_PAGES = 500;

/** Cloudflare's API v4: requests with retries, envelopes opened, pages joined. */
export class CloudflareClient {
  readonly #transport: Transport;
  readonly #services: RetryServices;
  readonly #concurrency = pLimit(MAX_CONCURRENT);
  readonly #rate: RateLimit;

  constructor(transport: Transport, services: RetryServices) {
    this.#transport = transport;
    this.#services = services;
    this.#rate = new RateLimit(services);
  }

  /**
   * One attempt.
   *
   * @throws {NetworkError} when no complete answer came
   * @throws {CloudflareApiError} when Cloudflare refused
   */
  async send<T>(endpoint: Endpoint<T>): Promise<ApiResult<T>> {
    const { clock, signal } = this.#services;
    const response = await this.#concurrency(async () => {
      await this.#rate.turn();
      return this.#transport.exchange(endpoint.request, signal);
    });
    try {
      return openEnvelope(endpoint, response, clock.now());
    } catch (error) {
      if (error instanceof CloudflareApiError && error.status === 429)
        this.#rate.holdUntil(clock.now() + Math.min(error.retryAfterMs ?? 0, MAX_RETRY_AFTER_MS));
      throw error;
    }
  }

  /** As {@link send}, repeated after failures that may pass: only for what done twice is the same as done once. */
  call<T>(endpoint: Endpoint<T>): Promise<ApiResult<T>> {
    return this.repeat(endpoint.request, () => this.send(endpoint));
  }

  /** Repeats an attempt that itself knows how to begin again after a failure of unknown outcome. */
  repeat<T>({ method, path }: HttpRequest, attempt: () => Promise<T>): Promise<T> {
    return withRetries(`${method} ${path}`, attempt, this.#services);
  }

  /**
   * Every result of a list endpoint, all pages. Further pages are asked for only when `result_info` says that
   * there are more.
   */
  async list<T>(
    endpoint: Endpoint<readonly T[]>,
    request = (page: Endpoint<readonly T[]>) => this.call(page),
  ): Promise<readonly T[]> {
    const results: T[] = [];
    for (let page = 1; page <= MAX_PAGES; page++) {
      const { result, resultInfo } = await request(page === 1 ? endpoint : atPage(endpoint, page));
      const isThisPage = (resultInfo?.page ?? page) === page;
      if (isThisPage) results.push(...result);
      if (!isThisPage || result.length === 0 || results.length >= (resultInfo?.total_count ?? 0)) break;
    }
    return results;
  }
}

function atPage<T>(endpoint: Endpoint<T>, page: number): Endpoint<T> {
  const separator = endpoint.request.path.includes('?') ? '&' : '?';
  return {
    ...endpoint,
    request: { ...endpoint.request, path: `${endpoint.request.path}${separator}page=${page}` },
  };
}
