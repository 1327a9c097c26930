import { inspect } from 'node:util';
import { debugLines } from '../../src/action/failures.ts';

type ErrorClass<E extends Error> = abstract new (...parameters: never[]) => E;

function checked<E extends Error>(thrown: unknown, type: ErrorClass<E>): E {
  if (thrown instanceof type) return thrown;
  throw new Error(`Expected ${type.name}, got ${inspect(thrown)}`);
}

/** What the function throws, which must be of that class. */
export function thrownBy<E extends Error>(work: () => unknown, type: ErrorClass<E>): E {
  let value: unknown;
  try {
    value = work();
  } catch (thrown) {
    return checked(thrown, type);
  }
  throw new Error(`Expected ${type.name}, got the value ${inspect(value)}`);
}

/** What the promise rejects with, which must be of that class. */
export async function rejectionOf<E extends Error>(work: Promise<unknown>, type: ErrorClass<E>): Promise<E> {
  const value = await work.then(
    (result) => ({ result }),
    (thrown: unknown) => ({ thrown }),
  );
  if ('thrown' in value) return checked(value.thrown, type);
  throw new Error(`Expected ${type.name}, got the value ${inspect(value.result)}`);
}

/** All that anybody could ever print of an error: its properties, hidden ones too, its stack and its causes. */
export function everythingIn(error: Error): string {
  const shown = inspect(error, { depth: Number.POSITIVE_INFINITY, showHidden: true });
  return [shown, JSON.stringify(error), error.message, ...debugLines(error)].join('\n');
}
