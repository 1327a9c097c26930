import { describe, expect, it } from 'vitest';
import { OutcomeUnknownError, type Retryability, StoppedError } from '../../src/domain/errors.ts';
import { READ_LAG_MS } from '../../src/http/change.ts';
import { NetworkError } from '../../src/http/network-error.ts';
import { type OneTimeChange, postOnce } from '../../src/http/post-once.ts';
import { rejectionOf } from '../checks/errors.ts';
import { inRuns } from '../checks/in-runs.ts';
import { fakeClock } from '../fakes/clock.ts';
import { recordingLog } from '../fakes/recording-log.ts';

function failed(retryability: Retryability): NetworkError {
  return new NetworkError(`The outcome is ${retryability}.`, { retryability });
}

/** What a call does: it fails with that error, or gives that value; the last one serves for all further calls. */
type Script = readonly (Error | string | undefined)[];

/** Runs `postOnce` by scripts and keeps the order of the calls. */
async function run(scripts: {
  send: Script;
  look?: Script;
  alreadyThere?: (error: unknown) => string | undefined;
}) {
  const calls: string[] = [];
  const play = (name: string, script: Script) => async (): Promise<string | undefined> => {
    const turn = calls.filter((call) => call === name).length;
    calls.push(name);
    const step = script[Math.min(turn, script.length - 1)];
    if (step instanceof Error) throw step;
    return step;
  };
  const { look, alreadyThere } = scripts;
  const change: OneTimeChange<string> = {
    send: play('send', scripts.send) as () => Promise<string>,
    ...(look && { look: play('look', look) }),
    ...(alreadyThere && { alreadyThere: async (error: unknown) => alreadyThere(error) }),
  };
  const services = { clock: fakeClock(), log: recordingLog(), signal: new AbortController().signal };
  const end = postOnce(change, services).then(
    (made) => ({ made, error: undefined }),
    (error: unknown) => ({ made: undefined, error }),
  );
  return { ...(await end), calls: inRuns(calls), sleptMs: services.clock.sleptMs };
}

const [AMBIGUOUS, NOT_DONE, REFUSED] = [failed('ambiguous'), failed('not-carried-out'), failed('permanent')];
/** A look that finds nothing is repeated once a second for {@link READ_LAG_MS}. */
const LOOKS = `${READ_LAG_MS / 1000 + 1}×look`;
const conflict = (error: unknown): string | undefined => (error === REFUSED ? 'theirs' : undefined);

describe('a change that must be made once', () => {
  it('is sent once when that succeeds, without a look', async () => {
    const { made, calls } = await run({ send: ['new'], look: ['old'] });
    expect(made).toEqual({ made: 'new', isOurs: true });
    expect(calls).toBe('send');
  });

  it('is looked for after an unknown outcome, and ours when it is there', async () => {
    const { made, calls } = await run({ send: [AMBIGUOUS, 'second'], look: ['first'] });
    expect(made).toEqual({ made: 'first', isOurs: true });
    expect(calls).toBe('send look');
  });

  it('is sent again when the look does not find it', async () => {
    const { made, calls } = await run({ send: [AMBIGUOUS, 'second'], look: [undefined] });
    expect(made).toEqual({ made: 'second', isOurs: true });
    expect(calls).toBe(`send ${LOOKS} send`);
  });

  it('is looked for until reads have caught up with writes, with a pause', async () => {
    const late = [...Array.from({ length: 15 }, () => undefined), 'first'];
    const { made, calls, sleptMs } = await run({ send: [AMBIGUOUS, 'second'], look: late });
    expect(made).toEqual({ made: 'first', isOurs: true });
    expect(calls).toBe(`send ${LOOKS}`);
    expect(sleptMs.slice(1)).toEqual(Array.from({ length: 15 }, () => 1000));
  });

  it('is not looked for when it was surely not carried out', async () => {
    const { made, calls } = await run({ send: [NOT_DONE, 'second'], look: ['first'] });
    expect(made).toEqual({ made: 'second', isOurs: true });
    expect(calls).toBe('2×send');
  });

  it('is looked for before every attempt after one of unknown outcome, whatever the later ones say', async () => {
    const { calls } = await run({ send: [AMBIGUOUS, NOT_DONE, NOT_DONE, 'last'], look: [undefined] });
    expect(calls).toBe(`send ${LOOKS} send ${LOOKS} send ${LOOKS} send`);
  });

  it('is not sent as long as the look fails', async () => {
    const { made, calls } = await run({ send: [AMBIGUOUS, 'second'], look: [AMBIGUOUS, NOT_DONE, 'first'] });
    expect(made).toEqual({ made: 'first', isOurs: true });
    expect(calls).toBe('send 3×look');
  });

  it('is in doubt when the look after an unknown outcome is refused', async () => {
    const { error, calls } = await run({ send: [AMBIGUOUS], look: [REFUSED] });
    expect(error).toBeInstanceOf(OutcomeUnknownError);
    expect(error).toMatchObject({ cause: REFUSED, retryability: 'ambiguous' });
    expect(calls).toBe('send look');
  });

  it('is in doubt when an attempt after an unknown outcome is refused, although the look finds nothing', async () => {
    const { error, calls } = await run({ send: [AMBIGUOUS, REFUSED], look: [undefined] });
    expect(error).toBeInstanceOf(OutcomeUnknownError);
    expect(error).toMatchObject({ cause: REFUSED });
    expect(calls).toBe(`send ${LOOKS} send`);
  });

  it('ends with a defect of the look', async () => {
    const defect = new TypeError('not a function');
    const { error } = await run({ send: [AMBIGUOUS], look: [defect] });
    expect(error).toBe(defect);
  });

  it('stops between two looks', async () => {
    const [stop, reason] = [new AbortController(), new StoppedError('Stopped.')];
    let looks = 0;
    const clock = fakeClock(() => looks === 2 && stop.abort(reason));
    const change: OneTimeChange<string> = {
      send: () => Promise.reject(AMBIGUOUS),
      look: async () => {
        looks += 1;
        return undefined;
      },
    };
    const work = postOnce(change, { clock, log: recordingLog(), signal: stop.signal });
    expect(await rejectionOf(work, StoppedError)).toBe(reason);
    expect(looks).toBe(2);
  });

  it('ends after five attempts', async () => {
    const { error, calls } = await run({ send: [AMBIGUOUS], look: [undefined] });
    expect(error).toBe(AMBIGUOUS);
    expect(calls).toBe(`send ${LOOKS} send ${LOOKS} send ${LOOKS} send ${LOOKS} send`);
  });

  it('ends at once with a refusal, and with a defect', async () => {
    for (const thrown of [REFUSED, new TypeError('not a function')]) {
      const { error, calls } = await run({ send: [thrown], look: ['first'] });
      expect(error).toBe(thrown);
      expect(calls).toBe('send');
    }
  });

  it('is somebody else’s when the first attempt meets it', async () => {
    const { made } = await run({ send: [REFUSED], look: [undefined], alreadyThere: conflict });
    expect(made).toEqual({ made: 'theirs', isOurs: false });
  });

  it('is somebody else’s when an attempt meets it after one that was surely not carried out', async () => {
    const { made } = await run({ send: [NOT_DONE, REFUSED], alreadyThere: conflict });
    expect(made).toEqual({ made: 'theirs', isOurs: false });
  });

  it('is ours when an attempt meets it after one of unknown outcome, although the look missed it', async () => {
    const { made, calls } = await run({
      send: [AMBIGUOUS, REFUSED],
      look: [undefined],
      alreadyThere: conflict,
    });
    expect(made).toEqual({ made: 'theirs', isOurs: true });
    expect(calls).toBe(`send ${LOOKS} send`);
  });

  it('can do without a look', async () => {
    const { made, calls } = await run({ send: [AMBIGUOUS, REFUSED], alreadyThere: conflict });
    expect(made).toEqual({ made: 'theirs', isOurs: true });
    expect(calls).toBe('2×send');
  });

  it('ends with the error of telling what is there', async () => {
    const services = { clock: fakeClock(), log: recordingLog(), signal: new AbortController().signal };
    const change: OneTimeChange<string> = {
      send: () => Promise.reject(REFUSED),
      alreadyThere: () => Promise.reject(new TypeError('not a function')),
    };
    expect((await rejectionOf(postOnce(change, services), TypeError)).message).toBe('not a function');
  });
});
