import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from '@cdktf/hcl2json';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../sandbox/index.ts';
import { runStep } from '../../sandbox/runner.ts';
import { formatted } from '../real/opentofu.ts';
import { isSkipped } from '../real/real-tools.ts';

const ROUTE53 = `# DNS of example.com
resource "aws_route53_zone" "main" {
  name = "example.com"
}

resource "aws_route53_record" "txt" {
  zone_id = aws_route53_zone.main.zone_id
  name    = "" # the zone apex
  type    = "TXT"
  ttl     = 300
  records = [
    "v=spf1 -all", # mail goes nowhere
    "other"
  ]
}

resource "aws_route53_record" "www" {
  for_each = local.hosts
  zone_id  = aws_route53_zone.main.zone_id
  name     = each.key
  type     = "A"
  ttl      = 300
  records  = each.value
}
`;

let sandbox: Sandbox;
let workspace: string;
let path: string;

beforeEach(async () => {
  sandbox = await startSandbox();
  workspace = await mkdtemp(join(tmpdir(), 'workspace-'));
  path = join(workspace, 'route53.tf');
});

afterEach(async () => {
  await sandbox.close();
  await rm(workspace, { recursive: true });
});

function create(more: Record<string, string> = {}) {
  return runStep({
    with: {
      mode: 'create',
      'email-domain': 'example.com',
      'api-url': sandbox.apiUrl,
      resolvers: sandbox.resolver.address,
      'authoritative-servers': sandbox.authoritative.address,
      'record-format': 'terraform',
      'record-file': 'route53.tf',
      ...more,
    },
    env: { CLOUDFLARE_ACCOUNT_ID: sandbox.accountId, CLOUDFLARE_API_TOKEN: sandbox.apiToken },
    workspace,
  });
}

describe('record-format: terraform, in a file that people wrote', () => {
  it.each([
    ['as it is', ROUTE53],
    ['from Windows', `\uFEFF${ROUTE53.replaceAll('\n', '\r\n')}`],
  ])('adds exactly one string: %s', async (_, before) => {
    await writeFile(path, before);
    const dry = await create({ 'dry-run': 'true' });
    expect([dry.exitCode, await readFile(path, 'utf8')]).toEqual([0, before]);

    const first = await create();
    expect(first).toMatchObject({ exitCode: 0, stderr: '' });
    const code = first.outputs['verification-code'] ?? 'none';
    const after = await readFile(path, 'utf8');
    const expected = (await parse('route53.tf', before)) as {
      resource: { aws_route53_record: { txt: [{ records: string[] }] } };
    };
    expected.resource.aws_route53_record.txt[0].records.push(code);
    expect(await parse('route53.tf', after)).toEqual(expected);
    const kept = after.split('\n').filter((line) => !line.includes(code));
    expect(kept.join('\n').replace('"other",', '"other"')).toBe(before);

    const second = await create();
    expect(second).toMatchObject({ exitCode: 0, outputs: { changed: 'false' } });
    expect(await readFile(path, 'utf8')).toBe(after);
  });

  it.skipIf(isSkipped('tofu'))('leaves nothing to do for tofu fmt', async () => {
    await writeFile(path, ROUTE53);
    expect(formatted(ROUTE53)).toBe(ROUTE53);
    await create();
    const after = await readFile(path, 'utf8');
    expect(after).not.toBe(ROUTE53);
    expect(formatted(after)).toBe(after);
  });

  it.each([
    ['computed', ROUTE53.replace(/\[\n.*?\]/s, 'concat(local.spf, ["other"])'), '11:13'],
    ['no HCL', ROUTE53.replace('"other"', '"other" "another"'), '13:13'],
  ])('leaves a file as it is when it is %s, and names line and column', async (_, before, place) => {
    await writeFile(path, before);
    const { exitCode, stdout } = await create();
    expect(exitCode).toBe(1);
    expect(stdout).toContain(`route53.tf:${place}`);
    expect(await readFile(path, 'utf8')).toBe(before);
  });
});
