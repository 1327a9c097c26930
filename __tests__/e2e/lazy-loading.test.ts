import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../sandbox/index.ts';
import { runStep } from '../../sandbox/runner.ts';

const DIST = fileURLToPath(new URL('../../dist/', import.meta.url));
const NAME = 'example.com';
const RECORD_VALUE = 'cloudflare_dashboard_sso=023e105f4ecef8ad9ca31a8372d0c353';

/** Writes down, as the process ends, which files of dist/ and which of Node.js' own modules it has loaded. */
const RECORDER = `process.on('exit', () => {
  const builtIn = process.moduleLoadList.filter((name) => name.startsWith('NativeModule '));
  const loaded = { files: Object.keys(require.cache), builtIn: builtIn.map((name) => name.slice(13)) };
  require('node:fs').writeFileSync(process.env.LOADED, JSON.stringify(loaded));
});\n`;

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'loaded-'));
  await writeFile(join(folder, 'recorder.cjs'), RECORDER);
});

afterAll(() => rm(folder, { recursive: true }));

/** What a step has loaded: Node.js' own modules, and files of dist/ by what is in them. */
async function loadedBy(inputs: Readonly<Record<string, string>>, exitCode: number) {
  const file = join(folder, 'loaded.json');
  const env = { NODE_OPTIONS: `--require ${join(folder, 'recorder.cjs')}`, LOADED: file };
  const step = await runStep({ with: inputs, env, workspace: folder });
  expect(step.exitCode, step.stdout).toBe(exitCode);
  const { files, builtIn } = JSON.parse(await readFile(file, 'utf8')) as Record<
    'files' | 'builtIn',
    string[]
  >;
  const names = files.filter((path) => path.startsWith(DIST)).map((path) => basename(path));
  const texts = await Promise.all(names.map((name) => readFile(join(DIST, name), 'utf8')));
  const parts = Object.entries(PARTS).filter(([, mark]) => texts.some((text) => text.includes(mark)));
  return { names, builtIn, parts: parts.map(([part]) => part) };
}

/** Words that only one part of the source or of a package has. */
const PARTS = {
  dns: 'RECURSION_DESIRED',
  modes: 'async function concludeCheck',
  http: 'class HttpSession',
  'schemas of answers': 'vendor: "valibot"',
  'DNS over HTTPS': 'application/dns-message',
  formats: 'RECORD_FORMATS = ',
  YAML: 'parseDocument',
  workspace: 'function openWorkspace',
  GitHub: 'octokit',
} as const;

const OF_HTTP = ['http', 'https', 'http2', 'tls', '_http_client', 'assert'];

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox({ pollIntervalMs: 50 });
  sandbox.publishTxt(NAME, RECORD_VALUE);
});

afterAll(() => sandbox.close());

const dns = () => ({
  'email-domain': NAME,
  resolvers: sandbox.resolver.address,
  'authoritative-servers': sandbox.authoritative.address,
  timeout: '0',
});
const account = () => ({
  'account-id': sandbox.accountId,
  'api-token': sandbox.apiToken,
  'api-url': sandbox.apiUrl,
});

describe('what a step loads', () => {
  it('is in dist/, part by part', async () => {
    const names = (await readdir(DIST)).filter((name) => name.endsWith('.js'));
    const texts = await Promise.all(names.map((name) => readFile(join(DIST, name), 'utf8')));
    for (const [part, mark] of Object.entries(PARTS))
      expect(
        texts.some((text) => text.includes(mark)),
        part,
      ).toBe(true);
  });

  it('is one file, and no module for HTTP or for programs, when an input is wrong', async () => {
    const { names, builtIn } = await loadedBy({ mode: 'wrong' }, 1);
    expect(names).toEqual(['index.js']);
    for (const one of [...OF_HTTP, 'child_process', 'dns/promises']) expect(builtIn).not.toContain(one);
  });

  it('is nothing but DNS for one look at a record', async () => {
    const look = { ...dns(), mode: 'wait-for-dns', 'verification-code': RECORD_VALUE };
    const { parts, builtIn } = await loadedBy(look, 0);
    expect(parts).toEqual(['dns']);
    for (const one of [...OF_HTTP, 'dns/promises']) expect(builtIn).not.toContain(one);
  });

  it('is the client of the API, and no file format, for a mode that asks Cloudflare', async () => {
    sandbox.seedConnector({ emailDomain: NAME, status: 'verified' });
    const { parts, builtIn } = await loadedBy({ ...dns(), ...account(), mode: 'disable' }, 0);
    expect(parts).toEqual(['dns', 'modes', 'http', 'schemas of answers']);
    expect(builtIn).toContain('https');
  });

  it('is a file format, and the workspace, when a record file is written', async () => {
    await writeFile(join(folder, 'example.com.yaml'), '---\n');
    const file = { 'record-format': 'octodns', 'record-file': 'example.com.yaml' };
    await writeFile(join(folder, file['record-file']), 'www: {type: A, value: 192.0.2.1}\n');
    const { parts } = await loadedBy({ ...dns(), ...account(), ...file, mode: 'create' }, 0);
    expect(parts).toEqual(['dns', 'modes', 'http', 'schemas of answers', 'formats', 'YAML', 'workspace']);
  });
});
