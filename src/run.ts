import { StoppedError, toActionError } from './errors.ts';
import { readSettings } from './inputs.ts';
import { createRunnerLog, debugLines } from './log.ts';
import { concludeCheck } from './modes/conclude-check.ts';
import { MODES } from './modes/index.ts';
import { writeOutputs } from './outputs.ts';
import { type DomainResult, type Progress, type RunResult, startProgress } from './progress.ts';
import { createServices, type Services } from './services.ts';
import type { Settings } from './settings.ts';
import { writeSummary } from './summary.ts';

/** Runs the action: inputs, then every email domain through every mode, then outputs. Never rejects. */
export async function run(): Promise<void> {
  const log = createRunnerLog();
  try {
    const settings = readSettings();
    const result = await workOnAll(settings, log);
    writeOutputs(result, settings);
    await writeSummary(result);
    fail(result.failures);
  } catch (thrown) {
    fail([{ emailDomain: undefined, error: thrown }]);
  }

  function fail(failures: readonly { emailDomain: string | undefined; error: unknown }[]): void {
    if (failures.length > 0) process.exitCode = 1;
    for (const { error } of failures) for (const line of debugLines(error)) log.debug(line);
    log.errors(
      failures.map(({ emailDomain, error }) => ({ subject: emailDomain, error: toActionError(error) })),
    );
  }
}

async function workOnAll(settings: Settings, log: Services['log']): Promise<RunResult> {
  const stop = new AbortController();
  const onSignal = (name: NodeJS.Signals): void =>
    stop.abort(new StoppedError(`Stopped by ${name}.`, { hint: RESUME_HINT }));
  process.once('SIGINT', onSignal).once('SIGTERM', onSignal);
  const services = createServices(settings, log, stop.signal);
  try {
    const names = settings.emailDomains.length > 0 ? settings.emailDomains : [undefined];
    // All at once: what they share, connections and questions, is bounded where it is used.
    const domains = await Promise.all(
      names.map((name) => workOn(name, settings, forDomain(services, name, names.length))),
    );
    const concluded = await concludeCheck(domains, settings, services);
    const failed = domains.flatMap(({ progress: { emailDomain }, failure }) =>
      failure === undefined ? [] : [{ emailDomain, error: failure }],
    );
    const changed = concluded.changed || domains.some(({ progress }) => progress.changed);
    return { ...concluded, domains, changed, failures: [...failed, ...concluded.failures] };
  } finally {
    services.close();
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
  }
}

const RESUME_HINT = 'Run the same step again: every mode goes on where this run stopped.';

function forDomain(services: Services, domain: string | undefined, count: number): Services {
  return domain === undefined || count === 1 ? services : { ...services, log: services.log.labelled(domain) };
}

async function workOn(
  domain: string | undefined,
  settings: Settings,
  services: Services,
): Promise<DomainResult> {
  let progress = startProgress(domain, settings.verificationCode);
  const save = (learnt: Progress): Progress => {
    progress = learnt;
    return learnt;
  };
  try {
    for (const name of settings.modes) {
      const work = () => MODES[name](progress, settings, { ...services, save });
      save(await services.log.group(name, work));
      if (progress.timedOut) break;
    }
    return { progress, failure: undefined };
  } catch (thrown) {
    return { progress, failure: toActionError(thrown) };
  }
}
