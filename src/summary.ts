import * as core from '@actions/core';
import { type DomainResult, type RunResult, type State, stateOf } from './progress.ts';
import { html } from './untrusted.ts';

const NEXT_STEP: Readonly<Record<State, string>> = {
  absent: 'Run mode create.',
  'awaiting-dns': 'Publish the TXT record, then run wait-for-dns and enable.',
  verifying: 'Run mode enable: the record is visible, Cloudflare is verifying it.',
  verified: 'Run mode enable.',
  enabled: 'Nothing: users of this domain sign in through the identity provider.',
};

/** The job summary: a row per email domain, and the record to publish where one is missing. */
export function renderSummary(results: readonly DomainResult[]): string {
  const rows = results.map(({ progress, failure }) => {
    const state = stateOf(progress);
    const [cause] = progress.dns?.diagnosis ?? [];
    const seen = failure?.message ?? (cause === undefined ? '' : `Not visible: ${cause.evidence}.`);
    const todo = failure?.hint ?? cause?.remedy ?? (state === undefined ? '' : NEXT_STEP[state]);
    const cells = [progress.emailDomain ?? '', progress.connector?.id ?? '', state ?? 'unknown', seen, todo];
    return `<tr>${cells.map((cell) => `<td>${html(cell)}</td>`).join('')}</tr>`;
  });
  const head = ['Email domain', 'SSO connector', 'State', 'What was seen', 'Next step']
    .map((title) => `<th>${title}</th>`)
    .join('');
  const records = results.filter(({ progress }) => stateOf(progress) === 'awaiting-dns').map(recordToPublish);
  return [
    '<h3>Cloudflare dashboard SSO</h3>',
    `<table><tr>${head}</tr>${rows.join('')}</table>`,
    ...records.filter((record) => record !== ''),
    '',
  ].join('\n');
}

function recordToPublish({ progress: { emailDomain, verificationCode } }: DomainResult): string {
  if (emailDomain === undefined || verificationCode === undefined) return '';
  return `<p>TXT record to publish at <b>${html(emailDomain)}</b>:</p><pre><code>${html(verificationCode)}</code></pre>`;
}

/** Appends the job summary, where the runner takes one. */
export async function writeSummary({ domains }: RunResult): Promise<void> {
  if (process.env['GITHUB_STEP_SUMMARY'] === undefined) return;
  await core.summary.addRaw(renderSummary(domains)).write();
}
