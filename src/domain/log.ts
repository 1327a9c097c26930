import type { ActionError } from './errors.ts';

/** An error, and what it concerns if that is not the whole step. */
export interface Failure {
  readonly subject: string | undefined;
  readonly error: ActionError;
}

/**
 * The step's log. Whatever untrusted text a line holds, it is printed as one line and is no command to the runner.
 */
export interface Log {
  info(line: string): void;
  /** A step on the way; of several email domains at once, only the debug log shows it. */
  detail(line: string): void;
  debug(line: string): void;
  /** An annotation of the workflow run; the subject is what it concerns if that is not the whole step. */
  notice(line: string, subject?: string): void;
  /** As {@link notice}. */
  warning(line: string, subject?: string): void;
  /** Annotations of the workflow run: what failed, then what to do. Beyond GitHub's ten they go into the log. */
  errors(failures: readonly Failure[]): void;
  /** A line about the account: of several email domains, it is told once and for all of them. */
  ofAccount(level: 'info' | 'warning', line: string): void;
  /** Runs `work` with its lines folded under `title`, unless lines of several domains mix. */
  group<T>(title: string, work: () => Promise<T>): Promise<T>;
  /** The log of one of several: each line starts with `label`; it has no groups, since those cannot interleave. */
  labelled(label: string): Log;
}
