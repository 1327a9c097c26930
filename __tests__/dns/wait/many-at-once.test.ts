import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CachingResolver, type Sandbox, startSandbox } from '../../../sandbox/index.ts';
import { createDnsClient } from '../../../src/dns/client/client.ts';
import { parseResolver } from '../../../src/dns/client/servers.ts';
import type { QuestionType } from '../../../src/dns/protocol/message.ts';
import { tcp } from '../../../src/dns/transports/tcp.ts';
import type { Transport } from '../../../src/dns/transports/transport.ts';
import { udp } from '../../../src/dns/transports/udp.ts';
import { createRecordWatch } from '../../../src/dns/wait/record-watch.ts';
import { systemClock } from '../../../src/time/clock.ts';
import { recordingLog } from '../../fakes/recording-log.ts';

/** Enough to be held back by both bounds, of questions at a time and of questions a second. */
const DOMAINS = 300;
const RESOLVERS = 4;
const ORIGIN = 'company.test';

const names = Array.from({ length: DOMAINS }, (_, index) => `d${index}.${ORIGIN}`);
const codeOf = (index: number): string => `cloudflare_dashboard_sso=${index.toString(16).padStart(32, '0')}`;

let sandbox: Sandbox;
let resolvers: readonly CachingResolver[];
beforeEach(async () => {
  sandbox = await startSandbox();
  sandbox.addZone({
    origin: ORIGIN,
    nameServers: [`ns1.${ORIGIN}`],
    records: [
      { name: `ns1.${ORIGIN}`, type: 'A', data: '127.0.0.1' },
      ...names.map((name, index) => ({ name, type: 'TXT', data: codeOf(index) }) as const),
    ],
  });
  resolvers = await Promise.all(Array.from({ length: RESOLVERS }, () => sandbox.startResolver()));
});
afterEach(() => sandbox.close());

/** The real transports, and what goes on over them. */
function watchedTransports() {
  let [questions, open, mostOpen, silent] = [0, 0, 0, 0];
  const watched =
    (transport: Transport): Transport =>
    async (query, endpoint, limits) => {
      questions++;
      open++;
      mostOpen = Math.max(mostOpen, open);
      try {
        const outcome = await transport(query, endpoint, limits);
        if (!outcome.ok) silent++;
        return outcome;
      } finally {
        open--;
      }
    };
  const nothing: Transport = async () => ({ ok: false, silence: 'unreachable' });
  return {
    transports: { udp: watched(udp), tcp: watched(tcp), tls: nothing, https: nothing },
    seen: () => ({ questions, open, mostOpen, silent }),
  };
}

/** Waits for the records of all domains at once, with one client. */
async function watchAll(authoritativeServers: 'auto' | 'given') {
  const { transports, seen } = watchedTransports();
  const watch = createRecordWatch(
    {
      resolvers: resolvers.flatMap(({ address }) => parseResolver(address) ?? []),
      quorum: RESOLVERS,
      authoritativeServers:
        authoritativeServers === 'auto' ? 'auto' : [{ host: '127.0.0.1', port: sandbox.authoritative.port }],
    },
    {
      client: createDnsClient({ transports }),
      clock: systemClock,
      signal: new AbortController().signal,
      systemNameServers: async () => undefined,
      authoritativePort: sandbox.authoritative.port,
    },
  );
  const startedAtMs = performance.now();
  const limits = { timeoutMs: 100_000, pollIntervalMs: 5000 };
  const reports = await Promise.all(
    names.map((name, index) => watch.waitFor({ name, value: codeOf(index) }, limits, recordingLog())),
  );
  return { reports, ...seen(), tookMs: performance.now() - startedAtMs };
}

/** The questions of one type that a server got, by name. */
function asked(server: Pick<CachingResolver, 'queries'>, type: QuestionType): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const query of server.queries) {
    if (query.type === type) counts.set(query.name, (counts.get(query.name) ?? 0) + 1);
  }
  return counts;
}

describe('hundreds of domains at once', () => {
  it('are all found through slow servers that lose some questions and truncate some answers', async () => {
    sandbox.authoritative.faults.add({ when: { transport: 'udp' }, every: 40, drop: true });
    for (const { faults } of resolvers) {
      faults.add({ when: { transport: 'udp' }, every: 25, truncate: true, delayMs: 300 }, { delayMs: 300 });
    }
    const { reports, questions, silent, mostOpen, open } = await watchAll('given');
    expect(reports.filter(({ visible, authoritative }) => visible && authoritative)).toHaveLength(DOMAINS);
    for (const { servers } of reports) {
      expect(servers.map(({ record }) => record)).toEqual(
        Array.from({ length: RESOLVERS + 1 }, () => 'present'),
      );
    }
    for (const resolver of resolvers) expect(asked(resolver, 'TXT').size).toBe(DOMAINS);
    expect(mostOpen).toBeLessThanOrEqual(200);
    expect(open).toBe(0);
    expect(silent).toBeGreaterThanOrEqual(DOMAINS / 25);
    // Twice the authoritative server, once each resolver, and once more for what got no answer or was truncated.
    expect(questions).toBeGreaterThanOrEqual(DOMAINS * (2 + RESOLVERS));
    expect(questions - silent).toBeLessThan(DOMAINS * (2 + RESOLVERS) * 1.1);
  });

  it('are all found when their name servers have to be found too, without a storm of questions', async () => {
    const { reports, questions, silent, mostOpen, open, tookMs } = await watchAll('auto');
    expect(reports.filter(({ visible, zone }) => visible && zone === ORIGIN)).toHaveLength(DOMAINS);
    expect(open).toBe(0);
    expect(mostOpen).toBeLessThanOrEqual(200);
    expect(tookMs).toBeGreaterThan(questions - 100);
    // Of the authoritative server SOA, NS, A and AAAA before; what gets no answer, on a busy machine, is asked again.
    expect(questions - silent).toBeLessThan(DOMAINS * (4 + 2 + RESOLVERS) * 1.1);
    // All domains share what the resolvers know of the top-level domain: at most NS, A and AAAA of each.
    for (const resolver of resolvers) {
      const early = resolver.queries.filter(({ type }) => type !== 'TXT');
      expect(early.length).toBeLessThanOrEqual(3);
      for (const { name } of early) expect(['test', 'a.nic.test']).toContain(name);
    }
  });
});
