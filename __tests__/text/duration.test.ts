import { describe, expect, it } from 'vitest';
import { formatDuration, formatTime, parseDuration } from '../../src/text/duration.ts';

describe('parseDuration', () => {
  it.each([
    ['90s', 90_000],
    ['15m', 900_000],
    ['2h', 7_200_000],
    ['1.5 hours', 5_400_000],
    ['30 Minutes', 1_800_000],
    ['250ms', 250],
    ['0.4ms', 0],
    ['0', 0],
    ['00', 0],
    ['24d', 2_073_600_000],
  ])('reads %j', (text, durationMs) => {
    expect(parseDuration(text)).toBe(durationMs);
  });

  it.each(['', '5', '-5m', '+5m', '5 parsecs', 'm', '1h30m', '1e3s', '25d', '1y', `${'9'.repeat(200)}s`])(
    'refuses %j',
    (text) => {
      expect(parseDuration(text)).toBeUndefined();
    },
  );
});

describe('formatDuration', () => {
  it.each([
    [-5, '0ms'],
    [0, '0ms'],
    [500, '500ms'],
    [1000, '1s'],
    [45_000, '45s'],
    [725_000, '12m 5s'],
    [1_800_000, '30m'],
    [3_599_999, '1h'],
    [7_380_000, '2h 3m'],
    [90_000_000, '1d 1h'],
    [172_800_000, '2d'],
  ])('writes %d as %j', (durationMs, text) => {
    expect(formatDuration(durationMs)).toBe(text);
  });
});

describe('formatTime', () => {
  const nowMs = Date.UTC(2026, 0, 5, 23, 50);

  it('gives the time of day in UTC', () => {
    expect(formatTime(Date.UTC(2026, 0, 5, 23, 58, 59), nowMs)).toBe('23:58 UTC');
  });

  it('adds the date when it is another day', () => {
    expect(formatTime(Date.UTC(2026, 0, 6, 0, 10), nowMs)).toBe('2026-01-06 00:10 UTC');
  });
});
