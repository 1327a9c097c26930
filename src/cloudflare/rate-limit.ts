import type { RetryServices } from '../http/retries.ts';
import { formatTime } from '../text/duration.ts';

/** Cloudflare allows 1,200 for a user, over all tokens. The rest is left for other work of the same user. */
const MAX_REQUESTS = 1100;
const WINDOW_MS = 5 * 60_000;
/** Once the limit is reached, almost every request waits a little. One line in the log is enough for all of them. */
const QUIET_MS = 60_000;

/**
 * Keeps a step within Cloudflare's limit of 1,200 requests in five minutes, however many email domains it works on.
 *
 * @see https://developers.cloudflare.com/fundamentals/api/reference/limits/
 */
export class RateLimit {
  readonly #services: RetryServices;
  /** When the requests of the last five minutes were sent; the oldest first. */
  readonly #sentAtMs: number[] = [];
  #heldUntilMs = 0;
  #quietUntilMs = 0;

  constructor(services: RetryServices) {
    this.#services = services;
  }

  /** Resolves when another request may be sent, and counts that request. */
  async turn(): Promise<void> {
    const { clock, signal } = this.#services;
    for (;;) {
      const now = clock.now();
      while ((this.#sentAtMs[0] ?? now) <= now - WINDOW_MS) this.#sentAtMs.shift();
      const [oldest = now] = this.#sentAtMs;
      const isFull = this.#sentAtMs.length >= MAX_REQUESTS;
      if (isFull) this.holdUntil(oldest + WINDOW_MS);
      if (now >= this.#heldUntilMs) {
        this.#sentAtMs.push(now);
        return;
      }
      await clock.sleep(this.#heldUntilMs - now, signal);
    }
  }

  /** Holds every request until then: what Cloudflare says about one request applies to all. */
  holdUntil(untilMs: number): void {
    if (untilMs <= this.#heldUntilMs) return;
    this.#heldUntilMs = untilMs;
    const { clock, log } = this.#services;
    const now = clock.now();
    if (now < this.#quietUntilMs) return;
    this.#quietUntilMs = untilMs + QUIET_MS;
    log.info(
      `Waiting for Cloudflare's rate limit (1,200 requests in five minutes). The next request is sent at ${formatTime(untilMs, now)}.`,
    );
  }
}
