import type { DnsReport } from '../../domain/dns-report.ts';
import { formatDuration, formatTime } from '../../text/duration.ts';
import type { DnsServer } from '../client/servers.ts';
import type { ServerState } from '../observation/server-state.ts';

/** What one server now says, as a line of the log. */
export function describeServer(server: DnsServer, state: ServerState, nowMs: number): string {
  const { observation, expiresAtMs } = state;
  if (observation === undefined) return `${server.label} has not answered yet.`;
  if (observation.kind === 'unusable')
    return `${server.label} says nothing about the record: ${observation.detail}.`;
  if (observation.kind === 'present') return `${server.label} has the record.`;
  const others = observation.values.length;
  const held =
    others === 0 ? 'no TXT record' : others === 1 ? '1 other TXT record' : `${others} other TXT records`;
  if (server.role === 'authoritative' || expiresAtMs === undefined) {
    return `${server.label} does not have the record yet; it has ${held}.`;
  }
  const left = formatDuration(expiresAtMs - nowMs);
  const what = others === 0 ? 'that there is no such record' : 'the old records';
  return `${server.label} still has ${what} in its cache for ${left}, until ${formatTime(expiresAtMs, nowMs)}.`;
}

/** How many have it, in one sentence: `1 of 2 authoritative servers and 0 of 4 resolvers have the record`. */
export function countServers(servers: DnsReport['servers']): string {
  const parts = (['authoritative', 'resolver'] as const).flatMap((role) => {
    const ofRole = servers.filter((server) => server.role === role);
    const present = ofRole.filter((server) => server.record === 'present').length;
    const noun = role === 'resolver' ? 'resolvers' : 'authoritative servers';
    return ofRole.length === 0 ? [] : [`${present} of ${ofRole.length} ${noun}`];
  });
  return `${parts.join(' and ')} have the record`;
}

/** Why the record was not visible at the end, and what to do about it. */
export function explainInvisible(report: DnsReport): { readonly why: string; readonly remedy: string } {
  const [main] = report.diagnosis;
  const late = report.reason === 'not-in-time' && report.expected_at !== undefined;
  const again = late ? ` Run again after ${report.expected_at}, or with a longer timeout.` : '';
  if (main !== undefined) return { why: main.evidence, remedy: `${main.remedy}${again}` };
  const record = `${report.name} TXT "${report.value}"`;
  return {
    why: countServers(report.servers),
    remedy: `Check that ${record} is published, and run again.${again}`,
  };
}
