import { describe, expect, it, vi } from 'vitest';
import { type AskOptions, createDnsClient, type Reply } from '../../../src/dns/client/client.ts';
import { authoritativeServer, type DnsServer } from '../../../src/dns/client/servers.ts';
import { decodeResponse, type Question } from '../../../src/dns/protocol/message.ts';
import type { Silence, Transport } from '../../../src/dns/transports/transport.ts';
import { simulatedClock } from '../../fakes/simulated-clock.ts';
import { EXPECTED, type ResponseParts, respond, txt } from '../../samples/dns-responses.ts';

const QUESTION: Question = { name: EXPECTED.name, type: 'TXT' };
const ONE: DnsServer = authoritativeServer({ host: '192.0.2.1', port: 53 });
const TWO: DnsServer = {
  label: 'two',
  role: 'resolver',
  transport: 'auto',
  addresses: [
    { host: '192.0.2.1', port: 53 },
    { host: '192.0.2.2', port: 53 },
  ],
};

/** A known public resolver: the same addresses over HTTPS. */
const KNOWN: DnsServer = {
  ...TWO,
  label: 'known',
  https: TWO.addresses.map(({ host }) => ({ host, port: 443, serverName: 'doh.test', path: '/dns-query' })),
};

interface Sent {
  readonly transport: Reply['transport'];
  readonly host: string;
  readonly edns: boolean;
  readonly timeoutMs: number;
  readonly id: number;
  readonly recursionDesired: boolean;
  readonly checkingDisabled: boolean;
}

type Script = (sent: Sent) => ResponseParts | Silence;

/** A client over transports that answer by script, and what it has sent. */
function scripted(script: Script) {
  const sent: Sent[] = [];
  const transport =
    (name: Reply['transport']): Transport =>
    async (query, { host }, { timeoutMs }) => {
      const flags = query.wire.readUInt16BE(2);
      const each: Sent = {
        transport: name,
        host,
        timeoutMs,
        id: query.id,
        edns: query.wire.readUInt16BE(10) === 1,
        recursionDesired: (flags & 0x0100) !== 0,
        checkingDisabled: (flags & 0x0010) !== 0,
      };
      sent.push(each);
      const answer = script(each);
      if (typeof answer === 'string') return { ok: false, silence: answer };
      const message = decodeResponse(respond(query, answer), query);
      if (message === undefined) throw new Error('the script made no response');
      return { ok: true, message };
    };
  const client = createDnsClient({
    transports: {
      udp: transport('udp'),
      tcp: transport('tcp'),
      tls: transport('tls'),
      https: transport('https'),
    },
  });
  /** Asks, and gives back the reply and the way to it. */
  async function ask(server: DnsServer, options?: AskOptions) {
    sent.length = 0;
    const reply: Reply = await client.ask(server, QUESTION, new AbortController().signal, options);
    return { reply, sent: [...sent], path: sent.map(({ transport: name, host }) => `${name} ${host}`) };
  }
  return ask;
}

/** Asks a new client one question. */
const ask = (server: DnsServer, script: Script, options?: AskOptions) => scripted(script)(server, options);

/** The same transport under every name. */
const everywhere = (transport: Transport) => ({
  udp: transport,
  tcp: transport,
  tls: transport,
  https: transport,
});

const answer: ResponseParts = { answers: [txt(EXPECTED.value)] };

describe('the client', () => {
  it('asks once when the first question is answered', async () => {
    const { reply, path } = await ask(ONE, () => answer);
    expect(path).toEqual(['udp 192.0.2.1']);
    expect(reply).toMatchObject({ ok: true, transport: 'udp', address: { host: '192.0.2.1' } });
  });

  it('asks twice over UDP, the second time with more patience and another ID, then over TCP', async () => {
    const { reply, sent } = await ask(ONE, () => 'timeout');
    expect(sent.map(({ transport, timeoutMs }) => [transport, timeoutMs])).toEqual([
      ['udp', 1500],
      ['udp', 3000],
      ['tcp', 5000],
    ]);
    expect(new Set(sent.map(({ id }) => id)).size).toBeGreaterThan(1);
    expect(reply).toMatchObject({
      ok: false,
      silence: 'timeout',
      transport: 'tcp',
      truncatedOverUdp: false,
    });
  });

  it('takes the addresses of a server in turn', async () => {
    const { path } = await ask(TWO, () => 'timeout');
    expect(path).toEqual(['udp 192.0.2.1', 'udp 192.0.2.2', 'tcp 192.0.2.1']);
  });

  it('takes the answer of whichever attempt gets one', async () => {
    const overUdp = await ask(TWO, ({ host }) => (host === '192.0.2.2' ? answer : 'refused'));
    expect(overUdp.path).toEqual(['udp 192.0.2.1', 'udp 192.0.2.2']);
    expect(overUdp.reply).toMatchObject({ ok: true, address: { host: '192.0.2.2' } });
    const overTcp = await ask(ONE, ({ transport }) => (transport === 'tcp' ? answer : 'timeout'));
    expect(overTcp.reply).toMatchObject({ ok: true, transport: 'tcp' });
  });

  it('speaks only the transport that a server was given with', async () => {
    const overUdp = await ask({ ...ONE, transport: 'udp' }, () => 'timeout');
    expect(overUdp.path).toEqual(['udp 192.0.2.1', 'udp 192.0.2.1']);
    const overTcp = await ask({ ...ONE, transport: 'tcp' }, () => answer);
    expect(overTcp.path).toEqual(['tcp 192.0.2.1']);
  });

  it('desires recursion of resolvers and never of authoritative servers', async () => {
    const ofResolver = await ask(TWO, () => 'timeout');
    expect(ofResolver.sent.map(({ recursionDesired }) => recursionDesired)).toEqual([true, true, true]);
    const ofAuthority = await ask(ONE, () => 'timeout');
    expect(ofAuthority.sent.map(({ recursionDesired }) => recursionDesired)).toEqual([false, false, false]);
  });

  it('asks the same address over TCP when the answer is too large for UDP', async () => {
    const { reply, path } = await ask(TWO, ({ transport }) => (transport === 'udp' ? { tc: true } : answer));
    expect(path).toEqual(['udp 192.0.2.1', 'tcp 192.0.2.1']);
    expect(reply).toMatchObject({ ok: true, transport: 'tcp', message: { truncated: false } });
  });

  it('marks a server that answers UDP with TC=1 and TCP not at all', async () => {
    const { reply, path } = await ask(ONE, ({ transport }) =>
      transport === 'udp' ? { tc: true } : 'timeout',
    );
    expect(path).toEqual(['udp 192.0.2.1', 'tcp 192.0.2.1']);
    expect(reply).toMatchObject({ ok: false, silence: 'timeout', transport: 'tcp', truncatedOverUdp: true });
  });

  it.each([
    ['FORMERR', { rcode: 1 }],
    ['NOTIMP', { rcode: 4 }],
    ['BADVERS', { edns: { extendedRcode: 1 } }],
  ])('asks again in plain DNS after %s', async (_rcode, refusal) => {
    const { reply, sent } = await ask(ONE, ({ edns }) => (edns ? refusal : answer));
    expect(sent.map(({ edns }) => edns)).toEqual([true, false]);
    expect(reply).toMatchObject({ ok: true, message: { rcode: 'NOERROR' } });
  });

  it('takes a refusal of plain DNS for the answer', async () => {
    const { reply, sent } = await ask(ONE, () => ({ rcode: 1 }));
    expect(sent).toHaveLength(2);
    expect(reply).toMatchObject({ ok: true, message: { rcode: 'FORMERR' } });
  });

  it('goes over to TCP when plain DNS truncates', async () => {
    const { path, reply } = await ask(ONE, ({ transport, edns }) => {
      if (edns) return { rcode: 1 };
      return transport === 'udp' ? { tc: true } : answer;
    });
    expect(path).toEqual(['udp 192.0.2.1', 'udp 192.0.2.1', 'tcp 192.0.2.1', 'tcp 192.0.2.1']);
    expect(reply).toMatchObject({ ok: true, transport: 'tcp' });
  });

  it.each([2, 3, 5])('does not ask again after RCODE %i, which is an answer', async (rcode) => {
    const { reply, sent } = await ask(ONE, () => ({ rcode }));
    expect(sent).toHaveLength(1);
    expect(reply.ok).toBe(true);
  });

  it('does not try an address again that there is no route to', async () => {
    const alone = await ask(ONE, () => 'unreachable');
    expect(alone.path).toEqual(['udp 192.0.2.1']);
    expect(alone.reply).toMatchObject({ ok: false, silence: 'unreachable' });
    const { path, reply } = await ask(TWO, ({ host }) => (host === '192.0.2.1' ? 'unreachable' : 'timeout'));
    expect(path.filter((step) => step.endsWith('192.0.2.1'))).toHaveLength(1);
    expect(reply).toMatchObject({ ok: false, silence: 'timeout' });
  });

  it('asks over HTTPS last where there is that, each of its endpoints', async () => {
    const https = ['192.0.2.1', '192.0.2.2'].map((host) => ({ host, port: 443, path: '/dns-query' }));
    const askWithHttps = scripted(({ transport, host }) =>
      transport === 'https' && host === '192.0.2.2' ? answer : 'timeout',
    );
    const server = { ...TWO, https };
    const first = await askWithHttps(server);
    expect(first.path).toEqual([
      'udp 192.0.2.1',
      'udp 192.0.2.2',
      'tcp 192.0.2.1',
      'https 192.0.2.1',
      'https 192.0.2.2',
    ]);
    expect(first.reply).toMatchObject({ ok: true, transport: 'https' });
    // A network that blocks port 53 costs its time-outs once.
    const second = await askWithHttps(server);
    expect(second.path).toEqual(['https 192.0.2.2']);
  });

  it('begins with the next address at each question', async () => {
    const askTwo = scripted(() => answer);
    const paths = [await askTwo(TWO), await askTwo(TWO), await askTwo(TWO)].flatMap(({ path }) => path);
    expect(paths).toEqual(['udp 192.0.2.1', 'udp 192.0.2.2', 'udp 192.0.2.1']);
  });

  it('begins with HTTPS the next time on a network that blocks port 53', async () => {
    const askAgain = scripted(({ transport }) => (transport === 'https' ? answer : 'timeout'));
    const first = await askAgain(KNOWN);
    expect(first.path).toEqual(['udp 192.0.2.1', 'udp 192.0.2.2', 'tcp 192.0.2.1', 'https 192.0.2.1']);
    expect(first.sent.map(({ timeoutMs }) => timeoutMs)).toEqual([1500, 3000, 5000, 5000]);
    expect(first.reply).toMatchObject({ ok: true, transport: 'https', address: { serverName: 'doh.test' } });
    expect((await askAgain(KNOWN)).path).toEqual(['https 192.0.2.2']);
    expect((await askAgain(KNOWN)).path).toEqual(['https 192.0.2.1']);
  });

  it('remembers per server which transport worked', async () => {
    const askAgain = scripted(({ transport }) => (transport === 'https' ? answer : 'timeout'));
    await askAgain(KNOWN);
    expect((await askAgain({ ...KNOWN })).path[0]).toBe('udp 192.0.2.1');
  });

  it('begins with TCP if only that worked, and goes on to HTTPS', async () => {
    let through: Sent['transport'] = 'tcp';
    const askAgain = scripted(({ transport }) => (transport === through ? answer : 'timeout'));
    await askAgain(KNOWN);
    expect((await askAgain(KNOWN)).path).toEqual(['tcp 192.0.2.2']);
    through = 'https';
    const { path } = await askAgain(KNOWN);
    expect(path).toEqual(['tcp 192.0.2.1', 'udp 192.0.2.1', 'udp 192.0.2.2', 'https 192.0.2.1']);
    expect((await askAgain(KNOWN)).path).toEqual(['https 192.0.2.2']);
  });

  it('tries the others when the transport that worked no longer does, and returns to UDP', async () => {
    let through: Sent['transport'] = 'https';
    const askAgain = scripted(({ transport }) => (transport === through ? answer : 'timeout'));
    await askAgain(KNOWN);
    through = 'udp';
    expect((await askAgain(KNOWN)).path).toEqual(['https 192.0.2.2', 'https 192.0.2.1', 'udp 192.0.2.2']);
    expect((await askAgain(KNOWN)).path).toEqual(['udp 192.0.2.1']);
  });

  it('reports the last failure when no transport works, not even HTTPS', async () => {
    const { path, reply } = await ask(KNOWN, ({ transport }) =>
      transport === 'https' ? 'http-status' : 'timeout',
    );
    expect(path).toHaveLength(5);
    expect(reply).toMatchObject({ ok: false, silence: 'http-status', transport: 'https' });
  });

  it.each(['tls', 'https'] as const)('tries every address over %s, and nothing else', async (transport) => {
    const askAgain = scripted(({ host }) => (host === '192.0.2.2' ? answer : 'certificate'));
    const server = { ...TWO, transport };
    expect((await askAgain(server)).path).toEqual([`${transport} 192.0.2.1`, `${transport} 192.0.2.2`]);
    expect((await askAgain(server)).path).toEqual([`${transport} 192.0.2.2`]);
    const silent = await ask(server, () => 'certificate');
    expect(silent.path).toHaveLength(2);
    expect(silent.reply).toMatchObject({ ok: false, silence: 'certificate', transport });
  });

  it('asks a resolver over HTTPS when the answer is too large for UDP and TCP is blocked', async () => {
    const askAgain = scripted(({ transport }) => {
      if (transport === 'udp') return { tc: true };
      return transport === 'https' ? answer : 'timeout';
    });
    const { path, reply } = await askAgain(KNOWN);
    expect(path).toEqual(['udp 192.0.2.1', 'tcp 192.0.2.1', 'https 192.0.2.1']);
    expect(reply).toMatchObject({ ok: true, transport: 'https', message: { truncated: false } });
    expect((await askAgain(KNOWN)).path).toEqual(['https 192.0.2.2']);
    const silent = await ask(KNOWN, ({ transport }) => (transport === 'udp' ? { tc: true } : 'timeout'));
    expect(silent.path).toHaveLength(4);
    expect(silent.reply).toMatchObject({ ok: false, transport: 'tcp', truncatedOverUdp: true });
  });

  it('forbids validation only when told to, with EDNS and without', async () => {
    const script: Script = ({ edns }) => (edns ? { rcode: 1 } : answer);
    const plain = await ask(TWO, script);
    expect(plain.sent.map(({ checkingDisabled }) => checkingDisabled)).toEqual([false, false]);
    const disabled = await ask(TWO, script, { checkingDisabled: true });
    expect(disabled.sent.map(({ checkingDisabled }) => checkingDisabled)).toEqual([true, true]);
  });

  it('rejects for a server without an address', async () => {
    await expect(ask({ ...ONE, addresses: [] }, () => answer)).rejects.toThrow(RangeError);
  });

  it('has only so many questions under way at once, and asks them all', async () => {
    let [underWay, most] = [0, 0];
    const gates: (() => void)[] = [];
    const transport: Transport = async () => {
      underWay++;
      most = Math.max(most, underWay);
      await new Promise<void>((resolve) => gates.push(resolve));
      underWay--;
      return { ok: false, silence: 'refused' };
    };
    const client = createDnsClient({ transports: everywhere(transport), maxConcurrent: 5 });
    const { signal } = new AbortController();
    const replies = Promise.all(
      Array.from({ length: 23 }, () => client.ask({ ...ONE, transport: 'tcp' }, QUESTION, signal)),
    );
    for (let answered = 0; answered < 23; answered++) {
      const full = Math.min(5, 23 - answered);
      await vi.waitFor(() => expect(gates).toHaveLength(full), { interval: 1 });
      gates.shift()?.();
    }
    expect(await replies).toHaveLength(23);
    expect(most).toBe(5);
  });

  /** When each of a thousand questions leaves that are asked in bursts; by this clock they take no time. */
  async function sendingTimes(perSecond: number): Promise<readonly number[]> {
    const clock = simulatedClock();
    const sentAtMs: number[] = [];
    const transport: Transport = async (query) => {
      sentAtMs.push(clock.now());
      // Every third needs a second question, in plain DNS.
      const isRefused = query.wire.readUInt16BE(10) === 1 && sentAtMs.length % 3 === 0;
      const message = decodeResponse(respond(query, isRefused ? { rcode: 1 } : answer), query);
      return message === undefined ? { ok: false, silence: 'closed' } : { ok: true, message };
    };
    const client = createDnsClient({
      transports: everywhere(transport),
      clock,
      maxConcurrent: 5000,
      maxQuestionsPerSecond: perSecond,
    });
    const { signal } = new AbortController();
    const burst = async (atMs: number, questions: number): Promise<void> => {
      await clock.sleep(atMs);
      await Promise.all(Array.from({ length: questions }, () => client.ask(ONE, QUESTION, signal)));
    };
    await clock.run(
      Promise.all([burst(0, 400), burst(10, 100), burst(700, 300), burst(60_000, 1), burst(60_400, 199)]),
    );
    return sentAtMs;
  }

  it.each([1, 7, 100, 300, 1000])('sends at most %i questions within any second', async (perSecond) => {
    const sentAtMs = await sendingTimes(perSecond);
    expect(sentAtMs.length).toBeGreaterThan(1000);
    for (const [index, atMs] of sentAtMs.entries()) {
      const oneTooMany = sentAtMs[index + perSecond];
      // Sleeps are whole milliseconds, and 300 a second are not a whole number of them apart.
      if (oneTooMany !== undefined) expect(oneTooMany - atMs).toBeGreaterThanOrEqual(999);
    }
    // Nor does it dawdle.
    const tookMs = (sentAtMs[399] ?? 0) - (sentAtMs[0] ?? 0);
    expect(tookMs).toBeLessThanOrEqual((400 * 1000) / perSecond);
  });

  it('lets a single question go at once', async () => {
    const clock = simulatedClock();
    const startedAtMs = clock.now();
    const transport: Transport = async () => ({ ok: false, silence: 'refused' });
    const client = createDnsClient({ transports: everywhere(transport), clock, maxQuestionsPerSecond: 1 });
    const { signal } = new AbortController();
    await clock.run(client.ask({ ...ONE, transport: 'tcp' }, QUESTION, signal));
    expect(clock.now()).toBe(startedAtMs);
  });

  it('does not let a question go that is stopped while it waits for its moment', async () => {
    const clock = simulatedClock();
    let sent = 0;
    const transport: Transport = async () => {
      sent++;
      return { ok: false, silence: 'refused' };
    };
    const client = createDnsClient({ transports: everywhere(transport), clock, maxQuestionsPerSecond: 1 });
    const [stop, reason] = [new AbortController(), new Error('stop')];
    const server: DnsServer = { ...ONE, transport: 'tcp' };
    const asked = [client.ask(server, QUESTION, stop.signal), client.ask(server, QUESTION, stop.signal)];
    await vi.waitFor(() => expect(clock.sleeping).toBe(1));
    stop.abort(reason);
    expect((await Promise.allSettled(asked))[1]).toEqual({ status: 'rejected', reason });
    expect(sent).toBe(1);
  });

  it("rejects with the signal's reason, also for questions that wait for their turn", async () => {
    const stop = new AbortController();
    const transport: Transport = (_query, _address, { signal }) =>
      new Promise((_resolve, reject) => {
        if (signal.aborted) reject(signal.reason);
        signal.addEventListener('abort', () => reject(signal.reason));
      });
    const client = createDnsClient({ transports: everywhere(transport), maxConcurrent: 1 });
    const asked = [client.ask(ONE, QUESTION, stop.signal), client.ask(ONE, QUESTION, stop.signal)];
    const reason = new Error('stop');
    stop.abort(reason);
    expect(await Promise.allSettled(asked)).toEqual([
      { status: 'rejected', reason },
      { status: 'rejected', reason },
    ]);
  });
});
