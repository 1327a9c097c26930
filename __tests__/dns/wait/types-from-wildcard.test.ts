import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDnsClient, type DnsClient } from '../../../src/dns/client/client.ts';
import { authoritativeServer, type DnsServer } from '../../../src/dns/client/servers.ts';
import { AuthorityFinder } from '../../../src/dns/discovery/authority.ts';
import type { AddressServices } from '../../../src/dns/discovery/name-server-addresses.ts';
import type { Question } from '../../../src/dns/protocol/message.ts';
import { typesFromWildcard } from '../../../src/dns/wait/types-from-wildcard.ts';
import { StoppedError } from '../../../src/domain/errors.ts';
import { systemClock } from '../../../src/time/clock.ts';
import { rejectionOf } from '../../checks/errors.ts';
import { NOON_MS } from '../../fakes/clock.ts';
import { simulatedClock } from '../../fakes/simulated-clock.ts';
import {
  missingPrograms,
  mustHaveRealDns,
  type Nsd,
  type RealZone,
  startNsd,
} from '../../real/dns-worlds.ts';
import { message, type ResponseParts } from '../../samples/dns-responses.ts';

const SERVER = authoritativeServer({ host: '192.0.2.1', port: 53 }, 'ns1.example.com');
const OTHER_SERVER = authoritativeServer({ host: '192.0.2.2', port: 53 }, 'ns2.example.com');

/** A look with a client that keeps what it was asked; by default, nothing has an address. */
function looking(client: DnsClient, changes: Partial<AddressServices> = {}) {
  const asked: Question[] = [];
  const services: AddressServices = {
    client: {
      ask(server, question, signal) {
        asked.push(question);
        return client.ask(server, question, signal);
      },
    },
    clock: systemClock,
    resolvers: [],
    authoritativePort: 53,
    signal: new AbortController().signal,
    ...changes,
  };
  const look = (name: string, given: readonly DnsServer[] | undefined, limitMs = 5000) =>
    typesFromWildcard(name, given, new AuthorityFinder(services), services, limitMs);
  return { look, asked };
}

function answering(partsFor: (question: Question, server: DnsServer) => ResponseParts): DnsClient {
  const address = { host: '192.0.2.1', port: 53 };
  return {
    ask: async (server, question) => ({
      ok: true,
      message: message(partsFor(question, server), question),
      address,
      transport: 'udp',
    }),
  };
}

const silent: DnsClient = {
  ask: (_, __, signal) =>
    new Promise((_resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason));
    }),
};

/** RFC 4592's cases: `mail` and `eu` exist, `corp` does not, `far` is an empty non-terminal. */
const ZONE: RealZone = {
  origin: 'example.test',
  records: [
    '@ NS ns1',
    'ns1 A 127.0.0.1',
    '* MX 10 mx1.example.net.',
    '* MX 20 mx2.example.net.',
    '* TXT "v=spf1 mx -all"',
    'mail A 192.0.2.1',
    'copy MX 10 mx1.example.net.',
    '_dmarc.far TXT "v=DMARC1; p=none"',
    'eu A 192.0.2.2',
    '*.us A 192.0.2.3',
    '*.us AAAA 2001:db8::3',
    'both A 192.0.2.4',
    '*.both A 192.0.2.4',
    '*.alias CNAME target.example.net.',
    'hub A 192.0.2.5',
    '*.hub MX 10 mx1.example.net.',
    '*.hub MX 20 mx2.example.net.',
    'cut NS ns1',
  ],
};
const MAIL = ['MX 10 mx1.example.net.', 'MX 20 mx2.example.net.'];
/** Delegated, and with the mail of the wildcard beside it. */
const CHILD: RealZone = {
  origin: 'cut.example.test',
  records: ['@ NS ns1.example.test.', ...MAIL.flatMap((mx) => [`@ ${mx}`, `* ${mx}`])],
};
const TOP_LEVEL: RealZone = {
  origin: 'test',
  records: ['@ NS a.nic', 'a.nic A 127.0.0.1', 'example NS ns1.example', 'ns1.example A 127.0.0.1'],
};

const isSkipped = missingPrograms(['nsd']).length > 0 && !mustHaveRealDns();

describe.skipIf(isSkipped)('the types that a name has only from a wildcard, by NSD', () => {
  let nsd: Nsd;

  beforeAll(async () => {
    nsd = await startNsd({ zones: [ZONE, CHILD, TOP_LEVEL] });
  });

  afterAll(() => nsd[Symbol.asyncDispose]());

  const given = () => [authoritativeServer({ host: nsd.host, port: nsd.port })];

  it.each([
    ['corp.example.test', ['MX', 'TXT']],
    ['a.corp.example.test', ['MX', 'TXT']],
    ['corp.us.example.test', ['A', 'AAAA']],
    ['corp.alias.example.test', ['CNAME']],
  ])('are known for %s', async (name, types) => {
    expect((await looking(createDnsClient()).look(name, given())).toSorted()).toEqual(types);
  });

  it.each([
    ['exists', 'mail.example.test'],
    ['has the same records itself', 'copy.example.test'],
    ['is an empty non-terminal', 'far.example.test'],
    ['is below one that exists', 'corp.eu.example.test'],
    ['has the same address as the wildcard below it', 'both.example.test'],
    ['has only a wildcard below it', 'us.example.test'],
    ['has no mail itself, but below it as beside it', 'hub.example.test'],
    ['is in no zone of the server', 'corp.example.org'],
  ])('are none for a name that %s', async (_, name) => {
    expect(await looking(createDnsClient()).look(name, given())).toEqual([]);
  });

  it('are found without given servers, and no resolver learns of the name', async () => {
    const resolver = authoritativeServer({ host: nsd.host, port: nsd.port }, 'resolver');
    const services = { resolvers: [resolver], authoritativePort: nsd.port };
    const { look, asked } = looking(createDnsClient(), services);
    expect((await look('corp.example.test', undefined)).toSorted()).toEqual(['MX', 'TXT']);
    const ofServers = asked.filter(({ name }) => name.endsWith('corp.example.test'));
    expect(new Set(ofServers.map(({ type }) => type))).toEqual(new Set(['SOA', 'MX', 'TXT', 'A', 'AAAA']));
    // A zone apex, though everything below it and beside it has the same mail.
    expect(await look('cut.example.test', given())).toEqual(['MX']);
    expect(await look('cut.example.test', undefined)).toEqual([]);
  });
});

describe('the types that a name has only from a wildcard', () => {
  it('cost one question, not about the name, where nothing is below it', async () => {
    const { look, asked } = looking(answering(() => ({ rcode: 3 })));
    expect(await look('corp.example.com', [SERVER])).toEqual([]);
    expect(asked).toEqual([
      { name: expect.stringMatching(/^[0-9a-f]{12}\.corp\.example\.com$/), type: 'MX' },
    ]);
  });

  it('are none where a server says NOERROR for every name', async () => {
    const { look, asked } = looking(answering(() => ({})));
    expect(await look('corp.example.com', [SERVER])).toEqual([]);
    expect(asked.every(({ name }) => name !== 'corp.example.com')).toBe(true);
  });

  it('are not asked for right below a top-level domain, nor where no name fits below', async () => {
    const { look, asked } = looking(silent);
    const longest = `${'a'.repeat(59)}.`.repeat(4);
    expect(await look('example.com', [SERVER])).toEqual([]);
    expect(await look(`${longest}example`, [SERVER])).toEqual([]);
    expect(asked).toEqual([]);
  });

  it.each<[string, ResponseParts]>([
    ['is not authoritative', { aa: false }],
    ['refuses', { rcode: 5 }],
    ['is cut off', { tc: true }],
  ])('are asked of the next server when the answer of one %s', async (_, unusable) => {
    const answers = (name: string) => [{ name, type: 'A', data: '192.0.2.1' }] as const;
    const client = answering(({ name, type }, server) => ({
      ...(server === SERVER && unusable),
      ...(type === 'A' && { answers: answers(name) }),
    }));
    const { look } = looking(client);
    expect(await look('corp.example.com', [SERVER])).toEqual([]);
    expect(await look('corp.example.com', [SERVER, OTHER_SERVER])).toEqual(['A']);
  });

  it.each([
    ['of the zone', undefined],
    ['that were given', [SERVER]],
  ])('are given up after the limit when the servers %s are silent', async (_, given) => {
    const clock = simulatedClock();
    const { look, asked } = looking(silent, { clock, resolvers: [SERVER] });
    expect(await clock.run(look('corp.example.com', given, 5000))).toEqual([]);
    expect(clock.now() - NOON_MS).toBe(5000);
    expect(asked).not.toEqual([]);
  });

  it('end with the step', async () => {
    const stopping = new AbortController();
    const { look } = looking(silent, { signal: stopping.signal });
    const result = look('corp.example.com', [SERVER]);
    const stop = new StoppedError('Stopped by SIGTERM.');
    stopping.abort(stop);
    expect(await rejectionOf(result, StoppedError)).toBe(stop);
  });
});
