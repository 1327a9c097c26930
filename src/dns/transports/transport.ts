import type { ServerEndpoint } from '../../domain/dns-server.ts';
import { isCertificateError } from '../../domain/errors.ts';
import { isNetworkFault } from '../../http/network-error.ts';
import { ProxyError } from '../../http/proxy-error.ts';
import type { DnsMessage, Query } from '../protocol/message.ts';

/** Why an exchange gave no answer. */
export type Silence =
  | 'timeout'
  | 'refused'
  | 'unreachable'
  | 'closed'
  | 'certificate'
  | 'http-status'
  | 'proxy';

/** The outcome of one query over one transport. No answer is an outcome too, not an exception. */
export type TransportOutcome =
  | { readonly ok: true; readonly message: DnsMessage }
  | { readonly ok: false; readonly silence: Silence };

/** How long an exchange may take, and the signal that ends it early. */
export interface Limits {
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** What a transport itself finds wrong with an exchange. */
export class SilenceError extends Error {
  readonly silence: Silence;

  constructor(message: string, silence: Silence) {
    super(message);
    this.silence = silence;
  }
}

/**
 * Sends a query and listens until its answer arrives, the time is up or the signal aborts. Ignores whatever else
 * arrives. Rejects only with the signal's reason, or with a bug in the code.
 */
export type Transport = (query: Query, endpoint: ServerEndpoint, limits: Limits) => Promise<TransportOutcome>;

/** How a transport ends an exchange. Only the first call counts. */
export interface Exchange {
  settle(outcome: TransportOutcome): void;
  /** Settles with the silence behind an error of the network; any other error rejects the exchange. */
  fail(error: unknown): void;
}

/**
 * Runs an exchange within its limits. `start` begins it and returns the function that frees its resources, which is
 * called once, however the exchange ends.
 */
export async function withinLimits(
  { timeoutMs, signal }: Limits,
  start: (exchange: Exchange) => () => void,
): Promise<TransportOutcome> {
  signal.throwIfAborted();
  const { promise, resolve, reject } = Promise.withResolvers<TransportOutcome>();
  const release = start({
    settle: resolve,
    fail(error) {
      const silence = silenceOf(error);
      if (silence === undefined) reject(error);
      else resolve({ ok: false, silence });
    },
  });
  const onAbort = (): void => reject(signal.reason);
  const timer = setTimeout(() => resolve({ ok: false, silence: 'timeout' }), timeoutMs);
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
    release();
  }
}

const UNREACHABLE: ReadonlySet<string> = new Set([
  'ENETUNREACH',
  'EHOSTUNREACH',
  'EADDRNOTAVAIL',
  'EAFNOSUPPORT',
]);

/** The silence behind an error; `undefined` for an error that no network causes. */
function silenceOf(error: unknown): Silence | undefined {
  if (error instanceof SilenceError) return error.silence;
  if (error instanceof ProxyError) return 'proxy';
  if (!isNetworkFault(error)) return undefined;
  const { code } = error;
  if (code === 'ECONNREFUSED') return 'refused';
  if (code === 'ETIMEDOUT') return 'timeout';
  if (UNREACHABLE.has(code)) return 'unreachable';
  return isCertificateError(code) ? 'certificate' : 'closed';
}
