// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are templates of HCL.

import { globSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../sandbox/index.ts';
import { RECORD_COMMENT } from '../../src/domain/sso-record.ts';
import { tfvars } from '../../src/records/json/tfvars.ts';
import { readDocument } from '../real/documents.ts';
import { isSkipped, mustHaveRealTools } from '../real/real-tools.ts';
import { route53Text, zoneFileText } from '../real/route53-text.ts';
import { findProviders, type SavedPlan, startTerraform, type Terraform } from '../real/terraform-run.ts';
import { RECORD, target } from '../samples/record.ts';

const HOSTS = ['cloudflare-dns.tf', 'route53.tf', 'google-cloud-dns.tf', 'azure-dns.tf'];
const IDS_FILE = 'cloudflare-sso-ids.auto.tfvars.json';
const TXT_FILE = 'cloudflare-sso-txt.auto.tfvars.json';

/** Texts that people have beside the code, or could have. */
const ASCII: readonly string[] = [
  '',
  'v=spf1 exists:%{i}._spf.example.com -all',
  'v=DKIM1; k=rsa; p=MIGf',
  'say "hi"',
  'back\\slash \\" \\\\ \\303',
  '${path.module} $${x} $',
  '%{if true}x%{endif} %%{x} %',
  'tab\tand bell\u0007 and delete\u007f and\nline',
  ...[254, 255, 256, 418, 510, 511].map((length) => `${length} `.padEnd(length, 'abcdefghij')),
  '"'.repeat(256),
  '\\'.repeat(600),
];
const TEXTS = [...ASCII, 'grüße; "naïve" \\é', 'é'.repeat(200), '😀'.repeat(130), `${'a'.repeat(254)}é`];

let sandbox: Sandbox;
let terraform: Terraform;

const isWithout = isSkipped('tofu') || (findProviders() === undefined && !mustHaveRealTools());

it.runIf(mustHaveRealTools())(
  'the stand-in for the providers is installed, as REQUIRE_REAL_TOOLS says',
  () => {
    expect(findProviders()).toBeDefined();
  },
);

describe.skipIf(isWithout)('examples/terraform', () => {
  beforeEach(async () => {
    sandbox = await startSandbox({ pollIntervalMs: 20 });
    terraform = await startTerraform(sandbox);
  });

  afterEach(async () => {
    await Promise.all([sandbox.close(), terraform[Symbol.asyncDispose]()]);
  });

  /** Writes the configuration for one host, and what people and the action write beside it. */
  async function useHost(host: string, ids: readonly string[], texts?: readonly string[]): Promise<void> {
    const [zone] = sandbox.api.zones.all();
    await terraform.write({
      'main.tf': readDocument('examples/terraform/main.tf'),
      [host]: readDocument(`examples/terraform/${host}`),
      'terraform.tfvars': readDocument('examples/terraform/terraform.tfvars'),
      // What people change in it.
      'own.auto.tfvars.json': JSON.stringify({
        cloudflare_account_id: sandbox.accountId,
        cloudflare_zone_ids: { 'example.com': zone?.id },
      }),
    });
    await handOver(ids, texts);
  }

  async function handOver(ids: readonly string[], texts?: readonly string[]): Promise<void> {
    const record = texts && { ...RECORD, emailDomain: 'example.com', txtValues: texts };
    await terraform.write({
      [IDS_FILE]: JSON.stringify({ cloudflare_sso_connector_ids: ids }),
      ...(record && { [TXT_FILE]: tfvars.merge(undefined, record, target(TXT_FILE)) }),
    });
  }

  /** A plan that worked, and each change as `actions address`. */
  async function planned(...args: readonly string[]): Promise<readonly string[]> {
    return summary(await terraform.plan(...args));
  }

  function summary({ exitCode, stderr, changes }: SavedPlan): readonly string[] {
    expect(exitCode, stderr).toBe(0);
    return changes
      .map(({ address, change: { actions, importing } }) =>
        [importing && 'import', ...actions.filter((action) => action !== 'no-op'), address]
          .filter(Boolean)
          .join(' '),
      )
      .sort();
  }

  async function applied(): Promise<void> {
    const { exitCode, stderr } = await terraform.apply();
    expect(exitCode, stderr).toBe(0);
  }

  const writes = () =>
    sandbox.api.requests
      .filter(({ method }) => method !== 'GET')
      .map(({ method, path, body }) => [method, path.replace(/^.*\/(?=sso|dns)/, ''), body] as const);

  it('has one file for each host', () => {
    const names = globSync('examples/terraform/*').map((path) => path.slice('examples/terraform/'.length));
    expect(names.sort()).toEqual([...HOSTS, 'main.tf', 'terraform.tfvars'].sort());
  });

  it.each([
    ['cloudflare-dns.tf', []],
    ['route53.tf', ['hashicorp/aws']],
    ['google-cloud-dns.tf', ['hashicorp/google']],
    ['azure-dns.tf', ['hashicorp/azurerm']],
  ])('with %s requires the provider %s beside Cloudflare’s, and no other', async (host, others) => {
    await useHost(host, []);
    const { stdout } = await terraform.run('providers', '-no-color');
    const required = [...stdout.matchAll(/provider\[[\w.]+\/([\w/]+)\](.*)/g)];
    expect(required.map(([, name]) => name).sort()).toEqual(['cloudflare/cloudflare', ...others]);
    expect(required.find(([, name]) => name === 'cloudflare/cloudflare')?.[2]).toBe(' ~> 5.13');
  });

  /** The action enables, break glass disables, and so on: nothing that Terraform would undo. */
  async function staysAsItIs(id: string): Promise<void> {
    for (const change of [{ enabled: true }, { enabled: false }, { use_fedramp_language: true }]) {
      sandbox.api.store.update(sandbox.accountId, id, change);
      expect(await planned(), JSON.stringify(change)).toEqual([]);
    }
  }

  it('plans once what an import changes, then nothing, whatever the action and people do', async () => {
    const { id, verification } = sandbox.seedConnector({ emailDomain: 'example.com', status: 'verified' });
    await useHost('cloudflare-dns.tf', [id]);
    const record = `cloudflare_dns_record.sso_txt["${id}"]`;
    const connector = `cloudflare_sso_connector.sso["${id}"]`;
    const first = await terraform.plan();
    expect(summary(first)).toEqual([`create ${record}`, `import update ${connector}`]);
    const { before, after } = first.changes.find(({ address }) => address === connector)?.change ?? {};
    expect([before?.['begin_verification'], after?.['begin_verification']]).toEqual([null, true]);
    await applied();
    expect(
      writes().map(([method, path, body]) => [method, path.split('/')[0], JSON.parse(body ?? '')]),
    ).toEqual(
      expect.arrayContaining([
        ['PATCH', 'sso_connectors', { begin_verification: true }],
        [
          'POST',
          'dns_records',
          expect.objectContaining({ content: `"${verification.code}"`, comment: RECORD_COMMENT }),
        ],
      ]),
    );
    expect(writes()).toHaveLength(2);

    await staysAsItIs(id);
    const [plain, refreshOnly] = [await terraform.plan(), await terraform.plan('-refresh-only')];
    expect(plain.stdout).toContain('No changes');
    expect(refreshOnly.stdout).toContain('changed outside');
    expect(refreshOnly.drift).toEqual([connector]);
    expect(writes()).toHaveLength(2);
  });

  it('does so as well where another host has the records', async () => {
    const { id, verification } = sandbox.seedConnector({ emailDomain: 'example.com', status: 'verified' });
    await useHost('route53.tf', [id], ['v=spf1 -all', verification.code]);
    const imported = `import update cloudflare_sso_connector.sso["${id}"]`;
    expect(await planned()).toEqual(['create aws_route53_record.sso_txt["example.com"]', imported]);
    await applied();
    await staysAsItIs(id);
    expect(writes().map(([method]) => method)).toEqual(['PATCH']);
  });

  it('imports a connector that was deleted and made again, without a word to the state', async () => {
    const old = sandbox.seedConnector({ emailDomain: 'example.com', status: 'verified' });
    await useHost('cloudflare-dns.tf', [old.id]);
    await planned();
    await applied();
    sandbox.api.store.delete(sandbox.accountId, old.id);
    const made = sandbox.seedConnector({ emailDomain: 'example.com', status: 'pending' });
    await handOver([made.id]);
    expect(await planned()).toEqual([
      `create cloudflare_dns_record.sso_txt["${made.id}"]`,
      `delete cloudflare_dns_record.sso_txt["${old.id}"]`,
      `import update cloudflare_sso_connector.sso["${made.id}"]`,
    ]);
    await applied();
    expect(await planned()).toEqual([]);
    expect(sandbox.api.store.all().map(({ id }) => id)).toEqual([made.id]);
  });

  it('plans nothing at all when a connector is gone: Terraform creates none', async () => {
    const { id } = sandbox.seedConnector({ emailDomain: 'example.com', status: 'verified' });
    await useHost('cloudflare-dns.tf', [id]);
    await planned();
    await applied();
    const count = writes().length;
    sandbox.api.store.delete(sandbox.accountId, id);
    const failed = await terraform.plan();
    expect(failed.exitCode).toBe(1);
    expect(failed.stderr).toContain('data.cloudflare_sso_connector.sso');
    expect((await terraform.apply()).exitCode).toBe(1);
    expect(writes()).toHaveLength(count);
  });

  it('deletes no connector that is left out', async () => {
    const { id } = sandbox.seedConnector({ emailDomain: 'example.com', status: 'verified' });
    await useHost('cloudflare-dns.tf', [id]);
    await planned();
    await applied();
    await handOver([]);
    const { exitCode, stderr } = await terraform.plan();
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining('prevent_destroy')]);
  });

  it('has many email domains', async () => {
    const domains = ['example.com', 'example.net', 'example.org'];
    const ids = domains.map((emailDomain) => sandbox.seedConnector({ emailDomain, status: 'pending' }).id);
    await useHost('route53.tf', ids, ['v=spf1 -all']);
    const imports = ids.map((id) => `import update cloudflare_sso_connector.sso["${id}"]`);
    expect(await planned()).toEqual(['create aws_route53_record.sso_txt["example.com"]', ...imports].sort());
    await applied();
    expect(await planned()).toEqual([]);
  });

  /** What the plan would write at another host. */
  async function textsAt(host: string, texts: readonly string[]): Promise<Readonly<Record<string, unknown>>> {
    await useHost(host, [], texts);
    const plan = await terraform.plan();
    expect(summary(plan)).toHaveLength(1);
    await applied();
    expect(await planned()).toEqual([]);
    return plan.changes[0]?.change.after ?? {};
  }

  it('gives Route 53 every text, by the rules of Route 53', async () => {
    const { zone_id, name, records } = await textsAt('route53.tf', TEXTS);
    expect([zone_id, name]).toEqual(['Z00000000000000000000', 'example.com']);
    // The provider puts the outer quotes.
    const read = (records as readonly string[]).map((value) => route53Text(`"${value}"`));
    expect(read.sort()).toEqual(TEXTS.toSorted());
    expect(() => route53Text('"é"')).toThrow('rules');
    expect(() => route53Text(`"${'a'.repeat(256)}"`)).toThrow('256');
  });

  it('gives Google Cloud DNS every text, by the rules of a zone file, in order', async () => {
    const { managed_zone, name, rrdatas } = await textsAt('google-cloud-dns.tf', TEXTS);
    expect([managed_zone, name]).toEqual(['example-com', 'example.com.']);
    expect((rrdatas as readonly string[]).map(zoneFileText)).toEqual(TEXTS);
  });

  it('gives Azure DNS every text as it is, but none that its provider would cut inside a character', async () => {
    const texts = [...ASCII, 'grüße'];
    const { zone_name, name, record } = await textsAt('azure-dns.tf', texts);
    expect([zone_name, name]).toEqual(['example.com', '@']);
    const values = (record as readonly { readonly value: string }[]).map(({ value }) => value);
    expect(values.sort()).toEqual(texts.toSorted());
    await handOver([], ['é'.repeat(200)]);
    const { exitCode, stderr } = await terraform.plan();
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining('character')]);
  });

  it('names a domain below the zone by its label at Azure DNS', async () => {
    await useHost('azure-dns.tf', []);
    const text = tfvars.merge(
      undefined,
      { ...RECORD, emailDomain: 'eu.example.com', txtValues: ['a'] },
      target(TXT_FILE),
    );
    const zone = { resource_group_name: 'dns', zone_name: 'example.com' };
    await terraform.write({
      [TXT_FILE]: text,
      'zones.auto.tfvars.json': JSON.stringify({ azure_zones: { 'eu.example.com': zone } }),
    });
    expect((await terraform.plan()).changes[0]?.change.after).toMatchObject({ name: 'eu' });
  });
});
