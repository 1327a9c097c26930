import { describe, expect, it } from 'vitest';
import { StoppedError } from '../../src/domain/errors.ts';
import { systemClock } from '../../src/time/clock.ts';

describe('systemClock', () => {
  it('tells milliseconds since the epoch', () => {
    expect(Math.abs(systemClock.now() - Date.now())).toBeLessThan(60_000);
  });

  it('sleeps at least as long as it was told', async () => {
    const startedAtMs = systemClock.now();
    await systemClock.sleep(20);
    // Timers count whole milliseconds.
    expect(systemClock.now() - startedAtMs).toBeGreaterThanOrEqual(19);
  });

  it('is woken by the signal, with the reason of the signal', async () => {
    const stop = new AbortController();
    const sleeping = systemClock.sleep(60_000, stop.signal);
    const reason = new StoppedError('Stopped by SIGTERM.');
    stop.abort(reason);
    await expect(sleeping).rejects.toBe(reason);
  });
});
