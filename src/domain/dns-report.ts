import type { ServerRole, WireTransport } from './dns-server.ts';

/** One server in the output `dns-report`. */
export interface ServerReport {
  readonly server: string;
  readonly role: ServerRole;
  /** `unknown` when the server was not asked, or gave no usable answer. */
  readonly record: 'present' | 'absent' | 'unknown';
  /** The texts of the TXT records in its last answer, each with its character-strings joined. */
  readonly txt: readonly string[];
  /** Why the record is unknown. */
  readonly problem?: string;
  /** The transport of its last reply. */
  readonly transport?: WireTransport;
  /** Seconds that a cache may keep the answer. */
  readonly ttl?: number;
  /** SOA serial, if the answer has one. */
  readonly serial?: number;
  readonly answered_at?: string;
  /** When the current unbroken run of answers with the record began. */
  readonly seen_at?: string;
  /** When the answer without the record expires in the resolver's cache. Never set for an authoritative server. */
  readonly expires_at?: string;
}

/** The output `dns-report`; its keys are part of the contract. */
export interface DnsReport {
  readonly name: string;
  readonly type: 'TXT';
  readonly value: string;
  readonly visible: boolean;
  /** At least half of the authoritative servers had confirmed the record before the resolvers were asked for it. */
  readonly authoritative: boolean;
  readonly reason: 'visible' | 'timed-out' | 'not-in-time' | 'not-registered';
  /** The zone that contains the name, if it was found through DNS. */
  readonly zone?: string;
  readonly started_at: string;
  readonly ended_at: string;
  /** When enough caches will have expired for the record to be visible. */
  readonly expected_at?: string;
  readonly servers: readonly ServerReport[];
  /** Why the record is not visible, the most telling cause first; empty when it is visible. */
  readonly diagnosis: readonly Finding[];
}

/** One reason why the record is not visible, for people and for programs. */
export interface Finding {
  /** Stable: part of the contract. */
  readonly cause: string;
  /** What was seen, as part of a sentence. */
  readonly evidence: string;
  /** What to do, as a sentence. */
  readonly remedy: string;
  /** The servers that show it. */
  readonly servers?: readonly string[];
  /** When it resolves itself, if known. */
  readonly resolves_at?: string;
}

/** The texts of all TXT records at the name, sorted; `undefined` when no authoritative server answered. */
export function txtInReport({ servers }: DnsReport): readonly string[] | undefined {
  const believed = servers.filter(({ role, record }) => role === 'authoritative' && record !== 'unknown');
  return believed.length === 0 ? undefined : [...new Set(believed.flatMap(({ txt }) => txt))].sort();
}
