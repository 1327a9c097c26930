import type { DnsReport, Finding, ServerReport } from '../../domain/dns-report.ts';
import type { DomainResult } from '../../domain/run-result.ts';
import { formatDuration, formatTime } from '../../text/duration.ts';
import { renderChart } from './chart.ts';
import { cell, code, folded, type Markup, table } from './markup.ts';
import { shortened } from './records.ts';

/** With more email domains than this, only failed ones are explained, and at most this many. */
const MAX_EXPLAINED = 5;
/** A shorter wait needs no explanation, and a smaller difference between servers needs no chart. */
const WORTH_TELLING_MS = 5000;

/** DNS details of the email domains that need an explanation; none when all is well. */
export function renderDns(sorted: readonly DomainResult[]): readonly Markup[] {
  const telling = sorted.filter(({ domain: { dns } }) => dns !== undefined && isTelling(dns));
  const isMany = sorted.length > MAX_EXPLAINED;
  const explained = isMany ? telling.filter(({ failure }) => failure !== undefined) : telling;
  const shown = explained.slice(0, MAX_EXPLAINED);
  return [
    ...shown.map((result) => renderReport(result).join('\n\n')),
    ...(shown.length < telling.length
      ? ['The output <code>connectors</code> has what each DNS server said.']
      : []),
  ];
}

function isTelling(dns: DnsReport): boolean {
  return !dns.visible || waitedMs(dns) >= WORTH_TELLING_MS;
}

function waitedMs({ started_at, ended_at }: DnsReport): number {
  return Date.parse(ended_at) - Date.parse(started_at);
}

/** Folded, except for the chart of an unfinished domain. */
function renderReport(result: DomainResult): readonly Markup[] {
  const { dns } = result.domain;
  if (dns === undefined) return [];
  const count = `${dns.servers.filter(({ record }) => record === 'present').length} of ${dns.servers.length}`;
  const title = `<b>${cell(dns.name)}</b>: ${count} DNS servers have the record`;
  const chart = serversDiffer(dns) ? [renderChart(dns)] : [];
  const tables = [...renderCauses(result, dns), renderServers(dns)];
  const isDone = result.failure === undefined && result.domain.state === 'enabled';
  if (isDone || chart.length === 0) return [folded(title, ...tables, ...chart)];
  return [
    `When the DNS servers of <b>${cell(dns.name)}</b> had the record:`,
    ...chart,
    folded(title, ...tables),
  ];
}

/** A chart is worth it if some servers had the record much earlier than others. */
function serversDiffer(dns: DnsReport): boolean {
  if (waitedMs(dns) < WORTH_TELLING_MS) return false;
  const known = dns.servers.filter(({ record }) => record !== 'unknown');
  const seenMs = known.map(({ seen_at }) =>
    seen_at === undefined ? Number.POSITIVE_INFINITY : Date.parse(seen_at),
  );
  return Math.max(...seenMs) - Math.min(...seenMs) >= WORTH_TELLING_MS;
}

function renderServers(dns: DnsReport): Markup {
  const isCached = dns.servers.some((server) => cachedUntil(server, dns) !== '');
  const head = ['Server', 'Role', 'TXT record', 'Seen', ...(isCached ? ['Cached until'] : [])];
  const rows = dns.servers.map((server) => [
    code(server.server),
    server.role,
    cell(describeRecord(server)),
    seenAfter(server, dns),
    ...(isCached ? [cachedUntil(server, dns)] : []),
  ]);
  return table(head, rows);
}

function describeRecord({ record, txt, problem }: ServerReport): string {
  if (record === 'present') return '✅ present';
  if (record === 'unknown') return `❔ ${problem ?? 'unknown'}`;
  return txt.length === 0
    ? '❌ no TXT record'
    : `❌ missing, ${txt.length} other TXT record${txt.length === 1 ? '' : 's'}`;
}

function seenAfter({ seen_at }: ServerReport, { started_at }: DnsReport): string {
  return seen_at === undefined ? '' : `after ${formatDuration(Date.parse(seen_at) - Date.parse(started_at))}`;
}

/** Only a resolver has a cache. */
function cachedUntil({ role, expires_at }: ServerReport, { ended_at }: DnsReport): string {
  if (role !== 'resolver' || expires_at === undefined) return '';
  return formatTime(Date.parse(expires_at), Date.parse(ended_at));
}

/** All causes, unless the row of the email domain has the only one. */
function renderCauses({ domain, failure }: DomainResult, dns: DnsReport): readonly Markup[] {
  const { diagnosis } = dns;
  const [first] = diagnosis;
  if (first === undefined) return [];
  const isInRow = failure === undefined || failure.message.includes(first.evidence);
  if (diagnosis.length === 1 && isInRow) return [];
  const rows = diagnosis.map((finding) => [
    code(finding.cause),
    cell(shortened(finding.evidence, domain)),
    cell(shortened(remedyOf(finding, dns), domain)),
  ]);
  return [table(['Why it is not visible', 'Seen', 'What to do'], rows)];
}

/** What to do, and when it resolves on its own, if known. */
export function remedyOf({ remedy, resolves_at }: Finding, { ended_at }: DnsReport): string {
  if (resolves_at === undefined) return remedy;
  return `${remedy} It resolves on its own at ${formatTime(Date.parse(resolves_at), Date.parse(ended_at))}.`;
}
