import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import type { SsoRecord } from '../../../src/domain/sso-record.ts';
import { octodns } from '../../../src/records/octodns/octodns.ts';
import { facts } from '../../checks/facts.ts';
import { findProgram, mustHaveRealDns } from '../../real/dns-worlds.ts';
import { HOSTILE_CODES, RECORD, target } from '../../samples/record.ts';

const CODE = RECORD.verificationCode;
const EU: SsoRecord = { ...RECORD, emailDomain: 'eu.example.com' };
const APEX_LINES = `'':\n  type: TXT\n  value: ${CODE}\n`;

const validator = findProgram('octodns-validate');
if (validator === undefined && !mustHaveRealDns()) {
  console.warn('Tests against the real octoDNS are skipped: octodns-validate is not installed.');
}

const folders: string[] = [];
afterAll(async () => {
  await Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true })));
});

/** Lets octoDNS load zone files, with enforced key order. Throws with its message if it refuses one. */
async function validate(texts: readonly string[]): Promise<void> {
  if (validator === undefined) return;
  const folder = await mkdtemp(join(tmpdir(), 'octodns-'));
  folders.push(folder);
  await mkdir(join(folder, 'zones'));
  const zones: Record<string, unknown> = {};
  for (const [index, text] of texts.entries()) {
    zones[`zone${index}.test.`] = { sources: ['files'], targets: ['files'] };
    await writeFile(join(folder, 'zones', `zone${index}.test.yaml`), text);
  }
  const provider = {
    class: 'octodns.provider.yaml.YamlProvider',
    directory: join(folder, 'zones'),
    escaped_semicolons: true,
  };
  await writeFile(join(folder, 'config.yaml'), stringify({ providers: { files: provider }, zones }));
  await promisify(execFile)(validator, ['--config-file', join(folder, 'config.yaml')]);
}

function merge(current: string | undefined, record = RECORD, path = 'example.com.yaml'): string {
  return octodns.merge(current, record, target(path));
}

it.runIf(mustHaveRealDns())('octoDNS is installed, as REQUIRE_REAL_DNS says', () => {
  expect(validator).toBeDefined();
});

/** The name of the case, the file before, and after. */
const ADDITIONS: readonly (readonly [string, string, string, SsoRecord?])[] = [
  ['an empty document', '---\n', `---\n${APEX_LINES}`],
  ['nothing but a comment', '# zone', `# zone\n${APEX_LINES}`],
  [
    'no record at the name',
    '---\nwww:\n  type: A\n  value: 192.0.2.1\n',
    `---\n${APEX_LINES}www:\n  type: A\n  value: 192.0.2.1\n`,
  ],
  [
    'comments on the file and on its first key',
    '# the file\n\n# the server\nwww:\n  type: A\n  value: 192.0.2.1\n',
    `# the file\n\n${APEX_LINES}# the server\nwww:\n  type: A\n  value: 192.0.2.1\n`,
  ],
  [
    'a comment that starts the file',
    '# the file\nwww:\n  type: A\n  value: 192.0.2.1\n',
    `# the file\n${APEX_LINES}www:\n  type: A\n  value: 192.0.2.1\n`,
  ],
  [
    'a name between others, in the order of numbers',
    "'':\n  type: A\n  value: 192.0.2.1\neu2:\n  type: A\n  value: 192.0.2.2\n  # value: 192.0.2.3\n\n# tenth\neu10:\n  type: A\n  value: 192.0.2.4\n",
    `'':\n  type: A\n  value: 192.0.2.1\neu2:\n  type: A\n  value: 192.0.2.2\n  # value: 192.0.2.3\neu9:\n  type: TXT\n  value: ${CODE}\n\n# tenth\neu10:\n  type: A\n  value: 192.0.2.4\n`,
    { ...RECORD, emailDomain: 'eu9.example.com' },
  ],
  [
    'a name after all others, without a final newline',
    "'':\n  type: A\n  value: 192.0.2.1",
    `'':\n  type: A\n  value: 192.0.2.1\neu:\n  type: TXT\n  value: ${CODE}\n`,
    EU,
  ],
  [
    'one value',
    "---\n'':\n  ttl: 60  # short\n  type: TXT\n  value: 'v=spf1 -all'  # mail\nwww: {type: A, value: 192.0.2.1}\n",
    `---\n'':\n  ttl: 60  # short\n  type: TXT\n  values:\n    - 'v=spf1 -all'  # mail\n    - '${CODE}'\nwww: {type: A, value: 192.0.2.1}\n`,
  ],
  [
    'one value that is a block',
    "'':\n  type: TXT\n  value: >-\n    v=spf1\n    -all\n",
    `'':\n  type: TXT\n  values:\n    - 'v=spf1 -all'\n    - ${CODE}\n`,
  ],
  [
    'a list of values',
    "'':\n    type: TXT\n    values:\n    - b  # second\n    - a\n\n    # end\n",
    `'':\n    type: TXT\n    values:\n    - b  # second\n    - a\n    - ${CODE}\n\n    # end\n`,
  ],
  [
    'a flow list',
    "'': \n  type: TXT\n  values: [b, 'a, c' ]\n",
    `'': \n  type: TXT\n  values: [b, 'a, c', ${CODE} ]\n`,
  ],
  ['a flow mapping', "'': {type: TXT, value: 'a'}\n", `'': {type: TXT, values: ['a', '${CODE}']}\n`],
  [
    'the style of lists that the file has',
    `'':\n  type: TXT\n  value: a\nwww:\n  type: A\n  values:\n  - 192.0.2.1\n`,
    `'':\n  type: TXT\n  values:\n  - a\n  - ${CODE}\nwww:\n  type: A\n  values:\n  - 192.0.2.1\n`,
  ],
  [
    'a record of another type',
    "'':\n  # web\n  type: A\n  values:\n    - 192.0.2.1\n    # - 192.0.2.2\nwww:\n  type: CNAME\n  value: a.test.\n",
    `'':\n  # web\n  - type: A\n    values:\n      - 192.0.2.1\n      # - 192.0.2.2\n  - type: TXT\n    value: ${CODE}\nwww:\n  type: CNAME\n  value: a.test.\n`,
  ],
  [
    'a flow mapping of another type',
    "'': {type: A, value: 192.0.2.1}\n",
    `'': [{type: A, value: 192.0.2.1}, {type: TXT, value: ${CODE}}]\n`,
  ],
  [
    'records with a TXT among them',
    "'':\n  - type: A\n    value: 192.0.2.1\n  - type: TXT\n    value: a\n  - type: MX\n    value: {exchange: mx.a.test., preference: 1}\n",
    `'':\n  - type: A\n    value: 192.0.2.1\n  - type: TXT\n    values:\n      - a\n      - ${CODE}\n  - type: MX\n    value: {exchange: mx.a.test., preference: 1}\n`,
  ],
  [
    'records without a TXT',
    "'':\n- type: A\n  value: 192.0.2.1\n",
    `'':\n- type: A\n  value: 192.0.2.1\n- type: TXT\n  value: ${CODE}\n`,
  ],
  [
    'a flow list of records',
    "'': [{type: A, value: 192.0.2.1}]\n",
    `'': [{type: A, value: 192.0.2.1}, {type: TXT, value: ${CODE}}]\n`,
  ],
  [
    'a zone in flow style',
    '{www: {type: A, value: 192.0.2.1}}\n',
    `{'': {type: TXT, value: ${CODE}}, www: {type: A, value: 192.0.2.1}}\n`,
  ],
  ['an empty zone in flow style', '{}\n', `{'': { type: TXT, value: ${CODE} }}\n`],
  [
    'a record of another type, in a file whose lists are indented',
    "---\n'':\n  type: A\n  value: 192.0.2.1\nwww:\n  - type: A\n    value: 192.0.2.1\n",
    `---\n'':\n  - type: A\n    value: 192.0.2.1\n  - type: TXT\n    value: ${CODE}\nwww:\n  - type: A\n    value: 192.0.2.1\n`,
  ],
  [
    'a record of another type, in a file whose lists are not',
    "'':\n  type: A\n  value: 192.0.2.1\nwww:\n- type: A\n  values:\n  - 192.0.2.1\n",
    `'':\n- type: A\n  value: 192.0.2.1\n- type: TXT\n  value: ${CODE}\nwww:\n- type: A\n  values:\n  - 192.0.2.1\n`,
  ],
  [
    'a record of another type, in a file without lists, with four columns',
    "'':\n    # web\n    ttl: 60\n    type: A\n\n    value: 192.0.2.1  # one\n    # end",
    `'':\n    # web\n    - ttl: 60\n      type: A\n\n      value: 192.0.2.1  # one\n      # end\n    - ttl: 60\n      type: TXT\n      value: ${CODE}\n`,
  ],
  [
    'a record of another type, indented by one column',
    "'':\n type: A\n value: 192.0.2.1\n",
    `'':\n - type: A\n   value: 192.0.2.1\n - type: TXT\n   value: ${CODE}\n`,
  ],
  [
    'one value, in a file whose lists are not indented',
    `'':\n- type: A\n  value: 192.0.2.1\n- type: TXT\n  value: a\n`,
    `'':\n- type: A\n  value: 192.0.2.1\n- type: TXT\n  values:\n  - a\n  - ${CODE}\n`,
  ],
  [
    'records with a TTL at the name',
    "'':\n  - ttl: 600\n    type: A\n    value: 192.0.2.1\nwww:\n  type: A\n  value: 192.0.2.1\n",
    `'':\n  - ttl: 600\n    type: A\n    value: 192.0.2.1\n  - ttl: 600\n    type: TXT\n    value: ${CODE}\nwww:\n  type: A\n  value: 192.0.2.1\n`,
  ],
  [
    'a new name where every record states a TTL',
    "'':\n  ttl: 60\n  type: A\n  value: 192.0.2.1\nwww:\n  ttl: 300\n  type: A\n  value: 192.0.2.1\n",
    `'':\n  ttl: 60\n  type: A\n  value: 192.0.2.1\neu:\n  ttl: 60\n  type: TXT\n  value: ${CODE}\nwww:\n  ttl: 300\n  type: A\n  value: 192.0.2.1\n`,
    EU,
  ],
  [
    'a new name where only some records state a TTL',
    "'':\n  ttl: 60\n  type: A\n  value: 192.0.2.1\nwww:\n  type: A\n  value: 192.0.2.1\n",
    `'':\n  ttl: 60\n  type: A\n  value: 192.0.2.1\neu:\n  type: TXT\n  value: ${CODE}\nwww:\n  type: A\n  value: 192.0.2.1\n`,
    EU,
  ],
  [
    'the quotes of other values',
    `'':\n  type: "A"\n  value: "192.0.2.1"\n"www":\n  type: "TXT"\n  value: "a"\n`,
    `'':\n  - type: "A"\n    value: "192.0.2.1"\n  - type: "TXT"\n    value: "${CODE}"\n"www":\n  type: "TXT"\n  value: "a"\n`,
  ],
  [
    'the quotes of other names',
    `'www':\n    'type': 'A'\n    'value': '192.0.2.1'\n`,
    `'eu':\n    'type': 'TXT'\n    'value': '${CODE}'\n'www':\n    'type': 'A'\n    'value': '192.0.2.1'\n`,
    EU,
  ],
  [
    'JSON on one line',
    `{"www": {"ttl": 60, "type": "A", "value": "192.0.2.1"}}\n`,
    `{"": {"ttl": 60, "type": "TXT", "value": "${CODE}"}, "www": {"ttl": 60, "type": "A", "value": "192.0.2.1"}}\n`,
  ],
  [
    'JSON on several lines, before the first',
    `{\n  "www": {\n    "type": "A",\n    "value": "192.0.2.1"\n  }\n}\n`,
    `{\n  "": {\n    "type": "TXT",\n    "value": "${CODE}"\n  },\n  "www": {\n    "type": "A",\n    "value": "192.0.2.1"\n  }\n}\n`,
  ],
  [
    'JSON on several lines, after the last',
    `{\n    "": {\n        "type": "A",\n        "value": "192.0.2.1"\n    }\n}`,
    `{\n    "": {\n        "type": "A",\n        "value": "192.0.2.1"\n    },\n    "eu": {\n        "type": "TXT",\n        "value": "${CODE}"\n    }\n}`,
    EU,
  ],
  [
    'JSON with one value',
    `{\n  "": {\n    "type": "TXT",\n    "value": "a"\n  }\n}\n`,
    `{\n  "": {\n    "type": "TXT",\n    "values": ["a", "${CODE}"]\n  }\n}\n`,
  ],
  [
    'JSON with a list of values on several lines',
    `{\n  "": {\n    "type": "TXT",\n    "values": [\n      "a"\n    ]\n  }\n}\n`,
    `{\n  "": {\n    "type": "TXT",\n    "values": [\n      "a",\n      "${CODE}"\n    ]\n  }\n}\n`,
  ],
  [
    'an empty key as PyYAML writes it, with one record',
    "---\n? ''\n: type: A\n  value: 192.0.2.1\nwww:\n  type: A\n  value: 192.0.2.1\n",
    `---\n? ''\n: - type: A\n    value: 192.0.2.1\n  - type: TXT\n    value: ${CODE}\nwww:\n  type: A\n  value: 192.0.2.1\n`,
  ],
  [
    'an empty key as PyYAML writes it, with a TXT record',
    "---\n? ''\n: type: TXT\n  value: a\nwww:\n  type: A\n  values:\n  - 192.0.2.1\n",
    `---\n? ''\n: type: TXT\n  values:\n  - a\n  - ${CODE}\nwww:\n  type: A\n  values:\n  - 192.0.2.1\n`,
  ],
  [
    'an empty key as PyYAML writes it, with a list',
    "---\n? ''\n: - type: A\n    value: 192.0.2.1\nwww:\n  type: A\n  value: 192.0.2.1\n",
    `---\n? ''\n: - type: A\n    value: 192.0.2.1\n  - type: TXT\n    value: ${CODE}\nwww:\n  type: A\n  value: 192.0.2.1\n`,
  ],
  [
    'a name after an empty key as PyYAML writes it, with one record',
    "---\n? ''\n: type: A\n  value: 192.0.2.1\nwww:\n    type: A\n    value: 192.0.2.1\n",
    `---\n? ''\n: type: A\n  value: 192.0.2.1\neu:\n    type: TXT\n    value: ${CODE}\nwww:\n    type: A\n    value: 192.0.2.1\n`,
    EU,
  ],
  [
    'a name after an empty key as PyYAML writes it, with a list',
    "# zone\n? ''\n: - type: A\n    value: 192.0.2.1",
    `# zone\n? ''\n: - type: A\n    value: 192.0.2.1\neu:\n  type: TXT\n  value: ${CODE}\n`,
    EU,
  ],
  [
    'the end of the document',
    '---\na:\n  type: A\n  value: 192.0.2.1\n...\n',
    `---\n${APEX_LINES}a:\n  type: A\n  value: 192.0.2.1\n...\n`,
  ],
];

const CASES = ADDITIONS.map(([title, before, after, record = RECORD]) => ({ title, before, after, record }));

describe('merge', () => {
  it.each(CASES)('adds to $title', ({ before, after, record }) => {
    expect(merge(before, record)).toBe(after);
    expect(merge(after, record)).toBe(after);
  });

  it.each(CASES)('keeps CRLF with $title', ({ before, after, record }) => {
    const windows = (text: string) => text.replaceAll('\n', '\r\n');
    // A text without a line break shows no preference.
    const expected = before.includes('\n') ? windows(after) : after;
    expect(merge(windows(before), record)).toBe(expected);
  });

  it.runIf(validator !== undefined)('writes files that octoDNS loads', async () => {
    const hostile = HOSTILE_CODES.filter((code) => /^[\x20-\x7e]+$/.test(code));
    const made = hostile.map((verificationCode) => merge('', { ...RECORD, verificationCode }));
    await validate([...CASES.map(({ after }) => after), ...made, octodns.render(RECORD)]);
  });

  it.runIf(validator !== undefined)('notices what octoDNS does not load', async () => {
    await expect(validate([`b:\n  type: TXT\n  value: a\na:\n  type: TXT\n  value: a\n`])).rejects.toThrow(
      'order',
    );
    await expect(validate([`a:\n  type: TXT\n  value: a;b\n`])).rejects.toThrow('unescaped');
  });

  it('fills an empty file', () => {
    expect(merge('')).toBe(APEX_LINES);
    expect(merge('\n', EU)).toBe(`\neu:\n  type: TXT\n  value: ${CODE}\n`);
    expect(octodns.render(RECORD)).toBe(`---\n${APEX_LINES}`);
  });

  it('quotes names and values that YAML would read as something else', () => {
    const text = merge('', { ...RECORD, emailDomain: 'no.example.com', verificationCode: '1e3' });
    expect(text).toBe("'no':\n  type: TXT\n  value: '1e3'\n");
  });

  it.each([
    ['as it is', `'':\n  type: TXT\n  value: "${CODE}"\n`],
    ['with quotes', `'':\n  type: TXT\n  values: ['"${CODE.slice(0, 9)}" "${CODE.slice(9)}"']\n`],
    ['folded', `'':\n- type: TXT\n  value: >-\n    ${CODE}\n`],
  ])('changes nothing if the value is there, %s', (_, text) => {
    expect(merge(text)).toBe(text);
  });

  it('escapes semicolons, and recognises escaped ones', () => {
    const record = { ...RECORD, verificationCode: 'a;b' };
    const text = merge('', record);
    expect(parse(text)).toEqual({ '': { type: 'TXT', value: 'a\\;b' } });
    expect(merge(text, record)).toBe(text);
  });

  it('changes nothing else, whatever the file contains', () => {
    const label = fc.stringMatching(/^[a-z_][a-z0-9-]{0,4}$/);
    const txt = fc.oneof(
      fc.record({ type: fc.constant('TXT'), value: fc.string({ minLength: 1 }) }),
      fc.record({ ttl: fc.nat(), type: fc.constant('TXT'), values: fc.array(fc.string({ minLength: 1 })) }),
    );
    const a = fc.record({ type: fc.constant('A'), value: fc.ipV4() });
    const zone = fc.dictionary(
      fc.oneof(label, fc.constantFrom('', 'eu')),
      fc.oneof(txt, a, fc.tuple(a, txt), fc.tuple(a)),
    );
    const style = fc.record({
      indent: fc.integer({ min: 2, max: 5 }),
      indentSeq: fc.boolean(),
      collectionStyle: fc.constantFrom('any' as const, 'flow' as const),
      lineWidth: fc.constantFrom(0, 20, 80),
    });
    fc.assert(
      fc.property(zone, style, fc.constantFrom(RECORD, EU), (before, options, record) => {
        const key = record === EU ? 'eu' : '';
        const after = merge(stringify(before, options), record);
        expect(withoutNewTtl(normal(parse(after)), before, key)).toEqual(
          normal({ ...before, [key]: added(before[key]) }),
        );
        expect(merge(after, record)).toBe(after);
      }),
      { numRuns: 500 },
    );
  });
});

type Json = Record<string, unknown>;

/** The records at a name, with the value added. */
function added(found: unknown): readonly Json[] {
  const records = [found ?? []].flat() as Json[];
  const txt = records.find(({ type }) => type === 'TXT');
  if (txt === undefined) return [...records, { type: 'TXT', value: CODE }];
  const { value, values = [value], ...rest } = txt;
  return records.map((record) => (record === txt ? { ...rest, values: [values, CODE].flat() } : record));
}

/** A new record has the TTL of its siblings, which other tests are about. */
function withoutNewTtl(after: Json, before: Json, key: string): Json {
  const isNew = ![before[key] ?? []].flat().some((record) => (record as Json)['type'] === 'TXT');
  const records = (after[key] as Json[]).map(({ ttl, ...rest }) =>
    isNew && rest['type'] === 'TXT' ? rest : { ...rest, ...(ttl !== undefined && { ttl }) },
  );
  return { ...after, [key]: records };
}

/** Every name with a list of records, and every record with a list of values. */
function normal(zone: Json): Json {
  const entries = Object.entries(zone).map(([name, records]) => {
    const list = ([records].flat() as Json[]).map(({ value, values = [value], ...rest }) => ({
      ...rest,
      values,
    }));
    return [name, list];
  });
  return Object.fromEntries(entries);
}

describe('the zone of the file', () => {
  it.each([
    ['dns/example.com.yaml', 'eu'],
    ['EXAMPLE.com.yml', 'eu'],
    ['example.com./$example.com.yaml', 'eu'],
    ['eu.example.com.yaml', "''"],
    ['zone.yaml', "''"],
    ['dir.with.dots/zone.yml', "''"],
  ])('%s: the key is %s', (path, key) => {
    expect(merge('---\n', EU, path)).toContain(`\n${key}:\n`);
  });

  it('matches a key in Unicode with the name in A-labels', () => {
    const record = { ...RECORD, emailDomain: 'xn--bcher-kva.xn--mnchen-3ya.de' };
    const text = 'bücher:\n  type: A\n  value: 192.0.2.1\n';
    expect(merge(text, record, 'münchen.de.yaml')).toContain('- type: A\n');
  });

  it('does not take a key that is not a name for the apex', () => {
    const text = 'ü b:\n  type: A\n  value: 192.0.2.1\n';
    expect(parse(merge(text))).toEqual({ ...parse(text), '': { type: 'TXT', value: CODE } });
  });
});

describe('files that are refused', () => {
  it.each([
    ['a:\n  b: c: d\n', 2, 6, 'Nested mappings'],
    ["'': {}\nwww: {}\nwww: {}\n", 3, 1, 'Map keys must be unique'],
    ['- a\n', 1, 1, 'YAML mapping'],
    ['\n  text\n', 2, 3, 'YAML mapping'],
    ['a: {}\n---\nb: {}\n', 2, 1, 'multiple documents'],
    ["a: {}\n'':\n  type: CNAME\n  value: a.test.\n", 3, 3, 'CNAME'],
    ["'':\n  - type: CNAME\n    value: a.test.\n", 2, 5, 'CNAME'],
    ["a: &a {type: TXT, value: a}\n'': *a\n", 2, 1, 'cannot add'],
    ["'': &a\n  type: TXT\n  value: a\nb: *a\n", 1, 1, 'cannot add'],
    ["'':\n  type: TXT\n  values: &v [a]\nb:\n  type: TXT\n  values: *v\n", 1, 1, 'cannot add'],
    ["'':\n  type: TXT\n  value: &v a\nb:\n  type: TXT\n  value: *v\n", 2 + 1, 3, 'cannot add'],
    ["a: &a\n  type: TXT\n'':\n  <<: *a\n  value: x\n", 4, 3, 'cannot add'],
    ['a: &a\n  b: {type: TXT, value: x}\n<<: *a\n', 3, 1, 'cannot add'],
    ["'': !include other.yaml\n", 1, 1, 'included file'],
    ["'':\n", 1, 1, 'cannot add'],
    ["'':\n  type: TXT\n", 2, 3, 'cannot add'],
    ["'':\n  type: TXT\n  value:\n", 3, 3, 'cannot add'],
  ])('%j', (text, line, column, problem) => {
    expect(() => merge(text)).toThrow(
      expect.objectContaining({
        name: 'UnreadableTextError',
        line,
        column,
        message: expect.stringContaining(problem),
      }),
    );
  });

  it('as the action cannot edit it: the place is in the file, and the line to add is told', () => {
    const text = '# zone\n---\n...\n';
    expect(() => merge(text, EU)).toThrow(
      expect.objectContaining({
        line: 1,
        column: 1,
        message: expect.not.stringContaining('invalid YAML'),
        hint: expect.stringMatching(facts('report', `eu: {type: TXT, value: ${CODE}}`)),
      }),
    );
  });

  it.each([
    ['too many levels', `a: ${'['.repeat(100_000)}`],
    [
      'too many aliases',
      `a: &a [x]\n${'bcdefghij'.replaceAll(/./g, (key) => `${key}: &${key} [${`*${String.fromCharCode(key.charCodeAt(0) - 1)},`.repeat(9)}]\n`)}`,
    ],
  ])('%s', (_, text) => {
    expect(() => merge(text)).toThrow(
      expect.objectContaining({ message: expect.stringContaining('nested too deeply') }),
    );
  });
});

describe('the file that !include names', () => {
  const hintOf = (text: string, path = 'zones/example.com.yaml'): string => {
    try {
      merge(text, RECORD, path);
    } catch (error) {
      return String((error as { hint?: string }).hint);
    }
    return 'it was written';
  };

  it.each([
    ["'': !include apex.yaml\n", 'zones/apex.yaml'],
    [
      "www: {type: A, value: 192.0.2.1}\n'':\n  - type: A\n    value: 192.0.2.1\n  - !include ../txt.yml\n",
      'txt.yml',
    ],
    ['<<: !include shared.yaml\n', 'zones/shared.yaml'],
  ])('is in the hint: %j', (text, file) => {
    expect(hintOf(text)).toContain(`record-file to "${file}"`);
  });

  it.each([
    ['type: TXT\nvalues:\n  - a\n', `type: TXT\nvalues:\n  - a\n  - ${CODE}\n`],
    ['---\ntype: TXT\nvalue: a\n', `---\ntype: TXT\nvalues:\n  - a\n  - ${CODE}\n`],
    ['- type: A\n  value: 192.0.2.1\n', `- type: A\n  value: 192.0.2.1\n- type: TXT\n  value: ${CODE}\n`],
    [
      'ttl: 60\ntype: A\nvalue: 192.0.2.1\n',
      `- ttl: 60\n  type: A\n  value: 192.0.2.1\n- ttl: 60\n  type: TXT\n  value: ${CODE}\n`,
    ],
    ['{type: TXT, value: a}\n', `{type: TXT, values: [a, ${CODE}]}\n`],
  ])('has records without a name: %j', (before, after) => {
    expect(merge(before, RECORD, 'zones/apex.yaml')).toBe(after);
    expect(merge(after, RECORD, 'zones/apex.yaml')).toBe(after);
  });

  it('may be a zone with a name like a field', () => {
    const zone = 'type:\n  type: A\n  value: 192.0.2.1\n';
    expect(merge(zone)).toBe(`${APEX_LINES}${zone}`);
  });
});

describe('data that an anchor shares', () => {
  it.each([
    "a: &a {type: TXT, value: a}\n'': *a\n",
    "'': &a\n  type: TXT\n  value: a\nb: *a\n",
    "'':\n  type: TXT\n  values: &v [a]\nb:\n  type: TXT\n  values: *v\n",
    "a: &a\n  type: TXT\n'':\n  <<: *a\n  value: x\n",
  ])('is refused with what to do: %j', (text) => {
    expect(() => merge(text)).toThrow(
      expect.objectContaining({ hint: expect.stringMatching(/\*name.*&name/) }),
    );
  });
});
