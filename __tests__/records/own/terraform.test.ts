// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are templates of HCL.
import { parse } from '@cdktf/hcl2json';
import { describe, expect, it } from 'vitest';
import { RECORD_COMMENT } from '../../../src/domain/sso-record.ts';
import { importBlock, terraform } from '../../../src/records/own/terraform.ts';
import { textWith } from '../../checks/facts.ts';
import { HOSTILE_CODES, RECORD, target } from '../../samples/record.ts';

const TARGET = target('cloudflare-sso.tf');
const EU = { ...RECORD, emailDomain: 'eu-1.example.com', connectorId: undefined };

/** The file as HCL's own parser reads it. */
function read(text: string): Promise<Record<string, unknown>> {
  return parse('cloudflare-sso.tf', text);
}

/** hcl2json writes strings as templates of Terraform's JSON, where `${` is escaped. */
function plain(template: unknown): string {
  return String(template).replaceAll('$${', '${').replaceAll('%%{', '%{');
}

async function contentOf(text: string, name: string): Promise<string> {
  const { resource } = (await read(text)) as {
    resource: { cloudflare_dns_record: Record<string, [{ content: string }]> };
  };
  return plain(resource.cloudflare_dns_record[name]?.[0].content);
}

/** What the version before wrote for these domains. */
function former(...domains: readonly string[]): string {
  const regions = domains.map((domain) => {
    const alone = terraform.render({ ...RECORD, emailDomain: domain, connectorId: undefined });
    const record = alone.replace(RECORD_COMMENT, 'Cloudflare dashboard SSO');
    return `# begin ${domain}\n${record}\n${importBlock('acc0', 'con0', domain)}# end ${domain}\n`;
  });
  return `# Written by cloudflare-dashboard-sso-connector, which changes the lines between "begin" and "end".
# Declare elsewhere: variable "cloudflare_zone_ids" { type = map(string) }, which maps each domain to its zone ID.
# Each import needs a resource: write one, or run terraform plan -generate-config-out=sso-connectors.tf

${regions.join('\n')}`;
}

/** The names of the connectors that a file has as resources. */
async function connectorsIn(text: string): Promise<readonly string[]> {
  const { resource } = (await read(text)) as { resource: { cloudflare_sso_connector?: object } };
  return Object.keys(resource.cloudflare_sso_connector ?? {});
}

describe('a file that an earlier version wrote', () => {
  it('becomes what this version would have written', () => {
    const both = { ...RECORD, emailDomain: 'other.example' };
    const first = terraform.merge(former('example.com', 'other.example'), RECORD, TARGET);
    const now = terraform.merge(terraform.merge(undefined, RECORD, TARGET), both, TARGET);
    expect(terraform.merge(first, both, TARGET)).toBe(now);
    expect(terraform.merge(now, RECORD, TARGET)).toBe(now);
  });

  it('keeps what people wrote around, also with CRLF', async () => {
    const own = 'resource "cloudflare_dns_record" "mine" {\n  name = "x"\n}\n';
    const text = `${former('example.com')}\n# note\n${own}`;
    for (const current of [text, text.replaceAll('\n', '\r\n')]) {
      const merged = terraform.merge(current, RECORD, TARGET);
      expect(merged.replaceAll('\r\n', '\n')).toContain(`# end example.com\n\n# note\n${own}`);
      expect(merged.includes('\r')).toBe(current.includes('\r'));
      expect(await connectorsIn(merged)).toEqual(['example_com']);
      expect(terraform.merge(merged, RECORD, TARGET)).toBe(merged);
    }
  });

  it('keeps the regions of other domains as they were', async () => {
    const merged = terraform.merge(former('example.com', 'other.example'), RECORD, TARGET);
    expect(await connectorsIn(merged)).toEqual(['example_com']);
    expect(merged).toContain(importBlock('acc0', 'con0', 'other.example'));
  });

  it.each(['', '\n# begin other.example\n# end other.example\n'])(
    'keeps the resource that people wrote for the import, and gets no second one',
    async (behind) => {
      const own = 'resource "cloudflare_sso_connector" "example_com" {\n  account_id = var.id\n}\n';
      for (const current of [`${former('example.com')}${behind}\n${own}`, `${former()}${behind}${own}`]) {
        const merged = terraform.merge(current, RECORD, TARGET);
        expect(await connectorsIn(merged)).toEqual(['example_com']);
        expect(merged).toContain(own);
        expect(merged).toContain(importBlock('acc0', 'con0', 'example.com'));
        expect(terraform.merge(merged, RECORD, TARGET)).toBe(merged);
      }
    },
  );

  it('gets its own where the other is a comment, or for another domain', async () => {
    const others = '# resource "cloudflare_sso_connector" "example_com" {}\n';
    const nearly = 'resource "cloudflare_sso_connector" "example_com_old" {\n}\n';
    const merged = terraform.merge(`${former('example.com')}\n${others}${nearly}`, RECORD, TARGET);
    expect((await connectorsIn(merged)).toSorted()).toEqual(['example_com', 'example_com_old']);
  });
});

describe('terraform', () => {
  it('writes a record, the import of its connector, and the connector that no apply switches', async () => {
    expect(await read(terraform.merge(undefined, RECORD, TARGET))).toEqual({
      resource: {
        cloudflare_dns_record: {
          sso_example_com: [
            {
              zone_id: '${var.cloudflare_zone_ids["example.com"]}',
              name: 'example.com',
              type: 'TXT',
              content: `"${RECORD.verificationCode}"`,
              ttl: 1,
              comment: RECORD_COMMENT,
            },
          ],
        },
        cloudflare_sso_connector: {
          example_com: [
            {
              account_id: 'acc0',
              email_domain: 'example.com',
              lifecycle: [
                {
                  ignore_changes: ['${enabled}', '${begin_verification}', '${use_fedramp_language}'],
                  prevent_destroy: true,
                },
              ],
            },
          ],
        },
      },
      import: [{ to: '${cloudflare_sso_connector.example_com}', id: 'acc0/con0' }],
    });
  });

  it.each([
    ['connectorId', { ...RECORD, connectorId: undefined }],
    ['accountId', { ...RECORD, accountId: undefined }],
  ])('writes the record alone without %s', async (_, record) => {
    const written = await read(terraform.render(record));
    expect(written).not.toHaveProperty('import');
    expect(written).not.toHaveProperty('resource.cloudflare_sso_connector');
  });

  it('says beside the blocks what an import sends, and what makes it replace the connector', () => {
    const comments = terraform
      .render(RECORD)
      .split('\n')
      .filter((line) => line.trimStart().startsWith('#'));
    expect(comments).toEqual([
      textWith('begin_verification', 'once', 'import'),
      textWith('begin_verification', 'email_domain', 'capitals', 'replace'),
      textWith('emergency', 'apply'),
    ]);
  });

  it.each(HOSTILE_CODES)('writes %j as plain text', async (verificationCode) => {
    const text = terraform.merge(undefined, { ...RECORD, verificationCode }, TARGET);
    const inner = verificationCode.replaceAll(/["\\]/g, '\\$&');
    expect(await contentOf(text, 'sso_example_com')).toBe(`"${inner}"`);
  });

  it('keeps the other domains, replaces its own, and changes nothing the second time', async () => {
    const both = terraform.merge(terraform.merge(undefined, RECORD, TARGET), EU, TARGET);
    const changed = terraform.merge(both, { ...RECORD, verificationCode: 'new' }, TARGET);
    expect(await contentOf(changed, 'sso_example_com')).toBe('"new"');
    expect(await contentOf(changed, 'sso_eu-1_example_com')).toBe(`"${RECORD.verificationCode}"`);
    expect(terraform.merge(both, RECORD, TARGET)).toBe(both);
  });

  it('names what is imported so that no two domains share a name and none starts with a digit', async () => {
    const domains = ['a-b.com', 'a.b.com', '1a.com'];
    const text = domains.map((domain) => importBlock('a', 'c', domain)).join('\n');
    expect((await read(text))['import']).toEqual([
      { to: '${cloudflare_sso_connector.a-b_com}', id: 'a/c' },
      { to: '${cloudflare_sso_connector.a_b_com}', id: 'a/c' },
      { to: '${cloudflare_sso_connector._1a_com}', id: 'a/c' },
    ]);
  });

  it('recognises a file from an earlier version by its first line', () => {
    const earlier = `# Written by cloudflare-dashboard-sso-connector, which changes the lines between "begin" and "end".
# Elsewhere: variable "cloudflare_zone_ids" { type = map(string) }, from each domain to the ID of its zone.

# begin example.com
# end example.com
`;
    const [head = '', tail = ''] = earlier.split('# end');
    expect(terraform.merge(earlier, RECORD, TARGET)).toBe(`${head}${terraform.render(RECORD)}# end${tail}`);
  });

  it('refuses a file that somebody else wrote', () => {
    expect(() => terraform.merge('resource "x" "y" {}\n', RECORD, TARGET)).toThrow(
      expect.objectContaining({ line: 1, column: 1, hint: expect.stringContaining('cloudflare-sso.tf') }),
    );
  });
});
