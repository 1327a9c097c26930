const MODULUS = 2 ** 32;

/**
 * A serial that secondary servers take for newer (RFC 1982): a date (`YYYYMMDDnn`, RFC 1912, section 2.2) goes on as
 * one, unless it is ahead of today; any other number grows by one.
 *
 * @param serial of 32 bits
 * @param nowMs milliseconds since the epoch; the date is that of UTC
 */
export function nextSerial(serial: number, nowMs: number): number {
  const next = (serial + 1) % MODULUS;
  if (!isDateSerial(serial)) {
    // Allowed, but some tools take 0 for "none".
    return next === 0 ? 1 : next;
  }
  const today = new Date(nowMs).toISOString().slice(0, 10).replaceAll('-', '');
  return Math.max(next, Number(`${today}01`));
}

function isDateSerial(serial: number): boolean {
  const parts = /^((?:199|20\d)\d)(\d\d)(\d\d)\d\d$/.exec(String(serial));
  if (parts === null) return false;
  const [year = 0, month = 0, day = 0] = parts.slice(1).map(Number);
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}
