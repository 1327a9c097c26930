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

/** What every server answers to every other question. */
function surroundings({ name, type }: Question, serial: number): ResponseParts {
  if (type === 'SOA') return { answers: name === NAME || name === 'com' ? [soa(name, { serial })] : [] };
  if (type === 'NS') return { answers: [name === NAME ? ns(name, `ns1.${NAME}`) : ns(name, 'a.nic.com')] };
  if (type === 'A') return { answers: [{ name, type: 'A', ttl: 300, class: 'IN', data: '192.0.2.1' }] };
  return { authorities: [soa(NAME)] };
}

/** Waits for half an hour of simulated time. */
async function watch(
  says: (asked: Asked) => ResponseParts | 'silence',
  {
    timeoutMs = 1_800_000,
    authoritative = 'auto' as 'auto' | 'off',
    serialAt = (_atMs: number): number => 7,
  } = {},
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
      const parts = isRecord ? says(one) : surroundings(question, serialAt(one.atMs));
      return parts === 'silence'
        ? { ok: false, silence: 'timeout', address, transport: 'tcp', truncatedOverUdp: false }
        : {
            ok: true,
            message: message({ aa: server.role === 'authoritative', ...parts }, question),
            address,
            transport: 'udp',
          };
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
  return { report, still, lines: log.lines, asked, sleeping: () => clock.sleeping };
}

const YES: ResponseParts = { answers: [txt(EXPECTED.value)] };
const NO: ResponseParts = { authorities: [soa(NAME)] };

describe('the line that says that the wait goes on', () => {
  it('explains the cause once, and then names it with the time that has passed and is left', async () => {
    const { still, lines } = await watch(() => NO);
    const [first, ...later] = still;
    for (const fact of ['1m elapsed, 29m left', '0 of 1', NS1, 'serial 7', NAME, EXPECTED.value])
      expect(first).toContain(fact);
    expect(later.map((line) => line.match(/\d+m elapsed, \d+m left/)?.[0])).toEqual(
      [2, 3, 5, 10, 15, 20, 25].map((minutes) => `${minutes}m elapsed, ${30 - minutes}m left`),
    );
    for (const line of later) expect(line).toMatch(/0 of 1 .*\(not-published\)\.$/);
    expect(lines.length).toBeLessThan(12);
  });

  it('explains another cause once things have changed', async () => {
    const mangled = `"${EXPECTED.value} "`;
    const { still } = await watch(({ atMs }) => (atMs < 300_000 ? NO : { answers: [txt(mangled)] }));
    const explained = still.filter((line) => line.includes('Most likely'));
    expect(explained).toHaveLength(2);
    expect(explained[0]).not.toContain(mangled);
    expect(explained[1]).toContain(mangled);
    expect(still.at(-1)).toContain('(quoting-or-splitting)');
  });

  it('explains a cause again when its evidence has changed', async () => {
    const { still } = await watch(() => NO, { serialAt: (atMs) => (atMs < 300_000 ? 7 : 8) });
    const explained = still.filter((line) => line.includes('Most likely'));
    expect(explained.map((line) => line.match(/serial \d/)?.[0])).toEqual(['serial 7', 'serial 8']);
  });

  it('says until when a cache keeps the old answer', async () => {
    const { still, report } = await watch(({ role, atMs }) => {
      if (role === 'authoritative') return YES;
      const leftS = 1200 - Math.floor(atMs / 1000);
      return leftS > 0 ? { answers: [txt('v=spf1 -all', leftS)] } : YES;
    });
    expect(report.visible).toBe(true);
    expect(still.at(0)).toMatch(/1 of 1 .* 0 of 2 .*192\.0\.2\.53 and 192\.0\.2\.54 .*1[89]m.*12:20 UTC/);
    expect(still.at(1)).toContain('(old-rrset-cached)');
  });

  it('tells of a server that says both in turn as of its own cause, once, and not as of a missing record', async () => {
    let looks = 0;
    const { still, lines, report } = await watch(({ role }) =>
      role === 'authoritative' && looks++ % 2 === 0 ? YES : NO,
    );
    expect(still.at(0)).toMatch(/Most likely cause: ns1\S+ \(192\.0\.2\.1\) answers in turn/);
    expect(still.at(-1)).toContain('(authority-split)');
    expect(lines.filter((line) => line.includes('Most likely'))).toHaveLength(1);
    expect(lines.length).toBeLessThan(60);
    expect(report.diagnosis.map(({ cause }) => cause)).toEqual(['authority-split']);
  });

  it('names no cause where none is known', async () => {
    const { still } = await watch(() => 'silence');
    expect(still.at(0)).toMatch(/0 of 1 \S+ servers and 0 of 2 resolvers have the record\.$/);
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
    // The name itself and the five wrong names.
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
    const explanations = 8;
    expect(explaining.length / explanations).toBeLessThan(20);
  });
});
