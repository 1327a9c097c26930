import * as core from '@actions/core';
import { errorLines } from '../domain/errors.ts';
import type { Failure, Log } from '../domain/log.ts';
import type { Redact } from '../text/secrets.ts';
import { withoutCommands } from '../text/untrusted.ts';

/** GitHub shows at most ten annotations of a kind for a step; the last one tells how many more there are. */
const MAX_ANNOTATIONS = 10;

const TITLE = 'Cloudflare dashboard SSO';

/** The log for a GitHub runner: lines and workflow commands on standard output, without secrets. */
export function createRunnerLog(redact: Redact = (text) => text): Log {
  const harmless = (text: string): string => withoutCommands(redact(text));
  const told = new Set<string>();
  return {
    info: (line) => core.info(harmless(line)),
    detail: (line) => core.info(harmless(line)),
    debug: (line) => core.debug(harmless(line)),
    notice: (line, subject) => core.notice(harmless(line), { title: harmless(titleFor(subject)) }),
    warning: (line, subject) => core.warning(harmless(line), { title: harmless(titleFor(subject)) }),
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
    ofAccount(level, line) {
      if (told.has(line)) return;
      told.add(line);
      this[level](line);
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
    title: harmless(titleFor(subject)),
  });
}

function titleFor(subject: string | undefined): string {
  return subject === undefined ? TITLE : `${TITLE}: ${subject}`;
}

function labelledLog(log: Log, label: string): Log {
  const lead = (line: string): string => `[${label}] ${line}`;
  return {
    info: (line) => log.info(lead(line)),
    detail: (line) => log.debug(lead(line)),
    debug: (line) => log.debug(lead(line)),
    notice: (line, subject = label) => log.notice(lead(line), subject),
    warning: (line, subject = label) => log.warning(lead(line), subject),
    errors: (failures) => log.errors(failures.map((one) => ({ ...one, subject: one.subject ?? label }))),
    ofAccount: (level, line) => log.ofAccount(level, line),
    group: (_title, work) => work(),
    labelled: (inner) => labelledLog(log, `${label} ${inner}`),
  };
}
