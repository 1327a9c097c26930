import { describe, expect, it } from 'vitest';
import { OutcomeUnknownError, StoppedError } from '../../src/domain/errors.ts';
import { settle } from '../../src/domain/settle.ts';
import { NetworkError } from '../../src/http/network-error.ts';

const REFUSAL = new NetworkError('No.', { retryability: 'permanent' });
const HELD = new NetworkError('Too many.', { retryability: 'not-carried-out' });
const LOST = new NetworkError('No answer.', { retryability: 'ambiguous' });
const DOUBT = new OutcomeUnknownError(REFUSAL);
const STOP = new StoppedError('Stopped.');
const DEFECT = new TypeError('x');

interface Outcome {
  readonly seen: string;
  readonly isOurs?: boolean;
}

const DONE = { seen: 'done', isDone: true };
const NOT_DONE = { seen: 'not done', isDone: false };

/** Settles a change whose request and look end like this, and keeps in order what it told. */
async function settled(sent: Outcome | Error, looked: (Outcome & { isDone: boolean }) | Error = DEFECT) {
  const events: string[] = [];
  const end = await settle<Outcome>(
    {
      async send() {
        if (sent instanceof Error) throw sent;
        return sent;
      },
      async look() {
        events.push('look');
        if (looked instanceof Error) throw looked;
        return looked;
      },
      onOutcome: ({ seen }) => void events.push(`seen ${seen}`),
      onRefusal: () => void events.push('refused'),
    },
    (isMade) => void events.push(isMade ? 'made' : 'not made'),
  ).then(
    ({ seen }) => seen,
    (error: unknown) => error,
  );
  return { end, events: events.join(', ') };
}

describe('a change that is settled', () => {
  it.each<[string, Outcome, string]>([
    ['that does not say who made it', { seen: 'answer' }, 'seen answer, made'],
    ['that names this run', { seen: 'answer', isOurs: true }, 'seen answer, made'],
    ['that names somebody else', { seen: 'answer', isOurs: false }, 'seen answer, not made'],
  ])('is told by its answer, without a look: an answer %s', async (_, answer, events) => {
    expect(await settled(answer)).toEqual({ end: 'answer', events });
  });

  it.each([REFUSAL, HELD])('was not carried out when it is refused: $message', async (refusal) => {
    expect(await settled(refusal)).toEqual({ end: refusal, events: 'refused, not made' });
  });

  it.each([LOST, DOUBT])('is made when a look says so: $message', async (error) => {
    expect(await settled(error, DONE)).toEqual({ end: 'done', events: 'look, seen done, made' });
  });

  it('is not made when a look says so, and the error is all that there is to tell', async () => {
    expect(await settled(LOST, NOT_DONE)).toEqual({ end: LOST, events: 'look, seen not done, not made' });
  });

  it('ends with the refusal when it was refused after an unknown outcome and a look says that it is not made', async () => {
    expect(await settled(DOUBT, NOT_DONE)).toEqual({ end: REFUSAL, events: 'look, seen not done, not made' });
  });

  it.each([
    [LOST, REFUSAL],
    [LOST, LOST],
    [DOUBT, REFUSAL],
    [DOUBT, HELD],
  ])('stays open when the look fails too, and the error of the change is told', async (error, lookError) => {
    expect(await settled(error, lookError)).toEqual({ end: error, events: 'look' });
  });

  it.each([STOP, DEFECT])('is neither looked at nor told after what is no answer: %s', async (thrown) => {
    expect(await settled(thrown, DONE)).toEqual({ end: thrown, events: '' });
  });

  it.each([STOP, DEFECT])('ends with what ends the look: %s', async (thrown) => {
    expect(await settled(LOST, thrown)).toEqual({ end: thrown, events: 'look' });
  });
});
