/**
 * The whole chain against the sandbox, as a workflow on GitHub runs it: `npm run demo`. Every step is its own process;
 * the DNS pull request is merged a few seconds into the wait. The preflight refuses once, and enabling is taken back once.
 */
import { randomUUID } from 'node:crypto';
import { styleText } from 'node:util';
import { NEW_ACCOUNTS, type Sandbox, startSandbox } from './index.ts';
import { runStep, type Step, type StepResult } from './runner.ts';
import { tableAsText } from './summary-text.ts';

const EMAIL_DOMAIN = 'example.com';
const MERGED_AFTER_MS = 6000;
/** In real life minutes: somebody has to read the notice, and to sign in. */
const CONFIRM_WITHIN = '8s';
const SIGNED_IN_AFTER_MS = 1500;
const LOOK_INTERVAL_MS = 100;
const [SUCCESS, FAILURE] = [0, 1];

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
say('The account is new: its only identity provider is the one that Cloudflare adds itself.');
sandbox.changeAccount(NEW_ACCOUNTS['cloudflare-only']);

const preflight = { mode: 'preflight', 'email-domain': EMAIL_DOMAIN, ...cloudflare, ...dns };
const refused = await step(
  'Preflight of a new account: it refuses',
  { with: preflight, env: credentials },
  FAILURE,
);
showPreflight(refused);

say('Somebody adds authentik as identity provider, and signs in to a wiki through it.');
sandbox.changeAccount({ identityProviders: [{ id: randomUUID(), name: 'authentik', type: 'oidc' }] });
signIn();

const judged = await step('Preflight once more, then create the SSO connector', {
  with: { ...preflight, mode: 'preflight, create' },
  env: credentials,
});

const recordValue = judged.outputs['record-value'] ?? '';
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

const enabling = {
  with: {
    mode: 'enable',
    'email-domain': EMAIL_DOMAIN,
    timeout: '30s',
    'confirm-within': CONFIRM_WITHIN,
    ...cloudflare,
    ...dns,
  },
  env: credentials,
};
const denial = signInOnceEnabled({ allowed: false });
const takenBack = await step('Enable: somebody is denied, so it is taken back', enabling, FAILURE);
clearInterval(denial);

say(
  'A policy of the identity provider was wrong. Now it is right, and people know that they should sign in.',
);
const confirmation = signInOnceEnabled({ allowed: true });
const confirmed = await step('Enable again: a sign-in confirms it', enabling);
clearInterval(confirmation);

await step('The whole chain once more: nothing is left to do', {
  with: { mode: 'create, wait-for-dns, enable', 'email-domain': EMAIL_DOMAIN, ...cloudflare, ...dns },
  env: credentials,
});

printTable(sandbox);
requireOutcome();

/** As the steps are told: one enabling is taken back, the other is confirmed, and the connector is enabled at the end. */
function requireOutcome(): void {
  const connector = sandbox.api.store.all().find((one) => one.email_domain === EMAIL_DOMAIN);
  const confirmations = [takenBack, confirmed].map(({ outputs }) => outputs['confirmed']).join();
  if (connector?.enabled === true && confirmations === 'false,true') return;
  stop('The demo did not end with an enabled and confirmed connector.');
}

/** Ends with a sentence in place of a stack trace: whoever runs the demo may have cloned the repository a minute ago. */
function stop(problem: string): never {
  console.error(
    styleText('red', `\n${problem} The lines above say why. Run npm run build if dist/ is older than src/.`),
  );
  process.exit(1);
}

function signIn({ allowed = true }: { readonly allowed?: boolean } = {}): void {
  sandbox.playSignIn({ email: `kim@${EMAIL_DOMAIN}`, allowed });
}

/** Somebody reads the notice of the step, and tries it. */
function signInOnceEnabled({ allowed }: { readonly allowed: boolean }): NodeJS.Timeout {
  const looking = setInterval(() => {
    if (!sandbox.api.store.all().some(({ enabled }) => enabled)) return;
    clearInterval(looking);
    setTimeout(() => {
      signIn({ allowed });
      say(`Somebody of ${EMAIL_DOMAIN} opens the dashboard and is ${allowed ? 'signed in' : 'denied'}.`);
    }, SIGNED_IN_AFTER_MS);
  }, LOOK_INTERVAL_MS);
  return looking;
}

async function step(
  title: string,
  { with: inputs, env = {} }: Step,
  expected = SUCCESS,
): Promise<StepResult> {
  console.log(`\n${styleText('bold', `▶ ${title}`)}`);
  for (const [name, value] of Object.entries(inputs)) console.log(styleText('dim', `    ${name}: ${value}`));
  const requestsBefore = sandbox.api.requests.length;
  const result = await runStep({ with: inputs, env, onLine: showAsGitHubWould });
  for (const [name, value] of Object.entries(result.outputs)) {
    console.log(styleText('cyan', `    ${name} = ${value.length > 100 ? `${value.slice(0, 97)}…` : value}`));
  }
  rows.push({ step: title, result, requests: sandbox.api.requests.length - requestsBefore });
  if (result.stderr !== '') console.error(result.stderr);
  if (result.exitCode !== expected) {
    stop(
      expected === SUCCESS
        ? `The step "${title}" failed.`
        : `The step "${title}" ended with exit code ${result.exitCode}, not ${expected}.`,
    );
  }
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
  if (command === 'notice') console.log(styleText('blue', `  Notice: ${text}`));
}

function printTable({ api }: Sandbox): void {
  console.log(`\n${styleText('bold', 'What happened')}\n`);
  const cells = [
    ['step', 'result', 'took', 'API requests', 'changed', 'state'],
    ...rows.map(({ step: title, result: { exitCode, durationMs, outputs }, requests }) => [
      title,
      exitCode === 0 ? 'success' : 'failure',
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
  console.log(`\nThe steps made ${writes.length} changing API requests: ${writes.join(', ')}.`);
}

/** What the reviewer of a run would look at. */
function showPreflight({ summary }: StepResult): void {
  console.log(`\n${styleText('bold', '  In the job summary')}`);
  const table = tableAsText(summary, 'Preflight') ?? stop('The job summary of the step has no preflight.');
  for (const line of table) console.log(`    ${line}`);
}

function say(text: string): void {
  console.log(styleText('magenta', `\n» ${text}`));
}
