import { once } from 'node:events';
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import {
  createSecureServer,
  type Http2ServerRequest,
  type Http2ServerResponse,
  type ServerHttp2Session,
} from 'node:http2';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, connect, type Server, type Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { ServerCertificate } from './certificates.ts';

/** What a server speaks; Quad9 speaks only HTTP/2. */
export type Speaks = 'h2' | 'http/1.1' | 'both';

/** One request as the server saw it. */
export interface SeenRequest {
  readonly httpVersion: string;
  readonly method: string | undefined;
  readonly path: string | undefined;
  /** The Host header or `:authority`. */
  readonly authority: string | undefined;
  readonly contentType: string | undefined;
  readonly accept: string | undefined;
  readonly body: Buffer;
}

/** What the server says to one request, in whichever version of HTTP. */
export interface ServerAnswer {
  head(status: number, headers?: Readonly<Record<string, string | number>>): void;
  write(chunk: Buffer): void;
  end(body?: Buffer | string): void;
  /** Ends the exchange without another word. */
  breakOff(): void;
  /** Called when it is over, however. */
  onClose(listener: () => void): void;
}

/** An HTTPS server on loopback. */
export interface HttpsServer extends AsyncDisposable {
  readonly port: number;
  readonly requests: readonly SeenRequest[];
  /** The TLS connections so far, open or not. */
  readonly connections: readonly TLSSocket[];
  readonly sessions: readonly ServerHttp2Session[];
}

/** Starts a server that hands each request, once it is whole, to `onRequest`. */
export async function startHttpsServer(
  speaks: Speaks,
  certificate: ServerCertificate,
  onRequest: (answer: ServerAnswer, request: SeenRequest) => void,
  host = '127.0.0.1',
): Promise<HttpsServer> {
  const requests: SeenRequest[] = [];
  const connections: TLSSocket[] = [];
  const sessions: ServerHttp2Session[] = [];
  const handle = async (
    request: IncomingMessage | Http2ServerRequest,
    answer: ServerResponse | Http2ServerResponse,
  ): Promise<void> => {
    const chunks: Buffer[] = [];
    request.on('error', () => undefined);
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const { httpVersion, method, url: path, headers } = request;
    const seen: SeenRequest = {
      httpVersion,
      method,
      path,
      authority: headers.host ?? headers[':authority']?.toString(),
      contentType: headers['content-type'],
      accept: headers.accept,
      body: Buffer.concat(chunks),
    };
    requests.push(seen);
    onRequest(answerOf(answer), seen);
  };
  const listener = (
    request: IncomingMessage | Http2ServerRequest,
    answer: ServerResponse | Http2ServerResponse,
  ): void => {
    // A client that goes away in the middle is the client's affair.
    handle(request, answer).catch(() => undefined);
  };
  const server =
    speaks === 'http/1.1'
      ? createHttpsServer({ ...certificate }, listener)
      : createSecureServer({ ...certificate, allowHTTP1: speaks === 'both' }, listener);
  server.on('secureConnection', (socket: TLSSocket) => {
    connections.push(socket);
    socket.on('error', () => socket.destroy());
  });
  server.on('tlsClientError', () => undefined);
  server.on('session', (session: ServerHttp2Session) => {
    sessions.push(session);
    session.on('error', () => undefined);
  });
  const port = await listen(server, host);
  return {
    port,
    requests,
    connections,
    sessions,
    async [Symbol.asyncDispose]() {
      for (const session of sessions) session.destroy();
      for (const socket of connections) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

function answerOf(response: ServerResponse | Http2ServerResponse): ServerAnswer {
  // The two classes have the same methods, but no signatures that TypeScript could call on either.
  const answer = response as ServerResponse;
  return {
    head(status, headers = {}) {
      answer.writeHead(status, headers);
      answer.flushHeaders();
    },
    write: (chunk) => void answer.write(chunk),
    end: (body) => void answer.end(body),
    breakOff: () => void ('stream' in response ? response.stream : response.socket)?.destroy(),
    onClose: (listener) => void answer.on('close', listener),
  };
}

/** A forward proxy on loopback that leads every tunnel to one port there. */
export interface ConnectProxy extends AsyncDisposable {
  readonly port: number;
  /** Of each CONNECT: the target, the Host header, and the credentials. */
  readonly tunnels: readonly {
    readonly target: string | undefined;
    readonly host: string | undefined;
    readonly authorization: string | undefined;
  }[];
  /** Clients that are still connected. */
  readonly open: ReadonlySet<Socket>;
}

/** Starts a proxy; with a `status` other than 200 it refuses, with a certificate it speaks TLS. */
export async function startConnectProxy(
  targetPort: number,
  {
    status = 200,
    host = '127.0.0.1',
    certificate,
  }: {
    readonly status?: number | 'silent';
    readonly host?: string;
    readonly certificate?: ServerCertificate;
  } = {},
): Promise<ConnectProxy> {
  const tunnels: ConnectProxy['tunnels'][number][] = [];
  const open = new Set<Socket>();
  const server = certificate === undefined ? createHttpServer() : createHttpsServer({ ...certificate });
  server.on('request', (_request, response) => void response.writeHead(405).end());
  server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket)).on('error', () => socket.destroy());
  });
  server.on('connect', (request, client) => {
    const { host: named, 'proxy-authorization': authorization } = request.headers;
    tunnels.push({ target: request.url, host: named, authorization });
    // Without that nobody would see the client hang up.
    if (status !== 200) client.resume().on('end', () => client.end());
    if (status === 'silent') return;
    if (status !== 200) {
      // Leaves the connection open, as a proxy does that lets the client try again with credentials.
      client.write(`HTTP/1.1 ${status} No\r\ncontent-length: 0\r\n\r\n`);
      return;
    }
    const target = connect(targetPort, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      client.pipe(target).pipe(client);
    });
    target.on('error', () => client.destroy()).on('close', () => client.destroy());
    client.on('close', () => target.destroy());
  });
  const port = await listen(server, host);
  return {
    port,
    tunnels,
    open,
    async [Symbol.asyncDispose]() {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Listens on a port that the system chooses. */
export async function listen(server: Server, host: string): Promise<number> {
  server.listen(0, host);
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}
