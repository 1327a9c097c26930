import { readSettings } from './action/inputs/settings.ts';
import { writeOutputs } from './action/outputs/outputs.ts';
import { startStep } from './action/step.ts';
import { writeSummary } from './action/summary/summary.ts';
import { tally } from './domain/tally.ts';
import { createServices } from './modes/services.ts';
import { workOnAll } from './modes/work.ts';

/** Runs the action: inputs, then every email domain through every mode, then outputs and summary. Never rejects. */
export async function run(): Promise<void> {
  const step = startStep();
  try {
    const settings = readSettings();
    for (const notice of settings.notices) step.log.notice(notice);
    using services = await createServices(settings, step.log, step.signal);
    const result = await workOnAll(settings, services);
    const unwritten = writeOutputs(result);
    if (result.domains.length > 1) step.log.info(`${tally(result.domains)}.`);
    step.fail([...result.failures, ...unwritten]);
    await writeSummary(result, settings).catch(step.warn);
  } catch (thrown) {
    step.failWith(thrown);
  }
  step.end();
}
