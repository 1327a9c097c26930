import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import type { Query } from '../../../src/dns/protocol/message.ts';
import { udp } from '../../../src/dns/transports/udp.ts';
import { bareHeader, EXPECTED, query, respond, txt } from '../../samples/dns-responses.ts';

const sockets: Socket[] = [];
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.close();
});

async function bind(): Promise<Socket> {
  const socket = createSocket('udp4');
  sockets.push(socket);
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return socket;
}

interface Exchange {
  readonly wire: Buffer;
  readonly peer: RemoteInfo;
  /** Sends from the port that was asked. */
  readonly send: (...messages: readonly Buffer[]) => void;
}

/** A server that does what it is told to with each datagram; asking it gives the outcome. */
async function server(onQuery: (exchange: Exchange) => void) {
  const socket = await bind();
  const peers: RemoteInfo[] = [];
  socket.on('message', (wire, peer) => {
    peers.push(peer);
    const send = (...messages: readonly Buffer[]): void => {
      for (const each of messages) socket.send(each, peer.port, peer.address);
    };
    onQuery({ wire, peer, send });
  });
  const address = { host: '127.0.0.1', port: socket.address().port };
  const ask = (asked: Query, timeoutMs = 5000, signal = new AbortController().signal) =>
    udp(asked, address, { timeoutMs, signal });
  return { ask, address, peers };
}

const truth = (asked: Query) => respond(asked, { answers: [txt(EXPECTED.value)] });
const lie = [txt('forged')];

describe('DNS over UDP', () => {
  it('sends the query as it is and returns the answer', async () => {
    const asked = query();
    const { ask } = await server(({ wire, send }) => {
      expect(wire).toEqual(asked.wire);
      send(truth(asked));
    });
    expect(await ask(asked)).toMatchObject({
      ok: true,
      message: { authoritative: true, answers: [{ strings: [EXPECTED.value] }] },
    });
  });

  it.each([
    ['a wrong ID', (asked: Query) => respond(asked, { id: asked.id ^ 1, answers: lie })],
    [
      'a wrong question',
      (asked: Query) =>
        respond(asked, { questions: [{ name: 'not-example.com', type: 'TXT', class: 'IN' }], answers: lie }),
    ],
    ['a wrong RCODE and ID', (asked: Query) => respond(asked, { id: asked.id ^ 0x8000, rcode: 5 })],
    ['QR=0', (asked: Query) => respond(asked, { isQuery: true, answers: lie })],
    ['a bare header that ends nothing', (asked: Query) => bareHeader(asked.id, 5)],
    ['garbage', () => Buffer.from('garbage')],
    ['an empty datagram', () => Buffer.alloc(0)],
  ])('keeps listening after %s', async (_what, forge) => {
    const asked = query();
    const { ask } = await server(({ send }) => {
      send(forge(asked), forge(asked), truth(asked));
    });
    expect(await ask(asked)).toMatchObject({
      ok: true,
      message: { answers: [{ strings: [EXPECTED.value] }] },
    });
  });

  it('does not hear a perfect forgery from another port', async () => {
    const asked = query();
    const stranger = await bind();
    const { ask } = await server(({ peer, send }) => {
      stranger.send(respond(asked, { answers: lie }), peer.port, peer.address, () => send(truth(asked)));
    });
    expect(await ask(asked)).toMatchObject({
      ok: true,
      message: { answers: [{ strings: [EXPECTED.value] }] },
    });
  });

  it('is a time-out when nothing but forgeries comes', async () => {
    const asked = query();
    const { ask } = await server(({ send }) => send(respond(asked, { id: asked.id ^ 1, answers: lie })));
    expect(await ask(asked, 100)).toEqual({ ok: false, silence: 'timeout' });
  });

  it('asks from a new port each time', async () => {
    const { ask, peers } = await server(() => undefined);
    await Promise.all(Array.from({ length: 8 }, () => ask(query(), 100)));
    expect(new Set(peers.map(({ port }) => port)).size).toBe(8);
  });

  it('reports a refused connection at once', async () => {
    const { address } = await server(() => undefined);
    for (const socket of sockets.splice(0)) socket.close();
    const outcome = await udp(query(), address, {
      timeoutMs: 1_000_000,
      signal: new AbortController().signal,
    });
    expect(outcome).toEqual({ ok: false, silence: 'refused' });
  });

  it('reports at once that this machine may not send there', async () => {
    // The kernel refuses to connect a socket to the broadcast address; nothing leaves.
    const outcome = await udp(
      query(),
      { host: '255.255.255.255', port: 53 },
      { timeoutMs: 20_000, signal: new AbortController().signal },
    );
    expect(outcome).toEqual({ ok: false, silence: 'closed' });
  });

  it("rejects with the signal's reason, before and during the wait", async () => {
    const reason = new Error('stop');
    const { ask, peers } = await server(() => undefined);
    await expect(ask(query(), 20_000, AbortSignal.abort(reason))).rejects.toBe(reason);
    expect(peers).toEqual([]);

    const stop = new AbortController();
    const { ask: askOther } = await server(() => stop.abort(reason));
    await expect(askOther(query(), 20_000, stop.signal)).rejects.toBe(reason);
  });
});
