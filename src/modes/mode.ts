import type { SsoConnector } from '../domain/connector.ts';
import { ActionError, errorLines, RequestError, type TimeoutError } from '../domain/errors.ts';
import { type Progress, withConnector } from '../domain/progress.ts';
import type { Settings } from '../domain/settings.ts';
import { requireApi, type Services } from './services.ts';

/** The services as a mode sees them. */
export interface ModeServices extends Services {
  /** Keeps what has been learnt, so that a later failure or a stop does not lose it; returns it. */
  save(progress: Progress): Progress;
}

/**
 * One thing the action does for one email domain. Idempotent: run again, it changes nothing and succeeds.
 *
 * @throws {ActionError} when it cannot do it; what was saved until then still counts
 */
export type Mode = (progress: Progress, settings: Settings, services: ModeServices) => Promise<Progress>;

/** Progress with the connector as Cloudflare has it now; see `isAbsent` for a domain that has none. */
export async function lookUp(
  progress: Progress,
  settings: Settings,
  services: ModeServices,
): Promise<Progress> {
  const connector = await currentConnector(progress, settings, services);
  return services.save(
    connector === undefined ? { ...progress, isAbsent: true } : withConnector(progress, connector),
  );
}

/** By its ID where that is known, which takes one small answer instead of a list. */
async function currentConnector(
  progress: Progress,
  settings: Settings,
  services: Services,
): Promise<SsoConnector | undefined> {
  const { ssoConnectors } = requireApi(services);
  const id = progress.connector?.id ?? settings.connectorId;
  if (id === undefined)
    return progress.emailDomain === undefined ? undefined : ssoConnectors.find(progress.emailDomain);
  const connector = await ssoConnectors.get(id);
  if (progress.emailDomain !== undefined && connector.emailDomain !== progress.emailDomain) {
    throw new ActionError(
      `The connector ${id} belongs to ${connector.emailDomain}, not to ${progress.emailDomain} as email-domain says.`,
      { hint: 'Leave one of connector-id and email-domain out.' },
    );
  }
  return connector;
}

/**
 * Progress with the verification code: the one that was given, or the connector's. Only in a dry run it may be
 * missing, when the connector would have been made before.
 */
export async function withVerificationCode(
  progress: Progress,
  settings: Settings,
  services: ModeServices,
): Promise<Progress> {
  if (progress.verificationCode !== undefined && progress.emailDomain !== undefined) return progress;
  // Also when create has just made it, and the answer to that had no code.
  const found = await lookUp(progress, settings, services);
  const { connector } = found;
  if (connector === undefined) {
    if (settings.dryRun && settings.modes.includes('create')) return found;
    throw connectorMissing(found.emailDomain);
  }
  if (connector.verificationCode === undefined) {
    throw new ActionError(`Cloudflare gives no verification code for the connector ${connector.id}.`, {
      hint: 'Give the code as verification-code, or look at the connector in the dashboard.',
    });
  }
  return found;
}

/**
 * Has Cloudflare change something. From when it is sent until its answer is there, nobody knows what became of it:
 * when the answer never comes, or the run is stopped meanwhile, the outputs do not claim that all is as before.
 */
export async function send<T>(
  what: 'connector' | 'record',
  progress: Progress,
  { save }: ModeServices,
  request: () => Promise<T>,
): Promise<T> {
  save({ ...progress, changed: progress.changed || undefined, isStale: what === 'connector' });
  try {
    return await request();
  } catch (error) {
    const isRefused = error instanceof RequestError && error.retryability === 'permanent';
    if (isRefused) save(progress);
    throw error;
  }
}

/** The refusal of a mode that needs a connector where there is none. */
export function connectorMissing(emailDomain: string | undefined): ActionError {
  return new ActionError(`There is no SSO connector for ${emailDomain ?? 'this domain'} in this account.`, {
    hint: 'Run mode create first, or put it in front: "mode: create, wait-for-dns, enable". Check account-id if you expected one.',
  });
}

/** A wait whose time was used up fails the step or, with `on-timeout: continue`, only ends the work on this domain. */
export function endInTimeout(
  progress: Progress,
  error: TimeoutError,
  { wait }: Settings,
  { log, save }: ModeServices,
): Progress {
  const timedOut = save({ ...progress, timedOut: true });
  if (wait.onTimeout === 'fail') throw error;
  // An annotation: a scheduled run that goes on being green must still show why it gets no further.
  log.warning(errorLines(error).join(' '));
  return timedOut;
}
