// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are templates of HCL.
import { parse } from '@cdktf/hcl2json';
import { describe, expect, it } from 'vitest';
import { importBlock, terraform } from '../../../src/records/own/terraform.ts';
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

describe('terraform', () => {
  it('writes a record and the import of its connector', async () => {
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
              comment: 'Cloudflare dashboard SSO',
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
  ])('imports nothing without %s', async (_, record) => {
    expect(await read(terraform.render(record))).not.toHaveProperty('import');
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
