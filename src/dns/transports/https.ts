import { request as httpRequest } from 'node:http';
import type { ClientHttp2Session, IncomingHttpHeaders } from 'node:http2';
import { request as httpsRequest } from 'node:https';
import type { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { connect, type TLSSocket } from 'node:tls';
import { getProxyUrl } from '@actions/http-client/lib/proxy';
import { decodeResponse, type Query } from '../message.ts';
import { tlsOptions } from './tls.ts';
import {
  type Endpoint,
  silenceOf,
  type Transport,
  type TransportOutcome,
  withinLimits,
} from './transport.ts';

const MEDIA_TYPE = 'application/dns-message';
const MAX_MESSAGE_BYTES = 65_535;
const CONNECT_TIMEOUT_MS = 5000;
const HEADERS = { 'content-type': MEDIA_TYPE, accept: MEDIA_TYPE };

/** A connection that speaks what the server chose in the TLS handshake. */
type Connection =
  | { readonly protocol: 'h2'; readonly session: ClientHttp2Session }
  | { readonly protocol: 'http/1.1'; readonly socket: TLSSocket };

/**
 * DNS over HTTPS (RFC 8484) by POST, over HTTP/2 where the server speaks it; through the proxy that
 * `https_proxy` names. An HTTP/2 session serves all queries to its server and never keeps the process alive.
 *
 * @param ca certificate authorities in PEM instead of those of Node.js, for tests
 */
export function createHttps(ca?: string): Transport {
  const sessions = new Map<string, Promise<Connection>>();

  async function connectionTo(endpoint: Endpoint): Promise<Connection> {
    const key = `${endpoint.host} ${endpoint.port} ${endpoint.serverName ?? ''}`;
    const shared = await sessions.get(key);
    if (shared?.protocol === 'h2') return shared;
    const opening = openConnection(endpoint, ca);
    // An HTTP/1.1 connection is for one query; one that fails is for none.
    const forget = (): boolean => sessions.get(key) === opening && sessions.delete(key);
    sessions.set(key, opening);
    opening.then((opened) => {
      if (opened.protocol === 'h2') opened.session.once('close', forget).once('goaway', forget);
      else forget();
    }, forget);
    return opening;
  }

  return (query, endpoint, limits) =>
    withinLimits(limits, (settle) => {
      const cancel = new AbortController();
      connectionTo(endpoint)
        .then((connection) => post(connection, query, endpoint, cancel.signal))
        .then(settle, (error: Error) => settle(silenceOf(error)));
      return () => cancel.abort();
    });
}

async function openConnection(endpoint: Endpoint, ca: string | undefined): Promise<Connection> {
  const { host, port, serverName } = endpoint;
  const proxy = getProxyUrl(new URL(originOf(endpoint)));
  const tunnel =
    proxy === undefined ? { host, port } : { socket: await openTunnel(proxy, serverName ?? host, port) };
  const socket = connect({ ...tlsOptions(endpoint, ca), ...tunnel, ALPNProtocols: ['h2', 'http/1.1'] });
  socket.setTimeout(CONNECT_TIMEOUT_MS, () => socket.destroy(new Error('the connection took too long')));
  await ready(socket, 'secureConnect');
  socket.setTimeout(0);
  if (socket.alpnProtocol !== 'h2') return { protocol: 'http/1.1', socket };
  // Only now: most runs never need it, and loading it takes as long as a query.
  const http2 = await import('node:http2');
  const session = http2.connect(originOf(endpoint), { createConnection: () => socket });
  // Each stream tells its own query; without a listener the session's error would end the process.
  session.on('error', () => session.destroy());
  session.unref();
  return { protocol: 'h2', session };
}

function originOf({ host, port, serverName }: Endpoint): string {
  const name = serverName ?? (host.includes(':') ? `[${host}]` : host);
  return `https://${name}:${port}`;
}

/** A tunnel through an HTTP proxy (RFC 9110, section 9.3.6). */
function openTunnel(proxy: URL, host: string, port: number): Promise<Socket> {
  const { promise, resolve, reject } = Promise.withResolvers<Socket>();
  const authorization = `Basic ${Buffer.from(`${proxy.username}:${proxy.password}`).toString('base64')}`;
  const request = httpRequest({
    host: proxy.hostname,
    port: proxy.port === '' ? 80 : Number(proxy.port),
    method: 'CONNECT',
    path: `${host}:${port}`,
    headers: {
      host: `${host}:${port}`,
      ...(proxy.username !== '' && { 'proxy-authorization': authorization }),
    },
    timeout: CONNECT_TIMEOUT_MS,
  });
  request.once('connect', ({ statusCode }, socket) => {
    if (statusCode === 200) resolve(socket);
    else reject(new Error(`the proxy answered HTTP ${statusCode}`));
  });
  request.once('timeout', () => request.destroy(new Error('the proxy took too long')));
  request.once('error', reject);
  request.end();
  return promise;
}

function ready(socket: TLSSocket, event: 'secureConnect'): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  socket.once(event, resolve).on('error', reject);
  socket.once('close', () => reject(new Error('the connection was closed')));
  return promise;
}

async function post(
  connection: Connection,
  query: Query,
  endpoint: Endpoint,
  signal: AbortSignal,
): Promise<TransportOutcome> {
  const { status, body } =
    connection.protocol === 'h2'
      ? await postOverHttp2(connection.session, query, endpoint, signal)
      : await postOverHttp1(connection.socket, query, endpoint, signal);
  if (status !== 200) return { ok: false, silence: 'http-status' };
  const message = decodeResponse(body, query);
  return message === undefined ? { ok: false, silence: 'closed' } : { ok: true, message };
}

interface HttpAnswer {
  readonly status: number | undefined;
  readonly body: Buffer;
}

async function postOverHttp2(
  session: ClientHttp2Session,
  query: Query,
  { path = '/dns-query' }: Endpoint,
  signal: AbortSignal,
): Promise<HttpAnswer> {
  const stream = session.request({ ':method': 'POST', ':path': path, ...HEADERS }, { signal });
  const headers = new Promise<IncomingHttpHeaders>((resolve, reject) => {
    stream.once('response', resolve).once('error', reject);
  });
  stream.end(query.wire);
  const [{ ':status': status }, body] = await Promise.all([headers, readMessage(stream)]);
  return { status: Number(status), body };
}

async function postOverHttp1(
  socket: TLSSocket,
  query: Query,
  { host, serverName, path = '/dns-query' }: Endpoint,
  signal: AbortSignal,
): Promise<HttpAnswer> {
  const { promise, resolve, reject } = Promise.withResolvers<HttpAnswer>();
  const headers = { ...HEADERS, host: serverName ?? host, 'content-length': query.wire.length };
  const request = httpsRequest({ createConnection: () => socket, method: 'POST', path, headers, signal });
  request.once('response', (response) => {
    readMessage(response).then((body) => resolve({ status: response.statusCode, body }), reject);
  });
  request.once('error', reject);
  request.end(query.wire);
  return promise.finally(() => socket.destroy());
}

async function readMessage(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > MAX_MESSAGE_BYTES) throw new Error('the answer is larger than a DNS message can be');
  }
  return Buffer.concat(chunks);
}
