import { type DriftReport, describeNotChecked } from '../../domain/drift.ts';
import { counted } from '../../domain/tally.ts';
import { fitting } from '../../text/fitting.ts';
import { cell, lines, link, type Markup, sizeOfRow, small, table } from './markup.ts';

/** The output drift-report has the rest. */
const MAX_ROWS_CHARACTERS = 80_000;

/** What mode check found. */
export function renderDrift(
  { drift, differences, checked, failed, not_checked: notChecked }: DriftReport,
  issueUrl: string | undefined,
): readonly Markup[] {
  const count = counted(checked.length);
  const unknown =
    failed.length === 0 ? '' : ` ${failed.length} could not be compared: ${cell(failed.join(', '))}.`;
  const open = notChecked.map((one) => small(`Not checked: ${cell(describeNotChecked(one))}.`));
  const issue = issueUrl === undefined ? '' : ` ${link(issueUrl, 'See the drift issue')}.`;
  if (!drift)
    return [lines([`${failed.length === 0 ? '✅' : '❔'} No drift in ${count}.${unknown}${issue}`, ...open])];
  const all = differences.map(({ email_domain, kind, expected, actual, remedy }) => [
    `<b>${cell(email_domain)}</b>`,
    lines([`<code>${kind}</code>`, small(`Declared: ${cell(expected)}.`), small(`Found: ${cell(actual)}.`)]),
    cell(remedy),
  ]);
  const rows = fitting(all, sizeOfRow, MAX_ROWS_CHARACTERS);
  const more = differences.length - rows.length;
  return [
    `⚠️ Drift: ${differences.length} difference${differences.length === 1 ? '' : 's'} from what is declared; ${count} checked.${unknown}${issue}`,
    table(['Email&nbsp;domain', 'Drift', 'Next step'], rows),
    ...(open.length > 0 ? [lines(open)] : []),
    ...(more > 0
      ? [`${more} more did not fit here. The output <code>drift-report</code> has all of them.`]
      : []),
  ];
}
