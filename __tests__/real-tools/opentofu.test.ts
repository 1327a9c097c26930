// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are templates of HCL.

import { globSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { SsoRecord } from '../../src/domain/sso-record.ts';
import { tfvars } from '../../src/records/json/tfvars.ts';
import { hclString } from '../../src/records/own/hcl.ts';
import { importBlock, terraform } from '../../src/records/own/terraform.ts';
import { findProgram } from '../real/dns-worlds.ts';
import { DOCUMENTS, readDocument } from '../real/documents.ts';
import { evaluate, unformatted, validate, withoutProviders } from '../real/opentofu.ts';
import { isSkipped, mustHaveRealTools } from '../real/real-tools.ts';
import { HOSTILE_CODES, RECORD, target } from '../samples/record.ts';

const VARIABLES_FILE = 'cloudflare-sso.auto.tfvars.json';
const EXAMPLES = globSync('examples/terraform/*.tf').sort();
const RECORDS: readonly SsoRecord[] = [
  RECORD,
  { ...RECORD, emailDomain: 'eu-1.example.com', connectorId: undefined },
  { ...RECORD, emailDomain: '1a.xn--bcher-kva.example', verificationCode: 'a"b\\c${d}%{e}' },
];

/** Texts that people have beside the code, or could have. */
const TEXTS: readonly string[] = [
  'v=spf1 exists:%{i}._spf.example.com -all',
  'v=DKIM1; k=rsa; p=MIGf',
  'say "hi"',
  'back\\slash \\" \\\\',
  '${path.module} $${x} $',
  '%{if true}x%{endif} %%{x} %',
  ...[255, 256, 418, 510, 511].map((length) => `${length} `.padEnd(length, 'abcdefghij')),
  '"'.repeat(256),
];
const WITH_UMLAUTS = [...TEXTS, 'grüße', 'é'.repeat(200), '😀'];

/** The file that the action writes for these records, one after the other. */
function writtenTerraform(records: readonly SsoRecord[]): string {
  const file = target('cloudflare-sso.tf');
  return records.reduce<string>((text, record) => terraform.merge(text, record, file), '');
}

function writtenVariables(texts: readonly string[]): string {
  const txtValues = [...texts, RECORD.verificationCode];
  return tfvars.merge(undefined, { ...RECORD, txtValues }, target(VARIABLES_FILE));
}

/** The fenced HCL of a document. */
function hclBlocks(text: string): readonly string[] {
  return [...text.matchAll(/```(?:hcl|terraform|tf)\n([\s\S]*?)```/g)].map(([, block = '']) => block);
}

it.runIf(mustHaveRealTools())('OpenTofu is installed, as REQUIRE_REAL_TOOLS says', () => {
  expect(findProgram('tofu')).toBeDefined();
});

describe.skipIf(isSkipped('tofu'))('OpenTofu understands, and would not format', () => {
  const blocks = DOCUMENTS.flatMap(({ path, text }) =>
    hclBlocks(text).map((block, index): [string, string] => [`block ${index + 1} of ${path}`, block]),
  );
  it.each<[string, string]>([
    ...EXAMPLES.map((path): [string, string] => [path, readDocument(path)]),
    ...blocks,
    ['what record-format: terraform writes', writtenTerraform(RECORDS)],
    ['what record-format: terraform writes for one email domain', writtenTerraform([RECORD])],
    ['the output record of terraform', terraform.render(RECORD)],
    ['the output terraform-import', importBlock('acc0', 'con0', 'example.com')],
  ])('%s', (_, text) => {
    expect(unformatted({ 'main.tf': text })).toBe('');
  });

  it('would format, and not understand, what is otherwise', () => {
    expect(unformatted({ 'main.tf': 'locals {\na = 1\n}\n' })).toContain('+  a = 1');
    expect(unformatted({ 'main.tf': 'locals {\n  a = \n}\n' })).toContain('Error');
  });
});

describe.skipIf(isSkipped('tofu'))('OpenTofu reads as the same text', () => {
  it('strings of HCL', () => {
    const texts = [...HOSTILE_CODES, ...WITH_UMLAUTS];
    const lines = texts.map((text, index) => `  text_${index} = ${hclString(text)}`);
    const all = texts.map((_, index) => `local.text_${index}`).join(', ');
    expect(evaluate({ 'main.tf': `locals {\n${lines.join('\n')}\n}\n` }, `[${all}]`)).toEqual(texts);
  });

  it('what record-format: terraform writes', async () => {
    const { files } = await withoutProviders(
      `${writtenTerraform(RECORDS)}\nvariable "cloudflare_zone_ids" {\n  type = map(string)\n}\n`,
    );
    const zoneIds = Object.fromEntries(
      RECORDS.map(({ emailDomain }, index) => [emailDomain, `zone${index}`]),
    );
    const given = { ...files, 'a.auto.tfvars.json': JSON.stringify({ cloudflare_zone_ids: zoneIds }) };
    expect(validate(given)).toMatchObject({ exitCode: 0 });
    const names = ['example_com', 'eu-1_example_com', '_1a_xn--bcher-kva_example'];
    for (const argument of ['zone_id', 'name', 'content']) {
      const expressions = names.map((name) => `local.cloudflare_dns_record_sso_${name}_${argument}`);
      expect(evaluate(given, `[${expressions.join(', ')}]`)).toEqual(
        RECORDS.map(({ emailDomain, verificationCode }, index) => {
          if (argument === 'zone_id') return `zone${index}`;
          return argument === 'name' ? emailDomain : `"${verificationCode.replaceAll(/["\\]/g, '\\$&')}"`;
        }),
      );
    }
  });

  it('what record-format: tfvars writes', () => {
    const variable = 'variable "cloudflare_sso_txt_values" {\n  type = map(list(string))\n}\n';
    const files = { 'main.tf': variable, [VARIABLES_FILE]: writtenVariables(WITH_UMLAUTS) };
    expect(validate(files)).toMatchObject({ exitCode: 0 });
    expect(evaluate(files, 'var.cloudflare_sso_txt_values')).toEqual({
      'example.com': [...WITH_UMLAUTS, RECORD.verificationCode],
    });
  });
});

describe.skipIf(isSkipped('tofu'))('OpenTofu evaluates the expressions of examples/terraform', async () => {
  const example = await withoutProviders(EXAMPLES.map((path) => readDocument(path)).join('\n'));
  const variables = {
    cloudflare_account_id: 'acc0',
    cloudflare_zone_id: 'zone0',
    route53_zone_id: 'Z0',
    sso_connector_id: 'con0',
    sso_email_domain: 'example.com',
  };
  const files = {
    ...example.files,
    'given.auto.tfvars.json': JSON.stringify(variables),
    [VARIABLES_FILE]: writtenVariables(TEXTS),
  };

  it('and each is valid', () => {
    expect(example.locals).toContain('aws_route53_record_sso_txt_records');
    expect(validate(files)).toMatchObject({ exitCode: 0 });
    const all = example.locals.map((name) => `${name} = local.${name}`).join(', ');
    expect(Object.keys(evaluate(files, `{ ${all} }`) as object).toSorted()).toEqual(
      example.locals.toSorted(),
    );
  });

  it('to the code in quotes, for a zone at Cloudflare', () => {
    expect(evaluate(files, 'local.cloudflare_dns_record_sso_txt_content')).toBe(
      `"${RECORD.verificationCode}"`,
    );
  });

  it('to every text, in strings of at most 255 bytes, for Route 53', () => {
    const records = evaluate(files, 'local.aws_route53_record_sso_txt_records') as readonly string[];
    const strings = records.map(characterStrings);
    expect(strings.map((parts) => parts.join(''))).toEqual([...TEXTS, RECORD.verificationCode]);
    expect(strings.flat().filter((part) => Buffer.byteLength(part) > 255)).toEqual([]);
  });
});

/** The character-strings of a value that Amazon's provider puts into quotes (RFC 1035, section 5.1). */
function characterStrings(value: string): readonly string[] {
  const quoted = `"${value}"`;
  const strings = quoted.match(/"(?:[^"\\]|\\.)*"/gs) ?? [];
  expect(strings.join('')).toBe(quoted);
  return strings.map((string) => string.slice(1, -1).replaceAll(/\\(.)/gs, '$1'));
}
