import { vi } from 'vitest';
import type { ApiFault } from '../../sandbox/index.ts';
import type { Answer } from './api-server.ts';

/** Deadlines of requests that pass when an answer stalls, not after some time: how fast the machine is does not matter. */
export interface Deadlines {
  /** The fault; where it is a stall, the deadline passes as soon as it has begun. */
  passIn(fault: ApiFault): ApiFault;
  /** The answer; when it was given, the deadline passes. */
  passAfter(answer: Answer): Answer;
}

/** Takes the place of `AbortSignal.timeout` until the test ends. */
export function fakeDeadlines(): Deadlines {
  const pending = new Set<AbortController>();
  vi.spyOn(AbortSignal, 'timeout').mockImplementation(() => {
    const deadline = new AbortController();
    pending.add(deadline);
    return deadline.signal;
  });
  const pass = (): void => {
    for (const deadline of pending) deadline.abort();
    pending.clear();
  };
  return {
    passIn: (fault) =>
      fault.kind === 'stall-before-headers' || fault.kind === 'stall-in-body'
        ? { ...fault, meanwhile: pass }
        : fault,
    passAfter: (answer) => (response, request) => {
      answer(response, request);
      pass();
    },
  };
}
