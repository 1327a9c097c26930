import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scanJson } from '../../../src/records/json/scanner.ts';

const anyJson = fc.oneof(
  fc.json(),
  fc.json({ noUnicodeString: false }),
  fc.jsonValue().map((v) => JSON.stringify(v, null, 2)),
);
/** JSON, and JSON with a few characters lost, doubled or exchanged. */
const nearlyJson = fc
  .tuple(
    anyJson,
    fc.array(
      fc.tuple(
        fc.nat(),
        fc.nat(2),
        fc.constantFrom('{', '}', ',', '"', '\\', '0', '.', '\n', '\t', '-', 'e', ''),
      ),
      {
        maxLength: 3,
      },
    ),
  )
  .map(([text, changes]) =>
    changes.reduce((result, [at, removed, added]) => {
      const offset = at % (result.length + 1);
      return result.slice(0, offset) + added + result.slice(offset + removed);
    }, text),
  );

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

describe('scanJson', () => {
  it('accepts what JSON.parse accepts, and nothing else', () => {
    fc.assert(
      fc.property(nearlyJson, (text) => {
        if (isJson(text)) scanJson(text);
        else expect(() => scanJson(text)).toThrow(expect.objectContaining({ name: 'UnreadableTextError' }));
      }),
      { numRuns: 3000 },
    );
  });

  it.each([
    ['{"a": 1,\n  b: 2}', 2, 3, /name in double quotes.*"b"/],
    ['{"a": 1,}', 1, 9, /"}"/],
    ['{"a": 1\n', 2, 1, /end of the file/],
    ['{"a": 1}\n}', 2, 1, /end of the file.*"}"/],
    ['{"a": "x\ny"}', 1, 9, /end of the line/],
    ['{\n\t"a" 1}', 2, 6, /":"/],
    ['{"a": "\\x"}', 1, 8, /end of the string/],
  ])('says where %j is not JSON', (text, line, column, problem) => {
    expect(() => scanJson(text)).toThrow(
      expect.objectContaining({ line, column, message: expect.stringMatching(problem) }),
    );
  });

  it('refuses JSON nested too deeply for the stack', () => {
    expect(() => scanJson('['.repeat(1_000_000))).toThrow(expect.objectContaining({ line: 1, column: 502 }));
  });

  it('reads a string of a million characters', () => {
    expect(scanJson(`"${'\\n€'.repeat(400_000)}"`)).toMatchObject({ start: 0, end: 1_200_002 });
  });
});
