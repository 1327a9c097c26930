import { type ActionError, StoppedError } from '../domain/errors.ts';
import type { Failure } from '../domain/log.ts';
import type { RunFailure } from '../domain/progress.ts';
import { naming } from '../text/naming.ts';

/** As many as the title of an annotation has room for. */
const MAX_NAMED = 5;

/** One failure of many email domains, such as a token that is refused, is told once, with all that it concerns. */
export function toldOnce(failures: readonly RunFailure[]): readonly Failure[] {
  const same = Map.groupBy(failures, ({ error: { message, hint = '' } }) => `${message}\n${hint}`);
  return [...same.values()].flatMap((those) => {
    const emailDomains = those.flatMap(({ emailDomain }) => emailDomain ?? []);
    const subject = emailDomains.length === 0 ? undefined : naming(emailDomains, MAX_NAMED);
    return those.slice(0, 1).map(({ error }) => ({ subject, error }));
  });
}

/** A stop with what it ended; any other error as it is. */
export function stoppedIn(work: string, error: ActionError): ActionError {
  if (!(error instanceof StoppedError)) return error;
  return new StoppedError(`${error.message.slice(0, -1)} in ${work}.`, { hint: error.hint, cause: error });
}
