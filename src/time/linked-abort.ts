/** Ends some work early. Disposing of it ends the work as well and detaches it from the parent. */
export interface LinkedAbort extends Disposable {
  readonly signal: AbortSignal;
}

/** Shared, because a new error for every wait would cost a stack each. */
const ENDED = new Error('the work has ended');

/**
 * A signal that aborts with its parent, or when it is disposed of. `AbortSignal.any` does the same, but leaks
 * megabytes when a thousand waits wake up repeatedly.
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
