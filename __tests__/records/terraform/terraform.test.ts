// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are templates of HCL.
import { parse } from '@cdktf/hcl2json';
import { describe, expect, it } from 'vitest';
import { parseRecordZone } from '../../../src/domain/record-zone.ts';
import { RECORD_COMMENT } from '../../../src/domain/sso-record.ts';
import { terraform } from '../../../src/records/terraform/terraform.ts';
import { facts } from '../../checks/facts.ts';
import { formatted } from '../../real/opentofu.ts';
import { isSkipped } from '../../real/real-tools.ts';
import { HOSTILE_CODES, RECORD, target } from '../../samples/record.ts';

const CODE = RECORD.verificationCode;
const CORP = { ...RECORD, emailDomain: 'corp.example.com' };

function merge(text: string, { record = RECORD, zone = '' } = {}): string {
  const stated = zone === '' ? undefined : parseRecordZone(zone);
  return terraform.merge(text, record, { ...target('dns.tf'), zone: stated });
}

/** All strings of a file, as HCL's own parser reads them, with the path to each. */
async function stringsOf(text: string): Promise<readonly string[]> {
  const strings: string[] = [];
  const walk = (value: unknown, path: string): void => {
    if (typeof value === 'object' && value !== null) {
      // The place in a list is left out: a new item does not move the others.
      for (const [key, inner] of Object.entries(value))
        walk(inner, Array.isArray(value) ? path : `${path}.${key}`);
    } else strings.push(`${path}=${String(value)}`);
  };
  walk(await parse('dns.tf', text), '');
  return strings.toSorted();
}

/** What the file has after the merge and had not before it. Nothing may be lost. */
async function added(before: string, after: string): Promise<readonly string[]> {
  const rest = [...(await stringsOf(after))];
  for (const string of await stringsOf(before)) {
    const index = rest.indexOf(string);
    expect(index, string).toBeGreaterThanOrEqual(0);
    rest.splice(index, 1);
  }
  return rest;
}

const route53 = (records: string, more = '') => `resource "aws_route53_record" "txt" {
  zone_id = var.zone_id
  name    = "example.com"
  type    = "TXT"
  ttl     = 300
${records}
}
${more}`;
const google = (rrdatas: string) => `resource "google_dns_record_set" "txt" {
  managed_zone = var.zone
  name         = "example.com."
  type         = "TXT"

${rrdatas}
}
`;
const azure = (records: string) => `resource "azurerm_dns_txt_record" "txt" {
  name                = "@"
  zone_name           = "example.com"
  resource_group_name = "dns"
  ttl                 = 300

${records}
}
`;
const cloudflare = (
  more = '',
  type = 'cloudflare_dns_record',
  content = 'content',
) => `resource "${type}" "spf" {
  zone_id = var.zone_id
  name    = "example.com"
  type    = "TXT"
  ${content} = "\\"v=spf1 -all\\""
  ttl     = 3600
}
${more}`;

/** What stands in the file before and after, by what is special about it. */
const LISTS: Readonly<Record<string, readonly [string, string]>> = {
  'one line': [route53('  records = ["a"]'), route53(`  records = ["a", "${CODE}"]`)],
  'one line with a comment': [
    route53('  records = ["a"] # b]'),
    route53(`  records = ["a", "${CODE}"] # b]`),
  ],
  'one line and a comma': [route53('  records = ["a",]'), route53(`  records = ["a", "${CODE}",]`)],
  'one line without spaces': [route53('  records=["a","b"]'), route53(`  records=["a","b","${CODE}"]`)],
  'spaces inside': [route53('  records = [ "a", "b" ]'), route53(`  records = [ "a", "b", "${CODE}" ]`)],
  'no value': [route53('  records = []'), route53(`  records = ["${CODE}"]`)],
  'no value on two lines': [route53('  records = [\n  ]'), route53(`  records = [\n    "${CODE}",\n  ]`)],
  'a line each': [
    route53('  records = [\n    "a",\n    "b",\n  ]'),
    route53(`  records = [\n    "a",\n    "b",\n    "${CODE}",\n  ]`),
  ],
  'a line each, no last comma': [
    route53('  records = [\n    "a",\n    "b"\n  ]'),
    route53(`  records = [\n    "a",\n    "b",\n    "${CODE}"\n  ]`),
  ],
  'comments that end lines': [
    route53('  records = [ # texts ["\n    "a", # SPF "\n    "b", // ]\n    # the end\n  ]'),
    route53(`  records = [ # texts ["\n    "a", # SPF "\n    "b", // ]\n    "${CODE}",\n    # the end\n  ]`),
  ],
  'a comment and no last comma': [
    route53('  records = [\n    "aa", # a\n    "b"   # b\n  ]'),
    route53(`  records = [\n    "aa", # a\n    "b",  # b\n    "${CODE}"\n  ]`),
  ],
  'a comment over lines': [
    route53('  records = ["a" /* "\n ] */,\n  ]'),
    route53(`  records = ["a" /* "\n ] */,\n    "${CODE}",\n  ]`),
  ],
  'the bracket behind the last value': [
    route53('  records = ["a",\n  "b"]'),
    route53(`  records = ["a",\n  "b", "${CODE}"]`),
  ],
  'the first value beside the bracket': [
    route53('  records = ["a",\n  ]'),
    route53(`  records = ["a",\n    "${CODE}",\n  ]`),
  ],
  'several values on a line': [
    route53('  records = [\n    "a", "b",\n  ]'),
    route53(`  records = [\n    "a", "b",\n    "${CODE}",\n  ]`),
  ],
  'commas that start lines': [
    route53('  records = [\n    "a"\n    , "b"\n  ]'),
    route53(`  records = [\n    "a"\n    , "b",\n    "${CODE}"\n  ]`),
  ],
  tabs: [route53('\trecords = [\n\t\t"a",\n\t]'), route53(`\trecords = [\n\t\t"a",\n\t\t"${CODE}",\n\t]`)],
  'a heredoc at the end': [
    route53('  records = [\n    "a",\n    <<EOT\n"]\nEOT\n  ]'),
    route53(`  records = [\n    "${CODE}",\n    "a",\n    <<EOT\n"]\nEOT\n  ]`),
  ],
  'a heredoc and a comma': [
    route53('  records = [\n    <<EOT\n"]\nEOT\n    , "a",\n  ]'),
    route53(`  records = [\n    <<EOT\n"]\nEOT\n    , "a",\n    "${CODE}",\n  ]`),
  ],
  'texts that look like code': [
    route53('  records = ["$${a}]", "\\"", "%%{if}", "# \\\\"]'),
    route53(`  records = ["$\${a}]", "\\"", "%%{if}", "# \\\\", "${CODE}"]`),
  ],
  'a heredoc before it': [
    `locals {\n  x = <<-E\n    resource "aws_route53_record" "txt" { records = ["\${"}"}"\n  E\n}\n${route53('  records = ["a"]')}`,
    `locals {\n  x = <<-E\n    resource "aws_route53_record" "txt" { records = ["\${"}"}"\n  E\n}\n${route53(`  records = ["a", "${CODE}"]`)}`,
  ],
  'of Google': [google('  rrdatas = ["\\"a\\""]'), google(`  rrdatas = ["\\"a\\"", "\\"${CODE}\\""]`)],
  'of Azure': [
    azure('  record {\n    value = "a"\n  }'),
    azure(`  record {\n    value = "a"\n  }\n  record {\n    value = "${CODE}"\n  }`),
  ],
  'of Azure, one line each': [
    azure('  record { value = "a" } # }\n\n  tags = {}'),
    azure(`  record { value = "a" } # }\n  record { value = "${CODE}" }\n\n  tags = {}`),
  ],
  'of Azure, with a comment over lines': [
    azure('  record { value = "a" } /* }\n } */'),
    azure(`  record { value = "a" } /* }\n } */\n  record { value = "${CODE}" }`),
  ],
};

describe('the list of values', () => {
  it.each(Object.entries(LISTS))('gets one more and keeps its style: %s', async (_, [before, after]) => {
    expect(merge(before)).toBe(after);
    expect(await added(before, after)).toEqual([expect.stringContaining(CODE)]);
    expect(merge(after)).toBe(after);
  });

  it.each(Object.entries(LISTS))(
    'keeps CRLF, and a file that ends without a line break: %s',
    (_, [before, after]) => {
      const windows = (text: string) => text.trimEnd().replaceAll('\n', '\r\n');
      expect(merge(windows(before))).toBe(windows(after));
    },
  );

  it.each(HOSTILE_CODES)('has %j as a plain text, in all quotings', async (verificationCode) => {
    const record = { ...RECORD, verificationCode };
    for (const [, [before]] of Object.entries(LISTS)) {
      const after = merge(before, { record });
      expect(await added(before, after)).toHaveLength(1);
      expect(merge(after, { record })).toBe(after);
    }
  });

  it('has a long text as strings of at most 255 bytes, as each provider wants it', async () => {
    const long = { ...RECORD, verificationCode: `${'x'.repeat(255)}" "\\` };
    const of = async (before: string) =>
      (await added(before, merge(before, { record: long })))[0]?.replace(/^[^=]*=/, '');
    const head = 'x'.repeat(255);
    expect(await of(route53('  records = ["a"]'))).toBe(`${head}""\\" \\"\\\\`);
    expect(await of(google('  rrdatas = ["a"]'))).toBe(`"${head}" "\\" \\"\\\\"`);
    expect(await of(azure('  record { value = "a" }'))).toBe(`${head}" "\\`);
  });

  it.each([
    route53(`  records = ["a", "${CODE}"]`),
    route53(`  records = ["${CODE.slice(0, 9)}\\"\\"${CODE.slice(9)}"]`),
    route53(`  records = [var.a, "${CODE}"]`),
    google(`  rrdatas = ["\\"${CODE}\\""]`),
    google(`  rrdatas = ["${CODE}"]`),
    azure(`  record {\n    value = "${CODE}"\n  }`),
    cloudflare().replace('v=spf1 -all', CODE),
    cloudflare().replace('"\\"v=spf1 -all\\""', `"${CODE}"`),
    cloudflare().replace('v=spf1 -all', CODE).replace('"example.com"', 'var.domain'),
  ])('stays as it is when it has the value: %s', (text) => {
    expect(merge(text)).toBe(text);
  });
});

const zone = (type: string, name: string, argument = 'name') =>
  `resource "${type}" "main" {\n  ${argument} = "${name}"\n}\n`;

describe('the name', () => {
  const named = (name: string, zoneId = 'var.zone_id') =>
    route53('  records = ["a"]').replace('"example.com"', name).replace('var.zone_id', zoneId);
  const inZone = 'aws_route53_zone.main.zone_id';

  it.each([
    ['written out', RECORD, named('"example.com"'), ''],
    ['in capitals with a dot', RECORD, named('"Example.COM."'), ''],
    [
      'empty in a zone of the file',
      RECORD,
      named('""', inZone) + zone('aws_route53_zone', 'example.com'),
      '',
    ],
    [
      'relative to a zone of the file',
      CORP,
      named('"corp"', inZone) + zone('aws_route53_zone', 'example.com.'),
      '',
    ],
    [
      'that of a zone of the file',
      RECORD,
      named('aws_route53_zone.main.name') + zone('aws_route53_zone', 'example.com'),
      '',
    ],
    [
      'made from that of a zone',
      CORP,
      named('"corp.${aws_route53_zone.main.name}"') + zone('aws_route53_zone', 'example.com'),
      '',
    ],
    [
      'of a resource that is called one',
      RECORD,
      named('resource.aws_route53_zone.main.name') + zone('aws_route53_zone', 'example.com'),
      '',
    ],
    [
      'of a data source',
      RECORD,
      named('data.aws_route53_zone.main.name') +
        zone('aws_route53_zone', 'example.com').replace('resource', 'data'),
      '',
    ],
    ['empty in a stated zone', RECORD, named('""'), 'example.com'],
    ['relative to a stated zone', CORP, named('"corp"'), 'example.com'],
    [
      'of Google, from its zone',
      RECORD,
      google('  rrdatas = ["\\"a\\""]').replace('"example.com."', 'google_dns_managed_zone.main.dns_name') +
        zone('google_dns_managed_zone', 'example.com.', 'dns_name'),
      '',
    ],
    [
      'of Azure, from its zone',
      RECORD,
      azure('  record { value = "a" }').replace('"example.com"', 'azurerm_dns_zone.main.name') +
        zone('azurerm_dns_zone', 'example.com'),
      '',
    ],
    ['of Azure, below it', CORP, azure('  record { value = "a" }').replace('"@"', '"corp"'), ''],
  ])('is found: %s', async (_, record, text, stated) => {
    const after = merge(text, { record, zone: stated });
    expect(await added(text, after)).toEqual([expect.stringContaining(CODE)]);
  });

  it.each([
    ['in an unknown zone', RECORD, named('""'), '', 1, 'record-zone'],
    ['below an unknown zone', CORP, named('"corp"'), '', 1, 'record-zone'],
    [
      'of Azure in an unknown zone',
      RECORD,
      azure('  record { value = "a" }').replace('"example.com"', 'var.z'),
      '',
      1,
      'record-zone',
    ],
    ['of a variable', RECORD, named('var.domain'), '', 3, 'name'],
    ['of a variable in a text', RECORD, named('"${var.domain}"'), '', 3, 'name'],
    [
      '@, which Route 53 does not have',
      RECORD,
      named('"@"', inZone) + zone('aws_route53_zone', 'example.com'),
      '',
      1,
      'example.com',
    ],
    [
      'the same label in another zone',
      CORP,
      named('"corp"', inZone) + zone('aws_route53_zone', 'example.net'),
      '',
      1,
      'corp.example.com',
    ],
    ['only similar', RECORD, named('"myexample.com"'), '', 1, 'example.com'],
    ['of another type', RECORD, named('"example.com"').replace('"TXT"', '"MX"'), '', 1, 'example.com'],
    ['of a computed type', RECORD, named('"example.com"').replace('"TXT"', 'var.type'), '', 4, 'type'],
  ])('is not taken: %s', (_, record, text, stated, line, fact) => {
    expect(() => merge(text, { record, zone: stated })).toThrow(
      expect.objectContaining({ line, hint: expect.stringContaining('tfvars') }),
    );
    expect(() => merge(text, { record, zone: stated })).toThrow(
      expect.objectContaining({ name: 'UnreadableTextError' }),
    );
    const thrown = thrownBy(() => merge(text, { record, zone: stated }));
    expect(thrown).toMatch(facts(fact));
  });
});

describe('a private zone', () => {
  const inZone = (name: string) =>
    route53('  records = ["a"]')
      .replace('"txt"', `"${name}"`)
      .replace('var.zone_id', `aws_route53_zone.${name}.id`);
  const zones = (mark: string) =>
    `resource "aws_route53_zone" "public" {\n  name = "example.com"\n}\nresource "aws_route53_zone" "private" {\n  name = "example.com"\n${mark}\n}\n`;

  it.each(['  vpc {\n    vpc_id = var.vpc\n  }', '  private_zone = true', '  visibility = "private"'])(
    'is not the one that is meant: %s',
    (mark) => {
      const rest = inZone('private') + zones(mark);
      expect(merge(inZone('public') + rest)).toBe(
        inZone('public').replace('["a"]', `["a", "${CODE}"]`) + rest,
      );
      expect(() => merge(rest)).toThrow(expect.objectContaining({ name: 'UnreadableTextError' }));
    },
  );

  it('is looked for by what the file says', () => {
    const both = inZone('public') + inZone('private') + zones('  private_zone = false');
    expect(() => merge(both)).toThrow(expect.objectContaining({ line: 8 }));
  });
});

/** Message and hint of an error. */
function thrownBy(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    return error instanceof Error && 'hint' in error ? `${error.message} ${error.hint}` : String(error);
  }
  return 'nothing was thrown';
}

describe('what is not literal', () => {
  it.each([
    ['the list', route53('  records = concat(["a"],\n    var.b)'), 'concat(["a"], var.b)', '[ "…" ]'],
    ['a long list', route53(`  records = concat(${'a'.repeat(90)})`), `concat(${'a'.repeat(53)}…`, '[ "…" ]'],
    ['a value', route53('  records = ["a", var.b]'), 'var.b', '[ "…" ]'],
    ['a block', azure('  record {\n    value = var.a\n  }'), 'var.a', 'in quotes'],
  ])('is shown, with what is changed: %s', (_, text, seen, changed) => {
    expect(thrownBy(() => merge(text))).toMatch(facts('not literal', seen, changed, "the action's docs/"));
  });

  it.each([
    ['a local', route53('  records = local.texts'), 6, 13],
    ['a variable', route53('  records = var.texts'), 6, 13],
    ['a module', route53('  records = module.mail.texts'), 6, 13],
    ['a function', route53('  records = concat(["a"], var.b)'), 6, 13],
    ['a condition', route53('  records = var.a ? ["a"] : ["b"]'), 6, 13],
    ['a for expression', route53('  records = [for x in var.y : x]'), 6, 13],
    ['a part of a list', route53('  records = var.y[*].text'), 6, 13],
    ['a value', route53('  records = ["a", var.b]'), 6, 19],
    ['a template', route53('  records = ["a", "${var.b}"]'), 6, 19],
    ['a directive', route53('  records = ["%{if x}a%{endif}"]'), 6, 14],
    ['a heredoc with a template', route53('  records = [<<E\n${var.a}\nE\n  ]'), 6, 14],
    ['for_each', route53('  records  = ["a"]\n  for_each = var.x'), 7, 3],
    ['count', route53('  records = ["a"]\n  count   = 2'), 7, 3],
    ['no list', route53('  alias {\n    name = "x"\n  }'), 1, 1],
    [
      'changes that are ignored',
      route53('  records = ["a"]\n  lifecycle {\n    ignore_changes = [ttl, records]\n  }'),
      8,
      5,
    ],
    [
      'all changes that are ignored',
      route53('  records = ["a"]\n  lifecycle {\n    ignore_changes = all\n  }'),
      8,
      5,
    ],
    ['a value of Google', google('  rrdatas = ["\\"${var.a}\\""]'), 6, 14],
    ['no list of Google', google('  routing_policy {\n  }'), 1, 1],
    ['a block of Azure', azure('  record {\n    value = var.a\n  }'), 8, 13],
    [
      'dynamic blocks',
      azure(
        '  record {\n    value = "a"\n  }\n  dynamic "record" {\n    for_each = var.x\n    content {\n      value = record.value\n    }\n  }',
      ),
      10,
      3,
    ],
    ['no block of Azure', azure(''), 1, 1],
    ['a second resource', route53('  records = ["a"]') + route53('  records = ["b"]'), 8, 1],
    [
      'a module alone',
      'locals {}\nmodule "records" {\n  source  = "terraform-aws-modules/route53/aws"\n  records = []\n}\n',
      2,
      1,
    ],
    ['nothing', '# empty\n', 1, 1],
  ])('is left as it is, with the place: %s', (_, text, line, column) => {
    expect(() => merge(text)).toThrow(
      expect.objectContaining({ line, column, hint: expect.stringContaining('tfvars') }),
    );
  });

  it.each([
    ['HCL', 'resource "a" "b" {\n  c = [1 2]\n}\n', 2, 10],
    ['HCL, at its end', `${route53('  records = ["a"]')}resource {\n`, 8, 10],
    ['a quote', 'a = "\n', 1, 5],
  ])('is refused when it is no %s', (_, text, line, column) => {
    expect(() => merge(text)).toThrow(expect.objectContaining({ line, column }));
  });

  it("is refused as Terraform's JSON", () => {
    expect(() => terraform.merge('{}\n', RECORD, target('dns.tf.json'))).toThrow(
      expect.objectContaining({ line: 1, hint: expect.stringContaining('tfvars') }),
    );
  });
});

describe('at Cloudflare', () => {
  const resource = (
    name: string,
    zoneId = 'var.zone_id',
    content = 'content',
    type = 'cloudflare_dns_record',
  ) => `
resource "${type}" "${name}" {
  zone_id = ${zoneId}
  name    = "example.com"
  type    = "TXT"
  ${content.padEnd(7)} = "\\"${CODE}\\""
  ttl     = 1
  comment = "Cloudflare dashboard SSO, made by a GitHub Action"
}
`;

  it('gets a resource beside the TXT record that is there', () => {
    const rest = '\nresource "x" "y" {}\n';
    expect(merge(cloudflare(rest))).toBe(cloudflare(`${resource('sso_example_com')}${rest}`));
  });

  it('has the argument, the zone and the provider that its neighbour has', () => {
    const before = cloudflare('', 'cloudflare_record', 'value  ').replace(
      'var.zone_id',
      'data.cloudflare_zone.x["a"].id',
    );
    const expected = resource(
      'sso_example_com',
      'data.cloudflare_zone.x["a"].id',
      'value',
      'cloudflare_record',
    );
    expect(merge(before)).toBe(before + expected);
    const aliased = before.replace('  zone_id', '  provider = cloudflare.eu\n\n  zone_id');
    expect(merge(aliased)).toContain('\n  provider = cloudflare.eu\n  zone_id  = data');
  });

  it('has the comment that publish-dns sends too', () => {
    expect(merge(cloudflare())).toContain(`comment = "${RECORD_COMMENT}"`);
  });

  it('takes a name that is free', () => {
    const taken = cloudflare(
      resource('sso_example_com').replace(CODE, 'old') + resource('sso_example_com_2').replace(CODE, 'older'),
    );
    expect(merge(taken)).toBe(taken + resource('sso_example_com_3'));
  });

  const www = cloudflare().replace('"example.com"', '"www.example.com"').replace('"TXT"', '"CNAME"');
  const relative = www.replace('"www.example.com"', '"www"');

  it.each([
    ['a whole name below the domain', RECORD, www, ''],
    [
      'its zone',
      CORP,
      relative.replace('var.zone_id', 'cloudflare_zone.main.id') + zone('cloudflare_zone', 'example.com'),
      '',
    ],
    [
      'its zone, in version 4',
      CORP,
      relative.replace('var.zone_id', 'cloudflare_zone.main.id') +
        zone('cloudflare_zone', 'example.com', 'zone'),
      '',
    ],
    ['record-zone', CORP, relative, 'example.com'],
  ])('gets its first TXT record when the zone is known by %s', async (_, record, text, stated) => {
    const after = merge(text, { record, zone: stated });
    expect(after.startsWith(text.slice(0, text.indexOf('}\n')))).toBe(true);
    expect(await added(text, after)).toHaveLength(6);
    expect(after).toContain(`"${record.emailDomain}"`);
    expect(merge(after, { record })).toBe(after);
  });

  it.each([
    ['only relative names', RECORD, relative, '', 1],
    [
      'another zone',
      RECORD,
      relative.replace('var.zone_id', 'cloudflare_zone.main.id') + zone('cloudflare_zone', 'example.net'),
      '',
      1,
    ],
    [
      'names of two zones',
      RECORD,
      www + www.replace('var.zone_id', 'var.other').replace('"spf"', '"other"'),
      '',
      8,
    ],
    ['only repeated records', RECORD, www.replace('  zone_id', '  for_each = var.x\n  zone_id'), '', 2],
    ['a CNAME at the name', CORP, relative.replace('"www"', '"corp"'), 'example.com', 1],
    ['a delegation', CORP, relative.replace('"www"', '"corp"').replace('CNAME', 'NS'), 'example.com', 1],
    [
      'a delegation above it',
      { ...CORP, emailDomain: 'a.corp.example.com' },
      relative.replace('"www"', '"corp"').replace('CNAME', 'NS'),
      'example.com',
      1,
    ],
    [
      'a wildcard that it would lose',
      CORP,
      relative.replace('"www"', '"*"').replace('CNAME', 'MX'),
      'example.com',
      1,
    ],
  ])('is left as it is with %s', (_, record, text, stated, line) => {
    expect(() => merge(text, { record, zone: stated })).toThrow(expect.objectContaining({ line }));
  });
});

describe('below a wildcard', () => {
  const wildcard = (...names: readonly string[]) =>
    ['*', ...names]
      .map((name, index) =>
        cloudflare().replace('example.com', name).replace('TXT', 'MX').replace('spf', `r${index}`),
      )
      .join('');

  it('says which types would be lost', () => {
    const thrown = thrownBy(() => merge(wildcard(), { record: CORP, zone: 'example.com' }));
    expect(thrown).toMatch(facts('MX', '*.example.com', 'corp.example.com'));
  });

  it.each([['corp'], ['a.corp'], ['*.corp']])('loses nothing when %s exists', (name) => {
    expect(merge(wildcard(name), { record: CORP, zone: 'example.com' })).toContain(CODE);
  });
});

describe('what was taken', () => {
  const say = (text: string | undefined, zone = '') =>
    terraform.describeZone?.(text, RECORD, { ...target('dns.tf'), zone: parseRecordZone(zone) });

  it('is named', () => {
    expect(say(route53('  records = ["a"]'))).toMatch(facts('aws_route53_record.txt', 'name'));
    expect(say(cloudflare().replace('"example.com"', '"@"'), 'example.com')).toMatch(
      facts('cloudflare_dns_record.spf', 'zone example.com'),
    );
    expect(say(undefined)).toBeUndefined();
    expect(say('# nothing\n')).toBeUndefined();
  });
});

describe('a file of its own', () => {
  it('stays what it was', () => {
    const made = terraform.merge(undefined, RECORD, target('sso.tf'));
    expect(terraform.merge('\n', RECORD, target('sso.tf'))).toBe(made);
    const both = terraform.merge(made, CORP, target('sso.tf'));
    expect(both).toContain('# begin corp.example.com');
    expect(terraform.merge(both, RECORD, target('sso.tf'))).toBe(both);
  });
});

describe.skipIf(isSkipped('tofu'))('tofu fmt', () => {
  const texts: Readonly<Record<string, readonly [string, ...string[]]>> = {
    ...LISTS,
    'at Cloudflare': [cloudflare()],
  };

  it.each(Object.entries(texts))('is as content after as before: %s', (_, [before]) => {
    const tidy = formatted(before);
    const after = merge(tidy);
    expect(formatted(after)).toBe(after);
  });
});
