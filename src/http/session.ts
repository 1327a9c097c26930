import type { IncomingMessage } from 'node:http';
import { HttpClient } from '@actions/http-client';
import { isCertificateError, type Retryability } from '../domain/errors.ts';
import { type Redact, redactor } from '../text/secrets.ts';
import { printable } from '../text/untrusted.ts';
import { isNetworkFault, NetworkError, type NetworkFault } from './network-error.ts';
import { proxyFor } from './proxy.ts';

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

/** The request did not reach the server, so it was not carried out. */
const NOT_SENT: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENETUNREACH',
  'EHOSTUNREACH',
]);

/**
 * HTTP exchanges with one API over the runner's HTTP client, so that the runner's proxy settings apply. Redirects are
 * not followed: the token is sent to the API's origin only.
 */
export class HttpSession {
  readonly #options: HttpSessionOptions;
  readonly #redact: Redact;
  /** Each client serves one request at a time, so that ending a request closes only its own connection. */
  readonly #idle: HttpClient[] = [];

  /** @throws {InputError} when the environment names a proxy that is not a URL */
  constructor(options: HttpSessionOptions) {
    proxyFor(new URL(options.apiUrl));
    this.#options = options;
    this.#redact = redactor([options.apiToken]);
  }

  /**
   * Sends one request. Whatever the network cannot have caused is thrown as it is.
   *
   * @throws {NetworkError} when no complete response arrives in time
   */
  async exchange(request: HttpRequest, signal: AbortSignal): Promise<HttpResponse> {
    const { deadlineMs = DEFAULT_DEADLINE_MS } = this.#options;
    const client = this.#idle.pop() ?? newClient(deadlineMs);
    const deadline = AbortSignal.timeout(deadlineMs);
    try {
      const response = await untilAborted(this.#send(client, request), AbortSignal.any([signal, deadline]));
      this.#idle.push(client);
      return response;
    } catch (error) {
      // Closes the connection, on which the answer may still arrive.
      client.dispose();
      signal.throwIfAborted();
      if (deadline.aborted && error === deadline.reason) throw this.#noAnswerInTime(request, deadlineMs);
      throw isNetworkFault(error) ? this.#noAnswer(request, error) : this.#withoutToken(error);
    }
  }

  async #send(client: HttpClient, { method, path, body: json }: HttpRequest): Promise<HttpResponse> {
    const { apiUrl, apiToken, maxBodyBytes = DEFAULT_MAX_BODY_BYTES } = this.#options;
    const headers = {
      authorization: `Bearer ${apiToken}`,
      accept: 'application/json',
      ...(json && { 'content-type': 'application/json' }),
    };
    const data = json === undefined ? null : JSON.stringify(json);
    const { message } = await client.request(method, `${apiUrl}${path}`, data, headers);
    const body = await readBody(message, maxBodyBytes);
    if (body === undefined) {
      const seen = `${method} ${path} got an answer larger than ${maxBodyBytes} bytes.`;
      throw new NetworkError(seen, { retryability: 'permanent', hint: TOO_LARGE_HINT });
    }
    return {
      status: message.statusCode ?? 0,
      headers: redactedHeaders(message.headers, this.#redact),
      body: this.#redact(body),
    };
  }

  #noAnswerInTime({ method, path }: HttpRequest, deadlineMs: number): NetworkError {
    const message = `${method} ${path} got no complete answer within ${deadlineMs / 1000} s.`;
    return new NetworkError(message, { retryability: 'ambiguous', hint: this.#options.statusHint });
  }

  #noAnswer({ method, path }: HttpRequest, cause: NetworkFault): NetworkError {
    const { host } = new URL(this.#options.apiUrl);
    const { code } = cause;
    const certificate = isCertificateError(code);
    const retryability: Retryability = certificate
      ? 'permanent'
      : NOT_SENT.has(code)
        ? 'not-carried-out'
        : 'ambiguous';
    const { statusHint } = this.#options;
    const reach = NOT_SENT.has(code)
      ? `Check that this machine can reach ${host}: DNS, firewall, https_proxy. `
      : '';
    const hint = certificate ? certificateHint(host, code) : `${reach}${statusHint}`;
    // An error about several addresses, IPv4 and IPv6, has a code but no message.
    const seen = printable(this.#redact(cause.message || code), MAX_QUOTED);
    return new NetworkError(`${method} ${path} got no complete answer from ${host}: ${seen}.`, {
      retryability,
      hint,
      cause,
    });
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
    for (const client of this.#idle.splice(0)) client.dispose();
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

function newClient(deadlineMs: number): HttpClient {
  // The client's own time-out is an error without a code: the deadline has to come first.
  const socketTimeout = deadlineMs + 60_000;
  const options = { allowRedirects: false, allowRetries: false, keepAlive: true, socketTimeout };
  return new HttpClient(USER_AGENT, [], options);
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

/** Settles like `work`, or rejects as soon as the signal aborts. A later outcome of `work` is ignored. */
function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  const onAbort = (): void => reject(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) onAbort();
  work.then(resolve, reject);
  return promise.finally(() => signal.removeEventListener('abort', onAbort));
}
