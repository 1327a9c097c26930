import pLimit from 'p-limit';
import type { ServerEndpoint, WireTransport } from '../../domain/dns-server.ts';
import { type Clock, systemClock } from '../../time/clock.ts';
import { type DnsMessage, encodeQuery, type Question } from '../protocol/message.ts';
import { createHttps } from '../transports/https.ts';
import { tcp } from '../transports/tcp.ts';
import { createTls } from '../transports/tls.ts';
import type { Silence, Transport, TransportOutcome } from '../transports/transport.ts';
import { udp } from '../transports/udp.ts';
import type { DnsServer } from './servers.ts';

/** What came back from one server, over whichever transport got through. */
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
      /** UDP did answer, but only that the answer is too large for it. */
      readonly truncatedOverUdp: boolean;
    };

/** Asks DNS servers, a bounded number of them at once and of questions a second. */
export interface DnsClient {
  /** Resolves with what came back; rejects only with the reason of the signal. */
  ask(server: DnsServer, question: Question, signal: AbortSignal, options?: AskOptions): Promise<Reply>;
}

/** How a question is asked. */
export interface AskOptions {
  /** Sets CD=1: a validating resolver answers even what it takes for bogus (RFC 4035, section 3.2.2). */
  readonly checkingDisabled?: boolean;
}

interface Ask extends AskOptions {
  readonly question: Question;
  readonly signal: AbortSignal;
}

/** What {@link createDnsClient} can be told. */
export interface DnsClientOptions {
  readonly transports?: Readonly<Record<WireTransport, Transport>>;
  readonly clock?: Clock;
  /** So many sockets at most. */
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

/** Servers that do not know EDNS answer with one of these; plain DNS gets through (RFC 6891, section 7). */
const EDNS_REFUSALS: ReadonlySet<string> = new Set(['FORMERR', 'BADVERS', 'NOTIMP']);

/** The client over real sockets; tests replace the transports. */
export function createDnsClient({
  transports = { udp, tcp, tls: createTls(), https: createHttps() },
  clock = systemClock,
  maxConcurrent = 200,
  maxQuestionsPerSecond = 1000,
}: DnsClientOptions = {}): DnsClient {
  const limit = pLimit(maxConcurrent);
  const pace = createPace(clock, maxQuestionsPerSecond);
  const turns = new WeakMap<DnsServer, number>();
  const gotThrough = new WeakMap<DnsServer, WireTransport>();
  return {
    ask: (server, question, signal, options) => limit(askInTurn, server, { question, signal, ...options }),
  };

  /** Every attempt goes to the next address, since those of an anycast service fail on their own. */
  async function askInTurn(server: DnsServer, ask: Ask): Promise<Reply> {
    const turn = turns.get(server) ?? 0;
    turns.set(server, turn + 1);
    const unreachable = new Set<ServerEndpoint>();
    let reply: Reply | undefined;
    let tooLarge: Reply | undefined;
    for (const attempt of attemptsAt(server, turn, gotThrough.get(server))) {
      if (unreachable.has(attempt.endpoint) || (tooLarge && attempt.transport !== 'https')) continue;
      reply = await askOnce(attempt, server, ask);
      if (reply.ok && reply.message.truncated && attempt.transport === 'udp') {
        const overTcp = await askOnce(streamAttempt('tcp', attempt.endpoint), server, ask);
        if (overTcp.ok) return overTcp;
        tooLarge = { ...overTcp, truncatedOverUdp: true };
        continue;
      }
      if (reply.ok) {
        gotThrough.set(server, attempt.transport);
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

/**
 * UDP twice, TCP, then HTTPS where there is one; or only what the server's transport says. What got through last
 * time comes first, so that a network that blocks port 53 costs its time-outs once.
 */
function attemptsAt(
  server: DnsServer,
  turn: number,
  gotThrough: WireTransport | undefined,
): readonly Attempt[] {
  const endpointsOf = (transport: WireTransport) =>
    (transport === 'https' ? server.https : undefined) ?? server.addresses;
  const nth = (transport: WireTransport, index: number): ServerEndpoint[] => {
    const endpoints = endpointsOf(transport);
    return endpoints.slice((turn + index) % endpoints.length).slice(0, 1);
  };
  const overUdp = UDP_TIMEOUTS_MS.flatMap((timeoutMs, index): Attempt[] =>
    nth('udp', index).map((endpoint) => ({ transport: 'udp', endpoint, timeoutMs })),
  );
  const overStream = (transport: WireTransport, count: number): readonly Attempt[] =>
    Array.from({ length: count }, (_, index) => nth(transport, index))
      .flat()
      .map((one) => streamAttempt(transport, one));
  switch (server.transport) {
    case 'udp':
      return overUdp;
    case 'tcp':
      return overStream('tcp', 1);
    case 'tls':
    case 'https':
      return overStream(server.transport, server.addresses.length);
    case 'auto': {
      const all = [...overUdp, ...overStream('tcp', 1), ...overStream('https', server.https?.length ?? 0)];
      const first = all.filter(({ transport }) => transport === gotThrough);
      return gotThrough === 'https' || gotThrough === 'tcp'
        ? [...first, ...all.filter((one) => !first.includes(one))]
        : all;
    }
  }
}

function streamAttempt(transport: WireTransport, endpoint: ServerEndpoint): Attempt {
  return { transport, endpoint, timeoutMs: STREAM_TIMEOUT_MS };
}

/** Gives every question a moment of its own, `perSecond` of them a second. */
function createPace(clock: Clock, perSecond: number): (signal: AbortSignal) => Promise<void> {
  let nextMs = 0;
  return async (signal) => {
    const nowMs = clock.now();
    nextMs = Math.max(nextMs, nowMs) + 1000 / perSecond;
    const pauseMs = Math.floor(nextMs - 1000 / perSecond - nowMs);
    if (pauseMs > 0) await clock.sleep(pauseMs, signal);
  };
}
