import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { assertLoopback } from './loopback.ts';

const PORT_RETRY_MS = 20;

/** Key and certificate of a server, as PEM. */
export interface TlsIdentity {
  readonly key: string;
  readonly cert: string;
}

/** Makes a running server unreachable or untrusted. */
export interface Reachability {
  /** Refuses new connections; open ones continue. */
  pause(): void;
  /** Accepts connections again, on the same port. */
  resume(): Promise<void>;
  /**
   * Presents another certificate on new connections.
   *
   * @throws TypeError when the server does not speak TLS
   */
  useIdentity(identity: TlsIdentity): void;
}

/** An HTTP server on loopback. */
export interface HttpListener extends Reachability {
  /** `http://host:port` or `https://host:port`, without a trailing slash. */
  readonly origin: string;
  /** Closes all connections at once. */
  close(): Promise<void>;
}

/** Answers one request. An error here is a bug in the sandbox and ends the process. */
export type HttpHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Starts an HTTP or HTTPS server on a free port. */
export async function listenForHttp(
  host: string,
  handle: HttpHandler,
  identity?: TlsIdentity,
): Promise<HttpListener> {
  assertLoopback(host);
  const tlsServer = identity && createTlsServer({ ...identity }, handle);
  const server = tlsServer ?? createServer(handle);
  server.listen(0, host);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    origin: `${tlsServer ? 'https' : 'http'}://${host}:${port}`,
    pause: () => void server.close(),
    async resume() {
      while (!server.listening) {
        server.listen(port, host);
        await once(server, 'listening').catch(onPortInUse);
      }
    },
    useIdentity(other) {
      if (tlsServer === undefined) throw new TypeError('the server does not speak TLS');
      tlsServer.setSecureContext({ ...other });
    },
    close: async () => {
      server.closeAllConnections();
      if (!server.listening) return;
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

/** In the meantime another process may have got the port, mostly for a connection that soon ends. */
async function onPortInUse(error: unknown): Promise<void> {
  if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error;
  await sleep(PORT_RETRY_MS);
}

/** The whole body of a request as text; undefined when the client closed the connection early. */
export async function readBody(request: IncomingMessage): Promise<string | undefined> {
  try {
    return await text(request);
  } catch (error) {
    if (request.destroyed) return undefined;
    throw error;
  }
}
