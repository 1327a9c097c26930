import type { IncomingMessage } from 'node:http';
import { isCertificateError, type Retryability } from '../domain/errors.ts';
import { type Redact, redactor } from '../text/secrets.ts';
import { printable } from '../text/untrusted.ts';
import { untilAborted } from '../time/until-aborted.ts';
import { Connection } from './connection.ts';
import { isNetworkFault, NetworkError, type NetworkFault } from './network-error.ts';
import { proxyFor } from './proxy.ts';
import { ProxyError } from './proxy-error.ts';

/** A request below the API's base URL. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Starts with a slash; includes the query. */
  readonly path: string;
  readonly body?: object;
}

/** A complete response. The token of the request is removed from it. */
export interface HttpResponse {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** Where requests go and how long they may take. */
export interface HttpSessionOptions {
  /** Without a trailing slash. */
  readonly apiUrl: string;
  readonly apiToken: string;
  /** What to do when no answer arrives: where to look for incidents. */
  readonly statusHint: string;
  /** From the first byte sent to the last byte of the body. */
  readonly deadlineMs?: number;
  readonly maxBodyBytes?: number;
}

const DEFAULT_DEADLINE_MS = 30_000;
/** A page of results has a few hundred kilobytes at most. */
const DEFAULT_MAX_BODY_BYTES = 5 * 1024 * 1024;
const USER_AGENT = 'cloudflare-dashboard-sso-connector-action';

/** The name of the server could not be looked up. */
const NOT_FOUND: ReadonlySet<string> = new Set(['ENOTFOUND', 'EAI_AGAIN']);
/** The request did not reach the server, so it was not carried out. */
const NOT_SENT: ReadonlySet<string> = new Set([...NOT_FOUND, 'ECONNREFUSED', 'ENETUNREACH', 'EHOSTUNREACH']);

/**
 * HTTP exchanges with one API over the runner's HTTP client, so that the runner's proxy settings apply. Redirects are
 * not followed: the token is sent to the API's origin only.
 */
export class HttpSession {
  readonly #options: HttpSessionOptions;
  readonly #redact: Redact;
  readonly #url: URL;
  readonly #proxy: URL | undefined;
  /** Each serves one request at a time, so that ending a request closes only its own connection. */
  readonly #idle: Connection[] = [];

  /** @throws {InputError} when the environment names a proxy that is not one */
  constructor(options: HttpSessionOptions) {
    this.#url = new URL(options.apiUrl);
    this.#proxy = proxyFor(this.#url);
    this.#options = options;
    this.#redact = redactor([options.apiToken]);
  }

  /**
   * Sends one request. Whatever the network cannot have caused is thrown as it is.
   *
   * @param what the request in words, as they follow "to", for messages
   * @throws {NetworkError} when no complete response arrives in time
   */
  async exchange(request: HttpRequest, signal: AbortSignal, what?: string): Promise<HttpResponse> {
    const { deadlineMs = DEFAULT_DEADLINE_MS } = this.#options;
    const connection = this.#idle.pop() ?? new Connection(USER_AGENT, deadlineMs, this.#proxy);
    const deadline = AbortSignal.timeout(deadlineMs);
    try {
      const response = await untilAborted(
        this.#send(connection, request),
        AbortSignal.any([signal, deadline]),
      );
      this.#idle.push(connection);
      return response;
    } catch (error) {
      // Closes the connection, on which the answer may still arrive.
      connection.close();
      signal.throwIfAborted();
      const isLate = deadline.aborted && error === deadline.reason;
      const failure = isLate ? this.#noAnswerInTime(deadlineMs) : this.#failureOf(error);
      if (failure === undefined) throw this.#withoutToken(error);
      const { seen, ...details } = failure;
      throw new NetworkError(inWords(what, seen, request), details);
    }
  }

  async #send(connection: Connection, { method, path, body: json }: HttpRequest): Promise<HttpResponse> {
    const { apiUrl, apiToken, maxBodyBytes = DEFAULT_MAX_BODY_BYTES } = this.#options;
    const headers = {
      authorization: `Bearer ${apiToken}`,
      accept: 'application/json',
      ...(json && { 'content-type': 'application/json' }),
    };
    const data = json === undefined ? null : JSON.stringify(json);
    const message = await connection.request(method, `${apiUrl}${path}`, data, headers);
    const body = await readBody(message, maxBodyBytes);
    if (body === undefined) throw new TooLargeError(maxBodyBytes);
    return {
      status: message.statusCode ?? 0,
      headers: redactedHeaders(message.headers, this.#redact),
      body: this.#redact(body),
    };
  }

  #noAnswerInTime(deadlineMs: number): ExchangeFailure {
    const seen = `${this.#place()} gave no complete answer within ${deadlineMs / 1000} s`;
    return { seen, retryability: 'ambiguous', hint: this.#options.statusHint };
  }

  /** What the network, the proxy or the server did; `undefined` for a defect. */
  #failureOf(error: unknown): ExchangeFailure | undefined {
    if (error instanceof ProxyError) return this.#noTunnel(error);
    if (error instanceof TooLargeError)
      return { seen: error.message, retryability: 'permanent', hint: TOO_LARGE_HINT };
    return isNetworkFault(error) ? this.#noAnswer(error) : undefined;
  }

  #noAnswer(cause: NetworkFault): ExchangeFailure {
    const { code } = cause;
    // An error about several addresses, IPv4 and IPv6, has a code but no message.
    const reason = printable(this.#redact(cause.message || code), MAX_QUOTED);
    const seen = `${this.#place()} gave no complete answer: ${reason}`;
    if (isCertificateError(code))
      return { seen, retryability: 'permanent', hint: certificateHint(this.#url.host, code), cause };
    const retryability = NOT_SENT.has(code) ? 'not-carried-out' : 'ambiguous';
    return { seen, retryability, hint: this.#hintFor(code), cause };
  }

  #hintFor(code: string): string {
    if (NOT_FOUND.has(code)) {
      return `This runner could not look up ${this.#url.host}. Check the network and the DNS of the runner, and the name.`;
    }
    const reach = `Check that this runner can reach ${this.#url.host}: network, firewall, https_proxy. `;
    return `${NOT_SENT.has(code) ? reach : ''}${this.#options.statusHint}`;
  }

  /** Nothing was sent to the server, so trying again is always safe. */
  #noTunnel(cause: ProxyError): ExchangeFailure {
    const { status, message: seen } = cause;
    const isRefusal = status !== undefined && status < 500;
    const retryability = isRefusal ? 'permanent' : 'not-carried-out';
    return { seen, retryability, hint: proxyHint(this.#url, status), cause };
  }

  #place(): string {
    return this.#proxy === undefined
      ? this.#url.host
      : `${this.#url.host}, through the proxy ${this.#proxy.host},`;
  }

  /** A defect as it is, unless its message holds the token: the job summary, unlike the log, hides nothing. */
  #withoutToken(defect: unknown): unknown {
    if (!(defect instanceof Error)) return typeof defect === 'string' ? this.#redact(defect) : defect;
    const message = this.#redact(defect.message);
    if (message === defect.message) return defect;
    return Object.assign(new Error(message, { cause: defect }), { name: defect.name });
  }

  /** Closes idle connections. */
  close(): void {
    for (const connection of this.#idle.splice(0)) connection.close();
  }
}

/** Why an exchange failed: what was seen, as a clause. */
interface ExchangeFailure {
  readonly seen: string;
  readonly retryability: Retryability;
  readonly hint: string;
  readonly cause?: unknown;
}

class TooLargeError extends Error {
  constructor(maxBytes: number) {
    super(`the answer is larger than ${maxBytes} bytes`);
  }
}

/** A certificate may name hundreds of hosts, and the error names them all. */
const MAX_QUOTED = 500;

const TOO_LARGE_HINT =
  'This API sends no answer that large. Check the API URL, and whether a proxy answers instead of the API.';

function certificateHint(host: string, code: string): string {
  return code === 'CERT_HAS_EXPIRED' || code === 'CERT_NOT_YET_VALID'
    ? `The certificate of ${host} is not valid today. Check the clock of this runner, and whether a proxy with an expired certificate is in between.`
    : `The certificate of ${host} is not trusted. If a proxy inspects TLS, set NODE_EXTRA_CA_CERTS to its CA certificate.`;
}

function proxyHint({ hostname }: URL, status: number | undefined): string {
  if (status === 407) {
    return 'The proxy wants a user name and a password, or does not accept these. Set https_proxy to http://USER:PASSWORD@HOST:PORT, with special characters percent-encoded.';
  }
  return status === undefined
    ? `Check https_proxy, and that this runner can reach the proxy. If it reaches ${hostname} without one, add ${hostname} to no_proxy.`
    : `Have the proxy allow connections to ${hostname}, or add ${hostname} to no_proxy if this runner reaches it without the proxy.`;
}

/** What failed in words, then the request. */
function inWords(what: string | undefined, seen: string, { method, path }: HttpRequest): string {
  const failed = what === undefined ? '' : `Could not ${what}: `;
  return `${failed}${seen} (${method} ${path}).`;
}

/** `undefined` if the body is larger than `maxBytes`. */
async function readBody(message: IncomingMessage, maxBytes: number): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of message as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > maxBytes) return undefined;
  }
  return Buffer.concat(chunks).toString('utf8');
}

function redactedHeaders(headers: IncomingMessage['headers'], redact: Redact): IncomingMessage['headers'] {
  const redacted = Object.entries(headers).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.map(redact) : value && redact(value),
  ]);
  return Object.fromEntries(redacted);
}
