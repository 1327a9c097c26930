import { describe, expect, it } from 'vitest';
import { readEntries } from '../../../src/records/zone/entries.ts';
import {
  bytesOfString,
  canonicalName,
  parseTtl,
  quotedStrings,
} from '../../../src/records/zone/presentation-format.ts';

describe('names, character-strings and TTLs', () => {
  it.each([
    ['Example.COM.', 'example.com.'],
    [String.raw`\097\b\.c.d`, String.raw`ab\046c.d`],
    [String.raw`\@.a@b`, String.raw`\064.a\064b`],
  ])('writes %s as %s', (text, name) => {
    expect(canonicalName(text)).toBe(name);
  });

  it.each([
    ['0', 0],
    ['3600', 3600],
    ['1h30m', 5400],
    ['1W2D', 777_600],
    ['4294967295', 4_294_967_295],
    ['4294967296', undefined],
    ['1h30', undefined],
    ['h', undefined],
    ['', undefined],
  ])('reads the TTL %j as %j', (text, seconds) => {
    expect(parseTtl(text)).toBe(seconds);
  });

  it.each(['', 'a=b', 'a;b', 'a\\b"c', 'x'.repeat(255), 'é\n'])(
    'quotes %j so that it reads the same',
    (text) => {
      const quoted = quotedStrings(text);
      const [tokens = []] = readEntries(quoted).map((entry) => entry.tokens.map(({ text }) => text));
      expect(tokens).toHaveLength(1);
      expect(tokens.map(bytesOfString).join('')).toBe(Buffer.from(text).toString('latin1'));
      expect(quoted).toMatch(/^[ -~]*$/);
    },
  );

  it('splits a text of more than 255 bytes', () => {
    expect(quotedStrings('x'.repeat(511))).toBe(`"${'x'.repeat(255)}" "${'x'.repeat(255)}" "x"`);
  });
});
