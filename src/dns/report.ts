import type { ExpectedRecord, Observation } from './observation.ts';
import type { ServerState } from './propagation.ts';
import type { DnsServer } from './servers.ts';
import type { WaitResult } from './wait.ts';

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
}

/** What the report is made from. */
export interface ReportFacts {
  readonly expected: ExpectedRecord;
  readonly servers: ReadonlyMap<string, DnsServer>;
  readonly zone: string | undefined;
  readonly startedAtMs: number;
  readonly endedAtMs: number;
}

/** The report of a wait that asked servers. */
export function toDnsReport({ verdict, servers }: WaitResult, facts: ReportFacts): DnsReport {
  const { reason, authoritative, expectedAtMs } = verdict;
  return {
    ...reportHead(facts),
    visible: reason === 'visible',
    authoritative,
    reason,
    ...(expectedAtMs !== undefined && { expected_at: iso(expectedAtMs) }),
    servers: servers.map((state) => toServerReport(state, facts.servers)),
  };
}

/** The report of a domain that nobody has registered: there is no server to ask. */
export function notRegisteredReport(facts: ReportFacts): DnsReport {
  return {
    ...reportHead(facts),
    visible: false,
    authoritative: false,
    reason: 'not-registered',
    servers: [],
  };
}

function reportHead({ expected, zone, startedAtMs, endedAtMs }: ReportFacts) {
  return {
    name: expected.name,
    type: 'TXT',
    value: expected.value,
    ...(zone !== undefined && { zone }),
    started_at: iso(startedAtMs),
    ended_at: iso(endedAtMs),
  } as const;
}

function toServerReport(state: ServerState, servers: ReadonlyMap<string, DnsServer>): ServerReport {
  const { observation, answeredAtMs, presentSinceMs, expiresAtMs } = state;
  return {
    server: state.label,
    role: servers.get(state.label)?.role ?? 'resolver',
    ...describe(observation),
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
