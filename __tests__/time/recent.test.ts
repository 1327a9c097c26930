import { describe, expect, it } from 'vitest';
import { Recent } from '../../src/time/recent.ts';
import { rejectionOf } from '../checks/errors.ts';
import { fakeClock, NOON_MS } from '../fakes/clock.ts';

const MINUTE_MS = 60_000;

/** A value that says how many times it was read. */
function counted() {
  const clock = fakeClock();
  let reads = 0;
  const recent = new Recent(async () => {
    reads += 1;
    return reads;
  }, clock);
  return { clock, recent };
}

describe('Recent', () => {
  it('reads nothing before somebody asks', async () => {
    const { clock, recent } = counted();
    await clock.sleep(MINUTE_MS);
    expect(await recent.get()).toBe(1);
  });

  it('reads once for all who ask at the same time', async () => {
    const { recent } = counted();
    expect(await Promise.all([recent.get(), recent.get(), recent.get()])).toEqual([1, 1, 1]);
  });

  it('reads again once the value is more than a minute old', async () => {
    const { clock, recent } = counted();
    await recent.get();
    await clock.sleep(MINUTE_MS);
    expect(await recent.get()).toBe(1);
    await clock.sleep(1);
    expect(await Promise.all([recent.get(), recent.get()])).toEqual([2, 2]);
    await clock.sleep(MINUTE_MS);
    expect(await recent.get()).toBe(2);
  });

  it('counts the age from the start of the read, since the value may be from then', async () => {
    const clock = fakeClock();
    const slow = new Recent(async () => {
      const startedAtMs = clock.now();
      await clock.sleep(MINUTE_MS);
      return startedAtMs;
    }, clock);
    expect(await slow.get()).toBe(NOON_MS);
    await clock.sleep(1);
    expect(await slow.get()).toBe(NOON_MS + MINUTE_MS + 1);
  });

  it('reads again for who wants it newer than it is, and then keeps that', async () => {
    const { clock, recent } = counted();
    await recent.get();
    await clock.sleep(1);
    expect(await recent.get(NOON_MS)).toBe(1);
    expect(await recent.get(clock.now())).toBe(2);
    expect(await recent.get(clock.now())).toBe(2);
    expect(await recent.get()).toBe(2);
  });

  it('gives an old value to who wants no newer one', async () => {
    const { clock, recent } = counted();
    await recent.get();
    await clock.sleep(10 * MINUTE_MS);
    expect(await recent.get(NOON_MS)).toBe(1);
  });

  it('shares a failure in the same way, and reads again later', async () => {
    const clock = fakeClock();
    let reads = 0;
    const recent = new Recent(async () => {
      reads += 1;
      if (reads === 1) throw new RangeError('the first');
      return reads;
    }, clock);
    const [one, other] = [recent.get(), recent.get()];
    expect(await rejectionOf(one, RangeError)).toBe(await rejectionOf(other, RangeError));
    await rejectionOf(recent.get(), RangeError);
    expect(reads).toBe(1);
    await clock.sleep(MINUTE_MS + 1);
    expect(await recent.get()).toBe(2);
  });
});
