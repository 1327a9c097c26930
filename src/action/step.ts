import { ActionError, errorLines, StoppedError, toActionError } from '../domain/errors.ts';
import type { Log } from '../domain/log.ts';
import type { RunFailure } from '../domain/run-result.ts';
import { redactor } from '../text/secrets.ts';
import { debugLines, toldOnce } from './failures.ts';
import { readSecrets } from './inputs/credentials.ts';
import { createRunnerLog } from './runner-log.ts';

/** The process as one step of a workflow. */
export interface Step {
  readonly log: Log;
  /** Aborts when the runner stops the step. */
  readonly signal: AbortSignal;
  /** Fails the step if there are failures, and tells each of them once. */
  fail(failures: readonly RunFailure[]): void;
  /** Fails the step with whatever was thrown; an `AggregateError` of the action's own errors counts as each of them. */
  failWith(thrown: unknown): void;
  /** Tells what was thrown as a warning: the step does not fail for it. */
  warn(thrown: unknown): void;
  /** Lets the process end, even if something still holds it. */
  end(): void;
}

const RESUME_HINT = 'Run the same step again: every mode continues where this run stopped.';
/** The runner sends SIGINT, then SIGTERM, or SIGBREAK on Windows; SIGHUP comes from a terminal that closes. */
const STOP_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGBREAK', 'SIGHUP'] as const;
/** Long enough to write what was printed. */
const LINGER_MS = 500;

/** Takes over the process: its log, its signals and its crashes. */
export function startStep(): Step {
  const log = createRunnerLog(redactor(readSecrets()));
  const stop = new AbortController();
  const onSignal = (name: NodeJS.Signals): void =>
    stop.abort(new StoppedError(`Stopped by ${name}.`, { hint: RESUME_HINT }));
  // Stays installed: the runner sends a second signal, which would end the process before its outputs are written.
  for (const name of STOP_SIGNALS) process.on(name, onSignal);

  // A runner that no longer reads must not end a change that is under way.
  process.stdout.on('error', () => undefined);

  const commands: string[] = [];
  const fail = (failures: readonly RunFailure[]): void => {
    if (failures.length === 0) return;
    process.exitCode = 1;
    const told = toldOnce(failures);
    for (const { error } of told) for (const line of debugLines(error)) log.debug(line);
    log.errors(told);
    for (const { error } of told) if (error.command !== undefined) commands.push(error.command);
  };
  const failWith = (thrown: unknown): void => {
    const several =
      thrown instanceof AggregateError && thrown.errors.every((one) => one instanceof ActionError);
    const errors: readonly unknown[] = several ? thrown.errors : [thrown];
    fail(errors.map((error) => ({ emailDomain: undefined, error: toActionError(error) })));
  };
  const warn = (thrown: unknown): void => {
    for (const line of debugLines(thrown)) log.debug(line);
    log.warning(errorLines(toActionError(thrown)).join(' '));
  };
  const crashes = new Set<string>();
  // Node.js would print the error with all its properties, such as the headers of a request, and end at once.
  const onCrash = (thrown: unknown): void => {
    const { message } = toActionError(thrown);
    // A log that nobody reads breaks again with each line.
    if (crashes.has(message)) return;
    crashes.add(message);
    failWith(thrown);
    // Ended in order, as by a signal: what nobody has confirmed is taken back.
    stop.abort(new StoppedError('Stopped by an unexpected error.', { hint: RESUME_HINT }));
  };
  process.on('uncaughtException', onCrash).on('unhandledRejection', onCrash);
  // The timer fires only if something still holds the process: nothing can end the look-up of a name.
  const end = (): void => {
    // The last lines, for somebody who has to act at once.
    for (const command of commands) log.info(command);
    setTimeout(() => process.exit(), LINGER_MS).unref();
  };
  return { log, signal: stop.signal, fail, failWith, warn, end };
}
