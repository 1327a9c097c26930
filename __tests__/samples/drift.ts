import type { Drift, DriftReport } from '../../src/domain/drift.ts';
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

export function reportOf(differences: readonly Drift[], failed: readonly string[] = []): DriftReport {
  return {
    drift: differences.length > 0,
    account_id: ACCOUNT_ID,
    checked: ['example.com'],
    failed,
    differences,
  };
}

export const DRIFT = reportOf([sampleDrift()]);
export const OTHER_DRIFT = reportOf([sampleDrift(), sampleDrift({ email_domain: 'example.org' })]);
export const NO_DRIFT = reportOf([]);
export const RUN_URL = 'https://github.example/octo-org/sso/actions/runs/42';
