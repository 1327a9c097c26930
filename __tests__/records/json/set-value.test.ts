import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { setInJson } from '../../../src/records/json/set-value.ts';

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
    ['{"__proto__": {"v": 1}}', '{"__proto__": {"v": 1}, "v": {"example.com":["x"]}}'],
  ])('%j becomes %j', (current, expected) => {
    expect(set(current)).toBe(expected);
    expect(set(expected)).toBe(expected);
  });

  it.each([
    ['[]', 1, 1, /file.*JSON object/],
    ['{\n  "v": []}', 2, 8, /"v".*JSON object/],
    ['{"v": null}', 1, 7, /"v".*JSON object/],
    ['{"v": {},\n"\\u0076": {}}', 2, 1, /"v".*twice/],
  ])('refuses %j', (text, line, column, message) => {
    expect(() => set(text)).toThrow(
      expect.objectContaining({ line, column, message: expect.stringMatching(message) }),
    );
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
