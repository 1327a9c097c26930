import { once } from 'node:events';
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { createServer, type TLSSocket } from 'node:tls';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Query } from '../../../src/dns/protocol/message.ts';
import { createTls } from '../../../src/dns/transports/tls.ts';
import type { ServerEndpoint } from '../../../src/domain/dns-server.ts';
import {
  type CertificateAuthority,
  type CertificateSubject,
  createAuthority,
} from '../../real/certificates.ts';
import { EXPECTED, query, respond, txt } from '../../samples/dns-responses.ts';

const NAME = 'dot.test';
const truth = (asked: Query) => respond(asked, { answers: [txt(EXPECTED.value)] });
const GOOD = { ok: true, message: { answers: [{ strings: [EXPECTED.value] }] } };

let authority: CertificateAuthority;
beforeAll(async () => {
  authority = await createAuthority();
});

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

async function listen(server: Server, host: string): Promise<number> {
  servers.push(server);
  server.on('connection', (socket: Socket) => {
    connections.add(socket);
    socket.on('close', () => connections.delete(socket)).on('error', () => socket.destroy());
  });
  server.listen(0, host);
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

interface Given {
  readonly subject?: CertificateSubject;
  readonly issuer?: CertificateAuthority;
  readonly host?: string;
  readonly onQuery?: (socket: TLSSocket, bytes: Buffer) => void | Promise<void>;
}

/** A server with a certificate that does what it is told to with the first bytes of a connection. */
async function server({
  subject = { names: [NAME] },
  issuer = authority,
  host = '127.0.0.1',
  onQuery,
}: Given) {
  const seen = { serverNames: [] as (string | false | null)[], protocols: [] as unknown[], queryBytes: 0 };
  const listener = createServer({ ...(await issuer.issue(subject)), ALPNProtocols: ['dot'] }, (socket) => {
    seen.serverNames.push(socket.servername);
    seen.protocols.push(socket.alpnProtocol);
    socket.on('error', () => socket.destroy());
    socket.on('data', (bytes: Buffer) => {
      seen.queryBytes += bytes.length;
    });
    socket.once('data', (bytes: Buffer) => void onQuery?.(socket, bytes));
  });
  listener.on('tlsClientError', () => undefined);
  const port = await listen(listener, host);
  const ask = (
    asked: Query,
    endpoint: Partial<ServerEndpoint> = { serverName: NAME },
    { timeoutMs = 5000, signal = new AbortController().signal } = {},
  ) => createTls(authority.ca)(asked, { host, port, ...endpoint }, { timeoutMs, signal });
  return { ask, seen, listener, port };
}

describe('DNS over TLS', () => {
  it('sends length and query at once to the server that proves its name, and returns the answer', async () => {
    const asked = query();
    const received: Buffer[] = [];
    const { ask, seen } = await server({
      onQuery: (socket, bytes) => {
        received.push(bytes);
        socket.write(framed(truth(asked)));
      },
    });
    expect(await ask(asked)).toMatchObject(GOOD);
    expect(received).toEqual([framed(asked.wire)]);
    expect(seen).toMatchObject({ serverNames: [NAME], protocols: ['dot'] });
  });

  it.each(['127.0.0.1', '::1'])(
    'takes the certificate of an address, and sends no name: %s',
    async (host) => {
      const asked = query();
      const { ask, seen } = await server({
        host,
        subject: { addresses: [host] },
        onQuery: (socket) => void socket.write(framed(truth(asked))),
      });
      expect(await ask(asked, {})).toMatchObject(GOOD);
      expect(seen.serverNames).toEqual([false]);
    },
  );

  it('looks a host up that is a name, and asks for the certificate of that', async () => {
    const asked = query();
    const { ask, seen } = await server({
      subject: { names: ['localhost'] },
      onQuery: (socket) => void socket.write(framed(truth(asked))),
    });
    expect(await ask(asked, { host: 'localhost' })).toMatchObject(GOOD);
    expect(seen.serverNames).toEqual(['localhost']);
  });

  const byAddress: Partial<ServerEndpoint> = {};
  const byName: Partial<ServerEndpoint> = { serverName: NAME };
  it.each<[string, CertificateSubject, Partial<ServerEndpoint>]>([
    ['another name', { names: ['other.test'] }, byName],
    ['a name below', { names: [`a.${NAME}`] }, byName],
    ['the address, where the name is asked for', { addresses: ['127.0.0.1'] }, byName],
    ['another address', { addresses: ['127.0.0.2'] }, byAddress],
    ['a name, where the address is asked for', { names: [NAME, 'localhost'] }, byAddress],
    ['the right name, and has expired', { names: [NAME], expired: true }, byName],
  ])('sends no question to a server whose certificate is for %s', async (_what, subject, endpoint) => {
    const { ask, seen } = await server({ subject });
    expect(await ask(query(), endpoint)).toEqual({ ok: false, silence: 'certificate' });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(seen.queryBytes).toBe(0);
  });

  it('sends no question to a server whose certificate is signed by nobody known', async () => {
    const stranger = await createAuthority('Somebody else');
    const { ask, seen } = await server({ issuer: stranger });
    expect(await ask(query())).toEqual({ ok: false, silence: 'certificate' });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(seen.queryBytes).toBe(0);
  });

  it('trusts only the authorities of Node.js when it is told no others', async () => {
    const { port, seen } = await server({});
    const { signal } = new AbortController();
    const endpoint = { host: '127.0.0.1', port, serverName: NAME };
    const outcome = await createTls()(query(), endpoint, { timeoutMs: 5000, signal });
    expect(outcome).toEqual({ ok: false, silence: 'certificate' });
    expect(seen.queryBytes).toBe(0);
  });

  it('takes an answer that comes byte by byte', async () => {
    const asked = query();
    const { ask } = await server({
      onQuery: async (socket) => {
        socket.setNoDelay(true);
        for (const byte of framed(truth(asked))) {
          socket.write(Buffer.of(byte));
          await new Promise(setImmediate);
        }
      },
    });
    expect(await ask(asked)).toMatchObject(GOOD);
  });

  it('passes over a forged message and takes the answer after it', async () => {
    const asked = query();
    const forged = respond(asked, { id: asked.id ^ 1, answers: [txt('forged')] });
    const { ask } = await server({
      onQuery: (socket) => void socket.write(Buffer.concat([forged, truth(asked)].map(framed))),
    });
    expect(await ask(asked)).toMatchObject(GOOD);
  });

  it('is a time-out when the server stalls in the handshake', async () => {
    const port = await listen(createTcpServer(), '127.0.0.1');
    const { signal } = new AbortController();
    const endpoint = { host: '127.0.0.1', port, serverName: NAME };
    const outcome = await createTls(authority.ca)(query(), endpoint, { timeoutMs: 100, signal });
    expect(outcome).toEqual({ ok: false, silence: 'timeout' });
  });

  it.each([
    ['before the answer', 0],
    ['in the middle of the answer', 20],
  ])('is a time-out when the server stalls %s', async (_when, bytes) => {
    const asked = query();
    const { ask } = await server({
      onQuery: (socket) => void socket.write(framed(truth(asked)).subarray(0, bytes)),
    });
    expect(await ask(asked, { serverName: NAME }, { timeoutMs: 300 })).toEqual({
      ok: false,
      silence: 'timeout',
    });
  });

  it('reports a server that does not speak TLS, and one that closes the connection', async () => {
    const plain = createTcpServer((socket) => void socket.write('220 mail.test ESMTP\r\n'));
    const port = await listen(plain, '127.0.0.1');
    const { signal } = new AbortController();
    const endpoint = { host: '127.0.0.1', port, serverName: NAME };
    expect(await createTls(authority.ca)(query(), endpoint, { timeoutMs: 5000, signal })).toEqual({
      ok: false,
      silence: 'closed',
    });
    const { ask } = await server({ onQuery: (socket) => void socket.end() });
    expect(await ask(query())).toEqual({ ok: false, silence: 'closed' });
  });

  it('reports a refused connection at once', async () => {
    const { ask, listener } = await server({});
    listener.close();
    await once(listener, 'close');
    expect(await ask(query(), { serverName: NAME }, { timeoutMs: 20_000 })).toEqual({
      ok: false,
      silence: 'refused',
    });
  });

  it("rejects at once with the signal's reason, and leaves no connection", async () => {
    const reason = new Error('stop');
    const stop = new AbortController();
    const { promise: hungUp, resolve } = Promise.withResolvers<void>();
    const { ask } = await server({
      onQuery: (socket) => {
        socket.on('close', () => resolve());
        stop.abort(reason);
      },
    });
    const limits = { timeoutMs: 20_000, signal: stop.signal };
    await expect(ask(query(), { serverName: NAME }, limits)).rejects.toBe(reason);
    await hungUp;
    const before = connections.size;
    await expect(ask(query(), { serverName: NAME }, limits)).rejects.toBe(reason);
    expect(connections.size).toBe(before);
  });
});
