/**
 * The whole chain against the sandbox, as a workflow on GitHub runs it: `npm run demo`. Every step is its own process;
 * the DNS pull request is merged a few seconds into the wait.
 */
import { styleText } from 'node:util';
import { type Sandbox, startSandbox } from './index.ts';
import { runStep, type Step, type StepResult } from './runner.ts';

const EMAIL_DOMAIN = 'example.com';
const MERGED_AFTER_MS = 6000;

interface Row {
  readonly step: string;
  readonly result: StepResult;
  readonly requests: number;
}

await using sandbox = await startSandbox();
const second = await sandbox.startResolver();
const cloudflare = { 'api-url': sandbox.apiUrl };
const credentials = { CLOUDFLARE_ACCOUNT_ID: sandbox.accountId, CLOUDFLARE_API_TOKEN: sandbox.apiToken };
const dns = {
  resolvers: [sandbox.resolver, second].map(({ address }) => address).join(', '),
  'authoritative-servers': sandbox.authoritative.address,
};
const rows: Row[] = [];

say('A sandbox of the Cloudflare API, an authoritative DNS server and two resolvers is up on 127.0.0.1.');

const created = await step('Create the SSO connector', {
  with: { mode: 'create', 'email-domain': EMAIL_DOMAIN, ...cloudflare },
  env: credentials,
});

const recordValue = created.outputs['record-value'] ?? '';
say(`A DNS pull request with this record is opened; it will be merged in ${MERGED_AFTER_MS / 1000} seconds.`);
const merge = setTimeout(() => {
  sandbox.publishTxt(EMAIL_DOMAIN, recordValue);
  say('The DNS pull request has been merged: the authoritative server now has the record.');
}, MERGED_AFTER_MS);

await step('Wait until the record is visible, without any Cloudflare credential', {
  with: {
    mode: 'wait-for-dns',
    'email-domain': EMAIL_DOMAIN,
    'verification-code': recordValue,
    timeout: '40s',
    ...dns,
  },
});
clearTimeout(merge);

await step('Enable the connector', {
  with: { mode: 'enable', 'email-domain': EMAIL_DOMAIN, timeout: '30s', ...cloudflare, ...dns },
  env: credentials,
});

await step('The whole chain once more: nothing is left to do', {
  with: { mode: 'create, wait-for-dns, enable', 'email-domain': EMAIL_DOMAIN, ...cloudflare, ...dns },
  env: credentials,
});

printTable(sandbox);
const connector = sandbox.api.store.all().find((one) => one.email_domain === EMAIL_DOMAIN);
if (connector?.enabled !== true || rows.some(({ result }) => result.exitCode !== 0)) {
  throw new Error('the demo did not end with an enabled connector');
}

async function step(title: string, { with: inputs, env = {} }: Step): Promise<StepResult> {
  console.log(`\n${styleText('bold', `▶ ${title}`)}`);
  for (const [name, value] of Object.entries(inputs)) console.log(styleText('dim', `    ${name}: ${value}`));
  const requestsBefore = sandbox.api.requests.length;
  const result = await runStep({ with: inputs, env, onLine: showAsGitHubWould });
  for (const [name, value] of Object.entries(result.outputs)) {
    console.log(styleText('cyan', `    ${name} = ${value.length > 100 ? `${value.slice(0, 97)}…` : value}`));
  }
  rows.push({ step: title, result, requests: sandbox.api.requests.length - requestsBefore });
  if (result.stderr !== '') console.error(result.stderr);
  return result;
}

/** GitHub folds groups, colours annotations, hides masked values and shows no commands. */
function showAsGitHubWould(line: string): void {
  const [, command, message = ''] = /^::([a-z-]+)[^:]*::(.*)$/.exec(line) ?? [];
  const text = message.replaceAll('%0A', '\n    ').replaceAll('%25', '%');
  if (command === undefined) console.log(`    ${line}`);
  if (command === 'group') console.log(styleText('bold', `  ▼ ${text}`));
  if (command === 'error') console.log(styleText('red', `  Error: ${text}`));
  if (command === 'warning') console.log(styleText('yellow', `  Warning: ${text}`));
}

function printTable({ api }: Sandbox): void {
  console.log(`\n${styleText('bold', 'What happened')}\n`);
  const cells = [
    ['step', 'result', 'took', 'API requests', 'changed', 'state'],
    ...rows.map(({ step: title, result: { exitCode, durationMs, outputs }, requests }) => [
      title,
      exitCode === 0 ? 'success' : `exit ${exitCode}`,
      `${(durationMs / 1000).toFixed(1)} s`,
      String(requests),
      outputs['changed'] ?? '',
      outputs['state'] ?? '',
    ]),
  ];
  const widths = (cells[0] ?? []).map((_, column) =>
    Math.max(...cells.map((row) => row[column]?.length ?? 0)),
  );
  for (const row of cells)
    console.log(row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  │  '));
  const writes = api.requests.filter(({ method }) => method !== 'GET').map(({ method }) => method);
  console.log(`\nThe four steps made ${writes.length} changing API requests: ${writes.join(', ')}.`);
}

function say(text: string): void {
  console.log(styleText('magenta', `\n» ${text}`));
}
