import { describe, expect, it } from 'vitest';
import type { Observation } from '../../../src/dns/observation/observation.ts';
import { Propagation } from '../../../src/dns/wait/propagation.ts';
import {
  absent,
  authority,
  constant,
  PRESENT,
  resolver,
  SERVFAIL,
  type SimulatedWait,
  scripted,
  simulate,
  TIMEOUT,
  UNREACHABLE,
} from '../../fakes/wait-simulation.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Resolvers with empty caches. */
function freshResolvers(publishedAtMs: number, count = 4) {
  const entries = Array.from({ length: count }, (_, index) => [
    `r${index + 1}`,
    resolver({ publishedAtMs, heldUntilMs: [0] }),
  ]);
  return Object.fromEntries(entries) as Record<string, ReturnType<typeof resolver>>;
}

function firstAsked(wait: SimulatedWait, labels: readonly string[]): number {
  return Math.min(...labels.flatMap((label) => wait.askedAt(label)));
}

const gaps = (times: readonly number[]) => times.slice(1).map((at, index) => at - (times[index] ?? 0));

describe('waiting for the authoritative servers', () => {
  it('sees a record an hour later within one poll interval and the second look, resolvers untouched before', () => {
    const wait = simulate({
      authoritative: { a1: authority(HOUR_MS), a2: authority(HOUR_MS) },
      resolvers: freshResolvers(HOUR_MS),
      timeoutMs: 2 * HOUR_MS,
    });
    expect(wait.verdict).toEqual({ reason: 'visible', authoritative: true });
    expect(wait.endedAtMs).toBeLessThan(HOUR_MS + 15_000 + 2000);
    expect(firstAsked(wait, ['r1', 'r2', 'r3', 'r4'])).toBeGreaterThan(HOUR_MS + 1000);
    // Four questions to the resolvers in all: their caches were clean.
    expect(['r1', 'r2', 'r3', 'r4'].flatMap((label) => wait.askedAt(label))).toHaveLength(4);
  });

  it('sees a record that is there already after two looks a second apart', () => {
    const wait = simulate({ authoritative: { a1: authority(0) }, resolvers: freshResolvers(0) });
    expect(wait.verdict.reason).toBe('visible');
    expect(wait.askedAt('a1')).toEqual([0, 1020]);
    expect(wait.endedAtMs).toBe(1060);
  });

  it('does not count two sightings from the same moment', () => {
    const plan = {
      authoritative: ['a'],
      resolvers: ['r1', 'r2'],
      required: [],
      quorum: 2,
      startedAtMs: 0,
      timeoutMs: 60_000,
      pollIntervalMs: 15_000,
    };
    const propagation = new Propagation(plan, () => 0);
    propagation.next(0);
    propagation.noteReply('a', PRESENT, 500);
    expect(propagation.next(500)).toEqual({ kind: 'wait', untilMs: 1500 });
    expect(propagation.next(1499)).toEqual({ kind: 'wait', untilMs: 1500 });
    expect(propagation.next(1500)).toEqual({ kind: 'ask', labels: ['a'] });
    expect(propagation.phase).toBe('authoritative');
    propagation.noteReply('a', PRESENT, 1600);
    expect(propagation.next(1600)).toEqual({ kind: 'ask', labels: ['r1', 'r2'] });
    expect(propagation.phase).toBe('resolvers');
  });

  it('does not believe a sighting that a second look takes back', () => {
    const wait = simulate({
      authoritative: { a1: scripted([PRESENT, TIMEOUT, PRESENT, TIMEOUT, PRESENT]) },
      resolvers: freshResolvers(0),
    });
    const sightings = wait.askedAt('a1');
    expect(sightings).toHaveLength(6);
    expect(firstAsked(wait, ['r1', 'r2', 'r3', 'r4'])).toBeGreaterThan(sightings[5] ?? 0);
  });

  it.each([
    ['at once', [PRESENT, absent()]],
    ['after a time-out', [PRESENT, TIMEOUT, absent()]],
    ['again and again', [PRESENT, absent(), PRESENT, PRESENT, PRESENT, absent()]],
  ])('believes a server that took a sighting back only after four looks: %s', (_what, said) => {
    const wait = simulate({
      authoritative: { a1: scripted([...said, PRESENT]) },
      resolvers: freshResolvers(0),
    });
    const looks = wait.askedAt('a1');
    expect(looks).toHaveLength(said.length + 4);
    expect(firstAsked(wait, ['r1', 'r2', 'r3', 'r4'])).toBeGreaterThan(looks.at(-1) ?? 0);
    expect(wait.verdict.reason).toBe('visible');
  });

  it('takes its usual pauses for a server that says both in turn', () => {
    const replies = Array.from({ length: 2000 }, (_, index) => (index % 2 === 0 ? PRESENT : absent()));
    const wait = simulate({
      authoritative: { a1: scripted(replies) },
      resolvers: freshResolvers(0),
    });
    expect(wait.verdict.reason).toBe('timed-out');
    expect(gaps(wait.askedAt('a1')).slice(8, 11)).toEqual([15_000, 15_000, 15_000]);
    expect(wait.askedAt('a1').length).toBeLessThan(150);
    expect(wait.servers[0]).toMatchObject({ label: 'a1', saysBoth: true });
  });

  it('waits for a secondary that lags behind by ten minutes', () => {
    const wait = simulate({
      authoritative: { primary: authority(0), secondary: authority(10 * MINUTE_MS) },
      resolvers: freshResolvers(10 * MINUTE_MS),
    });
    expect(wait.verdict).toEqual({ reason: 'visible', authoritative: true });
    expect(firstAsked(wait, ['r1', 'r2', 'r3', 'r4'])).toBeGreaterThan(10 * MINUTE_MS + 1000);
    expect(wait.endedAtMs).toBeLessThan(10 * MINUTE_MS + 18_000);
  });

  it('asks again at growing pauses up to the poll interval', () => {
    const wait = simulate({
      authoritative: { a1: constant(absent(), 0) },
      resolvers: freshResolvers(0),
      timeoutMs: 2 * MINUTE_MS,
    });
    expect(gaps(wait.askedAt('a1')).slice(0, 9)).toEqual([
      1000, 1500, 2250, 3375, 5062.5, 7593.75, 11_390.625, 15_000, 15_000,
    ]);
  });

  it('shortens each pause by up to a fifth, so that many waits do not ask in step', () => {
    const wait = simulate(
      {
        authoritative: { a1: constant(absent(), 0) },
        resolvers: freshResolvers(0),
        timeoutMs: 2 * MINUTE_MS,
      },
      () => 1,
    );
    const asked = gaps(wait.askedAt('a1'));
    expect(asked.slice(0, 3)).toEqual([800, 1200, 1800]);
    expect(asked.at(9)).toBe(12_000);
  });

  it('starts over with short pauses when something moves', () => {
    const wait = simulate({
      authoritative: { quick: authority(5 * MINUTE_MS, 0), slow: authority(HOUR_MS, 0) },
      resolvers: freshResolvers(HOUR_MS),
      timeoutMs: 20 * MINUTE_MS,
    });
    const asked = wait.askedAt('slow');
    const seenAt = wait.askedAt('quick').find((at) => at >= 5 * MINUTE_MS) ?? 0;
    expect(gaps(asked.filter((at) => at >= seenAt)).slice(0, 4)).toEqual([1000, 1000, 1500, 2250]);
  });

  it('looks a last time at the deadline, then never again', () => {
    const wait = simulate({
      authoritative: { a1: constant(absent(), 100) },
      resolvers: freshResolvers(0),
      timeoutMs: 10_000,
    });
    expect(wait.verdict).toEqual({ reason: 'timed-out', authoritative: false });
    expect(wait.askedAt('a1').at(-1)).toBe(10_000);
    expect(wait.endedAtMs).toBe(10_100);
    expect(firstAsked(wait, ['r1', 'r2', 'r3', 'r4'])).toBe(Number.POSITIVE_INFINITY);
  });

  it('does not ask the resolvers any more when the authoritative servers have it only at the deadline', () => {
    const wait = simulate({
      authoritative: { a1: authority(8000) },
      resolvers: freshResolvers(8000),
      timeoutMs: 9020,
      pollIntervalMs: 1000,
    });
    expect(wait.verdict.reason).toBe('timed-out');
    expect(wait.askedAt('a1').at(-1)).toBe(9020);
    expect(firstAsked(wait, ['r1', 'r2', 'r3', 'r4'])).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('dead and lame authoritative servers', () => {
  const dead = [
    ['silent', TIMEOUT],
    ['failing', SERVFAIL],
    ['lame', { kind: 'unusable', why: 'lame', detail: 'REFUSED' }],
    ['not authoritative', { kind: 'unusable', why: 'not-authoritative', detail: 'AA=0' }],
  ] as const;

  it.each(dead)('do not block the wait as a minority: %s', (_what, reply) => {
    const wait = simulate({
      authoritative: { a1: authority(MINUTE_MS), a2: authority(MINUTE_MS), bad: constant(reply) },
      resolvers: freshResolvers(MINUTE_MS),
    });
    expect(wait.verdict).toEqual({ reason: 'visible', authoritative: true });
    expect(wait.endedAtMs).toBeLessThan(2 * MINUTE_MS);
  });

  it('are given a chance to answer before they count as dead', () => {
    const wait = simulate({
      authoritative: { a1: authority(0), a2: authority(0), slow: authority(HOUR_MS, 4000) },
      resolvers: freshResolvers(HOUR_MS),
      timeoutMs: 10 * MINUTE_MS,
    });
    expect(wait.verdict.reason).toBe('timed-out');
    expect(firstAsked(wait, ['r1', 'r2', 'r3', 'r4'])).toBe(Number.POSITIVE_INFINITY);
  });

  it.each(dead)('let one resolver alone be asked as a majority: %s', (_what, reply) => {
    const wait = simulate({
      authoritative: { a1: authority(0), b1: constant(reply), b2: constant(reply) },
      resolvers: {
        r1: resolver({ publishedAtMs: 0, heldUntilMs: [10 * MINUTE_MS] }),
        r2: resolver({ publishedAtMs: 0, heldUntilMs: [0] }),
        r3: resolver({ publishedAtMs: 0, heldUntilMs: [0] }),
      },
    });
    expect(wait.verdict).toEqual({ reason: 'visible', authoritative: false });
    expect(firstAsked(wait, ['r1'])).toBeLessThan(MINUTE_MS);
    expect(firstAsked(wait, ['r2', 'r3'])).toBeGreaterThanOrEqual(10 * MINUTE_MS);
    expect(wait.endedAtMs).toBeLessThan(11 * MINUTE_MS);
  });

  it('do not outvote a live one that lacks the record', () => {
    const wait = simulate({
      authoritative: { a1: authority(HOUR_MS), b1: constant(TIMEOUT), b2: constant(TIMEOUT) },
      resolvers: freshResolvers(0),
    });
    expect(wait.verdict.reason).toBe('timed-out');
    expect(firstAsked(wait, ['r1', 'r2', 'r3', 'r4'])).toBe(Number.POSITIVE_INFINITY);
  });

  it('do not count at all when there is no route to them', () => {
    const wait = simulate({
      authoritative: {
        a1: authority(0),
        v6a: constant(UNREACHABLE),
        v6b: constant(UNREACHABLE),
        v6c: constant(UNREACHABLE),
      },
      resolvers: freshResolvers(0),
    });
    expect(wait.verdict).toEqual({ reason: 'visible', authoritative: true });
    expect(wait.endedAtMs).toBeLessThan(2000);
  });
});

describe('the resolvers', () => {
  it('that cached the absence are waited for until it expires, and not asked all the time', () => {
    const heldUntilMs = [25 * MINUTE_MS];
    const wait = simulate({
      authoritative: { a1: authority(MINUTE_MS) },
      resolvers: {
        r1: resolver({ publishedAtMs: MINUTE_MS, heldUntilMs }),
        r2: resolver({ publishedAtMs: MINUTE_MS, heldUntilMs }),
      },
      timeoutMs: HOUR_MS,
    });
    expect(wait.verdict).toEqual({ reason: 'visible', authoritative: true });
    expect(wait.endedAtMs).toBeGreaterThanOrEqual(25 * MINUTE_MS);
    expect(wait.endedAtMs).toBeLessThan(25 * MINUTE_MS + 1500);
    expect(wait.askedAt('r1').length).toBeLessThan(32);
  });

  it('are probed in between at 5, 10, 20, 40 and 60 s, since other backends may know it already', () => {
    const wait = simulate({
      authoritative: { a1: authority(0) },
      resolvers: {
        r1: resolver({ publishedAtMs: 0, heldUntilMs: [1_700_000], rttMs: 0 }),
        r2: constant(PRESENT, 0),
      },
      quorum: 2,
    });
    expect(gaps(wait.askedAt('r1')).slice(0, 7)).toEqual([
      5000, 10_000, 20_000, 40_000, 60_000, 60_000, 60_000,
    ]);
  });

  it('of several backends count as soon as one of them knows', () => {
    let turn = 0;
    const wait = simulate({
      authoritative: { a1: authority(0) },
      resolvers: {
        r1: resolver({
          publishedAtMs: 0,
          heldUntilMs: [20 * MINUTE_MS, 0],
          random: () => (turn++ % 2) / 2,
        }),
        r2: constant(PRESENT),
      },
    });
    expect(wait.verdict.reason).toBe('visible');
    expect(wait.endedAtMs).toBeLessThan(10_000);
  });

  it('that have it are not asked again', () => {
    const wait = simulate({
      authoritative: { a1: authority(0) },
      resolvers: {
        r1: constant(PRESENT),
        r2: constant(PRESENT),
        r3: resolver({ publishedAtMs: 0, heldUntilMs: [10 * MINUTE_MS] }),
      },
      quorum: 3,
    });
    expect(wait.verdict.reason).toBe('visible');
    expect(wait.askedAt('r1')).toHaveLength(1);
  });

  it('are asked again no faster than once a second when they cache nothing', () => {
    const wait = simulate({
      authoritative: { a1: authority(0) },
      resolvers: { r1: constant(absent(0), 0), r2: constant(PRESENT) },
      quorum: 2,
      timeoutMs: MINUTE_MS,
    });
    // But for the last look, which is at the deadline.
    const asked = wait.askedAt('r1').filter((at) => at < MINUTE_MS);
    expect(asked.length).toBeGreaterThan(50);
    expect(Math.min(...gaps(asked))).toBeGreaterThanOrEqual(1000);
  });

  it('need not all have it: a quorum does', () => {
    const wait = simulate({
      authoritative: { a1: authority(0) },
      resolvers: {
        r1: constant(PRESENT),
        r2: constant(absent(1000)),
        r3: constant(PRESENT),
        r4: constant(SERVFAIL),
        r5: constant(PRESENT),
      },
    });
    expect(wait.verdict.reason).toBe('visible');
    expect(wait.endedAtMs).toBeLessThan(2000);
  });

  it('must be two that have it, whatever the quorum, unless only one is configured', () => {
    const only = simulate({
      authoritative: { a1: authority(0) },
      resolvers: { r1: constant(PRESENT) },
      quorum: 1,
    });
    expect(only.verdict.reason).toBe('visible');
    const two = simulate({
      authoritative: { a1: authority(0) },
      resolvers: { r1: constant(PRESENT), r2: constant(SERVFAIL), r3: constant(TIMEOUT) },
      quorum: 1,
    });
    expect(two.verdict.reason).toBe('timed-out');
  });

  it('include the required one, however many others have it', () => {
    const resolvers = {
      r1: constant(PRESENT),
      cloudflare: resolver({ publishedAtMs: 0, heldUntilMs: [5 * MINUTE_MS] }),
      r3: constant(PRESENT),
      r4: constant(PRESENT),
    };
    const plan = { authoritative: { a1: authority(0) }, resolvers, quorum: 2 };
    const wait = simulate({ ...plan, required: ['cloudflare'] });
    expect(wait.verdict.reason).toBe('visible');
    expect(wait.endedAtMs).toBeGreaterThanOrEqual(5 * MINUTE_MS);
  });

  it.each([
    ['SERVFAIL', SERVFAIL],
    ['a time-out', TIMEOUT],
  ])('say neither yes nor no with %s', (_what, reply) => {
    const wait = simulate({
      authoritative: { a1: authority(0) },
      resolvers: {
        r1: constant(PRESENT),
        r2: scripted([reply, reply, reply, PRESENT]),
        r3: constant(reply),
      },
    });
    expect(wait.verdict.reason).toBe('visible');
    expect(wait.askedAt('r2')).toHaveLength(4);
  });
});

describe('a wait that cannot succeed in time', () => {
  it('stops at once and says when it would', () => {
    const wait = simulate({
      authoritative: { a1: authority(0, 0) },
      resolvers: {
        r1: constant(absent(7200), 0),
        r2: constant(absent(3600), 0),
        r3: constant(PRESENT, 0),
        r4: constant(PRESENT, 0),
      },
      quorum: 3,
      timeoutMs: 30 * MINUTE_MS,
    });
    expect(wait.verdict).toEqual({
      reason: 'not-in-time',
      authoritative: true,
      // The quorum needs one of the two, and the second expires first.
      expectedAtMs: 1000 + 3_600_000,
    });
    expect(wait.endedAtMs).toBe(1000);
  });

  it("says when the required resolver's cache expires, though others expire earlier", () => {
    const wait = simulate({
      authoritative: { a1: authority(0, 0) },
      resolvers: { r1: constant(absent(2000), 0), cloudflare: constant(absent(7200), 0) },
      required: ['cloudflare'],
      timeoutMs: 30 * MINUTE_MS,
    });
    expect(wait.verdict).toMatchObject({ reason: 'not-in-time', expectedAtMs: 1000 + 7_200_000 });
  });

  it('goes on as long as those without an answer could make up the quorum', () => {
    const wait = simulate({
      authoritative: { a1: authority(0) },
      resolvers: {
        r1: constant(absent(7200)),
        r2: scripted([SERVFAIL, SERVFAIL, PRESENT]),
        r3: constant(PRESENT),
      },
      quorum: 2,
    });
    expect(wait.verdict.reason).toBe('visible');
  });

  it('goes on when the last TTL ends before the deadline', () => {
    const wait = simulate({
      authoritative: { a1: authority(0) },
      resolvers: {
        r1: resolver({ publishedAtMs: 0, heldUntilMs: [29 * MINUTE_MS] }),
        r2: constant(PRESENT),
      },
      timeoutMs: 30 * MINUTE_MS,
    });
    expect(wait.verdict.reason).toBe('visible');
  });
});

describe('without authoritative servers', () => {
  it('asks one resolver first, and the others only once it has the record', () => {
    const wait = simulate({ resolvers: freshResolvers(0) });
    expect(wait.verdict).toEqual({ reason: 'visible', authoritative: false });
    expect(wait.askedAt('r1')).toEqual([0]);
    for (const label of ['r2', 'r3', 'r4']) expect(wait.askedAt(label)).toEqual([20]);
  });

  it('spoils one cache at most by looking early', () => {
    const publishedAtMs = 10 * MINUTE_MS;
    const wait = simulate({ resolvers: freshResolvers(publishedAtMs), timeoutMs: HOUR_MS });
    expect(wait.verdict.reason).toBe('visible');
    const early = new Set(
      wait.questions.filter(({ atMs }) => atMs < publishedAtMs).map(({ label }) => label),
    );
    expect(early).toEqual(new Set(['r1']));
    // The half hour for which the canary keeps the absence.
    expect(wait.endedAtMs).toBeGreaterThanOrEqual(30 * MINUTE_MS);
    expect(wait.endedAtMs).toBeLessThan(31 * MINUTE_MS);
  });

  it('asks the resolvers no more once an authoritative server is back, until that has the record', () => {
    const [backAtMs, publishedAtMs] = [5 * MINUTE_MS, 40 * MINUTE_MS];
    const later = authority(publishedAtMs);
    const wait = simulate({
      authoritative: {
        a1: { ...later, answer: (atMs) => (atMs < backAtMs ? SERVFAIL : later.answer(atMs)) },
      },
      resolvers: freshResolvers(publishedAtMs),
      timeoutMs: HOUR_MS,
    });
    expect(wait.verdict).toEqual({ reason: 'visible', authoritative: true });
    const meanwhile = wait.questions.filter(
      ({ label, atMs }) => label !== 'a1' && atMs > backAtMs + MINUTE_MS && atMs < publishedAtMs,
    );
    expect(meanwhile).toEqual([]);
    expect(wait.endedAtMs).toBeLessThan(publishedAtMs + 20_000);
    const backSinceMs = wait.askedAt('a1').find((atMs) => atMs >= backAtMs) ?? 0;
    expect(
      wait.askedAt('a1').filter((atMs) => atMs > backSinceMs && atMs < backSinceMs + MINUTE_MS).length,
    ).toBeGreaterThan(3);
    // While it is dead, it is asked now and then.
    expect(wait.askedAt('a1').filter((atMs) => atMs < backAtMs).length).toBeLessThan(10);
  });

  it('does not make a required resolver the canary while there is another', () => {
    const wait = simulate({
      resolvers: { cloudflare: constant(PRESENT), other: constant(PRESENT) },
      required: ['cloudflare'],
    });
    expect(wait.questions.map(({ label }) => label)).toEqual(['other', 'cloudflare']);
  });

  it('takes the next canary when one is dead, not when it merely lacks the record', () => {
    const wait = simulate({
      resolvers: { r1: constant(TIMEOUT), r2: constant(absent(60)), r3: constant(PRESENT) },
      timeoutMs: 5 * MINUTE_MS,
    });
    expect(wait.verdict.reason).toBe('timed-out');
    expect(firstAsked(wait, ['r2'])).toBeGreaterThanOrEqual(2 * 9500);
    expect(wait.askedAt('r3')).toEqual([]);
  });
});

describe('one look (timeout 0)', () => {
  it('asks every authoritative server once, then every resolver once', () => {
    const wait = simulate({
      authoritative: { a1: authority(0), a2: authority(0, 300) },
      resolvers: freshResolvers(0),
      timeoutMs: 0,
    });
    expect(wait.verdict).toEqual({ reason: 'visible', authoritative: true });
    expect(wait.questions.map(({ label }) => label)).toEqual(['a1', 'a2', 'r1', 'r2', 'r3', 'r4']);
    expect(wait.endedAtMs).toBe(320);
  });

  it('leaves the resolvers alone when an authoritative server lacks the record', () => {
    const wait = simulate({
      authoritative: { a1: authority(0), a2: authority(HOUR_MS) },
      resolvers: freshResolvers(0),
      timeoutMs: 0,
    });
    expect(wait.verdict).toEqual({ reason: 'timed-out', authoritative: false });
    expect(wait.questions.map(({ label }) => label)).toEqual(['a1', 'a2']);
  });

  it('passes over a dead minority, and asks a canary for a dead majority', () => {
    const minority = simulate({
      authoritative: { a1: authority(0), a2: authority(0), bad: constant(TIMEOUT) },
      resolvers: freshResolvers(0),
      timeoutMs: 0,
    });
    expect(minority.verdict).toEqual({ reason: 'visible', authoritative: true });
    const majority = simulate({
      authoritative: { a1: constant(TIMEOUT) },
      resolvers: { r1: constant(SERVFAIL), r2: constant(absent(60)), r3: constant(PRESENT) },
      timeoutMs: 0,
    });
    expect(majority.verdict).toEqual({ reason: 'timed-out', authoritative: false });
    expect(majority.questions.map(({ label }) => label)).toEqual(['a1', 'r1', 'r2']);
  });

  it('reports the absence at the resolvers without a second look', () => {
    const wait = simulate({
      authoritative: { a1: authority(0) },
      resolvers: { r1: constant(absent(7200)), r2: constant(PRESENT) },
      timeoutMs: 0,
    });
    expect(wait.verdict).toEqual({ reason: 'timed-out', authoritative: true });
    expect(wait.servers.find(({ label }) => label === 'r1')?.expiresAtMs).toBe(40 + 7_200_000);
    expect(wait.questions).toHaveLength(3);
  });
});

describe('what is known about a server', () => {
  it('is kept with the times', () => {
    const wait = simulate({
      authoritative: { a1: authority(0) },
      resolvers: { r1: constant(PRESENT), r2: constant(absent(50)), r3: constant(PRESENT) },
    });
    expect(wait.servers).toMatchObject([
      { label: 'a1', observation: PRESENT, answeredAtMs: 1040, presentSinceMs: 20 },
      { label: 'r1', observation: PRESENT, answeredAtMs: 1060, presentSinceMs: 1060 },
      { label: 'r2', answeredAtMs: 1060, presentSinceMs: undefined, expiresAtMs: 51_060 },
      { label: 'r3', observation: PRESENT },
    ]);
  });

  it('has an expiry for resolvers only: authoritative servers cache nothing', () => {
    const { servers } = simulate({
      authoritative: { a1: constant(absent(60)), a2: constant(PRESENT), a3: constant(PRESENT) },
      resolvers: { r1: constant(absent(60)) },
      timeoutMs: 0,
    });
    const withExpiry = servers.filter((server) => 'expiresAtMs' in server);
    expect(withExpiry.map(({ label }) => label)).toEqual(['r1']);
  });

  it('has no expiry where the answer is not from a cache, and the wait does not end because of one', () => {
    const plan = {
      authoritative: [],
      resolvers: ['r'],
      required: [],
      quorum: 1,
      startedAtMs: 0,
      timeoutMs: 60_000,
      pollIntervalMs: 1000,
    };
    const replying = (isFromCache: boolean): Propagation => {
      const propagation = new Propagation(plan, () => 0);
      propagation.next(0);
      propagation.noteReply('r', absent(7200), 20, isFromCache);
      return propagation;
    };
    expect(replying(true).state('r').expiresAtMs).toBe(7_200_020);
    expect(replying(true).next(20)).toMatchObject({ verdict: { reason: 'not-in-time' } });
    expect(replying(false).state('r').expiresAtMs).toBeUndefined();
    expect(replying(false).next(20)).toEqual({ kind: 'wait', untilMs: 5020 });
  });

  it.each([
    ['the record twice, with a word to the contrary between', [PRESENT, absent(), PRESENT], true],
    ['both twice', [PRESENT, absent(), PRESENT, absent()], true],
    ['the record, then its absence: it may have been withdrawn', [PRESENT, absent()], false],
    ['its absence, then the record', [absent(), PRESENT], false],
    ['the record, a time-out, and the record', [PRESENT, TIMEOUT, PRESENT], false],
    [
      'the record four times in a row after all',
      [absent(), PRESENT, absent(), ...Array(4).fill(PRESENT)],
      false,
    ],
  ])('tells whether it says both: %s', (_what, said: readonly Observation[], saysBoth) => {
    const plan = {
      authoritative: ['a1'],
      resolvers: ['r1'],
      required: [],
      quorum: 1,
      startedAtMs: 0,
      timeoutMs: HOUR_MS,
      pollIntervalMs: 15_000,
    };
    const propagation = new Propagation(plan, () => 0);
    let nowMs = 0;
    for (const reply of said) {
      const move = propagation.next(nowMs);
      if (move.kind === 'wait') nowMs = move.untilMs;
      propagation.next(nowMs);
      propagation.noteReply('a1', reply, nowMs);
    }
    expect(propagation.state('a1').saysBoth).toBe(saysBoth);
  });

  it.each([
    ['a time-out', TIMEOUT, false],
    ['SERVFAIL', SERVFAIL, true],
    ['an answer without the record', absent(), true],
  ])('tells whether it ever sent a message: %s', (_what, reply, hasAnswered) => {
    const { servers } = simulate({ resolvers: { r1: constant(reply, 0) }, timeoutMs: 0 });
    expect(servers[0]).toMatchObject({ label: 'r1', hasAnswered });
  });

  it('is refused for an unknown server', () => {
    const plan = {
      authoritative: [],
      resolvers: ['r'],
      required: [],
      quorum: 1,
      startedAtMs: 0,
      timeoutMs: 0,
      pollIntervalMs: 1,
    };
    expect(() => new Propagation(plan).noteReply('x', PRESENT, 0)).toThrow(RangeError);
  });
});
