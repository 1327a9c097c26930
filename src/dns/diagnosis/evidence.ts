import type { Finding } from '../../domain/dns-report.ts';
import { printable } from '../../text/untrusted.ts';
import type { Reply } from '../client/client.ts';
import type { DnsServer } from '../client/servers.ts';
import type { ExpectedRecord } from '../observation/observation.ts';
import type { ServerState } from '../observation/server-state.ts';
import type { DnsMessage } from '../protocol/message.ts';

/** All that is known about one server. */
export interface ServerEvidence {
  readonly server: DnsServer;
  readonly state: ServerState;
  readonly reply: Reply | undefined;
}

/** What was asked besides the record itself, only to explain its absence. */
export interface Probes {
  /** SOA serial by the label of the authoritative server. */
  readonly serials: ReadonlyMap<string, number>;
  /** Names besides the right one at which an authoritative server has the code. */
  readonly elsewhere: readonly string[];
  /** The name servers of the zone, as its parent and as the zone itself names them. */
  readonly delegation: { readonly parent: readonly string[]; readonly child: readonly string[] } | undefined;
  /** By the label of a resolver that failed: its reply to the same with CD=1. */
  readonly withoutValidation: ReadonlyMap<string, Reply>;
  /** Labels of resolvers that lacked the record and, asked again at once, had it. */
  readonly undecided: readonly string[];
  /** The name servers of the zone that the machine's own resolver knows. */
  readonly systemNameServers: readonly string[] | undefined;
}

/** Everything that a cause is judged by. Plain data: a cause asks nobody. */
export interface Evidence {
  readonly expected: ExpectedRecord;
  /** The zone that holds the name, where it is known. */
  readonly zone: string | undefined;
  readonly isRegistered: boolean;
  /** The authoritative servers were found through DNS, not given. */
  readonly isDiscovered: boolean;
  readonly authoritative: readonly ServerEvidence[];
  readonly resolvers: readonly ServerEvidence[];
  readonly probes: Probes;
  readonly nowMs: number;
}

/** A known reason for a record not to be visible. */
export interface Cause {
  readonly id: string;
  explain(evidence: Evidence): Omit<Finding, 'cause'> | undefined;
}

/** The DNS message behind a server's last reply. */
export function messageOf({ reply }: ServerEvidence): DnsMessage | undefined {
  return reply?.ok ? reply.message : undefined;
}

/** Servers without the record that said so in a way that can be believed. */
export function lacking(servers: readonly ServerEvidence[]): readonly ServerEvidence[] {
  return servers.filter(({ state }) => state.observation?.kind === 'absent');
}

type Asked = Pick<Evidence, 'authoritative' | 'resolvers'>;

/** Those whose word counts on what is published: authoritative servers, or resolvers where none of those answers. */
export function witnesses({ authoritative, resolvers }: Asked): readonly ServerEvidence[] {
  const isUsable = ({ state: { observation } }: ServerEvidence): boolean =>
    observation !== undefined && observation.kind !== 'unusable';
  const answering = authoritative.filter(isUsable);
  return answering.length > 0 ? answering : resolvers.filter(isUsable);
}

/** Whether a witness has the record: then no mistake in it keeps the others from seeing it. */
export function isPublished(evidence: Asked): boolean {
  return witnesses(evidence).some(({ state }) => state.observation?.kind === 'present');
}

/** Every TXT record that a witness has at the name. */
export function txtValues(evidence: Evidence): readonly string[] {
  const known = witnesses(evidence).flatMap(({ state: { observation } }) =>
    observation === undefined || observation.kind === 'unusable' ? [] : observation.values,
  );
  return [...new Set(known)];
}

/** Text of unknown origin in quotes, as much of it as a sentence can bear. */
export function quote(text: string): string {
  return `"${printable(text, 200)}"`;
}

/** `ns1 and ns2`, `ns1, ns2 and 3 more`. */
export function listLabels(servers: readonly ServerEvidence[]): string {
  const labels = servers.map(({ server }) => server.label);
  if (labels.length > 3) return `${labels.slice(0, 2).join(', ')} and ${labels.length - 2} more`;
  return labels.length < 2 ? labels.join('') : `${labels.slice(0, -1).join(', ')} and ${labels.at(-1)}`;
}

/** `has` or `have`. */
export function verb(servers: readonly unknown[], singular: string, plural: string): string {
  return servers.length === 1 ? singular : plural;
}

/** The labels, for a finding's `servers`. */
export function labelsOf(servers: readonly ServerEvidence[]): readonly string[] {
  return servers.map(({ server }) => server.label);
}
