import { createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type GitHubApi, startGitHubApi } from '../../sandbox/github/github-api.ts';
import { type ApiFault, type Sandbox, startSandbox } from '../../sandbox/index.ts';
import { runStep, type Step, type StepResult } from '../../sandbox/runner.ts';
import { runnerCommands } from '../checks/runner-commands.ts';
import { stepAt } from '../real/step-at.ts';
import { runStoppedStep, type Stop } from '../real/stopped-step.ts';

let sandbox: Sandbox;
let github: GitHubApi;

beforeEach(async () => {
  sandbox = await startSandbox({ pollIntervalMs: 50 });
  github = await startGitHubApi();
});
afterEach(() => Promise.all([sandbox.close(), github.close()]));

/** A step that does not stop goes on until the deadline of a request, 30 s; how soon it stops is for the log. */
const MAX_STOP_MS = 20_000;

function step(inputs: Record<string, string>, env: Step['env'] = {}): Step {
  const at = stepAt(sandbox, github);
  return { with: { ...at.with, timeout: '20s', ...inputs }, env: { ...at.env, ...env } };
}

const errors = ({ stdout }: StepResult) => runnerCommands(stdout).filter(({ name }) => name === 'error');

/** Stops a step, sees that it ended quickly with one word about each mode, and returns what it left behind. */
async function stopped(what: string, started: Step, stop: Stop, ...where: readonly string[]) {
  const result = await runStoppedStep(started, stop);
  console.log(`${what}: ended ${Math.round(result.stopMs)} ms after the signal`);
  expect(result.stopMs).toBeLessThan(MAX_STOP_MS);
  // A signal that comes once Node.js takes itself down, all being written, still decides how the process ends.
  if (stop.signals?.length === 3) expect(result.exitCode).not.toBe(0);
  else expect(result.exitCode).toBe(1);
  expect(result.stderr).toBe('');
  // Of signals a few milliseconds apart, a busy system may deliver any first.
  const signal = (stop.signals?.length ?? 1) > 1 ? 'SIG\\w+' : (stop.signals?.[0] ?? 'SIGINT');
  const stops = errors(result).filter(({ data }) => data.startsWith('Stopped by'));
  expect(stops.map(({ data }) => data)).toEqual(
    where.map((mode) =>
      expect.stringMatching(
        `^Stopped by ${signal} in ${mode}\\.\nRun the same step again: every mode continues where this run stopped\\.$`,
      ),
    ),
  );
  expect(result.summary).toContain('Cloudflare dashboard SSO');
  return result;
}

const published = () =>
  sandbox.zone.records.filter(({ type, data }) => type === 'TXT' && data.join('').includes('_sso='));
const SIGNALS = [['SIGINT'], ['SIGTERM']] as const;

describe.each(SIGNALS)('%s while', (signal) => {
  const signals = [signal];

  it('wait-for-dns polls', async () => {
    const inputs = { mode: 'create, wait-for-dns, enable' };
    const isPolling = () => sandbox.authoritative.queries.some(({ type }) => type === 'TXT');
    const result = await stopped(
      'polling DNS',
      step(inputs),
      { when: isPolling, signals },
      'mode wait-for-dns',
    );
    expect(errors(result)).toMatchObject([
      { properties: { title: expect.stringContaining(': example.com') } },
    ]);
    const [connector] = sandbox.api.store.all();
    expect(result.outputs).toMatchObject({
      'connector-id': connector?.id,
      'verification-code': connector?.verification.code,
      state: 'awaiting-dns',
      changed: 'true',
    });
    expect(result.summary).toContain(`in mode wait-for-dns.`);
    sandbox.publishTxt('example.com', connector?.verification.code ?? '');
    const second = await runStep(step(inputs));
    expect(second).toMatchObject({ exitCode: 0, outputs: { state: 'enabled', created: 'false' } });
  });

  it('enable polls Cloudflare', async () => {
    const { id, verification } = sandbox.seedConnector({ emailDomain: 'example.com', status: 'pending' });
    const when = (stdout: string) => stdout.includes('is verifying');
    const result = await stopped(
      'polling Cloudflare',
      step({ mode: 'enable' }),
      { when, signals },
      'mode enable',
    );
    expect(result.outputs).toMatchObject({ 'connector-id': id, state: 'awaiting-dns', changed: 'false' });
    sandbox.publishTxt('example.com', verification.code);
    expect(await runStep(step({ mode: 'enable' }))).toMatchObject({
      exitCode: 0,
      outputs: { enabled: 'true' },
    });
  });

  it.each<[string, ApiFault, Stop['when']]>([
    ['a request stalls before its headers', { kind: 'stall-before-headers' }, () => isPatched()],
    ['a request stalls in its body', { kind: 'stall-in-body' }, () => isPatched()],
    ['a backoff sleeps', { kind: 'status', status: 503 }, (stdout) => stdout.includes('again in')],
    [
      'a Retry-After sleeps',
      { kind: 'status', status: 429, retryAfter: '60' },
      (stdout) => stdout.includes('again in'),
    ],
  ])('%s', async (what, fault, when) => {
    const { id } = sandbox.seedConnector({ emailDomain: 'example.com', status: 'verified' });
    sandbox.api.faults.add({ method: 'PATCH', fault });
    const result = await stopped(what, step({ mode: 'enable' }), { when, signals }, 'mode enable');
    // Whether it is enabled by now, only another request could tell.
    expect(result.outputs).toMatchObject({ 'connector-id': id, 'email-domain': 'example.com' });
    for (const name of ['state', 'enabled', 'changed', 'created', 'verification-status']) {
      expect(result.outputs).not.toHaveProperty(name);
    }
    sandbox.api.faults.clear();
    expect(await runStep(step({ mode: 'enable' }))).toMatchObject({
      exitCode: 0,
      outputs: { enabled: 'true' },
    });
  });
});

/** What preflight reads side by side. */
const READS = [
  ['identity providers', /\/access\/identity_providers$/],
  ['applications', /\/access\/apps$/],
  ['the access log', /\/access_requests$/],
  ['members', /\/members$/],
  ['the token', /\/tokens\/verify$/],
] as const;

describe.each(SIGNALS)('%s while preflight', (signal) => {
  const stop = (when: Stop['when']): Stop => ({ when, signals: [signal] });
  const fault: ApiFault = { kind: 'stall-before-headers' };

  it.each(READS)('reads %s, before anything is made', async (what, path) => {
    sandbox.api.faults.add({ path, fault });
    const isReading = () => sandbox.api.requests.some((request) => path.test(request.path));
    const inputs = { mode: 'create, wait-for-dns, enable', 'confirm-within': '10s' };
    const result = await stopped(what, step(inputs), stop(isReading), 'preflight');
    expect(result.outputs).toMatchObject({ 'email-domain': 'example.com', changed: 'false' });
    for (const name of ['confirmed', 'preflight-report', 'created'])
      expect(result.outputs[name] ?? 'false').toBe('false');
    expect(sandbox.api.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
  });

  it('reads, as a mode: what the connector is like is told', async () => {
    const { id } = sandbox.seedConnector({ emailDomain: 'example.com', status: 'verified' });
    sandbox.api.faults.add({ path: /\/members$/, fault });
    const isReading = () => sandbox.api.requests.some(({ path }) => path.endsWith('/members'));
    const result = await stopped('members', step({ mode: 'preflight' }), stop(isReading), 'mode preflight');
    expect(result.outputs).toMatchObject({ 'connector-id': id, state: 'verified', changed: 'false' });
    sandbox.api.faults.clear();
    expect(await runStep(step({ mode: 'preflight' }))).toMatchObject({ exitCode: 0 });
  });

  it('waits for a rate limit', async () => {
    sandbox.seedConnector({ emailDomain: 'example.com', status: 'verified' });
    const limited: ApiFault = { kind: 'status', status: 429, retryAfter: '60' };
    sandbox.api.faults.add({ path: /\/members$/, fault: limited });
    const isWaiting = (stdout: string) => stdout.includes('again in');
    await stopped('a rate limit', step({ mode: 'enable' }), stop(isWaiting), 'preflight');
    expect(isPatched()).toBe(false);
  });
});

/** One soon after the other, as when somebody cancels twice. */
const BOTH = ['SIGINT', 'SIGTERM'] as const;
const isPatched = () => sandbox.api.requests.some(({ method }) => method === 'PATCH');

describe('a stop while', () => {
  it('several domains are worked on is one error for each mode, and each keeps what is known of it', async () => {
    for (const origin of ['one.example', 'two.example']) sandbox.addZone({ origin });
    const { verification } = sandbox.seedConnector({ emailDomain: 'two.example', status: 'verified' });
    const domains = { 'email-domain': 'one.example, two.example' };
    const dns = { resolvers: sandbox.authoritative.address };
    const inputs = { mode: 'create, wait-for-dns, enable', ...domains, ...dns };
    sandbox.api.faults.add({ method: 'PATCH', fault: { kind: 'stall-before-headers' } });
    const where = ['mode wait-for-dns', 'mode enable'];
    const result = await stopped('two domains', step(inputs), { when: isPatched, signals: BOTH }, ...where);
    expect(errors(result).map(({ properties: { title } }) => title)).toEqual([
      'Cloudflare dashboard SSO: one.example',
      'Cloudflare dashboard SSO: two.example',
    ]);
    const connectors = JSON.parse(result.outputs['connectors'] ?? '');
    expect(connectors).toMatchObject([
      { email_domain: 'one.example', state: 'awaiting-dns', created: true },
      { email_domain: 'two.example', verification_code: verification.code },
    ]);
    expect(connectors[1]).not.toHaveProperty('state');
    sandbox.api.faults.clear();
    sandbox.publishTxt('one.example', connectors[0].verification_code);
    const second = await runStep(step(inputs));
    expect(second).toMatchObject({ exitCode: 0, outputs: { state: 'enabled' } });
  });

  it.each([
    ['finding the servers', { 'authoritative-servers': 'auto' }, 300],
    ['finding out why the record is invisible', { timeout: '1s' }, 1300],
  ])('silent DNS servers hold up %s', async (what, inputs, afterMs) => {
    const { verification } = sandbox.seedConnector({ emailDomain: 'example.com' });
    for (const server of [sandbox.resolver, sandbox.authoritative]) server.faults.add({ drop: true });
    const when = () => sandbox.resolver.queries.length + sandbox.authoritative.queries.length > 0;
    const started = step({ mode: 'wait-for-dns', ...inputs });
    const result = await stopped(what, started, { when, afterMs }, 'mode wait-for-dns');
    expect(result.outputs).toMatchObject({ 'verification-code': verification.code, state: 'awaiting-dns' });
  });

  it.each([0, 2, 5, 10])('it ends already: the next signals come %d ms later', async (gapMs) => {
    sandbox.seedConnector({ emailDomain: 'example.com', status: 'pending' });
    const when = (stdout: string) => stdout.includes('is verifying');
    const stop = { when, signals: ['SIGINT', 'SIGINT', 'SIGTERM'] as const, gapMs };
    const result = await stopped('three signals', step({ mode: 'enable' }), stop, 'mode enable');
    expect(result.outputs).toMatchObject({ state: 'awaiting-dns', changed: 'false' });
  });

  it('the very first request stalls: nothing is known, and that is no error of its own', async () => {
    sandbox.api.faults.add({ fault: { kind: 'stall-before-headers' } });
    const when = () => sandbox.api.requests.length > 0;
    const result = await stopped('the first request', step({ mode: 'create' }), { when }, 'mode create');
    expect(result.outputs).toMatchObject({ 'email-domain': 'example.com', changed: 'false' });
    expect(result.outputs).not.toHaveProperty('state');
  });

  it.each([true, false])('the POST of publish-dns is under way, carried out: %s', async (carryOut) => {
    const fault = { kind: 'stall-before-headers' } as const;
    sandbox.api.faults.add({ method: 'POST', path: /dns_records$/, carryOut, fault });
    const when = () => sandbox.api.requests.some(({ path }) => path.endsWith('dns_records') && isWritten());
    const isWritten = () => sandbox.api.requests.filter(({ method }) => method === 'POST').length === 2;
    const inputs = { mode: 'create, publish-dns, wait-for-dns, enable' };
    const result = await stopped('publishing', step(inputs), { when }, 'mode publish-dns');
    expect(result.outputs).toMatchObject({ state: 'awaiting-dns', created: 'true', changed: 'true' });
    sandbox.api.faults.clear();
    expect(await runStep(step(inputs))).toMatchObject({ exitCode: 0, outputs: { state: 'enabled' } });
    expect(published()).toHaveLength(1);
  });

  it('the POST of create is under way: the next run adopts the connector', async () => {
    sandbox.api.faults.add({ method: 'POST', carryOut: true, fault: { kind: 'stall-in-body' } });
    const when = () => sandbox.api.requests.some(({ method }) => method === 'POST');
    const first = await stopped('creating', step({ mode: 'create' }), { when }, 'mode create');
    for (const name of ['state', 'created', 'changed']) expect(first.outputs).not.toHaveProperty(name);
    sandbox.api.faults.clear();
    const second = await runStep(step({ mode: 'create' }));
    expect(second.outputs).toMatchObject({ state: 'awaiting-dns', created: 'false' });
    expect(sandbox.api.store.all()).toHaveLength(1);
  });

  it.each(['GET', 'POST'])('the %s of the drift issue stalls', async (method) => {
    sandbox.seedConnector({ emailDomain: 'example.com', status: 'verified' });
    github.faults.add({ method, carryOut: true, fault: { kind: 'stall-before-headers' } });
    const when = () => github.requests.some((request) => request.method === method);
    const inputs = { mode: 'check', 'drift-issue': 'true', 'fail-on-drift': 'false' };
    const result = await stopped(`the ${method} at GitHub`, step(inputs), { when }, 'the drift issue');
    expect(result.outputs).toMatchObject({ drift: 'true', state: 'verified' });
    expect(result.outputs['drift-report']).toContain('not-enabled');
    expect(result.summary).toContain('not-enabled');
    github.faults.clear();
    expect(await runStep(step(inputs))).toMatchObject({ exitCode: 0 });
    expect(github.issues.all()).toMatchObject([{ state: 'open' }]);
  });

  it('a proxy does not answer', async () => {
    const silent = createServer((socket) => void socket.on('error', () => undefined));
    let connections = 0;
    silent.on('connection', () => {
      connections += 1;
    });
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const address = silent.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    try {
      const behind = step({ mode: 'create', 'api-url': 'https://api.example/client/v4' });
      const env = { ...behind.env, https_proxy: `http://127.0.0.1:${port}` };
      await stopped('a silent proxy', { ...behind, env }, { when: () => connections > 0 }, 'mode create');
    } finally {
      silent.close();
    }
  });
});
