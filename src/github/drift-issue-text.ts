import {
  ALL_EMAIL_DOMAINS,
  type Drift,
  type DriftReport,
  describeNotChecked,
  type NotChecked,
} from '../domain/drift.ts';
import { fitting } from '../text/fitting.ts';
import { naming } from '../text/naming.ts';
import { html, printable } from '../text/untrusted.ts';

/** The text of an issue, as GitHub's API takes it. */
export interface IssueText {
  readonly title: string;
  /** Markdown; starts with the {@link driftMarker}. */
  readonly body: string;
}

/**
 * GitHub refuses a body of more than 65,536 characters. Ten names with every character escaped and the text around the
 * table need 20,000 at most.
 */
const MAX_ROWS_LENGTH = 45_000;
const MAX_FAILED_NAMED = 10;
/** Enough to recognise a text. The output `drift-report` has all of it. */
const MAX_CELL_LENGTH = 300;

/**
 * The first line of the body, which identifies the issue of a Cloudflare account. Readers do not see it. It counts only
 * at the start of a body, because a bot may quote a text together with its marker.
 */
export function driftMarker(accountId: string): string {
  // Encoded, so that it contains neither the end of the comment nor a line break.
  return `<!-- cloudflare-dashboard-sso-connector:drift:${encodeURIComponent(accountId)} -->`;
}

/** The issue's title and body. The same drift gives the same text in every run. */
export function driftIssueText(report: DriftReport): IssueText {
  const lines = [
    driftMarker(report.account_id),
    '',
    'Cloudflare or DNS differs from what you declared. The workflow that found this keeps this text up to date and ' +
      'closes the issue when the drift is gone. Use comments: changes to this text are overwritten.',
    '',
    ...driftTable(report.differences),
    ...notCompared(report.failed),
    ...notChecked(report.not_checked),
    '',
  ];
  return {
    title: `Cloudflare dashboard SSO: drift in ${affected(report)}`,
    body: lines.join('\n'),
  };
}

/** The comment when the drift has changed. */
export function changedComment(report: DriftReport, runUrl: string | undefined): string {
  return `The drift has changed: it now affects ${affected(report)}. The text above is up to date.${foundBy(runUrl)}`;
}

/** The comment when a closed issue is reopened. */
export function reopenedComment(report: DriftReport, runUrl: string | undefined): string {
  return `There is drift again, in ${affected(report)}. See the text above.${foundBy(runUrl)}`;
}

/** The comment when the issue is closed. */
export function goneComment({ not_checked: kinds }: DriftReport, runUrl: string | undefined): string {
  const gone =
    kinds.length === 0
      ? 'The drift is gone: everything is as declared.'
      : `The drift is gone: everything that was checked is as declared. Not checked: ${kindsNotChecked(kinds)}`;
  return `${gone}${foundBy(runUrl)}`;
}

/** The comment in the newer of two issues. GitHub links the number. */
export function duplicateComment(keptNumber: number): string {
  return `Two runs opened an issue at the same time. Only #${keptNumber} is kept up to date.`;
}

/** What differs: email domains, the account that they all depend on, or both. */
function affected({ differences }: DriftReport): string {
  const names = new Set(differences.map((difference) => difference.email_domain));
  const account = names.delete(ALL_EMAIL_DOMAINS) ? ['the account'] : [];
  const domains = names.size === 1 ? '1 email domain' : `${names.size} email domains`;
  return [...(names.size === 0 ? [] : [domains]), ...account].join(' and ');
}

/** Only in comments: in the body, the URL of each run would look like a change. */
function foundBy(runUrl: string | undefined): string {
  return runUrl === undefined ? '' : `\n\nFound by ${runUrl}`;
}

/** One HTML block without empty lines, because an empty line would end it. */
function driftTable(differences: readonly Drift[]): readonly string[] {
  const head = ['Email domain', 'What', 'Declared', 'Actual', 'What to do'].map(
    (title) => `<th>${title}</th>`,
  );
  const all = differences.map(({ email_domain, kind, expected, actual, remedy }) => {
    const cells = [email_domain, kind, expected, actual, remedy].map((text) => `<td>${asCode(text)}</td>`);
    return `<tr>${cells.join('')}</tr>`;
  });
  const rows = fitting(all, (row) => row.length + 1, MAX_ROWS_LENGTH);
  const left = differences.length - rows.length;
  return [
    '<table>',
    `<tr>${head.join('')}</tr>`,
    ...rows,
    '</table>',
    ...(left === 0 ? [] : ['', `and ${left} more: see the output <code>drift-report</code>`]),
  ];
}

function notCompared(failed: readonly string[]): readonly string[] {
  if (failed.length === 0) return [];
  const named = naming(failed.map(asCode), MAX_FAILED_NAMED);
  return ['', `<p>There may be more drift. Not compared: ${named}</p>`];
}

function notChecked(kinds: readonly NotChecked[]): readonly string[] {
  if (kinds.length === 0) return [];
  return ['', `<p>Not checked: ${kindsNotChecked(kinds)}</p>`];
}

function kindsNotChecked(kinds: readonly NotChecked[]): string {
  return kinds.map(describeNotChecked).map(asCode).join(', ');
}

/**
 * Text of unknown origin that stays text. Entities are not enough: GitHub links mentions, references to issues and
 * commits, and URLs in decoded text, but never inside a code element.
 */
function asCode(text: string): string {
  if (text === '') return '';
  return `<code>${html(printable(text, MAX_CELL_LENGTH))}</code>`;
}
