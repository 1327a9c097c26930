import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SsoRecord } from '../../../src/domain/sso-record.ts';
import { UnreadableTextError } from '../../../src/records/format/unreadable-text-error.ts';
import { bind } from '../../../src/records/zone/bind.ts';
import { mustHaveRealDns } from '../../real/dns-worlds.ts';
import { checkZone, difference, hasNamedCheckzone, serialOf } from '../../real/named-checkzone.ts';
import { CODE } from '../../samples/results.ts';
import { ZONE_SAMPLES, type ZoneSample } from '../../samples/zones.ts';

const NOW_MS = Date.UTC(2026, 10, 23, 12);
const HEAD = '$ORIGIN example.com.\n$TTL 300\n@ SOA ns1 root 7 3600 600 86400 60\n@ NS ns1\n';

const isSkipped = !hasNamedCheckzone() && !mustHaveRealDns();
if (isSkipped) console.warn('Tests against named-checkzone are skipped: bind9-utils is not installed.');

function sso(changes: Partial<SsoRecord> = {}): SsoRecord {
  return {
    emailDomain: 'example.com',
    verificationCode: CODE,
    accountId: undefined,
    connectorId: undefined,
    txtValues: undefined,
    ...changes,
  };
}

function merge(text: string | undefined, changes: Partial<SsoRecord> = {}, path = 'zones/zone'): string {
  return bind.merge(text, sso(changes), { path, nowMs: NOW_MS });
}

function mergeSample({ text, path, emailDomain = 'example.com' }: ZoneSample): string {
  return merge(text, { emailDomain }, path);
}

/** The lines of `after` that are not in `before`, in order. */
function addedLines(before: string, after: string): readonly string[] {
  const old = before.split('\n').map((line) => line.trimEnd());
  const rest = after.split('\n').map((line) => line.trimEnd());
  return rest.filter((line) => {
    if (line !== old[0]) return true;
    old.shift();
    return false;
  });
}

const samples = Object.entries(ZONE_SAMPLES);

describe('bind.merge', () => {
  it.each(samples)('adds the record and raises the serial: %s', (_, sample) => {
    const [from, to] = sample.serial ?? [' 7 ', ' 8 '];
    const raised = sample.text.replace(from, to);
    expect(addedLines(raised, mergeSample(sample))).toEqual([sample.added]);
  });

  it.each(samples)('changes nothing the second time: %s', (_, sample) => {
    const merged = mergeSample(sample);
    expect(mergeSample({ ...sample, text: merged })).toBe(merged);
  });

  it.skipIf(isSkipped).each(samples)('BIND reads the change as intended: %s', (_, sample) => {
    const { origin = 'example.com', emailDomain = 'example.com', ttlS = 300 } = sample;
    const before = checkZone(origin, sample.text);
    const after = checkZone(origin, mergeSample(sample));
    expect(before).toMatchObject({ isLoaded: true });
    expect(after.messages.map(withoutPlace)).toEqual(before.messages.map(withoutPlace));
    expect(difference(before, after)).toEqual([`${emailDomain}. ${ttlS} IN TXT "${CODE}"`]);
    expect(serialOf(after)).not.toBe(serialOf(before));
  });
});

describe('bind.merge, byte for byte', () => {
  it('keeps CR LF, and no line break at the end', () => {
    const text = `; zone\r\n${HEAD.replaceAll('\n', '\r\n')}ns1 A 192.0.2.1`;
    const mail = merge(text, { emailDomain: 'mail.example.com' });
    expect(mail).toBe(`${text.replace(' 7 ', ' 8 ')}\r\nmail TXT "${CODE}"`);
    const apex = merge(text);
    expect(apex).toBe(text.replace(' 7 ', ' 8 ').replace('@ NS ns1\r\n', `@ NS ns1\r\n@ TXT "${CODE}"\r\n`));
  });

  it.each([
    ['in quotes', `@ TXT "${CODE}"`],
    ['without quotes, other case of names, another TTL', `EXAMPLE.com. 5 in txt ${CODE}`],
    ['in two strings', `@ TXT "${CODE.slice(0, 10)}" ${CODE.slice(10)}`],
    ['with escapes', `@ TXT \\099${CODE.slice(1, 5)}\\${CODE.slice(5)}`],
    ['at a blank owner, over lines', `@ MX 0 .\n  (TXT ; text\n "${CODE}" )`],
    ['as data of unknown type', `@ TYPE16 \\# ${CODE.length + 1} ${hex(CODE)}`],
    ['beside a CNAME, which is not its business', `@ TXT "${CODE}"\n@ CNAME x`],
  ])('leaves a file alone if it has the record %s', (_, lines) => {
    const text = `${HEAD}${lines}\nns1 A 192.0.2.1\n`;
    expect(merge(text)).toBe(text);
  });

  it('escapes special characters', () => {
    const record = { verificationCode: 'a;b\\c$(d)@' };
    const merged = merge(HEAD, record);
    expect(merged).toContain('@ TXT "a;b\\\\c$(d)@"\n');
    expect(merge(merged, record)).toBe(merged);
  });

  it('ignores $INCLUDE and control characters', () => {
    const text = `${HEAD}$INCLUDE "other zone" sub ; more\n; \0\x1b\u0085\nns1 TXT "\0\x07é"\n`;
    expect(addedLines(text.replace(' 7 ', ' 8 '), merge(text))).toEqual([`@ TXT "${CODE}"`]);
  });
});

describe('bind.merge refuses', () => {
  const soa = '@ SOA ns1 root 7 3600 600 86400 60\n';
  it.each([
    ['no such file', undefined, 1, 1, /does not exist/],
    ['an empty file', '', 1, 1, /no SOA record/],
    ['no SOA record', '@ NS ns1\n', 1, 1, /no SOA record/],
    ['a second SOA record', HEAD + soa, 5, 3, /second SOA/],
    ['a SOA record that is too short', '\n@ SOA ns1 root 7 1 1 1\n', 2, 3, /SOA.* 6 .* 7/],
    ['a serial of letters', '@ SOA ns1 root (\n x7 1 1 1 1)\n', 2, 2, /serial x7/],
    ['a serial that is too large', '@ SOA ns1 root 4294967296 1 1 1 1\n', 1, 16, /4294967296.*32-bit/],
    ['a line without a type', `${HEAD}a b\n"x" 300\n`, 6, 1, /no type/],
    ['a directive that is indented', ` $TTL 300\n${HEAD}`, 1, 2, /no owner name/],
    ['a bad TTL', `${HEAD}a 1h30 TXT b\n`, 5, 3, /1h30.*TTL/],
    ['a bad $TTL', '$TTL 5x\n', 1, 6, /5x.*TTL/],
    ['an unknown directive', `${HEAD}$ORIGN x.\n`, 5, 1, /unknown directive \$ORIGN/],
    ['a $ORIGIN without a name', '$ORIGIN ; x.\n', 1, 1, /\$ORIGIN.*no value/],
    ['another class', `${HEAD}@ CH TXT b\n`, 5, 3, /class CH/],
    ['a quote that stays open', `${HEAD}@ TXT "b\n`, 5, 7, /quote is not closed/],
    ['a CNAME at the name', `${HEAD}@ A 192.0.2.1\n  5 CNAME www\n`, 6, 3, /example\.com .*CNAME/],
    [
      'a DNAME above',
      HEAD.replace('example.com', 'com').replace('@ NS', '@ DNAME x.\n@ NS'),
      4,
      1,
      /DNAME.* com /,
    ],
    [
      'a delegation',
      `${HEAD.replace('example.com', 'com')}example 5 NS a.\n`,
      5,
      1,
      /delegates example\.com /,
    ],
    ['a signed zone', `${HEAD}@ RRSIG SOA 8 2 1\n`, 5, 3, /signed/],
    ['another zone', HEAD.replace('example.com', 'example.org'), 3, 1, /zone example\.org, .* example\.com$/],
    [
      'a zone below',
      HEAD.replace('example.com', 'a.example.com'),
      3,
      1,
      /zone a\.example\.com, .* example\.com$/,
    ],
    ['a forgotten dot', HEAD.replace('com.', 'com'), 3, 1, /the zone example\.com\.example\.com/],
  ] as const)('%s', (_, text, line, column, message) => {
    const error = thrownBy(() => merge(text));
    expect(error).toBeInstanceOf(UnreadableTextError);
    expect(error).toMatchObject({ line, column, message: expect.stringMatching(message) });
  });
});

describe('bind.render', () => {
  it('is a complete line of a zone file', () => {
    expect(bind.render(sso())).toBe(`example.com.\t3600\tIN\tTXT\t"${CODE}"`);
    const text = `${HEAD}${bind.render(sso())}\n`;
    expect(merge(text)).toBe(text);
  });
});

/** Lines of a zone file in any order; the email domain may have records or none. */
const anyZone = fc
  .array(
    fc.tuple(
      fc.constantFrom('@', 'mail', 'www', 'a.b', 'example.com.', 'MAIL.example.com.', '', '', ''),
      fc.constantFrom('', ' 300', ' IN', ' IN 300', ' 5m IN'),
      fc.constantFrom(
        ' A 192.0.2.1',
        ' TXT "a;b" (\n "c" ) ; d "',
        '\tTXT\tv=spf1',
        ' MX (0 .) ; (',
        ' CAA 0 issue "a\\"b"',
      ),
      fc.constantFrom(
        '',
        '',
        '; a comment\n',
        '\n',
        ' \t\n',
        '$ORIGIN sub\n',
        '$ORIGIN example.com.\n',
        '$TTL 300\n',
      ),
    ),
    { maxLength: 12 },
  )
  .map(
    (lines) =>
      HEAD + lines.map(([owner, time, data, more]) => `${owner}${time || ' '}${data}\n${more}`).join(''),
  );

const anyEmailDomain = fc.constantFrom('example.com', 'mail.example.com', 'b.sub.example.com');

describe('bind.merge, for any zone', () => {
  it('adds one line and raises the serial, once', () => {
    fc.assert(
      fc.property(anyZone, anyEmailDomain, fc.constantFrom('\n', '\r\n'), (zone, emailDomain, lineBreak) => {
        const text = zone.replaceAll('\n', lineBreak);
        const merged = merge(text, { emailDomain });
        const added = addedLines(text.replace(' 7 ', ' 8 '), merged);
        expect(added).toEqual([expect.stringMatching(/^\S+\s.*"$/)]);
        expect(merged.length).toBe(text.length + `${added[0]}${lineBreak}`.length);
        expect(merge(merged, { emailDomain })).toBe(merged);
      }),
      { numRuns: 500 },
    );
  });

  it.skipIf(isSkipped)('adds the one record, to BIND', () => {
    fc.assert(
      fc.property(anyZone, anyEmailDomain, (zone, emailDomain) => {
        const before = checkZone('example.com', `${zone}$ORIGIN example.com.\nns1 A 192.0.2.1\n`);
        const merged = merge(`${zone}$ORIGIN example.com.\nns1 A 192.0.2.1\n`, { emailDomain });
        const after = checkZone('example.com', merged);
        expect(before.isLoaded).toBe(true);
        expect(difference(before, after)).toEqual([`${emailDomain}. 300 IN TXT "${CODE}"`]);
      }),
      { numRuns: 60 },
    );
  });
});

function hex(text: string): string {
  return Buffer.from(String.fromCharCode(text.length) + text).toString('hex');
}

function thrownBy(act: () => void): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

/** Line numbers change when a line is added. */
function withoutPlace(message: string): string {
  return message.replace(/^zone:\d+:/, '');
}
