import { isIP } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ipFamily } from '../../src/text/ip-family.ts';

describe('ipFamily', () => {
  it.each([
    ['192.0.2.1', 4],
    ['2001:db8::1', 6],
    ['::ffff:192.0.2.1', 6],
    ['fe80::1%eth0', 6],
    ['192.0.2.1:53', 0],
    ['example.com', 0],
    ['', 0],
  ])('of %j is %i', (text, family) => {
    expect(ipFamily(text)).toBe(family);
  });

  it('agrees with Node.js about any text', () => {
    const text = fc.oneof(
      fc.ipV4(),
      fc.ipV6(),
      fc.domain(),
      fc.string({ unit: fc.constantFrom(...'0123456789abcdef:.%[]') }),
    );
    fc.assert(fc.property(text, (one) => ipFamily(one) === isIP(one)));
  });
});
