import { isAtOrBelow } from '../../domain/dns-name.ts';
import { isDeeper, type Referral, referralIn } from '../observation/observation.ts';
import type { DnsMessage, DnsRecord } from '../protocol/message.ts';
import type { Said } from './ask-several.ts';

/** Whether the message is an authoritative answer, that there is no such name included. */
export function isAnswer({ authoritative, rcode }: DnsMessage): boolean {
  return authoritative && (rcode === 'NOERROR' || rcode === 'NXDOMAIN');
}

/** Whether both are in the same registered domain, as far as one can tell: their last two labels are the same. */
export function isNear(host: string, name: string): boolean {
  return isAtOrBelow(host, name.split('.').slice(-2).join('.'));
}

/** The zone that an authoritative answer about `name` comes from, by its SOA record. */
export function apexIn({ answers, authorities }: DnsMessage, name: string): string | undefined {
  return [...answers, ...authorities].find(
    ({ type, name: owner }) => type === 'SOA' && isAtOrBelow(name, owner),
  )?.name;
}

/** The targets of the NS records of a zone, in an answer or a referral. */
export function nameServersOf(zone: string, { answers, authorities }: DnsMessage): readonly string[] {
  return [...answers, ...authorities].flatMap((one) =>
    one.type === 'NS' && one.name === zone ? [one.target] : [],
  );
}

/** The same in several replies, each once. */
export function nameServersIn(zone: string, said: readonly Said[]): readonly string[] {
  return union(said.map(({ reply }) => (reply.ok ? nameServersOf(zone, reply.message) : [])));
}

/**
 * What these replies together say of the zone below that contains the name. Authoritative servers may be resolvers too
 * (RA=1); none that only pretends has come as far as here, since the servers of the top-level domain said AA=1.
 */
export function commonReferral(said: readonly Said[], name: string, zone: string): Referral | undefined {
  const referrals = said
    .map(({ reply }) => (reply.ok ? referralIn(reply.message, name) : undefined))
    .filter((referral) => isDeeper(referral, zone));
  const [first] = referrals;
  if (first === undefined) return undefined;
  const same = referrals.filter((referral) => referral.zone === first.zone);
  const glue: readonly DnsRecord[] = same.flatMap((referral) => referral.glue);
  return { zone: first.zone, nameServers: union(same.map(({ nameServers }) => nameServers)), glue };
}

/** All items, each once. */
export function union(lists: readonly (readonly string[])[]): readonly string[] {
  return [...new Set(lists.flat())];
}

/** The first of each list, then the second of each: two servers in a row are two name servers. */
export function inTurns<T>(lists: readonly (readonly T[])[]): readonly T[] {
  const longest = Math.max(0, ...lists.map(({ length }) => length));
  return Array.from({ length: longest }, (_, turn) =>
    lists.flatMap((list) => list.slice(turn, turn + 1)),
  ).flat();
}
