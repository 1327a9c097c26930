import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../sandbox/index.ts';
import { runStep } from '../../sandbox/runner.ts';
import { readDocument } from '../real/documents.ts';
import { Terraform } from '../real/terraform.ts';
import { readConfiguration } from '../real/terraform-configuration.ts';
import { ProviderApi } from '../real/terraform-provider.ts';

let sandbox: Sandbox;
let zoneId: string;
let workspace: string;
let api: ProviderApi;
let terraform: Terraform;

beforeEach(async () => {
  sandbox = await startSandbox({ pollIntervalMs: 50 });
  zoneId = sandbox.hostZone({ name: 'example.com' });
  workspace = await mkdtemp(join(tmpdir(), 'workspace-'));
  api = new ProviderApi(sandbox.apiUrl, sandbox.apiToken);
  terraform = new Terraform(api);
});

afterEach(async () => {
  await sandbox.close();
  await rm(workspace, { recursive: true });
});

const FILE = 'cloudflare-sso.tf';
const CONNECTOR = 'cloudflare_sso_connector.example_com';
const RECORD = 'cloudflare_dns_record.sso_example_com';

/** A step that must succeed; resolves to its outputs. */
async function step(mode: string, inputs: Record<string, string> = {}): Promise<Record<string, string>> {
  const result = await runStep({
    with: {
      mode,
      'email-domain': 'example.com',
      'api-url': sandbox.apiUrl,
      resolvers: sandbox.resolver.address,
      'authoritative-servers': sandbox.authoritative.address,
      timeout: '20s',
      ...inputs,
    },
    env: { CLOUDFLARE_ACCOUNT_ID: sandbox.accountId, CLOUDFLARE_API_TOKEN: sandbox.apiToken },
    workspace,
  });
  expect(result).toMatchObject({ exitCode: 0, stderr: '' });
  return result.outputs;
}

const inTerraform = { 'record-format': 'terraform', 'record-file': FILE };
const read = (name: string) => readFile(join(workspace, name), 'utf8');

/** The root module with the file that the action has written, and with what somebody adds. */
async function withFile(more: Record<string, string> = {}) {
  const variables = { cloudflare_zone_ids: { 'example.com': zoneId, 'team.example.com': zoneId } };
  return readConfiguration({ [FILE]: await read(FILE), ...more }, variables);
}

type Configuration = Awaited<ReturnType<typeof readConfiguration>>;

async function planned(configuration: Configuration) {
  return (await terraform.plan(configuration)).actions.map(({ address, kind, changes }) => ({
    address,
    kind,
    changes,
  }));
}

async function apply(configuration: Configuration): Promise<void> {
  await terraform.apply(await terraform.plan(configuration));
}

const writes = () => api.exchanges.filter(({ method }) => method !== 'GET');
const theConnector = () => sandbox.api.store.list(sandbox.accountId)[0];
const IMPORTED = {
  address: CONNECTOR,
  kind: 'update',
  changes: { begin_verification: [null, true] },
} as const;

/** From the import on, nothing that the action does is anything to do for Terraform. */
async function staysInStep(configuration: () => Promise<Configuration>, publish: () => void): Promise<void> {
  expect(await planned(await configuration())).toEqual([]);
  publish();
  expect(await step('wait-for-dns, enable')).toMatchObject({ state: 'enabled', changed: 'true' });
  expect(theConnector()).toMatchObject({ enabled: true });
  expect(await planned(await configuration())).toEqual([]);
  await step('disable');
  expect(theConnector()).toMatchObject({ enabled: false });
  const written = writes().length;
  await apply(await configuration());
  expect(await planned(await configuration())).toEqual([]);
  expect(writes()).toHaveLength(written);
  expect(theConnector()).toMatchObject({ enabled: false });
}

describe('the file of record-format: terraform', () => {
  it('imports the connector, makes the record, and then has nothing to do, whoever enables or disables', async () => {
    await step('create', inTerraform);
    const before = theConnector();
    const first = await planned(await withFile());
    expect(first).toEqual([
      expect.objectContaining({ address: RECORD, kind: 'create' }),
      expect.objectContaining(IMPORTED),
    ]);
    await apply(await withFile());
    const path = `/accounts/${sandbox.accountId}/sso_connectors/${before?.id}`;
    expect(writes()).toMatchObject([
      { method: 'POST', path: `/zones/${zoneId}/dns_records`, status: 200 },
      { method: 'PATCH', path, body: { begin_verification: true }, status: 200 },
    ]);
    expect(theConnector()).toMatchObject({ id: before?.id, enabled: false });
    await staysInStep(withFile, () => undefined);
    expect(await step('create', inTerraform)).toMatchObject({ changed: 'false' });
    expect(await planned(await withFile())).toEqual([]);
  });

  it('leaves the FedRAMP language to the action', async () => {
    await step('create', { ...inTerraform, 'use-fedramp-language': 'true' });
    await apply(await withFile());
    expect(await planned(await withFile())).toEqual([]);
    expect(theConnector()).toMatchObject({ use_fedramp_language: true });
    await step('create', { ...inTerraform, 'use-fedramp-language': 'false' });
    expect(await planned(await withFile())).toEqual([]);
  });

  it('holds several domains', async () => {
    await step('create', { ...inTerraform, 'email-domain': 'example.com, team.example.com' });
    await apply(await withFile());
    expect(await planned(await withFile())).toEqual([]);
    expect(sandbox.api.store.list(sandbox.accountId)).toHaveLength(2);
  });

  it('takes over the record that publish-dns has made, by its ID', async () => {
    await step('create', inTerraform);
    const outputs = await step('publish-dns');
    await expect(apply(await withFile())).rejects.toThrow('81058');
    terraform = new Terraform(api);
    const id = `${outputs['zone-id']}/${outputs['record-id']}`;
    const withImport = () => withFile({ 'imports.tf': `import {\n  to = ${RECORD}\n  id = "${id}"\n}\n` });
    expect(await planned(await withImport())).toEqual([
      { address: RECORD, kind: 'import', changes: {} },
      IMPORTED,
    ]);
    await apply(await withImport());
    expect(await planned(await withImport())).toEqual([]);
    // The action finds it by that ID the next time, too.
    expect(await step('publish-dns')).toMatchObject({ 'record-id': outputs['record-id'], changed: 'false' });
  });

  it('brings in the new connector once the action has deleted the old one and made another', async () => {
    await step('create', inTerraform);
    await apply(await withFile());
    await step('delete, create', inTerraform);
    await apply(await withFile());
    expect(await planned(await withFile())).toEqual([]);
    expect(sandbox.api.store.list(sandbox.accountId)).toHaveLength(1);
    expect(await step('create', inTerraform)).toMatchObject({ changed: 'false', created: 'false' });
  });

  it('lets no apply replace the connector', async () => {
    await step('create', inTerraform);
    await apply(await withFile());
    const { resources, ...rest } = await withFile();
    const inCapitals = resources.map((one) =>
      one.type === 'cloudflare_sso_connector'
        ? { ...one, values: { ...one.values, email_domain: 'Example.COM' } }
        : one,
    );
    await expect(terraform.plan({ ...rest, resources: inCapitals })).rejects.toThrow('cannot be destroyed');
  });
});

describe('the tfvars file, with the resource as docs/terraform.md has it', () => {
  it('has nothing to do after the import, whoever enables or disables', async () => {
    const file = 'sso.auto.tfvars.json';
    const outputs = await step('create', { 'record-format': 'tfvars', 'record-file': file });
    const [main = ''] =
      /^resource "cloudflare_sso_connector"[\s\S]*?^}$/m.exec(readDocument('docs/terraform.md')) ?? [];
    const configuration = async () =>
      readConfiguration(
        { 'main.tf': main, 'imports.tf': outputs['terraform-import'] ?? '', [file]: await read(file) },
        { cloudflare_account_id: sandbox.accountId },
      );
    expect(await planned(await configuration())).toEqual([IMPORTED]);
    await apply(await configuration());
    expect(writes()).toMatchObject([{ method: 'PATCH', body: { begin_verification: true }, status: 200 }]);
    const { cloudflare_sso_txt_values: values } = JSON.parse(await read(file));
    // Another provider owns the zone and writes the RRset.
    await staysInStep(configuration, () => sandbox.zone.setTxt('@', values['example.com']));
  });
});

describe('what the documents warn of', () => {
  /** A configuration with this body of the connector, and its import. */
  async function ofConnector(body: string): Promise<Configuration> {
    const { 'terraform-import': imported = '' } = await step('create');
    const resource = `resource "cloudflare_sso_connector" "example_com" {
      account_id = "${sandbox.accountId}"
      ${body}
    }`;
    return readConfiguration({ 'main.tf': resource, 'imports.tf': imported });
  }

  it('a literal enabled takes SSO back after the action has enabled it', async () => {
    const generated = await ofConnector(
      'email_domain = "example.com"\nenabled = false\nuse_fedramp_language = false',
    );
    await apply(generated);
    expect(await planned(generated)).toEqual([]);
    sandbox.setStatus(theConnector()?.id ?? '', 'verified');
    await step('enable');
    expect(await planned(generated)).toMatchObject([{ kind: 'update', changes: { enabled: [true, false] } }]);
    await apply(generated);
    expect(theConnector()).toMatchObject({ enabled: false });
  });

  it.each([
    ['begin_verification', 'email_domain = "example.com"\nbegin_verification = true'],
    [
      'capitals',
      'email_domain = "Example.com"\nlifecycle {\n ignore_changes = [enabled, begin_verification]\n}',
    ],
  ])('an import replaces the connector whose configuration has %s', async (_, body) => {
    expect(await planned(await ofConnector(body))).toMatchObject([{ address: CONNECTOR, kind: 'replace' }]);
  });

  it('the default takes the FedRAMP language back where it is not ignored', async () => {
    const lifecycle = 'lifecycle {\n ignore_changes = [enabled, begin_verification]\n}';
    const configuration = await ofConnector(`email_domain = "example.com"\n${lifecycle}`);
    await apply(configuration);
    await step('create', { 'use-fedramp-language': 'true' });
    expect(await planned(configuration)).toMatchObject([
      { changes: { use_fedramp_language: [true, false] } },
    ]);
  });

  it('an import without its resource fails', async () => {
    const { 'terraform-import': imported = '' } = await step('create');
    const alone = await readConfiguration({ 'imports.tf': imported });
    await expect(terraform.plan(alone)).rejects.toThrow('import target');
  });
});

describe('the data source', () => {
  it('has ID, code and status, and writes nothing', async () => {
    const { 'connector-id': id, 'verification-code': code } = await step('create');
    const source = `data "cloudflare_sso_connector" "sso" {
      account_id       = "${sandbox.accountId}"
      sso_connector_id = "${id}"
    }`;
    const plan = await terraform.plan(await readConfiguration({ 'sso.tf': source }));
    expect(plan).toMatchObject({
      actions: [],
      data: { 'data.cloudflare_sso_connector.sso': { id, verification: { code, status: 'pending' } } },
    });
    await terraform.apply(plan);
    expect(writes()).toEqual([]);
  });
});

describe('a record in Terraform', () => {
  const ofRecord = (body: string) =>
    readConfiguration({
      'dns.tf': `resource "cloudflare_dns_record" "a" {\n zone_id = "${zoneId}"\n type = "TXT"\n ${body}\n}`,
    });

  it.each([
    ['quoted content', 'name = "example.com"\ncontent = "\\"text\\""\nttl = 1'],
    ['bare content', 'name = "example.com"\ncontent = "text"\nttl = 1'],
    ['the apex as @', 'name = "@"\ncontent = "text"\nttl = 120\ncomment = "c"'],
    ['a name without the zone', 'name = "sso"\ncontent = "text"\ntags = ["a:b"]'],
    ['two strings', `name = "sso"\ncontent = "\\"${'x'.repeat(255)}\\" \\"y\\""`],
  ])('has nothing more to do with %s', async (_, body) => {
    const configuration = await ofRecord(body);
    await apply(configuration);
    expect(await planned(configuration)).toEqual([]);
  });

  it.each([
    ['a dot at its end', 'name = "example.com."\ncontent = "text"', 'name'],
    ['a string over 255 bytes', `name = "sso"\ncontent = "\\"${'x'.repeat(300)}\\""`, 'content'],
  ])('is never done with %s', async (_, body, changed) => {
    const configuration = await ofRecord(body);
    await apply(configuration);
    await apply(configuration);
    const [action] = await planned(configuration);
    expect(Object.keys(action?.changes ?? {})).toEqual([changed]);
  });

  it('that somebody changed is replaced by PUT, and one that is gone is made again', async () => {
    const configuration = await ofRecord('name = "sso"\ncontent = "one"\ncomment = "c"');
    await apply(configuration);
    await apply(await ofRecord('name = "sso"\ncontent = "two"'));
    expect(writes().at(-1)).toMatchObject({ method: 'PUT', status: 200 });
    expect(await planned(configuration)).toMatchObject([{ changes: { content: ['two', 'one'] } }]);
    sandbox.withdrawTxt('sso.example.com', 'two');
    expect(await planned(configuration)).toMatchObject([{ kind: 'create' }]);
    await apply(configuration);
    await apply({ ...configuration, resources: [] });
    expect(writes().at(-1)).toMatchObject({ method: 'DELETE', status: 200 });
    expect(sandbox.zone.records.filter(({ name }) => name === 'sso.example.com')).toEqual([]);
  });
});
