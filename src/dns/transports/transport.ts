import type { Endpoint } from '../../domain/dns-server.ts';
import { isCertificateError } from '../../domain/errors.ts';
import type { DnsMessage, Query } from '../protocol/message.ts';

/** Why an exchange gave no answer: nobody spoke, or what spoke is not to be believed. */
export type Silence = 'timeout' | 'refused' | 'unreachable' | 'closed' | 'certificate' | 'http-status';

/** The outcome of one query over one transport. Silence is an observation, not an exception. */
export type TransportOutcome =
  | { readonly ok: true; readonly message: DnsMessage }
  | { readonly ok: false; readonly silence: Silence };

/** How long an exchange may take, and what ends it before. */
export interface Limits {
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/**
 * Sends a query and listens until an answer to it arrives, the time is up or the signal aborts. Whatever else
 * arrives in between is ignored. Rejects only with the reason of the signal.
 */
export type Transport = (query: Query, endpoint: Endpoint, limits: Limits) => Promise<TransportOutcome>;

/**
 * The frame of every transport: `start` begins the exchange and returns what lets go of its resources; it is
 * called once, whatever ended the exchange.
 */
export async function withinLimits(
  { timeoutMs, signal }: Limits,
  start: (settle: (outcome: TransportOutcome) => void) => () => void,
): Promise<TransportOutcome> {
  signal.throwIfAborted();
  const { promise, resolve, reject } = Promise.withResolvers<TransportOutcome>();
  const onAbort = (): void => reject(signal.reason);
  const timer = setTimeout(() => resolve({ ok: false, silence: 'timeout' }), timeoutMs);
  signal.addEventListener('abort', onAbort, { once: true });
  const letGo = start(resolve);
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
    letGo();
  }
}

/** The outcome behind a socket error; anything unknown is a connection that ended. */
export function silenceOf(error: Error): TransportOutcome {
  return { ok: false, silence: nameOf('code' in error ? error.code : undefined) };
}

const UNREACHABLE: ReadonlySet<unknown> = new Set([
  'ENETUNREACH',
  'EHOSTUNREACH',
  'EADDRNOTAVAIL',
  'EAFNOSUPPORT',
]);

function nameOf(code: unknown): Silence {
  if (code === 'ECONNREFUSED') return 'refused';
  if (code === 'ETIMEDOUT') return 'timeout';
  if (UNREACHABLE.has(code)) return 'unreachable';
  return isCertificateError(code) ? 'certificate' : 'closed';
}
