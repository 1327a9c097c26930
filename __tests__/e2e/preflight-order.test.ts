import { access, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NEW_ACCOUNTS, type Sandbox, startSandbox } from '../../sandbox/index.ts';
import { runStep, type Step } from '../../sandbox/runner.ts';
import { expectNothingPersonal } from '../checks/nothing-personal.ts';
import { judgementOf, logLineOf, verdictsOf } from '../checks/preflight.ts';
import { SHIFTED_CLOCK } from '../real/preload.ts';
import { tokenWithout } from '../samples/guard-cases/worlds.ts';

let sandbox: Sandbox;
let workspace: string;

beforeEach(async () => {
  sandbox = await startSandbox({ pollIntervalMs: 50 });
  workspace = await mkdtemp(join(tmpdir(), 'workspace-'));
});
afterEach(async () => {
  await sandbox.close();
  await rm(workspace, { recursive: true });
});

function step(inputs: Record<string, string>, { env, ...rest }: Omit<Step, 'with'> = {}) {
  return runStep({
    with: {
      'email-domain': 'example.com',
      'api-url': sandbox.apiUrl,
      resolvers: sandbox.resolver.address,
      'authoritative-servers': sandbox.authoritative.address,
      ...inputs,
    },
    env: { CLOUDFLARE_ACCOUNT_ID: sandbox.accountId, CLOUDFLARE_API_TOKEN: sandbox.apiToken, ...env },
    workspace,
    ...rest,
  });
}

const requests = () => sandbox.api.requests.map(({ method, path }) => `${method} ${path}`);
const writes = () => requests().filter((request) => !request.startsWith('GET'));
const queries = () => [...sandbox.authoritative.queries, ...sandbox.resolver.queries];
const connectors = () => `/accounts/${sandbox.accountId}/sso_connectors`;

describe('before a refusal nothing is created, published, written or waited for', () => {
  const CHAINS = [
    'create, enable',
    'create, wait-for-dns, enable',
    'create, publish-dns, wait-for-dns, enable',
    'preflight, create, publish-dns, wait-for-dns, enable',
  ];
  const cells = CHAINS.flatMap((mode) => ['false', 'true'].map((dryRun) => ({ mode, dryRun })));

  it.each(cells)('in $mode, with dry-run: $dryRun', async ({ mode, dryRun }) => {
    sandbox.changeAccount(NEW_ACCOUNTS['cloudflare-only']);
    const record = { 'record-format': 'json', 'record-file': 'sso.json' };
    const result = await step({ mode, 'dry-run': dryRun, ...record });
    expect(result).toMatchObject({
      exitCode: 1,
      stderr: '',
      outputs: { state: 'absent', created: 'false', changed: 'false' },
    });
    expect(result.stdout).toMatch(/^::error [^\n]*identity-provider: [^\n]*type cloudflare/m);
    expect(verdictsOf(result)).toMatchObject({ 'identity-provider': 'refused' });
    expect(writes()).toEqual([]);
    expect(queries()).toEqual([]);
    expect(sandbox.api.store.all()).toEqual([]);
    await expect(access(join(workspace, 'sso.json'))).rejects.toThrow('ENOENT');
    expectNothingPersonal(result, sandbox);
  });

  it('if the connector is there and waits for its record', async () => {
    sandbox.changeAccount(NEW_ACCOUNTS['cloudflare-only']);
    const { id } = sandbox.seedConnector({ emailDomain: 'example.com' });
    const result = await step({ mode: 'create, publish-dns, wait-for-dns, enable' });
    expect(result).toMatchObject({
      exitCode: 1,
      outputs: { state: 'awaiting-dns', 'connector-id': id, enabled: 'false', changed: 'false' },
    });
    expect(result.summary).toMatch(/failed.*awaiting/s);
    expect([...writes(), ...queries()]).toEqual([]);
  });

  it('if the connector is given by its ID', async () => {
    sandbox.changeAccount(NEW_ACCOUNTS['no-organization']);
    const { id } = sandbox.seedConnector({ emailDomain: 'example.com' });
    const ofId = { 'email-domain': '', 'connector-id': id };
    const result = await step({ mode: 'publish-dns, wait-for-dns, enable', ...ofId });
    expect(result).toMatchObject({
      exitCode: 1,
      outputs: { state: 'awaiting-dns', 'connector-id': id, 'email-domain': 'example.com' },
    });
    expect([...writes(), ...queries()]).toEqual([]);
  });

  it('for each of several email domains, and the account is told once', async () => {
    sandbox.changeAccount(NEW_ACCOUNTS['cloudflare-only']);
    const result = await step({
      mode: 'create, wait-for-dns, enable',
      'email-domain': 'example.com, two.example, three.example',
    });
    expect(result).toMatchObject({ exitCode: 1, outputs: { state: 'absent', changed: 'false' } });
    expect(result.stdout.match(/^::error /gm)).toHaveLength(1);
    expect(result.stdout.match(/identity-provider refused/g)).toHaveLength(1);
    expect([...writes(), ...queries()]).toEqual([]);
  });

  it('if confirm-within could not see a sign-in', async () => {
    const blind = tokenWithout(sandbox, 'access-audit-logs:read');
    const inputs = { mode: 'create, wait-for-dns, enable', 'confirm-within': '5m' };
    const result = await step(inputs, { env: { CLOUDFLARE_API_TOKEN: blind } });
    expect(result.exitCode).toBe(1);
    expect(result.stdout).toMatch(/^::error .*confirm-within.*Access: Audit Logs: Read/m);
    expect([...writes(), ...queries()]).toEqual([]);
  });

  it('unless the step does not enable: create and wait-for-dns prepare a new account', async () => {
    sandbox.changeAccount(NEW_ACCOUNTS['cloudflare-only']);
    const result = await step({ mode: 'create' });
    expect(result).toMatchObject({ exitCode: 0, outputs: { created: 'true' } });
    expect(requests()).toEqual([`GET ${connectors()}`, `POST ${connectors()}`]);
  });
});

describe('right before the PATCH', () => {
  it('what was read more than a minute ago is read again, and refuses', async () => {
    const { id } = sandbox.seedConnector({ emailDomain: 'example.com', status: 'pending' });
    let hasBroken = false;
    const result = await step(
      { mode: 'enable', timeout: '10h' },
      {
        env: { NODE_OPTIONS: SHIFTED_CLOCK, CLOCK_RATE: '1000' },
        onLine(line) {
          if (!line.includes('is verifying') || hasBroken) return;
          hasBroken = true;
          sandbox.changeAccount(NEW_ACCOUNTS['cloudflare-only']);
          sandbox.setStatus(id, 'verified');
        },
      },
    );
    expect(hasBroken).toBe(true);
    expect(result).toMatchObject({ exitCode: 1, outputs: { state: 'verified', enabled: 'false' } });
    expect(verdictsOf(result)).toMatchObject({ 'identity-provider': 'refused' });
    expect(writes()).toEqual([]);
    // Told twice is only what has changed.
    expect(result.stdout.match(/identity-provider (passed|refused)/g)).toEqual([
      'identity-provider passed',
      'identity-provider refused',
    ]);
    logLineOf(result, judgementOf(result, 'zero-trust-organization'));
  });

  it('what was read less than a minute ago is not', async () => {
    sandbox.seedConnector({ emailDomain: 'example.com', status: 'verified' });
    expect((await step({ mode: 'enable' })).outputs).toMatchObject({ state: 'enabled' });
    const reads = requests().filter((one) => /identity_providers|members|verify/.test(one));
    expect(reads.length).toBe(new Set(reads).size);
  });
});

describe('a connector that is enabled already is not refused', () => {
  const BROKEN = {
    ...NEW_ACCOUNTS['no-organization'],
    members: [{ email: 'sam+x@example.com', roles: [] }],
    ssoApp: { isMissing: true },
  };

  it.each(['enable', 'create, wait-for-dns, enable', 'create, publish-dns, wait-for-dns, enable'])(
    'by any guard in %s, and nothing is changed',
    async (mode) => {
      const { verification, id } = sandbox.seedConnector({
        emailDomain: 'example.com',
        status: 'verified',
        enabled: true,
      });
      sandbox.publishTxt('example.com', verification.code);
      sandbox.changeAccount(BROKEN);
      const soon = new Date(Date.now() + 24 * 60 * 60 * 1000).toISOString();
      const apiToken = sandbox.addToken({ expiresOn: soon });
      const inputs = { mode, preflight: 'strict', 'confirm-within': '5m' };
      const result = await step(inputs, { env: { CLOUDFLARE_API_TOKEN: apiToken } });
      expect(result).toMatchObject({
        exitCode: 0,
        outputs: { state: 'enabled', enabled: 'true', changed: 'false', 'connector-id': id },
      });
      expect(writes()).toEqual([]);
      expect(requests().filter((one) => /access|members|verify/.test(one))).toEqual([]);
    },
  );

  it('and does not keep a new one of the same step from being judged', async () => {
    sandbox.seedConnector({ emailDomain: 'example.com', status: 'verified', enabled: true });
    sandbox.seedConnector({ emailDomain: 'two.example', status: 'verified' });
    sandbox.changeAccount(BROKEN);
    const result = await step({ mode: 'enable', 'email-domain': 'example.com, two.example' });
    expect(result.exitCode).toBe(1);
    expect(JSON.parse(result.outputs['connectors'] ?? '')).toMatchObject([
      { email_domain: 'example.com', state: 'enabled' },
      { email_domain: 'two.example', state: 'verified', preflight_report: { verdict: 'refused' } },
    ]);
    expect(writes()).toEqual([]);
  });
});
