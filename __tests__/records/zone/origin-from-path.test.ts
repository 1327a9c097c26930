import { describe, expect, it } from 'vitest';
import { originFromPath } from '../../../src/records/zone/origin-from-path.ts';

describe('originFromPath', () => {
  it.each([
    ['zones/example.com.zone', 'example.com', 'above', 'example.com'],
    ['db.example.com', 'mail.example.com', 'above', 'example.com'],
    ['C:\\dns\\EXAMPLE.com.db.txt', 'example.com', 'above', 'example.com'],
    ['example.zone', 'example.zone', 'above', 'example.zone'],
    ['example.com/zone', 'example.com', 'unknown', undefined],
    ['zones/com', 'example.com', 'unknown', undefined],
    ['internal.example.com.zone', 'example.com', 'unknown', undefined],
    ['example.com.external', 'example.com', 'unknown', undefined],
    ['example.org.zone', 'example.com', 'other', 'example.org'],
    ['notexample.com', 'example.com', 'other', 'notexample.com'],
  ])('%s with %s: %s', (path, domain, kind, origin) => {
    expect(originFromPath(path, domain)).toEqual(origin === undefined ? { kind } : { kind, origin });
  });
});
