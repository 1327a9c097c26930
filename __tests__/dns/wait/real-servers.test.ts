import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { createDnsClient } from '../../../src/dns/client/client.ts';
import { parseResolver, parseSocketAddress } from '../../../src/dns/client/servers.ts';
import { createRecordWatch } from '../../../src/dns/wait/record-watch.ts';
import type { DnsReport } from '../../../src/domain/dns-report.ts';
import type { DnsSettings } from '../../../src/domain/settings.ts';
import { systemClock } from '../../../src/time/clock.ts';
import { sentenceWith } from '../../checks/facts.ts';
import { recordingLog } from '../../fakes/recording-log.ts';
import {
  missingPrograms,
  mustHaveRealDns,
  type Nsd,
  type RealZone,
  startNsd,
  startUnbound,
  type Unbound,
} from '../../real/dns-worlds.ts';
import { EXPECTED } from '../../samples/dns-responses.ts';

const DOMAIN = 'company.test';
const SERVERS = ['@ NS ns1', 'ns1 A 127.0.0.1'];
const TYPES = ['A', 'AAAA', 'CNAME', 'DS', 'NS', 'SOA', 'TXT'] as const;
const SPF = '@ TXT "v=spf1 -all"';
const RECORD = `@ TXT "${EXPECTED.value}"`;
const ZONE: RealZone = { origin: DOMAIN, records: [...SERVERS, SPF] };
/** The top-level domain, on the same server: it answers for the domain instead of referring to itself. */
const TOP_LEVEL: RealZone = {
  origin: 'test',
  records: ['@ NS a.nic', 'a.nic A 127.0.0.1', 'company NS ns1.company', 'ns1.company A 127.0.0.1'],
};

const missing = missingPrograms();
const skipped = missing.length > 0 && !mustHaveRealDns();
if (skipped)
  console.warn(`Tests against real DNS servers are skipped: ${missing.join(' and ')} not installed.`);

const running: AsyncDisposable[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server[Symbol.asyncDispose]()));
});

async function nsd(zone: Partial<RealZone> = {}): Promise<Nsd> {
  const server = await startNsd({ zones: [{ ...ZONE, ...zone }, TOP_LEVEL] });
  running.push(server);
  return server;
}

async function unbound(...authoritative: readonly Nsd[]): Promise<Unbound> {
  const addresses = authoritative.map(({ address }) => address);
  const stubZones = { [TOP_LEVEL.origin]: addresses, [DOMAIN]: addresses };
  const server = await startUnbound({ stubZones });
  running.push(server);
  return server;
}

interface Watched {
  readonly report: DnsReport;
  readonly lines: readonly string[];
}

/** Waits as the action does. Without `authoritative` it finds them, on the port of `nsd`. */
async function watch(
  resolvers: readonly Unbound[],
  options: { nsd?: Nsd; authoritative?: readonly string[]; timeoutMs?: number },
): Promise<Watched> {
  const settings: DnsSettings = {
    resolvers: resolvers.flatMap(({ address }) => parseResolver(address) ?? []),
    quorum: resolvers.length,
    authoritativeServers:
      options.authoritative?.flatMap((text) => parseSocketAddress(text, 53) ?? []) ?? 'auto',
  };
  const log = recordingLog();
  const { signal } = new AbortController();
  const authoritativePort = options.nsd?.port ?? 53;
  const services = {
    client: createDnsClient(),
    clock: systemClock,
    signal,
    authoritativePort,
    systemNameServers: async () => undefined,
  };
  const report = await createRecordWatch(settings, services).waitFor(
    { name: DOMAIN, value: EXPECTED.value },
    { timeoutMs: options.timeoutMs ?? 25_000, pollIntervalMs: 1000 },
    log,
  );
  return { report, lines: log.lines };
}

if (missing.length > 0 && mustHaveRealDns()) {
  it('NSD and Unbound are installed, as REQUIRE_REAL_DNS says', () => {
    expect(missing).toEqual([]);
  });
}

describe.skipIf(missing.length > 0)('against NSD and Unbound', () => {
  it('a record that is published while we wait is seen soon after, and no resolver is asked before', async () => {
    const server = await nsd();
    const resolvers = [await unbound(server), await unbound(server)];
    const watched = watch(resolvers, { nsd: server });
    await sleep(2500);
    // The log works: discovery used the first one.
    expect(resolvers[0]?.questions('a.nic.test', 'A')).toBeGreaterThan(0);
    for (const resolver of resolvers) {
      for (const type of TYPES) expect(resolver.questions(DOMAIN, type)).toBe(0);
    }
    await server.setRecords(DOMAIN, [...SERVERS, SPF, RECORD]);
    const { report } = await watched;
    expect(report).toMatchObject({ visible: true, authoritative: true, zone: DOMAIN });
    expect(report.servers.map(({ record }) => record)).toEqual(['present', 'present', 'present']);
    for (const resolver of resolvers) expect(resolver.questions(DOMAIN, 'TXT')).toBe(1);
  });

  it.each([
    ['the old RRset', 'old TXT records', { ttlS: 6, records: [...SERVERS, SPF] }],
    ['the absence', 'absence', { soaTtlS: 6, minimumS: 6, records: SERVERS }],
  ])(
    'a resolver that has cached %s is waited for until that expires, and the time is in the log',
    async (_what, words, zone) => {
      const server = await nsd(zone);
      const resolver = await unbound(server);
      await resolver.ask(DOMAIN, 'TXT');
      const cachedAtMs = performance.now();
      await server.setRecords(DOMAIN, [...zone.records, RECORD]);
      const { report, lines } = await watch([resolver], { nsd: server });
      const seenMs = performance.now() - cachedAtMs;
      expect(report).toMatchObject({ visible: true, authoritative: true });
      expect(seenMs).toBeGreaterThan(4900);
      const line = lines.find((each) => each.includes('still has'));
      expect(line).toMatch(new RegExp(`${resolver.address} .*${words} .*cached for [1-6]s, until .* UTC`));
      // The first look by hand, then one that found the old answer, one or two more around its end.
      expect(resolver.questions(DOMAIN, 'TXT')).toBeLessThanOrEqual(5);
    },
  );

  it('a resolver whose cache outlives the time-out ends the wait at once', async () => {
    const server = await nsd({ ttlS: 3600 });
    const resolver = await unbound(server);
    await resolver.ask(DOMAIN, 'TXT');
    await server.setRecords(DOMAIN, [...SERVERS, SPF, RECORD]);
    // Longer than any test may take: only a wait that ends at once comes back.
    const { report } = await watch([resolver], { nsd: server, timeoutMs: 3_000_000 });
    expect(report).toMatchObject({ visible: false, authoritative: true, reason: 'not-in-time' });
    expect(Date.parse(report.expected_at ?? '') - Date.now()).toBeGreaterThan(3_500_000);
  });

  it('a secondary that lags behind is waited for before any resolver is asked', async () => {
    const [primary, secondary] = [await nsd(), await nsd()];
    const resolver = await unbound(primary, secondary);
    await primary.setRecords(DOMAIN, [...SERVERS, SPF, RECORD]);
    const authoritative = [primary.address, secondary.address];
    const watched = watch([resolver], { authoritative });
    await sleep(2500);
    expect(resolver.questions(DOMAIN, 'TXT')).toBe(0);
    await secondary.setRecords(DOMAIN, [...SERVERS, SPF, RECORD]);
    const { report, lines } = await watched;
    expect(report).toMatchObject({ visible: true, authoritative: true });
    expect(lines).toContainEqual(
      sentenceWith(secondary.address, 'not have the record', '1 other TXT record'),
    );
    expect(resolver.questions(DOMAIN, 'TXT')).toBe(1);
  });

  it('a server that has died does not block the wait', async () => {
    const [one, two, dead] = [await nsd(), await nsd(), await nsd()];
    const resolver = await unbound(one);
    await dead.stop();
    for (const server of [one, two]) await server.setRecords(DOMAIN, [...SERVERS, SPF, RECORD]);
    const { report } = await watch([resolver], {
      authoritative: [one, two, dead].map(({ address }) => address),
    });
    expect(report).toMatchObject({ visible: true, authoritative: true });
    expect(report.servers[2]).toMatchObject({
      record: 'unknown',
      problem: expect.stringContaining('refused'),
    });
  });

  it('a TXT RRset too large for UDP is read over TCP, split strings and all', async () => {
    const many = Array.from({ length: 30 }, (_, index) => `@ TXT "${`${index}`.padEnd(200, '.')}"`);
    const split = `@ TXT "${EXPECTED.value.slice(0, 25)}" "${EXPECTED.value.slice(25)}"`;
    const server = await nsd({ records: [...SERVERS, ...many, split] });
    const { report } = await watch([await unbound(server)], { nsd: server, timeoutMs: 0 });
    expect(report).toMatchObject({ visible: true, authoritative: true });
    for (const { txt } of report.servers) expect(txt).toHaveLength(31);
  });
});
