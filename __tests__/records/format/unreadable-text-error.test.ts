import { describe, expect, it } from 'vitest';
import { UnreadableTextError } from '../../../src/records/format/unreadable-text-error.ts';

describe('UnreadableTextError', () => {
  it.each([
    ['the start', '', '', 1, 1],
    ['the start of a line', '\n\n', '', 3, 1],
    ['behind a line break', '\r\n', '', 2, 1],
    ['behind ASCII', 'a\nbc', '', 2, 3],
    ['behind a tab', '\t', '', 1, 2],
    ['behind a letter with an accent', 'é', '', 1, 2],
    ['behind a character outside the BMP', 'a\n😀', '', 2, 2],
    ['before one', 'a\n', '😀', 2, 1],
  ])('counts lines and code points up to %s', (_, before, after, line, column) => {
    const error = new UnreadableTextError('odd', { text: `${before}!${after}`, offset: before.length });
    expect(error).toMatchObject({ line, column, message: 'odd', hint: undefined });
  });
});
