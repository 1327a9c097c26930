import type { Finding } from '../../domain/dns-report.ts';
import { formatDuration, formatTime } from '../../text/duration.ts';
import { printable } from '../../text/untrusted.ts';
import type { Reply } from '../client/client.ts';
import type { DnsServer } from '../client/servers.ts';
import type { ExpectedRecord } from '../observation/observation.ts';
import type { ServerState } from '../observation/server-state.ts';
import type { DnsMessage } from '../protocol/message.ts';

/** Everything known about one server. */
export interface ServerEvidence {
  readonly server: DnsServer;
  readonly state: ServerState;
  readonly reply: Reply | undefined;
}

/** Answers to the additional questions that explain why the record is absent. */
export interface Probes {
  /** SOA serials, by the label of the authoritative server. */
  readonly serials: ReadonlyMap<string, number>;
  /** The zone that holds the name, which is the owner of the SOA record, by the label of the authoritative server. */
  readonly zones: ReadonlyMap<string, string>;
  /** Wrong names at which an authoritative server has the code. */
  readonly elsewhere: readonly string[];
  /** The zone's name servers, as listed by the parent zone and by the zone itself, where that has the record if any does. */
  readonly delegation: { readonly parent: readonly string[]; readonly child: readonly string[] } | undefined;
  /** Replies to the same question with CD=1, by the label of a resolver that answered SERVFAIL. */
  readonly withoutValidation: ReadonlyMap<string, Reply>;
  /** Labels of resolvers that refuse a question about another name too. */
  readonly closed: readonly string[];
  /** Labels of resolvers that gave both answers although their cache entry had not expired. */
  readonly undecided: readonly string[];
  /** The zone's name servers according to this machine's own resolver. */
  readonly systemNameServers: readonly string[] | undefined;
}

/** Everything a cause is judged by. Plain data: causes ask no server. */
export interface Evidence {
  readonly expected: ExpectedRecord;
  /** The zone that contains the name, if known. */
  readonly zone: string | undefined;
  readonly isRegistered: boolean;
  /** A server of the parent zone answered with AA=1, so nothing on the network answers in place of such servers. */
  readonly parentAnswers: boolean;
  /** The authoritative servers were found through DNS, not given in the settings. */
  readonly isDiscovered: boolean;
  /** The names that CNAME records lead through, from the asked one on; one name if there are none. */
  readonly cnames?: readonly string[];
  /** Where the last of these leads although that is not followed: they form a loop, or are too many. */
  readonly endless?: string | undefined;
  readonly authoritative: readonly ServerEvidence[];
  readonly resolvers: readonly ServerEvidence[];
  readonly probes: Probes;
  readonly nowMs: number;
}

/** A known reason why a record is not visible. */
export interface Cause {
  /** Stable: part of the contract. */
  readonly id: string;
  /** Returns `undefined` when the evidence does not show this cause. */
  explain(evidence: Evidence): Explanation | undefined;
}

/** What a cause says. */
export interface Explanation extends Omit<Finding, 'cause'> {
  /** It explains by itself all that is seen, so it comes before causes that are more telling as a rule. */
  readonly isDecisive?: boolean;
}

/** The name that the authoritative servers have the record at: the end of the CNAME records, if there are any. */
export function ownerName({ cnames = [], expected }: Pick<Evidence, 'cnames' | 'expected'>): string {
  return cnames.at(-1) ?? expected.name;
}

/** The DNS message behind a server's last reply. */
export function messageOf({ reply }: ServerEvidence): DnsMessage | undefined {
  return reply?.ok ? reply.message : undefined;
}

/** Servers that gave a usable answer without the record. */
export function lacking(servers: readonly ServerEvidence[]): readonly ServerEvidence[] {
  return servers.filter(({ state }) => state.observation?.kind === 'absent');
}

type Asked = Pick<Evidence, 'authoritative' | 'resolvers'>;

/** The servers that show what is published: authoritative servers, or the resolvers when none of those answers. */
export function witnesses({ authoritative, resolvers }: Asked): readonly ServerEvidence[] {
  const isUsable = ({ state: { observation } }: ServerEvidence): boolean =>
    observation !== undefined && observation.kind !== 'unusable';
  const answering = authoritative.filter(isUsable);
  return answering.length > 0 ? answering : resolvers.filter(isUsable);
}

/** Whether a witness has the record, if only in turn. If so, the record itself has no mistake. */
export function isPublished(evidence: Asked): boolean {
  return witnesses(evidence).some((server) => hasRecord(server) || server.state.saysBoth);
}

/** Whether the server's last answer has the record. */
export function hasRecord({ state }: ServerEvidence): boolean {
  return state.observation?.kind === 'present';
}

/** Every TXT record that a witness has at the name. */
export function txtValues(evidence: Evidence): readonly string[] {
  const known = witnesses(evidence).flatMap(({ state: { observation } }) =>
    observation !== undefined && 'values' in observation ? observation.values : [],
  );
  return [...new Set(known)];
}

/** Untrusted text in quotes, cut to 200 characters. */
export function quote(text: string): string {
  return `"${printable(text, 200)}"`;
}

/** `ns1 and ns2`, `ns1, ns2 and 3 more`. */
export function listLabels(servers: readonly ServerEvidence[]): string {
  const labels = servers.map(({ server }) => server.label);
  if (labels.length > 3) return `${labels.slice(0, 2).join(', ')} and ${labels.length - 2} more`;
  return labels.length < 2 ? labels.join('') : `${labels.slice(0, -1).join(', ')} and ${labels.at(-1)}`;
}

/** The form that fits the number of servers: `has` or `have`. */
export function verb(servers: readonly unknown[], singular: string, plural: string): string {
  return servers.length === 1 ? singular : plural;
}

/** The labels, for a finding's `servers`. */
export function labelsOf(servers: readonly ServerEvidence[]): readonly string[] {
  return servers.map(({ server }) => server.label);
}

/** How long a cache entry lives: `cached for 18m, until 12:20 UTC`. */
export function cachedUntil(expiresAtMs: number, nowMs: number): string {
  const until = `until ${formatTime(expiresAtMs, nowMs)}`;
  const leftMs = expiresAtMs - nowMs;
  return leftMs > 0 ? `cached for ${formatDuration(leftMs)}, ${until}` : `cached ${until}`;
}
