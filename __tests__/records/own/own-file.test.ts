import { describe, expect, it } from 'vitest';
import { mergeOwnFile, type OwnFile } from '../../../src/records/own/own-file.ts';
import { RECORD } from '../../samples/record.ts';

const FILE: OwnFile = {
  comment: '#',
  header: ['ours', 'more'],
  hint: 'Elsewhere.',
  render: ({ verificationCode }) => `code ${verificationCode}\n`,
};
const record = { ...RECORD, verificationCode: 'new' };
const other = '# begin example.org\ncode kept\n# end example.org\n';

describe('mergeOwnFile', () => {
  it.each([undefined, '', '\n \n'])('starts a file from %j', (current) => {
    expect(mergeOwnFile(FILE, current, record)).toBe(
      '# ours\n# more\n\n# begin example.com\ncode new\n# end example.com\n',
    );
  });

  it('changes nothing but the lines of the domain, in files with CRLF too', () => {
    const text = `# ours\n\n# mine\n# begin example.com\nold\nlines\n# end example.com\n# note\n${other}`;
    const expected = `# ours\n\n# mine\n# begin example.com\ncode new\n# end example.com\n# note\n${other}`;
    expect(mergeOwnFile(FILE, text, record)).toBe(expected);
    expect(mergeOwnFile(FILE, text.replaceAll('\n', '\r\n'), record)).toBe(expected.replaceAll('\n', '\r\n'));
    expect(mergeOwnFile(FILE, expected.replaceAll('\n', '\r\n'), record)).toBe(
      expected.replaceAll('\n', '\r\n'),
    );
  });

  it('adds a domain at the end of a file without a final newline', () => {
    expect(mergeOwnFile(FILE, `# ours\n${other}`.trimEnd(), record)).toBe(
      `# ours\n${other}\n# begin example.com\ncode new\n# end example.com\n`,
    );
  });

  it.each([
    ['# ours\n# begin example.com\nx\n', 2],
    ['# ours\n# end example.com\n', 2],
    ['# ours\n# begin example.com\n# begin example.org\n# end example.org\n', 3],
    [`# ours\n${other}${other}`, 5],
  ])('refuses markers that do not pair up: %j', (text, line) => {
    expect(() => mergeOwnFile(FILE, text, record)).toThrow(expect.objectContaining({ line, column: 1 }));
  });
});
