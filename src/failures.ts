import { type ActionError, StoppedError } from './errors.ts';
import type { RunFailure } from './progress.ts';

/** A failure, and all that it concerns. */
export interface SharedFailure {
  /** Empty for one that concerns the run as a whole. */
  readonly emailDomains: readonly string[];
  readonly error: ActionError;
}

/** One failure of many email domains, such as a token that is refused, is told once. */
export function toldOnce(failures: readonly RunFailure[]): readonly SharedFailure[] {
  const same = Map.groupBy(failures, ({ error: { message, hint = '' } }) => `${message}\n${hint}`);
  return [...same.values()].flatMap((those) => {
    const [first] = those;
    const emailDomains = those.flatMap(({ emailDomain }) => emailDomain ?? []);
    return first === undefined ? [] : [{ error: first.error, emailDomains }];
  });
}

/** A stop with what it ended; any other error as it is. */
export function stoppedIn(work: string, error: ActionError): ActionError {
  if (!(error instanceof StoppedError)) return error;
  return new StoppedError(`${error.message.slice(0, -1)} in ${work}.`, { hint: error.hint, cause: error });
}

/** As many as the title of an annotation has room for. */
const MAX_NAMED = 5;

/** The email domains as one text of bounded length; `undefined` for none. */
export function naming(emailDomains: readonly string[]): string | undefined {
  const more = emailDomains.length - MAX_NAMED;
  const named = emailDomains.slice(0, MAX_NAMED).join(', ');
  return emailDomains.length === 0 ? undefined : more > 0 ? `${named} and ${more} more` : named;
}
