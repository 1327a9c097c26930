import { errorLines } from '../../src/domain/errors.ts';
import type { Log } from '../../src/domain/log.ts';

/** A log that keeps its lines, each with its level in front. */
export interface RecordingLog extends Log {
  readonly lines: readonly string[];
  /** All lines as one text. */
  text(): string;
}

export function recordingLog(): RecordingLog {
  const lines: string[] = [];
  const keep = (level: string) => (line: string) => void lines.push(`${level}: ${line}`);
  const log: RecordingLog = {
    lines,
    text: () => lines.join('\n'),
    info: keep('info'),
    detail: keep('info'),
    debug: keep('debug'),
    notice: keep('notice'),
    warning: keep('warning'),
    errors(failures) {
      for (const { error } of failures) keep('error')(errorLines(error).join(' '));
    },
    ofAccount: (level, line) => keep(level)(line),
    group(title, work) {
      keep('group')(title);
      return work();
    },
    labelled: () => log,
  };
  return log;
}
