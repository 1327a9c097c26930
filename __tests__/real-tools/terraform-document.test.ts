// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are templates of HCL.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Sandbox, type SsoConnector, startSandbox } from '../../sandbox/index.ts';
import { RECORD_COMMENT } from '../../src/domain/sso-record.ts';
import { importBlock } from '../../src/records/own/terraform.ts';
import { terraform as terraformFormat } from '../../src/records/terraform/terraform.ts';
import { readDocument } from '../real/documents.ts';
import { isSkipped, mustHaveRealTools } from '../real/real-tools.ts';
import { findProviders, type SavedPlan, startTerraform, type Terraform } from '../real/terraform-run.ts';
import { target } from '../samples/record.ts';

const ADDRESS = 'cloudflare_sso_connector.example_com';
const RECORD_ADDRESS = 'cloudflare_dns_record.sso_example_com';
const isWithout = isSkipped('tofu') || (findProviders() === undefined && !mustHaveRealTools());

/** The blocks of docs/terraform.md, in their order. */
const blocks = [...readDocument('docs/terraform.md').matchAll(/```hcl\n([\s\S]*?)```/g)].map(
  ([, block = '']) => block,
);
const [list = '', data = '', imported = '', moduleImport = '', record = '', moved = '', removed = ''] =
  blocks;
/** The import and the resource, each alone. */
const [, justImport = '', resource = ''] = /^(import [\s\S]*?\n}\n)\n(resource[\s\S]*)$/.exec(imported) ?? [];

describe.skipIf(isWithout)('docs/terraform.md', () => {
  let sandbox: Sandbox;
  let terraform: Terraform;
  let connector: SsoConnector;

  beforeEach(async () => {
    sandbox = await startSandbox({ pollIntervalMs: 20 });
    terraform = await startTerraform(sandbox);
    connector = sandbox.seedConnector({ emailDomain: 'example.com', status: 'verified' });
  });

  afterEach(async () => {
    await Promise.all([sandbox.close(), terraform[Symbol.asyncDispose]()]);
  });

  /** Writes a root module that declares and sets the variables which its text names. */
  async function write(
    text: string,
    others: Readonly<Record<string, string | undefined>> = {},
  ): Promise<void> {
    const values: Record<string, string> = {
      cloudflare_account_id: sandbox.accountId,
      cloudflare_sso_connector_id: connector.id,
      cloudflare_zone_id: sandbox.api.zones.all()[0]?.id ?? '',
      cloudflare_record_id: recordId(),
      cloudflare_verification_code: connector.verification.code,
    };
    const used = [...new Set([...text.matchAll(/var\.(\w+)/g)].map(([, name = '']) => name))];
    const declared = used.map((name) => `variable "${name}" {\n  type = string\n}\n`);
    await terraform.write({
      'main.tf': text,
      'versions.tf': `terraform {\n  required_providers {\n    cloudflare = {\n      source = "cloudflare/cloudflare"\n    }\n  }\n}\n${declared.join('')}`,
      'given.auto.tfvars.json': JSON.stringify(Object.fromEntries(used.map((name) => [name, values[name]]))),
      ...others,
    });
  }

  function recordId(): string {
    const [zone] = sandbox.api.zones.all();
    const records = zone ? sandbox.api.zones.records(zone.id) : [];
    return records.find(({ shown }) => shown.content === `"${connector.verification.code}"`)?.shown.id ?? '';
  }

  function summary({ exitCode, stderr, changes }: SavedPlan): readonly string[] {
    expect(exitCode, stderr).toBe(0);
    return changes.map(({ address, change: { actions, importing } }) =>
      [importing && 'import', ...actions.filter((action) => action !== 'no-op'), address]
        .filter(Boolean)
        .join(' '),
    );
  }

  const planned = async () => summary(await terraform.plan());

  async function applied(): Promise<void> {
    const { exitCode, stderr } = await terraform.apply();
    expect(exitCode, stderr).toBe(0);
  }

  const changesSent = () =>
    sandbox.api.requests.flatMap(({ method, body }) => (method === 'GET' ? [] : [`${method} ${body ?? ''}`]));

  it('has the blocks that are run here, and no others', () => {
    const starts = blocks.map((block) => /^[^\n]*\n( {2}(?:to|from) [^\n]*)?/.exec(block)?.[0].trim());
    expect(starts).toEqual([
      'data "cloudflare_sso_connectors" "all" {',
      'data "cloudflare_sso_connector" "example_com" {',
      `import {\n  to = ${ADDRESS}`,
      `import {\n  to = module.sso.${ADDRESS}`,
      `import {\n  to = ${RECORD_ADDRESS}`,
      `moved {\n  from = ${ADDRESS}`,
      `removed {\n  from = ${ADDRESS}`,
    ]);
    expect(importBlock('acc0', 'con0', 'example.com')).toBe(justImport.replace(/"\$.*"/, '"acc0/con0"'));
  });

  it('finds the connector by its email domain, says if there is none, and writes nothing', async () => {
    sandbox.seedConnector({ emailDomain: 'example.org', status: 'pending' });
    await write(list);
    const plan = await terraform.plan();
    expect(summary(plan)).toEqual([]);
    const { id, verification } = connector;
    expect(plan.outputs).toEqual({ sso: { id, enabled: false, ...verification } });
    await applied();
    expect(changesSent()).toEqual([]);
    sandbox.api.store.delete(sandbox.accountId, id);
    const without = await terraform.plan();
    expect([without.exitCode, without.outputs['sso'] ?? null]).toEqual([0, null]);
  });

  it('reads, and writes nothing', async () => {
    await write(data);
    const plan = await terraform.plan();
    expect(summary(plan)).toEqual([]);
    const { code, status } = connector.verification;
    expect(plan.outputs).toEqual({ sso: { enabled: false, code, status } });
    await applied();
    expect(changesSent()).toEqual([]);
  });

  it('imports with one request, and nothing later; not without the resource', async () => {
    await write(justImport);
    expect((await terraform.plan()).stderr).toContain('import');
    await write(imported);
    expect(await planned()).toEqual([`import update ${ADDRESS}`]);
    await applied();
    expect(changesSent()).toEqual(['PATCH {"begin_verification":true}']);
    sandbox.api.store.update(sandbox.accountId, connector.id, { enabled: true, use_fedramp_language: true });
    expect(await planned()).toEqual([]);
  });

  it('imports into a module from the root, and only from there', async () => {
    const inModule = (text: string) => ({
      'sso/main.tf': `terraform {\n  required_providers {\n    cloudflare = {\n      source = "cloudflare/cloudflare"\n    }\n  }\n}\nvariable "cloudflare_account_id" {\n  type = string\n}\n${text}`,
    });
    const call =
      'module "sso" {\n  source = "./sso"\n  cloudflare_account_id = var.cloudflare_account_id\n}\n';
    await write(call + moduleImport, inModule(resource));
    await terraform.run('get');
    expect(await planned()).toEqual([`import update module.sso.${ADDRESS}`]);
    const literal = importBlock(sandbox.accountId, connector.id, 'example.com');
    await write(call, inModule(literal + resource));
    expect((await terraform.plan()).stderr).toContain('root module');
  });

  it.each([
    ['begin_verification = true', 'lifecycle'],
    ['begin_verification = false', 'lifecycle'],
  ])('warns rightly of %s without the lifecycle', async (argument) => {
    const bare = imported.replace(/\n {2}lifecycle \{[\s\S]*\n {2}\}\n/, `\n  ${argument}\n`);
    expect(bare).not.toContain('ignore_changes');
    await write(bare);
    expect(await planned()).toEqual([`import delete create ${ADDRESS}`]);
  });

  it('warns rightly of another spelling, which prevent_destroy stops', async () => {
    await write(imported.replace('"example.com"', '"Example.com"'));
    const stopped = await terraform.plan();
    expect([stopped.exitCode, stopped.stderr]).toEqual([1, expect.stringContaining('prevent_destroy')]);
    await write(imported.replace('"example.com"', '"Example.com"').replace(/ {4}prevent_destroy.*\n/, ''));
    expect(await planned()).toEqual([`import delete create ${ADDRESS}`]);
  });

  it.each([
    ['enabled', '  enabled      = false\n'],
    ['use_fedramp_language', ''],
  ])('warns rightly of %s that is not ignored', async (attribute, argument) => {
    const ignored = imported.replace(new RegExp(`(?<=ignore_changes.*)(?:, )?${attribute}(?:, )?`), '');
    await write(ignored.replace(/^( {2}email_domain.*\n)/m, `$1${argument}`));
    await planned();
    await applied();
    sandbox.api.store.update(sandbox.accountId, connector.id, { [attribute]: true });
    const plan = await terraform.plan();
    expect(summary(plan)).toEqual([`update ${ADDRESS}`]);
    expect(plan.changes[0]?.change.after).toMatchObject({ [attribute]: false });
  });

  it('imports the record that publish-dns has added, whose second creation fails', async () => {
    const [zone] = sandbox.api.zones.all();
    const response = await fetch(`${sandbox.apiUrl}/zones/${zone?.id}/dns_records`, {
      method: 'POST',
      headers: { authorization: `Bearer ${sandbox.apiToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        type: 'TXT',
        name: 'example.com',
        content: `"${connector.verification.code}"`,
        ttl: 1,
        comment: RECORD_COMMENT,
      }),
    });
    expect(response.status).toBe(200);
    await write(record.replace(/^import [\s\S]*?\n}\n/, ''));
    expect(await planned()).toEqual([`create ${RECORD_ADDRESS}`]);
    expect((await terraform.apply()).stderr).toContain('identical');
    await write(record);
    expect(await planned()).toEqual([`import ${RECORD_ADDRESS}`]);
    await applied();
    expect(await planned()).toEqual([]);
  });

  it('says what happens after a connector was deleted and made again, and how it goes on', async () => {
    await write(imported);
    await planned();
    await applied();
    sandbox.api.store.delete(sandbox.accountId, connector.id);
    connector = sandbox.seedConnector({ emailDomain: 'example.com', status: 'verified' });
    await write(imported);
    expect(await planned()).toEqual([`create ${ADDRESS}`]);
    expect((await terraform.apply()).stderr).toContain('409');
    const [, ...command] = /^terraform (state rm .*)$/m.exec(readDocument('docs/terraform.md')) ?? [];
    await terraform.run(...command.join().split(' '));
    expect(await planned()).toEqual([`import update ${ADDRESS}`]);
  });

  it.each([
    ['check', 0],
    ['postcondition', 1],
  ])('is right that a %s on the ID comes too late', async (kind, exitCode) => {
    const body = `condition = $.id == "${connector.id}"\n error_message = "another one"\n}\n`;
    const check = `check "same" {\n assert {\n ${body.replace('$', ADDRESS)}}\n`;
    const postcondition = imported.replace(
      'lifecycle {\n',
      `lifecycle {\n postcondition {\n ${body.replace('$', 'self')}`,
    );
    await write(kind === 'check' ? imported + check : postcondition);
    await planned();
    await applied();
    sandbox.api.store.delete(sandbox.accountId, connector.id);
    expect(await planned()).toEqual([`create ${ADDRESS}`]);
    const late = await terraform.apply();
    expect([late.exitCode, late.stdout + late.stderr]).toEqual([
      exitCode,
      expect.stringContaining('another one'),
    ]);
    expect(changesSent().at(-1)).toMatch(/^POST /);
  });

  it('moves from the single resource to that of the example', async () => {
    await write(imported);
    await planned();
    await applied();
    const main = readDocument('examples/terraform/main.tf');
    const ids = JSON.stringify({ cloudflare_sso_connector_ids: [connector.id] });
    await terraform.write({
      'main.tf': `${main}\n${moved.replace('0123456789abcdef0123456789abcdef', connector.id)}`,
      'versions.tf': undefined,
      'ids.auto.tfvars.json': ids,
    });
    const plan = await terraform.plan();
    expect(summary(plan)).toEqual([]);
    expect(plan.stdout).toContain('has moved');
  });

  it('lets go of the connector, which deleting the block would delete', async () => {
    await write(imported);
    await planned();
    await applied();
    await write('');
    expect(await planned()).toEqual([`delete ${ADDRESS}`]);
    await write(removed);
    expect(await planned()).toEqual([`forget ${ADDRESS}`]);
    await applied();
    expect(sandbox.api.store.all().map(({ id }) => id)).toEqual([connector.id]);
    expect((await terraform.run('state', 'list')).stdout).toBe('');
  });

  /** What the action knows of the record. */
  const facts = () => ({
    emailDomain: 'example.com',
    verificationCode: connector.verification.code,
    accountId: sandbox.accountId,
    connectorId: connector.id,
    txtValues: undefined,
  });

  it('keeps the record in a module, apart from the import', async () => {
    const requires =
      'terraform {\n  required_providers {\n    cloudflare = {\n      source = "cloudflare/cloudflare"\n    }\n  }\n}\n';
    const records = `variable "zone_id" {
  type = string
}

resource "cloudflare_dns_record" "spf" {
  zone_id = var.zone_id
  name    = "example.com"
  type    = "TXT"
  content = "\\"v=spf1 mx -all\\""
  ttl     = 1
}
`;
    const call = 'module "dns" {\n  source  = "./dns"\n  zone_id = var.cloudflare_zone_id\n}\n';
    await write(imported + call, {
      'dns/versions.tf': requires,
      'dns/records.tf': terraformFormat.merge(records, facts(), target('dns/records.tf')),
    });
    await terraform.run('get');
    expect((await planned()).toSorted()).toEqual([
      'create module.dns.cloudflare_dns_record.spf',
      `create module.dns.${RECORD_ADDRESS}`,
      `import update ${ADDRESS}`,
    ]);
    await applied();
    expect(await planned()).toEqual([]);
  });

  it('is about the file that record-format: terraform writes, too', async () => {
    const { id } = connector;
    const text = terraformFormat.merge(undefined, facts(), target('cloudflare-sso.tf'));
    // As its first lines say.
    const [variable = ''] = /variable "\w+" \{.*?\}/.exec(text) ?? [];
    const zones = { 'example.com': sandbox.api.zones.all()[0]?.id };
    await write(variable, {
      'cloudflare-sso.tf': text,
      'zones.auto.tfvars.json': JSON.stringify({ cloudflare_zone_ids: zones }),
    });
    expect(await planned()).toEqual([`create ${RECORD_ADDRESS}`, `import update ${ADDRESS}`]);
    await applied();
    sandbox.api.store.update(sandbox.accountId, id, { enabled: true });
    expect(await planned()).toEqual([]);
    sandbox.api.store.update(sandbox.accountId, id, { enabled: false });
    expect(await planned()).toEqual([]);
  });
});
