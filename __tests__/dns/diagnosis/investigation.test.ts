import { describe, expect, it } from 'vitest';
import type { DnsClient } from '../../../src/dns/client/client.ts';
import { authoritativeServer } from '../../../src/dns/client/servers.ts';
import { investigate, type Scene } from '../../../src/dns/diagnosis/investigation.ts';
import { NOON_MS } from '../../fakes/clock.ts';
import { simulatedClock } from '../../fakes/simulated-clock.ts';
import { EXPECTED } from '../../samples/dns-responses.ts';

const server = authoritativeServer({ host: '192.0.2.1', port: 53 });
const SCENE: Scene = {
  expected: EXPECTED,
  zone: EXPECTED.name,
  isDiscovered: true,
  resolversMayKnow: false,
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
