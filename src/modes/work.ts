import { EmailDomain } from '../domain/email-domain.ts';
import { type ActionError, StoppedError, toActionError } from '../domain/errors.ts';
import type { DomainResult, RunResult } from '../domain/run-result.ts';
import type { Settings } from '../domain/settings.ts';
import { concludeCheck } from './conclude-check.ts';
import { MODES } from './index.ts';
import type { Services } from './services.ts';

/** Takes every email domain through every mode, all domains at once; one that fails does not stop the others. */
export async function workOnAll(settings: Settings, services: Services): Promise<RunResult> {
  const names = settings.emailDomains.length > 0 ? settings.emailDomains : [undefined];
  // What the domains share, connections and questions, is bounded where it is used.
  const domains = await Promise.all(
    names.map((name) => workOn(name, settings, forDomain(services, name, names.length))),
  );
  const concluded = await concludeCheck(domains, settings, services);
  const failed = domains.flatMap(({ domain, failure }) =>
    failure === undefined ? [] : [{ emailDomain: domain.name, error: failure }],
  );
  const changes = [concluded.changed, ...domains.map(({ domain }) => domain.changed)];
  const changed = changes.includes(true) || (changes.includes(undefined) ? undefined : false);
  const ending = concluded.drift === undefined ? 'mode check' : 'the drift issue';
  const last = concluded.failures.map((one) => ({ ...one, error: stoppedIn(ending, one.error) }));
  return { ...concluded, domains, changed, failures: [...failed, ...last] };
}

function forDomain(services: Services, domain: string | undefined, count: number): Services {
  return domain === undefined || count === 1 ? services : { ...services, log: services.log.labelled(domain) };
}

async function workOn(
  name: string | undefined,
  settings: Settings,
  services: Services,
): Promise<DomainResult> {
  const { verificationCode, account } = settings;
  const domain = new EmailDomain({ name, verificationCode, accountId: account?.accountId });
  for (const mode of settings.modes) {
    try {
      await services.log.group(mode, () => MODES[mode](domain, settings, services));
    } catch (thrown) {
      return { domain, failure: stoppedIn(`mode ${mode}`, toActionError(thrown)) };
    }
    if (domain.timedOut) break;
  }
  return { domain, failure: undefined };
}

/** A stop says what it interrupted; any other error stays as it is. */
function stoppedIn(work: string, error: ActionError): ActionError {
  if (!(error instanceof StoppedError)) return error;
  return new StoppedError(`${error.message.slice(0, -1)} in ${work}.`, { hint: error.hint, cause: error });
}
