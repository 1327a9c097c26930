import pLimit from 'p-limit';
import { type DnsMessage, encodeQuery, type Question } from './message.ts';
import type { DnsServer, SocketAddress } from './servers.ts';
import { tcp } from './transports/tcp.ts';
import type { Silence, Transport } from './transports/transport.ts';
import { udp } from './transports/udp.ts';

/** What came back from one server, over whichever transport got through. */
export type Reply =
  | {
      readonly ok: true;
      readonly message: DnsMessage;
      readonly address: SocketAddress;
      readonly transport: WireTransport;
    }
  | {
      readonly ok: false;
      readonly silence: Silence;
      readonly address: SocketAddress;
      readonly transport: WireTransport;
      /** UDP did answer, but only that the answer is too large for it. */
      readonly truncatedOverUdp: boolean;
    };

type WireTransport = 'udp' | 'tcp';

/** Asks DNS servers, one question at a time to each caller, a bounded number at once in all. */
export interface DnsClient {
  /** Resolves with what came back; rejects only with the reason of the signal. */
  ask(server: DnsServer, question: Question, signal: AbortSignal): Promise<Reply>;
}

interface Attempt {
  readonly transport: WireTransport;
  readonly timeoutMs: number;
}

const TCP_ATTEMPT: Attempt = { transport: 'tcp', timeoutMs: 5000 };
const ATTEMPTS: Readonly<Record<DnsServer['transport'], readonly Attempt[]>> = {
  auto: [{ transport: 'udp', timeoutMs: 1500 }, { transport: 'udp', timeoutMs: 3000 }, TCP_ATTEMPT],
  udp: [
    { transport: 'udp', timeoutMs: 1500 },
    { transport: 'udp', timeoutMs: 3000 },
  ],
  tcp: [TCP_ATTEMPT],
};

/** Servers that do not know EDNS answer with one of these; plain DNS gets through (RFC 6891, section 7). */
const EDNS_REFUSALS: ReadonlySet<string> = new Set(['FORMERR', 'BADVERS', 'NOTIMP']);

/** The client over real sockets; tests replace the transports. */
export function createDnsClient({
  transports = { udp, tcp },
  maxConcurrent = 64,
}: {
  readonly transports?: Readonly<Record<WireTransport, Transport>>;
  readonly maxConcurrent?: number;
} = {}): DnsClient {
  const limit = pLimit(maxConcurrent);
  return { ask: (server, question, signal) => limit(askInTurn, server, question, signal) };

  /** Every attempt goes to the next address, since those of an anycast service fail on their own. */
  async function askInTurn(server: DnsServer, question: Question, signal: AbortSignal): Promise<Reply> {
    const unreachable = new Set<SocketAddress>();
    let reply: Reply | undefined;
    for (const [index, attempt] of ATTEMPTS[server.transport].entries()) {
      const address = server.addresses[index % server.addresses.length];
      if (address === undefined || unreachable.has(address)) continue;
      reply = await askOnce(attempt, address, question, { server, signal });
      if (reply.ok && reply.message.truncated && attempt.transport === 'udp') {
        const overTcp = await askOnce(TCP_ATTEMPT, address, question, { server, signal });
        return overTcp.ok ? overTcp : { ...overTcp, truncatedOverUdp: true };
      }
      if (reply.ok) return reply;
      if (reply.silence === 'unreachable') unreachable.add(address);
    }
    if (reply === undefined) throw new RangeError(`the server ${server.label} has no address`);
    return reply;
  }

  async function askOnce(
    { transport, timeoutMs }: Attempt,
    address: SocketAddress,
    question: Question,
    { server, signal }: { server: DnsServer; signal: AbortSignal },
  ): Promise<Reply> {
    const recursionDesired = server.role === 'resolver';
    const send = (edns: boolean) =>
      transports[transport](encodeQuery(question, { recursionDesired, edns }), address, {
        timeoutMs,
        signal,
      });
    let outcome = await send(true);
    if (outcome.ok && EDNS_REFUSALS.has(outcome.message.rcode)) outcome = await send(false);
    return outcome.ok
      ? { ...outcome, address, transport }
      : { ...outcome, address, transport, truncatedOverUdp: false };
  }
}
