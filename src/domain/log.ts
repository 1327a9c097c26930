import type { ActionError } from './errors.ts';

/** An error, and what it is about where that is not the whole step. */
export interface Failure {
  readonly subject: string | undefined;
  readonly error: ActionError;
}

/**
 * The step's log. Every line that goes through it is one line afterwards and no command to the runner,
 * whatever text of unknown origin was put into it.
 */
export interface Log {
  info(line: string): void;
  debug(line: string): void;
  /** An annotation of the workflow run. */
  notice(line: string): void;
  /** An annotation of the workflow run. */
  warning(line: string): void;
  /** Annotations of the workflow run: what failed, then what to do; what exceeds GitHub's ten goes into the log. */
  errors(failures: readonly Failure[]): void;
  /** Runs `work` with its lines folded under `title`, where lines of several domains do not mix. */
  group<T>(title: string, work: () => Promise<T>): Promise<T>;
  /** The same log, each line led by `label`; its groups are headings, since groups cannot nest or interleave. */
  labelled(label: string): Log;
}
