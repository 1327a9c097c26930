import type { Judgement, Verdict } from '../../domain/preflight.ts';
import { GUARD_IDS, VERDICTS } from '../../domain/preflight.ts';
import type { DomainResult } from '../../domain/run-result.ts';
import { fitting } from '../../text/fitting.ts';
import { naming } from '../../text/naming.ts';
import { cell, code, lines, type Markup, sizeOfRow, small, table } from './markup.ts';

const MAX_ROWS_CHARACTERS = 60_000;
const MAX_NAMED = 3;

const ICONS: Readonly<Record<Verdict, string>> = { passed: '✅', unknown: '❔', warned: '⚠️', refused: '❌' };

/** A finding, and the email domains it is about. */
interface Row extends Judgement {
  readonly emailDomains: string[];
}

/** Whether people could sign in: a row for each finding of each guard, with the evidence. */
export function renderPreflight(results: readonly DomainResult[]): readonly Markup[] {
  const judged = results.flatMap(({ domain: { preflight } }) => preflight ?? []);
  if (judged.length === 0) return [];
  const rows = new Map<string, Row>();
  for (const { email_domain, guards } of judged) {
    for (const judgement of guards) {
      const { guard, verdict, evidence } = judgement;
      const key = `${guard} ${verdict} ${evidence}`;
      const row = rows.get(key) ?? { ...judgement, emailDomains: [] };
      row.emailDomains.push(email_domain);
      rows.set(key, row);
    }
  }
  const all = [...rows.values()];
  const render = (row: Row): readonly Markup[] => renderRow(row, judged.length);
  // The worst are not to be left out for want of room.
  const worst = fitting(all.toSorted(worstFirst), (row) => sizeOfRow(render(row)), MAX_ROWS_CHARACTERS);
  const more = all.length - worst.length;
  return [
    `<b>Preflight: can people sign in?</b> ${counts(all)}`,
    table(['Guard', 'What was seen', 'Next step'], worst.toSorted(byGuard).map(render)),
    ...(more > 0
      ? [`${more} more did not fit here. The output <code>preflight-report</code> has them.`]
      : []),
  ];
}

function worstFirst(one: Row, other: Row): number {
  return VERDICTS.indexOf(other.verdict) - VERDICTS.indexOf(one.verdict);
}

/** All findings of a guard together, in the order of the report. */
function byGuard(one: Row, other: Row): number {
  return GUARD_IDS.indexOf(one.guard) - GUARD_IDS.indexOf(other.guard);
}

function renderRow(
  { guard, verdict, evidence, remedy = '', emailDomains }: Row,
  judged: number,
): readonly Markup[] {
  const whom = judged === 1 || emailDomains.length === judged ? '' : naming(emailDomains, MAX_NAMED);
  return [
    lines([`${ICONS[verdict]}&nbsp;${code(guard)}`, small(verdict)]),
    lines([cell(evidence), small(cell(whom))]),
    cell(remedy),
  ];
}

function counts(rows: readonly Row[]): Markup {
  return VERDICTS.flatMap((verdict) => {
    const count = rows.filter((row) => row.verdict === verdict).length;
    return count === 0 ? [] : [`${ICONS[verdict]} ${count} ${verdict}`];
  }).join(', ');
}
