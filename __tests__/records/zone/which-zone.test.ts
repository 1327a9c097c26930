import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseRecordZone } from '../../../src/domain/record-zone.ts';
import { UnreadableTextError } from '../../../src/records/format/unreadable-text-error.ts';
import { openWorkspace } from '../../../src/records/workspace/file.ts';
import { bind } from '../../../src/records/zone/bind.ts';
import { facts } from '../../checks/facts.ts';
import { mustHaveRealDns } from '../../real/dns-worlds.ts';
import { checkZone, difference, hasNamedCheckzone } from '../../real/named-checkzone.ts';
import { RECORD } from '../../samples/record.ts';

const CODE = RECORD.verificationCode;
const NOW_MS = Date.UTC(2026, 10, 23, 12);
const SOA = '@ SOA ns1 host 7 7200 3600 1209600 300\n';
/** A file that does not say its zone. */
const BARE = `$TTL 300\n${SOA}@ NS ns1\nns1 A 192.0.2.1\n`;

const isSkipped = !hasNamedCheckzone() && !mustHaveRealDns();

interface Target {
  readonly path?: string;
  readonly zone?: string;
  readonly emailDomain?: string;
}

const of = (emailDomain: string) => ({ ...RECORD, emailDomain });

function targetOf({ path = 'zones/db.external', zone }: Target) {
  return { path, nowMs: NOW_MS, zone: zone === undefined ? undefined : parseRecordZone(zone) };
}

function merge(text: string, target: Target = {}): string {
  const { emailDomain = 'example.com' } = target;
  return bind.merge(text, of(emailDomain), targetOf(target));
}

function describeZone(text: string, target: Target = {}): string | undefined {
  const { emailDomain = 'example.com' } = target;
  return bind.describeZone?.(text, of(emailDomain), targetOf(target));
}

function refusalOf(text: string, target: Target = {}): UnreadableTextError {
  try {
    merge(text, target);
  } catch (error) {
    if (error instanceof UnreadableTextError) return error;
    throw error;
  }
  throw new Error('it was written');
}

/** What BIND reads in the changed file that it does not read in the old one; the changed file stays as it is. */
function readByBind(text: string, target: Target & { readonly origin?: string } = {}): readonly string[] {
  const { emailDomain = 'example.com', origin = 'example.com' } = target;
  const merged = merge(text, target);
  expect(merge(merged, { ...target, emailDomain })).toBe(merged);
  const [before, after] = [checkZone(origin, text), checkZone(origin, merged)];
  expect(before.isLoaded).toBe(true);
  expect(after.messages).toEqual(before.messages);
  return difference(before, after);
}

const added = (name: string, ttlS: number) => [`${name}. ${ttlS} IN TXT "${CODE}"`];

describe('the name of a zone file', () => {
  it
    .skipIf(isSkipped)
    .each([
      'db.external',
      'example.zone',
      'forward.db',
      'zones.txt',
      'example-com.zone',
      '01-example.com.zone',
      'example.com/zone.db',
      'master.hosts.conf',
      'soa.inc',
      'internal.example.net.zone',
    ])('%s is no evidence for another zone', (path) => {
    expect(readByBind(BARE, { path })).toEqual(added('example.com', 300));
  });

  it('is told when it decides, and so is a guess', () => {
    expect(describeZone(BARE, { path: 'db.example.com', emailDomain: 'corp.example.com' })).toMatch(
      facts('zone example.com', 'name'),
    );
    expect(describeZone(BARE, { emailDomain: 'corp.example.com' })).toMatch(
      facts('zone corp.example.com', 'record-zone'),
    );
  });

  it('is not told when the file or the input says the zone', () => {
    expect(describeZone(BARE, { zone: 'example.com' })).toBeUndefined();
    expect(describeZone(`$ORIGIN example.com.\n${BARE}`)).toBeUndefined();
  });

  it.each([
    ['an $ORIGIN', `$ORIGIN example.org.\n${BARE}`, 3],
    ['an absolute SOA owner', BARE.replace('@ SOA', 'example.org. SOA'), 2],
  ])('counts less than %s', (_, text, line) => {
    const error = refusalOf(text, { path: 'example.com.zone' });
    expect(error).toMatchObject({
      line,
      message: expect.stringMatching(facts('example.org', 'example.com')),
    });
  });
});

describe('record-zone', () => {
  it.skipIf(isSkipped).each([
    ['a name below it', 'db.external', 'corp.example.com'],
    ['the zone itself', 'soa.inc', 'example.com'],
    ['a file with the name of another zone', 'example.org.zone', 'corp.example.com'],
    ['a file with the name of the email domain', 'corp.example.com.zone', 'corp.example.com'],
  ])('ends the guessing: %s', (_, path, emailDomain) => {
    const target = { path, emailDomain, zone: 'example.com' };
    expect(readByBind(BARE, target)).toEqual(added(emailDomain, 300));
  });

  it.skipIf(isSkipped)('makes the new line as its neighbours are: relative, at its place', () => {
    const text = `${BARE}corp A 192.0.2.2\n  TXT "v=spf1 -all"\nwww A 192.0.2.3\n`;
    const merged = merge(text, { zone: 'example.com', emailDomain: 'corp.example.com' });
    expect(merged).toContain(`"v=spf1 -all"\ncorp TXT "${CODE}"\nwww`);
  });

  it.each([
    ['an $ORIGIN', `$ORIGIN example.org.\n${BARE}`],
    ['an absolute SOA owner', BARE.replace('@ SOA', 'corp.example.com. SOA')],
    ['a relative SOA owner', BARE.replace('@ SOA', 'sub SOA')],
  ])('is refused against %s', (_, text) => {
    const error = refusalOf(text, { zone: 'example.com', emailDomain: 'corp.example.com' });
    expect(error.message).toMatch(facts('record-zone', 'example.com'));
    expect(error.hint).toContain('record-zone');
  });
});

describe('a file that may be the zone of several names', () => {
  const CORP = { emailDomain: 'corp.example.com' };

  it.each([
    ['CNAME', 'corp IN CNAME ns1\n', 5, CORP],
    ['delegates', 'corp NS ns9\n', 5, CORP],
    ['delegates', 'corp 300 NS ns9.example.net.\n', 5, { emailDomain: 'eu.corp.example.com' }],
    ['CNAME', '$ORIGIN eu\ncorp CNAME ns1\n', 6, { emailDomain: 'corp.eu.example.com' }],
    ['CNAME', 'eu A 192.0.2.9\nCORP CNAME ns1\n', 6, CORP],
    ['DNAME', 'eu DNAME example.net.\n', 5, { emailDomain: 'corp.eu.example.com' }],
    ['MX', '* MX 10 mx.example.net.\n', 5, CORP],
  ])('is refused with a record that may matter: %s', (type, lines, line, target) => {
    const error = refusalOf(`${BARE}${lines}`, target);
    expect(error).toMatchObject({ line, column: 1, message: expect.stringContaining(type) });
    expect(error.message).toContain('zone');
    expect(error.hint).toContain('record-zone');
  });

  it.skipIf(isSkipped).each([
    ['www CNAME ns1\nsub NS ns9\n', CORP],
    ['example CNAME ns1\n* MX 10 mx.example.net.\n', {}],
  ])('is written where no such record may matter: %j', (lines, target) => {
    const { emailDomain = 'example.com' } = { emailDomain: undefined, ...target };
    expect(merge(`${BARE}${lines}`, target)).toContain(`\n${emailDomain}. TXT "${CODE}"\n`);
  });

  it('has the record already, whichever zone it is', () => {
    const text = `${BARE}corp TXT "${CODE}"\n`;
    expect(merge(text, CORP)).toBe(text);
  });
});

describe('a name that exists only through a wildcard', () => {
  const HEAD = `$ORIGIN example.com.\n${BARE}`;

  it.each([
    ['MX', '* MX 10 mx.example.net.\n', 'corp.example.com', 6],
    ['A, MX', '* 60 IN MX 10 mx.example.net.\n* A 192.0.2.9\n', 'corp.example.com', 6],
    ['TXT', '* TXT "v=spf1 -all"\n', 'corp.example.com', 6],
    ['CNAME', '\\042 CNAME ns1\n', 'corp.example.com', 6],
    ['MX', '* MX 10 mx.example.net.\n', 'corp.eu.example.com', 6],
    ['AAAA', 'x.eu A 192.0.2.1\n*.eu AAAA 2001:db8::1\n* MX 0 .\n', 'corp.eu.example.com', 7],
    ['MX', 'EU A 192.0.2.1\n*.eu.example.com. MX 0 ns1\n', 'corp.eu.example.com', 7],
    ['MX', '$ORIGIN sub\n* MX 0 ns1\n', 'corp.sub.example.com', 7],
  ])('is refused, and the types that it would lose are named: %s', (types, lines, emailDomain, line) => {
    const error = refusalOf(`${HEAD}${lines}`, { emailDomain });
    expect(error).toMatchObject({ line, column: 1, message: expect.stringContaining(`(${types})`) });
    expect(error.message).toMatch(facts(emailDomain, 'wildcard'));
    expect(error.hint).toContain(types);
  });

  it.skipIf(isSkipped).each([
    ['a record of its own', 'corp MX 10 mx.example.net.\n', 'corp.example.com'],
    ['a name below it', '_dmarc.corp TXT "v=DMARC1"\n', 'corp.example.com'],
    ['a closer name that exists', 'x.eu A 192.0.2.1\n', 'corp.eu.example.com'],
    ['it is the zone apex', '', 'example.com'],
  ])('is another matter if there is %s', (_, lines, emailDomain) => {
    const text = `${HEAD}* MX 10 mx.example.net.\n${lines}`;
    expect(readByBind(text, { emailDomain })).toEqual(added(emailDomain, 300));
  });

  it.skipIf(isSkipped)('is not one if the wildcard has no records itself', () => {
    const text = `${HEAD}a.* A 192.0.2.9\n`;
    expect(readByBind(text, { emailDomain: 'corp.example.com' })).toEqual(added('corp.example.com', 300));
  });
});

describe('the TTL in a file without $TTL', () => {
  const soa = (ttl: string) => `example.com. ${ttl} IN SOA ns1.example.com. host.example.com. 7 1 1 1 60\n`;

  it.skipIf(isSkipped).each([
    [
      'of the records at the name',
      `${soa('86400')}example.com. 86400 IN NS ns1.example.com.\n`,
      'example.com',
      86400,
    ],
    [
      'of the last record',
      `${soa('86400')}example.com. 86400 NS ns1.example.com.\n`,
      'corp.example.com',
      1800,
    ],
    [
      'that the record before it only inherits',
      `${soa('7200')}example.com. NS ns1.example.com.\n`,
      'example.com',
      7200,
    ],
    [
      'beside an SOA record without one',
      `${soa('')}example.com. 900 NS ns1.example.com.\n`,
      'example.com',
      900,
    ],
    [
      'of the TXT records at the name',
      `${soa('900')}  900 NS ns1.example.com.\n  120 TXT a\n  900 MX 0 .\n`,
      'example.com',
      120,
    ],
  ])('is stated: that %s', (_, head, emailDomain, ttlS) => {
    const text = `${head}ns1.example.com. 1800 IN A 192.0.2.1\n`;
    expect(merge(text, { emailDomain })).toMatch(new RegExp(`\\s${ttlS}\\s+(IN\\s+)?TXT\\s+"${CODE}"`));
    expect(readByBind(text, { emailDomain })).toEqual(added(emailDomain, ttlS));
  });

  it('is not stated where $TTL does it, or where no record states one', () => {
    expect(merge(`$ORIGIN example.com.\n${BARE}`)).toContain(`\n@ TXT "${CODE}"`);
    const silent = `${soa('')}example.com. NS ns1.example.com.\n`;
    expect(merge(silent)).toContain(`example.com. TXT "${CODE}"`);
  });
});

describe('an SOA record of the root', () => {
  it.each([
    '$ORIGIN .\n@ 3600 IN SOA example.com. root.example.com. 7 1 1 1 60\nexample.com. 300 IN NS ns1.example.net.\n',
    '. 3600 IN SOA example.com. root.example.com. 7 1 1 1 60\n$ORIGIN example.com.\n@ 300 IN NS ns1\n',
  ])('is the true reason for a refusal', (text) => {
    const error = refusalOf(text, { path: 'example.com.txt' });
    expect(error.message).toMatch(facts('SOA', 'root', 'example.com'));
    expect(error.message).not.toContain('delegates');
    if (!isSkipped) expect(checkZone('example.com', text).isLoaded).toBe(false);
  });
});

describe('an SOA record whose owner lacks its final dot', () => {
  it.each([
    ['cloudflare.txt', undefined, 'example.com', '', 3],
    ['example.com.txt', undefined, 'corp.example.com', '', 3],
    ['zone', 'example.com', 'corp.example.com', '$ORIGIN example.com.\n', 4],
  ])('is the true reason for a refusal, as in an export: %s', (path, zone, emailDomain, head, line) => {
    const text = `${head};; SOA Record\n\nExample.com\t3600\tIN\tSOA\tns1.example.net. dns.example.net. 7 1 1 1 60\nexample.com.\t300\tIN\tNS\tns1.example.net.\n`;
    const error = refusalOf(text, { path, emailDomain, ...(zone !== undefined && { zone }) });
    expect(error).toMatchObject({ line, column: 1, message: expect.stringContaining('dot') });
    expect(error.hint).toContain('Example.com.');
    if (!isSkipped) expect(checkZone('example.com', text).isLoaded).toBe(false);
  });

  it.skipIf(isSkipped)('is none below the root, or in the zone above', () => {
    const text = (origin: string, owner: string) =>
      `$TTL 60\n$ORIGIN ${origin}\n${owner} SOA ns1.example.net. h.example.net. 7 1 1 1 60\n NS ns1.example.net.\n`;
    expect(readByBind(text('.', 'example.com'))).toEqual(added('example.com', 60));
    const target = { emailDomain: 'example.co.uk', origin: 'example.co.uk' };
    expect(readByBind(text('uk.', 'example.co'), target)).toEqual(added('example.co.uk', 60));
  });
});

describe('bytes that are not UTF-8', () => {
  it.skipIf(isSkipped).each([
    ['a comment', '; f\xfcr uns'],
    ['a comment at the end of a line', 'www A 192.0.2.2 ; caf\xe9 \xa0\x85'],
    ['a text', 'www TXT "f\xfcr uns"'],
    ['an owner', 'b\xfccher A 192.0.2.2'],
  ])('stay as they are for BIND: %s', async (_, latin1) => {
    const root = await mkdtemp(join(tmpdir(), 'latin1-'));
    try {
      const before = Buffer.from(`${BARE}${latin1}\n`, 'latin1');
      await writeFile(join(root, 'zone'), before);
      const record = of('example.com');
      const update = () =>
        openWorkspace(root).update(
          'zone',
          (text) => bind.merge(text, record, targetOf({ path: 'example.com.zone' })),
          { dryRun: false, allowsAnyBytes: bind.allowsAnyBytes ?? false },
        );
      expect(await update()).toBe(true);
      const after = await readFile(join(root, 'zone'));
      expect(after.includes(Buffer.from(latin1, 'latin1'))).toBe(true);
      expect(difference(checkZone('example.com', before), checkZone('example.com', after))).toEqual(
        added('example.com', 300),
      );
      expect(await update()).toBe(false);
    } finally {
      await rm(root, { recursive: true });
    }
  });
});
