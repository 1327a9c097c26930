import { isIP } from 'node:net';
import { isAtOrBelow, selfAndAncestors } from '../../domain/dns-name.ts';
import type { Clock } from '../../time/clock.ts';
import { linkedAbort } from '../../time/linked-abort.ts';
import type { DnsClient } from '../client/client.ts';
import { authoritativeServer, type DnsServer } from '../client/servers.ts';
import { type DnsMessage, isAskable, type Question, type QuestionType } from '../protocol/message.ts';

/** The zone that holds a name, and every address of every one of its name servers. */
export type Discovery =
  | { readonly kind: 'found'; readonly apex: string; readonly servers: readonly DnsServer[] }
  /** The closest zone is a top-level domain or the root: nobody has registered the domain. */
  | { readonly kind: 'not-registered'; readonly apex: string }
  | { readonly kind: 'unknown'; readonly reason: string };

/** What discovery works with. */
export interface DiscoveryServices {
  readonly client: DnsClient;
  readonly clock: Clock;
  readonly resolvers: readonly DnsServer[];
  /** 53, save in tests. */
  readonly authoritativePort: number;
  readonly signal: AbortSignal;
}

/** The next resolver is asked as well once the one before has been silent for this long. */
const HEDGE_MS = 1000;
const MAX_SERVERS = 64;
/** Any of a parent's servers knows the delegation; a second one in case the first is silent. */
const PARENT_SERVERS = 2;

/**
 * Finds the authoritative servers for `name` by asking resolvers for SOA, NS, A and AAAA: never for TXT, which
 * would put today's answer into the very caches that are to learn tomorrow's.
 */
export async function discoverAuthority(name: string, services: DiscoveryServices): Promise<Discovery> {
  const apex = await findZoneApex(name, services);
  if (apex === undefined) return { kind: 'unknown', reason: 'no resolver said which zone holds the domain' };
  // The root's own name is nothing but a dot.
  if (apex === '.' || !apex.includes('.')) return { kind: 'not-registered', apex };
  const nameServers = await targets({ name: apex, type: 'NS' }, services);
  const servers = await serversNamed(nameServers, services);
  if (servers.length > 0) return { kind: 'found', apex, servers };
  return { kind: 'unknown', reason: `no address of a name server of ${apex} could be found` };
}

/** Every address of every name server. */
export async function serversNamed(
  nameServers: readonly string[],
  services: DiscoveryServices,
): Promise<readonly DnsServer[]> {
  const perServer = await Promise.all(nameServers.map((nameServer) => addressesOf(nameServer, services)));
  return uniqueByAddress(perServer.flat()).slice(0, MAX_SERVERS);
}

/** The delegation of a zone as its parent gives it: the NS records that the rest of the world starts from. */
export async function parentNameServers(
  zone: string,
  services: DiscoveryServices,
): Promise<readonly string[]> {
  const [, above] = selfAndAncestors(zone);
  const parent = above === undefined ? undefined : await findZoneApex(above, services);
  if (parent === undefined) return [];
  const nameServers = await targets({ name: parent, type: 'NS' }, services);
  const servers = await serversNamed(nameServers.slice(0, PARENT_SERVERS), services);
  for (const server of servers.slice(0, PARENT_SERVERS)) {
    const reply = await services.client.ask(server, { name: zone, type: 'NS' }, services.signal);
    const records = reply.ok ? [...reply.message.answers, ...reply.message.authorities] : [];
    const delegation = records.flatMap((one) => (one.type === 'NS' && one.name === zone ? [one.target] : []));
    if (delegation.length > 0) return delegation;
  }
  return [];
}

/** Walks up from `name` until a SOA record names the zone. */
async function findZoneApex(name: string, services: DiscoveryServices): Promise<string | undefined> {
  for (const candidate of selfAndAncestors(name)) {
    const message = await firstAnswer({ name: candidate, type: 'SOA' }, services);
    if (message === undefined) return undefined;
    // What stands behind a CNAME is the target's, even when that is the root or the same top-level domain.
    if (message.answers.some((record) => record.type === 'CNAME' && record.name === candidate)) continue;
    // In an answer below the apex the SOA stands in the authority section.
    const soa = [...message.answers, ...message.authorities].find(
      (record) => record.type === 'SOA' && isAtOrBelow(candidate, record.name),
    );
    if (soa !== undefined) return soa.name;
  }
  return undefined;
}

async function addressesOf(nameServer: string, services: DiscoveryServices): Promise<readonly DnsServer[]> {
  const types: readonly QuestionType[] = ['A', 'AAAA'];
  const hosts = await Promise.all(types.map((type) => targets({ name: nameServer, type }, services)));
  return hosts
    .flat()
    .filter((host) => isIP(host) !== 0)
    .map((host) => authoritativeServer({ host, port: services.authoritativePort }, nameServer));
}

/** The data of the answer's records of the asked type, whatever CNAME led to them. */
async function targets(question: Question, services: DiscoveryServices): Promise<readonly string[]> {
  if (!isAskable(question.name)) return [];
  const message = await firstAnswer(question, services);
  return (message?.answers ?? []).flatMap((record) =>
    record.type === question.type && 'target' in record ? [record.target] : [],
  );
}

function uniqueByAddress(servers: readonly DnsServer[]): readonly DnsServer[] {
  const key = ({ addresses }: DnsServer): string => addresses.map(({ host }) => host).join();
  return [...new Map(servers.map((server) => [key(server), server])).values()];
}

class NoAnswer extends Error {}

/** The first real answer (NOERROR or NXDOMAIN) of any resolver; the later ones are asked only when it is late. */
async function firstAnswer(question: Question, services: DiscoveryServices): Promise<DnsMessage | undefined> {
  using answered = linkedAbort(services.signal);
  const { signal } = answered;
  try {
    return await Promise.any(
      services.resolvers.map(async (resolver, index) => {
        if (index > 0) await services.clock.sleep(index * HEDGE_MS, signal);
        const reply = await services.client.ask(resolver, question, signal);
        if (reply.ok && (reply.message.rcode === 'NOERROR' || reply.message.rcode === 'NXDOMAIN'))
          return reply.message;
        throw new NoAnswer(`${resolver.label} gave no answer`);
      }),
    );
  } catch (error) {
    services.signal.throwIfAborted();
    if (!(error instanceof AggregateError)) throw error;
    const defect: unknown = error.errors.find((one) => !(one instanceof NoAnswer));
    if (defect !== undefined) throw defect;
    return undefined;
  }
}
