import { describe, expect, it } from 'vitest';
import type { DnsClient, Reply } from '../../../src/dns/client/client.ts';
import { authoritativeServer, type DnsServer } from '../../../src/dns/client/servers.ts';
import { investigate, type Scene } from '../../../src/dns/diagnosis/investigation.ts';
import type { Question } from '../../../src/dns/protocol/message.ts';
import { NOON_MS } from '../../fakes/clock.ts';
import { simulatedClock } from '../../fakes/simulated-clock.ts';
import { cname, EXPECTED, message, type ResponseParts, soa, txt } from '../../samples/dns-responses.ts';

const server = authoritativeServer({ host: '192.0.2.1', port: 53 });
const SCENE: Scene = {
  expected: EXPECTED,
  zone: EXPECTED.name,
  isDiscovered: true,
  resolvers: [],
  authoritative: [
    {
      server,
      state: {
        label: server.label,
        observation: { kind: 'absent', values: [], ttlS: 60, serial: 1 },
        answeredAtMs: NOON_MS,
        presentSinceMs: undefined,
        expiresAtMs: undefined,
        hasAnswered: true,
        saysBoth: false,
      },
      reply: {
        ok: true,
        address: { host: '192.0.2.1', port: 53 },
        transport: 'udp',
        message: {
          rcode: 'NOERROR',
          authoritative: true,
          truncated: false,
          recursionAvailable: false,
          answers: [],
          authorities: [],
          additionals: [],
          extendedErrors: [],
        },
      },
    },
  ],
};

describe('an investigation', () => {
  it('gives up probes that take longer than ten seconds, and leaves nothing behind', async () => {
    const clock = simulatedClock();
    const client: DnsClient = {
      async ask(_server, _question, signal) {
        await clock.sleep(3_600_000, signal);
        throw new Error('nobody waits that long');
      },
    };
    const probes = await clock.run(
      investigate(
        { ...SCENE, expected: { ...SCENE.expected, name: `mail.${SCENE.expected.name}` } },
        {
          client,
          clock,
          signal: new AbortController().signal,
          parentNameServers: async () => ['ns1.example.net'],
          systemNameServers: async () => ['ns1.example.net'],
        },
      ),
    );
    expect(clock.now() - NOON_MS).toBe(10_000);
    expect(probes).toMatchObject({
      elsewhere: [],
      delegation: undefined,
      systemNameServers: ['ns1.example.net'],
    });
    await new Promise(setImmediate);
    expect(clock.sleeping).toBe(0);
  });

  it("ends at once with the signal's reason", async () => {
    const clock = simulatedClock();
    const stop = new AbortController();
    const client: DnsClient = {
      ask: (_server, _question, signal) => clock.sleep(3_600_000, signal).then(() => expect.fail()),
    };
    const investigation = investigate(SCENE, {
      client,
      clock,
      signal: stop.signal,
      parentNameServers: async () => [],
      systemNameServers: async () => undefined,
    });
    stop.abort(new Error('stopped'));
    await expect(investigation).rejects.toThrow('stopped');
  });
});

describe('the look for other backends of a resolver', () => {
  const resolver: DnsServer = { ...server, label: 'r', role: 'resolver' };
  const reply = (parts: ResponseParts): Reply => ({
    ok: true,
    message: message(parts),
    address: { host: '192.0.2.1', port: 53 },
    transport: 'udp',
  });
  const YES = reply({ answers: [txt(EXPECTED.value)] });
  const NO = reply({ authorities: [soa(EXPECTED.name)] });

  /** What is found when the resolver's entry expires at that time, and it gives these answers 20 ms later. */
  async function undecided(expiresInMs: number | undefined, replies: readonly Reply[]) {
    const clock = simulatedClock();
    const expiresAtMs = expiresInMs === undefined ? undefined : NOON_MS + expiresInMs;
    const known = { answeredAtMs: NOON_MS, hasAnswered: true, saysBoth: false };
    const state = { label: 'r', ...known, presentSinceMs: undefined, expiresAtMs };
    const here = { kind: 'present', values: [EXPECTED.value], ttlS: 60 } as const;
    const gone = { kind: 'absent', values: [], ttlS: 60, serial: 1 } as const;
    const left = [...replies];
    const client: DnsClient = {
      async ask(asked, _question, signal) {
        await clock.sleep(20, signal);
        return asked.role === 'resolver' ? (left.shift() ?? NO) : YES;
      },
    };
    const scene: Scene = {
      ...SCENE,
      authoritative: SCENE.authoritative.map((one) => ({
        ...one,
        state: { ...one.state, observation: here },
      })),
      resolvers: [{ server: resolver, reply: NO, state: { ...state, observation: gone } }],
    };
    const probes = await clock.run(
      investigate(scene, {
        client,
        clock,
        signal: new AbortController().signal,
        parentNameServers: async () => [],
        systemNameServers: async () => undefined,
      }),
    );
    return probes.undecided;
  }

  it.each([
    ['its entry has not expired, and it has the record', 60_000, [YES, YES, YES], ['r']],
    ['its entry has expired, and all answers have the record', 10, [YES, YES, YES], []],
    ['its answer had no TTL, and all answers have the record', undefined, [YES, YES, YES], []],
    ['its entry has expired, and the answers differ', 10, [YES, NO, YES], ['r']],
    ['it still lacks the record', 60_000, [NO, NO, NO], []],
  ])(
    'proves several of them only if one cache cannot say that: %s',
    async (_what, expiresInMs, replies, found) => {
      expect(await undecided(expiresInMs, replies)).toEqual(found);
    },
  );
});

describe('with two authoritative servers that differ', () => {
  const NAME = EXPECTED.name;
  const ns = (data: string) => ({ type: 'NS', name: NAME, ttl: 60, data }) as const;

  /** What is found where `former` lacks the record and `present` has it; each answers other questions as given. */
  async function probe(zone: string, answers: (label: string, question: Question) => ResponseParts) {
    const clock = simulatedClock();
    const [first] = SCENE.authoritative;
    if (first === undefined) throw new Error('the scene has no server');
    const named = (label: string, kind: 'absent' | 'present') => {
      const observation = { kind, values: [], ttlS: 60, serial: 1 };
      return { ...first, server: { ...server, label }, state: { ...first.state, label, observation } };
    };
    const client: DnsClient = {
      ask: async (asked, question) => ({
        ok: true,
        message: message(answers(asked.label, question), question),
        address: { host: '192.0.2.1', port: 53 },
        transport: 'udp',
      }),
    };
    const authoritative = [named('former', 'absent'), named('present', 'present')];
    return clock.run(
      investigate(
        { ...SCENE, zone, authoritative },
        {
          client,
          clock,
          signal: new AbortController().signal,
          parentNameServers: async () => ['ns.former.test'],
          systemNameServers: async () => undefined,
        },
      ),
    );
  }

  it("reads the zone's own name servers where the record is: the former provider has its own", async () => {
    const { delegation } = await probe(NAME, (label, { type }) => ({
      answers: type === 'NS' ? [ns(`ns.${label}.test`)] : [],
    }));
    expect(delegation).toEqual({ parent: ['ns.former.test'], child: ['ns.present.test'] });
  });

  it('reads at each of them in which zone the name is, unless it is the zone apex', async () => {
    const below = (label: string): ResponseParts =>
      label === 'present' ? { answers: [soa(NAME)] } : { authorities: [soa('com')] };
    const { zones } = await probe('com', below);
    expect([...zones]).toEqual([
      ['former', 'com'],
      ['present', NAME],
    ]);
    expect((await probe(NAME, below)).zones.size).toBe(0);
  });

  it.each<[string, ResponseParts]>([
    ['is behind a CNAME', { answers: [cname(NAME, 'target.example.net'), soa('example.net')] }],
    ['is not authoritative', { aa: false, answers: [soa(NAME)] }],
    ['is a referral', { aa: false, authorities: [ns('ns.example.net')] }],
  ])('takes no zone from an answer that %s', async (_what, parts) => {
    expect((await probe('com', () => parts)).zones.size).toBe(0);
  });
});
