import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { parseRecordZone } from '../../../src/domain/record-zone.ts';
import { UnreadableTextError } from '../../../src/records/format/unreadable-text-error.ts';
import { octodns } from '../../../src/records/octodns/octodns.ts';
import { facts } from '../../checks/facts.ts';
import { RECORD } from '../../samples/record.ts';

const CODE = RECORD.verificationCode;
const A = (name: string) => `${name}:\n  type: A\n  value: 192.0.2.1\n`;
const MX = (name: string) =>
  `${name}:\n  type: MX\n  values:\n  - exchange: mx.example.net.\n    preference: 10\n`;

interface Given {
  readonly path?: string;
  readonly zone?: string;
  readonly emailDomain?: string;
  readonly beside?: Readonly<Record<string, string>>;
}

function partsOf({
  path = 'zones/example.com.yaml',
  zone,
  emailDomain = 'corp.example.com',
  beside = {},
}: Given) {
  const target = {
    path,
    nowMs: 0,
    zone: zone === undefined ? undefined : parseRecordZone(zone),
    beside: new Map(Object.entries(beside)),
  };
  return [{ ...RECORD, emailDomain }, target] as const;
}

const merge = (text: string | undefined, given: Given = {}) => octodns.merge(text, ...partsOf(given));
const filesBeside = (path: string) => octodns.filesBeside?.(partsOf({ path })[1], 'corp.example.com');
const describeZone = (given: Given) => octodns.describeZone?.('', ...partsOf(given));

/** The key under which the code is written. */
function keyOf(text: string | undefined, given: Given = {}): string | undefined {
  const after = merge(text, given);
  expect(merge(after, given)).toBe(after);
  const zone: Record<string, unknown> = parse(after);
  return Object.keys(zone).find((key) => JSON.stringify(zone[key]).includes(CODE));
}

function refusalOf(text: string | undefined, given: Given = {}): UnreadableTextError {
  try {
    merge(text, given);
  } catch (error) {
    if (error instanceof UnreadableTextError) return error;
    throw error;
  }
  throw new Error('it was written');
}

describe('the zone of a file of octoDNS', () => {
  it.each([
    ['example.com._0_base.yaml', 'example.com'],
    ['_example.com.yaml', 'example.com'],
    ['example.com.yaml.j2', 'example.com'],
    ['prod.zones.yaml', 'example.com'],
    ['example.yaml', 'example.com'],
    ['config.yaml', 'example.com'],
  ])('is no other because of the name %s', (path, emailDomain) => {
    expect(keyOf(A('www'), { path, emailDomain })).toBe('');
    expect(describeZone({ path, emailDomain })).toMatch(facts('zone example.com', 'set record-zone'));
  });

  it.each(['zones.txt', 'zones/all.yaml', 'zones/internal.yaml', 'config.yaml'])(
    'is not guessed for a sub-domain where the file has keys: %s',
    (path) => {
      const error = refusalOf(`---\n${A('www')}`, { path });
      expect(error).toMatchObject({ line: 2, column: 1 });
      expect(error.message).toMatch(
        facts("corp.example.com, the record belongs at ''", 'example.com', 'corp'),
      );
      expect(error.hint).toMatch(facts('record-zone: example.com', 'record-zone: corp.example.com'));
      expect(keyOf(A('www'), { path, zone: 'example.com' })).toBe('corp');
      expect(keyOf(A('www'), { path, zone: 'corp.example.com' })).toBe('');
      expect(keyOf('---\n', { path })).toBe('');
    },
  );

  it.each([
    ['zones/base.yaml', 'example.com', 'corp'],
    ['zones/corp.example.com.yaml', 'example.com', 'corp'],
    ['zones/example.com.yaml', 'corp.example.com', ''],
    ['zones/example.org./base.yaml', 'example.com', 'corp'],
    ['xn--bcher-kva.example.yaml', 'bücher.example', 'corp', 'corp.xn--bcher-kva.example'],
  ])('is what record-zone says: %s, %s', (path, zone, key, emailDomain = 'corp.example.com') => {
    expect(keyOf(A('www'), { path, zone, emailDomain })).toBe(key);
    expect(describeZone({ path, zone, emailDomain })).toBeUndefined();
  });

  it.each([
    ['the name itself', A('corp'), 2],
    ['a name below it', A('_dmarc.corp'), 2],
    ['a delegation of it', 'corp:\n  type: NS\n  value: ns9.example.net.\n', 2],
    ['a wildcard that answers for it', MX("'*'"), 2],
  ])('is not guessed where that matters: %s', (_, text, line) => {
    const error = refusalOf(`---\n${text}`, { path: 'base.yaml' });
    expect(error).toMatchObject({ line, column: 1, message: expect.stringContaining('example.com') });
    expect(error.hint).toContain('record-zone');
  });
});

describe('a zone in several files', () => {
  const FOLDER = 'zones/example.com.';
  const CATCHALL = { [`${FOLDER}/$example.com.yaml`]: `${A("''")}${MX("'*'")}` };
  const WWW = { [`${FOLDER}/www.yaml`]: A('www') };

  it.each([
    ['corp.yaml', 'corp.example.com', 'corp'],
    ['$example.com.yaml', 'example.com', ''],
    ['$example.com.yaml', 'corp.example.com', 'corp'],
    ['corp.yaml', 'a.corp.example.com', 'a.corp'],
  ])('has the name from its folder: %s for %s', (file, emailDomain, key) => {
    const path = `${FOLDER}/${file}`;
    const text = keyOf(A('corp'), { path, emailDomain, beside: { [path]: A('corp') } });
    expect(text).toBe(key);
  });

  it('may get a new file, but only among others', () => {
    const path = `${FOLDER}/corp.yaml`;
    expect(keyOf(undefined, { path, beside: WWW })).toBe('corp');
    expect(refusalOf(undefined, { path }).message).toContain('not exist');
  });

  it.each([
    ['TXT in the other file', { [`${FOLDER}/corp.yaml`]: 'corp:\n  type: TXT\n  value: a\n' }, 'corp.yaml'],
    [
      'CNAME in the other file',
      { [`${FOLDER}/x.yaml`]: 'CORP:\n- type: CNAME\n  value: a.example.\n' },
      'x.yaml',
    ],
    [
      'TXT in the zone file',
      { 'zones/example.com.yaml': 'corp:\n  type: TXT\n  value: a\n' },
      'example.com.yaml',
    ],
  ])('has the records of a name in one file: %s', (_, beside, file) => {
    const error = refusalOf(A("''"), { path: `${FOLDER}/$example.com.yaml`, beside });
    expect(error.message).toContain(file);
    expect(error.hint).toMatch(facts('record-file', file));
  });

  it('is one zone to a wildcard', () => {
    const path = `${FOLDER}/corp.yaml`;
    expect(refusalOf(undefined, { path, beside: CATCHALL }).message).toMatch(facts('*.example.com', '(MX)'));
    expect(keyOf(A('corp'), { path, beside: CATCHALL })).toBe('corp');
    const dmarc = { [`${FOLDER}/_dmarc.corp.yaml`]: A('_dmarc.corp') };
    expect(keyOf(undefined, { path, beside: { ...CATCHALL, ...dmarc } })).toBe('corp');
  });

  it('is refused for a name that is not in it', () => {
    const error = refusalOf(A('www'), { path: 'zones/example.org./www.yaml' });
    expect(error.message).toMatch(facts('example.org', 'corp.example.com'));
  });

  it('is looked at as a whole', () => {
    expect(filesBeside(`${FOLDER}/corp.yaml`)).toEqual([FOLDER, 'zones/example.com.yaml']);
    expect(filesBeside('zones/example.com.yaml')).toEqual(['zones/example.com.']);
    expect(filesBeside('zones/base.yaml')).toEqual([]);
  });

  it('is not changed if another file cannot be read', () => {
    const beside = { [`${FOLDER}/www.yaml`]: 'a: b: c\n' };
    const error = refusalOf(A('corp'), { path: `${FOLDER}/corp.yaml`, beside });
    expect(error.message).toMatch(facts('www.yaml', 'line 1'));
  });
});

describe('a split zone whose folder ends with more than a dot', () => {
  it.each([
    ['example.com.tst/www.yaml', 'corp.example.com', 'corp'],
    ['split/example.com.tst/www.yaml', 'example.com', ''],
    ['split\\example.com.tst\\www.yaml', 'corp.example.com', 'corp'],
    ['Example.COM.d/mail.yaml', 'a.corp.example.com', 'a.corp'],
    ['example.com-split/www.yaml', 'corp.example.com', 'corp'],
    ['example.com.au.d/www.yaml', 'corp.example.com.au', 'corp'],
    ['corp.example.com.tst/www.yaml', 'corp.example.com', ''],
    ['bücher.example.tst/www.yaml', 'corp.xn--bcher-kva.example', 'corp'],
    ['xn--bcher-kva.example.tst/www.yaml', 'corp.xn--bcher-kva.example', 'corp'],
  ])('gets the name from its folder: %s for %s', (path, emailDomain, key) => {
    expect(keyOf(A('www'), { path, emailDomain })).toBe(key);
    expect(keyOf(`${A('mail')}${A('www')}`, { path, emailDomain })).toBe(key);
    expect(describeZone({ path, emailDomain })).toContain('folder');
  });

  it('is looked at as a whole, and may get a new file among others', () => {
    const path = 'zones/example.com.tst/corp.yaml';
    expect(filesBeside(path)).toEqual(['zones/example.com.tst', 'zones/example.com.yaml']);
    const beside = { 'zones/example.com.tst/$example.com.yaml': MX("'*'") };
    expect(refusalOf(undefined, { path, beside }).message).toContain('(MX)');
    const www = { 'zones/example.com.tst/www.yaml': A('www') };
    expect(keyOf(undefined, { path, beside: www })).toBe('corp');
  });

  it('may be that of another domain, as the file with the rest says', () => {
    const path = 'example.org.tst/$example.org.yaml';
    expect(refusalOf(A("''"), { path }).message).toMatch(facts('example.org', 'corp.example.com'));
  });

  it.each([
    ['example.com.au./www.yaml', 'example.com'],
    ['example.com./www.yaml', 'corp.example.co'],
  ])('is not one whose name only begins like another: %s for %s', (path, emailDomain) => {
    expect(refusalOf(A('www'), { path, emailDomain }).message).toContain('not contain');
  });
});

describe('a file with the records of one name, and no zone', () => {
  it.each([
    ['split/www.yaml', A('www'), 'example.com'],
    ['split/www.yaml', A('WWW'), 'corp.example.com'],
    ['example.org.tst/www.yaml', `# Web\n${A('www')}`, 'example.com'],
    ['_dmarc.eu.yaml', A('_dmarc.eu'), 'corp.example.com'],
    ['example.com/www.yaml', A('www'), 'example.com'],
  ])('is refused: %s', (path, text, emailDomain) => {
    const error = refusalOf(text, { path, emailDomain });
    expect(error).toMatchObject({ line: text.split('\n').findIndex((line) => /^\w/.test(line)) + 1 });
    expect(error.hint).toContain('record-zone');
    expect(keyOf(text, { path, emailDomain, zone: emailDomain })).toBe('');
  });

  it.each([
    ['www.yaml', `${A('www')}${A('mail')}`],
    ['base.yaml', A('www')],
    ['example.com.yaml', A('example.com')],
    ['www.yaml', ''],
  ])('is another matter: %s', (path, text) => {
    expect(keyOf(text, { path, emailDomain: 'example.com' })).toBe('');
  });
});

describe('a file in a folder that has the name of the zone', () => {
  const path = 'zones/example.com/base.yaml';

  it('is taken for that zone, which the log says', () => {
    expect(keyOf(A('www'), { path })).toBe('corp');
    expect(describeZone({ path })).toMatch(facts('zone example.com', 'record-zone'));
  });

  it('may hold the zone of the email domain instead', () => {
    expect(refusalOf(A("''"), { path })).toMatchObject({
      message: expect.stringContaining('corp.example.com'),
    });
    expect(keyOf(A("''"), { path: 'zones/example.com/corp.example.com.yaml' })).toBe('');
  });
});

describe('the record on its own', () => {
  it.each([
    [undefined, ''],
    ['corp.example.com', ''],
    ['example.com', 'corp'],
  ])('is in the zone %s', (zone, key) => {
    const [record, target] = partsOf({ ...(zone !== undefined && { zone }) });
    expect(parse(octodns.render(record, target.zone))).toEqual({ [key]: { type: 'TXT', value: CODE } });
  });
});

describe('a file of octoDNS that is not there', () => {
  it.each(['zonez/example.com.yaml', 'example.com.yaml', 'config.yaml'])('is not made: %s', (path) => {
    expect(refusalOf(undefined, { path })).toMatchObject({
      message: expect.stringContaining('not exist'),
      hint: expect.stringContaining('record-file'),
    });
  });
});

describe('a record that would break a name', () => {
  it.each([
    ['(MX)', MX("'*'"), 'corp.example.com', 1],
    [
      '(A, MX)',
      "'*':\n- type: MX\n  value: {exchange: a.example., preference: 1}\n- {type: A, value: 192.0.2.1}\n",
      'corp.example.com',
      1,
    ],
    ['(TXT)', "'*':\n  type: TXT\n  value: v=spf1 -all\n", 'corp.example.com', 1],
    ['(CNAME)', `${A("''")}"*":\n  type: CNAME\n  value: a.example.\n`, 'corp.example.com', 4],
    ['(MX)', `${MX("'*'")}${MX("'*.eu'")}`, 'corp.eu.example.com', 6],
  ])('is refused, and the types are named: %s', (types, text, emailDomain, line) => {
    const error = refusalOf(text, { emailDomain });
    expect(error).toMatchObject({ line, column: 1, message: expect.stringContaining(types) });
    expect(error.hint).toContain(emailDomain);
  });

  it.each([
    ['the name exists', `${MX("'*'")}${A('corp')}`, 'corp.example.com'],
    ['the name exists in another spelling', `${MX("'*'")}${A('CORP')}`, 'corp.example.com'],
    ['a name below it exists', `${MX("'*'")}${A('_dmarc.corp')}`, 'corp.example.com'],
    ['a closer name exists', `${MX("'*'")}${A('eu')}`, 'corp.eu.example.com'],
    ['it is the zone', MX("'*'"), 'example.com'],
  ])('is another matter if %s', (_, text, emailDomain) => {
    expect(keyOf(text, { emailDomain })).toBeDefined();
  });

  it.each([
    ['delegates', 'corp:\n  type: NS\n  value: ns9.example.net.\n', 'corp.example.com'],
    ['delegates', 'eu:\n- type: NS\n  value: ns9.example.net.\n', 'corp.eu.example.com'],
    ['DNAME', 'eu:\n  type: DNAME\n  value: example.net.\n', 'corp.eu.example.com'],
  ])('is refused where nobody sees it: %s', (fact, text, emailDomain) => {
    expect(refusalOf(text, { emailDomain })).toMatchObject({
      line: 1,
      column: 1,
      message: expect.stringContaining(fact),
    });
  });

  it('is not looked for when the record is there', () => {
    const text = `${MX("'*'")}corp:\n  type: TXT\n  value: ${CODE}\n`;
    expect(merge(text)).toBe(text);
  });
});
