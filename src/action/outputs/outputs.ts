import * as core from '@actions/core';
import type { Drift, DriftReport } from '../../domain/drift.ts';
import { leastAdvanced, type Progress, type RunResult, stateOf } from '../../domain/progress.ts';
import type { Settings } from '../../domain/settings.ts';
import { withNewText } from '../../domain/sso-record.ts';
import { importBlock } from '../../records/own/terraform.ts';

/** Everything that is learnt about one email domain, by the names of the outputs. */
function facts(progress: Progress, accountId: string | undefined) {
  const { connector, isStale, emailDomain, verificationCode, dns, txtToday, drift } = progress;
  const isPublishable = emailDomain !== undefined && verificationCode !== undefined;
  return {
    'connector-id': connector?.id,
    'email-domain': emailDomain,
    'verification-code': verificationCode,
    'verification-status': isStale ? undefined : connector?.verificationStatus,
    enabled: isStale ? undefined : connector?.enabled,
    created: isStale ? progress.created || undefined : progress.created,
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
    'drift-report': drift && toReport(drift, emailDomain, accountId),
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
    'drift-report': drift && fitting(drift),
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
const MAX_CHARACTERS = 250_000;

/** What is left out of `connectors` to make it fit, the longest and least needed first. */
const DISPENSABLE: readonly (readonly (keyof Facts)[])[] = [
  [],
  ['dns-report', 'txt-values', 'record', 'terraform-import', 'drift-report'],
  ['record-name', 'record-type', 'record-value', 'sso-app-id', 'verification-status', 'created', 'timed-out'],
  ['changed'],
];

/** An object per email domain; with very many, without what GitHub would not take. */
function connectorsOf(all: readonly Facts[]): string {
  let text = '';
  const leftOut = new Set<string>();
  for (const more of DISPENSABLE) {
    for (const name of more) leftOut.add(name);
    const kept = all.map((one) =>
      Object.fromEntries(Object.entries(one).filter(([name]) => !leftOut.has(name))),
    );
    text = JSON.stringify(kept.map(snakeCaseKeys));
    if (text.length <= MAX_CHARACTERS) break;
  }
  return text;
}

/** The report with as many differences as GitHub takes; `omitted` says how many more there are. */
function fitting(report: DriftReport): DriftReport {
  let room = MAX_CHARACTERS / 2;
  const end = report.differences.findIndex((one) => {
    room -= JSON.stringify(one).length;
    return room < 0;
  });
  if (end < 0) return report;
  return {
    ...report,
    differences: report.differences.slice(0, end),
    omitted: report.differences.length - end,
  };
}

/** The differences of one email domain, as a report of its own. */
function toReport(
  differences: readonly Drift[],
  emailDomain: string | undefined,
  accountId: string | undefined,
): DriftReport {
  const checked = emailDomain === undefined ? [] : [emailDomain];
  return { drift: differences.length > 0, account_id: accountId ?? '', checked, failed: [], differences };
}

function snakeCaseKeys(one: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(one).map(([key, value]) => [key.replaceAll('-', '_'), value]));
}

/** Sets the step outputs. IDs and codes are public by nature and stay unmasked, or later jobs could not read them. */
export function writeOutputs(result: RunResult, settings: Settings): void {
  for (const [name, value] of Object.entries(toOutputs(result, settings))) core.setOutput(name, value);
}
