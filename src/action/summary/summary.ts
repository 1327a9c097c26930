import * as core from '@actions/core';
import { ActionError, toActionError } from '../../domain/errors.ts';
import type { RunResult } from '../../domain/run-result.ts';
import { tally } from '../../domain/tally.ts';
import { fitting } from '../../text/fitting.ts';
import { printable } from '../../text/untrusted.ts';
import { renderDns } from './dns.ts';
import { renderDomains, type SummarySettings, urgency } from './domains.ts';
import { renderDrift } from './drift.ts';
import type { Markup } from './markup.ts';
import { renderPreflight } from './preflight.ts';
import { renderRecords } from './records.ts';

/** GitHub refuses the whole summary of a step above 1 MiB; a character has up to three bytes. */
const MAX_CHARACTERS = 340_000;

/**
 * The job summary: a line of counts, the drift, a row per email domain, the records to publish, and DNS details that
 * explain something. Markdown around HTML, in which no untrusted text is markup.
 */
export function renderSummary(
  { domains, drift, driftIssueUrl }: Omit<RunResult, 'changed' | 'failures'>,
  settings: SummarySettings,
): string {
  const sorted = [...domains].sort((one, other) => urgency(other) - urgency(one));
  const parts = [
    `### Cloudflare dashboard SSO${settings.dryRun ? ' (dry run: nothing was changed)' : ''}`,
    ...(domains.length > 1 ? [`<b>${tally(domains)}</b>`] : []),
    ...(drift === undefined ? [] : renderDrift(drift, driftIssueUrl)),
    ...renderDomains(sorted, settings),
    ...renderPreflight(sorted),
    ...renderRecords(sorted, settings),
  ];
  return `${[...parts, ...fittingAfter(parts, renderDns(sorted))].join('\n\n')}\n`;
}

/** As many whole parts as fit: half a part would leave elements open. */
function fittingAfter(before: readonly Markup[], parts: readonly Markup[]): readonly Markup[] {
  const room = MAX_CHARACTERS - before.join('\n\n').length;
  const shown = fitting(parts, ({ length }) => length, room);
  return shown.length < parts.length ? [...shown, 'The rest did not fit here. The outputs have it.'] : shown;
}

/**
 * Appends the job summary to the runner's file, if there is one.
 *
 * @throws {ActionError} whatever the reason
 */
export async function writeSummary(result: RunResult, settings: SummarySettings): Promise<void> {
  if (!process.env['GITHUB_STEP_SUMMARY']) return;
  try {
    await core.summary.addRaw(renderSummary(result, settings)).write();
  } catch (thrown) {
    const reason = printable(toActionError(thrown).message).replaceAll(/^Error: |\.$/g, '');
    throw new ActionError(`The job summary could not be written (${reason}).`, {
      hint: 'The log and the outputs of the step have what would be in it.',
      cause: thrown,
    });
  }
}
