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
import { isSkipped, mustHaveRealTools, runTool } from '../real/real-tools.ts';
import { HOSTILE_CODES, RECORD, target } from '../samples/record.ts';

const VARIABLES_FILE = 'cloudflare-sso.auto.tfvars.json';
const EXAMPLES = globSync('examples/terraform/*.{tf,tfvars}').sort();
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

  it('HCL in no documents but these: all blocks of the second are planned and applied', async () => {
    const withHcl = DOCUMENTS.filter(({ text }) => hclBlocks(text).length > 0);
    expect(withHcl.map(({ path }) => path).toSorted()).toEqual([
      'docs/records-as-code.md',
      'docs/terraform.md',
    ]);
    const blocks = withHcl.flatMap(({ path, text }) =>
      path === 'docs/records-as-code.md' ? hclBlocks(text) : [],
    );
    for (const block of blocks) {
      // The zone is a resource of whoever takes the block.
      const { files } = await withoutProviders(block.replaceAll(/= \w+\.main\.\w+$/gm, '= "main"'));
      expect(validate(files)).toMatchObject({ exitCode: 0, stderr: '' });
    }
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

  it('no text that is not composed, with or without escapes, which record-format: tfvars therefore refuses', () => {
    const files = {
      'main.tf': 'variable "texts" {\n  type = list(string)\n}\n',
      [VARIABLES_FILE]: '{"texts": ["e\u0301", "e\\u0301"]}',
    };
    expect(evaluate(files, 'var.texts')).toEqual(['\u00e9', '\u00e9']);
    const record = { ...RECORD, txtValues: ['e\u0301', RECORD.verificationCode] };
    expect(() => tfvars.checkTxtValues?.(record)).toThrow('NFC');
  });

  it('no list with an SPF macro or without texts from a TF_VAR_ variable, as the documents say', () => {
    const files = { 'main.tf': 'variable "texts" {\n  type = list(string)\n}\n' };
    const read = (texts: string) =>
      runTool('tofu', ['console', '-no-color'], {
        files,
        stdin: 'var.texts\n',
        env: { TF_VAR_texts: texts },
      });
    expect(read('["v=spf1 exists:_spf.example.com -all"]')).toMatchObject({ exitCode: 0 });
    const macro = read(JSON.stringify(['v=spf1 exists:%{i}._spf.example.com -all']));
    expect(macro).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('template control keyword') });
    expect(read('')).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('Missing expression') });
  });
});
