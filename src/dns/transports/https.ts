import type { ClientHttp2Session, ClientHttp2Stream } from 'node:http2';
import { request as httpsRequest } from 'node:https';
import { isIPv6 } from 'node:net';
import type { Readable } from 'node:stream';
import { connect, type TLSSocket } from 'node:tls';
import type { ServerEndpoint } from '../../domain/dns-server.ts';
import { proxyFor } from '../../http/proxy.ts';
import { openTunnel } from '../../http/tunnel.ts';
import { decodeResponse, type Query } from '../protocol/message.ts';
import { tlsOptions } from './tls.ts';
import { SilenceError, type Transport, type TransportOutcome, withinLimits } from './transport.ts';

const MEDIA_TYPE = 'application/dns-message';
const MAX_MESSAGE_BYTES = 65_535;
const CONNECT_TIMEOUT_MS = 5000;
const HEADERS = { 'content-type': MEDIA_TYPE, accept: MEDIA_TYPE };

/** An open connection, by the protocol that the server chose in the TLS handshake. */
type Connection =
  | { readonly protocol: 'h2'; readonly session: ClientHttp2Session }
  | { readonly protocol: 'http/1.1'; readonly socket: TLSSocket };

/**
 * DNS over HTTPS (RFC 8484) with POST, over HTTP/2 if the server supports it, and through the proxy in `https_proxy`.
 * One HTTP/2 session serves all queries to its server and never keeps the process alive.
 *
 * @param ca certificate authorities in PEM that replace those of Node.js, for tests
 */
export function createHttps(ca?: string): Transport {
  const sessions = new Map<string, Promise<Connection>>();

  async function connectionTo(endpoint: ServerEndpoint): Promise<Connection> {
    const key = `${endpoint.host} ${endpoint.port} ${endpoint.serverName ?? ''}`;
    // The first query opens the connection; others that start meanwhile wait for it.
    const known = sessions.get(key);
    const shared = known === undefined ? undefined : await known;
    if (shared?.protocol === 'h2' && !shared.session.closed && !shared.session.destroyed) return shared;
    // An HTTP/1.1 connection serves one query, so this query opens its own.
    const opening = openConnection(endpoint, ca);
    sessions.set(key, opening);
    opening.catch(() => sessions.get(key) === opening && sessions.delete(key));
    return opening;
  }

  return async (query, endpoint, limits) => {
    let used: Connection | undefined;
    const outcome = await withinLimits(limits, ({ settle, fail }) => {
      const cancel = new AbortController();
      connectionTo(endpoint)
        .then((connection) => {
          used = connection;
          return post(connection, query, endpoint, cancel.signal);
        })
        .then(settle, fail);
      return () => cancel.abort();
    });
    // The connection may be dead without having been closed: the next query opens another.
    if (!outcome.ok && outcome.silence === 'timeout' && used?.protocol === 'h2') used.session.close();
    return outcome;
  };
}

async function openConnection(endpoint: ServerEndpoint, ca: string | undefined): Promise<Connection> {
  const { host, port } = endpoint;
  const proxy = proxyFor(new URL(originOf(endpoint)));
  const options = { timeoutMs: CONNECT_TIMEOUT_MS, isBackground: true };
  const tunnel = proxy && { socket: await openTunnel(proxy, nameAndPort(endpoint), options) };
  // `host` is needed with a tunnel too: the certificate of an IP address is checked against it.
  const socket = connect({
    ...tlsOptions(endpoint, ca),
    host,
    port,
    ...tunnel,
    ALPNProtocols: ['h2', 'http/1.1'],
  });
  // The timer of the waiting query keeps the process alive; the socket must not.
  socket.unref();
  socket.setTimeout(CONNECT_TIMEOUT_MS, () => socket.destroy(tookTooLong()));
  await ready(socket, 'secureConnect');
  socket.setTimeout(0);
  if (socket.alpnProtocol !== 'h2') return { protocol: 'http/1.1', socket };
  // Loaded only here: most runs never need it, and loading takes as long as a query.
  const http2 = await import('node:http2');
  const session = http2.connect(originOf(endpoint), { createConnection: () => socket });
  // Queries see the errors of their own streams; an unhandled session error would end the process.
  session.on('error', () => session.destroy());
  return { protocol: 'h2', session };
}

function nameAndPort({ host, port, serverName }: ServerEndpoint): string {
  return `${serverName ?? (isIPv6(host) ? `[${host}]` : host)}:${port}`;
}

function originOf(endpoint: ServerEndpoint): string {
  return `https://${nameAndPort(endpoint)}`;
}

/** The value of the Host header and of `:authority`: with the port unless that is 443. */
function authorityOf(endpoint: ServerEndpoint): string {
  return new URL(originOf(endpoint)).host;
}

function tookTooLong(): SilenceError {
  return new SilenceError('the connection took too long', 'timeout');
}

function closed(message: string): SilenceError {
  return new SilenceError(message, 'closed');
}

function ready(socket: TLSSocket, event: 'secureConnect'): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  socket.once(event, resolve).on('error', reject);
  socket.once('close', () => reject(closed('the connection was closed')));
  return promise;
}

async function post(
  connection: Connection,
  query: Query,
  endpoint: ServerEndpoint,
  signal: AbortSignal,
): Promise<TransportOutcome> {
  const { status, body } =
    connection.protocol === 'h2'
      ? await postOverHttp2(connection.session, query, endpoint, signal)
      : await postOverHttp1(connection.socket, query, endpoint, signal);
  if (status !== 200) return { ok: false, silence: 'http-status' };
  const message = decodeResponse(body, query, 'connection');
  return message === undefined ? { ok: false, silence: 'closed' } : { ok: true, message };
}

interface HttpAnswer {
  readonly status: number | undefined;
  readonly body: Buffer;
}

async function postOverHttp2(
  session: ClientHttp2Session,
  query: Query,
  endpoint: ServerEndpoint,
  signal: AbortSignal,
): Promise<HttpAnswer> {
  const { path = '/dns-query' } = endpoint;
  const target = { ':method': 'POST', ':authority': authorityOf(endpoint), ':path': path };
  const stream = session.request({ ...target, ...HEADERS }, { signal });
  stream.end(query.wire);
  const status = await responseStatus(stream);
  return { status, body: await readMessage(stream, status) };
}

function responseStatus(stream: ClientHttp2Stream): Promise<number | undefined> {
  const { promise, resolve, reject } = Promise.withResolvers<number | undefined>();
  stream.once('response', ({ ':status': status }) => resolve(status)).once('error', reject);
  // A stream that the server cancels ends without an error.
  stream.once('close', () => reject(closed('the stream was closed')));
  return promise;
}

async function postOverHttp1(
  socket: TLSSocket,
  query: Query,
  endpoint: ServerEndpoint,
  signal: AbortSignal,
): Promise<HttpAnswer> {
  const { promise, resolve, reject } = Promise.withResolvers<HttpAnswer>();
  const { path = '/dns-query' } = endpoint;
  const headers = { ...HEADERS, host: authorityOf(endpoint), 'content-length': query.wire.length };
  const request = httpsRequest({ createConnection: () => socket, method: 'POST', path, headers, signal });
  request.once('response', (response) => {
    const { statusCode: status } = response;
    readMessage(response, status).then((body) => resolve({ status, body }), reject);
  });
  request.once('error', reject);
  request.end(query.wire);
  return promise.finally(() => socket.destroy());
}

/** The body of a 200 response. An error page says nothing more than its status and may be of any size. */
async function readMessage(stream: Readable, status: number | undefined): Promise<Buffer> {
  if (status !== 200) {
    stream.destroy();
    return Buffer.alloc(0);
  }
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > MAX_MESSAGE_BYTES) throw closed('the answer is larger than a DNS message can be');
  }
  return Buffer.concat(chunks);
}
