import { describe, expect, it } from 'vitest';
import type { DnsClient, Reply } from '../../../src/dns/client/client.ts';
import { type DnsServer, parseResolver } from '../../../src/dns/client/servers.ts';
import type { Question } from '../../../src/dns/protocol/message.ts';
import { createRecordWatch } from '../../../src/dns/wait/record-watch.ts';
import { NOON_MS } from '../../fakes/clock.ts';
import { recordingLog } from '../../fakes/recording-log.ts';
import { simulatedClock } from '../../fakes/simulated-clock.ts';
import { EXPECTED, message, type ResponseParts, soa, txt } from '../../samples/dns-responses.ts';

interface Asked extends Question {
  readonly role: DnsServer['role'];
  readonly atMs: number;
}

const NAME = EXPECTED.name;
const NS1 = `ns1.${NAME} (192.0.2.1)`;
const ns = (name: string, data: string) => ({ name, type: 'NS', ttl: 300, class: 'IN', data }) as const;

/** What everybody says of everything but the record. */
function surroundings({ name, type }: Question): ResponseParts {
  if (type === 'SOA') return { answers: name === NAME || name === 'com' ? [soa(name)] : [] };
  if (type === 'NS') return { answers: [name === NAME ? ns(name, `ns1.${NAME}`) : ns(name, 'a.nic.com')] };
  if (type === 'A') return { answers: [{ name, type: 'A', ttl: 300, class: 'IN', data: '192.0.2.1' }] };
  return { authorities: [soa(NAME)] };
}

/** Waits for half an hour, in no time. */
async function watch(
  says: (asked: Asked) => ResponseParts | 'silence',
  { timeoutMs = 1_800_000, authoritative = 'auto' as 'auto' | 'off' } = {},
) {
  const clock = simulatedClock();
  const asked: Asked[] = [];
  const client: DnsClient = {
    async ask(server, question, signal): Promise<Reply> {
      const one = { ...question, role: server.role, atMs: clock.now() - NOON_MS };
      asked.push(one);
      await clock.sleep(20, signal);
      const address = { host: '192.0.2.1', port: 53 };
      const isRecord = question.name === NAME && question.type === 'TXT';
      const parts = isRecord ? says(one) : surroundings(question);
      return parts === 'silence'
        ? { ok: false, silence: 'timeout', address, transport: 'tcp', truncatedOverUdp: false }
        : { ok: true, message: message(parts, question), address, transport: 'udp' };
    },
  };
  const resolvers = ['192.0.2.53', '192.0.2.54'].flatMap((text) => parseResolver(text) ?? []);
  const log = recordingLog();
  const settings = { resolvers, quorum: 2, authoritativeServers: authoritative };
  const watching = createRecordWatch(settings, {
    client,
    clock,
    signal: new AbortController().signal,
    systemNameServers: async () => [`ns1.${NAME}`],
  }).waitFor(EXPECTED, { timeoutMs, pollIntervalMs: 15_000 }, log);
  const report = await clock.run(watching);
  const still = log.lines.filter((line) => line.includes('Still waiting'));
  return { report, still, asked, sleeping: () => clock.sleeping };
}

const YES: ResponseParts = { answers: [txt(EXPECTED.value)] };
const NO: ResponseParts = { authorities: [soa(NAME)] };

describe('the line that tells once a minute that the wait goes on', () => {
  it('names the cause and the remedy', async () => {
    const { still } = await watch(() => NO);
    expect(still.length).toBeGreaterThan(20);
    expect(new Set(still)).toEqual(
      new Set([
        `info: Still waiting: 0 of 1 servers asked have the record. Most likely the record is not published: ${NS1} does not have it, at SOA serial 7. Publish ${NAME} TXT "${EXPECTED.value}", exactly so, and look whether the change of the zone has been deployed.`,
      ]),
    );
  });

  it('names another cause once things have changed', async () => {
    const { still } = await watch(({ atMs }) =>
      atMs < 300_000 ? NO : { answers: [txt(`"${EXPECTED.value}"`)] },
    );
    expect(still.at(0)).toContain('Most likely the record is not published');
    expect(still.at(-1)).toContain('Most likely the TXT record has the code in another form');
  });

  it('tells how long a cache goes on', async () => {
    const { still, report } = await watch(({ role, atMs }) => {
      if (role === 'authoritative') return YES;
      const leftS = 1200 - Math.floor(atMs / 1000);
      return leftS > 0 ? { answers: [txt('v=spf1 -all', leftS)] } : YES;
    });
    expect(report.visible).toBe(true);
    expect(still.at(0)).toMatch(
      /^info: Still waiting: 1 of 3 servers asked have the record\. Most likely the record is published, but 192\.0\.2\.53 and 192\.0\.2\.54 still have the TXT records of before in the cache for 1[89]m( \d+s)?, until 12:20 UTC\. Nothing needs to be done but wait: the cache lets go of it by itself\.$/,
    );
  });

  it('names no cause where none is known', async () => {
    const { still } = await watch(() => 'silence');
    expect(still.at(0)).toBe('info: Still waiting: 0 of 3 servers asked have the record.');
  });

  it('leaves nothing behind', async () => {
    const { sleeping } = await watch(() => NO, { timeoutMs: 60_010 });
    expect(sleeping()).toBe(0);
  });
});

describe('the questions that explain', () => {
  it('never ask a resolver for a TXT record while it is not published', async () => {
    const { asked } = await watch(() => NO);
    expect(asked.filter(({ role, type }) => role === 'resolver' && type === 'TXT')).toEqual([]);
    // Besides the record itself, the wrong names have been asked for.
    expect(new Set(asked.filter(({ type }) => type === 'TXT').map(({ name }) => name)).size).toBe(6);
  });

  it('ask no resolver for any name but the right one', async () => {
    const { asked } = await watch(({ role }) => (role === 'authoritative' ? 'silence' : NO));
    const names = asked
      .filter(({ role, type }) => role === 'resolver' && type === 'TXT')
      .map(({ name }) => name);
    expect(new Set(names)).toEqual(new Set([NAME]));
  });

  it('ask none but the canary as long as nobody has the record', async () => {
    const { asked, report } = await watch(() => NO, { authoritative: 'off' });
    expect(report.servers.map(({ problem }) => problem)).toEqual([undefined, 'not asked']);
    expect(asked.every(({ type }) => type === 'TXT')).toBe(true);
  });

  it('are a dozen or so, however long the wait', async () => {
    const { asked } = await watch(() => NO);
    const explaining = asked.filter(({ name, type }) => name !== NAME || type !== 'TXT');
    const minutes = 30;
    expect(explaining.length / minutes).toBeLessThan(20);
  });
});
