import { describe, expect, it } from 'vitest';
import { UnreadableTextError } from '../../../src/records/format/record-format.ts';
import { readEntries } from '../../../src/records/zone/file.ts';
import { originFromPath } from '../../../src/records/zone/origin.ts';
import { nextSerial } from '../../../src/records/zone/soa-serial.ts';
import { bytesOfString, canonicalName, parseTtl, quotedStrings } from '../../../src/records/zone/text.ts';

const NOON_MS = Date.UTC(2026, 10, 23, 12);

function words(text: string): readonly (readonly string[])[] {
  return readEntries(text).map(({ tokens }) => tokens.map((token) => token.text));
}

describe('readEntries', () => {
  it.each([
    [
      'lines',
      'a b\nc d\n',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      'lines that end in CR LF',
      'a b\r\nc d\r\n',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    ['a last line without an end', 'a b', [['a', 'b']]],
    ['a comment, which ends a token', 'a b;c "d (\ne', [['a', 'b'], ['e']]],
    ['comments and white space alone', '; a\n \t \n\n\t; b\n', []],
    ['a semicolon and a parenthesis in quotes', 'a "b;(c" d', [['a', 'b;(c', 'd']]],
    ['an escaped quote', String.raw`a "b\"c\\" d`, [['a', String.raw`b\"c\\`, 'd']]],
    ['strings without a space between them', 'a"b""c"d', [['a', 'b', 'c', 'd']]],
    ['parentheses over lines', 'a (b ; c\n\n "d" ) e\nf', [['a', 'b', 'd', 'e'], ['f']]],
    ['nested parentheses', 'a ((b\n)\nc)\nd', [['a', 'b', 'c'], ['d']]],
    ['escapes in a plain string', String.raw`a\;b\ c\(d`, [[String.raw`a\;b\ c\(d`]]],
    ['controls', 'a\0b c\vd\x1b', [['a\0b', 'c\vd\x1b']]],
    ['a byte order mark', '\ufeffa b', [['a', 'b']]],
  ] as const)('reads %s', (_, text, expected) => {
    expect(words(text)).toEqual(expected);
  });

  it('keeps where everything stands', () => {
    const text = '; first\n  a "b" ; c\r\nd (\n e )\n';
    const entries = readEntries(text);
    expect(entries.map(({ start, end }) => text.slice(start, end))).toEqual([
      '  a "b" ; c\r\n',
      'd (\n e )\n',
    ]);
    expect(entries.map(({ isIndented }) => isIndented)).toEqual([true, false]);
    const tokens = entries.flatMap((entry) => entry.tokens);
    expect(tokens.map(({ start }) => text[start])).toEqual(['a', '"', 'd', 'e']);
  });

  it.each([
    ['a quote that is never closed', 'a b\nc "d', 2, 3],
    ['a quote that the next line closes', 'a "b\nc"', 1, 3],
    ['a parenthesis that is never closed', 'a b\nü (c\nd', 2, 3],
    ['a parenthesis that closes none', 'a (b) )\n', 1, 7],
    ['a string of more than any record', `a "${'b'.repeat(30_000_000)}"`, 1, 3],
  ])('refuses %s', (_, text, line, column) => {
    let thrown: unknown;
    try {
      readEntries(text);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(UnreadableTextError);
    expect(thrown).toMatchObject({ line, column });
  });
});

describe('names, texts and times', () => {
  it.each([
    ['Example.COM.', 'example.com.'],
    [String.raw`\097\b\.c.d`, String.raw`ab\046c.d`],
    [String.raw`\@.a@b`, String.raw`\064.a\064b`],
  ])('takes %s for %s', (text, name) => {
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
      const [tokens = []] = words(quoted);
      expect(tokens).toHaveLength(1);
      expect(tokens.map(bytesOfString).join('')).toBe(Buffer.from(text).toString('latin1'));
      expect(quoted).toMatch(/^[ -~]*$/);
    },
  );

  it('splits a text of more than 255 bytes', () => {
    expect(quotedStrings('x'.repeat(511))).toBe(`"${'x'.repeat(255)}" "${'x'.repeat(255)}" "x"`);
  });
});

describe('nextSerial', () => {
  it.each([
    ['a plain number', 41, 42],
    ['a placeholder', 0, 1],
    ['a date of the past', 2024_01_31_07, 2026_11_23_01],
    ['the first of today', 2026_11_23_01, 2026_11_23_02],
    ['zero of today', 2026_11_23_00, 2026_11_23_01],
    ['the last of today', 2026_11_23_99, 2026_11_24_00],
    ['a date of the future', 2027_01_01_05, 2027_01_01_06],
    ['ten digits without a day of the calendar', 2024_02_30_01, 2024_02_30_02],
    ['ten digits with a month 13', 2024_13_01_01, 2024_13_01_02],
    ['a Unix time', 1_732_400_000, 1_732_400_001],
    ['a date of eight digits', 20_240_131, 20_240_132],
    ['the last before the wrap', 4_294_967_294, 4_294_967_295],
    ['the wrap', 4_294_967_295, 1],
  ])('goes on from %s', (_, serial, next) => {
    expect(nextSerial(serial, NOON_MS)).toBe(next);
    // RFC 1982, section 3.2: newer when less than half of all numbers ahead.
    const ahead = (next - serial + 2 ** 32) % 2 ** 32;
    expect(ahead).toBeGreaterThan(0);
    expect(ahead).toBeLessThan(2 ** 31);
  });
});

describe('originFromPath', () => {
  it.each([
    ['zones/example.com.zone', 'example.com', 'above', 'example.com'],
    ['db.example.com', 'mail.example.com', 'above', 'example.com'],
    ['C:\\dns\\EXAMPLE.com.db.txt', 'example.com', 'above', 'example.com'],
    ['example.zone', 'example.zone', 'above', 'example.zone'],
    ['example.com/zone', 'example.com', 'unknown', undefined],
    ['zones/com', 'example.com', 'unknown', undefined],
    ['internal.example.com.zone', 'example.com', 'unknown', undefined],
    ['example.com.external', 'example.com', 'unknown', undefined],
    ['example.org.zone', 'example.com', 'other', 'example.org'],
    ['notexample.com', 'example.com', 'other', 'notexample.com'],
  ])('%s with %s: %s', (path, domain, kind, origin) => {
    expect(originFromPath(path, domain)).toEqual(origin === undefined ? { kind } : { kind, origin });
  });
});
