import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { assertLoopback } from './loopback.ts';

/** An HTTP server on loopback. */
export interface HttpListener {
  /** `http://host:port`, without a slash at its end. */
  readonly origin: string;
  /** Ends all connections at once. */
  close(): Promise<void>;
}

/** Answers one request. What it throws is a defect of the sandbox and ends the process. */
export type HttpHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Starts an HTTP server on a port of the system's choice. */
export async function listenForHttp(host: string, handle: HttpHandler): Promise<HttpListener> {
  assertLoopback(host);
  const server = createServer(handle);
  server.listen(0, host);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://${host}:${port}`,
    close: async () => {
      if (!server.listening) return;
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

/** The whole body of a request as text; undefined when the client hung up in the middle of it. */
export async function readBody(request: IncomingMessage): Promise<string | undefined> {
  try {
    return await text(request);
  } catch (error) {
    if (request.destroyed) return undefined;
    throw error;
  }
}
