import type { Failure } from '../domain/log.ts';
import type { RunFailure } from '../domain/run-result.ts';
import { naming } from '../text/naming.ts';

/** As many as fit into the title of an annotation. */
const MAX_NAMED = 5;

/** Tells a failure of many email domains, such as a refused token, once, and names all of them. */
export function toldOnce(failures: readonly RunFailure[]): readonly Failure[] {
  const told = new Map<string, { readonly error: Failure['error']; readonly emailDomains: string[] }>();
  for (const { emailDomain, error } of failures) {
    const key = `${error.message}\n${error.hint ?? ''}`;
    const same = told.get(key) ?? { error, emailDomains: [] };
    if (emailDomain !== undefined) same.emailDomains.push(emailDomain);
    told.set(key, same);
  }
  return [...told.values()].map(({ error, emailDomains }) => ({
    subject: emailDomains.length === 0 ? undefined : naming(emailDomains, MAX_NAMED),
    error,
  }));
}

/** More causes than any real chain has: a cause can be its own cause. */
const MAX_CAUSES = 8;

/** Stacks and causes, for debug logs only. */
export function debugLines(error: unknown, depth = 0): readonly string[] {
  if (!(error instanceof Error) || depth > MAX_CAUSES) return [];
  const own = (error.stack ?? `${error.name}: ${error.message}`).split('\n');
  return error.cause === undefined ? own : [...own, 'caused by', ...debugLines(error.cause, depth + 1)];
}
