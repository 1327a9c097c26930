import { readSettings } from './action/inputs/settings.ts';
import { writeOutputs } from './action/outputs/outputs.ts';
import { startStep } from './action/step.ts';
import { writeSummary } from './action/summary/summary.ts';
import { toActionError } from './domain/errors.ts';
import type { RunFailure } from './domain/run-result.ts';
import { tally } from './domain/tally.ts';
import { createServices } from './modes/services.ts';
import { workOnAll } from './modes/work.ts';

/** Runs the action: inputs, then every email domain through every mode, then outputs and summary. Never rejects. */
export async function run(): Promise<void> {
  const step = startStep();
  try {
    const settings = readSettings();
    for (const notice of settings.notices) step.log.notice(notice);
    using services = createServices(settings, step.log, step.signal);
    const result = await workOnAll(settings, services);
    const unwritten = await failuresOf(
      () => writeOutputs(result),
      () => writeSummary(result, settings),
    );
    if (result.domains.length > 1) step.log.info(`${tally(result.domains)}.`);
    step.fail([...result.failures, ...unwritten]);
  } catch (thrown) {
    step.failWith(thrown);
  }
  step.end();
}

/** Does each, whatever happens to the others: a file that cannot be written hides neither the other nor what failed before. */
async function failuresOf(...works: readonly (() => void | Promise<void>)[]): Promise<readonly RunFailure[]> {
  const failures: RunFailure[] = [];
  for (const work of works) {
    try {
      await work();
    } catch (thrown) {
      failures.push({ emailDomain: undefined, error: toActionError(thrown) });
    }
  }
  return failures;
}
