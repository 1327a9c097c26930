import { readFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { type GitHubApi, startGitHubApi } from '../../sandbox/github/github-api.ts';
import { NEW_ACCOUNTS, type Sandbox, startSandbox } from '../../sandbox/index.ts';
import { readDocument, yamlBlocks } from '../real/documents.ts';
import {
  defaultInputs,
  enables,
  interpolate,
  isScheduled,
  readActionMetadata,
  readAllWorkflows,
  readExamples,
  type Workflow,
} from '../real/example-workflows.ts';
import { type PullRequest, runWorkflow, type WorkflowRun, type World } from '../real/workflow-run.ts';

const [examples, workflows, action] = await Promise.all([
  readExamples(),
  readAllWorkflows(),
  readActionMetadata(),
]);

const OCTODNS = `---
# Mail goes nowhere.
'':
  ttl: 300
  type: TXT
  value: v=spf1 -all
www:
  type: A
  value: 192.0.2.1
`;
const BIND = `$ORIGIN example.com.
$TTL 300
@  IN SOA ns1 hostmaster 2024010101 3600 600 604800 60
   IN NS  ns1
   IN TXT "v=spf1 -all" ; mail goes nowhere
ns1 IN A  192.0.2.53
`;

let sandbox: Sandbox;
let github: GitHubApi;
let world: World;

beforeEach(async () => {
  sandbox = await startSandbox({ pollIntervalMs: 50 });
  github = await startGitHubApi();
  world = {
    action,
    contexts: {
      github: { token: github.token, run_id: '1' },
      secrets: { CLOUDFLARE_API_TOKEN: sandbox.apiToken },
      vars: { CLOUDFLARE_ACCOUNT_ID: sandbox.accountId, ROUTE53_ZONE_ID: 'Z0123', AWS_ROLE_ARN: 'arn' },
      inputs: {},
    },
    overrides: {
      'api-url': sandbox.apiUrl,
      resolvers: sandbox.resolver.address,
      'authoritative-servers': sandbox.authoritative.address,
      'poll-interval': '1s',
    },
    env: { GITHUB_API_URL: github.url, GITHUB_REPOSITORY: github.repository },
    repository: {},
  };
});

afterEach(async () => {
  await Promise.all([sandbox.close(), github.close()]);
});

/** Runs an example; the inputs are those of workflow_dispatch. */
function run(name: string, inputs: Record<string, string> = {}): Promise<WorkflowRun> {
  const example = examples.find((one) => one.name === name);
  if (example === undefined) throw new RangeError(`there is no examples/${name}`);
  world = { ...world, contexts: { ...world.contexts, inputs } };
  return runWorkflow(example.workflow, world);
}

const outputsOf = ({ actions }: WorkflowRun) => actions.map(({ result }) => result.outputs);
const writes = () => sandbox.api.requests.filter(({ method }) => method !== 'GET');
const states = () => sandbox.api.store.all().map((one) => [one.email_domain, one.enabled]);

/** What somebody does who merges the pull request, and what the DNS of the company does after it. */
function merge({ files }: PullRequest): void {
  world.repository = { ...world.repository, ...files };
  for (const { email_domain, verification } of sandbox.api.store.all()) {
    const isThere = Object.values(files).some((text) => text.includes(verification.code));
    if (isThere) sandbox.publishTxt(email_domain, verification.code);
  }
}

/** Does something right after Cloudflare has enabled a connector, before its answer arrives. */
function onceEnabled(act: () => void): void {
  const before = () => {
    if (sandbox.api.store.all().some(({ enabled }) => enabled)) act();
  };
  const fault = { kind: 'last-of-connection', before } as const;
  sandbox.api.faults.add({ method: 'PATCH', path: /sso_connectors/, carryOut: true, fault });
}

/** The runner of a job has lost its power right after Cloudflare has enabled a connector. */
function loseRunnerOf(lost: string): void {
  let lostPid = Number.NaN;
  const onStart = (job: string, pid: number) => {
    if (job === lost) lostPid = pid;
  };
  world = { ...world, onStart };
  onceEnabled(() => process.kill(lostPid, 'SIGKILL'));
}

function signIn(): void {
  sandbox.playSignIn({ email: 'kim@example.com' });
}

function addDomains(...origins: string[]): void {
  for (const origin of origins) sandbox.addZone({ origin, nameServers: [`ns1.${origin}`], records: [] });
}

/** Nothing of a run failed, and no expression came to nothing but those of `optional` inputs. */
function expectSuccess({ results, actions }: WorkflowRun, optional: readonly string[] = []): void {
  expect(actions.map(({ result }) => result.stdout.match(/^::error.*/m)?.[0])).toEqual(
    actions.map(() => undefined),
  );
  expect(Object.values(results)).not.toContain('failure');
  for (const { with: given } of actions) {
    const empty = Object.keys(given).filter((input) => given[input] === '');
    expect(empty.filter((input) => !optional.includes(input))).toEqual([]);
  }
}

describe('the examples', () => {
  it('are all run here', async () => {
    const text = await readFile(new URL(import.meta.url), 'utf8');
    const missing = examples.filter(({ name }) => !text.includes(`'${name}'`));
    expect(missing.map(({ name }) => name)).toEqual([]);
  });

  it('are evaluated as GitHub does it', () => {
    const contexts = { inputs: { tool: '' }, vars: { tool: 'bind' } };
    // biome-ignore lint/suspicious/noTemplateCurlyInString: GitHub's expressions
    const text = "${{ inputs.tool || vars.tool }} ${{ vars.tool == 'BIND' && 'zone' || 'yaml' }}";
    expect(interpolate(text, contexts)).toBe('bind zone');
  });
});

describe('create-and-open-dns-pr.yml', () => {
  it.each([
    ['octodns', 'zones/example.com.yaml', OCTODNS],
    ['bind', 'zones/db.example.com', BIND],
  ])('opens one pull request for %s, and none once it is merged', async (tool, path, zoneFile) => {
    world.repository = { [path]: zoneFile, 'README.md': 'DNS\n' };
    const first = await run('create-and-open-dns-pr.yml', { 'dns-tool': tool });
    expectSuccess(first);
    const [connector] = sandbox.api.store.all();
    expect(outputsOf(first)).toMatchObject([{ created: 'true', state: 'awaiting-dns' }]);
    const [pullRequest] = first.pullRequests;
    expect(pullRequest?.branch).toBe('cloudflare-sso/example.com');
    expect(pullRequest?.with['body']).toContain(connector?.id);
    expect(Object.keys(pullRequest?.files ?? {})).toEqual([path]);
    const text = pullRequest?.files[path] ?? '';
    expect(text).toContain(connector?.verification.code);
    expect(text).toMatch(/v=spf1 -all/);
    expect(text).toMatch(/ail goes nowhere/);

    const again = await run('create-and-open-dns-pr.yml', { 'dns-tool': tool });
    expectSuccess(again);
    expect(outputsOf(again)).toMatchObject([{ created: 'false', changed: 'false' }]);
    expect(again.pullRequests[0]?.branch).toBe(pullRequest?.branch);
    // The serial of a zone file may be the day's.
    if (tool === 'octodns') expect(again.pullRequests).toEqual(first.pullRequests);

    if (pullRequest) merge(pullRequest);
    const merged = await run('create-and-open-dns-pr.yml', { 'dns-tool': tool });
    expectSuccess(merged);
    expect(merged.pullRequests).toEqual([]);
    expect(merged.files['pull-request']).toEqual(world.repository);
    expect(writes().map(({ method }) => method)).toEqual(['POST']);
    expect(states()).toEqual([['example.com', false]]);
  });
});

describe('the complete workflow of the README', () => {
  const workflow = parse(yamlBlocks(readDocument('README.md')).at(-1) ?? '') as Workflow;

  it('opens a pull request and, once that is merged and approved, enables; twice changes nothing', async () => {
    world.repository = { 'zones/db.example.com': BIND };
    onceEnabled(signIn);
    const first = await runWorkflow(workflow, { ...world, onPullRequest: merge });
    expectSuccess(first);
    expect(first.pullRequests.map(({ files }) => Object.keys(files))).toEqual([['zones/db.example.com']]);
    expect(outputsOf(first)).toMatchObject([
      { state: 'awaiting-dns' },
      { state: 'enabled', changed: 'true', confirmed: 'true' },
    ]);
    expect(states()).toEqual([['example.com', true]]);

    const before = writes().length;
    const again = await runWorkflow(workflow, world);
    expectSuccess(again);
    expect(again.pullRequests).toEqual([]);
    expect(outputsOf(again)).toMatchObject([{ state: 'enabled' }, { state: 'enabled', changed: 'false' }]);
    expect(writes()).toHaveLength(before);
  });
});

describe('enable-when-visible.yml', () => {
  it('asks nobody until the record is visible, then enables, then has nothing more to do', async () => {
    const early = await run('enable-when-visible.yml');
    expectSuccess(early);
    expect(early.results).toEqual({ look: 'success', enable: 'skipped' });
    expect(outputsOf(early)).toMatchObject([{ state: 'awaiting-dns', created: 'true', 'timed-out': 'true' }]);

    const [connector] = sandbox.api.store.all();
    sandbox.publishTxt('example.com', connector?.verification.code ?? '');
    const visible = await run('enable-when-visible.yml');
    expectSuccess(visible);
    expect(visible.results).toEqual({ look: 'success', enable: 'success' });
    expect(visible.actions[1]?.with['connector-id']).toBe(connector?.id);
    expect(states()).toEqual([['example.com', true]]);

    const before = writes().length;
    const late = await run('enable-when-visible.yml');
    expectSuccess(late);
    expect(late.results).toEqual({ look: 'success', enable: 'skipped' });
    expect(outputsOf(late)).toMatchObject([{ state: 'enabled', changed: 'false' }]);
    expect(writes()).toHaveLength(before);
  });

  it('asks when the connector was verified meanwhile', async () => {
    const { verification } = sandbox.seedConnector({ emailDomain: 'example.com', status: 'verified' });
    sandbox.publishTxt('example.com', verification.code);
    const visible = await run('enable-when-visible.yml');
    expect(outputsOf(visible)).toMatchObject([{ state: 'verified' }, { state: 'enabled', changed: 'true' }]);
  });
});

describe('cloudflare-zone-in-one-step.yml', () => {
  it('goes all the way, and changes nothing the second time', async () => {
    const first = await run('cloudflare-zone-in-one-step.yml');
    expectSuccess(first);
    expect(outputsOf(first)).toMatchObject([{ state: 'enabled', created: 'true', changed: 'true' }]);
    expect(states()).toEqual([['example.com', true]]);

    const before = writes().length;
    const second = await run('cloudflare-zone-in-one-step.yml');
    expectSuccess(second);
    expect(outputsOf(second)).toMatchObject([{ state: 'enabled', created: 'false', changed: 'false' }]);
    expect(writes()).toHaveLength(before);
  });
});

describe('enable-with-confirmation.yml', () => {
  const enabling = { enabled: true };
  const disabling = { enabled: false };
  const bodies = () => writes().map(({ body }) => JSON.parse(body ?? '{}') as object);

  beforeEach(() => {
    const { verification } = sandbox.seedConnector({ emailDomain: 'example.com', status: 'verified' });
    sandbox.publishTxt('example.com', verification.code);
  });

  it('judges first, then leaves the connector enabled because somebody signs in', async () => {
    onceEnabled(signIn);
    const confirmed = await run('enable-with-confirmation.yml');
    expectSuccess(confirmed);
    expect(confirmed.results).toEqual({ preflight: 'success', enable: 'success', 'take-back': 'skipped' });
    const [judged, enabled] = outputsOf(confirmed);
    expect(judged).toMatchObject({ enabled: 'false', changed: 'false' });
    expect(JSON.parse(judged?.['preflight-report'] ?? '{}')).toMatchObject({ email_domain: 'example.com' });
    expect(enabled).toMatchObject({ confirmed: 'true', state: 'enabled' });
    expect(bodies()).toEqual([enabling]);
    expect(states()).toEqual([['example.com', true]]);
  });

  it('names nobody, neither who signs in nor who is a member', async () => {
    onceEnabled(signIn);
    const { actions, results } = await run('enable-with-confirmation.yml');
    expect(results['enable']).toBe('success');
    const shown = JSON.stringify(actions.map(({ result }) => result));
    expect(shown).toContain('super administrators');
    const people = ['kim@', 'alex@', 'break-glass@'];
    expect(people.filter((person) => shown.includes(person))).toEqual([]);
  });

  it('disables again what nobody confirms, by the step and once more by the last job', async () => {
    world = { ...world, overrides: { ...world.overrides, 'confirm-within': '1s' } };
    const ended = await run('enable-with-confirmation.yml');
    expect(ended.results).toEqual({ preflight: 'success', enable: 'failure', 'take-back': 'success' });
    expect(outputsOf(ended)[1]).toMatchObject({ confirmed: 'false', state: 'verified' });
    expect(bodies()).toEqual([enabling, disabling, disabling]);
    expect(states()).toEqual([['example.com', false]]);
  });

  it('disables again when the run is cancelled', async () => {
    const cancellation = new AbortController();
    world = { ...world, cancelled: cancellation.signal };
    onceEnabled(() => cancellation.abort());
    const ended = await run('enable-with-confirmation.yml');
    expect(ended.results).toEqual({ preflight: 'success', enable: 'cancelled', 'take-back': 'success' });
    // The step disables a second time if the stop came before the answer to its request.
    const [first, byStep, ...others] = bodies();
    expect([first, byStep]).toEqual([enabling, disabling]);
    expect([[disabling], [disabling, disabling]]).toContainEqual(others);
    expect(states()).toEqual([['example.com', false]]);
  });

  it('disables in the last job what a lost runner has left enabled', async () => {
    loseRunnerOf('enable');
    const ended = await run('enable-with-confirmation.yml');
    expect(ended.results).toEqual({ preflight: 'success', enable: 'failure', 'take-back': 'success' });
    expect(ended.actions.map(({ result }) => result.exitCode)).toEqual([0, null, 0]);
    expect(bodies()).toEqual([enabling, disabling]);
    expect(states()).toEqual([['example.com', false]]);
  });

  it('asks nobody for an approval when the preflight refuses', async () => {
    sandbox.changeAccount(NEW_ACCOUNTS['cloudflare-only']);
    const ended = await run('enable-with-confirmation.yml');
    expect(ended.results).toEqual({ preflight: 'failure', enable: 'skipped', 'take-back': 'skipped' });
    expect(writes()).toEqual([]);
  });

  it('does no harm when the step merely refuses to enable', async () => {
    const onStart = (job: string) => {
      if (job === 'enable') sandbox.changeAccount(NEW_ACCOUNTS['no-identity-provider']);
    };
    world = { ...world, onStart };
    const ended = await run('enable-with-confirmation.yml');
    expect(ended.results).toEqual({ preflight: 'success', enable: 'failure', 'take-back': 'success' });
    expect(bodies()).toEqual([disabling]);
    expect(states()).toEqual([['example.com', false]]);
  });

  it('leaves alone what was enabled before, also when its second job fails', async () => {
    for (const { id } of sandbox.api.store.all()) sandbox.api.store.delete(sandbox.accountId, id);
    enabledConnector();
    const fault = { kind: 'status', status: 400 } as const;
    const onStart = (job: string) => {
      if (job === 'enable') sandbox.api.faults.add({ path: /sso_connectors/, fault });
    };
    world = { ...world, onStart };
    const ended = await run('enable-with-confirmation.yml');
    expect(ended.results).toEqual({ preflight: 'success', enable: 'failure', 'take-back': 'skipped' });
    expect(writes()).toEqual([]);
    expect(states()).toEqual([['example.com', true]]);
  });
});

describe('connect.yml', () => {
  const connect = workflows.find(({ name }) => name === 'connect.yml')?.workflow ?? { jobs: {} };
  const call = (inputs: Record<string, string> = {}) => {
    const all = { 'email-domain': 'example.com', 'account-id': sandbox.accountId, ...inputs };
    return runWorkflow(connect, { ...world, contexts: { ...world.contexts, inputs: all } });
  };

  beforeEach(() => {
    const { verification } = sandbox.seedConnector({ emailDomain: 'example.com', status: 'pending' });
    sandbox.publishTxt('example.com', verification.code);
  });

  it('enables without waiting for a sign-in, unless it is told to', async () => {
    const ended = await call();
    expectSuccess(ended, ['confirm-within']);
    expect(ended.results['take-back']).toBe('skipped');
    expect(ended.actions.at(-1)?.result.outputs).not.toHaveProperty('confirmed');
    expect(states()).toEqual([['example.com', true]]);
  });

  it('confirms what it enables, and leaves an enabled connector alone the next time', async () => {
    onceEnabled(signIn);
    const ended = await call({ 'confirm-within': '15m' });
    expectSuccess(ended);
    expect(ended.actions.at(-1)?.result.outputs).toMatchObject({ confirmed: 'true', state: 'enabled' });

    const before = writes().length;
    const again = await call({ 'confirm-within': '15m' });
    expectSuccess(again);
    expect(again.results).toMatchObject({ enable: 'skipped', 'take-back': 'skipped' });
    expect(writes()).toHaveLength(before);
    expect(states()).toEqual([['example.com', true]]);
  });

  it('disables in its last job what a lost runner has left enabled', async () => {
    loseRunnerOf('enable');
    const ended = await call({ 'confirm-within': '15m' });
    expect(ended.results).toMatchObject({ enable: 'failure', 'take-back': 'success' });
    expect(states()).toEqual([['example.com', false]]);
  });

  it('judges before it creates anything', async () => {
    for (const { id } of sandbox.api.store.all()) sandbox.api.store.delete(sandbox.accountId, id);
    sandbox.changeAccount(NEW_ACCOUNTS['cloudflare-only']);
    const ended = await call();
    expect(ended.results['create']).toBe('failure');
    expect(writes()).toEqual([]);
  });

  it('does not disable what was enabled before, also when its first job refuses', async () => {
    for (const { id } of sandbox.api.store.all()) sandbox.api.store.delete(sandbox.accountId, id);
    enabledConnector();
    sandbox.changeAccount(NEW_ACCOUNTS['cloudflare-only']);
    const ended = await call({ 'confirm-within': '15m' });
    expect(ended.results).toMatchObject({ create: 'failure', enable: 'skipped', 'take-back': 'skipped' });
    expect(writes()).toEqual([]);
    expect(states()).toEqual([['example.com', true]]);
  });

  it('hands the policy of the preflight on', async () => {
    const strict = await call({ preflight: 'strict' });
    expect(strict.results['create']).toBe('failure');
    const { with: given } = strict.actions[0] ?? {};
    expect(given).toMatchObject({ preflight: 'strict' });
  });
});

describe('drift-check.yml', () => {
  it('opens one issue, leaves it as long as nothing changes, and closes it when the drift is gone', async () => {
    addDomains('example.net');
    const connectors = ['example.com', 'example.net'].map((emailDomain) =>
      sandbox.seedConnector({ emailDomain, status: 'verified', enabled: true }),
    );
    const [net] = connectors.slice(1);
    for (const one of connectors) sandbox.publishTxt(one.email_domain, one.verification.code);
    sandbox.withdrawTxt('example.net', net?.verification.code ?? '');

    const drifted = await run('drift-check.yml');
    expectSuccess(drifted);
    expect(outputsOf(drifted)).toMatchObject([{ drift: 'true', changed: 'true' }]);
    expect(github.issues.all().map(({ state }) => state)).toEqual(['open']);
    expect(github.issues.all()[0]?.body).toContain('example.net');

    const same = await run('drift-check.yml');
    expectSuccess(same);
    expect(outputsOf(same)).toMatchObject([{ drift: 'true', changed: 'false' }]);

    sandbox.publishTxt('example.net', net?.verification.code ?? '');
    // The resolvers have the absence in their caches, as long as the SOA record says.
    const fresh = await sandbox.startResolver();
    world = { ...world, overrides: { ...world.overrides, resolvers: fresh.address } };
    const mended = await run('drift-check.yml');
    expectSuccess(mended);
    expect(outputsOf(mended)).toMatchObject([{ drift: 'false', changed: 'true' }]);
    expect(github.issues.all().map(({ state }) => state)).toEqual(['closed']);

    const quiet = await run('drift-check.yml');
    expect(outputsOf(quiet)).toMatchObject([{ drift: 'false', changed: 'false' }]);
    expect(writes()).toEqual([]);
  });
});

/** What break-glass-disable.yml may leave empty. */
const EITHER = ['connector-id', 'email-domain'];

/** A connector that people sign in through, with its record. */
function enabledConnector(): string {
  const domain = { emailDomain: 'example.com', status: 'verified', enabled: true } as const;
  const { id, verification } = sandbox.seedConnector(domain);
  sandbox.publishTxt('example.com', verification.code);
  return id;
}

function setVariables(vars: Record<string, string>): void {
  const before = world.contexts['vars'] as object;
  world = { ...world, contexts: { ...world.contexts, vars: { ...before, ...vars } } };
}

describe('break-glass-disable.yml', () => {
  const runsOf = (file: string) =>
    `gh api repos/octo-org/sso/actions/workflows/${file}/runs?per_page=100 --jq .workflow_runs[] | select(.status != "completed").id`;
  const disabling = (file: string) => `gh workflow disable ${file} --repo octo-org/sso`;

  it('disables by the ID with one request, then stops the schedule; twice does no harm', async () => {
    const inputs = { 'connector-id': enabledConnector(), 'account-id': sandbox.accountId };
    const first = await run('break-glass-disable.yml', inputs);
    expectSuccess(first, EITHER);
    expect(states()).toEqual([['example.com', false]]);
    expect(sandbox.api.requests.map(({ method }) => method)).toEqual(['PATCH']);
    const file = 'enable-when-visible.yml';
    expect(first.commands).toEqual([disabling(file), runsOf(file)]);

    expectSuccess(await run('break-glass-disable.yml', inputs), EITHER);
    expect(states()).toEqual([['example.com', false]]);
  });

  it('takes the IDs from the variables when it is given none', async () => {
    setVariables({ CLOUDFLARE_SSO_CONNECTOR_ID: enabledConnector() });
    expectSuccess(await run('break-glass-disable.yml'), EITHER);
    expect(states()).toEqual([['example.com', false]]);
  });

  it('disables by the email domain that it is given, not the connector of the variable', async () => {
    enabledConnector();
    const other = sandbox.seedConnector({ emailDomain: 'other.example', status: 'verified', enabled: true });
    setVariables({ CLOUDFLARE_SSO_CONNECTOR_ID: other.id });
    expectSuccess(await run('break-glass-disable.yml', { 'email-domain': 'example.com' }), EITHER);
    expect(states()).toEqual([
      ['example.com', false],
      ['other.example', true],
    ]);
  });

  it('disables several email domains, each by itself, although some fail', async () => {
    enabledConnector();
    const [refused, last] = ['refused.example', 'last.example'].map((emailDomain) =>
      sandbox.seedConnector({ emailDomain, status: 'verified', enabled: true }),
    );
    setVariables({ CLOUDFLARE_SSO_CONNECTOR_ID: last?.id ?? '' });
    const path = new RegExp(`/${refused?.id}$`);
    sandbox.api.faults.add({ method: 'PATCH', path, fault: { kind: 'status', status: 403 } });
    const domains = 'refused.example, none.example, example.com,last.example';
    const { results, actions } = await run('break-glass-disable.yml', { 'email-domain': domains });
    expect(states().toSorted()).toEqual([
      ['example.com', false],
      ['last.example', false],
      ['refused.example', true],
    ]);
    expect(results).toEqual({ disable: 'failure' });
    const errors = actions[0]?.result.stdout.match(/^::error.*/gm);
    expect(errors?.map((error) => /SSO%3A (?<domain>[a-z.]+)/.exec(error)?.groups?.['domain'])).toEqual([
      'refused.example',
      'none.example',
    ]);
  });

  it('names, when it is given nothing, only inputs that it has', async () => {
    const { actions, results } = await run('break-glass-disable.yml');
    expect(results).toEqual({ disable: 'failure' });
    const error = actions[0]?.result.stdout.match(/^::error.*/m)?.[0];
    const named = ['email-domain', 'connector-id'].filter((input) => error?.includes(input));
    const { workflow } = examples.find(({ name }) => name === 'break-glass-disable.yml') ?? {};
    expect(workflow && Object.keys(defaultInputs(workflow))).toEqual(expect.arrayContaining(named));
    expect(named).toHaveLength(2);
  });

  it('stops every workflow of its list, cancels their runs, and is red when one cannot be stopped', async () => {
    const inputs = { 'connector-id': enabledConnector(), workflows: 'one.yml, gone.yml,two.yml' };
    world = {
      ...world,
      standIns: { gh: 'case "$*" in *gone.yml*) exit 1;; *two.yml/runs*) printf "7\\n8\\n";; esac\n' },
    };
    const ended = await run('break-glass-disable.yml', inputs);
    expect(states()).toEqual([['example.com', false]]);
    expect(ended.commands).toEqual([
      disabling('one.yml'),
      runsOf('one.yml'),
      disabling('gone.yml'),
      disabling('two.yml'),
      runsOf('two.yml'),
      'gh run cancel 7 --repo octo-org/sso',
      'gh run cancel 8 --repo octo-org/sso',
    ]);
    expect(ended.results).toEqual({ disable: 'failure' });
    expect(ended.printed.match(/^::error.*/gm)).toEqual([expect.stringContaining('gone.yml')]);
  });

  it('asks for the switch until it is set', async () => {
    const inputs = { 'connector-id': enabledConnector() };
    const first = await run('break-glass-disable.yml', inputs);
    expect(first.printed).toMatch(
      /^::warning.*gh variable set CLOUDFLARE_SSO_HOLD --body true --repo octo-org\/sso$/m,
    );
    setVariables({ CLOUDFLARE_SSO_HOLD: 'true' });
    expect((await run('break-glass-disable.yml', inputs)).printed).toBe('');
  });

  it('stops the schedule also when Cloudflare refuses, and is red', async () => {
    const refused = await run('break-glass-disable.yml', { 'connector-id': 'f'.repeat(32) });
    expect(refused.results).toEqual({ disable: 'failure' });
    expect(refused.commands).toHaveLength(2);
    expect(refused.printed).toContain('::warning');
  });
});

const lasting = workflows.filter(({ workflow }) => isScheduled(workflow) || enables(workflow));

describe('after break-glass-disable.yml', () => {
  it('is looked at with every kind of workflow that enables', () => {
    const names = lasting.filter(({ workflow }) => enables(workflow)).map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining([
        'connect.yml',
        'enable-when-visible.yml',
        'enable-with-confirmation.yml',
        'README.md',
        'docs/workflows.md',
      ]),
    );
  });

  it.each(lasting)('$name enables nothing while the switch is set', async ({ workflow }) => {
    const disabled = await run('break-glass-disable.yml', { 'connector-id': enabledConnector() });
    const [, name = '', value = ''] = /gh variable set (\w+) --body (\w+)/.exec(disabled.printed) ?? [];
    setVariables({ [name]: value });
    const inputs = { 'email-domain': 'example.com', 'account-id': sandbox.accountId };
    const around = () => ({
      ...world,
      contexts: { ...world.contexts, inputs },
      repository: { 'zones/db.example.com': BIND },
    });
    const held = await runWorkflow(workflow, around());
    expect(Object.values(held.results)).not.toContain('failure');
    expect(states()).toEqual([['example.com', false]]);

    // It was the switch: without it, the same workflow enables.
    setVariables({ [name]: '' });
    onceEnabled(signIn);
    await runWorkflow(workflow, around());
    expect(states()).toEqual([['example.com', enables(workflow)]]);
  });
});

describe('terraform.yml', () => {
  const PATHS = ['cloudflare-sso-ids.auto.tfvars.json', 'cloudflare-sso-txt.auto.tfvars.json'];
  const saved = (run: WorkflowRun, job: string) => run.files[job]?.['terraform/tfplan'];

  beforeEach(() => {
    world.repository = { 'terraform/main.tf': '# as in examples/terraform\n' };
    world = {
      ...world,
      standIns: {
        terraform: `case "$*" in
init*) touch .terraform.lock.hcl ;;
plan*-out=tfplan*) cat *.json | tee tfplan ;;
apply*) cat tfplan >> ../applied ;;
esac
`,
      },
    };
  });

  it('hands connectors and TXT texts over, and applies exactly the plan that it has shown', async () => {
    const first = await run('terraform.yml');
    expectSuccess(first);
    const [connector] = sandbox.api.store.all();
    const code = connector?.verification.code ?? '';
    const files = first.files['plan'] ?? {};
    const [ids, texts] = PATHS.map((path) => JSON.parse(files[`terraform/${path}`] ?? '') as unknown);
    expect(ids).toEqual({ cloudflare_sso_connector_ids: [connector?.id] });
    expect(texts).toEqual({ cloudflare_sso_txt_values: { 'example.com': ['v=spf1 -all', code] } });
    expect(first.commands).toEqual([
      'terraform init -input=false',
      'terraform plan -input=false -no-color -out=tfplan',
      'terraform init -input=false -lockfile=readonly',
      'terraform apply -input=false tfplan',
    ]);
    const plan = saved(first, 'plan') ?? '';
    expect(plan).toContain(code);
    expect(first.files['apply']?.['applied']).toBe(plan);
    expect(first.summary).toBe(plan.replaceAll(/^/gm, '    ').trimEnd().concat('\n'));
    expect(first.pullRequests.map((one) => Object.keys(one.files).sort())).toEqual([
      ['terraform/.terraform.lock.hcl', ...PATHS.map((path) => `terraform/${path}`)],
    ]);
  });

  it('plans the same again once the files are merged, and opens no second pull request', async () => {
    const first = await run('terraform.yml');
    for (const pullRequest of first.pullRequests) merge(pullRequest);
    const second = await run('terraform.yml');
    expectSuccess(second);
    expect(outputsOf(second)).toMatchObject([{ created: 'false', changed: 'false' }]);
    expect(saved(second, 'plan')).toBe(saved(first, 'plan'));
    expect([second.commands, second.pullRequests]).toEqual([first.commands, []]);
    expect(states()).toEqual([['example.com', false]]);
  });

  it('applies nothing if Terraform cannot plan', async () => {
    world = { ...world, standIns: { terraform: 'case "$1" in plan) exit 1 ;; esac\n' } };
    const failed = await run('terraform.yml');
    expect(failed.results).toEqual({ plan: 'failure', apply: 'skipped' });
    expect(failed.commands.filter((command) => command.includes('apply'))).toEqual([]);
  });

  it('names the connectors of several email domains', async () => {
    addDomains('example.net');
    const example = examples.find(({ name }) => name === 'terraform.yml');
    const text = example?.text.replace('email-domain: example.com', 'email-domain: example.com, example.net');
    const ended = await runWorkflow(parse(text ?? '') as Workflow, world);
    expectSuccess(ended);
    const { cloudflare_sso_connector_ids: ids } = JSON.parse(
      ended.files['plan']?.[`terraform/${PATHS[0]}`] ?? '',
    ) as Record<string, string[]>;
    expect(ids?.toSorted()).toEqual(
      sandbox.api.store
        .all()
        .map(({ id }) => id)
        .toSorted(),
    );
    expect(ids).toHaveLength(2);
  });
});

describe('many-domains-matrix.yml', () => {
  it('opens a pull request per domain and sees each record, and changes nothing the second time', async () => {
    const domains = ['example.com', 'example.net', 'example.org'];
    addDomains('example.net', 'example.org');
    const path = (domain: string) => `zones/${domain}.yaml`;
    world = {
      ...world,
      repository: Object.fromEntries(domains.map((domain) => [path(domain), OCTODNS])),
      onPullRequest: merge,
    };
    const first = await run('many-domains-matrix.yml');
    expectSuccess(first);
    expect(first.pullRequests.map(({ branch, files }) => [branch, Object.keys(files)])).toEqual(
      domains.map((domain) => [`cloudflare-sso/${domain}`, [path(domain)]]),
    );
    const waits = first.actions.filter(({ job }) => job === 'wait');
    expect(waits.map(({ result }) => result.outputs)).toMatchObject(
      domains.map((domain) => ({ 'email-domain': domain, 'dns-visible': 'true', state: 'verifying' })),
    );
    for (const { with: given } of waits) expect(given).not.toHaveProperty('api-token');

    const [before, repository] = [writes().length, world.repository];
    const second = await run('many-domains-matrix.yml');
    expectSuccess(second);
    expect(second.pullRequests).toEqual([]);
    expect(second.files['pull-request']).toEqual(repository);
    expect(outputsOf(second).map(({ changed }) => changed)).toEqual(Array(7).fill('false'));
    expect(writes()).toHaveLength(before);
    expect(states()).toEqual(domains.map((domain) => [domain, false]));
  });
});
