import type { Zone } from '../../sandbox/index.ts';
import type { DnsClient, Reply } from '../../src/dns/client/client.ts';
import { type DnsServer, parseResolver, resolverServer } from '../../src/dns/client/servers.ts';
import { AuthorityFinder } from '../../src/dns/discovery/authority.ts';
import type { AddressServices } from '../../src/dns/discovery/name-server-addresses.ts';
import type { Question } from '../../src/dns/protocol/message.ts';
import { message, type ResponseParts } from '../samples/dns-responses.ts';
import { NOON_MS } from './clock.ts';
import { simulatedClock } from './simulated-clock.ts';

/** What a host says to a question; `never` hangs until it is aborted. */
export type Says = ResponseParts | 'silence' | 'never';
/** A host that answers questions, so many milliseconds after the start. */
export type Host = (question: Question, atMs?: number) => Says;

/** A question that went out, to the address of a host. */
export interface Asked {
  readonly host: string;
  /** Name and type. */
  readonly question: string;
  readonly atMs: number;
}

/** The addresses of the resolvers, in their order. */
export const RESOLVERS = ['192.0.2.1', '192.0.2.2', '192.0.2.3'] as const;

/** More than any test needs; without a bound, a search without an end would never let a test time out. */
const MAX_QUESTIONS = 20_000;

/** An authoritative server with these zones; it refuses whatever is in none of them. */
export function serves(...zones: readonly Zone[]): Host {
  return ({ name, type }) => {
    const zone = zones
      .filter(({ origin }) => origin === '' || name === origin || name.endsWith(`.${origin}`))
      .toSorted((one, other) => other.origin.length - one.origin.length)[0];
    if (zone === undefined) return { aa: false, rcode: 5 };
    const { kind, ...sections } = zone.lookUp(name, type);
    return { aa: kind !== 'referral', rcode: kind === 'nxdomain' ? 3 : 0, ...sections };
  };
}

/** A resolver that knows name servers by zone, and addresses by host; everything else is NXDOMAIN. */
export function knows(
  nameServers: Readonly<Record<string, readonly string[]>>,
  addresses: Readonly<Record<string, readonly string[]>>,
): Host {
  return ({ name, type }) => {
    const targets = type === 'NS' ? nameServers[name] : undefined;
    const found = (addresses[name] ?? []).filter((one) => one.includes(':') === (type === 'AAAA'));
    const answers = [
      ...(targets ?? []).map((data) => ({ type: 'NS', name, ttl: 60, data }) as const),
      ...(type === 'A' || type === 'AAAA'
        ? found.map((data) => ({ type, name, ttl: 60, data }) as const)
        : []),
    ];
    const isKnown = targets !== undefined || addresses[name] !== undefined;
    return { aa: false, ra: true, rcode: isKnown ? 0 : 3, answers };
  };
}

/** An internet without sockets: each address is a host that answers at once, in simulated time. */
export function scriptedInternet(hosts: Readonly<Record<string, Host>>, count = 1) {
  const clock = simulatedClock();
  const asked: Asked[] = [];
  let aborted = 0;
  const stop = new AbortController();
  const client: DnsClient = {
    async ask(server, question, signal): Promise<Reply> {
      const [address = { host: '', port: 53 }] = server.addresses;
      const { host } = address;
      const atMs = clock.now() - NOON_MS;
      asked.push({ host, question: `${question.name} ${question.type}`, atMs });
      if (asked.length > MAX_QUESTIONS) throw new RangeError(`more than ${MAX_QUESTIONS} questions`);
      const says = hosts[host]?.(question, atMs) ?? 'silence';
      if (says === 'never') {
        return new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => {
            aborted++;
            reject(signal.reason);
          });
        });
      }
      if (says === 'silence')
        return { ok: false, silence: 'timeout', address, transport: 'udp', truncatedOverUdp: false };
      return { ok: true, message: message(says, question), address, transport: 'udp' };
    },
  };
  const services: AddressServices = {
    client,
    clock,
    resolvers: RESOLVERS.slice(0, count).map(resolver),
    authoritativePort: 53,
    signal: stop.signal,
  };
  const run = async <T>(work: Promise<T>): Promise<T> => {
    const result = await clock.run(work);
    // The queries that lost the race are aborted.
    await new Promise(setImmediate);
    return result;
  };
  const ofResolvers = () => asked.filter(({ host }) => RESOLVERS.some((one) => one === host));
  return {
    finder: new AuthorityFinder(services),
    services,
    clock,
    run,
    stop,
    asked,
    /** The questions that resolvers got. */
    ofResolvers,
    /** `address name type`, in their order. */
    trace: () => asked.map(({ host, question }) => `${host} ${question}`),
    aborted: () => aborted,
  };
}

function resolver(text: string): DnsServer {
  const spec = parseResolver(text);
  if (spec === undefined) throw new Error(`${text} is no resolver`);
  return resolverServer(spec);
}
