import type { Clock } from './clock.ts';

/** How old a value may be without a request for a newer one. */
const MAX_AGE_MS = 60_000;

/** A value that is read once for all who ask at about the same time, and again once it is too old. */
export class Recent<T> {
  readonly #read: () => Promise<T>;
  readonly #clock: Pick<Clock, 'now'>;
  #last: { readonly startedAtMs: number; readonly value: Promise<T> } | undefined;

  constructor(read: () => Promise<T>, clock: Pick<Clock, 'now'>) {
    this.#read = read;
    this.#clock = clock;
  }

  /** Has the next caller read it anew. */
  forget(): void {
    this.#last = undefined;
  }

  /**
   * The value as it was at `notBeforeMs` or later; default: a minute ago. A failure is shared in the same way.
   *
   * @param notBeforeMs milliseconds since the epoch
   */
  get(notBeforeMs = this.#clock.now() - MAX_AGE_MS): Promise<T> {
    if (this.#last === undefined || this.#last.startedAtMs < notBeforeMs)
      this.#last = { startedAtMs: this.#clock.now(), value: this.#read() };
    return this.#last.value;
  }
}
