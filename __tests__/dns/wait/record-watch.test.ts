import type { Answer } from 'dns-packet';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  type AuthoritativeServer,
  type CachingResolver,
  type Sandbox,
  startSandbox,
} from '../../../sandbox/index.ts';
import { createDnsClient, type DnsClient } from '../../../src/dns/client/client.ts';
import { parseResolver, parseSocketAddress } from '../../../src/dns/client/servers.ts';
import type { Question } from '../../../src/dns/protocol/message.ts';
import { createRecordWatch } from '../../../src/dns/wait/record-watch.ts';
import type { DnsReport } from '../../../src/domain/dns-report.ts';
import type { DnsSettings } from '../../../src/domain/settings.ts';
import { systemClock } from '../../../src/time/clock.ts';
import { NOON_MS } from '../../fakes/clock.ts';
import { recordingLog } from '../../fakes/recording-log.ts';
import { simulatedClock } from '../../fakes/simulated-clock.ts';
import { EXPECTED, message, soa, txt } from '../../samples/dns-responses.ts';

let sandbox: Sandbox;
let second: CachingResolver;
beforeEach(async () => {
  sandbox = await startSandbox();
  second = await sandbox.startResolver();
});
afterEach(() => sandbox.close());

const publish = () => sandbox.publishTxt(EXPECTED.name, EXPECTED.value);

async function watch({
  authoritative = 'auto',
  name = EXPECTED.name,
  timeoutMs = 0,
  resolvers = [sandbox.resolver.address, second.address],
}: {
  readonly authoritative?: 'auto' | 'off' | readonly string[];
  readonly name?: string;
  readonly timeoutMs?: number;
  readonly resolvers?: readonly string[];
} = {}): Promise<{ report: DnsReport; lines: readonly string[] }> {
  const settings: DnsSettings = {
    resolvers: resolvers.flatMap((text) => parseResolver(text) ?? []),
    quorum: 2,
    authoritativeServers:
      typeof authoritative === 'string'
        ? authoritative
        : authoritative.flatMap((text) => parseSocketAddress(text, 53) ?? []),
  };
  const log = recordingLog();
  const services = {
    client: createDnsClient(),
    clock: systemClock,
    signal: new AbortController().signal,
    authoritativePort: sandbox.authoritative.port,
    systemNameServers: async () => undefined,
  };
  const expected = { name, value: EXPECTED.value };
  const report = await createRecordWatch(settings, services).waitFor(
    expected,
    { timeoutMs, pollIntervalMs: 1000 },
    log,
  );
  return { report, lines: log.lines };
}

const txtQuestions = (server: CachingResolver | AuthoritativeServer) =>
  server.queries.filter(({ type }) => type === 'TXT');

describe('the record watch', () => {
  it('asks the same servers in every wait, so that it learns only once which transport works', async () => {
    publish();
    const real = createDnsClient();
    const asked = new Map<string, Set<object>>();
    const client: DnsClient = {
      ask(server, ...rest) {
        asked.set(server.label, (asked.get(server.label) ?? new Set()).add(server));
        return real.ask(server, ...rest);
      },
    };
    const settings: DnsSettings = {
      resolvers: [sandbox.resolver, second].flatMap(({ address }) => parseResolver(address) ?? []),
      quorum: 2,
      authoritativeServers: [sandbox.authoritative].map(({ host, port }) => ({ host, port })),
    };
    const signal = new AbortController().signal;
    const services = { client, clock: systemClock, signal, systemNameServers: async () => undefined };
    const watched = createRecordWatch(settings, services);
    const expected = { name: 'example.com', value: EXPECTED.value };
    const once = () => watched.waitFor(expected, { timeoutMs: 0, pollIntervalMs: 1000 }, recordingLog());
    expect((await once()).visible && (await once()).visible).toBe(true);
    expect([...asked.values()].map((servers) => servers.size)).toEqual([1, 1, 1]);
  });

  it('finds the authoritative servers by itself, and then asks the resolvers', async () => {
    publish();
    const { report, lines } = await watch();
    const { port } = sandbox.authoritative;
    expect(report).toMatchObject({
      name: 'example.com',
      type: 'TXT',
      value: EXPECTED.value,
      visible: true,
      authoritative: true,
      reason: 'visible',
      zone: 'example.com',
      servers: [
        { server: `ns2.example.com (127.0.0.1:${port})`, role: 'authoritative', record: 'present', ttl: 300 },
        { server: sandbox.resolver.address, role: 'resolver', record: 'present' },
        { server: second.address, role: 'resolver', record: 'present' },
      ],
    });
    expect(report.servers[0]?.txt).toEqual(['v=spf1 -all', EXPECTED.value]);
    const [asking, authoritative, askingResolvers, ...resolvers] = lines;
    expect(asking).toMatch(/authoritative servers of example\.com/);
    for (const line of [asking, authoritative]) expect(line).toContain(`ns2.example.com (127.0.0.1:${port})`);
    expect(authoritative).toMatch(/has the record/);
    expect(askingResolvers).toContain(`resolvers: ${sandbox.resolver.address}, ${second.address}`);
    expect(resolvers).toEqual([expect.stringMatching(/127\.0\.0\.1:\d+, 127\.0\.0\.1:\d+ have the record/)]);
  });

  it('asks no resolver for the TXT record before it is published', async () => {
    const watched = watch({ timeoutMs: 100_000 });
    await vi.waitFor(() => expect(txtQuestions(sandbox.authoritative).length).toBeGreaterThan(1), 100_000);
    expect(txtQuestions(sandbox.resolver)).toEqual([]);
    publish();
    const { report } = await watched;
    expect(report).toMatchObject({ visible: true, authoritative: true });
    expect(txtQuestions(sandbox.resolver)).toHaveLength(1);
    expect(txtQuestions(second)).toHaveLength(1);
  });

  it('takes the authoritative servers that it is given', async () => {
    publish();
    const { report, lines } = await watch({ authoritative: [sandbox.authoritative.address] });
    expect(report).toMatchObject({ visible: true, authoritative: true });
    expect(report).not.toHaveProperty('zone');
    expect(report.servers[0]?.server).toBe(sandbox.authoritative.address);
    expect(new Set([...sandbox.resolver.queries].map(({ type }) => type))).toEqual(new Set(['TXT']));
    expect(lines[0]).toMatch(/authoritative servers of example\.com/);
    expect(lines[0]).toContain(sandbox.authoritative.address);
  });

  it('does without them when they are off', async () => {
    publish();
    const { report, lines } = await watch({ authoritative: 'off' });
    expect(report).toMatchObject({ visible: true, authoritative: false, servers: [{}, {}] });
    expect(report).not.toHaveProperty('zone');
    expect(lines[0]).toMatch(/only the resolvers.* authoritative-servers is off/);
  });

  it('ends although a server is given twice, or as both kinds', { timeout: 10_000 }, async () => {
    publish();
    const { address } = sandbox.authoritative;
    const twice = await watch({ authoritative: [address, address] });
    expect(twice.report).toMatchObject({ visible: true, authoritative: true });
    expect(twice.report.servers).toHaveLength(3);
    // An authoritative server that is asked as a resolver answers too, like Windows DNS servers do.
    const both = await watch({ authoritative: [address], resolvers: [address, second.address] });
    expect(both.report).toMatchObject({ visible: true, authoritative: true });
    expect(both.report.servers.map(({ server, role }) => [server, role])).toEqual([
      [`${address} (authoritative)`, 'authoritative'],
      [address, 'resolver'],
      [second.address, 'resolver'],
    ]);
  });

  it('reports an unregistered domain without asking for its record', async () => {
    sandbox.addZone({ origin: 'somebody.test' });
    const { report, lines } = await watch({ name: 'nobody.test' });
    expect(report).toMatchObject({
      visible: false,
      authoritative: false,
      reason: 'not-registered',
      zone: 'test',
      servers: [],
    });
    expect(lines).toEqual([]);
    expect(txtQuestions(sandbox.resolver)).toEqual([]);
  });

  it('reports what is there instead, and until when it is cached', async () => {
    const early = await watch({ authoritative: 'off' });
    expect(early.report).toMatchObject({
      visible: false,
      reason: 'timed-out',
      servers: [
        { record: 'absent', txt: ['v=spf1 -all'], ttl: 300 },
        { record: 'unknown', txt: [], problem: 'not asked' },
      ],
    });
    const [canary] = early.report.servers;
    expect(Date.parse(canary?.expires_at ?? '') - Date.parse(canary?.answered_at ?? '')).toBe(300_000);
    expect(early.lines.at(-1)).toMatch(/old TXT records cached for (5m|4m 60s|4m 59s), until .*UTC/);
  });

  it('gives an expiry time for caches only, whatever an authoritative server lets others cache', async () => {
    sandbox.addZone({ origin: 'bare.test', soaMinimum: 1800 });
    await watch({ name: 'bare.test', authoritative: 'off', resolvers: [sandbox.resolver.address] });
    sandbox.publishTxt('bare.test', EXPECTED.value);
    const authoritative = [sandbox.authoritative.address];
    const { report } = await watch({ name: 'bare.test', authoritative });
    expect(report.servers.map(({ record }) => record)).toEqual(['present', 'absent', 'present']);
    expect(report.servers.map((server) => 'expires_at' in server)).toEqual([false, true, false]);
    sandbox.addZone({ origin: 'empty.test', soaMinimum: 1800 });
    const { report: absent } = await watch({ name: 'empty.test', authoritative });
    expect(absent.servers[0]).toMatchObject({ role: 'authoritative', record: 'absent', ttl: 1800 });
    expect(absent.servers[0]).not.toHaveProperty('expires_at');
  });

  it('stops at once when the caches outlive the time-out', async () => {
    const beforeMs = Date.now();
    await watch({ authoritative: 'off' });
    await watch({ authoritative: 'off', resolvers: [second.address] });
    const cachedMs = Date.now();
    publish();
    const { report } = await watch({ timeoutMs: 200_000 });
    expect(report).toMatchObject({ visible: false, authoritative: true, reason: 'not-in-time' });
    const expectedAtMs = Date.parse(report.expected_at ?? '');
    // The TTL is 300 s, and caches count in whole seconds.
    expect(expectedAtMs).toBeGreaterThan(beforeMs + 298_000);
    expect(expectedAtMs).toBeLessThan(cachedMs + 302_000);
  });

  it('does not believe forgeries, and reads an answer that is too large for UDP', async () => {
    for (let index = 0; index < 20; index++) sandbox.publishTxt(EXPECTED.name, `${index}`.padEnd(200, '.'));
    const forge = ['wrong-id', 'wrong-question', 'wrong-source', 'garbage'] as const;
    for (const server of [sandbox.authoritative, sandbox.resolver, second]) {
      server.faults.add({ forge: [...forge], forgedTxt: EXPECTED.value, when: { type: 'TXT' } });
    }
    const { report } = await watch();
    expect(report).toMatchObject({ visible: false, reason: 'timed-out' });
    expect(report.servers[0]?.txt).toHaveLength(21);
    publish();
    const again = await watch();
    expect(again.report).toMatchObject({ visible: true, authoritative: true });
    expect(again.report.servers[0]?.txt).toHaveLength(22);
  });
});

describe('a long wait of the record watch', () => {
  const PUBLISHED_MS = 200_000;
  const address = { host: '192.0.2.1', port: 53 };

  it('asks no resolver about the domain while the authoritative servers lack the record, and says why it waits', async () => {
    const clock = simulatedClock();
    const asked: (Question & { readonly label: string; readonly atMs: number })[] = [];
    const client: DnsClient = {
      async ask(server, question, signal) {
        const { name, type } = question;
        asked.push({ ...question, label: server.label, atMs: clock.now() - NOON_MS });
        await clock.sleep(50, signal);
        const isPublished = clock.now() - NOON_MS > PUBLISHED_MS;
        const records: Record<string, Answer[]> = {
          'com NS': [{ type: 'NS', name, ttl: 60, data: 'a.nic.com' }],
          'a.nic.com A': [{ type: 'A', name, ttl: 60, data: '192.0.2.54' }],
          'com SOA': [soa('com')],
          // One server has both zones.
          'example.com SOA': [soa('example.com')],
          'example.com NS': [{ type: 'NS', name, ttl: 60, data: 'ns1.example.com' }],
          'ns1.example.com A': [{ type: 'A', name, ttl: 60, data: '192.0.2.54' }],
          'example.com TXT': [txt('v=spf1 -all'), ...(isPublished ? [txt(EXPECTED.value)] : [])],
        };
        const answers = records[`${name} ${type}`] ?? [];
        const aa = server.role === 'authoritative';
        return { ok: true, message: message({ aa, ra: !aa, answers }, question), address, transport: 'udp' };
      },
    };
    const settings: DnsSettings = {
      resolvers: ['192.0.2.1', '192.0.2.2'].flatMap((text) => parseResolver(text) ?? []),
      quorum: 2,
      authoritativeServers: 'auto',
    };
    const log = recordingLog();
    const { signal } = new AbortController();
    const services = { client, clock, signal, systemNameServers: async () => undefined };
    const limits = { timeoutMs: 1_800_000, pollIntervalMs: 15_000 };
    const report = await clock.run(createRecordWatch(settings, services).waitFor(EXPECTED, limits, log));

    expect(report).toMatchObject({ visible: true, authoritative: true, diagnosis: [] });
    expect(clock.now() - NOON_MS).toBeLessThan(PUBLISHED_MS + 18_000);
    const ofResolvers = asked.filter(({ label, name }) => label.startsWith('192.') && name === 'example.com');
    expect(ofResolvers.map(({ type }) => type)).toEqual(['TXT', 'TXT']);
    for (const { atMs } of ofResolvers) expect(atMs).toBeGreaterThan(PUBLISHED_MS + 1000);
    const signs = log.lines.filter((line) => line.includes('Still waiting'));
    expect(signs).toHaveLength(3);
    for (const line of signs) expect(line).toMatch(/0 of 1 authoritative servers have the record/);
    expect(signs[0]).toContain('Most likely');
  });
});
