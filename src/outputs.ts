import * as core from '@actions/core';
import { withNewText } from './dns/current-txt.ts';
import { leastAdvanced, type Progress, type RunResult, stateOf } from './progress.ts';
import { importBlock } from './records/terraform.ts';
import type { Settings } from './settings.ts';

/** Everything that is learnt about one email domain, by the names of the outputs. */
function facts(progress: Progress, accountId: string | undefined) {
  const { connector, emailDomain, verificationCode, dns, txtToday, drift } = progress;
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
    record: progress.record,
    'txt-values': isPublishable ? txtToday && withNewText(txtToday, verificationCode) : undefined,
    'dns-visible': dns?.visible,
    'dns-report': dns,
    'timed-out': progress.timedOut,
    drift: drift && drift.length > 0,
    'drift-report': drift,
    'terraform-import':
      connector && accountId ? importBlock(accountId, connector.id, connector.emailDomain) : undefined,
    'sso-app-id': progress.ssoApp?.id,
  };
}

type Facts = ReturnType<typeof facts>;

/** Every step output there is; a test holds it against action.yml. */
export type OutputName = keyof Facts | 'connectors';

/**
 * The step outputs of a run. With one email domain all that is known about it; with several only what makes
 * sense for all of them together. The drift outputs are always those of the account.
 */
export function toOutputs(
  { domains, drift, changed }: Pick<RunResult, 'domains' | 'drift' | 'changed'>,
  { account }: Pick<Settings, 'account'>,
): Partial<Record<OutputName, string>> {
  const all = domains.map(({ progress }) => facts(progress, account?.accountId));
  const [first] = all;
  const ofAll = {
    state: leastAdvanced(all.map(({ state }) => state)),
    changed,
    'timed-out': all.some((one) => one['timed-out']),
    drift: drift?.drift,
    'drift-report': drift,
  };
  const outputs = first !== undefined && all.length === 1 ? { ...first, ...ofAll } : ofAll;
  const known = Object.entries({ ...outputs, connectors: connectorsOf(all) }).filter(
    ([, value]) => value !== undefined,
  );
  return Object.fromEntries(
    known.map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]),
  );
}

/** GitHub takes 1 MiB of outputs from a job, in UTF-16; half of it is left for the others. */
const MAX_CONNECTORS_CHARACTERS = 250_000;

/** An object per email domain; where that is too much for GitHub, without what takes the most room. */
function connectorsOf(all: readonly Facts[]): string {
  const whole = JSON.stringify(all.map(snakeCaseKeys));
  if (whole.length <= MAX_CONNECTORS_CHARACTERS) return whole;
  const short = all.map(
    ({ 'dns-report': _, 'txt-values': __, record: ___, 'terraform-import': ____, ...rest }) => rest,
  );
  return JSON.stringify(short.map(snakeCaseKeys));
}

function snakeCaseKeys(one: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(one).map(([key, value]) => [key.replaceAll('-', '_'), value]));
}

/** Sets the step outputs. IDs and codes are public by nature and stay unmasked, or later jobs could not read them. */
export function writeOutputs(result: RunResult, settings: Settings): void {
  for (const [name, value] of Object.entries(toOutputs(result, settings))) core.setOutput(name, value);
}
