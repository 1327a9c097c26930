import type { Agent, IncomingMessage, RequestOptions } from 'node:http';
import { HttpClient } from '@actions/http-client';
import { bareHost } from './host.ts';
import { TunnelAgent } from './tunnel.ts';

/** Of the deadline, what a proxy gets to open a tunnel: the rest is left to say that it did not. */
const PROXY_SHARE = 0.5;

/** The runner's HTTP client with at most one open connection. */
export class Connection {
  readonly #client: HttpClient;
  readonly #tunnels: TunnelAgent | undefined;

  /** @param deadlineMs when the caller gives a request up */
  constructor(userAgent: string, deadlineMs: number, proxy: URL | undefined) {
    this.#tunnels = proxy && new TunnelAgent(proxy, deadlineMs * PROXY_SHARE);
    // The client's own time-out is an error without a code: the deadline has to come first.
    const socketTimeout = deadlineMs + 60_000;
    const options = { allowRedirects: false, allowRetries: false, keepAlive: true, socketTimeout };
    this.#client = new HttpClient(userAgent, [requestHandler(this.#tunnels)], options);
  }

  /** Sends a request; resolves once the headers of the answer are there. */
  async request(...request: Parameters<HttpClient['request']>): Promise<IncomingMessage> {
    return (await this.#client.request(...request)).message;
  }

  close(): void {
    this.#client.dispose();
    this.#tunnels?.destroy();
  }
}

/** Corrects what the client makes of a URL: it keeps the brackets of an IPv6 address, and has tunnels of its own. */
function requestHandler(tunnels: Agent | undefined) {
  return {
    prepareRequest(options: RequestOptions): void {
      options.host = bareHost(options.host ?? '');
      if (tunnels !== undefined) options.agent = tunnels;
    },
    canHandleAuthentication: () => false,
    handleAuthentication: () => Promise.reject(new RangeError('nobody asked for this authentication')),
  };
}
