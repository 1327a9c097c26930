import { type ClientRequest, request as httpRequest } from 'node:http';
import { Agent, request as httpsRequest } from 'node:https';
import { isIP, type Socket } from 'node:net';
import { connect } from 'node:tls';
import { printable } from '../text/untrusted.ts';
import { bareHost } from './host.ts';
import { ProxyError } from './proxy-error.ts';

/** How a tunnel is opened. */
export interface TunnelOptions {
  /** Until the proxy has answered. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
  /** The socket does not keep the process alive. */
  readonly isBackground?: boolean;
}

/**
 * Opens a tunnel through an HTTP proxy (RFC 9110, section 9.3.6).
 *
 * @param target host and port of the server
 * @throws {ProxyError} when the proxy refuses, cannot be reached or does not answer
 */
export async function openTunnel(
  proxy: URL,
  target: string,
  { timeoutMs, signal, isBackground = false }: TunnelOptions,
): Promise<Socket> {
  const { promise, resolve, reject } = Promise.withResolvers<Socket>();
  const request = connectRequest(proxy, target);
  request.once('connect', ({ statusCode = 0 }, socket, head) => {
    socket.unshift(head);
    if (statusCode >= 200 && statusCode < 300) return resolve(socket);
    socket.destroy();
    return reject(new ProxyError(proxy, `answered HTTP ${statusCode}`, statusCode));
  });
  request.on('error', (error) => {
    const seen = printable(error.message || String(error), MAX_QUOTED);
    reject(error instanceof ProxyError ? error : new ProxyError(proxy, `could not be used: ${seen}`));
  });
  if (isBackground) request.once('socket', (socket) => socket.unref());
  const giveUp = (seen: string): void => void request.destroy(new ProxyError(proxy, seen));
  const timer = setTimeout(giveUp, timeoutMs, `did not answer within ${timeoutMs / 1000} s`);
  if (isBackground) timer.unref();
  const onAbort = (): void => giveUp('was no longer needed');
  signal?.addEventListener('abort', onAbort, { once: true });
  request.end();
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
  }
}

/** Enough to recognise an error of the system. */
const MAX_QUOTED = 200;

function connectRequest(proxy: URL, target: string): ClientRequest {
  const isSecure = proxy.protocol === 'https:';
  const host = bareHost(proxy.hostname);
  const credentials = Buffer.from(`${proxy.username}:${proxy.password}`).toString('base64');
  const hasCredentials = proxy.username !== '' || proxy.password !== '';
  const options = {
    host,
    port: Number(proxy.port) || (isSecure ? 443 : 80),
    method: 'CONNECT',
    path: target,
    agent: false,
    headers: {
      host: target,
      ...(hasCredentials && { 'proxy-authorization': `Basic ${credentials}` }),
    },
  } as const;
  // Without a server name, Node.js takes the one in the Host header, which is that of the target.
  return isSecure ? httpsRequest({ ...options, servername: isIP(host) ? '' : host }) : httpRequest(options);
}

/**
 * Leads HTTPS requests through a proxy. The runner's HTTP client has an agent for that, but it encodes a password in a way
 * that Node.js warns of (DEP0005), cannot close a tunnel that its proxy never opens, and hides what the proxy answered.
 */
export class TunnelAgent extends Agent {
  readonly #proxy: URL;
  readonly #timeoutMs: number;
  readonly #closed = new AbortController();

  constructor(proxy: URL, timeoutMs: number) {
    super({ keepAlive: true });
    this.#proxy = proxy;
    this.#timeoutMs = timeoutMs;
  }

  override createConnection(
    ...[options, callback]: Parameters<Agent['createConnection']>
  ): ReturnType<Agent['createConnection']> {
    const host = options.host ?? '';
    const target = `${isIP(host) === 6 ? `[${host}]` : host}:${options.port}`;
    const limits = { timeoutMs: this.#timeoutMs, signal: this.#closed.signal };
    openTunnel(this.#proxy, target, limits).then(
      (socket) => callback?.(null, connect({ ...options, socket } as object)),
      (error: Error) => callback?.(error, undefined as never),
    );
    return undefined;
  }

  override destroy(): void {
    this.#closed.abort();
    super.destroy();
  }
}
