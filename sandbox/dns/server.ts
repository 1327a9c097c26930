import { setTimeout as sleep } from 'node:timers/promises';
import type { RecordType } from 'dns-packet';
import { FaultRules } from '../net/fault-rules.ts';
import { type DnsFaultRule, matchesQuery, toDelivery } from './faults.ts';
import { type Delivery, listenForDns, type Origin, type Transport } from './listener.ts';
import { type DnsQuery, type DnsResponse, encodeBareHeader, readQuery } from './message.ts';

/** One query that a server received, of any type, whatever was answered. */
export interface QueryLogEntry {
  /** Milliseconds since 1970 by the server's clock. */
  readonly receivedAt: number;
  readonly transport: Transport;
  /** As the client spelled it. */
  readonly name: string;
  readonly type: RecordType;
  readonly rd: boolean;
  readonly cd: boolean;
  /** It had an OPT record (RFC 6891). */
  readonly edns: boolean;
  /** `address:port` of the client. */
  readonly from: string;
}

/** A DNS server on loopback with a query log and fault rules. */
export interface DnsServer extends AsyncDisposable {
  /** `host:port`, the same port for UDP and TCP. */
  readonly address: string;
  readonly host: string;
  readonly port: number;
  /** The queries so far, in order; the list grows. */
  readonly queries: readonly QueryLogEntry[];
  readonly faults: FaultRules<DnsFaultRule>;
  /** Empties {@link DnsServer.queries}. */
  clearQueries(): void;
  /** Closes all connections at once. */
  close(): Promise<void>;
}

/** Options of {@link startDnsServer}. */
export interface DnsServerOptions {
  readonly host: string;
  readonly now: () => number;
  /** The answer to a query before faults; aborted when the server closes. */
  readonly answer: (query: DnsQuery, signal: AbortSignal) => DnsResponse | Promise<DnsResponse>;
}

/** Waits; false if the server closed in the meantime. */
async function passed(delayMs: number, signal: AbortSignal): Promise<boolean> {
  if (delayMs > 0) {
    // Only the signal can make this sleep fail; the return value says so.
    await sleep(delayMs, undefined, { signal, ref: false }).catch(() => undefined);
  }
  return !signal.aborted;
}

/** The answer to unknown EDNS versions (RFC 6891, 6.1.3). */
function refuseVersion({ edns }: DnsQuery): DnsResponse | undefined {
  return edns !== undefined && edns.version > 0 ? { rcode: 'BADVERS' } : undefined;
}

/** Starts a DNS server around a function that answers. */
export async function startDnsServer({ host, now, answer }: DnsServerOptions): Promise<DnsServer> {
  const queries: QueryLogEntry[] = [];
  const faults = new FaultRules<DnsFaultRule>();
  const closing = new AbortController();

  const handle = async (bytes: Buffer, { transport, from }: Origin): Promise<Delivery | undefined> => {
    const received = readQuery(bytes);
    if (received.kind === 'noise') return undefined;
    if (received.kind === 'unusable') return { messages: [encodeBareHeader(received.id, received.rcode)] };

    const { query } = received;
    const { name, type } = query.question;
    const { rd, cd } = query;
    queries.push({ receivedAt: now(), transport, name, type, rd, cd, edns: query.edns !== undefined, from });
    const rule = faults.take((candidate) => matchesQuery(candidate, query, transport));
    if (rule?.drop) return undefined;
    const response = refuseVersion(query) ?? (await answer(query, closing.signal));
    if (!(await passed(rule?.delayMs ?? 0, closing.signal))) return undefined;
    return toDelivery(query, response, transport, rule);
  };

  const listener = await listenForDns(host, handle);
  const close = () => {
    closing.abort();
    return listener.close();
  };
  return {
    address: `${host}:${listener.port}`,
    host,
    port: listener.port,
    queries,
    faults,
    clearQueries: () => {
      queries.length = 0;
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}
