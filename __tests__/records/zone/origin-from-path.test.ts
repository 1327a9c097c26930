import { describe, expect, it } from 'vitest';
import { originFromPath } from '../../../src/records/zone/origin-from-path.ts';

describe('originFromPath', () => {
  it.each([
    ['zones/example.com.zone', 'example.com', 'example.com'],
    ['db.example.com', 'mail.example.com', 'example.com'],
    ['C:\\dns\\EXAMPLE.com.db.txt', 'example.com', 'example.com'],
    ['example.zone', 'example.zone', 'example.zone'],
    ['mail.example.com', 'mail.example.com', 'mail.example.com'],
  ])('%s is a name for the zone of %s: %s', (path, domain, zone) => {
    expect(originFromPath(path, domain)).toBe(zone);
  });

  it.each([
    'example.com/zone',
    'zones/com',
    'com.zone',
    'internal.example.com.zone',
    'example.com.external',
    'example.org.zone',
    'notexample.com',
    'db.external',
    'example.zone',
    'forward.db',
    'zones.txt',
    'example-com.zone',
    '01-example.com.zone',
    'example.com/zone.db',
    'soa.inc',
    '_example.com.zone',
  ])('%s is no evidence for example.com', (path) => {
    expect(originFromPath(path, 'example.com')).toBeUndefined();
  });
});
