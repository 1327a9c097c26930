import { expect } from 'vitest';
import type { StepResult } from '../../sandbox/runner.ts';
import type { GuardId, Judgement, PreflightReport } from '../../src/domain/preflight.ts';
import { expectCleanMarkup } from './clean-text.ts';

/** The output `preflight-report`. */
export function reportOf({ outputs }: Pick<StepResult, 'outputs'>): PreflightReport {
  expect(outputs).toHaveProperty('preflight-report');
  return JSON.parse(outputs['preflight-report'] ?? '') as PreflightReport;
}

/** What the report says about one guard. */
export function judgementOf(result: Pick<StepResult, 'outputs'>, guard: GuardId): Judgement {
  const found = reportOf(result).guards.find((one) => one.guard === guard);
  if (found === undefined) throw new RangeError(`the report has no guard ${guard}`);
  return found;
}

/** The verdicts of the report by guard. */
export function verdictsOf(result: Pick<StepResult, 'outputs'>): Readonly<Record<string, string>> {
  return Object.fromEntries(reportOf(result).guards.map(({ guard, verdict }) => [guard, verdict]));
}

/** The line of the log that tells a guard's verdict, with the workflow command that it is, if it is one. */
export function logLineOf({ stdout }: Pick<StepResult, 'stdout'>, { guard, verdict }: Judgement): string {
  const lines = stdout.split('\n').filter((one) => one.includes(`${guard} ${verdict}: `));
  expect(lines, `${guard} in the log`).toHaveLength(1);
  return lines[0] ?? '';
}

/** The text of a guard's row in the job summary, which has to be clean. */
export function summaryRowOf({ summary }: Pick<StepResult, 'summary'>, guard: GuardId): string {
  expectCleanMarkup(summary);
  const rows = summary.match(/<tr>.*?<\/tr>/gs) ?? [];
  const ofGuard = rows.filter((row) => row.includes(`<code>${guard}</code>`));
  expect(ofGuard, `${guard} in the summary`).toHaveLength(1);
  return expectCleanMarkup(ofGuard[0] ?? '');
}
