import * as core from '@actions/core';
import type { DriftReport } from '../../domain/drift.ts';
import type { EmailDomain } from '../../domain/email-domain.ts';
import { ActionError, toActionError } from '../../domain/errors.ts';
import type { RunFailure, RunResult } from '../../domain/run-result.ts';
import { leastAdvanced } from '../../domain/state.ts';
import { importBlock } from '../../records/own/terraform.ts';
import { fitting } from '../../text/fitting.ts';
import { naming } from '../../text/naming.ts';
import { printable } from '../../text/untrusted.ts';

/** Everything that is known about one email domain, by the names of the outputs. */
function outputsOf(domain: EmailDomain) {
  const { connector, record, sight, dns, drift } = domain;
  // While a change is in doubt, nothing is claimed that it may have changed.
  const seen = sight.kind === 'seen' ? sight.connector : undefined;
  return {
    'connector-id': connector?.id,
    'email-domain': domain.name,
    'verification-code': domain.verificationCode,
    'verification-status': seen?.verificationStatus,
    enabled: seen?.enabled,
    created: domain.created,
    changed: domain.changed,
    state: domain.state,
    'record-name': record?.emailDomain,
    'record-type': record && 'TXT',
    'record-value': record?.verificationCode,
    'record-id': domain.dnsRecord?.id,
    'zone-id': domain.dnsRecord?.zoneId,
    record: domain.renderedRecord,
    'txt-values': record?.txtValues,
    'dns-visible': dns?.visible,
    'dns-report': dns,
    'timed-out': domain.timedOut,
    'preflight-report': domain.preflight,
    confirmed: domain.confirmed,
    drift: drift && drift.length > 0,
    'drift-report': drift && driftReportOf(domain),
    'terraform-import': importOf(domain),
    'sso-app-id': domain.ssoApp?.id,
  };
}

/** Needs a domain, after which Terraform's resource is named. */
function importOf({ connector, accountId, name }: EmailDomain): string | undefined {
  const emailDomain = connector?.emailDomain || name;
  if (connector === undefined || accountId === undefined || emailDomain === undefined) return undefined;
  return importBlock(accountId, connector.id, emailDomain);
}

type DomainOutputs = ReturnType<typeof outputsOf>;

/** Every step output; a test compares them with action.yml. */
export type OutputName = keyof DomainOutputs | 'connectors';

/**
 * The step outputs of a run: all that is known about a single email domain, or what makes sense for several together.
 * The drift outputs are always those of the account.
 */
export function toOutputs({
  domains,
  drift,
  changed,
}: Pick<RunResult, 'domains' | 'drift' | 'changed'>): Partial<Record<OutputName, string>> {
  const all = domains.map(({ domain }) => outputsOf(domain));
  const [first] = all;
  const ofAll = {
    state: leastAdvanced(all.map(({ state }) => state)),
    changed,
    'timed-out': all.some((one) => one['timed-out']),
    drift: drift?.drift,
    'drift-report': drift && shortened(drift),
  };
  const outputs = first !== undefined && all.length === 1 ? { ...first, ...ofAll } : ofAll;
  const known = Object.entries({ ...outputs, connectors: connectorsOf(all) }).filter(
    ([, value]) => value !== undefined,
  );
  return Object.fromEntries(
    known.map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]),
  );
}

/** GitHub takes 1 MiB of outputs from a job, in UTF-16; half of it is left for other steps. */
const MAX_CHARACTERS = 250_000;

/** What is left out of `connectors` to make it fit, the longest and least needed first. */
const DISPENSABLE: readonly (readonly (keyof DomainOutputs)[])[] = [
  [],
  ['dns-report', 'preflight-report', 'txt-values', 'record', 'terraform-import', 'drift-report'],
  [
    'record-name',
    'record-type',
    'record-value',
    'record-id',
    'zone-id',
    'sso-app-id',
    'verification-status',
    'created',
    'timed-out',
  ],
  ['changed'],
];

/** An object per email domain; with very many domains, without the outputs that do not fit. */
function connectorsOf(all: readonly DomainOutputs[]): string {
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
function shortened(report: DriftReport): DriftReport {
  const { differences } = report;
  const kept = fitting(differences, (one) => JSON.stringify(one).length, MAX_CHARACTERS / 2);
  if (kept === differences) return report;
  return { ...report, differences: kept, omitted: differences.length - kept.length };
}

/** The drift report of one email domain. */
function driftReportOf({ drift = [], notChecked, name, accountId }: EmailDomain): DriftReport {
  const checked = name === undefined ? [] : [name];
  return {
    drift: drift.length > 0,
    account_id: accountId ?? '',
    checked,
    failed: [],
    differences: drift,
    not_checked: notChecked,
  };
}

function snakeCaseKeys(one: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(one).map(([key, value]) => [key.replaceAll('-', '_'), value]));
}

/**
 * Sets the step outputs. IDs and codes are public by nature and stay unmasked: later jobs could not read masked ones.
 * Never throws, because the failures of the work are more important.
 *
 * @returns the failure if they could not be written, which says what the run has done; otherwise nothing
 */
export function writeOutputs(result: RunResult): readonly RunFailure[] {
  try {
    for (const [name, value] of Object.entries(toOutputs(result))) core.setOutput(name, value);
    return [];
  } catch (thrown) {
    return [{ emailDomain: undefined, error: unwritten(result, thrown) }];
  }
}

/** As many as fit into an annotation. */
const MAX_NAMED = 10;

function unwritten({ domains }: RunResult, thrown: unknown): ActionError {
  const done = naming(
    domains.map(({ domain }) => endOf(domain)),
    MAX_NAMED,
  );
  const reason = printable(toActionError(thrown).message).replaceAll(/^Error: |\.$/g, '');
  return new ActionError(
    `The work has ended, but the step outputs could not be written (${reason}). How it ended: ${done}.`,
    {
      hint: 'Later steps see no outputs of this one. Check the disk of the runner and the file that GITHUB_OUTPUT names, then run the step again: every mode is safe to repeat.',
      cause: thrown,
    },
  );
}

/** The outputs that people need most. */
function endOf({ name, state, connector, changed }: EmailDomain): string {
  const connectorId = connector === undefined ? '' : `, connector-id ${connector.id}`;
  return `${name ?? 'the connector'} (state ${state ?? 'unknown'}${connectorId}, changed ${changed ?? 'unknown'})`;
}
