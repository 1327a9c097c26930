const MODULUS = 2 ** 32;

/**
 * The next serial of a zone, newer to secondary servers by RFC 1982. A date-based serial (`YYYYMMDDnn`, RFC 1912,
 * section 2.2) moves to today's date unless it is already there or later; any other serial grows by one. `YYYYMMDD` of
 * today would become tomorrow's date, so it gets the two digits that it lacks.
 *
 * @param serial an unsigned 32-bit number
 * @param nowMs milliseconds since the epoch; the date is in UTC
 */
export function nextSerial(serial: number, nowMs: number): number {
  const next = (serial + 1) % MODULUS;
  const today = new Date(nowMs).toISOString().slice(0, 10).replaceAll('-', '');
  const firstOfToday = Number(`${today}01`);
  if (serial === Number(today)) return firstOfToday;
  // 0 is allowed, but some tools read it as "no serial".
  return isDateSerial(serial) ? Math.max(next, firstOfToday) : next || 1;
}

function isDateSerial(serial: number): boolean {
  const parts = /^((?:199|20\d)\d)(\d\d)(\d\d)\d\d$/.exec(String(serial));
  if (parts === null) return false;
  const [year = 0, month = 0, day = 0] = parts.slice(1).map(Number);
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}
