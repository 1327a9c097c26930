import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDnsClient } from '../../../src/dns/client/client.ts';
import { parseResolver } from '../../../src/dns/client/servers.ts';
import { createRecordWatch } from '../../../src/dns/wait/record-watch.ts';
import { tooEarly } from '../../checks/early-questions.ts';
import { acceleratedClock } from '../../fakes/accelerated-clock.ts';
import { type Shape, startDrawnWorld } from '../../fakes/drawn-world.ts';
import { recordingLog } from '../../fakes/recording-log.ts';
import { routedTransports } from '../../fakes/routed-transports.ts';
import { EXPECTED } from '../../samples/dns-responses.ts';

const RUNS = Number(process.env['ZONE_SHAPES'] ?? 60);
/** The same shapes in every run; another number looks elsewhere. */
const SEED = Number(process.env['ZONE_SHAPES_SEED'] ?? 4711);
/** Seconds by the wait's clock per second of the test. */
const FASTER = 50;
/** Much less than the zones let others cache an absence: who has spoilt a cache does not see the record in time. */
const LIMITS = { timeoutMs: 600_000, pollIntervalMs: 15_000 };

/** A shape, and how its record is published, in seconds. */
interface Case extends Shape {
  /** What is absent in a zone then denies more than was asked for. */
  readonly isSigned: boolean;
  /** The second is late enough for a look for the cause. */
  readonly publishedAfterS: 8 | 75;
  /** How much later than the one before each further server has the record. */
  readonly lagS: number;
}

const shapes: fc.Arbitrary<Case> = fc.record({
  isSigned: fc.boolean(),
  registry: fc.constantFrom('test', 'co.uk'),
  place: fc.constantFrom('apex', 'existing', 'missing', 'between', 'deep'),
  hosts: fc.array(fc.constantFrom('own', 'foreign', 'target'), { minLength: 1, maxLength: 3 }),
  child: fc.option(fc.record({ host: fc.constantFrom('own', 'foreign'), hasAddress: fc.boolean() }), {
    nil: undefined,
  }),
  isAlias: fc.boolean(),
  isFirstResolverSlow: fc.boolean(),
  publishedAfterS: fc.oneof(
    { weight: 7, arbitrary: fc.constant(8 as const) },
    { weight: 1, arbitrary: fc.constant(75 as const) },
  ),
  lagS: fc.integer({ min: 0, max: 7 }),
});

/** What was asked of resolvers before every authoritative server had the record, and how the wait ended. */
async function play(drawn: Case) {
  const clock = acceleratedClock(FASTER);
  await using world = await startDrawnWorld(drawn, clock);
  const transports = routedTransports(world.routes);
  const resolvers = world.resolvers.flatMap((address) => parseResolver(address) ?? []);
  const watch = createRecordWatch(
    {
      resolvers: resolvers.map((one) => ({ ...one, required: true })),
      quorum: 2,
      authoritativeServers: 'auto',
    },
    {
      client: createDnsClient({ transports: { ...transports, tls: transports.tcp, https: transports.tcp } }),
      clock,
      signal: new AbortController().signal,
      systemNameServers: async () => undefined,
    },
  );
  const publish = async (): Promise<number> => {
    await clock.sleep(drawn.publishedAfterS * 1000);
    for (;;) {
      world.publishNext(EXPECTED.value);
      const publishedAtMs = clock.now();
      if (world.isPublished()) return publishedAtMs;
      await clock.sleep(drawn.lagS * 1000);
    }
  };
  const [report, publishedAtMs] = await Promise.all([
    watch.waitFor({ name: world.name, value: EXPECTED.value }, LIMITS, recordingLog()),
    publish(),
  ]);
  const early = world.asked().filter(({ receivedAt }) => receivedAt < publishedAtMs);
  return { report, world, early: early.map(({ name, type }) => ({ name: name.toLowerCase(), type })) };
}

describe('whatever shape the zones of an email domain have', () => {
  it('no resolver is asked too early, and all see the record once every authoritative server has it', async () => {
    let questions = 0;
    const property = fc.asyncProperty(shapes, async (drawn) => {
      const { report, early, world } = await play(drawn);
      questions += early.length;
      const asked = early.map(({ name, type }) => `${name} ${type}`);
      expect(tooEarly(asked, world.own)).toEqual([]);
      // An NSEC record denies the other types of its name, and every name up to the next one (RFC 8198).
      const denied = early.filter(({ name, type }) => {
        const zone = world.zoneOf(name);
        return world.holders.includes(zone) && zone.lookUp(name, type).answers.length === 0;
      });
      if (drawn.isSigned) expect(denied).toEqual([]);
      expect(report).toMatchObject({ visible: true, authoritative: true });
    });
    await fc.assert(property, { numRuns: RUNS, seed: SEED });
    // Before publication, each wait asked the resolvers where to begin.
    expect(questions).toBeGreaterThan(2 * RUNS);
  }, 300_000);
});
