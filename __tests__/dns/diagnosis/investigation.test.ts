import { describe, expect, it } from 'vitest';
import type { DnsClient, Reply } from '../../../src/dns/client/client.ts';
import { authoritativeServer, type DnsServer } from '../../../src/dns/client/servers.ts';
import { investigate, type Scene } from '../../../src/dns/diagnosis/investigation.ts';
import { NOON_MS } from '../../fakes/clock.ts';
import { simulatedClock } from '../../fakes/simulated-clock.ts';
import { EXPECTED, message, type ResponseParts, soa, txt } from '../../samples/dns-responses.ts';

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
      investigate(SCENE, {
        client,
        clock,
        signal: new AbortController().signal,
        parentNameServers: async () => ['ns1.example.net'],
        systemNameServers: async () => ['ns1.example.net'],
      }),
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
