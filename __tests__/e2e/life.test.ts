import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type GitHubApi, startGitHubApi } from '../../sandbox/github/github-api.ts';
import { NEW_ACCOUNTS, type Sandbox, startSandbox } from '../../sandbox/index.ts';
import { runStep, type Step } from '../../sandbox/runner.ts';
import { resultInList } from '../samples/api-faults.ts';

let sandbox: Sandbox;
let workspace: string;
let dns: Record<string, string>;

beforeEach(async () => {
  sandbox = await startSandbox({ pollIntervalMs: 50 });
  workspace = await mkdtemp(join(tmpdir(), 'workspace-'));
  dns = {
    resolvers: sandbox.resolver.address,
    'authoritative-servers': sandbox.authoritative.address,
  };
});

afterEach(async () => {
  await sandbox.close();
  await rm(workspace, { recursive: true });
});

/** A step with credentials, the sandbox's DNS, and `example.com`. */
function step(inputs: Record<string, string>, env: Step['env'] = {}) {
  const apiToken = sandbox.apiToken;
  return runStep({
    with: { 'email-domain': 'example.com', 'api-url': sandbox.apiUrl, ...dns, ...inputs },
    env: { CLOUDFLARE_ACCOUNT_ID: sandbox.accountId, CLOUDFLARE_API_TOKEN: apiToken, ...env },
    workspace,
  });
}

const requests = () => sandbox.api.requests.map(({ method, path }) => `${method} ${path}`);
const writes = () => requests().filter((request) => !request.startsWith('GET'));
const base = () => `/accounts/${sandbox.accountId}/sso_connectors`;
const texts = () => sandbox.zone.records.flatMap((one) => (one.type === 'TXT' ? [one.data.join('')] : []));
/** What mode check reads, in the order of names: requests at the same time come in any order. */
const readsOfCheck = () =>
  [
    `GET ${base()}`,
    'GET /user/tokens/verify',
    ...['access/apps', 'access/identity_providers', 'members', 'tokens/verify'].map(
      (path) => `GET /accounts/${sandbox.accountId}/${path}`,
    ),
  ].toSorted();
const file = (name: string) => readFile(join(workspace, name), 'utf8');

describe('publish-dns', () => {
  const chain = { mode: 'create, publish-dns, wait-for-dns, enable', timeout: '20s' };

  it('is the chain also where Cloudflare has null for an empty list, and tells the record by its ID', async () => {
    await using other = await startSandbox({ pollIntervalMs: 50, emptyListsAreNull: true });
    const zoneId = other.hostZone({ name: 'example.com' });
    other.zone.setTxt('@', []);
    const { outputs, exitCode } = await step(
      {
        ...chain,
        'api-url': other.apiUrl,
        resolvers: other.resolver.address,
        'authoritative-servers': other.authoritative.address,
      },
      { CLOUDFLARE_ACCOUNT_ID: other.accountId, CLOUDFLARE_API_TOKEN: other.apiToken },
    );
    expect({ exitCode, state: outputs['state'] }).toEqual({ exitCode: 0, state: 'enabled' });
    const [record] = other.api.zones.records(zoneId).filter(({ stored }) => stored.type === 'TXT');
    expect(outputs).toMatchObject({ 'zone-id': zoneId, 'record-id': record?.shown.id });
    expect(JSON.parse(outputs['connectors'] ?? '')).toMatchObject([
      { zone_id: zoneId, record_id: record?.shown.id },
    ]);
  });

  it('is the chain without a pull request, and writes nothing the second time', async () => {
    const first = await step(chain);
    expect(first).toMatchObject({ exitCode: 0, stderr: '' });
    expect(first.outputs).toMatchObject({ state: 'enabled', changed: 'true', 'dns-visible': 'true' });
    expect(texts()).toEqual(['v=spf1 -all', first.outputs['verification-code']]);
    expect(JSON.parse(first.outputs['txt-values'] ?? '')).toEqual(texts());
    expect(first.outputs['sso-app-id']).toMatch(/^[0-9a-f]{32}$/);
    expect(first.summary).toContain('SSO App');

    sandbox.api.clearRequests();
    const second = await step(chain);
    expect(second.outputs).toMatchObject({ state: 'enabled', changed: 'false' });
    expect(writes()).toEqual([]);
  });

  it('touches no other record and warns of older codes', async () => {
    const older = `cloudflare_dashboard_sso=${'0'.repeat(32)}`;
    sandbox.publishTxt('example.com', older);
    const result = await step({ mode: 'create, publish-dns' });
    expect(texts()).toEqual(['v=spf1 -all', older, result.outputs['verification-code']]);
    expect(result.stdout).toMatch(new RegExp(`^::warning .*another verification code: ${older}`, 'm'));
    expect(writes().map((request) => request.split(' ')[0])).toEqual(['POST', 'POST']);
  });

  it.each(['pending', 'initializing', 'moved'] as const)(
    'refuses a zone that is %s, and says why',
    async (status) => {
      sandbox.hostZone({ name: 'example.com', status });
      const result = await step({ mode: 'create, publish-dns' });
      expect(result.exitCode).toBe(1);
      expect(result.stdout).toContain(`is ${status}, not active`);
      expect(texts()).toEqual(['v=spf1 -all']);
      // What was learnt before still counts.
      expect(result.outputs).toMatchObject({ state: 'awaiting-dns', created: 'true' });
    },
  );

  it('names the permissions that the token lacks', async () => {
    const blind = sandbox.addToken({ permissions: ['sso:write'] });
    const unseen = await step({ mode: 'create, publish-dns' }, { CLOUDFLARE_API_TOKEN: blind });
    expect(unseen.stdout).toMatch(/"Zone: Read".*"DNS: Edit"/);
    const reader = sandbox.addToken({ permissions: ['sso:write', 'zone:read', 'dns:read'] });
    const refused = await step({ mode: 'publish-dns' }, { CLOUDFLARE_API_TOKEN: reader });
    expect(refused.exitCode).toBe(1);
    expect(refused.stdout).toContain('permission "DNS: Edit"');
    expect(texts()).toEqual(['v=spf1 -all']);
  });

  it('adds no second record when the answer to its POST is lost', async () => {
    const { verification } = sandbox.seedConnector({ emailDomain: 'example.com' });
    sandbox.api.faults.add({
      method: 'POST',
      path: /dns_records$/,
      times: 1,
      carryOut: true,
      fault: { kind: 'reset' },
    });
    const result = await step({ mode: 'publish-dns' });
    expect(result.exitCode).toBe(0);
    expect(texts()).toEqual(['v=spf1 -all', verification.code]);
    expect(result.outputs).toMatchObject({ changed: 'true' });
  });
});

describe('record-format and record-file', () => {
  const ZONE =
    '$TTL 3600\n@ IN SOA ns1 hostmaster (\n  2026010100 ; serial\n  3600 600 604800 60 )\n@ IN NS ns1\nns1 IN A 192.0.2.1\n';

  it.each([
    ['bind', 'zones/db.example.com', ZONE],
    ['octodns', 'zones/example.com.yaml', "---\n'':\n  type: TXT\n  value: v=spf1 -all\n"],
    ['dnscontrol', 'sso.js', undefined],
    ['terraform', 'sso.tf', undefined],
    ['tfvars', 'sso.auto.tfvars.json', undefined],
    ['json', 'sso.json', undefined],
  ] as const)('%s: writes the record once, and renders it', async (format, name, before) => {
    await mkdir(join(workspace, 'zones'));
    if (before !== undefined) await writeFile(join(workspace, name), before);
    const inputs = { mode: 'create', 'record-format': format, 'record-file': name };
    const dryRun = await step({ ...inputs, 'dry-run': 'true' });
    expect(dryRun.exitCode).toBe(0);
    if (before !== undefined) expect(await file(name)).toBe(before);

    const first = await step(inputs);
    expect(first).toMatchObject({ exitCode: 0, stderr: '' });
    const code = first.outputs['verification-code'] ?? 'none';
    const written = await file(name);
    expect(written).toContain(code);
    expect(first.outputs['record']).toContain(code);
    const second = await step(inputs);
    expect(second.exitCode).toBe(0);
    expect(second.stdout).toContain('already');
    expect(await file(name)).toBe(written);
  });

  it('gives tfvars every TXT value of today by the authoritative server, and asks no resolver', async () => {
    const inputs = { mode: 'create', 'record-format': 'tfvars', 'record-file': 'sso.auto.tfvars.json' };
    const result = await step(inputs);
    const values = { 'example.com': ['v=spf1 -all', result.outputs['verification-code']] };
    expect(JSON.parse(await file('sso.auto.tfvars.json'))).toEqual({ cloudflare_sso_txt_values: values });
    expect(sandbox.resolver.queries).toEqual([]);
  });

  it('leaves out of tfvars the code of a connector that the same step has deleted', async () => {
    const { verification } = sandbox.seedConnector({ emailDomain: 'example.com', status: 'verified' });
    sandbox.publishTxt('example.com', verification.code);
    const inputs = { 'record-format': 'tfvars', 'record-file': 'sso.auto.tfvars.json' };
    const result = await step({ mode: 'delete, create', ...inputs });
    const values = { 'example.com': ['v=spf1 -all', result.outputs['verification-code']] };
    expect(JSON.parse(await file('sso.auto.tfvars.json'))).toEqual({ cloudflare_sso_txt_values: values });
    expect(result.outputs['verification-code']).not.toBe(verification.code);
  });

  it('writes nothing when the values of today cannot be read', async () => {
    const silent = { 'authoritative-servers': sandbox.resolver.address };
    const inputs = { mode: 'create', 'record-format': 'tfvars', 'record-file': 'sso.auto.tfvars.json' };
    const result = await step({ ...inputs, ...silent });
    expect(result.exitCode).toBe(1);
    expect(result.stdout).toMatch(/could not read the TXT records/i);
    await expect(file('sso.auto.tfvars.json')).rejects.toThrow('ENOENT');
  });

  it('leaves a file that it cannot read as it is, and names the line and the column', async () => {
    await writeFile(join(workspace, 'db.example.com'), `${ZONE}broken IN TXT "no end\n`);
    const inputs = { mode: 'create', 'record-format': 'bind', 'record-file': 'db.example.com' };
    const result = await step(inputs);
    expect(result.exitCode).toBe(1);
    expect(result.stdout).toMatch(/db\.example\.com:7:15/);
    expect(await file('db.example.com')).toBe(`${ZONE}broken IN TXT "no end\n`);
  });

  it('writes only inside the workspace', async () => {
    const outside = await mkdtemp(join(tmpdir(), 'outside-'));
    try {
      await symlink(outside, join(workspace, 'link'));
      for (const path of ['../sso.json', join(outside, 'sso.json'), 'link/sso.json', '.git/config']) {
        const result = await step({ mode: 'create', 'record-format': 'json', 'record-file': path });
        expect(result.exitCode, path).toBe(1);
        expect(result.stdout, path).toMatch(/workspace|\.git/);
      }
      await expect(readFile(join(outside, 'sso.json'))).rejects.toThrow('ENOENT');
    } finally {
      await rm(outside, { recursive: true });
    }
  });

  it('merges several domains into one file', async () => {
    for (const origin of ['one.example', 'two.example']) sandbox.addZone({ origin });
    const result = await step({
      mode: 'create',
      'email-domain': 'one.example, two.example',
      'record-format': 'tfvars',
      'record-file': 'sso.auto.tfvars.json',
    });
    expect(result.exitCode).toBe(0);
    const { cloudflare_sso_txt_values: values } = JSON.parse(await file('sso.auto.tfvars.json'));
    expect(Object.keys(values).sort()).toEqual(['one.example', 'two.example']);
  });

  it('writes a file for each domain where the name says so', async () => {
    const domains = ['one.example', 'two.example'];
    await mkdir(join(workspace, 'zones'));
    for (const domain of domains) await writeFile(join(workspace, `zones/${domain}.yaml`), '---\n');
    const result = await step({
      mode: 'create',
      'email-domain': domains.join(),
      'record-format': 'octodns',
      'record-file': 'zones/{email-domain}.yaml',
    });
    expect(result.exitCode).toBe(0);
    const list = JSON.parse(result.outputs['connectors'] ?? '');
    for (const [index, domain] of domains.entries()) {
      expect(await file(`zones/${domain}.yaml`)).toContain(list[index].verification_code);
    }
  });
});

describe('check', () => {
  let github: GitHubApi;

  beforeEach(async () => {
    github = await startGitHubApi();
  });

  afterEach(() => github.close());

  const check = (inputs: Record<string, string> = {}) =>
    step(
      { mode: 'check', 'github-token': github.token, ...inputs },
      { GITHUB_API_URL: github.url, GITHUB_REPOSITORY: github.repository },
    );

  it('finds nothing where all is as declared, by one look at each list', async () => {
    const { verification } = sandbox.seedConnector({
      emailDomain: 'example.com',
      status: 'verified',
      enabled: true,
    });
    sandbox.publishTxt('example.com', verification.code);
    const result = await check();
    expect(result.exitCode).toBe(0);
    expect(result.outputs).toMatchObject({ drift: 'false', state: 'enabled', changed: 'false' });
    expect(requests().toSorted()).toEqual(readsOfCheck());
    expect(result.summary).toContain('No drift in 1 email domain.');
  });

  it('finds every kind of drift of connectors over several domains by one look at each list, and changes nothing', async () => {
    for (const origin of ['off.example', 'gone.example', 'new.example', 'hidden.example'])
      sandbox.addZone({ origin });
    const enabled = { status: 'verified', enabled: true } as const;
    const off = sandbox.seedConnector({ emailDomain: 'off.example', status: 'verified' });
    sandbox.publishTxt('off.example', off.verification.code);
    sandbox.seedConnector({ emailDomain: 'gone.example', ...enabled });
    const unverified = sandbox.seedConnector({ emailDomain: 'new.example', enabled: true });
    sandbox.publishTxt('new.example', unverified.verification.code);
    sandbox.seedConnector({ emailDomain: 'nobody.example' });
    const result = await check({
      'email-domain': 'off.example, gone.example, new.example, none.example',
      'use-fedramp-language': 'true',
    });
    const { differences } = JSON.parse(result.outputs['drift-report'] ?? '');
    const kinds = differences.map(
      ({ email_domain, kind }: Record<string, string>) => `${email_domain} ${kind}`,
    );
    expect(kinds).toEqual([
      'gone.example fedramp-language',
      'gone.example record-missing',
      'new.example fedramp-language',
      'new.example not-verified',
      'nobody.example undeclared-connector',
      'none.example connector-missing',
      'off.example fedramp-language',
      'off.example not-enabled',
    ]);
    expect(result.exitCode).toBe(1);
    expect(requests().toSorted()).toEqual(readsOfCheck());
    const lenient = await check({ 'email-domain': 'off.example', 'fail-on-drift': 'false' });
    expect(lenient).toMatchObject({ exitCode: 0, outputs: { drift: 'true' } });
    const declared = await check({ 'email-domain': 'gone.example', 'expect-enabled': 'false' });
    expect(declared.outputs['drift-report']).toContain('"kind":"enabled"');
  });

  it('keeps one issue: opened, left, closed, opened again', async () => {
    const { id, verification } = sandbox.seedConnector({ emailDomain: 'example.com', status: 'verified' });
    sandbox.publishTxt('example.com', verification.code);
    const opened = await check({ 'drift-issue': 'true' });
    expect(opened).toMatchObject({ exitCode: 1, outputs: { drift: 'true', changed: 'true' } });
    expect(github.issues.all()).toMatchObject([{ state: 'open' }]);
    const left = await check({ 'drift-issue': 'true' });
    expect(left.outputs).toMatchObject({ changed: 'false' });
    await step({ mode: 'enable' });
    const closed = await check({ 'drift-issue': 'true' });
    expect(closed).toMatchObject({ exitCode: 0, outputs: { drift: 'false', changed: 'true' } });
    expect(github.issues.all()).toMatchObject([{ state: 'closed' }]);
    await step({ mode: 'disable', 'connector-id': id });
    await check({ 'drift-issue': 'true' });
    expect(github.issues.all()).toMatchObject([{ state: 'open' }]);
    const log = opened.stdout.replaceAll(/^::add-mask::.*$/gm, '');
    expect(log + opened.summary + JSON.stringify(github.issues.all())).not.toContain(github.token);
  });

  it('says which permission of the workflow is missing, and does not hide the drift', async () => {
    sandbox.seedConnector({ emailDomain: 'example.com', status: 'verified' });
    const reader = github.addToken({ issues: 'read' });
    const result = await check({ 'drift-issue': 'true', 'github-token': reader });
    expect(result).toMatchObject({ exitCode: 1, outputs: { drift: 'true' } });
    expect(result.stdout).toContain('issues: write');
    expect(github.issues.all()).toEqual([]);
  });
});

describe('disable and delete', () => {
  it('disables by connector ID with exactly one request, while DNS is down', async () => {
    const { id } = sandbox.seedConnector({ emailDomain: 'example.com', status: 'verified', enabled: true });
    const result = await step({
      mode: 'disable',
      'email-domain': '',
      'connector-id': id,
      resolvers: '127.0.0.1:9',
      'authoritative-servers': '127.0.0.1:9',
    });
    expect(result).toMatchObject({
      exitCode: 0,
      outputs: { enabled: 'false', state: 'verified', changed: 'true' },
    });
    expect(requests()).toEqual([`PATCH ${base()}/${id}`]);
    expect(sandbox.authoritative.queries).toEqual([]);
    expect(sandbox.resolver.queries).toEqual([]);
  });

  it.each([
    ['disables', 'disable', true],
    ['enables', 'enable', false],
  ] as const)('%s with one PATCH when Cloudflare answers with a list', async (_, mode, before) => {
    const { id } = sandbox.seedConnector({ emailDomain: 'example.com', status: 'verified', enabled: before });
    sandbox.api.faults.add({ method: 'PATCH', carryOut: true, fault: resultInList });
    const result = await step({ mode, 'connector-id': id });
    expect(result).toMatchObject({ exitCode: 0, outputs: { enabled: String(!before), changed: 'true' } });
    expect(writes()).toEqual([`PATCH ${base()}/${id}`]);
  });

  it('disables by email domain, asks for it again the second time, and has changed nothing then', async () => {
    const seed = { emailDomain: 'example.com', status: 'verified', enabled: true } as const;
    const { id } = sandbox.seedConnector(seed);
    expect((await step({ mode: 'disable' })).outputs).toMatchObject({ enabled: 'false', changed: 'true' });
    expect((await step({ mode: 'disable' })).outputs).toMatchObject({ enabled: 'false', changed: 'false' });
    expect(writes()).toEqual(Array(2).fill(`PATCH ${base()}/${id}`));
  });

  it('refuses to delete an enabled connector, and deletes after disable, once', async () => {
    sandbox.seedConnector({ emailDomain: 'example.com', status: 'verified', enabled: true });
    const refused = await step({ mode: 'delete' });
    expect(refused.exitCode).toBe(1);
    expect(refused.stdout).toContain('disable, delete');
    expect(writes()).toEqual([]);
    const deleted = await step({ mode: 'disable, delete' });
    expect(deleted).toMatchObject({ exitCode: 0, outputs: { state: 'absent', changed: 'true' } });
    expect(sandbox.api.store.all()).toEqual([]);
    const again = await step({ mode: 'disable, delete' });
    expect(again).toMatchObject({ exitCode: 0, outputs: { state: 'absent', changed: 'false' } });
    expect(writes()).toHaveLength(2);
  });
});

describe('enable', () => {
  it.each([
    ['cloudflare-only', 'type cloudflare'],
    ['no-identity-provider', 'no identity provider'],
    ['no-organization', 'no Zero Trust organization'],
  ] as const)('changes nothing in an account that is as it is when new: %s', async (kind, saying) => {
    sandbox.changeAccount(NEW_ACCOUNTS[kind]);
    sandbox.seedConnector({ emailDomain: 'example.com', status: 'verified' });
    const result = await step({ mode: 'enable' });
    expect(result).toMatchObject({ exitCode: 1, outputs: { enabled: 'false', changed: 'false' } });
    expect(result.stdout).toContain(saying);
    expect(writes()).toEqual([]);
  });

  it('says in which account to look when another one has the domain enabled', async () => {
    const accountId = sandbox.addAccount();
    sandbox.seedConnector({ emailDomain: 'example.com', accountId, status: 'verified', enabled: true });
    sandbox.seedConnector({ emailDomain: 'example.com', status: 'verified' });
    const result = await step({ mode: 'enable' });
    expect(result).toMatchObject({ exitCode: 1, outputs: { state: 'verified', enabled: 'false' } });
    expect(result.stdout).toContain('is enabled in another account');
    expect(result.stdout).toContain('disable it there first');
    expect(result.stdout.indexOf('every user of example.com, in every Cloudflare account')).toBeGreaterThan(
      0,
    );
  });

  it('says so when the connector vanishes while it waits', async () => {
    const { id } = sandbox.seedConnector({ emailDomain: 'example.com', status: 'pending' });
    const running = runStep({
      with: { mode: 'enable', 'email-domain': 'example.com', 'api-url': sandbox.apiUrl, ...dns },
      env: { CLOUDFLARE_ACCOUNT_ID: sandbox.accountId, CLOUDFLARE_API_TOKEN: sandbox.apiToken },
      onLine(line) {
        if (line.includes('is verifying')) sandbox.api.store.delete(sandbox.accountId, id);
      },
    });
    const result = await running;
    expect(result).toMatchObject({ exitCode: 1, outputs: { state: 'absent' } });
    expect(result.stdout).toMatch(/is gone.*deleted/);
  });

  it('starts a failed verification again', async () => {
    const { id, verification } = sandbox.seedConnector({ emailDomain: 'example.com', status: 'failed' });
    sandbox.publishTxt('example.com', verification.code);
    const result = await step({ mode: 'enable' });
    expect(result.outputs).toMatchObject({ state: 'enabled' });
    expect(writes()[0]).toBe(`POST ${base()}/${id}/begin_verification`);
  });
});

describe('several domains', () => {
  it('come out as a list that a matrix can take', async () => {
    const result = await step({ mode: 'create', 'email-domain': 'one.example, two.example' });
    const list = JSON.parse(result.outputs['connectors'] ?? '');
    expect(list).toMatchObject([
      { email_domain: 'one.example', state: 'awaiting-dns', record_name: 'one.example', record_type: 'TXT' },
      { email_domain: 'two.example', state: 'awaiting-dns', record_name: 'two.example', record_type: 'TXT' },
    ]);
    expect(list[0].terraform_import).toContain(`id = "${sandbox.accountId}/${list[0].connector_id}"`);
  });
});
