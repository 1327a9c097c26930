import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseAddress } from '../net/loopback.ts';
import { readMessages, withLengthPrefix } from '../net/tcp-framing.ts';
import { type Delivery, listenForDns, type Origin } from './listener.ts';
import { type DnsQuery, readQuery } from './message.ts';
import type { QueryLogEntry } from './server.ts';

/** A loopback address in front of a DNS server of any make: writes down every question and passes it on. */
export interface Recorder extends AsyncDisposable {
  /** `host:port`, UDP and TCP. */
  readonly address: string;
  readonly host: string;
  readonly port: number;
  /** Every question so far, of every type, in order; the list grows. */
  readonly queries: readonly QueryLogEntry[];
  close(): Promise<void>;
}

/** What a recorder does to a question instead of only passing it on. */
export interface Meddling {
  /** Keeps every question back for so long. */
  readonly delayMs?: number;
  /** The bytes to answer with; undefined passes the question on. */
  readonly answer?: (query: DnsQuery) => Buffer | undefined;
}

/** Options of {@link startRecorder}. */
export interface RecorderOptions extends Meddling {
  /** Default: 127.0.0.1. */
  readonly host?: string;
  /** Default: a free one. */
  readonly port?: number;
  /** `host:port` of the server behind it. */
  readonly target: string;
  readonly now?: () => number;
}

/** As patient as a client may be: what comes later is of no use to anybody. */
const PATIENCE_MS = 10_000;

/** Starts a recorder. */
export async function startRecorder(options: RecorderOptions): Promise<Recorder> {
  const { host = '127.0.0.1', target, now = Date.now, delayMs = 0, answer } = options;
  const queries: QueryLogEntry[] = [];
  const closing = new AbortController();

  const handle = async (bytes: Buffer, { transport, from }: Origin): Promise<Delivery | undefined> => {
    const received = readQuery(bytes);
    if (received.kind === 'query') {
      const { question, rd, cd, edns } = received.query;
      const { name, type } = question;
      queries.push({ receivedAt: now(), transport, name, type, rd, cd, edns: edns !== undefined, from });
    }
    const signal = AbortSignal.any([closing.signal, AbortSignal.timeout(PATIENCE_MS)]);
    try {
      if (delayMs > 0) await sleep(delayMs, undefined, { signal });
      const own = received.kind === 'query' ? answer?.(received.query) : undefined;
      const pass = transport === 'udp' ? passByUdp : passByTcp;
      return { messages: [own ?? (await pass(target, bytes, signal))] };
    } catch (error) {
      // The server behind it says nothing, or is gone: so does, or is, its public address.
      if (signal.aborted || isNetworkError(error)) return undefined;
      throw error;
    }
  };

  const listener = await listenForDns(host, handle, options.port);
  const close = () => {
    closing.abort();
    return listener.close();
  };
  return {
    address: `${host}:${listener.port}`,
    host,
    port: listener.port,
    queries,
    close,
    [Symbol.asyncDispose]: close,
  };
}

function isNetworkError(error: unknown): boolean {
  return error instanceof Error && 'code' in error;
}

async function passByUdp(target: string, query: Buffer, signal: AbortSignal): Promise<Buffer> {
  const { host, port } = parseAddress(target);
  const socket = createSocket('udp4');
  try {
    socket.connect(port, host);
    await once(socket, 'connect', { signal });
    const answered = once(socket, 'message', { signal });
    socket.send(query);
    const [bytes] = await answered;
    return bytes;
  } finally {
    socket.close();
  }
}

async function passByTcp(target: string, query: Buffer, signal: AbortSignal): Promise<Buffer> {
  const { host, port } = parseAddress(target);
  const socket = connect({ host, port, signal });
  try {
    return await new Promise<Buffer>((resolve, reject) => {
      readMessages(socket, resolve);
      socket.once('error', reject);
      socket.once('close', () => reject(Object.assign(new Error('closed'), { code: 'ECONNRESET' })));
      socket.write(withLengthPrefix(query));
    });
  } finally {
    socket.destroy();
  }
}
