import { parse } from '@cdktf/hcl2json';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hclIdentifier, hclString } from '../../../src/records/own/hcl.ts';

describe('hclString', () => {
  it('means exactly the given text', async () => {
    const text = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: fc.constantFrom('$', '%', '{', '}', '"', '\\', '\n', '\r', 'u', '\u0085', '~') }),
    );
    await fc.assert(
      fc.asyncProperty(text, async (value) => {
        const parsed = await parse('a.tf', `a = ${hclString(value)}\n`);
        // hcl2json escapes these two again; HCL also composes letters (NFC).
        const expected = value.replaceAll(/[$%](?=\{)/g, (sign) => sign + sign);
        expect(String(parsed['a']).normalize('NFC')).toBe(expected.normalize('NFC'));
      }),
    );
  });
});

describe('hclIdentifier', () => {
  it('is different for different host names', () => {
    const label = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,3}[a-z0-9])?$/);
    const host = fc.array(label, { minLength: 2, maxLength: 4 }).map((labels) => labels.join('.'));
    fc.assert(
      fc.property(host, host, (a, b) => {
        expect(hclIdentifier(a)).toMatch(/^[a-z_][a-z0-9_-]*$/);
        expect(hclIdentifier(a) === hclIdentifier(b)).toBe(a === b);
      }),
    );
  });
});
