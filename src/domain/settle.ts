import { OutcomeUnknownError, RequestError } from './errors.ts';

/** A change that is sent, and how to see whether one without an answer was carried out. */
export interface UnsettledChange<T> {
  send(): Promise<T>;
  /** Left out where nothing that could be seen would tell. */
  look?(): Promise<T & { readonly isDone: boolean }>;
  /** Takes in what an answer or a look shows. */
  onOutcome(outcome: T): void;
  /** Nothing was carried out, for this reason. */
  onRefusal(refusal: RequestError): void;
}

/**
 * Sends a change and settles what has become of it: an answer tells, a refusal means that nothing was carried out, and
 * if its outcome is unknown, a look decides. If that fails too, nothing is told.
 *
 * @param tell is told whether this run made the change, once that is known
 * @throws the error of the request, unless a look shows that it was carried out
 */
export async function settle<T extends { readonly isOurs?: boolean }>(
  { send, look, onOutcome, onRefusal }: UnsettledChange<T>,
  tell: (isMade: boolean) => void,
): Promise<T> {
  try {
    const outcome = await send();
    onOutcome(outcome);
    tell(outcome.isOurs ?? true);
    return outcome;
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    if (error.retryability !== 'ambiguous') {
      onRefusal(error);
      tell(false);
      throw error;
    }
    const seen = look && (await lookedAt(look));
    if (seen === undefined) throw error;
    onOutcome(seen);
    tell(seen.isDone);
    if (seen.isDone) return seen;
    // Nothing was carried out, so the refusal is all that there is to tell.
    throw error instanceof OutcomeUnknownError ? error.cause : error;
  }
}

/** What a look found; nothing if it failed too, which the error of the change says better. */
async function lookedAt<T>(look: () => Promise<T>): Promise<T | undefined> {
  try {
    return await look();
  } catch (error) {
    if (error instanceof RequestError) return undefined;
    throw error;
  }
}
