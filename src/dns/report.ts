import type { WireTransport } from './client.ts';
import type { Finding, ServerEvidence } from './diagnosis/evidence.ts';
import type { ExpectedRecord, Observation } from './observation.ts';
import type { Verdict } from './propagation.ts';
import type { DnsServer } from './servers.ts';

/** One server in the output `dns-report`. */
export interface ServerReport {
  readonly server: string;
  readonly role: DnsServer['role'];
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

/** What the report is made from. */
export interface ReportFacts {
  readonly expected: ExpectedRecord;
  readonly verdict: Omit<Verdict, 'reason'> & { readonly reason: DnsReport['reason'] };
  readonly zone: string | undefined;
  readonly startedAtMs: number;
  readonly endedAtMs: number;
  readonly servers: readonly ServerEvidence[];
  readonly diagnosis: readonly Finding[];
}

/** The report of a wait, or of one that could not begin. */
export function toDnsReport({
  expected,
  verdict,
  zone,
  startedAtMs,
  endedAtMs,
  servers,
  diagnosis,
}: ReportFacts): DnsReport {
  const { reason, authoritative, expectedAtMs } = verdict;
  return {
    name: expected.name,
    type: 'TXT',
    value: expected.value,
    visible: reason === 'visible',
    authoritative,
    reason,
    ...(zone !== undefined && { zone }),
    started_at: iso(startedAtMs),
    ended_at: iso(endedAtMs),
    ...(expectedAtMs !== undefined && { expected_at: iso(expectedAtMs) }),
    servers: servers.map(toServerReport),
    diagnosis,
  };
}

function toServerReport({ server, state, reply }: ServerEvidence): ServerReport {
  const { observation, answeredAtMs, presentSinceMs, expiresAtMs } = state;
  return {
    server: state.label,
    role: server.role,
    ...describe(observation),
    ...(reply !== undefined && { transport: reply.transport }),
    ...(answeredAtMs !== undefined && { answered_at: iso(answeredAtMs) }),
    ...(presentSinceMs !== undefined && { seen_at: iso(presentSinceMs) }),
    ...(expiresAtMs !== undefined && { expires_at: iso(expiresAtMs) }),
  };
}

function describe(
  observation: Observation | undefined,
): Pick<ServerReport, 'record' | 'txt' | 'problem' | 'ttl' | 'serial'> {
  if (observation === undefined) return { record: 'unknown', txt: [], problem: 'not asked' };
  if (observation.kind === 'unusable') return { record: 'unknown', txt: [], problem: observation.detail };
  const { kind, values, ttlS } = observation;
  const serial = observation.kind === 'absent' ? observation.serial : undefined;
  return {
    record: kind,
    txt: values,
    ...(ttlS !== undefined && { ttl: ttlS }),
    ...(serial !== undefined && { serial }),
  };
}

function iso(epochMs: number): string {
  return new Date(epochMs).toISOString();
}
