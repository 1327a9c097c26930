/** An abort that ends some work early; disposing of it ends the work too and forgets the parent. */
export interface LinkedAbort extends Disposable {
  readonly signal: AbortSignal;
}

/** One reason for all: an error of its own for every wait would be made with its stack. */
const ENDED = new Error('the work has ended');

/**
 * A signal that aborts with its parent, or when it is disposed of. `AbortSignal.any` does the same, but what it
 * leaves behind adds up to megabytes when a thousand waits wake up again and again.
 */
export function linkedAbort(parent: AbortSignal): LinkedAbort {
  const controller = new AbortController();
  const onAbort = (): void => controller.abort(parent.reason);
  if (parent.aborted) onAbort();
  else parent.addEventListener('abort', onAbort, { once: true });
  return {
    signal: controller.signal,
    [Symbol.dispose]() {
      parent.removeEventListener('abort', onAbort);
      controller.abort(ENDED);
    },
  };
}
