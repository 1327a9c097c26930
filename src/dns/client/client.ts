import pLimit from 'p-limit';
import type { ServerEndpoint, WireTransport } from '../../domain/dns-server.ts';
import { type Clock, systemClock } from '../../time/clock.ts';
import { type DnsMessage, encodeQuery, type Question } from '../protocol/message.ts';
import { tcp } from '../transports/tcp.ts';
import type { Silence, Transport, TransportOutcome } from '../transports/transport.ts';
import { udp } from '../transports/udp.ts';
import type { DnsServer } from './servers.ts';

/** The reply of one server, over whichever transport worked. */
export type Reply =
  | {
      readonly ok: true;
      readonly message: DnsMessage;
      readonly address: ServerEndpoint;
      readonly transport: WireTransport;
    }
  | {
      readonly ok: false;
      readonly silence: Silence;
      readonly address: ServerEndpoint;
      readonly transport: WireTransport;
      /** There was an answer over UDP, but it was truncated. */
      readonly truncatedOverUdp: boolean;
    };

/** Asks DNS servers, with a limit on concurrent questions and on questions per second. */
export interface DnsClient {
  /** Resolves with the reply, or the lack of one; rejects only with the signal's reason. */
  ask(server: DnsServer, question: Question, signal: AbortSignal, options?: AskOptions): Promise<Reply>;
}

/** How a question is asked. */
export interface AskOptions {
  /** Sets CD=1, so that a validating resolver also returns bogus data (RFC 4035, section 3.2.2). */
  readonly checkingDisabled?: boolean;
}

interface Ask extends AskOptions {
  readonly question: Question;
  readonly signal: AbortSignal;
}

/** Options of {@link createDnsClient}. */
export interface DnsClientOptions {
  readonly transports?: Readonly<Record<WireTransport, Transport>>;
  readonly clock?: Clock;
  /** The most questions at once; each uses one socket. */
  readonly maxConcurrent?: number;
  readonly maxQuestionsPerSecond?: number;
}

interface Attempt {
  readonly transport: WireTransport;
  readonly endpoint: ServerEndpoint;
  readonly timeoutMs: number;
}

const UDP_TIMEOUTS_MS = [1500, 3000] as const;
const STREAM_TIMEOUT_MS = 5000;

// Loaded by the first query that needs one: most waits get along without TLS, which takes as long to load as a query.
const loadTls = async (): Promise<Transport> => (await import('../transports/tls.ts')).createTls();
const loadHttps = async (): Promise<Transport> => (await import('../transports/https.ts')).createHttps();

/** A server without EDNS answers with one of these; it understands plain DNS (RFC 6891, section 7). */
const EDNS_REFUSALS: ReadonlySet<string> = new Set(['FORMERR', 'BADVERS', 'NOTIMP']);

/** Creates a client with real sockets; tests replace the transports. */
export function createDnsClient({
  transports = { udp, tcp, tls: whenUsed(loadTls), https: whenUsed(loadHttps) },
  clock = systemClock,
  maxConcurrent = 200,
  maxQuestionsPerSecond = 1000,
}: DnsClientOptions = {}): DnsClient {
  const limit = pLimit(maxConcurrent);
  const pace = createPace(clock, maxQuestionsPerSecond);
  const turns = new WeakMap<DnsServer, number>();
  const lastWorking = new WeakMap<DnsServer, WireTransport>();
  return {
    ask: (server, question, signal, options) => limit(askInTurn, server, { question, signal, ...options }),
  };

  /** Each attempt uses the next address of the server: one can fail while another works. */
  async function askInTurn(server: DnsServer, ask: Ask): Promise<Reply> {
    const turn = turns.get(server) ?? 0;
    turns.set(server, turn + 1);
    const unreachable = new Set<ServerEndpoint>();
    let reply: Reply | undefined;
    let tooLarge: Reply | undefined;
    for (const attempt of attemptsAt(server, turn, lastWorking.get(server))) {
      if (unreachable.has(attempt.endpoint) || (tooLarge && attempt.transport !== 'https')) continue;
      reply = await askOnce(attempt, server, ask);
      if (reply.ok && reply.message.truncated && attempt.transport === 'udp') {
        const overTcp = await askOnce(streamAttempt('tcp', attempt.endpoint), server, ask);
        if (overTcp.ok) return overTcp;
        tooLarge = { ...overTcp, truncatedOverUdp: true };
        continue;
      }
      if (reply.ok) {
        lastWorking.set(server, attempt.transport);
        return reply;
      }
      if (reply.silence === 'unreachable') unreachable.add(attempt.endpoint);
    }
    const last = tooLarge ?? reply;
    if (last === undefined) throw new RangeError(`the server ${server.label} has no address`);
    return last;
  }

  async function askOnce(attempt: Attempt, server: DnsServer, ask: Ask): Promise<Reply> {
    const { transport, endpoint, timeoutMs } = attempt;
    const flags = {
      recursionDesired: server.role === 'resolver',
      checkingDisabled: ask.checkingDisabled ?? false,
    };
    const send = async (edns: boolean): Promise<TransportOutcome> => {
      await pace(ask.signal);
      const query = encodeQuery(ask.question, { ...flags, edns });
      return transports[transport](query, endpoint, { timeoutMs, signal: ask.signal });
    };
    let outcome = await send(true);
    if (outcome.ok && EDNS_REFUSALS.has(outcome.message.rcode)) outcome = await send(false);
    const route = { address: endpoint, transport };
    return outcome.ok ? { ...outcome, ...route } : { ...outcome, ...route, truncatedOverUdp: false };
  }
}

/** One transport for all queries, made at the first of them. */
function whenUsed(load: () => Promise<Transport>): Transport {
  let loading: Promise<Transport> | undefined;
  return async (...query) => {
    loading ??= load();
    return (await loading)(...query);
  };
}

/**
 * UDP twice, then TCP, then HTTPS if the server has it; or only the server's own transport. The transport that worked
 * last time comes first, so that a network which blocks port 53 costs the time-outs only once.
 */
function* attemptsAt(
  server: DnsServer,
  turn: number,
  lastWorking: WireTransport | undefined,
): Generator<Attempt> {
  const endpointsOf = (transport: WireTransport) =>
    (transport === 'https' ? server.https : undefined) ?? server.addresses;
  const over = (transport: WireTransport) => attemptsOver(transport, endpointsOf(transport), turn);
  if (server.transport !== 'auto') return yield* over(server.transport);
  const all: readonly WireTransport[] = server.https === undefined ? ['udp', 'tcp'] : ['udp', 'tcp', 'https'];
  const first = all.filter((transport) => transport === lastWorking && transport !== 'udp');
  for (const transport of [...first, ...all.filter((one) => !first.includes(one))]) yield* over(transport);
}

/** UDP twice, TCP once, and the others at each address; never made before it is its turn. */
function* attemptsOver(
  transport: WireTransport,
  endpoints: readonly ServerEndpoint[],
  turn: number,
): Generator<Attempt> {
  const counts = { udp: UDP_TIMEOUTS_MS.length, tcp: 1, tls: endpoints.length, https: endpoints.length };
  for (let index = 0; index < counts[transport]; index++) {
    const endpoint = endpoints[(turn + index) % endpoints.length];
    if (endpoint === undefined) return;
    const timeoutMs = transport === 'udp' ? UDP_TIMEOUTS_MS[index] : undefined;
    yield { transport, endpoint, timeoutMs: timeoutMs ?? STREAM_TIMEOUT_MS };
  }
}

function streamAttempt(transport: WireTransport, endpoint: ServerEndpoint): Attempt {
  return { transport, endpoint, timeoutMs: STREAM_TIMEOUT_MS };
}

/** Spreads the questions evenly, `perSecond` of them a second. */
function createPace(clock: Clock, perSecond: number): (signal: AbortSignal) => Promise<void> {
  let nextMs = 0;
  return async (signal) => {
    const nowMs = clock.now();
    nextMs = Math.max(nextMs, nowMs) + 1000 / perSecond;
    const pauseMs = Math.floor(nextMs - 1000 / perSecond - nowMs);
    if (pauseMs > 0) await clock.sleep(pauseMs, signal);
  };
}
