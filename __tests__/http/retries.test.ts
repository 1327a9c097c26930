import { describe, expect, it } from 'vitest';
import { CloudflareApiError } from '../../src/cloudflare/api-error.ts';
import { type Retryability, StoppedError } from '../../src/domain/errors.ts';
import { NetworkError } from '../../src/http/network-error.ts';
import { type RetryServices, withRetries } from '../../src/http/retries.ts';
import { rejectionOf } from '../checks/errors.ts';
import { type FakeClock, fakeClock } from '../fakes/clock.ts';
import { type RecordingLog, recordingLog } from '../fakes/recording-log.ts';

interface Setup extends RetryServices {
  readonly clock: FakeClock;
  readonly log: RecordingLog;
}

function setup(extra: Partial<Setup> = {}): Setup {
  const signal = new AbortController().signal;
  return { clock: fakeClock(), log: recordingLog(), signal, random: () => 1, ...extra };
}

function transient(retryAfterMs?: number, retryability: Retryability = 'ambiguous'): NetworkError {
  return new NetworkError('GET /x got no answer.', { retryability, retryAfterMs });
}

/** Fails with each of these in turn, then succeeds; counts how often it was tried. */
function failing(...errors: readonly unknown[]) {
  const attempts = { count: 0 };
  const attempt = async (): Promise<string> => {
    const error = errors[attempts.count];
    attempts.count += 1;
    if (error !== undefined) throw error;
    return 'done';
  };
  return { attempts, attempt };
}

describe('withRetries', () => {
  it('tries once when that succeeds, and says nothing', async () => {
    const services = setup();
    const { attempt, attempts } = failing();
    expect(await withRetries(attempt, services)).toBe('done');
    expect(attempts.count).toBe(1);
    expect(services.log.lines).toEqual([]);
  });

  it('doubles its pauses and gives up after five attempts, with the last error', async () => {
    const services = setup();
    const last = transient();
    const { attempt, attempts } = failing(transient(), transient(), transient(), transient(), last);
    expect(await rejectionOf(withRetries(attempt, services), NetworkError)).toBe(last);
    expect(attempts.count).toBe(5);
    expect(services.clock.sleptMs).toEqual([500, 1000, 2000, 4000]);
  });

  it('tries no oftener than it may', async () => {
    const services = setup({ maxAttempts: 1 });
    const { attempt, attempts } = failing(transient());
    await rejectionOf(withRetries(attempt, services), NetworkError);
    expect(attempts.count).toBe(1);
    expect(services.clock.sleptMs).toEqual([]);
  });

  it('takes off up to half of a pause at random', async () => {
    const services = setup({ random: () => 0 });
    await withRetries(failing(transient(), transient()).attempt, services);
    expect(services.clock.sleptMs).toEqual([250, 500]);
  });

  it('says what failed, and when it tries again', async () => {
    const services = setup();
    await withRetries(failing(transient()).attempt, services);
    expect(services.log.lines).toEqual([
      expect.stringMatching(/^info: GET \/x got no answer\. (?!.*GET \/x).*again in 500ms/),
    ]);
  });

  it('repeats what was surely not carried out', async () => {
    const { attempt, attempts } = failing(transient(undefined, 'not-carried-out'));
    expect(await withRetries(attempt, setup())).toBe('done');
    expect(attempts.count).toBe(2);
  });

  it('waits as long as the server asks for, and not with doubled pauses', async () => {
    const services = setup();
    await withRetries(failing(transient(7000), transient(0), transient(300_000)).attempt, services);
    expect(services.clock.sleptMs).toEqual([7000, 0, 300_000]);
  });

  it('does not wait longer than five minutes for a server', async () => {
    const services = setup();
    const error = transient(300_001);
    const { attempt, attempts } = failing(error);
    expect(await rejectionOf(withRetries(attempt, services), NetworkError)).toBe(error);
    expect(attempts.count).toBe(1);
    expect(services.clock.sleptMs).toEqual([]);
  });

  it.each([
    ['a permanent error', transient(undefined, 'permanent')],
    ['a permanent error with Retry-After', transient(1000, 'permanent')],
    [
      'a refusal',
      new CloudflareApiError('GET /x failed.', { retryability: 'permanent', status: 403, errors: [] }),
    ],
    ['an error of our own', new RangeError('a defect')],
    ['a type error', new TypeError('a defect')],
  ])('does not repeat %s', async (_, error) => {
    const services = setup();
    const { attempt, attempts } = failing(error);
    expect(await rejectionOf(withRetries(attempt, services), Error)).toBe(error);
    expect(attempts.count).toBe(1);
    expect(services.clock.sleptMs).toEqual([]);
    expect(services.log.lines).toEqual([]);
  });

  it('stops during a pause with the reason of the signal', async () => {
    const stop = new AbortController();
    const reason = new StoppedError('Stopped by SIGINT.');
    const clock = fakeClock(() => stop.abort(reason));
    const { attempt, attempts } = failing(transient());
    const work = withRetries(attempt, setup({ clock, signal: stop.signal }));
    expect(await rejectionOf(work, StoppedError)).toBe(reason);
    expect(attempts.count).toBe(1);
  });
});
