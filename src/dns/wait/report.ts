import type { DnsReport, Finding, ServerReport } from '../../domain/dns-report.ts';
import type { ServerEvidence } from '../diagnosis/evidence.ts';
import type { ExpectedRecord, Observation } from '../observation/observation.ts';
import type { Verdict } from './propagation.ts';

/** A wait that has ended, as {@link toDnsReport} needs it. */
export interface EndedWait {
  readonly expected: ExpectedRecord;
  readonly verdict: Omit<Verdict, 'reason'> & { readonly reason: DnsReport['reason'] };
  readonly zone: string | undefined;
  readonly startedAtMs: number;
  readonly endedAtMs: number;
  readonly servers: readonly ServerEvidence[];
  readonly diagnosis: readonly Finding[];
}

/** The report of a wait that has ended, or that could not start. */
export function toDnsReport({
  expected,
  verdict,
  zone,
  startedAtMs,
  endedAtMs,
  servers,
  diagnosis,
}: EndedWait): DnsReport {
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
    ...describeObservation(observation),
    ...(reply !== undefined && { transport: reply.transport }),
    ...(answeredAtMs !== undefined && { answered_at: iso(answeredAtMs) }),
    ...(presentSinceMs !== undefined && { seen_at: iso(presentSinceMs) }),
    ...(expiresAtMs !== undefined && { expires_at: iso(expiresAtMs) }),
  };
}

function describeObservation(
  observation: Observation | undefined,
): Pick<ServerReport, 'record' | 'txt' | 'problem' | 'ttl' | 'serial'> {
  if (observation === undefined) return { record: 'unknown', txt: [], problem: 'not asked' };
  if (observation.kind === 'unusable') return { record: 'unknown', txt: [], problem: observation.detail };
  if (observation.kind === 'alias') return { record: 'absent', txt: [] };
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
