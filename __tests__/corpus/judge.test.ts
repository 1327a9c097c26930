import { describe, expect, it } from 'vitest';
import { faultOf, type Reading } from '../../scripts/corpus/judge.ts';
import { CODE as code } from '../samples/results.ts';

const BEFORE: Reading = {
  zone: 'example.com',
  serial: 7,
  records: [
    'example.com. 300 IN SOA ns1.example.com. root.example.com. 3600 600 86400 60',
    'example.com. 300 IN NS ns1.example.com.',
    'example.com. 300 IN TXT "v=spf1 -all"',
    '*.eu.example.com. 300 IN MX 10 mx.example.com.',
    'host.sub.eu.example.com. 300 IN A 192.0.2.1',
  ],
};

function changed(line: string, changes: Partial<Reading> = {}): Reading {
  return { ...BEFORE, serial: 8, records: [...BEFORE.records, line], ...changes };
}

function fault(reading: Reading | undefined, emailDomain = 'example.com', before = BEFORE): string {
  return faultOf(before, reading, { emailDomain, code }) ?? 'none';
}

const RIGHT = `example.com. 300 IN TXT "${code}"`;

describe('a change of a zone', () => {
  it.each<[string, Reading, string?]>([
    ['adds the record', changed(RIGHT)],
    ['adds it at a name that is new', changed(`corp.example.com. 60 IN TXT "${code}"`), 'corp.example.com'],
    ['goes around the end of serials', changed(RIGHT, { serial: 0 })],
    ['adds it at a name that is there for names below it', changed(`sub.eu.${RIGHT}`), 'sub.eu.example.com'],
    [
      'adds it below that name, where no wildcard reaches',
      changed(`a.sub.eu.${RIGHT}`),
      'a.sub.eu.example.com',
    ],
  ])('is right when it %s', (_, reading, emailDomain) => {
    const before = reading.serial === 0 ? { ...BEFORE, serial: 2 ** 32 - 1 } : BEFORE;
    expect(fault(reading, emailDomain, before)).toBe('none');
  });

  it.each<[string, Reading | undefined, RegExp, string?]>([
    ['cannot be loaded', undefined, /loads/],
    ['is of another zone', changed(RIGHT, { zone: 'example.org' }), /zone example\.org/],
    ['adds nothing', { ...BEFORE, serial: 8 }, /added 0/],
    ['adds the record twice', changed(RIGHT, { records: [...BEFORE.records, RIGHT, RIGHT] }), /added 2/],
    ['loses a record', changed(RIGHT, { records: [...BEFORE.records.slice(1), RIGHT] }), /lost: .*SOA/],
    ['adds it at another name', changed(`www.${RIGHT}`), /added: www/],
    ['adds another text', changed('example.com. 300 IN TXT "x"'), /added: .*"x"/],
    ['adds it with another TTL', changed(RIGHT.replace('300', '60')), /TTL 60 beside: .*spf1/],
    ['leaves the serial', changed(RIGHT, { serial: 7 }), /serial 7 became 7/],
    ['lowers the serial', changed(RIGHT, { serial: 6 }), /serial 7 became 6/],
    [
      'takes a name from a wildcard',
      changed(`a.eu.${RIGHT}`),
      /wildcard \*\.eu\.example\.com/,
      'a.eu.example.com',
    ],
  ])('is wrong when it %s', (_, reading, message, emailDomain) => {
    expect(fault(reading, emailDomain)).toMatch(message);
  });
});
