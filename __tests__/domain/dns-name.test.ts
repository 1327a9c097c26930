import { describe, expect, it } from 'vitest';
import { isAtOrBelow, relativeName, selfAndAncestors } from '../../src/domain/dns-name.ts';

describe('a domain name', () => {
  it.each([
    ['example.com', 'example.com', true],
    ['www.example.com', 'example.com', true],
    ['a.b.example.com', 'example.com', true],
    ['example.com', 'www.example.com', false],
    ['notexample.com', 'example.com', false],
    ['example.com', 'org', false],
    ['example.com', '.', true],
    ['.', '.', true],
    ['.', 'com', false],
    ['www.example.com.', 'example.com.', true],
    ['notexample.com.', 'example.com.', false],
    ['example.com.', '.', true],
  ])('%s is at or below %s: %s', (name, ancestor, expected) => {
    expect(isAtOrBelow(name, ancestor)).toBe(expected);
  });

  it('has itself and its ancestors, longest first, without the root', () => {
    expect(selfAndAncestors('a.example.com')).toEqual(['a.example.com', 'example.com', 'com']);
    expect(selfAndAncestors('com')).toEqual(['com']);
  });

  it.each([
    ['example.com', 'example.com', ''],
    ['a.b.example.com', 'example.com', 'a.b'],
    ['example.com', '.', 'example.com'],
    ['notexample.com', 'example.com', undefined],
    ['com', 'example.com', undefined],
  ])('%s relative to %s is %j', (name, zone, expected) => {
    expect(relativeName(name, zone)).toBe(expected);
  });
});
