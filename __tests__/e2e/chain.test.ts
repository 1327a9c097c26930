import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../sandbox/index.ts';
import { runStep, type Step } from '../../sandbox/runner.ts';

let sandbox: Sandbox;
let dns: Record<string, string>;

beforeEach(async () => {
  sandbox = await startSandbox({ pollIntervalMs: 50 });
  const second = await sandbox.startResolver();
  dns = {
    resolvers: `${sandbox.resolver.address}\n${second.address}`,
    'authoritative-servers': sandbox.authoritative.address,
  };
});

afterEach(() => sandbox.close());

/** A step with credentials, the sandbox's DNS, and `example.com`. */
function step(inputs: Record<string, string>, rest: Omit<Step, 'with'> = {}) {
  return runStep({
    with: { 'email-domain': 'example.com', 'api-url': sandbox.apiUrl, ...dns, ...inputs },
    env: { CLOUDFLARE_ACCOUNT_ID: sandbox.accountId, CLOUDFLARE_API_TOKEN: sandbox.apiToken },
    ...rest,
  });
}

const requests = () => sandbox.api.requests.map(({ method, path }) => `${method} ${path}`);
const writes = () => sandbox.api.requests.filter(({ method }) => method !== 'GET');
const connectors = () => `/accounts/${sandbox.accountId}/sso_connectors`;
const access = () => `GET /accounts/${sandbox.accountId}/access`;
/** What preflight reads besides connectors; nobody has signed in, so the log is read again without a filter. */
const evidence = () => [
  'GET /user/tokens/verify',
  `GET /accounts/${sandbox.accountId}/tokens/verify`,
  `GET /accounts/${sandbox.accountId}/members`,
  `${access()}/identity_providers`,
  `${access()}/apps`,
  `${access()}/logs/access_requests`,
  `${access()}/logs/access_requests`,
];
/** The same in the order of names: requests at the same time come in any order. */
const inAnyOrder = (all: readonly string[]) => all.toSorted();

describe('create, wait-for-dns, enable in one step', () => {
  it('takes a domain from nothing to an enabled connector while the record is published', async () => {
    const running = step(
      { mode: 'create, wait-for-dns, enable', timeout: '20s' },
      { onLine: publishWhenAsked },
    );
    function publishWhenAsked(line: string): void {
      const code = /TXT {2}"([^"]+)"/.exec(line)?.[1];
      if (code !== undefined) setTimeout(() => sandbox.publishTxt('example.com', code), 1500);
    }
    const result = await running;
    const [connector] = sandbox.api.store.all();

    expect(result).toMatchObject({ exitCode: 0, stderr: '' });
    expect(connector).toMatchObject({ email_domain: 'example.com', enabled: true });
    const { 'dns-report': report = '', connectors: list = '', ...others } = result.outputs;
    const { 'preflight-report': preflight = '', ...outputs } = others;
    expect(JSON.parse(preflight)).toMatchObject({ email_domain: 'example.com', verdict: 'warned' });
    expect(outputs).toEqual({
      'connector-id': connector?.id,
      'email-domain': 'example.com',
      'verification-code': connector?.verification.code,
      'verification-status': 'verified',
      enabled: 'true',
      created: 'true',
      changed: 'true',
      state: 'enabled',
      'record-name': 'example.com',
      'record-type': 'TXT',
      'record-value': connector?.verification.code,
      'txt-values': JSON.stringify(['v=spf1 -all', connector?.verification.code]),
      'dns-visible': 'true',
      'timed-out': 'false',
      'terraform-import': expect.stringContaining(`id = "${sandbox.accountId}/${connector?.id}"`),
      'sso-app-id': expect.stringMatching(/^[0-9a-f]{32}$/),
    });
    expect(JSON.parse(report)).toMatchObject({ visible: true, authoritative: true, reason: 'visible' });
    expect(JSON.parse(report).servers.map(({ record }: { record: string }) => record)).toEqual(
      Array(3).fill('present'),
    );
    expect(JSON.parse(list)).toMatchObject([
      { connector_id: connector?.id, state: 'enabled', dns_visible: true },
    ]);
    expect(result.summary).toContain('<td><b>example.com</b></td>');

    const id = connector?.id;
    const lookups = requests().filter((request) => request === `GET ${connectors()}/${id}`).length;
    const [first, ...rest] = requests().filter((request) => request !== `GET ${connectors()}/${id}`);
    expect(first).toBe(`GET ${connectors()}`);
    expect(inAnyOrder(rest.slice(0, evidence().length))).toEqual(inAnyOrder(evidence()));
    expect(rest.slice(evidence().length)).toEqual([
      `POST ${connectors()}`,
      `PATCH ${connectors()}/${id}`,
      `${access()}/apps`,
    ]);
    expect(lookups).toBeGreaterThanOrEqual(1);
  });

  it('asks no resolver for the record before the authoritative server has it', async () => {
    let publishedAtMs = Number.POSITIVE_INFINITY;
    await step(
      { mode: 'create, wait-for-dns', timeout: '20s' },
      {
        onLine(line) {
          const code = /TXT {2}"([^"]+)"/.exec(line)?.[1];
          if (code === undefined) return;
          setTimeout(() => {
            publishedAtMs = Date.now();
            sandbox.publishTxt('example.com', code);
          }, 1500);
        },
      },
    );
    const asked = sandbox.resolver.queries.filter(({ type }) => type === 'TXT');
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.every(({ receivedAt }) => receivedAt > publishedAtMs)).toBe(true);
    expect(sandbox.authoritative.queries.some(({ receivedAt }) => receivedAt < publishedAtMs)).toBe(true);
  });

  it('writes nothing the second time and says so', async () => {
    const { verification } = sandbox.seedConnector({ emailDomain: 'example.com', status: 'verified' });
    sandbox.publishTxt('example.com', verification.code);
    const first = await step({ mode: 'create, wait-for-dns, enable' });
    expect(first.outputs).toMatchObject({ changed: 'true', created: 'false', enabled: 'true' });
    const writesOfFirst = writes().length;

    const second = await step({ mode: 'create, wait-for-dns, enable' });
    expect(second).toMatchObject({
      exitCode: 0,
      outputs: { changed: 'false', created: 'false', state: 'enabled' },
    });
    expect(writes()).toHaveLength(writesOfFirst);
  });

  it('resumes: looks once, says how far it came, and goes on where it stopped the next day', async () => {
    const inputs = { mode: 'create, wait-for-dns, enable', timeout: '0', 'on-timeout': 'continue' };
    const monday = await step(inputs);
    expect(monday).toMatchObject({
      exitCode: 0,
      outputs: {
        state: 'awaiting-dns',
        created: 'true',
        'timed-out': 'true',
        'dns-visible': 'false',
        enabled: 'false',
      },
    });
    expect(writes().map(({ method }) => method)).toEqual(['POST']);

    const tuesday = await step(inputs);
    expect(tuesday.outputs).toMatchObject({ state: 'awaiting-dns', created: 'false', changed: 'false' });

    sandbox.publishTxt('example.com', monday.outputs['verification-code'] ?? '');
    await sandbox.pollVerification();
    const wednesday = await step(inputs);
    expect(wednesday).toMatchObject({
      exitCode: 0,
      outputs: { state: 'enabled', changed: 'true', 'timed-out': 'false' },
    });
    expect(sandbox.api.store.all()).toHaveLength(1);
  });
});

describe('create alone', () => {
  it('sets txt-values, and asks no resolver for the record', async () => {
    const { exitCode, outputs } = await step({ mode: 'create' });
    expect(exitCode).toBe(0);
    expect(JSON.parse(outputs['txt-values'] ?? '')).toEqual(['v=spf1 -all', outputs['verification-code']]);
    expect(sandbox.resolver.queries.filter(({ type }) => type === 'TXT')).toEqual([]);
  });

  it('succeeds without it when no authoritative server answers', async () => {
    const result = await step({ mode: 'create', 'authoritative-servers': '127.0.0.1:1' });
    expect(result).toMatchObject({ exitCode: 0, stderr: '', outputs: { created: 'true' } });
    expect(result.outputs).not.toHaveProperty('txt-values');
    expect(result.stdout).toContain('txt-values');
  });
});

describe('API calls', () => {
  it('are two at most for create: list and POST', async () => {
    await step({ mode: 'create' });
    expect(requests()).toEqual([`GET ${connectors()}`, `POST ${connectors()}`]);
  });

  it('are one for create when the connector exists', async () => {
    sandbox.seedConnector({ emailDomain: 'Example.COM', status: 'pending' });
    await step({ mode: 'create' });
    expect(requests()).toEqual([`GET ${connectors()}`]);
  });

  it('are two for enable of a verified connector, the preflight before and the application after', async () => {
    const { id } = sandbox.seedConnector({ emailDomain: 'example.com', status: 'verified' });
    await step({ mode: 'enable' });
    const [first, ...rest] = requests();
    expect(first).toBe(`GET ${connectors()}`);
    expect(inAnyOrder(rest.slice(0, evidence().length))).toEqual(inAnyOrder(evidence()));
    expect(rest.slice(evidence().length)).toEqual([`PATCH ${connectors()}/${id}`, `${access()}/apps`]);
  });

  it('are one for enable of an enabled connector, which nobody judges', async () => {
    sandbox.seedConnector({ emailDomain: 'example.com', status: 'verified', enabled: true });
    await step({ mode: 'enable' });
    expect(requests()).toEqual([`GET ${connectors()}`]);
  });

  it('are none for wait-for-dns with a verification code', async () => {
    sandbox.publishTxt('example.com', 'cloudflare_dashboard_sso=abc');
    const result = await step(
      { mode: 'wait-for-dns', 'verification-code': 'cloudflare_dashboard_sso=abc' },
      { env: {} },
    );
    expect(result).toMatchObject({ exitCode: 0, outputs: { 'dns-visible': 'true', state: 'verifying' } });
    expect(requests()).toEqual([]);
  });
});

describe('a wait that runs out of time', () => {
  it('fails the step, says what was seen, and still writes what is known', async () => {
    const result = await step({ mode: 'create, wait-for-dns, enable', timeout: '2s' });
    expect(result.exitCode).toBe(1);
    expect(result.stdout).toMatch(
      /^::error title=Cloudflare dashboard SSO%3A example.com::The TXT record .* not visible/m,
    );
    expect(result.outputs).toMatchObject({ state: 'awaiting-dns', 'timed-out': 'true', created: 'true' });
    expect(requests()).not.toContainEqual(expect.stringMatching(/PATCH/));
  });
});

describe('dry-run', () => {
  it('reads everything, changes nothing and says what would change', async () => {
    const result = await step({ mode: 'create, wait-for-dns, enable', 'dry-run': 'true' });
    expect(result).toMatchObject({ exitCode: 0, outputs: { state: 'absent', changed: 'false' } });
    expect(result.stdout).toContain('would create an SSO connector for example.com');
    expect(inAnyOrder(requests())).toEqual(inAnyOrder([`GET ${connectors()}`, ...evidence()]));
  });
});

describe('several email domains', () => {
  it('are worked on each for itself; one that fails does not stop the others', async () => {
    sandbox.addZone({ origin: 'example.net', nameServers: ['ns1.example.net'], records: [] });
    for (const emailDomain of ['example.com', 'example.net']) {
      const { verification } = sandbox.seedConnector({ emailDomain, status: 'verified' });
      sandbox.publishTxt(emailDomain, verification.code);
    }
    const result = await step({
      mode: 'wait-for-dns, enable',
      'email-domain': 'example.com, missing.example\nexample.net',
    });
    expect(result.exitCode).toBe(1);
    expect(result.stdout).toContain(
      'title=Cloudflare dashboard SSO%3A missing.example::This account has no SSO connector',
    );
    expect(Object.keys(result.outputs).toSorted()).toEqual(['changed', 'connectors', 'state', 'timed-out']);
    expect(result.outputs).toMatchObject({ state: 'absent', changed: 'true' });
    const list = JSON.parse(result.outputs['connectors'] ?? '');
    expect(list.map((one: Record<string, unknown>) => [one['email_domain'], one['state']])).toEqual([
      ['example.com', 'enabled'],
      ['missing.example', 'absent'],
      ['example.net', 'enabled'],
    ]);
    expect(requests().filter((request) => request === `GET ${connectors()}`)).toHaveLength(1);
  });

  it('end with one line that counts them, in the log before the errors and on top of the summary', async () => {
    const { verification } = sandbox.seedConnector({ emailDomain: 'example.com', status: 'verified' });
    sandbox.publishTxt('example.com', verification.code);
    const domains = { 'email-domain': 'example.com, missing.example' };
    const { stdout, summary } = await step({ mode: 'enable', ...domains });
    const counts = '2 email domains: 1 failed, 1 enabled';
    const shown = stdout.split('\n').filter((line) => line !== '' && !line.startsWith('::debug::'));
    expect(shown.at(-2)).toBe(`${counts}.`);
    expect(shown.at(-1)).toMatch(/^::error .*missing\.example/);
    expect(summary).toContain(`<b>${counts}</b>`);
    const one = await step({ mode: 'enable' });
    expect(one.stdout + one.summary).not.toContain('1 email domain:');
  });
});

describe('cancelling', () => {
  it('ends the wait, keeps what is known and fails', async () => {
    const cancel = new AbortController();
    const result = await step(
      { mode: 'create, wait-for-dns' },
      {
        cancelled: cancel.signal,
        onLine: (line) => line.includes('does not have the record') && cancel.abort(),
      },
    );
    expect(result).toMatchObject({ exitCode: 1, outputs: { created: 'true', state: 'awaiting-dns' } });
    expect(result.stdout).toContain('Stopped by SIGINT');
  });
});
