import { describe, expect, it } from 'vitest';
import { nextSerial } from '../../../src/records/zone/soa-serial.ts';

const NOON_MS = Date.UTC(2026, 10, 23, 12);

describe('nextSerial', () => {
  it.each([
    ['a plain number', 41, 42],
    ['a placeholder', 0, 1],
    ['a date of the past', 2024_01_31_07, 2026_11_23_01],
    ['the first of today', 2026_11_23_01, 2026_11_23_02],
    ['zero of today', 2026_11_23_00, 2026_11_23_01],
    ['the last of today', 2026_11_23_99, 2026_11_24_00],
    ['a date of the future', 2027_01_01_05, 2027_01_01_06],
    ['ten digits without a day of the calendar', 2024_02_30_01, 2024_02_30_02],
    ['ten digits with a month 13', 2024_13_01_01, 2024_13_01_02],
    ['a Unix time', 1_732_400_000, 1_732_400_001],
    ['a date of eight digits', 20_240_131, 20_240_132],
    ['the eight digits of today, which would become tomorrow', 20_261_123, 2026_11_23_01],
    ['the eight digits of yesterday', 20_261_122, 20_261_123],
    ['the last before the wrap', 4_294_967_294, 4_294_967_295],
    ['the wrap', 4_294_967_295, 1],
  ])('continues from %s', (_, serial, next) => {
    expect(nextSerial(serial, NOON_MS)).toBe(next);
    // RFC 1982, section 3.2: a serial is newer if it is less than half the number space ahead.
    const ahead = (next - serial + 2 ** 32) % 2 ** 32;
    expect(ahead).toBeGreaterThan(0);
    expect(ahead).toBeLessThan(2 ** 31);
  });
});
