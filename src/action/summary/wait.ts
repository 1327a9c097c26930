import type { DnsReport, ServerReport } from '../../domain/dns-report.ts';
import type { DomainResult } from '../../domain/run-result.ts';
import { formatDuration } from '../../text/duration.ts';
import { cell, code, copyable, folded, type Markup, table } from './markup.ts';

/** What there is to say of one email domain below its row; nothing when all is well. */
export function renderWait({ domain }: DomainResult): readonly Markup[] {
  const { record, renderedRecord, dns, state } = domain;
  const parts: Markup[] = [];
  if (state === 'awaiting-dns' && record !== undefined) {
    const { emailDomain, verificationCode } = record;
    parts.push(`TXT record to publish at <b>${cell(emailDomain)}</b>:`, copyable(verificationCode));
    if (renderedRecord !== undefined)
      parts.push(folded('The same for the DNS tool', copyable(renderedRecord)));
  }
  if (dns === undefined) return parts;
  if (dns.visible && waitedMs(dns) < WORTH_TELLING_MS) return parts;
  return [...parts, ...renderReport(dns)];
}

/** A shorter wait needs no picture. */
const WORTH_TELLING_MS = 5000;

function waitedMs({ started_at, ended_at }: DnsReport): number {
  return Date.parse(ended_at) - Date.parse(started_at);
}

function renderReport(dns: DnsReport): readonly Markup[] {
  const isCached = dns.servers.some(({ expires_at }) => expires_at !== undefined);
  const servers = table(
    ['Server', 'Role', 'TXT record', 'Seen', ...(isCached ? ['Until'] : [])],
    dns.servers.map((server) => [
      code(server.server),
      server.role,
      cell(describeRecord(server)),
      seenAfter(server, dns),
      ...(isCached ? [server.expires_at === undefined ? '' : timeOf(server.expires_at)] : []),
    ]),
  );
  const count = `${dns.servers.filter(({ record }) => record === 'present').length} of ${dns.servers.length}`;
  const title = `Servers of <b>${cell(dns.name)}</b>: ${count} have the record`;
  const timeline = waitedMs(dns) < WORTH_TELLING_MS || dns.servers.length === 0 ? [] : [renderTimeline(dns)];
  return [...renderDiagnosis(dns), folded(title, servers, ...timeline)];
}

function describeRecord({ record, txt, problem }: ServerReport): string {
  if (record === 'present') return '✅ there';
  if (record === 'unknown') return `❔ ${problem ?? 'unknown'}`;
  return txt.length === 0 ? '❌ no TXT record' : `❌ ${txt.length} other${txt.length === 1 ? '' : 's'}`;
}

function seenAfter({ seen_at }: ServerReport, { started_at }: DnsReport): string {
  return seen_at === undefined ? '' : `after ${formatDuration(Date.parse(seen_at) - Date.parse(started_at))}`;
}

function timeOf(iso: string): string {
  return `${iso.slice(11, 19)} UTC`;
}

function renderDiagnosis({ diagnosis }: DnsReport): readonly Markup[] {
  if (diagnosis.length === 0) return [];
  const rows = diagnosis.map(({ cause, evidence, remedy, resolves_at }) => [
    code(cause),
    cell(evidence),
    cell(resolves_at === undefined ? remedy : `${remedy} It resolves itself at ${timeOf(resolves_at)}.`),
  ]);
  return [table(['Why it is not visible', 'Seen', 'What to do'], rows)];
}

/** More rows than a screen shows no more. */
const MAX_TIMELINE_SERVERS = 24;

/** Room for the names on the left, which Mermaid does not measure. */
const CHART_START = [
  '```mermaid',
  '%%{init: {"gantt": {"leftPadding": 280, "displayMode": "compact"}}}%%',
  'gantt',
  'dateFormat x',
  'axisFormat %H:%M:%S',
];

/** A Gantt chart of the wait, a row per server: how long without the record, and since when with it. */
function renderTimeline(dns: DnsReport): Markup {
  const [startMs, endMs] = [Date.parse(dns.started_at), Date.parse(dns.ended_at)];
  const rows = dns.servers.slice(0, MAX_TIMELINE_SERVERS).flatMap((server) => bars(server, startMs, endMs));
  return [...CHART_START, ...rows, '```'].join('\n');
}

function bars(
  { server, role, seen_at, record }: ServerReport,
  startMs: number,
  endMs: number,
): readonly string[] {
  const seenMs = seen_at === undefined ? endMs : Math.max(startMs, Date.parse(seen_at));
  // A resolver is asked only once the authoritative servers have it: what it had before, nobody knows.
  const isKnownWithout = record === 'absent' || (role === 'authoritative' && record === 'present');
  // A name that is wider than its bar would stand over the next one.
  const name = (seenMs - startMs) / (endMs - startMs) < 0.1 ? '-' : 'without';
  const before = isKnownWithout && seenMs > startMs ? [`${name} :done, ${startMs}, ${seenMs}`] : [];
  const since = seen_at === undefined ? [] : [`has it :active, ${seenMs}, ${Math.max(endMs, seenMs + 1)}`];
  const all = [...before, ...since];
  return all.length === 0 ? [] : [`section ${chartText(server)}`, ...all];
}

/** Mermaid takes colons, semicolons, hashes and line breaks for its own; server names are not ours. */
function chartText(text: string): string {
  return text.replaceAll(/[^\w .()[\]/-]/g, ' ').slice(0, 60);
}
