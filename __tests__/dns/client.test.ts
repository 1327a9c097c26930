import { describe, expect, it, vi } from 'vitest';
import { createDnsClient, type Reply } from '../../src/dns/client.ts';
import { decodeResponse, type Question } from '../../src/dns/message.ts';
import { authoritativeServer, type DnsServer } from '../../src/dns/servers.ts';
import type { Silence, Transport } from '../../src/dns/transports/transport.ts';
import { EXPECTED, type ResponseParts, respond, txt } from './responses.ts';

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

interface Sent {
  readonly transport: Reply['transport'];
  readonly host: string;
  readonly edns: boolean;
  readonly timeoutMs: number;
  readonly id: number;
  readonly recursionDesired: boolean;
}

/** A client over transports that answer by script, and what it has sent. */
function scripted(script: (sent: Sent) => ResponseParts | Silence) {
  const sent: Sent[] = [];
  const transport =
    (name: Reply['transport']): Transport =>
    async (query, { host }, { timeoutMs }) => {
      const each: Sent = {
        transport: name,
        host,
        timeoutMs,
        id: query.id,
        edns: query.wire.readUInt16BE(10) === 1,
        recursionDesired: (query.wire.readUInt16BE(2) & 0x0100) !== 0,
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
  async function ask(server: DnsServer) {
    sent.length = 0;
    const reply: Reply = await client.ask(server, QUESTION, new AbortController().signal);
    return { reply, sent: [...sent], path: sent.map(({ transport: name, host }) => `${name} ${host}`) };
  }
  return ask;
}

/** Asks a new client one question. */
const ask = (server: DnsServer, script: (sent: Sent) => ResponseParts | Silence) => scripted(script)(server);

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

  it('rejects with the reason of the signal, also for questions that wait for their turn', async () => {
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
