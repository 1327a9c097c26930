import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { type GitHubApi, startGitHubApi } from '../../sandbox/github/github-api.ts';
import { type Sandbox, startSandbox } from '../../sandbox/index.ts';
import { runStep, type StepResult } from '../../sandbox/runner.ts';
import { INPUT_DEFAULTS } from '../../src/action/inputs/values.ts';
import { RECORD_FORMAT_NAMES } from '../../src/domain/sso-record.ts';
import { driftMarker } from '../../src/github/drift-issue-text.ts';
import { expectCleanLog, expectCleanMarkup } from '../checks/clean-text.ts';
import { facts } from '../checks/facts.ts';
import { FAST_PAUSES } from '../real/preload.ts';
import { stepAt } from '../real/step-at.ts';
import { VERY_HOSTILE_TEXTS as TEXTS } from '../samples/very-hostile-text.ts';

const ACTION = parse(readFileSync(new URL('../../action.yml', import.meta.url), 'utf8'));

let sandbox: Sandbox;
let github: GitHubApi;
let workspace: string;

beforeEach(async () => {
  sandbox = await startSandbox({ pollIntervalMs: 50 });
  github = await startGitHubApi();
  workspace = await mkdtemp(join(tmpdir(), 'workspace-'));
});
afterEach(async () => {
  await Promise.all([sandbox.close(), github.close()]);
  await rm(workspace, { recursive: true });
});

/** Runs a step and sees that what it printed, its summary and its outputs are its own. */
async function clean(inputs: Record<string, string>): Promise<StepResult> {
  const at = stepAt(sandbox, github);
  const result = await runStep({
    with: { ...at.with, timeout: '1s', 'poll-interval': '1s', ...inputs },
    env: { ...at.env, ACTIONS_STEP_DEBUG: 'true', RUNNER_DEBUG: '1', NODE_OPTIONS: FAST_PAUSES },
    workspace,
  });
  expectCleanLog(result.stdout, secrets());
  expectCleanMarkup(result.summary);
  expect(result.stderr).toBe('');
  expect(Object.keys(ACTION.outputs)).toEqual(expect.arrayContaining(Object.keys(result.outputs)));
  return result;
}

const secrets = () => [sandbox.apiToken, github.token];
const errorsOf = ({ stdout }: StepResult) =>
  expectCleanLog(stdout, secrets()).filter(({ name }) => name === 'error');
const envelope = (result: unknown) => ({
  kind: 'body' as const,
  body: JSON.stringify({ success: true, errors: [], messages: [], result }),
});

describe('hostile text', () => {
  it('in TXT records, whole or in several strings, stays the value that it is', async () => {
    for (const text of TEXTS) sandbox.publishTxt('example.com', text);
    sandbox.publishTxt('example.com', ['::add', '-mask::', 'in pieces']);
    const inputs = {
      mode: 'create, wait-for-dns',
      'record-format': 'tfvars',
      'record-file': 'a.tfvars.json',
    };
    const result = await clean(inputs);
    const code = result.outputs['verification-code'] ?? '';
    const values = ['v=spf1 -all', '::add-mask::in pieces', ...TEXTS].toSorted();
    const seen = JSON.parse(result.outputs['txt-values'] ?? '');
    expect(seen.toSorted()).toEqual([...values, code].toSorted());
    expect(JSON.parse(await readFile(join(workspace, 'a.tfvars.json'), 'utf8'))).toEqual({
      cloudflare_sso_txt_values: { 'example.com': seen },
    });
    expect(result.outputs['record']).toContain(code);
    const [connector] = JSON.parse(result.outputs['connectors'] ?? '');
    expect(connector).toMatchObject({ state: 'awaiting-dns', txt_values: seen });
  });

  it('in TXT records is no markup in the drift issue', async () => {
    const older = 'cloudflare_dashboard_sso=';
    for (const text of TEXTS) sandbox.publishTxt('example.com', `${older}${text}`);
    sandbox.seedConnector({ emailDomain: 'example.com', status: 'verified', enabled: true });
    const result = await clean({ mode: 'check', 'drift-issue': 'true', 'fail-on-drift': 'false' });
    expect(result.outputs).toMatchObject({ drift: 'true', changed: 'true' });
    const [issue] = github.issues.all();
    const [marker, ...lines] = (issue?.body ?? '').split('\n');
    expect(marker).toBe(driftMarker(sandbox.accountId));
    expectCleanMarkup(lines.join('\n'));
    expect(issue?.title).toBe('Cloudflare dashboard SSO: drift in 1 email domain');
  });

  it('in the messages of Cloudflare and in what it says it sent', async () => {
    const domains = TEXTS.map((_, index) => `d${index}.example`);
    for (const message of TEXTS) {
      const fault = { kind: 'success-false', errors: [{ code: 1, message }] } as const;
      sandbox.api.faults.add({ method: 'POST', times: 1, fault });
    }
    const result = await clean({ mode: 'create', 'email-domain': domains.join() });
    expect(result.exitCode).toBe(1);
    expect(errorsOf(result)).toHaveLength(10);
    expect(JSON.parse(result.outputs['connectors'] ?? '')).toHaveLength(TEXTS.length);
    sandbox.api.faults.clear();
    for (const body of [TEXTS.join(), JSON.stringify(TEXTS), '']) {
      sandbox.api.faults.add({ times: 1, fault: { kind: 'body', body, contentType: 'text/<b>::x::@me' } });
    }
    await clean({ mode: 'create' });
  });

  const HOSTILE_FIELDS = ['::add-mask::x', '<b>@me', 'a.example\nprocess.exit()', '"}\nresource "x" "y" {'];

  it.each(['id', 'result'])('as the %s of a connector is one error', async (field) => {
    for (const text of HOSTILE_FIELDS) {
      const verification = { code: 'c=1', status: text };
      const bad = { id: 'a'.repeat(32), email_domain: 'example.com', verification, [field]: text };
      sandbox.api.faults.clear();
      sandbox.api.faults.add({ method: 'GET', fault: envelope(field === 'result' ? text : [bad]) });
      const result = await clean({ mode: 'create', timeout: '0' });
      expect(result.exitCode).toBe(1);
      const seen = field === 'id' ? 'not every entry can be read' : 'unexpected shape';
      expect(errorsOf(result)).toMatchObject([{ data: expect.stringContaining(seen) }]);
    }
  });

  it.each(['email_domain', 'code'])('as the %s of a connector is left out', async (field) => {
    // A code is any printable text without spaces and quotes.
    const texts = field === 'code' ? ['a b', 'a"b'] : HOSTILE_FIELDS;
    for (const text of texts) {
      const verification = { code: field === 'code' ? text : 'c=1', status: text };
      const odd = { id: 'a'.repeat(32), email_domain: 'example.com', verification, [field]: text };
      sandbox.api.faults.clear();
      sandbox.api.faults.add({ method: 'GET', fault: envelope([odd]) });
      const result = await clean({ mode: 'publish-dns', timeout: '0' });
      expect(result.exitCode).toBe(1);
      expect(`${result.stdout}${JSON.stringify(result.outputs)}`).not.toContain(text);
    }
  });

  const CODES = ['::add-mask::x', '<b>@me', '%0A::error::x', '|`*[x](https://evil.example)', 'state<<EOF'];
  const UNTIL_NOW = { mode: 'create, wait-for-dns', timeout: '0', 'on-timeout': 'continue' };

  it.each(CODES)('as a verification code is that code: %s', async (code) => {
    sandbox.seedConnector({ emailDomain: 'example.com', code, status: 'awaiting' });
    const result = await clean(UNTIL_NOW);
    expect(result.exitCode).toBe(0);
    expect(result.outputs).toMatchObject({ 'verification-code': code, 'record-value': code });
  });

  it.each(RECORD_FORMAT_NAMES)('as verification codes of several domains, in format %s', async (format) => {
    const domains = CODES.map((code, index) => {
      const emailDomain = `d${index}.example.com`;
      sandbox.seedConnector({ emailDomain, code, status: 'awaiting' });
      return emailDomain;
    });
    const result = await clean({ ...UNTIL_NOW, 'email-domain': domains.join(), 'record-format': format });
    expect(result.exitCode).toBe(0);
    expect(JSON.parse(result.outputs['connectors'] ?? '')).toMatchObject(
      CODES.map((code) => ({ verification_code: code, record_value: code, record: expect.anything() })),
    );
  });

  it('in identity providers, Access applications and zones', async () => {
    const identityProviders = TEXTS.map((name) => ({ name, type: name }));
    sandbox.seedConnector({ emailDomain: 'example.com', status: 'verified' });
    const ask = (path: RegExp, result: unknown) =>
      sandbox.api.faults.add({ method: 'GET', path, fault: envelope(result) });
    ask(/identity_providers$/, identityProviders);
    const name = TEXTS.slice(0, -1).join(' ');
    ask(/access\/apps$/, [{ id: name, name, type: 'dash_sso' }]);
    const enabled = await clean({ mode: 'enable' });
    expect(enabled).toMatchObject({ exitCode: 0, outputs: { state: 'enabled' } });
    expect(enabled.outputs['sso-app-id']).toBe(name);
    ask(/^\/zones$/, [{ id: 'z', name: 'example.com', status: name }]);
    const refused = await clean({ mode: 'publish-dns' });
    expect(errorsOf(refused)).toMatchObject([{ data: expect.stringContaining('not active') }]);
  });

  /** Hostile texts in all that the guards read: each provider, connection, status, role, rule and, if given, time. */
  function answerGuardsWith(texts: readonly string[], status: string, time?: string): void {
    const at = { created_at: new Date().toISOString(), user_email: 'alex@example.com', action: 'login' };
    const named = texts.map((name) => ({ name }));
    const policies = [{ decision: status, include: texts.map((text) => ({ [text]: text })) }];
    const answers: readonly (readonly [RegExp, unknown])[] = [
      [/identity_providers$/, texts.map((text) => ({ id: text, name: text, type: text }))],
      [
        /access_requests$/,
        texts.map((text) => ({ ...at, connection: text, allowed: text.length % 2 === 0 })),
      ],
      [/access\/apps$/, [{ id: 'a', name: status, type: 'dash_sso', allowed_idps: texts, policies }]],
      [/tokens\/verify$/, { status, expires_on: time, not_before: time }],
      [/members$/, texts.map((email) => ({ email, user: { email }, roles: named, policies: [] }))],
    ];
    sandbox.api.faults.clear();
    for (const [path, result] of answers)
      sandbox.api.faults.add({ method: 'GET', path, fault: envelope(result) });
  }

  const STATUSES = TEXTS.filter((_, index) => index % 7 === 0);
  it.each(STATUSES)('in what the guards read, with the token status %j', async (status) => {
    sandbox.seedConnector({ emailDomain: 'example.com', status: 'verified' });
    // With such a time nothing else of the token is read, not even its status.
    for (const [time, fact] of [
      [undefined, 'token: The API token is '],
      [status, 'could not be read'],
    ] as const) {
      answerGuardsWith(TEXTS, status, time);
      const judged = await clean({ mode: 'preflight' });
      expect(judged.exitCode).toBe(0);
      const { guards } = JSON.parse(judged.outputs['preflight-report'] ?? '');
      expect(guards).toHaveLength(7);
      const strict = await clean({ mode: 'enable', preflight: 'strict' });
      expect(errorsOf(strict)).toMatchObject([{ data: expect.stringMatching(facts('token: ', fact)) }]);
    }
    const several = await clean({ mode: 'preflight', 'email-domain': 'example.com, two.example' });
    expect(several.exitCode).toBe(0);
  });

  it.each(['onetimepin', 'saml'])('as connections of people who were denied or came by %s', async (type) => {
    sandbox.seedConnector({ emailDomain: 'example.com', status: 'verified' });
    for (const connection of TEXTS)
      sandbox.playSignIn({ email: 'alex@example.com', connection, allowed: type === 'onetimepin' });
    sandbox.changeAccount({ identityProviders: [{ id: 'a', name: 'x', type }] });
    const { outputs } = await clean({ mode: 'preflight' });
    expect(outputs['preflight-report']).toContain(`${TEXTS.length} `);
  });

  it('in what the guards read is no markup in the drift issue', async () => {
    sandbox.seedConnector({ emailDomain: 'example.com', status: 'verified', enabled: true });
    const inputs = { mode: 'check', 'drift-issue': 'true', 'fail-on-drift': 'false' };
    // With such a time the token is not checked.
    const cases = STATUSES.flatMap((status) => [
      { status, time: undefined, list: 'differences' },
      { status, time: status, list: 'not_checked' },
    ]);
    for (const { status, time, list } of cases) {
      answerGuardsWith(TEXTS, status, time);
      const result = await clean(inputs);
      const report = JSON.parse(result.outputs['drift-report'] ?? '');
      expect(report[list]).toContainEqual(expect.objectContaining({ kind: 'token-expires' }));
      const [, ...lines] = (github.issues.all()[0]?.body ?? '').split('\n');
      expect(expectCleanMarkup(lines.join('\n'))).toContain('token-expires');
    }
  });

  it('in the messages of Cloudflare to the guards', async () => {
    sandbox.seedConnector({ emailDomain: 'example.com', status: 'verified' });
    for (const message of STATUSES) {
      const fault = { kind: 'status', status: 403, errors: [{ code: 1, message }] } as const;
      sandbox.api.faults.clear();
      sandbox.api.faults.add({ path: /access|members|verify/, fault });
      const refused = await clean({ mode: 'preflight' });
      expect(errorsOf(refused)).toHaveLength(1);
      expect((await clean({ mode: 'preflight', preflight: 'false' })).exitCode).toBe(0);
    }
  });

  it('in the messages of GitHub, and as the address of an issue', async () => {
    sandbox.seedConnector({ emailDomain: 'example.com', status: 'verified' });
    const inputs = { mode: 'check', 'drift-issue': 'true', 'fail-on-drift': 'false' };
    for (const message of TEXTS.filter((_, index) => index % 4 === 0)) {
      const fault = { kind: 'status', status: 422, errors: [{ code: 1, message }] } as const;
      github.faults.clear();
      github.faults.add({ method: 'GET', fault });
      expect((await clean(inputs)).exitCode).toBe(1);
    }
    for (const html_url of ['javascript:alert(1)', 'https://x" onclick="y', TEXTS.join(' ')]) {
      const issue = { number: 1, state: 'open', body: driftMarker(sandbox.accountId), html_url };
      const body = JSON.stringify({ ...issue, user: { type: 'Bot' } });
      github.faults.clear();
      github.faults.add({ method: 'POST', fault: { kind: 'body', body, status: 201 } });
      const result = await clean(inputs);
      expect(result.exitCode).toBe(0);
      expect(result.summary.includes('<a ')).toBe(false);
    }
  });

  it.each(RECORD_FORMAT_NAMES)('in a file of format %s that is there already', async (format) => {
    sandbox.seedConnector({ emailDomain: 'example.com', status: 'awaiting' });
    const zone = 'example.com. 300 IN SOA ns.example.com. root.example.com. 1 2 3 4 5\n@ IN TXT ';
    for (const text of [TEXTS.join('\n'), `${zone}${JSON.stringify(TEXTS.join(' ').slice(0, 200))}\n`]) {
      await writeFile(join(workspace, 'a.txt'), text);
      const inputs = { mode: 'create', 'record-format': format, 'record-file': 'a.txt' };
      const result = await clean(inputs);
      expect(errorsOf(result)).toHaveLength(result.exitCode ?? 0);
      if (result.exitCode === 1) expect(await readFile(join(workspace, 'a.txt'), 'utf8')).toBe(text);
    }
  });

  const secretInputs = new Set(['api-token', 'github-token']);
  it.each(Object.keys(INPUT_DEFAULTS).filter((name) => !secretInputs.has(name)))(
    'in the input %s',
    async (name) => {
      const text = TEXTS.slice(0, -1).join(' ').replaceAll('\0', '');
      for (const given of [text, `example.com@${'<b>::x::'} @me`]) {
        const record = name === 'record-file' ? { 'record-format': 'json' } : {};
        const result = await clean({ mode: 'create', 'dry-run': 'true', ...record, [name]: given });
        expect(errorsOf(result).length).toBeLessThanOrEqual(1);
      }
    },
  );
});
