import { isIP } from 'node:net';
import { isAtOrBelow, selfAndAncestors } from '../../domain/dns-name.ts';
import type { Clock } from '../../time/clock.ts';
import { linkedAbort } from '../../time/linked-abort.ts';
import type { DnsClient } from '../client/client.ts';
import { authoritativeServer, type DnsServer } from '../client/servers.ts';
import { type DnsMessage, isAskable, type Question, type QuestionType } from '../protocol/message.ts';

/** The zone that contains a name, with every address of every name server. */
export type Discovery =
  | { readonly kind: 'found'; readonly apex: string; readonly servers: readonly DnsServer[] }
  /** The closest zone is a top-level domain or the root, so the domain is not registered. */
  | { readonly kind: 'not-registered'; readonly apex: string }
  | { readonly kind: 'unknown'; readonly reason: string };

/** What discovery works with. */
export interface DiscoveryServices {
  readonly client: DnsClient;
  readonly clock: Clock;
  readonly resolvers: readonly DnsServer[];
  /** 53, except in tests. */
  readonly authoritativePort: number;
  readonly signal: AbortSignal;
}

/** The next resolver is asked too when the previous one has not answered for this long. */
const HEDGE_MS = 1000;
const MAX_SERVERS = 64;
/** Every server of the parent zone knows the delegation; the second is for when the first is silent. */
const PARENT_SERVERS = 2;

/**
 * Finds the authoritative servers for `name` by asking resolvers for SOA, NS, A and AAAA records. Never for TXT: the
 * caches that must see the new record would store the old answer.
 */
export async function discoverAuthority(name: string, services: DiscoveryServices): Promise<Discovery> {
  const apex = await findZoneApex(name, services);
  if (apex === undefined)
    return { kind: 'unknown', reason: 'no resolver could say which zone the domain is in' };
  if (apex === '.' || !apex.includes('.')) return { kind: 'not-registered', apex };
  const nameServers = await recordTargets({ name: apex, type: 'NS' }, services);
  const servers = await serversNamed(nameServers, services);
  if (servers.length > 0) return { kind: 'found', apex, servers };
  return { kind: 'unknown', reason: `no address was found for any name server of ${apex}` };
}

/** Every address of every one of these name servers, at most 64. */
export async function serversNamed(
  nameServers: readonly string[],
  services: DiscoveryServices,
): Promise<readonly DnsServer[]> {
  const perServer = await Promise.all(nameServers.map((nameServer) => addressesOf(nameServer, services)));
  return uniqueByAddress(perServer.flat()).slice(0, MAX_SERVERS);
}

/** The zone's name servers as its parent zone lists them, which is where every resolver starts. */
export async function parentNameServers(
  zone: string,
  services: DiscoveryServices,
): Promise<readonly string[]> {
  const [, above] = selfAndAncestors(zone);
  const parent = above === undefined ? undefined : await findZoneApex(above, services);
  if (parent === undefined) return [];
  const nameServers = await recordTargets({ name: parent, type: 'NS' }, services);
  const servers = await serversNamed(nameServers.slice(0, PARENT_SERVERS), services);
  for (const server of servers.slice(0, PARENT_SERVERS)) {
    const reply = await services.client.ask(server, { name: zone, type: 'NS' }, services.signal);
    const records = reply.ok ? [...reply.message.answers, ...reply.message.authorities] : [];
    const delegation = records.flatMap((one) => (one.type === 'NS' && one.name === zone ? [one.target] : []));
    if (delegation.length > 0) return delegation;
  }
  return [];
}

/** Walks up from `name` until a SOA record shows the zone. */
async function findZoneApex(name: string, services: DiscoveryServices): Promise<string | undefined> {
  for (const candidate of selfAndAncestors(name)) {
    const message = await firstAnswer({ name: candidate, type: 'SOA' }, services);
    if (message === undefined) return undefined;
    // Behind a CNAME, the SOA record belongs to the target's zone.
    if (message.answers.some((record) => record.type === 'CNAME' && record.name === candidate)) continue;
    // Below the zone apex, the SOA record is in the authority section.
    const soa = [...message.answers, ...message.authorities].find(
      (record) => record.type === 'SOA' && isAtOrBelow(candidate, record.name),
    );
    if (soa !== undefined) return soa.name;
  }
  return undefined;
}

async function addressesOf(nameServer: string, services: DiscoveryServices): Promise<readonly DnsServer[]> {
  const types: readonly QuestionType[] = ['A', 'AAAA'];
  const hosts = await Promise.all(types.map((type) => recordTargets({ name: nameServer, type }, services)));
  return hosts
    .flat()
    .filter((host) => isIP(host) !== 0)
    .map((host) => authoritativeServer({ host, port: services.authoritativePort }, nameServer));
}

/** Names or addresses in the answer's records of the asked type, including those behind a CNAME. */
async function recordTargets(question: Question, services: DiscoveryServices): Promise<readonly string[]> {
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

/** The first NOERROR or NXDOMAIN answer of any resolver. Each resolver is asked a second after the one before it. */
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
