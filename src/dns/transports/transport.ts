import type { DnsMessage, Query } from '../message.ts';
import type { SocketAddress } from '../servers.ts';

/** Why an exchange gave no answer: nobody spoke, or the network said that nobody will. */
export type Silence = 'timeout' | 'refused' | 'unreachable' | 'closed';

/** The outcome of one query over one transport. Silence is an observation, not an exception. */
export type TransportOutcome =
  | { readonly ok: true; readonly message: DnsMessage }
  | { readonly ok: false; readonly silence: Silence };

/**
 * Sends a query and listens until an answer to it arrives, the time is up or the signal aborts. Whatever else
 * arrives in between is ignored. Rejects only with the reason of the signal.
 */
export type Transport = (
  query: Query,
  address: SocketAddress,
  limits: { readonly timeoutMs: number; readonly signal: AbortSignal },
) => Promise<TransportOutcome>;

/** Names the reason behind a socket error; anything unknown is a connection that ended. */
export function silenceOf(error: Error): Silence {
  const code = 'code' in error ? error.code : undefined;
  if (code === 'ECONNREFUSED') return 'refused';
  if (
    code === 'ENETUNREACH' ||
    code === 'EHOSTUNREACH' ||
    code === 'EADDRNOTAVAIL' ||
    code === 'EAFNOSUPPORT'
  ) {
    return 'unreachable';
  }
  return code === 'ETIMEDOUT' ? 'timeout' : 'closed';
}
