import { describe, expect, it } from 'vitest';
import { silenceOf } from '../../../src/dns/transports/transport.ts';

describe('the reason for silence', () => {
  it.each([
    ['ECONNREFUSED', 'refused'],
    ['ENETUNREACH', 'unreachable'],
    ['EHOSTUNREACH', 'unreachable'],
    ['EADDRNOTAVAIL', 'unreachable'],
    ['EAFNOSUPPORT', 'unreachable'],
    ['ETIMEDOUT', 'timeout'],
    ['ECONNRESET', 'closed'],
    ['EPERM', 'closed'],
  ])('behind %s is %s', (code, silence) => {
    expect(silenceOf(Object.assign(new Error(code), { code }))).toEqual({ ok: false, silence });
  });

  it('behind an error without a code is a connection that ended', () => {
    expect(silenceOf(new Error('odd'))).toEqual({ ok: false, silence: 'closed' });
  });
});
