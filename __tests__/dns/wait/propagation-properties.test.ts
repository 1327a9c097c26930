import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Observation } from '../../../src/dns/observation/observation.ts';
import {
  type AskedQuestion,
  absent,
  authority,
  constant,
  PRESENT,
  resolver,
  SERVFAIL,
  type SimulatedServer,
  type SimulatedWait,
  simulate,
  TIMEOUT,
  UNREACHABLE,
} from '../../fakes/wait-simulation.ts';
import { seededRandom } from '../../samples/dns-responses.ts';

const RUNS = 1500;
/** The same cases in every run; another number looks elsewhere. */
const SEED = 4711;
const MINUTE_MS = 60_000;
/** An exchange in which every attempt over every transport times out. */
const LONGEST_RTT_MS = 9500;

/** One random wait, as data: servers keep state, so that each simulation makes its own from it. */
interface Scenario {
  readonly authoritative: readonly (() => SimulatedServer)[];
  readonly resolvers: readonly (() => SimulatedServer)[];
  readonly quorum: number;
  readonly required: readonly string[];
  readonly timeoutMs: number;
  readonly pollIntervalMs: number;
  readonly seed: number;
}

const rttMs = fc.oneof(fc.integer({ min: 0, max: 200 }), fc.integer({ min: 0, max: LONGEST_RTT_MS }));
const someTimeMs = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 40 * MINUTE_MS }));
const anyReply: fc.Arbitrary<Observation> = fc.oneof(
  fc.constant(PRESENT),
  fc.integer({ min: 0, max: 4000 }).map((ttlS) => absent(ttlS)),
  fc.constant(absent()),
  fc.constant(TIMEOUT),
  fc.constant(SERVFAIL),
  fc.constant(UNREACHABLE),
);

/** Says anything at any time, as many backends without any order would. */
const erratic = fc
  .tuple(fc.array(anyReply, { minLength: 1, maxLength: 8 }), fc.integer(), rttMs)
  .map(([replies, seed, rtt]) => (): SimulatedServer => {
    const random = seededRandom(seed);
    return { rttMs: rtt, answer: () => replies[Math.floor(random() * replies.length)] ?? TIMEOUT };
  });
const dead = fc.constantFrom(TIMEOUT, SERVFAIL, UNREACHABLE).map((reply) => () => constant(reply));
const anyAuthority = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.tuple(someTimeMs, rttMs).map(
      ([at, rtt]) =>
        () =>
          authority(at, rtt),
    ),
  },
  { weight: 1, arbitrary: dead },
  { weight: 1, arbitrary: erratic },
);
const cachingResolver = (publishedAtMs: number) =>
  fc
    .record({
      heldUntilMs: fc.array(someTimeMs, { minLength: 1, maxLength: 4 }),
      ttlS: fc.integer({ min: 0, max: 4000 }),
      rttMs,
      seed: fc.integer(),
    })
    .map(
      ({ seed, ...options }) =>
        () =>
          resolver({ ...options, publishedAtMs, random: seededRandom(seed) }),
    );
const anyResolver = fc.oneof(
  { weight: 4, arbitrary: someTimeMs.chain(cachingResolver) },
  { weight: 1, arbitrary: dead },
  { weight: 1, arbitrary: erratic },
);

const scenario: fc.Arbitrary<Scenario> = fc
  .record({
    authoritative: fc.array(anyAuthority, { maxLength: 5 }),
    resolvers: fc.array(anyResolver, { minLength: 1, maxLength: 5 }),
    quorumShare: fc.double({ min: 0, max: 1, noNaN: true }),
    requiredIndex: fc.integer({ min: 0, max: 9 }),
    timeoutMs: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 60 * MINUTE_MS })),
    pollIntervalMs: fc.integer({ min: 1000, max: MINUTE_MS }),
    seed: fc.integer(),
  })
  .map(({ quorumShare, requiredIndex, ...rest }) => ({
    ...rest,
    quorum: Math.max(1, Math.round(quorumShare * rest.resolvers.length)),
    required: requiredIndex < rest.resolvers.length ? [`r${requiredIndex}`] : [],
  }));

function play({ authoritative, resolvers, seed, ...plan }: Scenario): SimulatedWait {
  const named = (prefix: string, makers: readonly (() => SimulatedServer)[]) =>
    Object.fromEntries(makers.map((make, index) => [`${prefix}${index}`, make()]));
  return simulate(
    { ...plan, authoritative: named('a', authoritative), resolvers: named('r', resolvers) },
    seededRandom(seed),
  );
}

function always(property: (scenario: Scenario, wait: SimulatedWait) => void): void {
  fc.assert(
    fc.property(scenario, (each) => property(each, play(each))),
    { numRuns: RUNS, seed: SEED },
  );
}

const isAuthority = ({ label }: { label: string }): boolean => label.startsWith('a');
const isPresent = ({ reply }: AskedQuestion): boolean => reply.kind === 'present';

/** The replies of each authoritative server that had arrived at `atMs`, oldest first. */
function repliesUntil(wait: SimulatedWait, servers: number, atMs: number): readonly AskedQuestion[][] {
  return Array.from({ length: servers }, (_, index) =>
    wait.questions.filter((asked) => asked.label === `a${index}` && asked.repliedAtMs <= atMs),
  );
}

/**
 * Has it, and had it at a question asked a second before at least, without a word to the contrary since; four times, a
 * second apart, if it has ever taken that back.
 */
function isConfirmed(replies: readonly AskedQuestion[]): boolean {
  const run = replies.slice(replies.findLastIndex((asked) => !isPresent(asked)) + 1);
  const [first, last] = [run[0], run.at(-1)];
  if (first === undefined || last === undefined) return false;
  const said = replies.map(({ reply }) => reply.kind).filter((kind) => kind !== 'unusable');
  const hasFlipped = said.some((kind, index) => kind === 'absent' && said[index - 1] === 'present');
  const isFourTimes = run.length >= 4 && last.atMs >= first.repliedAtMs + 3000;
  return hasFlipped ? isFourTimes : last.atMs >= first.repliedAtMs + 1000;
}

describe('whatever the servers do, a wait', () => {
  it('ends', () => {
    always(({ timeoutMs }, { endedAtMs, verdict }) => {
      // Under way at the deadline may be one exchange; with one look: authoritative servers, then canaries.
      expect(endedAtMs).toBeLessThanOrEqual(timeoutMs + LONGEST_RTT_MS * (timeoutMs === 0 ? 7 : 1));
      if (timeoutMs > 0 && verdict.reason === 'timed-out')
        expect(endedAtMs).toBeGreaterThanOrEqual(timeoutMs);
    });
  });

  it('is never visible without a quorum: two resolvers at least, including the required ones', () => {
    let visible = 0;
    always(({ quorum, required, resolvers }, { verdict, questions }) => {
      if (verdict.reason !== 'visible') return;
      visible++;
      const having = new Set(
        questions.filter((q) => !isAuthority(q) && isPresent(q)).map(({ label }) => label),
      );
      expect(having.size).toBeGreaterThanOrEqual(Math.max(quorum, Math.min(2, resolvers.length)));
      for (const label of required) expect(having).toContain(label);
    });
    expect(visible).toBeGreaterThan(RUNS / 10);
  });

  it('asks no resolver before all authoritative servers that respond had the record twice', () => {
    let watched = 0;
    always(({ authoritative, timeoutMs }, wait) => {
      const first = wait.questions.find((asked) => !isAuthority(asked));
      if (first === undefined) return;
      for (const replies of repliesUntil(wait, authoritative.length, first.atMs)) {
        const last = replies.at(-1)?.reply.kind;
        expect(last, 'every server has been heard or given up').toBeDefined();
        if (last === 'unusable') continue;
        watched++;
        expect(timeoutMs === 0 ? last === 'present' : isConfirmed(replies)).toBe(true);
      }
    });
    expect(watched).toBeGreaterThan(RUNS / 10);
  });

  it('counts as authoritative only when half of those within reach had the record before resolvers were asked for it', () => {
    always(({ authoritative, timeoutMs }, wait) => {
      const isHalfAt = (atMs: number): boolean => {
        const inReach = repliesUntil(wait, authoritative.length, atMs).filter(
          (replies) => !(replies.at(-1)?.reply.kind === 'unusable' && replies.at(-1)?.reply === UNREACHABLE),
        );
        const having = inReach.filter((replies) =>
          timeoutMs === 0 ? replies.at(-1)?.reply === PRESENT : isConfirmed(replies),
        );
        return having.length > 0 && having.length * 2 >= inReach.length;
      };
      // One may have been asked alone before, while no authoritative server could be.
      const asked = wait.questions.filter((each) => !isAuthority(each)).map(({ atMs }) => atMs);
      const isConfirmedBefore = [...asked, wait.endedAtMs].some(isHalfAt);
      if (wait.verdict.authoritative) expect(isConfirmedBefore).toBe(true);
      // Nobody was asked too early as long as the authoritative servers could be, or until a resolver had the record.
      const ofResolvers = wait.questions.filter((each) => !isAuthority(each));
      const seenAtMs = Math.min(...ofResolvers.filter(isPresent).map(({ repliedAtMs }) => repliedAtMs));
      const endOfDoubtMs = Math.min(seenAtMs, ...asked.filter(isHalfAt));
      const early = ofResolvers.filter(({ atMs }) => atMs < endOfDoubtMs);
      const hasAbsence = (atMs: number): boolean =>
        repliesUntil(wait, authoritative.length, atMs).some(
          (replies) => replies.at(-1)?.reply.kind === 'absent',
        );
      // What arrives at that very moment may or may not be known yet.
      for (const { atMs } of early) expect(hasAbsence(atMs) && hasAbsence(atMs - 1)).toBe(false);
    });
  });

  it('asks one resolver at a time until one has the record when the authoritative servers did not confirm it', () => {
    always((_scenario, { verdict, questions }) => {
      if (verdict.authoritative) return;
      const ofResolvers = questions.filter((asked) => !isAuthority(asked));
      const seenAtMs = Math.min(...ofResolvers.filter(isPresent).map(({ repliedAtMs }) => repliedAtMs));
      const before = ofResolvers.filter(({ atMs }) => atMs < seenAtMs);
      const answered = before.filter(({ reply }) => reply.kind !== 'unusable');
      for (const { label, atMs } of before) {
        const earlier = answered.filter((other) => other.repliedAtMs <= atMs && other.label !== label);
        const isNew = before.find((asked) => asked.label === label)?.atMs === atMs;
        // Somebody else spoke, and is still to be believed: then nobody new is asked.
        const believed = earlier.filter(
          (other) =>
            before.findLast((q) => q.label === other.label && q.repliedAtMs <= atMs)?.reply.kind === 'absent',
        );
        if (isNew) expect(believed.map((other) => other.label)).toEqual([]);
      }
    });
  });

  it('asks no server more than once at a time, and hardly more than 60 times a minute', () => {
    always((_scenario, { questions, askedAt }) => {
      for (const label of new Set(questions.map((asked) => asked.label))) {
        const own = questions.filter((asked) => asked.label === label);
        const atOnce = own.filter(({ atMs }, index) => atMs < (own[index - 1]?.repliedAtMs ?? 0));
        expect(atOnce).toEqual([]);
        // The jitter takes up to a fifth off a pause of one second.
        const limit = isAuthority({ label }) ? 60 / 0.8 + 2 : 60 + 2;
        const times = askedAt(label);
        const tooSoon = times.filter((atMs, index) => atMs < (times[index - limit] ?? -Infinity) + MINUTE_MS);
        expect(tooSoon).toEqual([]);
      }
    });
  });

  it('asks nobody after the deadline, and everybody at most once for one look', () => {
    always(({ timeoutMs }, { questions }) => {
      const labels = questions.map(({ label }) => label);
      if (timeoutMs === 0) expect(labels).toHaveLength(new Set(labels).size);
      else expect(questions.filter(({ atMs }) => atMs > timeoutMs)).toEqual([]);
    });
  });

  it('gives up before the deadline only when what is cached outlives it', () => {
    always(({ timeoutMs }, { verdict, endedAtMs, servers }) => {
      if (verdict.reason !== 'not-in-time') return;
      expect(timeoutMs).toBeGreaterThan(0);
      expect(verdict.expectedAtMs).toBeGreaterThan(timeoutMs);
      expect(servers.map(({ expiresAtMs }) => expiresAtMs)).toContain(verdict.expectedAtMs);
      expect(endedAtMs).toBeLessThanOrEqual(timeoutMs + LONGEST_RTT_MS);
    });
  });
});

describe('a record that all servers have long enough before the deadline', () => {
  const published = someTimeMs.chain((publishedAtMs) =>
    fc.record({
      publishedAtMs: fc.constant(publishedAtMs),
      lags: fc.array(fc.tuple(fc.integer({ min: 0, max: 10 * MINUTE_MS }), rttMs), { maxLength: 5 }),
      caches: fc.array(
        fc.record({
          heldUntilMs: fc.array(someTimeMs, { minLength: 1, maxLength: 4 }),
          rttMs,
          seed: fc.integer(),
          ttlS: fc.integer({ min: 1, max: 4000 }),
        }),
        { minLength: 1, maxLength: 5 },
      ),
      pollIntervalMs: fc.integer({ min: 1000, max: MINUTE_MS }),
      seed: fc.integer(),
    }),
  );

  it('is visible, and soon', () => {
    fc.assert(
      fc.property(published, ({ publishedAtMs, lags, caches, pollIntervalMs, seed }) => {
        const everywhereAtMs = publishedAtMs + Math.max(0, ...lags.map(([lagMs]) => lagMs));
        const heldMs = Math.max(...caches.flatMap(({ heldUntilMs }) => heldUntilMs));
        // Without authoritative servers the canary may look just before, and then keep the absence.
        const spoiltMs = lags.length > 0 ? 0 : Math.max(...caches.map(({ ttlS }) => ttlS * 1000));
        const settledAtMs = Math.max(everywhereAtMs, heldMs) + spoiltMs;
        // A poll, a second look, a probe, and the exchanges of each, for the canary and for the others.
        const marginMs = pollIntervalMs + 2 * MINUTE_MS + 10 * LONGEST_RTT_MS;
        const wait = play({
          authoritative: lags.map(
            ([lagMs, rtt]) =>
              () =>
                authority(publishedAtMs + lagMs, rtt),
          ),
          resolvers: caches.map(
            ({ seed: own, ...options }) =>
              () =>
                resolver({ ...options, publishedAtMs: everywhereAtMs, random: seededRandom(own) }),
          ),
          quorum: caches.length,
          required: ['r0'],
          timeoutMs: settledAtMs + spoiltMs + marginMs,
          pollIntervalMs,
          seed,
        });
        expect(wait.verdict).toEqual({ reason: 'visible', authoritative: lags.length > 0 });
        expect(wait.endedAtMs).toBeLessThanOrEqual(settledAtMs + marginMs);
      }),
      { numRuns: RUNS, seed: SEED },
    );
  });
});
