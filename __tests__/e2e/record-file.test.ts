import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../sandbox/index.ts';
import { runStep } from '../../sandbox/runner.ts';

const BARE = '$TTL 300\n@ SOA ns1 host 7 7200 3600 1209600 300\n@ NS ns1\nns1 A 192.0.2.1\n';
const WILDCARD = `$ORIGIN example.com.\n${BARE}* MX 10 mx.example.net.\n`;
const WWW = 'www:\n  type: A\n  value: 192.0.2.1\n';

let sandbox: Sandbox;
let workspace: string;

beforeEach(async () => {
  sandbox = await startSandbox();
  workspace = await mkdtemp(join(tmpdir(), 'workspace-'));
});

afterEach(async () => {
  await sandbox.close();
  await rm(workspace, { recursive: true });
});

async function given(files: Readonly<Record<string, string | Buffer>>): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(workspace, name)), { recursive: true });
    await writeFile(join(workspace, name), content);
  }
}

function create(inputs: Record<string, string>) {
  return runStep({
    with: {
      mode: 'create',
      'email-domain': 'corp.example.com',
      'api-url': sandbox.apiUrl,
      resolvers: sandbox.resolver.address,
      'authoritative-servers': sandbox.authoritative.address,
      ...inputs,
    },
    env: { CLOUDFLARE_ACCOUNT_ID: sandbox.accountId, CLOUDFLARE_API_TOKEN: sandbox.apiToken },
    workspace,
  });
}

const writes = () => sandbox.api.requests.filter(({ method }) => method !== 'GET');
const everything = async () => (await readdir(workspace, { recursive: true })).toSorted();

describe('a file that cannot take the record', () => {
  it.each([
    [
      'that a wildcard would lose',
      'bind',
      'example.com.zone',
      { 'example.com.zone': WILDCARD },
      'zone:6:1',
      'MX',
    ],
    [
      'of a zone that is a guess',
      'bind',
      'zone',
      { zone: `${BARE}corp CNAME ns1\n` },
      'zone:5:1',
      'record-zone',
    ],
    [
      'of a zone that is a guess',
      'octodns',
      'zones/all.yaml',
      { 'zones/all.yaml': WWW },
      'all.yaml:1:1',
      'record-zone: example.com',
    ],
    ['that is not there', 'bind', 'zonez/example.com', {}, 'zonez/example.com', 'not exist'],
    ['that is not there', 'octodns', 'zonez/example.com.yaml', {}, 'example.com.yaml', 'not exist'],
    [
      'that is not UTF-8',
      'octodns',
      'example.com.yaml',
      { 'example.com.yaml': Buffer.from([0x23, 0xe9]) },
      ':1:2',
      'UTF-8',
    ],
    [
      'of somebody else',
      'dnscontrol',
      'dnsconfig.js',
      { 'dnsconfig.js': 'D("example.com", R);\n' },
      ':1:1',
      'require',
    ],
  ] as const)(
    'makes no connector, and stays as it is: one %s, as %s',
    async (_, format, path, files, place, fact) => {
      await given(files);
      const before = await everything();
      for (const dryRun of ['true', 'false']) {
        const result = await create({ 'record-format': format, 'record-file': path, 'dry-run': dryRun });
        expect(result.exitCode).toBe(1);
        expect(result.stdout).toContain(place);
        expect(result.stdout).toContain(fact);
      }
      expect(writes()).toEqual([]);
      expect(await everything()).toEqual(before);
      for (const [name, content] of Object.entries(files)) {
        expect(Buffer.compare(await readFile(join(workspace, name)), Buffer.from(content))).toBe(0);
      }
    },
  );
});

describe('a file whose zone is stated or plain', () => {
  it.each([
    ['bind', 'db.external', BARE, 'example.com', '\ncorp TXT "'],
    ['bind', 'soa.inc', '$TTL 60\n@ SOA ns1 host 7 1 1 1 60\n', 'example.com', '\ncorp TXT "'],
    ['octodns', 'zones/base.yaml', WWW, 'example.com', 'corp:\n  type: TXT'],
    [
      'octodns',
      'zones/example.com./corp.yaml',
      'corp:\n  type: A\n  value: 192.0.2.1\n',
      '',
      'corp:\n  - type: A',
    ],
    ['dnscontrol', 'sso.js', '', 'example.com!external', 'D_EXTEND("example.com!external", TXT("corp",'],
  ])('gets the record once, as %s: %s', async (format, path, before, zone, written) => {
    await given({ [path]: before });
    const inputs = { 'record-format': format, 'record-file': path, 'record-zone': zone };
    const first = await create(inputs);
    expect(first).toMatchObject({ exitCode: 0, stderr: '' });
    const after = await readFile(join(workspace, path), 'utf8');
    expect(after).toContain(written);
    expect(after).toContain(first.outputs['verification-code']);
    const second = await create(inputs);
    expect(second.exitCode).toBe(0);
    expect(second.stdout).toContain('already');
    expect(await readFile(join(workspace, path), 'utf8')).toBe(after);
  });

  it('may be the file of several email domains', async () => {
    await given({ 'db.external': BARE });
    const result = await create({
      'email-domain': 'corp.example.com, eu.example.com, example.com',
      'record-format': 'bind',
      'record-file': 'db.external',
      'record-zone': 'example.com',
    });
    expect(result.exitCode).toBe(0);
    const text = await readFile(join(workspace, 'db.external'), 'utf8');
    for (const owner of ['corp', 'eu', '@']) expect(text).toMatch(new RegExp(`\\n${owner} +TXT "`));
  });
});

describe('the log', () => {
  it.each([
    ['json', 'sso.json', undefined, 'new file'],
    ['bind', 'forward.db', BARE, 'zone corp.example.com'],
    ['octodns', 'base.yaml', '---\n', 'zone corp.example.com'],
  ])('says what is not plain, as %s: %s', async (format, path, before, fact) => {
    if (before !== undefined) await given({ [path]: before });
    const result = await create({ 'record-format': format, 'record-file': path });
    expect(result.exitCode).toBe(0);
    expect(result.stdout).toMatch(new RegExp(`Wrote.*${path}.*${fact}`));
  });
});

describe('a name that lives from a wildcard', () => {
  it('is warned of where the format sees no zone, until it has records of its own', async () => {
    sandbox.zone.add({ name: '*.example.com', type: 'A', data: '192.0.2.1' });
    const inputs = { 'record-format': 'json', 'record-file': 'sso.json', 'dry-run': 'true' };
    const first = await create(inputs);
    expect(first.exitCode).toBe(0);
    expect(first.stdout).toMatch(/^::warning .*corp\.example\.com.*\(A\)/m);
    sandbox.zone.add({ name: 'corp.example.com', type: 'A', data: '192.0.2.1' });
    const second = await create(inputs);
    expect(second.exitCode).toBe(0);
    expect(second.stdout).not.toContain('::warning');
    expect(sandbox.resolver.queries).toEqual([]);
  });
});
