import type { JsonAnswer } from '../net/json-answer.ts';
import type { GitHubAuthor, GitHubIssue, IssueFields, IssueStore } from './issue-store.ts';

/** What a token may do with issues. */
export type IssuePermission = 'none' | 'read' | 'write';

/** A token: its permission and its owner. */
export interface GitHubToken {
  readonly issues: IssuePermission;
  readonly author: GitHubAuthor;
}

/** An answer before it becomes bytes. */
export interface GitHubAnswer extends JsonAnswer {
  /** The `Link` header, for a list with more pages. */
  readonly link?: string | undefined;
}

/** The repository that the stand-in serves. */
export interface GitHubRepository {
  /** `owner/name`. */
  readonly name: string;
  readonly store: IssueStore;
  issuesEnabled: boolean;
}

/** A request with its whole body. */
export interface GitHubCall {
  readonly method: string;
  /** Below the base path. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: string;
}

/** A refusal in GitHub's format. */
export function refusal(status: number, message: string, errors?: readonly object[]): GitHubAnswer {
  return {
    status,
    body: { message, ...(errors && { errors }), documentation_url: 'https://docs.github.com/rest' },
  };
}

interface Operation {
  readonly repository: GitHubRepository;
  readonly baseUrl: string;
  readonly call: GitHubCall;
  readonly token: GitHubToken;
  readonly issue: GitHubIssue | undefined;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** GitHub's own `Link` headers name the repository by its number. */
const REPOSITORY_NUMBER = 1;

/** Handles a request: authentication, repository, permission, operation. */
export function dispatchGitHub(
  repository: GitHubRepository,
  baseUrl: string,
  token: GitHubToken | undefined,
  call: GitHubCall,
): GitHubAnswer {
  if (token === undefined) return refusal(401, 'Bad credentials');
  const [root, rest] = splitPath(call.path);
  const isHere = root === `/repos/${repository.name}` || root === `/repositories/${REPOSITORY_NUMBER}`;
  const [, numberText, comments] = /^\/issues(?:\/(\d+)(\/comments)?)?$/.exec(rest) ?? [undefined];
  const operation = OPERATIONS[`${call.method}${numberText ? ' one' : ''}${comments ? ' comments' : ''}`];
  if (!isHere || !rest.startsWith('/issues') || operation === undefined) return refusal(404, 'Not Found');
  const isWrite = call.method !== 'GET';
  if (token.issues === 'none' || (isWrite && token.issues === 'read')) {
    return refusal(403, 'Resource not accessible by integration');
  }
  if (!repository.issuesEnabled) return refusal(410, 'Issues are disabled for this repo');
  const issue = numberText === undefined ? undefined : repository.store.find(Number(numberText));
  if (numberText !== undefined && issue === undefined) return refusal(404, 'Not Found');
  const fields = isWrite ? parseObject(call.body) : {};
  if (fields === undefined) return refusal(400, 'Problems parsing JSON');
  return validate(fields) ?? operation({ repository, baseUrl, call, token, issue, fields });
}

function splitPath(path: string): readonly [root: string, rest: string] {
  const at = path.search(/\/issues(\/|$)/);
  return at < 0 ? [path, ''] : [path.slice(0, at), path.slice(at)];
}

const OPERATIONS: Readonly<Record<string, (operation: Operation) => GitHubAnswer>> = {
  GET: listIssues,
  POST: createIssue,
  'PATCH one': changeIssue,
  'GET one comments': ({ repository, issue, call, baseUrl }) =>
    page(repository.store.shown().comments.get(issue?.number ?? 0) ?? [], call, baseUrl),
  'POST one comments': ({ repository, issue, token, fields }) => {
    if (typeof fields['body'] !== 'string') return missing('IssueComment', 'body');
    return { status: 201, body: repository.store.comment(issue?.number ?? 0, fields['body'], token.author) };
  },
};

function listIssues({ repository, call, baseUrl }: Operation): GitHubAnswer {
  const state = call.query.get('state') ?? 'open';
  const wanted = repository.store.shown().issues.filter((issue) => state === 'all' || issue.state === state);
  return page(call.query.get('direction') === 'asc' ? wanted : wanted.toReversed(), call, baseUrl);
}

function createIssue({ repository, token, fields }: Operation): GitHubAnswer {
  const { title, body } = fields;
  if (typeof title !== 'string' || title === '') return missing('Issue', 'title');
  const seed = { title, body: typeof body === 'string' ? body : null, author: token.author };
  return { status: 201, body: repository.store.seed(seed) };
}

function changeIssue({ repository, issue, fields }: Operation): GitHubAnswer {
  if (issue === undefined) return refusal(404, 'Not Found');
  const { title, body, state, state_reason } = fields;
  // The API ignores unknown fields; `validate` has checked the values.
  const change = Object.entries({ title, body, state, state_reason }).filter(
    ([, value]) => value !== undefined,
  );
  repository.store.change(issue, Object.fromEntries(change) as IssueFields);
  return { status: 200, body: issue };
}

/** In characters. */
const MAX_BODY_LENGTH = 65_536;
const MAX_TITLE_LENGTH = 256;
const STATES: ReadonlySet<unknown> = new Set([undefined, 'open', 'closed']);
const REASONS: ReadonlySet<unknown> = new Set([
  undefined,
  null,
  'completed',
  'not_planned',
  'duplicate',
  'reopened',
]);

function validate({ title, body, state, state_reason }: Operation['fields']): GitHubAnswer | undefined {
  const isTooLong = (value: unknown, limit: number): boolean =>
    typeof value === 'string' && value.length > limit;
  const problems = [
    isTooLong(body, MAX_BODY_LENGTH) && `body is too long (maximum is ${MAX_BODY_LENGTH} characters)`,
    isTooLong(title, MAX_TITLE_LENGTH) && `title is too long (maximum is ${MAX_TITLE_LENGTH} characters)`,
    !STATES.has(state) && 'state is not open or closed',
    !REASONS.has(state_reason) && 'state_reason is unknown',
  ].filter((problem) => problem !== false);
  const errors = problems.map((message) => ({ resource: 'Issue', code: 'custom', message }));
  return errors.length === 0 ? undefined : refusal(422, 'Validation Failed', errors);
}

function missing(resource: string, field: string): GitHubAnswer {
  return refusal(422, 'Validation Failed', [{ resource, field, code: 'missing_field' }]);
}

function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

const DEFAULT_PER_PAGE = 30;
const LARGEST_PER_PAGE = 100;

/** One page of a list; the `Link` header points to the next. */
function page(items: readonly unknown[], { path, query }: GitHubCall, baseUrl: string): GitHubAnswer {
  const number = Math.max(1, Number(query.get('page') ?? 1));
  const perPage = Math.min(LARGEST_PER_PAGE, Math.max(1, Number(query.get('per_page') ?? DEFAULT_PER_PAGE)));
  const last = Math.max(1, Math.ceil(items.length / perPage));
  const [, rest] = splitPath(path);
  const linkTo = (target: number, rel: string): string => {
    const parameters = new URLSearchParams({ ...Object.fromEntries(query), page: String(target) });
    return `<${baseUrl}/repositories/${REPOSITORY_NUMBER}${rest}?${parameters}>; rel="${rel}"`;
  };
  const links = number < last ? [linkTo(number + 1, 'next'), linkTo(last, 'last')] : [];
  return {
    status: 200,
    body: items.slice((number - 1) * perPage, number * perPage),
    link: links.length === 0 ? undefined : links.join(', '),
  };
}
