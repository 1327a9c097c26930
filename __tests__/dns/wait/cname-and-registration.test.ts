import { describe, expect, it } from 'vitest';
import { createZone, type Zone, type ZoneRecord } from '../../../sandbox/index.ts';
import { parseResolver } from '../../../src/dns/client/servers.ts';
import { createRecordWatch } from '../../../src/dns/wait/record-watch.ts';
import { recordingLog } from '../../fakes/recording-log.ts';
import { type Host, knows, RESOLVERS, scriptedInternet, serves } from '../../fakes/scripted-internet.ts';
import { EXPECTED, txt } from '../../samples/dns-responses.ts';

const NAME = 'mail.example.com';
const [R1, R2] = RESOLVERS;
const [COM, NET, NS1, TARGET] = ['192.0.2.10', '192.0.2.11', '192.0.2.53', '203.0.113.1'] as const;
const LABEL = `ns1.example.com (${NS1})`;
const TARGET_LABEL = `ns.target.net (${TARGET})`;
const MINUTE_MS = 60_000;

const a = (name: string, data: string): ZoneRecord => ({ name, type: 'A', data });
const ns = (name: string, data: string): ZoneRecord => ({ name, type: 'NS', data });
const cname = (name: string, data: string): ZoneRecord => ({ name, type: 'CNAME', data });
const record = (name: string): ZoneRecord => ({ name, type: 'TXT', data: EXPECTED.value });

const TLDS = knows(
  { com: ['a.gtld.test'], net: ['b.gtld.test'] },
  { 'a.gtld.test': [COM], 'b.gtld.test': [NET] },
);
const example = (...records: readonly ZoneRecord[]): Zone =>
  createZone({
    origin: 'example.com',
    nameServers: ['ns1.example.com'],
    records: [a('ns1.example.com', NS1), ...records],
  });
const target = (...records: readonly ZoneRecord[]): Zone =>
  createZone({
    origin: 'target.net',
    nameServers: ['ns.target.net'],
    records: [a('ns.target.net', TARGET), ...records],
  });
const com = (...records: readonly ZoneRecord[]): Host =>
  serves(createZone({ origin: 'com', nameServers: ['a.gtld.test'], records }));
const net = (...records: readonly ZoneRecord[]): Host =>
  serves(createZone({ origin: 'net', nameServers: ['b.gtld.test'], records }));

const COM_DELEGATED = [ns('example.com', 'ns1.example.com'), a('ns1.example.com', NS1)];
const NET_DELEGATED = [ns('target.net', 'ns.target.net'), a('ns.target.net', TARGET)];
/** Resolvers that have the record. */
const RESOLVING: Host = (question, atMs) =>
  question.type === 'TXT'
    ? { aa: false, ra: true, answers: [txt(EXPECTED.value, 60, question.name)] }
    : TLDS(question, atMs);
const WORLD: Readonly<Record<string, Host>> = {
  [R1]: RESOLVING,
  [R2]: RESOLVING,
  [COM]: com(...COM_DELEGATED),
  [NET]: net(...NET_DELEGATED),
  [NS1]: serves(example()),
  [TARGET]: serves(target()),
};

/** One of them at first, the other from then on. */
const from =
  (changeMs: number, before: Host, later: Host): Host =>
  (question, atMs = 0) =>
    (atMs < changeMs ? before : later)(question, atMs);

async function watch(
  hosts: Readonly<Record<string, Host>>,
  { timeoutMs = 30 * MINUTE_MS, authoritative = 'auto' as 'auto' | readonly string[], name = NAME } = {},
) {
  const internet = scriptedInternet({ ...WORLD, ...hosts });
  const { clock, run, services } = internet;
  const log = recordingLog();
  const settings = {
    resolvers: [R1, R2].flatMap((text) => parseResolver(text) ?? []),
    quorum: 2,
    authoritativeServers:
      authoritative === 'auto' ? authoritative : authoritative.map((host) => ({ host, port: 53 })),
  };
  const watched = createRecordWatch(settings, { ...services, systemNameServers: async () => undefined });
  const limits = { timeoutMs, pollIntervalMs: 15_000 };
  const report = await run(watched.waitFor({ name, value: EXPECTED.value }, limits, log));
  /** The questions that resolvers got about anything but what is above the domains. */
  const early = internet.ofResolvers().filter(({ question }) => /example\.com|target\.net/.test(question));
  return {
    ...internet,
    report,
    lines: log.lines,
    early,
    txtAt: (host: string) =>
      internet.asked.filter((one) => one.host === host && one.question.endsWith(' TXT')),
    tookMs: Date.parse(report.ended_at) - Date.parse(report.started_at),
    sleeping: clock.sleeping,
  };
}

describe('a CNAME to a zone on other servers', () => {
  const withCname = serves(example(cname(NAME, 't.target.net')));

  it('is followed to the servers of its target, which alone are counted', async () => {
    const { report, early, lines, txtAt } = await watch({
      [NS1]: withCname,
      [TARGET]: from(MINUTE_MS, serves(target()), serves(target(record('t.target.net')))),
    });
    expect(report).toMatchObject({ visible: true, authoritative: true, name: NAME, zone: 'target.net' });
    expect(report.servers.map(({ server, record }) => [server, record])).toEqual([
      [TARGET_LABEL, 'present'],
      [R1, 'present'],
      [R2, 'present'],
    ]);
    expect(lines[0]).toMatch(new RegExp(`${NAME} is a CNAME.* t\\.target\\.net.*${TARGET}`));
    const [asked] = txtAt(TARGET);
    expect(asked?.question).toBe('t.target.net TXT');
    // The resolvers are asked about the email domain itself, once, and only when the record is there.
    expect(early.map(({ question }) => question)).toEqual([`${NAME} TXT`, `${NAME} TXT`]);
    for (const { atMs } of early) expect(atMs).toBeGreaterThan(MINUTE_MS);
  });

  it('is followed when it appears during the wait', async () => {
    const { report, early, lines } = await watch({
      [NS1]: from(MINUTE_MS, serves(example()), withCname),
      [TARGET]: serves(target(record('t.target.net'))),
    });
    expect(report).toMatchObject({ visible: true, authoritative: true, zone: 'target.net' });
    expect(lines.filter((line) => line.includes('Asking the authoritative servers'))).toEqual([
      expect.stringContaining(LABEL),
      expect.stringContaining(TARGET_LABEL),
    ]);
    for (const { atMs } of early) expect(atMs).toBeGreaterThan(MINUTE_MS);
  });

  it('is left for the TXT record that replaces it during the wait', async () => {
    const { report, early } = await watch({
      [NS1]: from(MINUTE_MS, withCname, serves(example(record(NAME)))),
    });
    expect(report).toMatchObject({ visible: true, authoritative: true, zone: 'example.com' });
    expect(report.servers.map(({ server }) => server)).toEqual([LABEL, R1, R2]);
    for (const { atMs } of early) expect(atMs).toBeGreaterThan(MINUTE_MS);
  });

  it('is followed from servers that were given', async () => {
    const { report, asked } = await watch(
      { [NS1]: withCname, [TARGET]: serves(target(record('t.target.net'))) },
      { authoritative: [NS1] },
    );
    expect(report).toMatchObject({ visible: true, authoritative: true, zone: 'target.net' });
    expect(asked.find(({ host }) => host === COM)).toBeUndefined();
  });

  it('on the same servers as its target has each of them once for each name', async () => {
    const sameServers = createZone({
      origin: 'target.net',
      nameServers: ['ns1.example.com'],
      records: [record('t.target.net')],
    });
    const { report, lines, txtAt } = await watch({
      [R1]: knowing({ 'ns1.example.com': NS1 }),
      [NET]: net(ns('target.net', 'ns1.example.com')),
      [NS1]: serves(example(cname(NAME, 't.target.net')), sameServers),
    });
    expect(report).toMatchObject({ visible: true, authoritative: true, zone: 'target.net' });
    const authoritative = report.servers.filter(({ role }) => role === 'authoritative');
    expect(authoritative.map(({ server }) => server)).toEqual([`${LABEL} for t.target.net`]);
    expect(new Set(txtAt(NS1).map(({ question }) => question))).toEqual(
      new Set([`${NAME} TXT`, 't.target.net TXT']),
    );
    expect(lines.join('\n')).toContain(LABEL);
  });

  it('is told with its target while that does not have the record', async () => {
    const { report, early, lines } = await watch({ [NS1]: withCname }, { timeoutMs: 2 * MINUTE_MS });
    expect(report).toMatchObject({ visible: false, reason: 'timed-out', zone: 'target.net' });
    // The server that has the CNAME is not to have the record.
    expect(lines.find((line) => line.includes('Still waiting'))).toContain('0 of 1 ');
    expect(report.diagnosis[0]).toMatchObject({
      cause: 'wrong-type',
      evidence: expect.stringContaining('t.target.net'),
    });
    expect(early).toEqual([]);
  });

  it.each([
    ['first', 0],
    ['second', 1],
  ])(
    'counts as followed at servers that follow it more or less far: the %s one goes further',
    async (_which, far) => {
      const NS2 = '198.51.100.53';
      const inside = createZone({
        origin: 'example.com',
        nameServers: ['ns1.example.com', 'ns2.example.com'],
        records: [
          a('ns1.example.com', NS1),
          a('ns2.example.com', NS2),
          cname(NAME, 'a.example.com'),
          cname('a.example.com', 't.target.net'),
        ],
      });
      const further = serves(inside);
      const less: Host = (question, atMs) => {
        const says = further(question, atMs);
        return typeof says === 'string' ? says : { ...says, answers: says.answers?.slice(0, 1) ?? [] };
      };
      const [one, other] = far === 0 ? [further, less] : [less, further];
      const { report } = await watch({
        [COM]: com(...COM_DELEGATED, ns('example.com', 'ns2.example.com'), a('ns2.example.com', NS2)),
        [NS1]: one,
        [NS2]: other,
        [TARGET]: serves(target(record('t.target.net'))),
      });
      expect(report).toMatchObject({ visible: true, authoritative: true, zone: 'target.net' });
    },
  );

  it('is waited for until its target is registered', async () => {
    const { report, early } = await watch({
      [NS1]: withCname,
      [NET]: from(MINUTE_MS, net(), net(...NET_DELEGATED)),
      [TARGET]: serves(target(record('t.target.net'))),
    });
    expect(report).toMatchObject({ visible: true, authoritative: true, zone: 'target.net' });
    for (const { atMs } of early) expect(atMs).toBeGreaterThan(MINUTE_MS);
  });
});

describe('CNAME records without an end', () => {
  const steps = (count: number): readonly ZoneRecord[] =>
    Array.from({ length: count }, (_, index) => cname(step(index), step(index + 1)));
  const step = (index: number): string =>
    index === 0 ? NAME : `c${index}.${index % 2 === 0 ? 'example.com' : 'target.net'}`;
  const world = (records: readonly ZoneRecord[]): Readonly<Record<string, Host>> => ({
    [NS1]: serves(example(...records.filter(({ name }) => name.endsWith('example.com')))),
    [TARGET]: serves(target(...records.filter(({ name }) => name.endsWith('target.net')))),
  });

  it('are followed for eight steps', async () => {
    const { report } = await watch(world([...steps(8), record(step(8))]));
    expect(report).toMatchObject({ visible: true, authoritative: true, zone: 'example.com' });
  });

  it.each<[string, readonly ZoneRecord[], RegExp]>([
    ['a loop', [cname(NAME, 't.target.net'), cname('t.target.net', NAME)], /loop/],
    ['nine steps', [...steps(9), record(step(9))], /\b8\b/],
  ])('are told, and no resolver is asked: %s', async (_what, records, evidence) => {
    const { report, early, asked } = await watch(world(records), { timeoutMs: 10 * MINUTE_MS });
    expect(report).toMatchObject({ visible: false, reason: 'timed-out' });
    expect(report.diagnosis[0]).toMatchObject({
      cause: 'wrong-type',
      evidence: expect.stringMatching(evidence),
    });
    expect(early).toEqual([]);
    expect(asked.length).toBeLessThan(2000);
  });

  it('are followed once they have one', async () => {
    const loop = [cname(NAME, 't.target.net'), cname('t.target.net', NAME)];
    const { report } = await watch({
      ...world(loop),
      [TARGET]: from(
        MINUTE_MS,
        serves(target(cname('t.target.net', NAME))),
        serves(target(record('t.target.net'))),
      ),
    });
    expect(report).toMatchObject({ visible: true, authoritative: true, zone: 'target.net' });
  });
});

describe('a domain that is not registered', () => {
  it('is waited for until it is, and no resolver is asked about it before', async () => {
    const { report, early, lines, sleeping } = await watch({
      [COM]: from(10 * MINUTE_MS, com(), com(...COM_DELEGATED)),
      [NS1]: serves(example(record(NAME))),
    });
    expect(report).toMatchObject({ visible: true, authoritative: true, zone: 'example.com', diagnosis: [] });
    for (const { atMs } of early) expect(atMs).toBeGreaterThan(10 * MINUTE_MS);
    const told = lines.filter((line) => line.includes('Still waiting'));
    expect(told).toHaveLength(2);
    expect(told[0]).toMatch(/Still waiting, 30m left\. .*not registered/);
    expect(told[1]).toContain('5m elapsed, 25m left (not-registered)');
    expect(sleeping).toBe(0);
  });

  it('is waited for although the servers of its parent zone say nothing for a moment', async () => {
    const { report, early } = await watch({
      [COM]: from(
        2 * MINUTE_MS,
        com(),
        from(3 * MINUTE_MS, () => 'silence', from(5 * MINUTE_MS, com(), com(...COM_DELEGATED))),
      ),
      [NS1]: from(10 * MINUTE_MS, serves(example()), serves(example(record(NAME)))),
    });
    expect(report).toMatchObject({ visible: true, authoritative: true, zone: 'example.com' });
    for (const { atMs } of early) expect(atMs).toBeGreaterThan(10 * MINUTE_MS);
  });

  it('is asked about less and less often', async () => {
    const { asked } = await watch({ [COM]: com() });
    const looks = asked.filter(({ host, question }) => host === COM && question === `${NAME} SOA`);
    const gapsMs = looks.slice(1).map(({ atMs }, index) => atMs - (looks[index]?.atMs ?? 0));
    expect(gapsMs[0]).toBeLessThanOrEqual(2000);
    expect(gapsMs.at(-2)).toBeGreaterThan(10_000);
    expect(Math.max(...gapsMs)).toBeLessThanOrEqual(20_000);
    expect(looks.length).toBeLessThan(200);
  });

  it('ends the wait at the time-out, not later', async () => {
    const { report, early, tookMs } = await watch({ [COM]: com() }, { timeoutMs: 5 * MINUTE_MS });
    expect(report).toMatchObject({
      visible: false,
      authoritative: false,
      reason: 'not-registered',
      zone: 'com',
      servers: [],
    });
    expect(report.diagnosis.map(({ cause }) => cause)).toEqual(['not-registered']);
    expect(tookMs).toBe(5 * MINUTE_MS);
    expect(early).toEqual([]);
  });

  it('is looked at once without a time-out', async () => {
    const { report, asked, tookMs, lines } = await watch({ [COM]: com() }, { timeoutMs: 0 });
    expect(report).toMatchObject({ reason: 'not-registered', zone: 'com' });
    expect(asked.filter(({ question }) => question === `${NAME} SOA`)).toHaveLength(1);
    expect([tookMs, lines]).toEqual([0, []]);
  });
});

describe('authoritative servers that cannot be asked at first', () => {
  const withoutRecord: Host = (question, atMs) =>
    question.type === 'TXT' ? { aa: false, ra: true, rcode: 3 } : TLDS(question, atMs);
  const late: Host = from(10 * MINUTE_MS, serves(example()), serves(example(record(NAME))));
  const resolver = from(10 * MINUTE_MS, withoutRecord, RESOLVING);

  const delegated = (before: Host) => ({ [COM]: from(3 * MINUTE_MS, before, com(...COM_DELEGATED)) });
  it.each<[string, Readonly<Record<string, Host>>]>([
    ['no server of the parent zone answers', delegated(() => 'silence')],
    ['no address of theirs is known', delegated(com(ns('example.com', 'ns1.example.com')))],
    [
      'the parent zone names servers that are dead',
      delegated(com(ns('example.com', 'ns1.example.com'), a('ns1.example.com', '203.0.113.99'))),
    ],
    [
      'they have not loaded the zone yet',
      { [NS1]: from(3 * MINUTE_MS, () => ({ aa: false, rcode: 5 }), late) },
    ],
  ])(
    'are asked once they can be, and the resolvers no more until they have the record: %s',
    async (_what, hosts) => {
      const { report, early } = await watch({ [R1]: resolver, [R2]: resolver, [NS1]: late, ...hosts });
      expect(report).toMatchObject({ visible: true, authoritative: true, zone: 'example.com' });
      const [first, ...others] = early;
      // The one that was asked alone, before there was a better way.
      expect(first?.atMs).toBeLessThan(MINUTE_MS);
      const meanwhile = others.filter(({ atMs }) => atMs > 6 * MINUTE_MS && atMs < 10 * MINUTE_MS);
      expect(meanwhile).toEqual([]);
    },
  );
});

/** A resolver that knows further hosts. */
function knowing(addresses: Readonly<Record<string, string>>): Host {
  const hosts = knows({}, Object.fromEntries(Object.entries(addresses).map(([name, one]) => [name, [one]])));
  return (question, atMs) => (question.name in addresses ? hosts(question, atMs) : RESOLVING(question, atMs));
}
