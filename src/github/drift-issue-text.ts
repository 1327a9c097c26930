import type { Drift, DriftReport } from '../domain/drift.ts';
import { naming } from '../text/naming.ts';
import { html, printable } from '../text/untrusted.ts';

/** What a person reads in the issue list and in the issue, as GitHub takes it. */
export interface IssueText {
  readonly title: string;
  /** Markdown; begins with the {@link driftMarker}. */
  readonly body: string;
}

/**
 * GitHub refuses a body of more than 65,536 characters. Ten names, every character of them escaped, and the text
 * around the table have 20,000 at most.
 */
const MAX_ROWS_LENGTH = 45_000;
const MAX_FAILED_NAMED = 10;
/** Enough to recognise a text by; the whole one is in the output `drift-report`. */
const MAX_CELL_LENGTH = 300;

/**
 * The first line of the body, by which the issue of a Cloudflare account is found again. Readers do not see it.
 * Only at the start of a body does it count: a bot may quote somebody's text, marker and all.
 */
export function driftMarker(accountId: string): string {
  // Encoded, it can hold neither the end of the comment nor a line break.
  return `<!-- cloudflare-dashboard-sso-connector:drift:${encodeURIComponent(accountId)} -->`;
}

/** The issue's title and body: the same drift is the same text, whichever run found it. */
export function driftIssueText(report: DriftReport): IssueText {
  const lines = [
    driftMarker(report.account_id),
    '',
    'What Cloudflare and DNS have differs from what was declared. This text is kept by the workflow that found it: ' +
      'it follows the drift, and when there is none left, the issue is closed. Write comments; changes to this text are lost.',
    '',
    ...driftTable(report.differences),
    ...notCompared(report.failed),
    '',
  ];
  return {
    title: `Cloudflare dashboard SSO: drift in ${domainCount(report)}`,
    body: lines.join('\n'),
  };
}

/** What watchers are told when the body has become another one. */
export function changedComment(report: DriftReport, runUrl: string | undefined): string {
  return `The drift has changed: the text above has what it is now, in ${domainCount(report)}.${foundBy(runUrl)}`;
}

/** What watchers are told when a closed issue is opened again. */
export function reopenedComment(report: DriftReport, runUrl: string | undefined): string {
  return `There is drift again, in ${domainCount(report)}: see the text above.${foundBy(runUrl)}`;
}

/** What watchers are told when the issue is closed. */
export function goneComment(runUrl: string | undefined): string {
  return `The drift is gone: everything is as it was declared.${foundBy(runUrl)}`;
}

/** What is said in the younger one of two issues; GitHub makes a link of the number. */
export function duplicateComment(keptNumber: number): string {
  return `Two runs opened an issue at the same time. #${keptNumber} is kept in step with the drift, this one is not.`;
}

function domainCount({ differences }: DriftReport): string {
  const count = new Set(differences.map((difference) => difference.email_domain)).size;
  return count === 1 ? '1 email domain' : `${count} email domains`;
}

/** In comments only: in the body the address, another one in each run, would look like a change. */
function foundBy(runUrl: string | undefined): string {
  return runUrl === undefined ? '' : `\n\nFound by ${runUrl}`;
}

/** Lines of one HTML block, which ends at the first empty line: there is none in it. */
function driftTable(differences: readonly Drift[]): readonly string[] {
  const head = ['Email domain', 'What', 'Declared', 'Is', 'What to do'].map((title) => `<th>${title}</th>`);
  const rows: string[] = [];
  let length = 0;
  for (const { email_domain, kind, expected, actual, remedy } of differences) {
    const cells = [email_domain, kind, expected, actual, remedy].map((text) => `<td>${asCode(text)}</td>`);
    const row = `<tr>${cells.join('')}</tr>`;
    length += row.length + 1;
    if (length > MAX_ROWS_LENGTH) break;
    rows.push(row);
  }
  const left = differences.length - rows.length;
  return [
    '<table>',
    `<tr>${head.join('')}</tr>`,
    ...rows,
    '</table>',
    ...(left === 0 ? [] : ['', `and ${left} more, see the output <code>drift-report</code>`]),
  ];
}

function notCompared(failed: readonly string[]): readonly string[] {
  if (failed.length === 0) return [];
  const named = naming(failed.map(asCode), MAX_FAILED_NAMED);
  return ['', `<p>Could not be compared, so there may be more drift: ${named}</p>`];
}

/**
 * Text of unknown origin that stays text. Entities alone would not do: GitHub looks for mentions, references to
 * issues and commits, and addresses in what they decode to, but never inside a code element.
 */
function asCode(text: string): string {
  if (text === '') return '';
  return `<code>${html(printable(text, MAX_CELL_LENGTH))}</code>`;
}
