import type { Drift, DriftReport, NotChecked } from '../../src/domain/drift.ts';
import { driftMarker } from '../../src/github/drift-issue-text.ts';
import { ACCOUNT_ID } from './results.ts';

export const MARKER = driftMarker(ACCOUNT_ID);

export function sampleDrift(changes: Partial<Drift> = {}): Drift {
  return {
    kind: 'not-enabled',
    email_domain: 'example.com',
    expected: 'enabled',
    actual: 'disabled',
    remedy: 'Run mode enable.',
    ...changes,
  };
}

/** Two kinds that nobody looked for, one for want of a permission. */
export const NOT_CHECKED: readonly NotChecked[] = [
  { kind: 'nobody-outside', permission: 'Account Settings: Read' },
  { kind: 'token-expires' },
];

export function reportOf(
  differences: readonly Drift[],
  failed: readonly string[] = [],
  notChecked: readonly NotChecked[] = [],
): DriftReport {
  return {
    drift: differences.length > 0,
    account_id: ACCOUNT_ID,
    checked: ['example.com'],
    failed,
    differences,
    not_checked: notChecked,
  };
}

export const DRIFT = reportOf([sampleDrift()]);
export const OTHER_DRIFT = reportOf([sampleDrift(), sampleDrift({ email_domain: 'example.org' })]);
export const NO_DRIFT = reportOf([]);
export const RUN_URL = 'https://github.example/octo-org/sso/actions/runs/42';
