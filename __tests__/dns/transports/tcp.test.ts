import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { Query } from '../../../src/dns/protocol/message.ts';
import { tcp } from '../../../src/dns/transports/tcp.ts';
import { bareHeader, EXPECTED, query, respond, txt } from '../../samples/dns-responses.ts';

const servers: Server[] = [];
const connections = new Set<Socket>();
afterEach(() => {
  for (const connection of connections) connection.destroy();
  for (const server of servers.splice(0)) server.close();
});

function framed(message: Buffer): Buffer {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(message.length);
  return Buffer.concat([length, message]);
}

/** A server that does what it is told to with the first bytes of a connection; asking it gives the outcome. */
async function server(onQuery: (socket: Socket, bytes: Buffer) => void | Promise<void>) {
  const listener = createServer((socket) => {
    connections.add(socket);
    socket.on('close', () => connections.delete(socket));
    socket.on('error', () => socket.destroy());
    socket.once('data', (bytes: Buffer) => void onQuery(socket, bytes));
  });
  servers.push(listener);
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const { port } = listener.address() as AddressInfo;
  const ask = (asked: Query, timeoutMs = 5000, signal = new AbortController().signal) =>
    tcp(asked, { host: '127.0.0.1', port }, { timeoutMs, signal });
  return { ask, port, listener };
}

const truth = (asked: Query) => respond(asked, { answers: [txt(EXPECTED.value)] });
const GOOD = { ok: true, message: { answers: [{ strings: [EXPECTED.value] }] } };

describe('DNS over TCP', () => {
  it('sends length and query in one segment and returns the answer', async () => {
    const asked = query();
    const { ask } = await server((socket, bytes) => {
      expect(bytes).toEqual(framed(asked.wire));
      socket.write(framed(truth(asked)));
    });
    expect(await ask(asked)).toMatchObject(GOOD);
  });

  it('takes an error that is a header alone: a connection has no other sender', async () => {
    const asked = query(undefined, false);
    const { ask } = await server((socket) => void socket.write(framed(bareHeader(asked.id, 5))));
    expect(await ask(asked)).toMatchObject({ ok: true, message: { rcode: 'REFUSED' } });
  });

  it('takes an answer that comes byte by byte', async () => {
    const asked = query();
    const { ask } = await server(async (socket) => {
      socket.setNoDelay(true);
      for (const byte of framed(truth(asked))) {
        socket.write(Buffer.of(byte));
        await new Promise(setImmediate);
      }
    });
    expect(await ask(asked)).toMatchObject(GOOD);
  });

  it('looks for the answer among several messages', async () => {
    const asked = query();
    const foreign = respond(asked, { id: asked.id ^ 1, answers: [txt('forged')] });
    const { ask } = await server((socket) => {
      socket.write(Buffer.concat([foreign, Buffer.from('garbage'), truth(asked)].map(framed)));
    });
    expect(await ask(asked)).toMatchObject(GOOD);
  });

  it('takes an answer of 64 kB', async () => {
    const asked = query();
    const filler = Array.from({ length: 240 }, (_, index) => txt(`${index}`.padEnd(245, '.')));
    const large = respond(asked, { answers: [...filler, txt(EXPECTED.value)] });
    expect(large.length).toBeGreaterThan(64_000);
    const { ask } = await server((socket) => {
      socket.write(framed(large));
    });
    const outcome = await ask(asked);
    expect(outcome.ok && outcome.message.answers).toHaveLength(241);
  });

  it.each([
    ['without a word', (_asked: Query) => Buffer.alloc(0)],
    ['in the middle of the answer', (asked: Query) => framed(truth(asked)).subarray(0, 40)],
    ['after a foreign answer', (asked: Query) => framed(respond(asked, { id: asked.id ^ 1 }))],
  ])('reports a server that closes the connection %s', async (_what, bytes) => {
    const asked = query();
    const { ask } = await server((socket) => {
      socket.end(bytes(asked));
    });
    expect(await ask(asked)).toEqual({ ok: false, silence: 'closed' });
  });

  it('reports a connection that is reset', async () => {
    const { ask } = await server((socket) => {
      socket.resetAndDestroy();
    });
    expect(await ask(query())).toEqual({ ok: false, silence: 'closed' });
  });

  it('has one time limit over all of it, whatever trickles in', async () => {
    const asked = query();
    const { ask } = await server((socket) => {
      const bytes = framed(truth(asked));
      socket.write(bytes.subarray(0, 20));
      const trickle = setInterval(() => socket.write(bytes.subarray(20, 21)), 20);
      socket.on('close', () => clearInterval(trickle));
    });
    expect(await ask(asked, 200)).toEqual({ ok: false, silence: 'timeout' });
  });

  it('reports a refused connection at once', async () => {
    const { ask, listener } = await server(() => undefined);
    servers.splice(0);
    listener.close();
    await once(listener, 'close');
    expect(await ask(query(), 20_000)).toEqual({ ok: false, silence: 'refused' });
  });

  it("rejects with the signal's reason, and leaves no connection", async () => {
    const reason = new Error('stop');
    const stop = new AbortController();
    const { promise: hungUp, resolve } = Promise.withResolvers<void>();
    const { ask } = await server((socket) => {
      socket.on('close', () => resolve());
      stop.abort(reason);
    });
    await expect(ask(query(), 20_000, stop.signal)).rejects.toBe(reason);
    await hungUp;
    await expect(ask(query(), 20_000, AbortSignal.abort(reason))).rejects.toBe(reason);
  });
});
