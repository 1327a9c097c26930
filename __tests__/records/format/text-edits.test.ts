import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyEdits, insertAt, lineBreakOf, lineStart } from '../../../src/records/format/text-edits.ts';

describe('applyEdits', () => {
  it('applies edits by the offsets of the original text, in any order', () => {
    const edits = [{ start: 0, end: 2, text: 'AAA' }, insertAt(3, '-'), { start: 4, end: 6, text: '' }];
    expect(applyEdits('abcdef', edits)).toBe('AAAc-d');
    expect(applyEdits('abcdef', edits.toReversed())).toBe('AAAc-d');
    expect(applyEdits('abcdef', [])).toBe('abcdef');
  });
});

describe('lineBreakOf', () => {
  it.each([
    ['', '\n'],
    ['a', '\n'],
    ['a\nb\r\n', '\n'],
    ['a\r\nb\n', '\r\n'],
    ['\r\n', '\r\n'],
    ['\n', '\n'],
  ])('is, for %j, %j', (text, lineBreak) => {
    expect(lineBreakOf(text)).toBe(lineBreak);
  });
});

describe('lineStart', () => {
  it('is the offset behind the last line break before the place', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', '\n') }), fc.nat(), (text, any) => {
        const offset = any % (text.length + 1);
        const lines = text.slice(0, offset).split('\n');
        expect(lineStart(text, offset)).toBe(offset - (lines.at(-1) ?? '').length);
      }),
    );
  });

  it('is the start of the text for a place before it', () => {
    expect(lineStart('\na', -1)).toBe(0);
  });
});
