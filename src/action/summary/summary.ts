import * as core from '@actions/core';
import type { DomainResult, RunResult } from '../../domain/run-result.ts';
import type { Settings } from '../../domain/settings.ts';
import type { State } from '../../domain/state.ts';
import { fitting } from '../../text/fitting.ts';
import { renderDrift } from './drift.ts';
import { cell, code, type Markup, sizeOfRow, table } from './markup.ts';
import { renderWait } from './wait.ts';

const STATES: Readonly<Record<State, { readonly icon: string; readonly nextStep: string }>> = {
  absent: { icon: '⚪', nextStep: 'Run mode create.' },
  'awaiting-dns': { icon: '🟡', nextStep: 'Publish the TXT record, then run wait-for-dns and enable.' },
  verifying: {
    icon: '🟡',
    nextStep: 'Run mode enable: the record is visible, Cloudflare is verifying it.',
  },
  verified: { icon: '🟢', nextStep: 'Run mode enable.' },
  enabled: { icon: '✅', nextStep: 'Nothing: users of this domain sign in through the identity provider.' },
};

/** Where this run is what the state came from, the usual next step would undo it or repeat it. */
function nextStepAfter({ modes, dryRun }: SummarySettings, state: State): string {
  if (dryRun) return STATES[state].nextStep;
  if (modes.includes('delete') && state === 'absent') return 'Nothing: the TXT record can go too.';
  if (modes.includes('disable') && state !== 'enabled') {
    return 'Its users sign in without the identity provider. Know why it had to be disabled before anybody runs mode enable again.';
  }
  if (modes.includes('publish-dns') && state === 'awaiting-dns') return 'Run wait-for-dns and enable.';
  return STATES[state].nextStep;
}

/** What the summary has to know of the run besides its result. */
type SummarySettings = Pick<Settings, 'modes' | 'dryRun'>;

/** GitHub refuses the summary of a step as a whole when it has more than 1 MiB; a character has up to three bytes. */
const MAX_CHARACTERS = 340_000;

/**
 * The job summary: a row per email domain; below it, for those that are not done, the record to publish and what DNS
 * said; and the drift. Markdown around HTML, in which nothing of unknown origin is markup.
 */
export function renderSummary(
  { domains, drift, driftIssueUrl }: Omit<RunResult, 'changed' | 'failures'>,
  settings: SummarySettings,
): string {
  const sorted = [...domains].sort((one, other) => urgency(other) - urgency(one));
  const parts = [
    `### Cloudflare dashboard SSO${settings.dryRun ? ' (dry run: nothing was changed)' : ''}`,
    ...(drift === undefined ? [] : renderDrift(drift, driftIssueUrl)),
    ...renderDomains(sorted, settings),
  ];
  let room = MAX_CHARACTERS - parts.join('\n\n').length;
  for (const domain of sorted) {
    const details = renderWait(domain).join('\n\n');
    if (details === '') continue;
    room -= details.length;
    if (room < 0) {
      parts.push('The rest does not fit in here: the outputs have it.');
      break;
    }
    parts.push(details);
  }
  return `${parts.join('\n\n')}\n`;
}

/** Beyond as many, a line for all of one state stands for the rows of those that are done. */
const MAX_DONE_ROWS = 20;
const MAX_ROWS_CHARACTERS = 120_000;

function renderDomains(sorted: readonly DomainResult[], settings: SummarySettings): readonly Markup[] {
  const row = (domain: DomainResult): readonly Markup[] => renderRow(domain, settings);
  const open = sorted.filter((domain) => urgency(domain) > 0).map(row);
  const done = sorted.filter((domain) => urgency(domain) === 0).map(row);
  const isLong = done.length > MAX_DONE_ROWS;
  const shown = fitting(open, sizeOfRow, MAX_ROWS_CHARACTERS);
  const hidden = open.length - shown.length;
  const head = ['Email domain', 'SSO connector', 'State', 'What was seen', 'Next step'];
  const rows = [...shown, ...(isLong ? [] : done)];
  return [
    ...(rows.length > 0 ? [table(head, rows)] : []),
    ...(hidden > 0
      ? [`🟡 ${hidden} more email domains are not done; the output connectors has them all.`]
      : []),
    ...(isLong ? [`✅ ${done.length} email domains have nothing left to do.`] : []),
  ];
}

function renderRow({ domain, failure }: DomainResult, settings: SummarySettings): readonly Markup[] {
  const { name: emailDomain = '', connector, dns, ssoApp, state } = domain;
  const [cause] = dns?.diagnosis ?? [];
  const icon = state === undefined ? '⚪' : STATES[state].icon;
  const nextStep = state === undefined ? '' : nextStepAfter(settings, state);
  const app = ssoApp === undefined ? '' : `Access application: ${ssoApp.name} (${ssoApp.id}).`;
  const seen = failure?.message ?? (cause === undefined ? app : `Not visible: ${cause.evidence}.`);
  const todo = failure?.hint ?? cause?.remedy ?? nextStep;
  return [
    `<b>${cell(emailDomain)}</b>`,
    connector === undefined ? '' : code(connector.id),
    `${failure === undefined ? icon : '❌'}&nbsp;${state ?? 'unknown'}`,
    cell(seen),
    cell(todo),
  ];
}

/** What failed first, then what waits for somebody, then what is done. */
function urgency({ domain, failure }: DomainResult): number {
  if (failure !== undefined) return 2;
  const isDeclared = domain.drift?.length === 0;
  return domain.state === 'enabled' || isDeclared ? 0 : 1;
}

/** Appends the job summary, where the runner takes one. */
export async function writeSummary(result: RunResult, settings: SummarySettings): Promise<void> {
  if (process.env['GITHUB_STEP_SUMMARY'] === undefined) return;
  await core.summary.addRaw(renderSummary(result, settings)).write();
}
