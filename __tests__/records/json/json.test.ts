import { describe, expect, it } from 'vitest';
import { json } from '../../../src/records/json/json.ts';
import { RECORD, target } from '../../samples/record.ts';

const TARGET = target('sso.json');
const FACTS = {
  name: 'example.com',
  type: 'TXT',
  value: RECORD.verificationCode,
  connector_id: 'con0',
  account_id: 'acc0',
};

describe('json', () => {
  it('renders the facts by domain', () => {
    expect(JSON.parse(json.render(RECORD))).toEqual({ 'example.com': FACTS });
    expect(json.merge(undefined, RECORD, TARGET)).toBe(json.render(RECORD));
    expect(json.needsTxtValues).toBe(false);
  });

  it('leaves out what is unknown', () => {
    const record = { ...RECORD, accountId: undefined, connectorId: undefined, txtValues: ['a'] };
    expect(JSON.parse(json.render(record))).toEqual({
      'example.com': { name: 'example.com', type: 'TXT', value: RECORD.verificationCode, txt_values: ['a'] },
    });
  });

  it('replaces the entry of its domain as a whole and keeps the others', () => {
    const current = '{\n  "example.com": {"txt_values": ["old"]},\n  "example.org": {"kept":  1}\n}\n';
    const text = json.merge(current, RECORD, TARGET);
    expect(JSON.parse(text)).toEqual({ 'example.com': FACTS, 'example.org': { kept: 1 } });
    expect(text).toContain('"example.org": {"kept":  1}\n}\n');
    expect(json.merge(text, RECORD, TARGET)).toBe(text);
  });
});
