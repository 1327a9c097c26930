import type { ServerRole, WireTransport } from './dns-server.ts';

/** One server in the output `dns-report`. */
export interface ServerReport {
  readonly server: string;
  readonly role: ServerRole;
  /** `unknown` when the server was not asked, or gave nothing that can be believed. */
  readonly record: 'present' | 'absent' | 'unknown';
  /** The TXT records it answered with, each with its character-strings joined. */
  readonly txt: readonly string[];
  /** Why the record is unknown. */
  readonly problem?: string;
  /** What carried its last reply. */
  readonly transport?: WireTransport;
  readonly ttl?: number;
  readonly serial?: number;
  readonly answered_at?: string;
  /** Start of the unbroken run of answers with the record. */
  readonly seen_at?: string;
  /** When a cache without the record lets go of what it holds instead. */
  readonly expires_at?: string;
}

/** The output `dns-report`; its keys are part of the contract. */
export interface DnsReport {
  readonly name: string;
  readonly type: 'TXT';
  readonly value: string;
  readonly visible: boolean;
  /** At least half of the authoritative servers confirmed the record before any resolver was asked. */
  readonly authoritative: boolean;
  readonly reason: 'visible' | 'timed-out' | 'not-in-time' | 'not-registered';
  /** The zone that holds the name, where it was looked for and found. */
  readonly zone?: string;
  readonly started_at: string;
  readonly ended_at: string;
  /** When enough caches will have let go of what they hold. */
  readonly expected_at?: string;
  readonly servers: readonly ServerReport[];
  /** Why the record is not visible, the most telling cause first; empty when it is. */
  readonly diagnosis: readonly Finding[];
}

/** Why the record is not visible, for people and for programs. */
export interface Finding {
  /** Stable: part of the contract. */
  readonly cause: string;
  /** What was seen, as part of a sentence. */
  readonly evidence: string;
  /** What to do, as a sentence. */
  readonly remedy: string;
  /** The servers that show it. */
  readonly servers?: readonly string[];
  /** When it will resolve itself, where that is known. */
  readonly resolves_at?: string;
}

/** What a report shows of the same: `undefined` when no authoritative server answered. */
export function txtInReport({ servers }: DnsReport): readonly string[] | undefined {
  const believed = servers.filter(({ role, record }) => role === 'authoritative' && record !== 'unknown');
  return believed.length === 0 ? undefined : [...new Set(believed.flatMap(({ txt }) => txt))].sort();
}
