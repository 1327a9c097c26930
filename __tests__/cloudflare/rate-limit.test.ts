import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { CloudflareClient } from '../../src/cloudflare/client.ts';
import type { ApiCall } from '../../src/cloudflare/envelope.ts';
import { STATUS_HINT } from '../../src/cloudflare/hints.ts';
import { RateLimit } from '../../src/cloudflare/rate-limit.ts';
import { StoppedError } from '../../src/domain/errors.ts';
import { type HttpResponse, HttpSession } from '../../src/http/session.ts';
import type { Clock } from '../../src/time/clock.ts';
import { rejectionOf } from '../checks/errors.ts';
import { fakeClock, NOON_MS } from '../fakes/clock.ts';
import { recordingLog } from '../fakes/recording-log.ts';
import { simulatedClock } from '../fakes/simulated-clock.ts';
import { seededRandom } from '../samples/dns-responses.ts';
import { API_TOKEN } from '../samples/results.ts';

const LIMIT = 1100;
const WINDOW_MS = 300_000;

function limitOn(clock: Clock, signal = new AbortController().signal) {
  const log = recordingLog();
  return { limit: new RateLimit({ clock, log, signal }), log };
}

/** The most that were sent within five minutes, whenever those began. */
function mostInAnyWindow(sentAtMs: readonly number[]): number {
  let [first, most] = [0, 0];
  for (const [index, atMs] of sentAtMs.entries()) {
    while ((sentAtMs[first] ?? atMs) <= atMs - WINDOW_MS) first += 1;
    most = Math.max(most, index - first + 1);
  }
  return most;
}

async function take(limit: RateLimit, clock: Clock, count: number, pauseMs = 0): Promise<readonly number[]> {
  const sentAtMs: number[] = [];
  for (let number = 0; number < count; number++) {
    await limit.turn();
    sentAtMs.push(clock.now());
    if (pauseMs > 0) await clock.sleep(pauseMs);
  }
  return sentAtMs;
}

describe('a turn', () => {
  it('comes at once 1,100 times, and nothing is said', async () => {
    const clock = fakeClock();
    const { limit, log } = limitOn(clock);
    await take(limit, clock, LIMIT);
    expect(clock.sleptMs).toEqual([]);
    expect(log.lines).toEqual([]);
  });

  it('comes when five minutes are over the time after, and that is said once', async () => {
    const clock = fakeClock();
    const { limit, log } = limitOn(clock);
    const sentAtMs = await take(limit, clock, LIMIT + 2);
    expect(clock.sleptMs).toEqual([WINDOW_MS]);
    expect(sentAtMs.slice(-2)).toEqual([NOON_MS + WINDOW_MS, NOON_MS + WINDOW_MS]);
    expect(log.lines).toEqual([expect.stringMatching(/^info: .*1,200 requests.*12:05 UTC/)]);
  });

  it.each([0, 1, 20, 100, 260, 272, 273, 300])(
    'never lets more than 1,100 into any five minutes, one every %d ms',
    async (pauseMs) => {
      const clock = fakeClock();
      const { limit } = limitOn(clock);
      const sentAtMs = await take(limit, clock, 3000, pauseMs);
      expect(sentAtMs).toHaveLength(3000);
      expect(mostInAnyWindow(sentAtMs)).toBeLessThanOrEqual(LIMIT);
    },
  );

  it('is not held back by what was sent more than five minutes ago', async () => {
    const clock = fakeClock();
    const { limit, log } = limitOn(clock);
    // Slower than the limit: there is nothing to hold.
    const sentAtMs = await take(limit, clock, 2500, 300);
    expect(sentAtMs.at(-1)).toBe(NOON_MS + 2499 * 300);
    expect(log.lines).toEqual([]);
  });

  it('is held no longer than it must be', async () => {
    const clock = fakeClock();
    const { limit } = limitOn(clock);
    const sentAtMs = await take(limit, clock, 3000);
    expect(sentAtMs.at(-1)).toBe(NOON_MS + 2 * WINDOW_MS);
  });

  it('is given to many that wait side by side, and the wait is said once', async () => {
    const clock = simulatedClock();
    const { limit, log } = limitOn(clock);
    const sentAtMs: number[] = [];
    const all = Array.from({ length: 2000 }, async () => {
      await limit.turn();
      sentAtMs.push(clock.now());
    });
    await clock.run(Promise.all(all));
    expect(mostInAnyWindow(sentAtMs)).toBe(LIMIT);
    expect(sentAtMs.at(-1)).toBe(NOON_MS + WINDOW_MS);
    expect(log.lines).toHaveLength(1);
  });

  it('waits as long as it was told, and that is said once', async () => {
    const clock = fakeClock();
    const { limit, log } = limitOn(clock);
    limit.holdUntil(NOON_MS + 60_000);
    limit.holdUntil(NOON_MS + 60_000);
    limit.holdUntil(NOON_MS + 30_000);
    await limit.turn();
    expect(clock.now()).toBe(NOON_MS + 60_000);
    expect(log.lines).toHaveLength(1);
    expect(log.text()).toContain('12:01 UTC');
  });

  it('ends with the reason of the signal, at once, and is not counted', async () => {
    const stop = new AbortController();
    const clock = simulatedClock();
    const { limit } = limitOn(clock, stop.signal);
    await take(limit, clock, LIMIT);
    const held = [limit.turn(), limit.turn()].map((turn) => rejectionOf(turn, StoppedError));
    await new Promise(setImmediate);
    expect(clock.sleeping).toBe(2);
    const reason = new StoppedError('Stopped by SIGTERM.');
    stop.abort(reason);
    expect(await Promise.all(held)).toEqual([reason, reason]);
    expect(clock.sleeping).toBe(0);
    expect(clock.now()).toBe(NOON_MS);
  });
});

/** Answers after so long on a clock, and keeps when each request went out and how many were under way. */
class SlowSession extends HttpSession {
  readonly sentAtMs: number[] = [];
  most = 0;
  readonly #clock: Clock;
  readonly #tookMs: () => number;
  #underWay = 0;

  readonly #retryAfterS: number | undefined;

  /** @param retryAfterS of a 429, which is the answer to the first request */
  constructor(clock: Clock, tookMs: () => number, retryAfterS?: number) {
    super({ apiUrl: 'http://127.0.0.1:1', apiToken: API_TOKEN, statusHint: STATUS_HINT });
    this.#clock = clock;
    this.#tookMs = tookMs;
    this.#retryAfterS = retryAfterS;
  }

  override async exchange(): Promise<HttpResponse> {
    this.sentAtMs.push(this.#clock.now());
    const isFirst = this.sentAtMs.length === 1;
    this.#underWay += 1;
    this.most = Math.max(this.most, this.#underWay);
    await this.#clock.sleep(this.#tookMs());
    this.#underWay -= 1;
    if (isFirst && this.#retryAfterS !== undefined)
      return { status: 429, headers: { 'retry-after': String(this.#retryAfterS) }, body: '' };
    const body = JSON.stringify({ success: true, errors: [], messages: [], result: 'fine' });
    return { status: 200, headers: {}, body };
  }
}

const CALL: ApiCall<string> = {
  what: 'read the x',
  request: { method: 'GET', path: '/x' },
  result: v.string(),
  permission: 'SSO Connector: Read',
};

describe('the client', () => {
  it.each([1, 20, 250, 2000])(
    'sends 3,000 requests of %d ms, eight at a time, and never more than 1,100 in five minutes',
    async (tookMs) => {
      const clock = simulatedClock();
      const log = recordingLog();
      const session = new SlowSession(clock, () => tookMs);
      const { signal } = new AbortController();
      const client = new CloudflareClient(session, { clock, log, signal });
      const all = Array.from({ length: 3000 }, () => client.call(CALL));
      expect(await clock.run(Promise.all(all))).toHaveLength(3000);
      expect(session.sentAtMs).toHaveLength(3000);
      expect(session.most).toBe(8);
      expect(mostInAnyWindow(session.sentAtMs)).toBeLessThanOrEqual(LIMIT);
    },
  );

  it('says when it holds, not with every request that it then lets go', async () => {
    const clock = simulatedClock();
    const log = recordingLog();
    const { signal } = new AbortController();
    const random = seededRandom(1);
    const session = new SlowSession(clock, () => 10 + Math.floor(random() * 200));
    const client = new CloudflareClient(session, { clock, log, signal });
    const all = Array.from({ length: 3000 }, () => client.call(CALL));
    await clock.run(Promise.all(all));
    // Held twice: at 1,100 and at 2,200.
    expect(log.lines.length).toBeLessThanOrEqual(2);
  });

  it('gives up everything that waits when the step is stopped', async () => {
    const clock = simulatedClock();
    const stop = new AbortController();
    const session = new SlowSession(clock, () => 1);
    const client = new CloudflareClient(session, { clock, log: recordingLog(), signal: stop.signal });
    const reason = new StoppedError('Stopped by SIGTERM.');
    const all = Array.from({ length: 1200 }, () =>
      client.call(CALL).then(
        () => 'sent',
        (error: unknown) => error,
      ),
    );
    await clock.run(
      (async () => {
        await Promise.all(all.slice(0, LIMIT));
        stop.abort(reason);
      })(),
    );
    const ends = await clock.run(Promise.all(all));
    expect(ends.filter((end) => end === 'sent')).toHaveLength(LIMIT);
    expect(ends.filter((end) => end === reason)).toHaveLength(100);
    expect(session.sentAtMs).toHaveLength(LIMIT);
  });

  it('sends nothing before the time that a 429 names, whichever request got it', async () => {
    const clock = simulatedClock();
    const log = recordingLog();
    const { signal } = new AbortController();
    const session = new SlowSession(clock, () => 1, 60);
    const client = new CloudflareClient(session, { clock, log, signal });
    const all = Array.from({ length: 20 }, () => client.call(CALL));
    await clock.run(Promise.all(all));
    const early = session.sentAtMs.filter((atMs) => atMs > NOON_MS + 1 && atMs < NOON_MS + 60_000);
    expect(early).toEqual([]);
  });

  it('holds nothing for a 429 that asks for more patience than a request has', async () => {
    const clock = simulatedClock();
    const log = recordingLog();
    const { signal } = new AbortController();
    const session = new SlowSession(clock, () => 1, 301);
    const client = new CloudflareClient(session, { clock, log, signal });
    const all = Array.from({ length: 20 }, () => client.call(CALL));
    const ends = await clock.run(Promise.allSettled(all));
    expect(ends.filter(({ status }) => status === 'rejected')).toHaveLength(1);
    expect(clock.now()).toBeLessThan(NOON_MS + 1000);
  });
});
