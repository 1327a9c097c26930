import { describe, expect, it } from 'vitest';
import {
  OutcomeUnknownError,
  RequestError,
  type Retryability,
  StoppedError,
} from '../../src/domain/errors.ts';
import { READ_LAG_MS, readUntil, withDoubt } from '../../src/http/change.ts';
import { NetworkError } from '../../src/http/network-error.ts';
import { rejectionOf } from '../checks/errors.ts';
import { fakeClock, NOON_MS } from '../fakes/clock.ts';
import { recordingLog } from '../fakes/recording-log.ts';

function failed(retryability: Retryability, retryAfterMs?: number): NetworkError {
  return new NetworkError(`It is ${retryability}.`, { retryability, retryAfterMs, hint: 'Do this.' });
}

const [LOST, HELD, REFUSED] = [failed('ambiguous'), failed('not-carried-out'), failed('permanent')];

/** Runs `withDoubt` over these attempts; the last one serves for all that follow. */
async function run(...attempts: readonly (Error | string)[]) {
  const told: boolean[] = [];
  const attempt = async (mayBeDone: boolean): Promise<string> => {
    const step = attempts[Math.min(told.length, attempts.length - 1)];
    told.push(mayBeDone);
    if (typeof step === 'string') return step;
    throw step;
  };
  const services = { clock: fakeClock(), log: recordingLog(), signal: new AbortController().signal };
  const end = await withDoubt(attempt, services).then(
    (result) => ({ result, error: undefined }),
    (error: unknown) => ({ result: undefined, error }),
  );
  return { ...end, told };
}

describe('a change with retries', () => {
  it.each<[string, readonly (Error | string)[], readonly boolean[]]>([
    ['at once', ['done'], [false]],
    ['after one that was surely not carried out', [HELD, 'done'], [false, false]],
    ['after one of unknown outcome', [LOST, 'done'], [false, true]],
    ['long after one of unknown outcome', [LOST, HELD, HELD, 'done'], [false, true, true, true]],
  ])('is answered %s, and every attempt knows whether it may be done', async (_, attempts, told) => {
    expect(await run(...attempts)).toMatchObject({ result: 'done', told });
  });

  it.each([
    ['a refusal', [LOST, REFUSED], REFUSED],
    ['a refusal after a rate limit', [LOST, HELD, REFUSED], REFUSED],
    ['a rate limit that lasts', [LOST, HELD], HELD],
    ['a rate limit that lasts too long', [LOST, failed('not-carried-out', 300_001)], undefined],
  ])(
    'stays in doubt after one attempt of unknown outcome, whatever follows: %s',
    async (_, attempts, cause) => {
      const { error } = await run(...attempts);
      expect(error).toBeInstanceOf(OutcomeUnknownError);
      expect(error).toMatchObject({
        retryability: 'ambiguous',
        hint: 'Do this.',
        cause: cause ?? attempts.at(-1),
      });
      expect((error as Error).message).toMatch(
        /^It is (permanent|not-carried-out)\..*earlier attempt.*may have/,
      );
    },
  );

  it('ends with the error itself where that says all', async () => {
    for (const attempts of [[REFUSED], [HELD, REFUSED], [HELD], [LOST], [HELD, LOST]])
      expect((await run(...attempts)).error).toBe(attempts.at(-1));
  });

  it('does not wrap a stop or a defect', async () => {
    for (const thrown of [new StoppedError('Stopped.'), new RangeError('a defect')])
      expect((await run(LOST, thrown)).error).toBe(thrown);
  });

  it('passes on how long the server asks to wait', async () => {
    const { error } = await run(LOST, failed('not-carried-out', 400_000));
    expect(error).toMatchObject({ retryAfterMs: 400_000 });
  });
});

describe('a read that may lag', () => {
  /** Reads what there is at that time, by a list of times from which on it is so. */
  function lagging(...changes: readonly (readonly [fromMs: number, answer: string])[]) {
    const [clock, stop] = [fakeClock(), new AbortController()];
    const readAtMs: number[] = [];
    const read = async (): Promise<string> => {
      const nowMs = clock.now() - NOON_MS;
      readAtMs.push(nowMs);
      return changes.findLast(([fromMs]) => fromMs <= nowMs)?.[1] ?? 'nothing';
    };
    const until = (untilMs: number): Promise<string> =>
      readUntil(read, (answer) => answer === 'new', NOON_MS + untilMs, { clock, signal: stop.signal });
    return { until, readAtMs, clock, stop };
  }

  it('is one read if it shows at once what is expected', async () => {
    const { until, readAtMs } = lagging([0, 'new']);
    expect(await until(READ_LAG_MS)).toBe('new');
    expect(readAtMs).toEqual([0]);
  });

  it('is repeated once a second until it does', async () => {
    const { until, readAtMs } = lagging([0, 'old'], [3500, 'new']);
    expect(await until(READ_LAG_MS)).toBe('new');
    expect(readAtMs).toEqual([0, 1000, 2000, 3000, 4000]);
  });

  it('ends with the last answer if it never does', async () => {
    const { until, readAtMs } = lagging([0, 'old'], [14_500, 'older']);
    expect(await until(READ_LAG_MS)).toBe('older');
    expect(readAtMs).toEqual(Array.from({ length: 16 }, (_, second) => second * 1000));
  });

  it('looks once in any case, also when the time is over', async () => {
    for (const untilMs of [0, -1]) {
      const { until, readAtMs } = lagging([0, 'old']);
      expect(await until(untilMs)).toBe('old');
      expect(readAtMs).toEqual([0]);
    }
  });

  it('has a last look once the time is over, not shortly before', async () => {
    const { until, readAtMs } = lagging([0, 'old'], [1500, 'new']);
    expect(await until(1500)).toBe('new');
    expect(readAtMs).toEqual([0, 1000, 2000]);
  });

  it('ends with a read that fails', async () => {
    const { clock, stop } = lagging();
    const read = (): Promise<string> => Promise.reject(REFUSED);
    const services = { clock, signal: stop.signal };
    const work = readUntil(read, () => false, clock.now() + READ_LAG_MS, services);
    expect(await rejectionOf(work, RequestError)).toBe(REFUSED);
  });

  it('stops with the signal', async () => {
    const [stop, reason] = [new AbortController(), new StoppedError('Stopped.')];
    const clock = fakeClock((nowMs) => nowMs >= NOON_MS + 2000 && stop.abort(reason));
    let reads = 0;
    const read = async (): Promise<void> => {
      reads += 1;
    };
    const services = { clock, signal: stop.signal };
    const work = readUntil(read, () => false, NOON_MS + READ_LAG_MS, services);
    expect(await rejectionOf(work, StoppedError)).toBe(reason);
    expect(reads).toBe(2);
  });
});
