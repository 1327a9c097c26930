import { describe, expect, it } from 'vitest';
import { RECORD_FORMAT_NAMES } from '../../src/domain/sso-record.ts';
import { RECORD_FORMATS } from '../../src/records/formats.ts';
import { RECORD, target } from '../samples/record.ts';

/** A zone has a SOA that nobody can make up; every other file may be new. */
const ZONE = '$ORIGIN example.com.\n@ 3600 IN SOA ns1 hostmaster 1 3600 600 86400 60\n@ 3600 IN NS ns1\n';

describe('RECORD_FORMATS', () => {
  it('has every format that the input names', () => {
    expect(Object.keys(RECORD_FORMATS).toSorted()).toEqual([...RECORD_FORMAT_NAMES].toSorted());
  });

  it.each(RECORD_FORMAT_NAMES)('%s renders the code, and a file with it stays as it is', (name) => {
    const record = { ...RECORD, txtValues: [RECORD.verificationCode] };
    const format = RECORD_FORMATS[name];
    expect(format.render(record)).toContain(record.verificationCode);
    const file = target(name === 'bind' ? 'example.com.zone' : 'zone');
    const made = format.merge(name === 'bind' ? ZONE : undefined, record, file);
    expect(made).toContain(record.verificationCode);
    expect(format.merge(made, record, file)).toBe(made);
  });
});
