import * as core from '@actions/core';
import { formatDuration } from './duration.ts';
import type { ActionError } from './errors.ts';
import type { Redact } from './secrets.ts';
import { withoutCommands } from './untrusted.ts';

/** An error, and what it is about where that is not the whole step. */
export interface Failure {
  readonly subject: string | undefined;
  readonly error: ActionError;
}

/** GitHub shows no more annotations of a step than ten of a kind; the last one tells of the rest. */
const MAX_ANNOTATIONS = 10;

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

const TITLE = 'Cloudflare dashboard SSO';

/** The log as a GitHub runner reads it: lines and workflow commands on standard output, without secrets. */
export function createRunnerLog(redact: Redact = (text) => text): Log {
  const harmless = (text: string): string => withoutCommands(redact(text));
  return {
    info: (line) => core.info(harmless(line)),
    debug: (line) => core.debug(harmless(line)),
    notice: (line) => core.notice(harmless(line)),
    warning: (line) => core.warning(harmless(line)),
    errors(failures) {
      const fits = failures.length <= MAX_ANNOTATIONS;
      const annotated = fits ? failures : failures.slice(0, MAX_ANNOTATIONS - 1);
      for (const failure of annotated) annotate(failure, harmless);
      if (fits) return;
      const others = failures.slice(annotated.length);
      for (const { subject, error } of others)
        this.info(`${subject ?? TITLE}: ${errorLines(error).join(' ')}`);
      core.error(`${others.length} more failed; the log and the job summary name each.`, { title: TITLE });
    },
    async group(title, work) {
      core.startGroup(harmless(title));
      try {
        return await work();
      } finally {
        core.endGroup();
      }
    },
    labelled(label) {
      return labelledLog(this, label);
    },
  };
}

function annotate({ subject, error }: Failure, harmless: (text: string) => string): void {
  core.error(errorLines(error).map(harmless).join('\n'), {
    title: harmless(subject === undefined ? TITLE : `${TITLE}: ${subject}`),
  });
}

function labelledLog(log: Log, label: string): Log {
  const lead = (line: string): string => `[${label}] ${line}`;
  return {
    info: (line) => log.info(lead(line)),
    debug: (line) => log.debug(lead(line)),
    notice: (line) => log.notice(lead(line)),
    warning: (line) => log.warning(lead(line)),
    errors: (failures) => log.errors(failures.map((one) => ({ ...one, subject: one.subject ?? label }))),
    group(title, work) {
      log.info(lead(title));
      return work();
    },
    labelled: (inner) => labelledLog(log, `${label} ${inner}`),
  };
}

/** An error as the lines a person reads: what failed, then what to do. */
export function errorLines(error: ActionError): readonly string[] {
  return error.hint === undefined ? [error.message] : [error.message, error.hint];
}

/** A cause that is its own cause is no longer a chain. */
const MAX_CAUSES = 8;

/** Stacks and causes, for debug logs only. */
export function debugLines(error: unknown, depth = 0): readonly string[] {
  if (!(error instanceof Error) || depth > MAX_CAUSES) return [];
  const own = (error.stack ?? `${error.name}: ${error.message}`).split('\n');
  return error.cause === undefined ? own : [...own, 'caused by', ...debugLines(error.cause, depth + 1)];
}

/** `after 12m 5s`, for lines that close something. */
export function elapsed(startedAtMs: number, nowMs: number): string {
  return `after ${formatDuration(nowMs - startedAtMs)}`;
}
