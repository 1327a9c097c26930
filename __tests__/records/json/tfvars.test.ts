import { describe, expect, it } from 'vitest';
import { DnsError } from '../../../src/domain/errors.ts';
import { tfvars } from '../../../src/records/json/tfvars.ts';
import { RECORD, target } from '../../samples/record.ts';

const TARGET = target('sso.auto.tfvars.json');
const txtValues = ['v=spf1 -all', 'say "é" %{x}', RECORD.verificationCode];
const record = { ...RECORD, txtValues };

describe('tfvars', () => {
  it('needs all TXT values at the name', () => {
    expect(tfvars.needsTxtValues).toBe(true);
    expect(() => tfvars.render(RECORD)).toThrow(TypeError);
  });

  it.each(['e\u0301', 'a\u212b', 'v=x \u1100\u1161'])(
    'refuses a text that Terraform would compose: %j',
    (text) => {
      expect(() => tfvars.checkTxtValues?.({ ...record, txtValues: [text] })).toThrow(DnsError);
      const composed = text.normalize('NFC');
      expect(() => tfvars.checkTxtValues?.({ ...record, txtValues: [...txtValues, composed] })).not.toThrow();
    },
  );

  it('renders the text of a new file', () => {
    expect(JSON.parse(tfvars.render(record))).toEqual({
      cloudflare_sso_txt_values: { 'example.com': txtValues },
    });
    expect(tfvars.merge(undefined, record, TARGET)).toBe(tfvars.render(record));
  });

  it('keeps other variables and other domains where they are', () => {
    const current =
      '{\n    "z": 1.0,\n    "cloudflare_sso_txt_values": {\n        "example.org": ["a"]\n    },\n    "a": {"10": 1, "9": 2}\n}\n';
    const text = tfvars.merge(current, record, TARGET);
    expect(JSON.parse(text)).toEqual({
      z: 1,
      cloudflare_sso_txt_values: { 'example.org': ['a'], 'example.com': txtValues },
      a: { 9: 2, 10: 1 },
    });
    for (const line of current.trimEnd().split('\n'))
      expect(text.split('\n')).toContainEqual(expect.stringContaining(line));
    expect(tfvars.merge(text, record, TARGET)).toBe(text);
  });

  it('replaces the values of its domain', () => {
    const later = { ...record, txtValues: ['new'] };
    const text = tfvars.merge(tfvars.render(record), later, TARGET);
    expect(text).toBe(tfvars.render(later));
  });

  it('refuses a variable of another type', () => {
    expect(() => tfvars.merge('{"cloudflare_sso_txt_values": ["a"]}', record, TARGET)).toThrow(
      expect.objectContaining({ line: 1, column: 31 }),
    );
  });
});
