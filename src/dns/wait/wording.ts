import type { DnsReport, ServerReport } from '../../domain/dns-report.ts';
import type { DnsServer } from '../client/servers.ts';
import { cachedUntil } from '../diagnosis/evidence.ts';
import type { ServerState } from '../observation/server-state.ts';

/** One server's latest answer, as a line of the log. */
export function describeServer(server: DnsServer, state: ServerState, nowMs: number): string {
  const { observation, expiresAtMs } = state;
  if (observation === undefined) return `${server.label} has not answered yet.`;
  if (observation.kind === 'unusable') return `${server.label} failed: ${observation.detail}.`;
  if (observation.kind === 'present') return `${server.label} has the record.`;
  const others = observation.values.length;
  const held =
    others === 0 ? 'no TXT record' : others === 1 ? '1 other TXT record' : `${others} other TXT records`;
  if (expiresAtMs === undefined) return `${server.label} does not have the record yet; it has ${held}.`;
  const what = others === 0 ? 'the absence of the record' : 'the old TXT records';
  return `${server.label} still has ${what} ${cachedUntil(expiresAtMs, nowMs)}.`;
}

/** How many servers have the record: `1 of 2 authoritative servers and 0 of 4 resolvers have the record`. */
export function countServers(servers: readonly Pick<ServerReport, 'role' | 'record'>[]): string {
  const parts = (['authoritative', 'resolver'] as const).flatMap((role) => {
    const ofRole = servers.filter((server) => server.role === role);
    const present = ofRole.filter((server) => server.record === 'present').length;
    const noun = role === 'resolver' ? 'resolvers' : 'authoritative servers';
    return ofRole.length === 0 ? [] : [`${present} of ${ofRole.length} ${noun}`];
  });
  return parts.length === 0 ? 'no server was asked' : `${parts.join(' and ')} have the record`;
}

/** Why the record was not visible when the wait ended, and what to do about it. */
export function explainInvisible(report: DnsReport): { readonly why: string; readonly remedy: string } {
  const [main] = report.diagnosis;
  const late = report.reason === 'not-in-time' && report.expected_at !== undefined;
  const again = late ? ` Run again after ${report.expected_at}, or use a longer timeout.` : '';
  if (main !== undefined) return { why: main.evidence, remedy: `${main.remedy}${again}` };
  const record = `${report.name} TXT "${report.value}"`;
  return {
    why: countServers(report.servers),
    remedy: `Check that ${record} is published, then run again.${again}`,
  };
}
