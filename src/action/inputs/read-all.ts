import { InputError } from '../../domain/errors.ts';

type Readers<T> = { readonly [K in keyof T]: () => T[K] };

/**
 * Runs every reader, so that several wrong inputs are told at once.
 *
 * @throws {InputError} of the only reader that fails
 * @throws {AggregateError} of the different `InputError`s of several
 */
export function readAll<T extends object>(readers: Readers<T>): T {
  const errors = new Map<string, InputError>();
  const entries = Object.entries<() => unknown>(readers).map(([name, reader]) => {
    try {
      return [name, reader()];
    } catch (thrown) {
      // Readers that build on one another fail for the same reason.
      for (const error of inputErrorsOf(thrown)) errors.set(error.message, error);
      return [name, undefined];
    }
  });
  const [first, ...others] = errors.values();
  if (others.length > 0) throw new AggregateError(errors.values(), `${errors.size} inputs are wrong.`);
  if (first !== undefined) throw first;
  return Object.fromEntries(entries) as T;
}

function inputErrorsOf(thrown: unknown): readonly InputError[] {
  const errors: readonly unknown[] = thrown instanceof AggregateError ? thrown.errors : [thrown];
  return errors.map((error) => {
    if (error instanceof InputError) return error;
    throw thrown;
  });
}
