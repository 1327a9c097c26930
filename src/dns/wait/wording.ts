import type { DnsReport, ServerReport } from '../../domain/dns-report.ts';
import { naming } from '../../text/naming.ts';
import { cachedUntil } from '../diagnosis/evidence.ts';
import type { ServerState } from '../observation/server-state.ts';

/** So many servers are named in one line. */
const MAX_NAMED = 8;

/** The latest answers of servers, as lines of the log: one for all servers that say the same. */
export function describeServers(servers: readonly ServerState[], nowMs: number): readonly string[] {
  const answers = Map.groupBy(servers, (server) => describeAnswer(server, true, nowMs));
  return [...answers].flatMap(([singular, [first, ...others]]) => {
    if (first === undefined) return [];
    const labels = naming(
      [first, ...others].map(({ label }) => label),
      MAX_NAMED,
    );
    const answer = others.length === 0 ? singular : describeAnswer(first, false, nowMs);
    return [`${labels} ${answer}.`];
  });
}

function describeAnswer({ observation, expiresAtMs }: ServerState, isOne: boolean, nowMs: number): string {
  const has = isOne ? 'has' : 'have';
  if (observation === undefined) return `${has} not answered yet`;
  if (observation.kind === 'unusable') return `failed: ${observation.detail}`;
  if (observation.kind === 'present') return `${has} the record`;
  if (observation.kind === 'alias') return `${has} a CNAME that leads to ${observation.target}`;
  const others = observation.values.length;
  if (expiresAtMs !== undefined) {
    const what = others === 0 ? 'the absence of the record' : 'the old TXT records';
    return `still ${has} ${what} ${cachedUntil(expiresAtMs, nowMs)}`;
  }
  const found =
    others === 0 ? 'nor any other TXT record' : `only ${others} other TXT record${others === 1 ? '' : 's'}`;
  return `${isOne ? 'does' : 'do'} not have the record yet, ${found}`;
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
  // A cause that resolves on its own, but too late, leaves nothing else to do.
  if (main !== undefined && late && main.resolves_at !== undefined)
    return { why: main.evidence, remedy: again.trimStart() };
  if (main !== undefined) return { why: main.evidence, remedy: `${main.remedy}${again}` };
  const record = `${report.name} TXT "${report.value}"`;
  // Where the authoritative servers have it, there is nothing left to publish.
  const check = report.authoritative ? '' : `Check that ${record} is published, then run again.`;
  return { why: countServers(report.servers), remedy: `${check}${again}`.trimStart() || 'Run again.' };
}
