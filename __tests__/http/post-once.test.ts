import { describe, expect, it } from 'vitest';
import type { Retryability } from '../../src/domain/errors.ts';
import { NetworkError } from '../../src/http/network-error.ts';
import { type OneTimeChange, postOnce } from '../../src/http/post-once.ts';
import { rejectionOf } from '../checks/errors.ts';
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
  return { ...(await end), calls: calls.join(' ') };
}

const [AMBIGUOUS, NOT_DONE, REFUSED] = [failed('ambiguous'), failed('not-carried-out'), failed('permanent')];
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
    expect(calls).toBe('send look send');
  });

  it('is not looked for when it was surely not carried out', async () => {
    const { made, calls } = await run({ send: [NOT_DONE, 'second'], look: ['first'] });
    expect(made).toEqual({ made: 'second', isOurs: true });
    expect(calls).toBe('send send');
  });

  it('is looked for before every attempt after one of unknown outcome, whatever the later ones say', async () => {
    const { calls } = await run({ send: [AMBIGUOUS, NOT_DONE, NOT_DONE, 'last'], look: [undefined] });
    expect(calls).toBe('send look send look send look send');
  });

  it('is not sent as long as the look fails', async () => {
    const { made, calls } = await run({ send: [AMBIGUOUS, 'second'], look: [AMBIGUOUS, NOT_DONE, 'first'] });
    expect(made).toEqual({ made: 'first', isOurs: true });
    expect(calls).toBe('send look look look');
  });

  it('ends with the error of a look that is refused', async () => {
    const { error, calls } = await run({ send: [AMBIGUOUS], look: [REFUSED] });
    expect(error).toBe(REFUSED);
    expect(calls).toBe('send look');
  });

  it('ends after five attempts', async () => {
    const { error, calls } = await run({ send: [AMBIGUOUS], look: [undefined] });
    expect(error).toBe(AMBIGUOUS);
    expect(calls).toBe('send look send look send look send look send');
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
    expect(calls).toBe('send look send');
  });

  it('can do without a look', async () => {
    const { made, calls } = await run({ send: [AMBIGUOUS, REFUSED], alreadyThere: conflict });
    expect(made).toEqual({ made: 'theirs', isOurs: true });
    expect(calls).toBe('send send');
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
