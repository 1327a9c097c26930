import { describe, expect, it } from 'vitest';
import { readAll } from '../../../src/action/inputs/read-all.ts';
import { InputError } from '../../../src/domain/errors.ts';
import { thrownBy } from '../../checks/errors.ts';

function throwing(thrown: unknown): () => never {
  return () => {
    throw thrown;
  };
}

/** Whatever the work throws, be it an error or not. */
function whatIsThrownBy(work: () => unknown): unknown {
  try {
    work();
  } catch (thrown) {
    return thrown;
  }
  throw new Error('nothing was thrown');
}

const first = new InputError('Input a is wrong.', { hint: 'Do this.' });
const second = new InputError('Input b is wrong.');
const third = new InputError('Input c is wrong.');

describe('readAll', () => {
  it('returns what every reader returns, under its name', () => {
    const read = readAll<{ a: string; b: number; c: undefined }>({
      a: () => 'one',
      b: () => 2,
      c: () => undefined,
    });
    expect(read).toEqual({ a: 'one', b: 2, c: undefined });
  });

  it('throws the only InputError itself', () => {
    expect(whatIsThrownBy(() => readAll({ a: () => 1, b: throwing(first), c: () => 3 }))).toBe(first);
  });

  it('runs every reader and throws several InputErrors as one, in their order', () => {
    const work = () => readAll({ a: throwing(first), b: () => 2, c: throwing(second), d: throwing(third) });
    const { errors, message } = thrownBy(work, AggregateError);
    expect(errors).toEqual([first, second, third]);
    expect(message).toContain('3');
  });

  it('flattens the errors of readers inside readers', () => {
    const inner = () => readAll({ b: throwing(second), c: throwing(third) });
    const { errors } = thrownBy(() => readAll({ a: throwing(first), inner }), AggregateError);
    expect(errors).toEqual([first, second, third]);
  });

  it('names once what several readers are refused for', () => {
    const same = new InputError(first.message, { hint: 'Do this.' });
    const work = (more: () => unknown) => () =>
      readAll({ a: throwing(first), b: throwing(same), c: () => readAll({ a: throwing(same), b: more }) });
    expect(whatIsThrownBy(work(() => 1))).toBeInstanceOf(InputError);
    expect(thrownBy(work(throwing(second)), AggregateError).errors.map(({ message }) => message)).toEqual([
      first.message,
      second.message,
    ]);
  });

  it.each<[string, unknown]>([
    ['a defect', new TypeError('x is not a function')],
    ['another Error', new Error('disk full')],
    ['what is not an Error', 'a text'],
    ['nothing', undefined],
    ['several errors that are not all InputErrors', new AggregateError([first, new TypeError('x')])],
  ])('passes on %s unchanged, even among InputErrors', (_, thrown) => {
    expect(whatIsThrownBy(() => readAll({ a: throwing(thrown) }))).toBe(thrown);
    expect(whatIsThrownBy(() => readAll({ a: throwing(first), b: throwing(thrown) }))).toBe(thrown);
    expect(whatIsThrownBy(() => readAll({ a: throwing(thrown), b: throwing(first) }))).toBe(thrown);
  });
});
