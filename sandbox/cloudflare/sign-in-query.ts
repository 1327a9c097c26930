import type { JsonAnswer } from '../net/json-answer.ts';
import { invalidParameter, page, positiveInteger } from './envelope.ts';
import type { SignInEntry } from './sign-in-log.ts';

/** Entries on a page without `limit` and `per_page`, and at most. */
const PAGES = { usual: 25, largest: 1000 };

const DATE_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

function readTime(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  const timeMs = DATE_TIME.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(timeMs)) throw invalidParameter(name);
  return timeMs;
}

function readChoice(query: URLSearchParams, name: string, choices: readonly string[]): string | undefined {
  const text = query.get(name) ?? undefined;
  if (text !== undefined && !choices.includes(text)) throw invalidParameter(name);
  return text;
}

/** Compares case-sensitively; by default with a substring, not a suffix. */
function emailFilter(query: URLSearchParams): (email: string) => boolean {
  const wanted = query.get('email');
  const operator = readChoice(query, 'emailOp', ['eq', 'neq', 'contains']);
  const isExact = readChoice(query, 'email_exact', ['true', 'false']) === 'true' || operator === 'eq';
  if (wanted === null) return () => true;
  const matches = (email: string) => (isExact ? email === wanted : email.includes(wanted));
  return operator === 'neq' ? (email) => !matches(email) : matches;
}

function onlyFields(entry: SignInEntry, fields: string | null): object {
  if (fields === null) return entry;
  const wanted = fields.split(',');
  return Object.fromEntries(Object.entries(entry).filter(([name]) => wanted.includes(name)));
}

/**
 * A page of a sign-in log by the query of `GET …/access/logs/access_requests`. `limit` bounds the whole list; without
 * `per_page` it is the size of the page too.
 *
 * @param entries Oldest first.
 * @throws ApiProblem (400) for a malformed parameter
 */
export function queryLog(entries: readonly SignInEntry[], query: URLSearchParams): JsonAnswer {
  const since = readTime(query, 'since') ?? Number.NEGATIVE_INFINITY;
  const until = readTime(query, 'until') ?? Number.POSITIVE_INFINITY;
  const isWanted = emailFilter(query);
  const matching = entries.filter(({ created_at, user_email }) => {
    const timeMs = Date.parse(created_at);
    return timeMs >= since && timeMs <= until && isWanted(user_email);
  });
  const direction = readChoice(query, 'direction', ['asc', 'desc']) ?? 'desc';
  const ordered = direction === 'asc' ? matching : matching.toReversed();
  const limit = query.has('limit') ? positiveInteger(query, 'limit', PAGES.usual, PAGES.largest) : undefined;
  const shown = ordered.slice(0, limit).map((entry) => onlyFields(entry, query.get('fields')));
  return page(shown, query, { ...PAGES, usual: limit ?? PAGES.usual });
}
