import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createZone, type Sandbox, startSandbox } from '../../../sandbox/index.ts';
import { createDnsClient, type DnsClient } from '../../../src/dns/client/client.ts';
import { type DnsServer, parseResolver, resolverServer } from '../../../src/dns/client/servers.ts';
import { discoverAuthority } from '../../../src/dns/discovery/authority.ts';
import type { DnsMessage, Question } from '../../../src/dns/protocol/message.ts';
import { type Clock, systemClock } from '../../../src/time/clock.ts';
import { NOON_MS } from '../../fakes/clock.ts';
import { simulatedClock } from '../../fakes/simulated-clock.ts';
import { cname, message, type ResponseParts, soa } from '../../samples/dns-responses.ts';

type Script = (question: Question, resolver: string) => ResponseParts | 'silence' | 'never';

const RESOLVERS = ['192.0.2.1', '192.0.2.2', '192.0.2.3'].map(resolver);

function resolver(text: string): DnsServer {
  const spec = parseResolver(text);
  if (spec === undefined) throw new Error(`${text} is no resolver`);
  return resolverServer(spec);
}

const ns = (zone: string, target: string) => ({ type: 'NS', name: zone, ttl: 1, data: target }) as const;
const a = (name: string, data: string) => ({ type: 'A', name, ttl: 1, data }) as const;
const aaaa = (name: string, data: string) => ({ type: 'AAAA', name, ttl: 1, data }) as const;

/** A client that answers by script; `never` hangs until it is aborted. */
function scriptedClient(script: Script, clock: Clock) {
  const asked: { readonly resolver: string; readonly question: string; readonly atMs: number }[] = [];
  let aborted = 0;
  const client: DnsClient = {
    async ask(server, question, signal) {
      const { name, type } = question;
      asked.push({ resolver: server.label, question: `${name} ${type}`, atMs: clock.now() });
      const address = { host: server.label, port: 53 };
      const parts = script(question, server.label);
      if (parts === 'never') {
        return new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => {
            aborted++;
            reject(signal.reason);
          });
        });
      }
      if (parts === 'silence') {
        return { ok: false, silence: 'timeout', address, transport: 'udp', truncatedOverUdp: false };
      }
      const answer: DnsMessage = message({ aa: false, ra: true, ...parts }, question);
      return { ok: true, message: answer, address, transport: 'udp' };
    },
  };
  return { client, asked, aborted: () => aborted };
}

async function discover(name: string, script: Script, resolvers: readonly DnsServer[] = RESOLVERS) {
  const clock = simulatedClock();
  const scripted = scriptedClient(script, clock);
  const { signal } = new AbortController();
  const discovery = await clock.run(
    discoverAuthority(name, { client: scripted.client, clock, resolvers, authoritativePort: 53, signal }),
  );
  // The queries that lost the race are aborted.
  await new Promise(setImmediate);
  return { ...scripted, discovery, tookMs: clock.now() - NOON_MS, sleeping: clock.sleeping };
}

/** Answers from a table of `name type`; everything else is NXDOMAIN under `com`. */
function table(entries: Readonly<Record<string, ResponseParts>>): Script {
  return ({ name, type }) => entries[`${name} ${type}`] ?? { authorities: [soa('example.com')] };
}

const EXAMPLE = {
  'example.com SOA': { answers: [soa('example.com')] },
  'example.com NS': { answers: [ns('example.com', 'ns1.example.com'), ns('example.com', 'ns2.example.net')] },
  'ns1.example.com A': { answers: [a('ns1.example.com', '192.0.2.53')] },
  'ns1.example.com AAAA': { answers: [aaaa('ns1.example.com', '2001:db8::53')] },
  'ns2.example.net A': {
    answers: [a('ns2.example.net', '198.51.100.53'), a('ns2.example.net', '198.51.100.54')],
  },
};

describe('discovery', () => {
  it('finds every address of every name server, IPv6 too', async () => {
    const { discovery } = await discover('example.com', table(EXAMPLE));
    expect(discovery).toMatchObject({ kind: 'found', apex: 'example.com' });
    expect(discovery.kind === 'found' && discovery.servers.map(({ label }) => label)).toEqual([
      'ns1.example.com (192.0.2.53)',
      'ns1.example.com (2001:db8::53)',
      'ns2.example.net (198.51.100.53)',
      'ns2.example.net (198.51.100.54)',
    ]);
    expect(discovery.kind === 'found' && discovery.servers[1]).toMatchObject({
      role: 'authoritative',
      addresses: [{ host: '2001:db8::53', port: 53 }],
    });
  });

  it('finds the apex of a name below it by the SOA in the authority section', async () => {
    const { discovery, asked } = await discover('a.b.example.com', table(EXAMPLE));
    expect(discovery).toMatchObject({ kind: 'found', apex: 'example.com' });
    expect(asked.filter(({ question }) => question.endsWith('SOA'))).toHaveLength(1);
  });

  it('takes the closest zone, a delegated one, and not the one above', async () => {
    const entries = {
      'team.example.com SOA': { answers: [soa('team.example.com')] },
      'team.example.com NS': { answers: [ns('team.example.com', 'ns.example.org')] },
      'ns.example.org A': { answers: [a('ns.example.org', '203.0.113.53')] },
    };
    const { discovery } = await discover('team.example.com', table({ ...EXAMPLE, ...entries }));
    expect(discovery).toMatchObject({ kind: 'found', apex: 'team.example.com', servers: [{}] });
  });

  it('walks up while an answer has no SOA', async () => {
    const entries = { 'a.b.example.com SOA': {}, 'b.example.com SOA': {} };
    const { discovery, asked } = await discover('a.b.example.com', table({ ...EXAMPLE, ...entries }));
    expect(discovery).toMatchObject({ kind: 'found', apex: 'example.com' });
    expect(asked.slice(0, 3).map(({ question }) => question)).toEqual([
      'a.b.example.com SOA',
      'b.example.com SOA',
      'example.com SOA',
    ]);
  });

  it.each(['answers', 'authorities'])(
    'passes over a foreign SOA behind a CNAME, in the %s',
    async (section) => {
      const foreign = { answers: [cname('www.example.com', 'host.cdn.example')] };
      const entry: ResponseParts =
        section === 'answers'
          ? { answers: [...foreign.answers, soa('cdn.example')] }
          : { ...foreign, authorities: [soa('cdn.example')] };
      const { discovery } = await discover(
        'www.example.com',
        table({ ...EXAMPLE, 'www.example.com SOA': entry }),
      );
      expect(discovery).toMatchObject({ kind: 'found', apex: 'example.com' });
    },
  );

  it('does not take a zone for one above that only ends in the same letters', async () => {
    const entries = { 'notexample.com SOA': { authorities: [soa('example.com')] } };
    const { asked } = await discover('notexample.com', table({ ...EXAMPLE, ...entries }));
    expect(asked.map(({ question }) => question)).toContain('com SOA');
  });

  it.each([
    ['a top-level domain', 'com'],
    ['the root', '.'],
  ])('says that a domain is not registered when its closest zone is %s', async (_what, apex) => {
    const { discovery, asked } = await discover('nobody.com', () => ({ rcode: 3, authorities: [soa(apex)] }));
    expect(discovery).toEqual({ kind: 'not-registered', apex });
    expect(asked).toHaveLength(1);
  });

  it('asks each resolver as well once the ones before have been silent for a second', async () => {
    const { discovery, asked, tookMs, aborted, sleeping } = await discover(
      'example.com',
      (question, label) => (label === '192.0.2.3' ? table(EXAMPLE)(question, label) : 'never'),
    );
    expect(discovery).toMatchObject({ kind: 'found', apex: 'example.com' });
    const soaQuestions = asked.filter(({ question }) => question.endsWith('SOA'));
    expect(soaQuestions.map(({ resolver: label, atMs }) => [label, atMs - NOON_MS])).toEqual([
      ['192.0.2.1', 0],
      ['192.0.2.2', 1000],
      ['192.0.2.3', 2000],
    ]);
    // SOA, then NS, then all addresses side by side.
    expect(tookMs).toBe(6000);
    expect(aborted()).toBe(asked.filter(({ resolver: label }) => label !== '192.0.2.3').length);
    expect(sleeping).toBe(0);
  });

  it('leaves the other resolvers alone when the first one answers', async () => {
    const { asked, tookMs } = await discover('example.com', table(EXAMPLE));
    expect(new Set(asked.map(({ resolver: label }) => label))).toEqual(new Set(['192.0.2.1']));
    expect(tookMs).toBe(0);
  });

  it.each([2, 5])('does not take RCODE %i for an answer', async (rcode) => {
    const { discovery } = await discover('example.com', (question, label) =>
      label === '192.0.2.2' ? table(EXAMPLE)(question, label) : { rcode },
    );
    expect(discovery).toMatchObject({ kind: 'found' });
  });

  it.each(['silence', { rcode: 2 }] as const)('says so when no resolver answers: %j', async (parts) => {
    const { discovery } = await discover('example.com', () => parts);
    expect(discovery).toEqual({
      kind: 'unknown',
      reason: expect.stringContaining('no resolver'),
    });
  });

  it('says so when no name server has an address', async () => {
    const { discovery } = await discover('example.com', ({ name, type }) =>
      type === 'SOA'
        ? { answers: [soa('example.com')] }
        : type === 'NS'
          ? { answers: [ns(name, 'x.y')] }
          : {},
    );
    expect(discovery).toEqual({
      kind: 'unknown',
      reason: expect.stringMatching(/no address.* of example\.com/),
    });
  });

  it('passes over name servers whose names cannot be asked for', async () => {
    const entries = {
      'example.com NS': {
        answers: [
          ns('example.com', '.'),
          ns('example.com', 'ns1.example.com'),
          ns('example.com', 'ns9.gone'),
        ],
      },
    };
    const { discovery, asked } = await discover('example.com', table({ ...EXAMPLE, ...entries }));
    expect(discovery).toMatchObject({ kind: 'found', servers: [{}, {}] });
    expect(asked.map(({ question }) => question)).not.toContain('. A');
  });

  it('counts an address once that several names share', async () => {
    const entries = {
      'ns2.example.net A': { answers: [a('ns2.example.net', '192.0.2.53')] },
    };
    const { discovery } = await discover('example.com', table({ ...EXAMPLE, ...entries }));
    expect(
      discovery.kind === 'found' &&
        discovery.servers.flatMap(({ addresses }) => addresses.map(({ host }) => host)),
    ).toEqual(['192.0.2.53', '2001:db8::53']);
  });

  it('takes no more servers than it could ask', async () => {
    const answers = Array.from({ length: 100 }, (_, index) => a('ns1.example.com', `192.0.2.${index}`));
    const { discovery } = await discover(
      'example.com',
      table({ ...EXAMPLE, 'ns1.example.com A': { answers } }),
    );
    expect(discovery.kind === 'found' && discovery.servers).toHaveLength(64);
  });

  it('never asks a resolver for TXT', async () => {
    const scripts: readonly Script[] = [
      table(EXAMPLE),
      () => 'silence',
      () => ({ rcode: 3, authorities: [soa('com')] }),
      () => ({}),
    ];
    for (const script of scripts) {
      const { asked } = await discover('a.example.com', script);
      expect(asked.length).toBeGreaterThan(0);
      for (const { question } of asked) expect(question).toMatch(/ (SOA|NS|A|AAAA)$/);
    }
  });

  it("rejects with the signal's reason", async () => {
    const clock = simulatedClock();
    const stop = new AbortController();
    const { client } = scriptedClient(() => 'never', clock);
    const services = { client, clock, resolvers: RESOLVERS, authoritativePort: 53, signal: stop.signal };
    const found = discoverAuthority('example.com', services);
    const reason = new Error('stop');
    stop.abort(reason);
    await expect(found).rejects.toBe(reason);
    expect(clock.sleeping).toBe(0);
  });

  it('rejects with a defect of the code instead of taking it for silence', async () => {
    const defect = new TypeError('not a function');
    const script = (): never => {
      throw defect;
    };
    await expect(discover('example.com', script)).rejects.toBe(defect);
  });
});

describe('discovery through a caching resolver', () => {
  let sandbox: Sandbox;
  beforeEach(async () => {
    sandbox = await startSandbox();
  });
  afterEach(() => sandbox.close());

  const through = (name: string) =>
    discoverAuthority(name, {
      client: createDnsClient(),
      clock: systemClock,
      resolvers: [resolver(sandbox.resolver.address)],
      authoritativePort: sandbox.authoritative.port,
      signal: new AbortController().signal,
    });

  it('finds the server of the zone, from its apex and from far below, without a question for TXT', async () => {
    for (const name of ['example.com', 'x.y.z.example.com', 'ns1.example.com']) {
      expect(await through(name)).toMatchObject({
        kind: 'found',
        apex: 'example.com',
        servers: [{ addresses: [{ host: '127.0.0.1', port: sandbox.authoritative.port }] }],
      });
    }
    const types = new Set(
      [...sandbox.resolver.queries, ...sandbox.authoritative.queries].map(({ type }) => type),
    );
    expect(types).toEqual(new Set(['SOA', 'NS', 'A', 'AAAA']));
  });

  it('follows a delegation to the zone below', async () => {
    sandbox.addZone({
      origin: 'team.example.com',
      nameServers: ['ns1.example.com'],
    });
    expect(await through('team.example.com')).toMatchObject({ kind: 'found', apex: 'team.example.com' });
  });

  it('reports a name that is in no zone below the top-level domain', async () => {
    sandbox.authoritative.addZone(createZone({ origin: 'test', nameServers: ['ns1.example.com'] }));
    expect(await through('nobody.test')).toEqual({ kind: 'not-registered', apex: 'test' });
  });
});
