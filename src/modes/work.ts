import { EmailDomain } from '../domain/email-domain.ts';
import { type ActionError, StoppedError, toActionError } from '../domain/errors.ts';
import type { ModeName } from '../domain/mode-names.ts';
import type { DomainResult, RunResult } from '../domain/run-result.ts';
import type { Settings } from '../domain/settings.ts';
import { tally } from '../domain/tally.ts';
import { elapsed } from '../text/duration.ts';
import { linkedAbort } from '../time/linked-abort.ts';
import type { concludeCheck } from './conclude-check.ts';
import { NOTHING_CONCLUDED } from './conclusion.ts';
import { MODES } from './index.ts';
import type { Mode } from './mode.ts';
import type { Services } from './services.ts';

/** Takes every email domain through every mode, all domains at once; one that fails does not stop the others. */
export async function workOnAll(settings: Settings, services: Services): Promise<RunResult> {
  // Before any work, so that no step finds out in the middle of it that its code is gone.
  const work = await loadWork(settings);
  const domains = await workOnDomains(work, settings, services);
  const concluded = (await work.conclude?.(domains, settings, services)) ?? NOTHING_CONCLUDED;
  const failed = domains.flatMap(({ domain, failure }) =>
    failure === undefined ? [] : [{ emailDomain: domain.name, error: failure }],
  );
  const changes = [concluded.changed, ...domains.map(({ domain }) => domain.changed)];
  const changed = changes.includes(true) || (changes.includes(undefined) ? undefined : false);
  const ending = concluded.drift === undefined ? 'mode check' : 'the drift issue';
  const last = concluded.failures.map((one) => ({ ...one, error: stoppedIn(ending, one.error) }));
  return { ...concluded, domains, changed, failures: [...failed, ...last] };
}

/** What a step does, in this order. */
interface Work {
  /** Whether people could sign in, for a step that enables without saying itself when to judge that. */
  readonly judgeFirst: Mode | undefined;
  readonly modes: readonly (readonly [ModeName, Mode])[];
  readonly conclude: typeof concludeCheck | undefined;
}

async function loadWork({ modes }: Settings): Promise<Work> {
  const isJudgedFirst = modes.includes('enable') && !modes.includes('preflight');
  return {
    judgeFirst: isJudgedFirst
      ? (await import(/* webpackChunkName: 'modes' */ './preflight.ts')).preflightFirst
      : undefined,
    modes: await Promise.all(modes.map(async (mode) => [mode, await MODES[mode]()] as const)),
    conclude: modes.includes('check')
      ? (await import(/* webpackChunkName: 'modes' */ './conclude-check.ts')).concludeCheck
      : undefined,
  };
}

async function workOnDomains(
  work: Work,
  settings: Settings,
  services: Services,
): Promise<readonly DomainResult[]> {
  const { verificationCode, account, emailDomains } = settings;
  const names = emailDomains.length > 0 ? emailDomains : [undefined];
  const results = names.map((name): DomainResult => {
    const domain = new EmailDomain({ name, verificationCode, accountId: account?.accountId });
    return { domain, failure: undefined };
  });
  const isSeveral = results.length > 1;
  const ended = linkedAbort(services.signal);
  const progress = isSeveral ? tellProgress(results, { ...services, signal: ended.signal }) : undefined;
  // Connections and DNS queries are limited elsewhere, for all domains together.
  await Promise.all(
    results.map(async ({ domain }, index) => {
      const log = isSeveral && domain.name !== undefined ? services.log.labelled(domain.name) : services.log;
      results[index] = { domain, failure: await workOn(domain, work, settings, { ...services, log }) };
    }),
  );
  ended[Symbol.dispose]();
  await progress;
  return results;
}

const PROGRESS_INTERVAL_MS = 60_000;

/** Logs once a minute how far several email domains are; ends with the signal. */
async function tellProgress(
  results: readonly DomainResult[],
  { clock, log, signal }: Pick<Services, 'clock' | 'log' | 'signal'>,
): Promise<void> {
  const startedAtMs = clock.now();
  for (;;) {
    await Promise.allSettled([clock.sleep(PROGRESS_INTERVAL_MS, signal)]);
    if (signal.aborted) return;
    log.info(`Still working ${elapsed(startedAtMs, clock.now())}. ${tally(results)}.`);
  }
}

/** Resolves to the failure that ended the work on this email domain, if there was one. */
async function workOn(
  domain: EmailDomain,
  work: Work,
  settings: Settings,
  services: Services,
): Promise<ActionError | undefined> {
  if (work.judgeFirst !== undefined) {
    try {
      await work.judgeFirst(domain, settings, services);
    } catch (thrown) {
      return stoppedIn('preflight', toActionError(thrown));
    }
  }
  for (const [index, [name, mode]] of work.modes.entries()) {
    try {
      await services.log.group(name, () => mode(domain, settings, services));
    } catch (thrown) {
      return stoppedIn(`mode ${name}`, toActionError(thrown));
    }
    if (!domain.timedOut) continue;
    const skipped = settings.modes.slice(index + 1);
    if (skipped.length > 0)
      services.log.info(`Skipped: ${skipped.join(', ')}. Run the same step again to continue.`);
    return undefined;
  }
  return undefined;
}

/** A stop says what it interrupted; any other error stays as it is. */
function stoppedIn(work: string, error: ActionError): ActionError {
  if (!(error instanceof StoppedError)) return error;
  return new StoppedError(`${error.message.slice(0, -1)} in ${work}.`, { hint: error.hint, cause: error });
}
