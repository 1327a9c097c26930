import type { DnsReport, ServerReport } from '../../domain/dns-report.ts';
import type { Markup } from './markup.ts';

/** More rows than fit on a screen explain nothing. */
const MAX_SERVERS = 24;
const MAX_NAME_CHARACTERS = 60;
/** A bar narrower than this share of the wait has no room for its label. */
const MIN_NAMED_SHARE = 0.1;

const MAX_TICKS = 10;
/** Steps between the times below the chart, as Mermaid calls them, each with its milliseconds. */
const TICKS: readonly (readonly [name: string, durationMs: number])[] = [
  ['1second', 1000],
  ['5second', 5000],
  ['15second', 15_000],
  ['1minute', 60_000],
  ['5minute', 300_000],
  ['15minute', 900_000],
  ['1hour', 3_600_000],
  ['6hour', 21_600_000],
];

/** A Gantt chart of a wait in Mermaid, a row per server: how long it lacked the record, and when it had it. */
export function renderChart(dns: DnsReport): Markup {
  const [startMs, endMs] = [Date.parse(dns.started_at), Date.parse(dns.ended_at)];
  const [tick = '1day'] = TICKS.find(([, durationMs]) => (endMs - startMs) / durationMs <= MAX_TICKS) ?? [];
  const rows = dns.servers.slice(0, MAX_SERVERS).flatMap((server) => bars(server, startMs, endMs));
  return [
    '```mermaid',
    // Mermaid does not measure the names on the left.
    '%%{init: {"gantt": {"leftPadding": 280, "displayMode": "compact"}}}%%',
    'gantt',
    'dateFormat x',
    'axisFormat %H:%M:%S',
    `tickInterval ${tick}`,
    ...rows,
    '```',
  ].join('\n');
}

function bars(
  { server, role, seen_at, record }: ServerReport,
  startMs: number,
  endMs: number,
): readonly string[] {
  const seenMs = seen_at === undefined ? endMs : Math.max(startMs, Date.parse(seen_at));
  // A resolver is asked only once the authoritative servers have the record: nobody knows what it had before.
  const isKnownWithout = record === 'absent' || (role === 'authoritative' && record === 'present');
  const name = (seenMs - startMs) / (endMs - startMs) < MIN_NAMED_SHARE ? '-' : 'without';
  const before = isKnownWithout && seenMs > startMs ? [`${name} :done, ${startMs}, ${seenMs}`] : [];
  // The last server to get the record ends the wait, so its bar gets a minimum width.
  const drawnEndMs = Math.max(endMs, seenMs) + Math.ceil((endMs - startMs) * MIN_NAMED_SHARE);
  const since = seen_at === undefined ? [] : [`has it :active, ${seenMs}, ${drawnEndMs}`];
  const all = [...before, ...since];
  return all.length === 0 ? [] : [`section ${chartText(server)}`, ...all];
}

/** Untrusted text for a chart. Mermaid's own characters become entities if server names contain them, else spaces. */
function chartText(text: string): string {
  return text
    .slice(0, MAX_NAME_CHARACTERS)
    .replaceAll(/[^\w .()[\]/:?=&%,+@~-]/g, ' ')
    .replaceAll(/[:?=&%,+@~]/g, (character) => `#${character.charCodeAt(0)};`);
}
