import type { DomainResult } from '../../domain/run-result.ts';
import type { Settings } from '../../domain/settings.ts';
import type { State } from '../../domain/state.ts';
import { counted, STATE_WORDS } from '../../domain/tally.ts';
import { fittingParts } from '../../text/fitting.ts';
import { remedyOf } from './dns.ts';
import { cell, code, folded, lines, type Markup, sizeOfRow, small, table } from './markup.ts';
import { pointingBelow, shortened } from './records.ts';

/** What the summary needs to know about the run, other than its result. */
export type SummarySettings = Pick<Settings, 'modes' | 'dryRun'>;

const STATE_ROWS: Readonly<Record<State, { readonly icon: string; readonly nextStep: string }>> = {
  absent: { icon: '⚪', nextStep: 'Run mode create.' },
  'awaiting-dns': {
    icon: '🟡',
    nextStep: 'Publish the TXT record below, then run wait-for-dns and enable.',
  },
  verifying: {
    icon: '🟡',
    nextStep: 'Run mode enable. The record is visible; Cloudflare is verifying it.',
  },
  verified: { icon: '🟢', nextStep: 'Run mode enable.' },
  enabled: { icon: '✅', nextStep: 'Nothing. Users of this domain sign in through the identity provider.' },
};

/** After a run that caused the state on purpose, the usual next step would undo or repeat its work. */
function nextStepAfter({ modes, dryRun }: SummarySettings, state: State): string {
  if (dryRun) return STATE_ROWS[state].nextStep;
  if (modes.includes('delete') && state === 'absent')
    return 'Nothing. If its TXT record is still there, you can remove it.';
  if (modes.includes('disable') && state !== 'enabled') {
    return 'Users of this domain sign in without the identity provider. Repair what made you disable it before you run mode enable again.';
  }
  if (modes.includes('publish-dns') && state === 'awaiting-dns') return 'Run wait-for-dns and enable.';
  return STATE_ROWS[state].nextStep;
}

/** The next step after each state, made once for all rows. */
type Steps = Readonly<Record<State, Markup>>;

function stepsOf(settings: SummarySettings): Steps {
  const step = (state: State): Markup => cell(nextStepAfter(settings, state));
  return {
    absent: step('absent'),
    'awaiting-dns': step('awaiting-dns'),
    verifying: step('verifying'),
    verified: step('verified'),
    enabled: step('enabled'),
  };
}

/** Failed domains first, then those that wait for somebody, then those that need nothing. */
export function urgency({ domain, failure }: DomainResult): number {
  if (failure !== undefined) return 2;
  const isDeclared = domain.drift?.length === 0;
  return domain.state === 'enabled' || isDeclared ? 0 : 1;
}

/** More rows would push the important ones off the screen. */
const MAX_OPEN_ROWS = 20;
const MAX_ROWS_CHARACTERS = 100_000;
const HEAD = ['Email&nbsp;domain', 'State', 'Next step'];

/**
 * A row per email domain, the most urgent first. If there are very many, waiting domains are folded and finished ones
 * have no row.
 */
export function renderDomains(sorted: readonly DomainResult[], settings: SummarySettings): readonly Markup[] {
  const isLong = sorted.length > MAX_OPEN_ROWS;
  const wanted = isLong ? sorted.filter((one) => urgency(one) > 0) : sorted;
  const steps = stepsOf(settings);
  const fit = fittingParts(wanted, (one) => renderRow(one, steps), sizeOfRow, MAX_ROWS_CHARACTERS);
  const failed = sorted.filter(({ failure }) => failure !== undefined).length;
  const shown = fit.slice(0, fit.length > MAX_OPEN_ROWS ? Math.min(failed, MAX_OPEN_ROWS) : MAX_OPEN_ROWS);
  const rest = fit.slice(shown.length);
  const hidden = wanted.length - fit.length;
  const title = shown.length > 0 ? `${rest.length} more` : counted(rest.length);
  return [
    ...(shown.length > 0 ? [table(HEAD, shown)] : []),
    ...(rest.length > 0
      ? [...stepsByState(sorted, steps), folded(`${title} in detail`, table(HEAD, rest))]
      : []),
    ...(hidden > 0
      ? [`${hidden} more did not fit here. The output <code>connectors</code> has all of them.`]
      : []),
  ];
}

/** The waiting domains as one line per state instead of a row per domain; drift has its own next steps. */
function stepsByState(sorted: readonly DomainResult[], steps: Steps): readonly Markup[] {
  const waiting = sorted
    .filter((one) => urgency(one) === 1 && one.domain.drift === undefined)
    .map(({ domain: { state } }) => state);
  return [...new Set(waiting)].flatMap((state) => {
    if (state === undefined) return [];
    const count = waiting.filter((one) => one === state).length;
    return [`${STATE_ROWS[state].icon} <b>${count} ${STATE_WORDS[state]}</b>: ${steps[state]}`];
  });
}

function renderRow(result: DomainResult, next: Steps): readonly Markup[] {
  const { domain, failure } = result;
  const name = domain.name === undefined ? '' : `<b>${cell(domain.name)}</b>`;
  const hint = failure?.hint === undefined ? '' : cell(pointingBelow(failure.hint, domain));
  const steps =
    failure === undefined ? nextStep(result, next) : [cell(shortened(failure.message, domain)), hint];
  return [name, renderState(result), lines([...steps, small(connectorFacts(result))])];
}

function renderState({ domain: { state }, failure }: DomainResult): Markup {
  const words = (state === undefined ? 'unknown' : STATE_WORDS[state]).replaceAll(' ', '&nbsp;');
  if (failure !== undefined) return lines(['❌&nbsp;failed', state === undefined ? '' : small(words)]);
  return `${state === undefined ? '⚪' : STATE_ROWS[state].icon}&nbsp;${words}`;
}

/** What to do, then why. */
function nextStep({ domain }: DomainResult, next: Steps): readonly Markup[] {
  const { drift, dns, state } = domain;
  if (drift !== undefined) return [drift.length > 0 ? 'See the drift above.' : 'Nothing. It is as declared.'];
  if (state === undefined) return [];
  const [finding] = dns?.diagnosis ?? [];
  if (dns === undefined || finding === undefined || state !== 'awaiting-dns') return [next[state]];
  return [
    cell(pointingBelow(remedyOf(finding, dns), domain)),
    small(`${code(finding.cause)}: ${cell(shortened(finding.evidence, domain))}.`),
  ];
}

function connectorFacts({ domain: { confirmed, connector, ssoApp } }: DomainResult): Markup {
  const id = connector === undefined ? [] : [`Connector ${code(connector.id)}.`];
  const app = ssoApp === undefined ? [] : [`Access application ${cell(ssoApp.name)} (${code(ssoApp.id)}).`];
  const sign = confirmed ? ['Confirmed by a sign-in.'] : [];
  return [...id, ...sign, ...app].join(' ');
}
