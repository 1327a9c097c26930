import * as core from '@actions/core';
import { type DomainResult, leastAdvanced, type Progress, stateOf } from './progress.ts';

/** Everything that is learnt about one email domain, by the names of the outputs. */
function facts(progress: Progress) {
  const { connector, emailDomain, verificationCode, dns } = progress;
  const isPublishable = emailDomain !== undefined && verificationCode !== undefined;
  return {
    'connector-id': connector?.id,
    'email-domain': emailDomain,
    'verification-code': verificationCode,
    'verification-status': connector?.verificationStatus,
    enabled: connector?.enabled,
    created: progress.created,
    changed: progress.changed,
    state: stateOf(progress),
    'record-name': isPublishable ? emailDomain : undefined,
    'record-type': isPublishable ? 'TXT' : undefined,
    'record-value': isPublishable ? verificationCode : undefined,
    'dns-visible': dns?.visible,
    'dns-report': dns,
    'timed-out': progress.timedOut,
  };
}

type Fact = keyof ReturnType<typeof facts>;

/** Every step output there is; a test holds it against action.yml. */
export type OutputName = Fact | 'connectors';

/**
 * The step outputs of a run. With one email domain all that is known about it; with several only what makes
 * sense for all of them together.
 */
export function toOutputs(results: readonly DomainResult[]): Partial<Record<OutputName, string>> {
  const all = results.map(({ progress }) => facts(progress));
  const [first] = all;
  const summary =
    first !== undefined && all.length === 1
      ? first
      : {
          state: leastAdvanced(all.map(({ state }) => state)),
          changed: all.some(({ changed }) => changed),
          'timed-out': all.some((one) => one['timed-out']),
        };
  const known = Object.entries({ ...summary, connectors: all.map(snakeCaseKeys) }).filter(
    ([, value]) => value !== undefined,
  );
  return Object.fromEntries(
    known.map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]),
  );
}

function snakeCaseKeys(one: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(one).map(([key, value]) => [key.replaceAll('-', '_'), value]));
}

/** Sets the step outputs. IDs and codes are public by nature and stay unmasked, or later jobs could not read them. */
export function writeOutputs(results: readonly DomainResult[]): void {
  for (const [name, value] of Object.entries(toOutputs(results))) core.setOutput(name, value);
}
