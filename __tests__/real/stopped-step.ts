import { setTimeout as sleep } from 'node:timers/promises';
import { runStep, type Step, type StepResult } from '../../sandbox/runner.ts';

/** When and how to stop a step. */
export interface Stop {
  /** Called repeatedly with the output so far. */
  readonly when: (stdout: string) => boolean;
  /** Delay until the first signal; default 150 ms, so that a request or a sleep is under way. */
  readonly afterMs?: number;
  /** Sent in order; default: one SIGINT. */
  readonly signals?: readonly NodeJS.Signals[];
  /** Delay between signals, or each of the delays; default 1 ms, because a step ends soon. */
  readonly gapMs?: number | readonly number[];
}

/** A stopped step, and the time from the first signal to its end. */
export interface StoppedStep extends StepResult {
  readonly stopMs: number;
}

/** A step that never gets there runs to its end. */
const MAX_WAIT_MS = 20_000;

/** Runs a step and sends it the signals that a runner sends when the workflow is cancelled. */
export async function runStoppedStep(
  step: Omit<Step, 'onStart' | 'onLine'>,
  { when, afterMs = 150, signals = ['SIGINT'], gapMs = 1 }: Stop,
): Promise<StoppedStep> {
  let [stdout, hasEnded]: [string, boolean] = ['', false];
  let pid: number | undefined;
  const running = runStep({
    ...step,
    onStart(started) {
      pid = started;
    },
    onLine(line) {
      stdout += `${line}\n`;
    },
  }).finally(() => {
    hasEnded = true;
  });
  const deadlineMs = performance.now() + MAX_WAIT_MS;
  while (!hasEnded && !when(stdout) && performance.now() < deadlineMs) await sleep(10);
  await sleep(afterMs);
  if (hasEnded || pid === undefined) throw new Error(`the step ended before it was stopped:\n${stdout}`);
  const signalledAtMs = performance.now();
  for (const [index, signal] of signals.entries()) {
    const delayMs = typeof gapMs === 'number' ? gapMs : (gapMs[index - 1] ?? 0);
    if (index > 0 && delayMs > 0) await Promise.race([sleep(delayMs), running]);
    if (!hasEnded) sendSignal(pid, signal);
  }
  const result = await running;
  return { ...result, stopMs: performance.now() - signalledAtMs };
}

/** Sends a signal to a process that may have ended. */
export function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    // It ended in the meantime.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
