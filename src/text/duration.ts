import ms from 'ms';

/** `setTimeout` fires at once when asked to wait longer. */
const MAX_TIMER_MS = 24 * 24 * 60 * 60 * 1000;

/**
 * Reads a duration such as `90s`, `15m`, `2h` or `1.5 hours`. A number without a unit is refused,
 * except `0`.
 *
 * @returns milliseconds, or `undefined` when the text is not a duration of at most 24 days
 */
export function parseDuration(text: string): number | undefined {
  if (/^0+$/.test(text)) return 0;
  if (!/^\d+(\.\d+)?\s*[a-z]+$/i.test(text)) return undefined;
  // The cast only satisfies the template-literal type of `ms`, which returns undefined for an unknown unit.
  const durationMs: number | undefined = ms(text as ms.StringValue);
  return durationMs !== undefined && durationMs <= MAX_TIMER_MS ? Math.round(durationMs) : undefined;
}

/** A duration in its two largest units, such as `45s`, `12m 5s` or `2h 3m`; milliseconds only below one second. */
export function formatDuration(durationMs: number): string {
  if (durationMs < 1000) return `${Math.max(0, Math.round(durationMs))}ms`;
  // Created only when needed, because it takes a tenth of the action's start-up time.
  const durations = new Intl.DurationFormat('en', { style: 'narrow' });
  const totalSeconds = Math.round(durationMs / 1000);
  const [days, hours] = [Math.floor(totalSeconds / 86_400), Math.floor((totalSeconds % 86_400) / 3600)];
  const [minutes, seconds] = [Math.floor((totalSeconds % 3600) / 60), totalSeconds % 60];
  if (days > 0) return durations.format({ days, hours });
  if (hours > 0) return durations.format({ hours, minutes });
  return durations.format({ minutes, seconds });
}

/** The time of day in UTC, such as `14:32 UTC`; with the date when it is not the day of `nowMs`. */
export function formatTime(epochMs: number, nowMs: number): string {
  const iso = new Date(epochMs).toISOString();
  const sameDay = iso.slice(0, 10) === new Date(nowMs).toISOString().slice(0, 10);
  return sameDay ? `${iso.slice(11, 16)} UTC` : `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
}

/** `after 12m 5s`, for the line that ends something. */
export function elapsed(startedAtMs: number, nowMs: number): string {
  return `after ${formatDuration(nowMs - startedAtMs)}`;
}
