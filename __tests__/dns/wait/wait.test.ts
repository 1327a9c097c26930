import { describe, expect, it } from 'vitest';
import type { DnsClient, Reply } from '../../../src/dns/client/client.ts';
import { authoritativeServer, type DnsServer } from '../../../src/dns/client/servers.ts';
import type { Question } from '../../../src/dns/protocol/message.ts';
import type { AuthorityLink } from '../../../src/dns/wait/cname-way.ts';
import { type WaitListener, type WaitPlanByName, waitForRecord } from '../../../src/dns/wait/wait.ts';
import { NOON_MS } from '../../fakes/clock.ts';
import { type SimulatedClock, simulatedClock } from '../../fakes/simulated-clock.ts';
import { cname, EXPECTED, message, type ResponseParts, soa, txt } from '../../samples/dns-responses.ts';

const address = { host: '192.0.2.1', port: 53 };
const AUTHORITY: DnsServer = { ...authoritativeServer(address), label: 'a1' };
const resolver = (label: string): DnsServer => ({ ...AUTHORITY, label, role: 'resolver' });
const SERVERS = new Map([AUTHORITY, resolver('r1'), resolver('r2')].map((server) => [server.label, server]));
const PLAN: WaitPlanByName = {
  authoritative: ['a1'],
  resolvers: ['r1', 'r2'],
  required: [],
  quorum: 2,
  startedAtMs: NOON_MS,
  timeoutMs: 600_000,
  pollIntervalMs: 15_000,
  links: [{ name: EXPECTED.name, zone: undefined, servers: [AUTHORITY] }],
  endless: undefined,
  mayFollow: true,
};
const YES: ResponseParts = { answers: [txt(EXPECTED.value)] };
const NO: ResponseParts = { authorities: [soa('example.com', { minimum: 300 })] };

type Script = (label: string, sinceStartMs: number) => ResponseParts | 'silence';

/** A client whose every exchange takes 100 ms, with the server `slow` 300 ms, or ends with the signal. */
function scriptedClient(clock: SimulatedClock, script: Script, slow = '') {
  const asked: (Question & { readonly label: string; readonly atMs: number })[] = [];
  let underWay = 0;
  const client: DnsClient = {
    async ask(server, question, signal): Promise<Reply> {
      asked.push({ ...question, label: server.label, atMs: clock.now() - NOON_MS });
      underWay++;
      try {
        await clock.sleep(server.label === slow ? 300 : 100, signal);
      } finally {
        underWay--;
      }
      const parts = script(server.label, clock.now() - NOON_MS);
      if (parts === 'silence') {
        return { ok: false, silence: 'timeout', address, transport: 'tcp', truncatedOverUdp: false };
      }
      return { ok: true, message: message(parts, question), address, transport: 'udp' };
    },
  };
  return { client, asked, underWay: () => underWay };
}

function recordingListener(clock: SimulatedClock) {
  const events: string[] = [];
  const at = (): number => Math.round((clock.now() - NOON_MS) / 100) / 10;
  const listener: WaitListener = {
    changed: (servers) => {
      const answers = servers.map(({ state }) => `${state.label} ${state.observation?.kind}`);
      events.push(`${at()} ${answers.join(', ')}`);
    },
    askingResolvers: (resolvers) => {
      events.push(`${at()} asking resolvers (${resolvers.map(({ label }) => label).join(', ')})`);
    },
    stillWaiting: async (servers) => {
      events.push(`${at()} still waiting (${servers.length})`);
    },
  };
  return { listener, events };
}

function start(script: Script, { plan = PLAN, stop = new AbortController() } = {}) {
  const clock = simulatedClock();
  const scripted = scriptedClient(clock, script);
  const { listener, events } = recordingListener(clock);
  const services = { client: scripted.client, clock, signal: stop.signal, random: () => 0 };
  const result = waitForRecord(EXPECTED, SERVERS, plan, listener, services);
  return { ...scripted, clock, events, result, stop };
}

describe('the wait', () => {
  it('asks for the TXT record, and reports each change and when it starts to ask the resolvers', async () => {
    const { clock, result, events, asked } = start((label, ms) =>
      label === 'a1' ? (ms > 4000 ? YES : NO) : label === 'r1' || ms > 12_000 ? YES : NO,
    );
    const { verdict, servers } = await clock.run(result);
    expect(verdict).toEqual({ reason: 'visible', authoritative: true });
    expect(servers.map(({ server, state }) => [server.label, state.observation?.kind])).toEqual([
      ['a1', 'present'],
      ['r1', 'present'],
      ['r2', 'present'],
    ]);
    expect(events).toEqual([
      '0.1 a1 absent',
      '4.9 a1 present',
      '6 asking resolvers (r1, r2)',
      '6.1 r1 present, r2 absent',
      '21.3 r2 present',
    ]);
    for (const question of asked) expect(question).toMatchObject({ name: 'example.com', type: 'TXT' });
  });

  it('reports answers together that arrive within a second, and does not wait longer for the rest', async () => {
    const plan = { ...PLAN, authoritative: ['a1', 'a2', 'a3', 'a4'], timeoutMs: 0 };
    const servers = new Map(plan.authoritative.map((label) => [label, { ...AUTHORITY, label }]));
    const delaysMs = new Map([
      ['a2', 600],
      ['a3', 700],
      ['a4', 9000],
    ]);
    const clock = simulatedClock();
    const { client } = scriptedClient(clock, (label) => (label === 'a2' ? YES : NO));
    const slow: DnsClient = {
      async ask(server, question, signal) {
        await clock.sleep(delaysMs.get(server.label) ?? 0, signal);
        return client.ask(server, question, signal);
      },
    };
    const { listener, events } = recordingListener(clock);
    const services = { client: slow, clock, signal: new AbortController().signal };
    await clock.run(waitForRecord(EXPECTED, servers, plan, listener, services));
    expect(events).toEqual(['1.1 a1 absent, a2 present, a3 absent', '9.1 a4 absent']);
  });

  it('does not report the same answer twice, whatever its TTL and order', async () => {
    const answers = [txt('a'), txt('b')];
    const { clock, result, events } = start(
      (_label, ms) => ({
        answers: Math.round(ms) % 200 === 0 ? answers.toReversed() : [txt('a', ms % 250), txt('b', ms % 250)],
      }),
      { plan: { ...PLAN, timeoutMs: 30_000 } },
    );
    await clock.run(result);
    expect(events).toEqual(['0.1 a1 absent']);
  });

  it('reports when the reason for a failure changes', async () => {
    const { clock, result, events } = start(
      (_label, ms) => (ms > 4000 ? { rcode: 2 } : ms > 2000 ? 'silence' : NO),
      { plan: { ...PLAN, timeoutMs: 20_000 } },
    );
    await clock.run(result);
    expect(events.filter((event) => event.includes('a1')).slice(0, 3)).toEqual([
      '0.1 a1 absent',
      '2.6 a1 unusable',
      '4.9 a1 unusable',
    ]);
  });

  it('reports what alternates three times, and then once a minute, and says all the same that it waits', async () => {
    let looks = 0;
    const { clock, result, events, asked } = start(() => (looks++ % 2 === 0 ? YES : NO), {
      plan: { ...PLAN, timeoutMs: 1_800_000 },
    });
    const { verdict, servers } = await clock.run(result);
    expect(verdict.reason).toBe('timed-out');
    const told = events.filter((event) => /a1 (present|absent)/.test(event));
    const minutes = told.map((event) => Number.parseFloat(event) / 60);
    expect(told.slice(0, 6).map((event) => event.split(' ').at(-1))).toEqual([
      ...['present', 'absent', 'present', 'absent', 'present', 'absent'],
    ]);
    const pauses = minutes.slice(6).map((at, index) => at - (minutes[index + 5] ?? 0));
    expect(Math.min(...pauses)).toBeGreaterThanOrEqual(1);
    expect(told.length).toBeLessThan(6 + 30);
    const still = events.filter((event) => event.includes('still waiting')).map(Number.parseFloat);
    expect(still.length).toBeGreaterThan(6);
    // The pauses between these lines grow as if nothing was told.
    expect((still.at(-1) ?? 0) - (still.at(-2) ?? 0)).toBeCloseTo(300);
    expect(asked.length).toBeLessThan(150);
    expect(servers[0]?.state.saysBoth).toBe(true);
  });

  it('reports at once what a server has not said before, however often it alternated', async () => {
    let looks = 0;
    const { clock, result, events } = start(
      (_label, ms) => (ms > 200_000 ? { rcode: 2 } : looks++ % 2 === 0 ? YES : NO),
      { plan: { ...PLAN, timeoutMs: 300_000 } },
    );
    await clock.run(result);
    const failed = events.filter((event) => event.includes('a1 unusable')).map(Number.parseFloat);
    expect(failed).toHaveLength(1);
    expect(failed[0]).toBeLessThan(217);
  });

  it('takes no expiry from an answer with AA=1: that is not from a cache', async () => {
    const ofResolver = async (aa: boolean) => {
      const { clock, result } = start((label) => (label === 'a1' ? YES : { ...NO, aa }), {
        plan: { ...PLAN, timeoutMs: 0 },
      });
      return (await clock.run(result)).servers.at(-1)?.state.expiresAtMs;
    };
    expect(await ofResolver(false)).toBe(NOON_MS + 300_200);
    expect(await ofResolver(true)).toBeUndefined();
  });

  it('says that it still waits, each minute at first and then every five', async () => {
    const { clock, result, events } = start((_label, ms) => (ms > 1_250_000 ? YES : NO), {
      plan: { ...PLAN, timeoutMs: 1_800_000 },
    });
    const { verdict } = await clock.run(result);
    expect(verdict.reason).toBe('visible');
    expect(events.slice(0, 9)).toEqual([
      '0.1 a1 absent',
      ...[60.1, 120.1, 180.1, 300.1, 600.1, 900.1, 1200.1].map((at) => `${at} still waiting (3)`),
      expect.stringMatching(/^12\d\d(\.\d)? a1 present$/),
    ]);
  });

  it('says so after a minute again once a server has said something else', async () => {
    const { clock, result, events } = start((_label, ms) =>
      ms > 400_000 ? { ...NO, answers: [txt('other')] } : NO,
    );
    await clock.run(result);
    const changedAt = events.findLastIndex((event) => event.endsWith('a1 absent'));
    const [changed = 0, next = 0] = events.slice(changedAt, changedAt + 2).map(Number.parseFloat);
    expect(changed).toBeGreaterThan(400);
    expect(next - changed).toBeCloseTo(60);
  });

  it('goes on while the cause is being found, and stops that when it ends', async () => {
    const clock = simulatedClock();
    const { client } = scriptedClient(clock, (_label, ms) => (ms > 150_000 ? YES : NO));
    const { listener } = recordingListener(clock);
    const explaining: AbortSignal[] = [];
    const slow: WaitListener = {
      ...listener,
      async stillWaiting(_servers, signal) {
        explaining.push(signal);
        await clock.sleep(3_600_000, signal);
      },
    };
    const services = { client, clock, signal: new AbortController().signal };
    const { verdict } = await clock.run(waitForRecord(EXPECTED, SERVERS, PLAN, slow, services));
    expect(verdict.reason).toBe('visible');
    expect(clock.now() - NOON_MS).toBeLessThan(180_000);
    expect(explaining.map(({ aborted }) => aborted)).toEqual([true]);
    expect(clock.sleeping).toBe(0);
  });

  it('ends when the authoritative servers only refer to others', async () => {
    const ns = { type: 'NS', name: 'example.com', ttl: 60, data: 'ns.example.net' } as const;
    const { clock, result, asked } = start(() => ({ aa: false, authorities: [ns] }));
    const { verdict } = await clock.run(result);
    expect(verdict).toEqual({
      reason: 'referred',
      referral: { zone: 'example.com', nameServers: ['ns.example.net'], glue: [] },
    });
    expect(asked.map(({ label }) => label)).toEqual(['a1']);
  });

  it('ends with the verdict of the time-out, and asks no more', async () => {
    const { clock, result, asked } = start(() => NO, { plan: { ...PLAN, timeoutMs: 60_000 } });
    const { verdict, servers } = await clock.run(result);
    expect(verdict).toEqual({ reason: 'timed-out', authoritative: false });
    expect(asked.at(-1)?.atMs).toBe(60_000);
    expect(servers.map(({ state }) => state.observation?.kind)).toEqual(['absent', undefined, undefined]);
    expect(clock.sleeping).toBe(0);
  });

  it('does not wait for questions under way once the quorum is there', async () => {
    const three = { ...PLAN, resolvers: ['r1', 'r2', 'r3'] };
    SERVERS.set('r3', resolver('r3'));
    const clock = simulatedClock();
    const { client, underWay } = scriptedClient(clock, () => YES);
    const slow: DnsClient = {
      ask: async (server, question, signal) => {
        if (server.label === 'r3') await clock.sleep(3_600_000, signal);
        return client.ask(server, question, signal);
      },
    };
    const { listener } = recordingListener(clock);
    const services = { client: slow, clock, signal: new AbortController().signal };
    const { verdict } = await clock.run(waitForRecord(EXPECTED, SERVERS, three, listener, services));
    SERVERS.delete('r3');
    expect(verdict.reason).toBe('visible');
    expect(clock.now() - NOON_MS).toBeLessThan(2000);
    expect([underWay(), clock.sleeping]).toEqual([0, 0]);
  });

  it("ends at once with the signal's reason, and leaves nothing under way", async () => {
    const reason = new Error('stop');
    for (const afterMs of [0, 50, 30_000]) {
      const { clock, result, stop, underWay, asked } = start(() => NO);
      const stopped = clock.sleep(afterMs).then(() => stop.abort(reason));
      await expect(clock.run(result)).rejects.toBe(reason);
      await stopped;
      expect(clock.now() - NOON_MS).toBe(afterMs);
      expect([underWay(), clock.sleeping]).toEqual([0, 0]);
      expect(asked.length).toBeGreaterThan(0);
    }
  });

  it('ends at once when the signal has already aborted', async () => {
    const reason = new Error('stop');
    const stop = new AbortController();
    stop.abort(reason);
    const { clock, result } = start(() => NO, { stop });
    await expect(clock.run(result)).rejects.toBe(reason);
    expect([clock.now() - NOON_MS, clock.sleeping]).toEqual([0, 0]);
  });

  it('passes on any other error of the client', async () => {
    const clock = simulatedClock();
    const failure = new TypeError('a defect');
    const client: DnsClient = { ask: () => Promise.reject(failure) };
    const { listener } = recordingListener(clock);
    const services = { client, clock, signal: new AbortController().signal };
    await expect(clock.run(waitForRecord(EXPECTED, SERVERS, PLAN, listener, services))).rejects.toBe(failure);
    expect(clock.sleeping).toBe(0);
  });
});

describe('a wait along a CNAME', () => {
  const TARGET = 't.example.net';
  const a2: DnsServer = { ...AUTHORITY, label: 'a2' };
  const first: AuthorityLink = { name: EXPECTED.name, zone: 'example.com', servers: [AUTHORITY] };
  const second: AuthorityLink = { name: TARGET, zone: 'example.net', servers: [a2] };
  const away: ResponseParts = { answers: [cname(EXPECTED.name, TARGET)] };
  const there: ResponseParts = { answers: [txt(EXPECTED.value, 300, TARGET)] };
  const notThere: ResponseParts = { authorities: [soa('example.net')] };
  const seen: ResponseParts = { answers: [...(away.answers ?? []), ...(there.answers ?? [])] };
  const along: Partial<WaitPlanByName> = { authoritative: ['a1', 'a2'], links: [first, second] };

  async function wait(
    script: Script,
    plan: Partial<WaitPlanByName>,
    servers: readonly DnsServer[] = [a2],
    slow?: string,
  ) {
    const clock = simulatedClock();
    const scripted = scriptedClient(clock, script, slow);
    const { listener, events } = recordingListener(clock);
    const all = new Map([...SERVERS, ...servers.map((server) => [server.label, server] as const)]);
    const services = {
      client: scripted.client,
      clock,
      signal: new AbortController().signal,
      random: () => 0,
    };
    const result = await clock.run(waitForRecord(EXPECTED, all, { ...PLAN, ...plan }, listener, services));
    return { ...result, ...scripted, events, tookMs: clock.now() - NOON_MS };
  }

  it('asks each server about the name that it has, and resolvers about the first', async () => {
    const { verdict, servers, asked } = await wait(
      (label, ms) => (label === 'a1' ? away : label !== 'a2' ? seen : ms > 4000 ? there : notThere),
      along,
    );
    expect(verdict).toEqual({ reason: 'visible', authoritative: true });
    expect(servers.map(({ state }) => [state.label, state.observation?.kind])).toEqual([
      ['a1', 'alias'],
      ['a2', 'present'],
      ['r1', 'present'],
      ['r2', 'present'],
    ]);
    const names = new Map(asked.map(({ label, name }) => [label, name]));
    expect(Object.fromEntries(names)).toEqual({
      a1: 'example.com',
      a2: TARGET,
      r1: 'example.com',
      r2: 'example.com',
    });
    const ofResolvers = asked.filter(({ label }) => label.startsWith('r'));
    expect(Math.min(...ofResolvers.map(({ atMs }) => atMs))).toBeGreaterThan(5000);
  });

  it('ends when a CNAME appears that leads to other servers, and asks no resolver', async () => {
    const { verdict, asked, events } = await wait((_label, ms) => (ms > 4000 ? away : NO), {});
    expect(verdict).toEqual({ reason: 'led-elsewhere', name: 'example.com', target: TARGET });
    expect(new Set(asked.map(({ label }) => label))).toEqual(new Set(['a1']));
    expect(events[0]).toBe('0.1 a1 absent');
  });

  it('ends when the CNAME leads to another name', async () => {
    const other: ResponseParts = { answers: [cname(EXPECTED.name, 'u.example.org')] };
    const { verdict } = await wait(
      (label, ms) => (label === 'a2' ? notThere : ms > 4000 ? other : away),
      along,
    );
    expect(verdict).toEqual({ reason: 'led-elsewhere', name: 'example.com', target: 'u.example.org' });
  });

  it('ends when a further CNAME appears at the target', async () => {
    const further: ResponseParts = { answers: [cname(TARGET, 'u.example.org')] };
    const { verdict } = await wait(
      (label, ms) => (label === 'a1' ? away : ms > 4000 ? further : notThere),
      along,
    );
    expect(verdict).toEqual({ reason: 'led-elsewhere', name: TARGET, target: 'u.example.org' });
  });

  it('ends when a TXT record stands where the CNAME was', async () => {
    const { verdict } = await wait(
      (label, ms) => (label === 'a2' ? notThere : ms > 4000 ? YES : away),
      along,
    );
    expect(verdict).toEqual({ reason: 'led-elsewhere', name: 'example.com', target: undefined });
  });

  it('goes on as long as one server still has the CNAME that is followed', async () => {
    const a3: DnsServer = { ...AUTHORITY, label: 'a3' };
    const plan = {
      authoritative: ['a1', 'a3', 'a2'],
      links: [{ ...first, servers: [AUTHORITY, a3] }, second],
    };
    const { verdict, asked } = await wait(
      (label, ms) =>
        label === 'a3' && ms < 8000 ? NO : label === 'a2' ? there : label.startsWith('a') ? away : seen,
      plan,
      [a2, a3],
    );
    expect(verdict).toEqual({ reason: 'visible', authoritative: true });
    // The server without the CNAME is one that lags, and is waited for.
    const ofResolvers = asked.filter(({ label }) => label.startsWith('r'));
    expect(Math.min(...ofResolvers.map(({ atMs }) => atMs))).toBeGreaterThan(8000);
  });

  it('goes on as long as one server has the CNAME that is followed, though another leads elsewhere', async () => {
    const a3: DnsServer = { ...AUTHORITY, label: 'a3' };
    const plan = {
      authoritative: ['a1', 'a3', 'a2'],
      links: [{ ...first, servers: [AUTHORITY, a3] }, second],
      timeoutMs: 30_000,
    };
    const other: ResponseParts = { answers: [cname(EXPECTED.name, 'u.example.org')] };
    const script: Script = (label) => (label === 'a2' ? there : label === 'a3' ? other : away);
    const { verdict, asked } = await wait(script, plan, [a2, a3]);
    expect(verdict.reason).toBe('timed-out');
    expect(asked.some(({ label }) => label.startsWith('r'))).toBe(false);
  });

  it.each([
    ['leads elsewhere', { answers: [cname(EXPECTED.name, 'u.example.org')] }],
    ['has no CNAME', NO],
  ])('does not go by the first answer alone, of a server that %s', async (_what, says) => {
    const a3: DnsServer = { ...AUTHORITY, label: 'a3' };
    const plan = {
      authoritative: ['a1', 'a3', 'a2'],
      links: [{ ...first, servers: [AUTHORITY, a3] }, second],
      timeoutMs: 30_000,
    };
    const script: Script = (label) => (label === 'a2' ? there : label === 'a3' ? says : away);
    const { verdict } = await wait(script, plan, [a2, a3], 'a1');
    expect(verdict.reason).toBe('timed-out');
  });

  it.each<[string, Script]>([
    ['fail', (label) => (label === 'a2' ? notThere : { rcode: 2 })],
    ['say nothing', (label) => (label === 'a2' ? notThere : 'silence')],
  ])('goes on while the servers of the CNAME %s', async (_what, script) => {
    const { verdict } = await wait(script, { ...along, timeoutMs: 30_000 });
    expect(verdict.reason).toBe('timed-out');
  });

  it('takes a CNAME that cannot be followed for the absence of the record', async () => {
    for (const plan of [{ endless: TARGET }, { mayFollow: false }]) {
      const { verdict, servers, asked } = await wait(() => away, { ...plan, timeoutMs: 30_000 });
      expect(verdict).toEqual({ reason: 'timed-out', authoritative: false });
      expect(servers[0]?.state.observation).toMatchObject({ kind: 'absent', values: [] });
      expect(asked.some(({ label }) => label.startsWith('r'))).toBe(false);
    }
  });

  it('ends when a CNAME that could not be followed leads elsewhere', async () => {
    const other: ResponseParts = { answers: [cname(EXPECTED.name, 'u.example.org')] };
    const { verdict } = await wait((_label, ms) => (ms > 4000 ? other : away), { endless: TARGET });
    expect(verdict).toEqual({ reason: 'led-elsewhere', name: 'example.com', target: 'u.example.org' });
  });

  it('follows a referral of the servers at the end, by the name that they have', async () => {
    const ns = { type: 'NS', name: TARGET, ttl: 60, data: 'ns.t.example.net' } as const;
    const { verdict } = await wait(
      (label) => (label === 'a1' ? away : { aa: false, authorities: [ns] }),
      along,
    );
    expect(verdict).toMatchObject({ reason: 'referred', referral: { zone: TARGET } });
  });
});
