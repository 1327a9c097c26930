import { type ActionError, StoppedError, toActionError } from './errors.ts';
import { readSettings } from './inputs.ts';
import { createRunnerLog, debugLines } from './log.ts';
import { concludeCheck } from './modes/conclude-check.ts';
import { MODES } from './modes/index.ts';
import { writeOutputs } from './outputs.ts';
import {
  type DomainResult,
  type Progress,
  type RunFailure,
  type RunResult,
  startProgress,
} from './progress.ts';
import { createServices, type Services } from './services.ts';
import type { Settings } from './settings.ts';
import { writeSummary } from './summary.ts';

/** Runs the action: inputs, then every email domain through every mode, then outputs. Never rejects. */
export async function run(): Promise<void> {
  const log = createRunnerLog();
  const stop = new AbortController();
  const onSignal = (name: NodeJS.Signals): void =>
    stop.abort(new StoppedError(`Stopped by ${name}.`, { hint: RESUME_HINT }));
  // For good: the runner sends a second signal, which by default would end the process before its outputs are written.
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  try {
    const settings = readSettings();
    const result = await workOnAll(settings, log, stop.signal);
    writeOutputs(result, settings);
    await writeSummary(result);
    fail(result.failures);
  } catch (thrown) {
    fail([{ emailDomain: undefined, error: thrown }]);
  }
  // Fires only when something holds the process: the runner's HTTP client cannot close a tunnel that its proxy never opened.
  setTimeout(() => process.exit(), LINGER_MS).unref();

  function fail(failures: readonly { emailDomain: string | undefined; error: unknown }[]): void {
    if (failures.length > 0) process.exitCode = 1;
    for (const { error } of failures) for (const line of debugLines(error)) log.debug(line);
    log.errors(
      failures.map(({ emailDomain, error }) => ({ subject: emailDomain, error: toActionError(error) })),
    );
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
    const changed = concluded.changed || domains.some(({ progress }) => progress.changed);
    const ending = concluded.drift === undefined ? 'mode check' : 'the drift issue';
    const last = concluded.failures.map((one) => ({ ...one, error: stoppedIn(ending, one.error) }));
    return { ...concluded, domains, changed, failures: withOneStop([...failed, ...last]) };
  } finally {
    services.close();
  }
}

/** By then everything is written that was printed. */
const LINGER_MS = 500;

const RESUME_HINT = 'Run the same step again: every mode goes on where this run stopped.';

/** A stop with what it ended; any other error as it is. */
function stoppedIn(work: string, error: ActionError): ActionError {
  if (!(error instanceof StoppedError)) return error;
  return new StoppedError(`${error.message.slice(0, -1)} in ${work}.`, { hint: error.hint, cause: error });
}

/** As many as an annotation has room for. */
const MAX_NAMED = 10;

/** One signal ends the work on every email domain, and one annotation says so. */
function withOneStop(failures: readonly RunFailure[]): readonly RunFailure[] {
  const stops = failures.filter(({ error }) => error instanceof StoppedError);
  if (stops.length <= 1) return failures;
  const lines = Map.groupBy(stops, ({ error }) => error.message)
    .entries()
    .map(([message, those]) => {
      const names = those.flatMap(({ emailDomain }) => emailDomain ?? []);
      const more = names.length > MAX_NAMED ? ` and ${names.length - MAX_NAMED} more` : '';
      return names.length === 0
        ? message
        : `${message.slice(0, -1)}: ${names.slice(0, MAX_NAMED).join(', ')}${more}.`;
    });
  const error = new StoppedError([...lines].join(' '), { hint: RESUME_HINT });
  return [...failures.filter((one) => !stops.includes(one)), { emailDomain: undefined, error }];
}

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
