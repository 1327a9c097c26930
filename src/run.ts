import { stoppedIn, toldOnce } from './action/failures.ts';
import { readSecrets } from './action/inputs/credentials.ts';
import { readSettings } from './action/inputs/settings.ts';
import { writeOutputs } from './action/outputs/outputs.ts';
import { createRunnerLog, debugLines } from './action/runner-log.ts';
import { writeSummary } from './action/summary/summary.ts';
import { StoppedError, toActionError } from './domain/errors.ts';
import { type DomainResult, type Progress, type RunResult, startProgress } from './domain/progress.ts';
import type { Settings } from './domain/settings.ts';
import { concludeCheck } from './modes/conclude-check.ts';
import { MODES } from './modes/index.ts';
import { createServices, type Services } from './modes/services.ts';
import { redactor } from './text/secrets.ts';

/** Runs the action: inputs, then every email domain through every mode, then outputs. Never rejects. */
export async function run(): Promise<void> {
  const log = createRunnerLog(redactor(readSecrets()));
  const stop = new AbortController();
  const onSignal = (name: NodeJS.Signals): void =>
    stop.abort(new StoppedError(`Stopped by ${name}.`, { hint: RESUME_HINT }));
  // For good: the runner sends a second signal, which by default would end the process before its outputs are written.
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  // Node.js would print the error with all its properties: the headers of a request, for one.
  const onCrash = (thrown: unknown): never => {
    fail([{ emailDomain: undefined, error: toActionError(thrown) }]);
    process.exit(1);
  };
  process.on('uncaughtException', onCrash).on('unhandledRejection', onCrash);
  try {
    const settings = readSettings();
    const result = await workOnAll(settings, log, stop.signal);
    writeOutputs(result, settings);
    await writeSummary(result, settings);
    fail(result.failures);
  } catch (thrown) {
    fail([{ emailDomain: undefined, error: toActionError(thrown) }]);
  }
  // Fires only when something holds the process: the runner's HTTP client cannot close a tunnel that its proxy never opened.
  setTimeout(() => process.exit(), LINGER_MS).unref();

  function fail(failures: RunResult['failures']): void {
    if (failures.length > 0) process.exitCode = 1;
    const told = toldOnce(failures);
    for (const { error } of told) for (const line of debugLines(error)) log.debug(line);
    log.errors(told);
  }
}

async function workOnAll(settings: Settings, log: Services['log'], signal: AbortSignal): Promise<RunResult> {
  const services = createServices(settings, log, signal);
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
    const changes = [concluded.changed, ...domains.map(({ progress }) => progress.changed)];
    const changed = changes.includes(true) || (changes.includes(undefined) ? undefined : false);
    const ending = concluded.drift === undefined ? 'mode check' : 'the drift issue';
    const last = concluded.failures.map((one) => ({ ...one, error: stoppedIn(ending, one.error) }));
    return { ...concluded, domains, changed, failures: [...failed, ...last] };
  } finally {
    services.close();
  }
}

/** By then everything is written that was printed. */
const LINGER_MS = 500;

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
  let mode = '';
  const save = (learnt: Progress): Progress => {
    progress = learnt;
    return learnt;
  };
  try {
    for (const name of settings.modes) {
      mode = name;
      const work = () => MODES[name](progress, settings, { ...services, save });
      save(await services.log.group(name, work));
      if (progress.timedOut) break;
    }
    return { progress, failure: undefined };
  } catch (thrown) {
    return { progress, failure: stoppedIn(`mode ${mode}`, toActionError(thrown)) };
  }
}
