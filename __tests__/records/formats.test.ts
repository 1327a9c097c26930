import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RECORD_FORMAT_NAMES, type RecordFormatName } from '../../src/domain/sso-record.ts';
import { RECORD_FORMATS } from '../../src/records/formats.ts';
import { openWorkspace } from '../../src/records/workspace/file.ts';
import { RECORD, target } from '../samples/record.ts';

/** A zone has a SOA that nobody can make up; every other file may be new. */
const ZONE = '$ORIGIN example.com.\n@ 3600 IN SOA ns1 hostmaster 1 3600 600 86400 60\n@ 3600 IN NS ns1\n';
const record = { ...RECORD, txtValues: [RECORD.verificationCode] };

function merge(name: RecordFormatName, current: string | undefined): string {
  return RECORD_FORMATS[name].merge(current, record, target('zone'));
}

/** A file of each format to which the record can be added. */
const FILES: Readonly<Record<RecordFormatName, string>> = {
  bind: ZONE,
  octodns: "---\n'':\n  type: TXT\n  value: a\n",
  dnscontrol: merge('dnscontrol', undefined).replaceAll('example.com', 'example.org'),
  terraform: merge('terraform', undefined).replaceAll('example.com', 'example.org'),
  tfvars: '{\n  "other": 1\n}\n',
  json: '{\n  "example.org": {}\n}\n',
};

describe('RECORD_FORMATS', () => {
  it('has every format that the input names', () => {
    expect(Object.keys(RECORD_FORMATS).toSorted()).toEqual([...RECORD_FORMAT_NAMES].toSorted());
  });

  it.each(RECORD_FORMAT_NAMES)('%s renders the code, and a file with it stays as it is', (name) => {
    expect(RECORD_FORMATS[name].render(record)).toContain(record.verificationCode);
    const made = merge(name, name === 'bind' || name === 'octodns' ? FILES[name] : undefined);
    expect(made).toContain(record.verificationCode);
    expect(merge(name, made)).toBe(made);
  });
});

describe('files from Windows', () => {
  let root: string;

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'formats-'));
  });

  afterEach(() => rm(root, { recursive: true }));

  const windows = (text: string) => `\uFEFF${text.replaceAll('\n', '\r\n')}`;

  it.each(RECORD_FORMAT_NAMES)('keep CRLF and a byte order mark as %s', async (name) => {
    const file = join(root, 'zone');
    await writeFile(file, windows(FILES[name]));
    const update = () =>
      openWorkspace(root).update(
        'zone',
        (current) => RECORD_FORMATS[name].merge(current, record, target('zone')),
        { dryRun: false },
      );
    expect(await update()).toBe(true);
    expect(await readFile(file, 'utf8')).toBe(windows(merge(name, FILES[name])));
    expect(await update()).toBe(false);
  });
});

describe('the column of an error', () => {
  /** Every part of a format that finds errors: the format, the part, the column, and a text with the error in line 2. */
  const ERRORS: readonly (readonly [RecordFormatName, string, number, (character: string) => string])[] = [
    ['bind', 'of the lexer', 3, (character) => `\n${character} (\n`],
    ['bind', 'in a record', 7, (character) => `\n${character} 300 CH TXT a\n`],
    ['octodns', 'of the YAML parser', 4, (character) => `a: {}\n${character}: c: d\n`],
    ['octodns', 'in a record', 13, (character) => `---\n{${character}: {}, '': {type: CNAME}}\n`],
    ['tfvars', 'of the scanner', 7, (character) => `\n{"${character}": x}`],
    [
      'json',
      'in an object',
      29,
      (character) => `\n{"${character}": 1, "example.com": {}, "example.com": {}}`,
    ],
  ];

  it.each(ERRORS)('counts code points in %s, for an error %s', (name, _, column, textWith) => {
    for (const character of ['x', 'é', '\u{10ffff}', '😀']) {
      expect(() => merge(name, textWith(character))).toThrow(
        expect.objectContaining({ name: 'UnreadableTextError', line: 2, column }),
      );
    }
  });
});
