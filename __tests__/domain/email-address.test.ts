import { describe, expect, it } from 'vitest';
import { domainOfAddress, isPlusAddress } from '../../src/domain/email-address.ts';

describe('domainOfAddress', () => {
  it.each([
    ['alex@example.com', 'example.com'],
    ['Alex@EXAMPLE.Com', 'example.com'],
    ['alex+admin@example.com', 'example.com'],
    ['"a@b"@example.com', 'example.com'],
    ['alex@sub.example.com', 'sub.example.com'],
    ['alex@exämple.com', 'xn--exmple-cua.com'],
    ['alex@EXÄMPLE.com', 'xn--exmple-cua.com'],
    ['alex@xn--exmple-cua.com', 'xn--exmple-cua.com'],
  ])('of %j is %j', (address, domain) => {
    expect(domainOfAddress(address)).toBe(domain);
  });

  it.each([
    'alex@example.com.evil.test',
    'alex@notexample.com',
    'alex@example.com@evil.test',
    'alex@example.com.',
    'alex@example.com/evil.test',
    'alex@example.com?evil.test',
    'alex@example.com#evil.test',
    'alex@example.com\\evil.test',
    'alex@example.com:25',
    'alex@ex%61mple.com',
    'alex@exam\tple.com',
    'alex@example.com\n',
    'alex@ example.com',
    'alex@example.com>',
    'example.com',
    '',
  ])('of %j is not example.com', (address) => {
    expect(domainOfAddress(address)).not.toBe('example.com');
  });

  it.each(['', '@', 'alex', 'alex@', 'alex@a b.example', 'alex@[192.0.2.1]'])(
    'is empty where there is none: %j',
    (address) => {
      expect(domainOfAddress(address)).toBe('');
    },
  );
});

describe('isPlusAddress', () => {
  it.each(['alex+admin@example.com', '+@example.com', 'a+b+c@example.com', '"a+@b"@example.com'])(
    'knows %j',
    (address) => {
      expect(isPlusAddress(address)).toBe(true);
    },
  );

  it.each(['alex@example.com', 'alex@ex+ample.com', 'alex+admin', '', '@'])(
    'does not take %j for one',
    (text) => {
      expect(isPlusAddress(text)).toBe(false);
    },
  );
});
