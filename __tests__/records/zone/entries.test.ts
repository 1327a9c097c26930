import { describe, expect, it } from 'vitest';
import { UnreadableTextError } from '../../../src/records/format/unreadable-text-error.ts';
import { readEntries } from '../../../src/records/zone/entries.ts';

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
    ['only comments and white space', '; a\n \t \n\n\t; b\n', []],
    ['a semicolon and a parenthesis in quotes', 'a "b;(c" d', [['a', 'b;(c', 'd']]],
    ['an escaped quote', String.raw`a "b\"c\\" d`, [['a', String.raw`b\"c\\`, 'd']]],
    ['strings without a space between them', 'a"b""c"d', [['a', 'b', 'c', 'd']]],
    ['parentheses over lines', 'a (b ; c\n\n "d" ) e\nf', [['a', 'b', 'd', 'e'], ['f']]],
    ['nested parentheses', 'a ((b\n)\nc)\nd', [['a', 'b', 'c'], ['d']]],
    ['escapes in a plain string', String.raw`a\;b\ c\(d`, [[String.raw`a\;b\ c\(d`]]],
    ['control characters', 'a\0b c\vd\x1b', [['a\0b', 'c\vd\x1b']]],
  ] as const)('reads %s', (_, text, expected) => {
    expect(words(text)).toEqual(expected);
  });

  it('keeps the offsets of entries and tokens', () => {
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
    ['a closing parenthesis without an opening one', 'a (b) )\n', 1, 7],
    ['a string longer than any record', `a "${'b'.repeat(30_000_000)}"`, 1, 3],
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
