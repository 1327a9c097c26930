import { CloudflareApiError } from '../cloudflare/api-error.ts';
import { NO_ZERO_TRUST } from '../cloudflare/hints.ts';
import { RequestError } from '../domain/errors.ts';
import type { GuardId, Judgement } from '../domain/preflight.ts';
import type { Evidence } from './evidence.ts';

/** What a guard finds. */
export type Finding = Omit<Judgement, 'guard'>;

/** One question about whether people could sign in. */
export interface Guard {
  readonly id: GuardId;
  /** Whether the answer is the same for all email domains of a step. */
  readonly isOfAccount: boolean;
  /**
   * Answers it. Evidence does not name the email domain, so that equal findings of many domains are equal texts.
   *
   * @throws what no request can have caused, such as a stop
   */
  judge(evidence: Evidence): Promise<Finding>;
}

/** A finding that needs no remedy. */
export function passed(evidence: string, remedy?: string): Finding {
  return { verdict: 'passed', evidence, ...(remedy !== undefined && { remedy }) };
}

/** A finding to tell, that alone refuses nothing. */
export function warned(evidence: string, remedy: string): Finding {
  return { verdict: 'warned', evidence, remedy };
}

/** A finding that locks people out. */
export function refused(evidence: string, remedy: string): Finding {
  return { verdict: 'refused', evidence, remedy };
}

/** A question that could not be answered. */
export function unknown(evidence: string, remedy?: string): Finding {
  return { verdict: 'unknown', evidence, ...(remedy !== undefined && { remedy }) };
}

/** What a failed request says about `what`, a plural. */
export function unreadable(what: string, error: RequestError): Finding {
  const permission = error instanceof CloudflareApiError ? error.permission : undefined;
  if (permission === undefined)
    return unknown(`The ${what} could not be read. ${withoutQuery(error.message)}`, error.hint);
  const seen = `The ${what} could not be read: the API token may lack the permission "${permission}".`;
  return { ...unknown(seen, `Add "${permission}" to the API token.`), permission };
}

/** A message without the query of the request that it names, which may name the email domain. */
function withoutQuery(message: string): string {
  return message.replace(/\b([A-Z]+ \/[^\s?]*)\?[^\s,;)]+/, '$1');
}

/** Whether a request failed because the account has no Zero Trust organization, whatever its HTTP status. */
export function isWithoutZeroTrust(error: unknown): boolean {
  return error instanceof CloudflareApiError && error.errors.some(({ code }) => code === NO_ZERO_TRUST);
}

/**
 * Either the answer of a request, or why there is none.
 *
 * @throws what no request can have caused, such as a stop
 */
export async function answerOf<T>(
  request: Promise<T>,
): Promise<{ readonly answer: T } | { readonly error: RequestError }> {
  try {
    return { answer: await request };
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    return { error };
  }
}
