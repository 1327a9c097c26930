import { vi } from 'vitest';
import type { ApiFault } from '../../sandbox/index.ts';
import type { Answer } from './api-server.ts';

/** Request deadlines that pass when an answer stalls, not after some time, so the machine's speed does not matter. */
export interface Deadlines {
  /** The fault; if it is a stall, the deadline passes when it begins. */
  passIn(fault: ApiFault): ApiFault;
  /** The answer; the deadline passes right after it. */
  passAfter(answer: Answer): Answer;
}

/** Replaces `AbortSignal.timeout` until the test ends. */
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
