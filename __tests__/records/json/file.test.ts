import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { setInJson } from '../../../src/records/json/file.ts';
import { scanJson } from '../../../src/records/json/text.ts';

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
    ['{"a": 1,\n  b: 2}', 2, 3, 'there is "b" where a name in double quotes should be'],
    ['{"a": 1,}', 1, 9, 'there is "}"'],
    ['{"a": 1\n', 2, 1, 'the file ends'],
    ['{"a": 1}\n}', 2, 1, 'the end of the file'],
    ['{"a": "x\ny"}', 1, 9, 'the line ends'],
    ['{\n\t"a" 1}', 2, 6, '":"'],
    ['{"a": "\\x"}', 1, 8, 'the end of the string'],
  ])('says where %j is no JSON', (text, line, column, problem) => {
    expect(() => scanJson(text)).toThrow(
      expect.objectContaining({ line, column, message: expect.stringContaining(problem) }),
    );
  });

  it('refuses what is nested too deeply for the stack', () => {
    expect(() => scanJson('['.repeat(1_000_000))).toThrow(expect.objectContaining({ line: 1, column: 502 }));
  });

  it('reads a string of a million characters', () => {
    expect(scanJson(`"${'\\n€'.repeat(400_000)}"`)).toMatchObject({ start: 0, end: 1_200_002 });
  });
});

describe('setInJson', () => {
  const set = (current: string | undefined) => setInJson(current, ['v', 'example.com'], ['x']);

  it.each([
    [undefined, '{\n  "v": {\n    "example.com": [\n      "x"\n    ]\n  }\n}\n'],
    ['', '{\n  "v": {\n    "example.com": [\n      "x"\n    ]\n  }\n}\n'],
    ['{}\n', '{\n  "v": {\n    "example.com": [\n      "x"\n    ]\n  }\n}\n'],
    ['{"a":1}', '{"a":1, "v": {"example.com":["x"]}}'],
    ['{\n\t"v": {}\n}\n', '{\n\t"v": {\n\t\t"example.com": [\n\t\t\t"x"\n\t\t]\n\t}\n}\n'],
    [
      '{\n    "2": 1.0,\n    "1": 12345678901234567890,\n    "l": ["a", "b"]\n}\n',
      '{\n    "2": 1.0,\n    "1": 12345678901234567890,\n    "l": ["a", "b"],\n    "v": {\n        "example.com": [\n            "x"\n        ]\n    }\n}\n',
    ],
    ['{"v": {"example.com": ["y"], "o": [ ]}}', '{"v": {"example.com": [\n  "x"\n], "o": [ ]}}'],
    ['{"v": {"example.com": [ "x" ]} }', '{"v": {"example.com": [ "x" ]} }'],
    [
      '{\r\n  "a": 1\r\n}',
      '{\r\n  "a": 1,\r\n  "v": {\r\n    "example.com": [\r\n      "x"\r\n    ]\r\n  }\r\n}',
    ],
    ['\uFEFF{"__proto__": {"v": 1}}', '\uFEFF{"__proto__": {"v": 1}, "v": {"example.com":["x"]}}'],
  ])('%j becomes %j', (current, expected) => {
    expect(set(current)).toBe(expected);
    expect(set(expected)).toBe(expected);
  });

  it.each([
    ['[]', 1, 1, 'the file holds no JSON object'],
    ['{\n  "v": []}', 2, 8, '"v" holds no JSON object'],
    ['{"v": null}', 1, 7, '"v" holds no JSON object'],
    ['{"v": {},\n"\\u0076": {}}', 2, 1, '"v" comes twice'],
  ])('refuses %j', (text, line, column, message) => {
    expect(() => set(text)).toThrow(expect.objectContaining({ line, column, message }));
  });

  it('leaves everything else as it was', () => {
    const value = fc.object({ maxDepth: 2 }).map((object) => JSON.parse(JSON.stringify(object)));
    fc.assert(
      fc.property(value, fc.constantFrom(undefined, 1, '\t'), fc.string(), (before, indent, key) => {
        const text = JSON.stringify(before, null, indent);
        const after = setInJson(text, [key], ['x']);
        expect(JSON.parse(after)).toEqual({ ...before, [key]: ['x'] });
        expect(setInJson(after, [key], ['x'])).toBe(after);
      }),
    );
  });

  it('takes "__proto__" as a name like any other', () => {
    const text = setInJson('{}', ['__proto__', 'polluted'], true);
    expect(Object.entries(JSON.parse(text))).toEqual([['__proto__', { polluted: true }]]);
    expect({}).not.toHaveProperty('polluted');
  });
});
