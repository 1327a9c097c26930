import type { getOctokit } from '@actions/github';
import * as v from 'valibot';
import { withDoubt } from '../http/change.ts';
import { type OneTimeChange, postOnce } from '../http/post-once.ts';
import { type RetryServices, withRetries } from '../http/retries.ts';
import type { Issue, IssueChange, Issues } from './drift-issue.ts';
import type { IssueText } from './drift-issue-text.ts';
import { fromOctokitError, GitHubApiError, unexpectedAnswer } from './github-api-error.ts';
import type { GitHubFetch } from './http-fetch.ts';

type Octokit = ReturnType<typeof getOctokit>;

/** A repository on GitHub. */
export interface Repository {
  readonly owner: string;
  readonly repo: string;
}

/** What {@link connectGitHubIssues} needs. */
export interface GitHubIssuesOptions {
  /** Without a trailing slash. */
  readonly apiUrl: string;
  readonly token: string;
  readonly repository: Repository;
  readonly fetch: GitHubFetch;
  readonly services: RetryServices;
}

/** https://docs.github.com/rest/issues/issues#list-repository-issues; there is no `user` when the author was deleted. */
const issueSchema = v.object({
  number: v.pipe(v.number(), v.integer()),
  state: v.picklist(['open', 'closed']),
  body: v.nullish(v.string(), ''),
  html_url: v.string(),
  closed_at: v.nullish(v.string(), ''),
  user: v.nullish(v.object({ type: v.string() })),
  author_association: v.nullish(v.string(), ''),
  /** GitHub lists pull requests as issues, too. */
  pull_request: v.optional(v.unknown()),
});
const commentSchema = v.object({ id: v.number(), body: v.nullish(v.string(), '') });

/** Ends the loop when a server's pages never end. So many pages hold a hundred thousand issues. */
const MAX_PAGES = 1000;
const PER_PAGE = 100;

/** The issues of a repository through octokit, which is loaded here because nothing else needs it. */
export async function connectGitHubIssues(options: GitHubIssuesOptions): Promise<Issues> {
  const { apiUrl, token, fetch, services } = options;
  const github = await import('@actions/github');
  const quiet = (): void => undefined;
  // Octokit's own log writes to the console, where a line may be a workflow command.
  const log = { debug: quiet, info: quiet, warn: (line: string) => services.log.debug(line), error: quiet };
  const octokit = github.getOctokit(token, { baseUrl: apiUrl, request: { fetch, log }, log });
  octokit.hook.wrap('request', async (send, request) => {
    const response = await Promise.resolve(send(request)).catch((error: unknown) => {
      throw fromOctokitError(error, services.clock.now());
    });
    // Octokit's pagination would turn an empty answer into an empty list, and the issue would be missing.
    if (request.method === 'GET' && !Array.isArray(response.data)) {
      throw unexpectedAnswer(request.method, request.url, response.status);
    }
    return response;
  });
  return new GitHubIssues(octokit, options);
}

/** Every method throws a `RequestError` when GitHub refuses or does not answer. */
class GitHubIssues implements Issues {
  readonly #octokit: Octokit;
  readonly #repository: Repository;
  readonly #services: RetryServices;

  constructor(octokit: Octokit, { repository, services }: GitHubIssuesOptions) {
    this.#octokit = octokit;
    this.#repository = repository;
    this.#services = services;
  }

  list(): AsyncIterable<Issue> {
    return this.#issues((turn) => withRetries(turn, this.#services));
  }

  async create(text: IssueText, isMade: (issue: Issue) => boolean): Promise<Issue> {
    return this.#postOnce({
      look: async () => {
        for await (const issue of this.#issues((turn) => turn())) if (isMade(issue)) return issue;
        return undefined;
      },
      send: async () => {
        const { data, status } = await this.#octokit.rest.issues.create({ ...this.#repository, ...text });
        const issue = issueOf(data, 'POST', this.#path, status);
        if (isMade(issue)) return issue;
        throw new GitHubApiError(`The next run would not find the new issue ${issue.url} again.`, {
          httpStatus: status,
          retryability: 'permanent',
          hint: 'Only issues of apps, owners, members and collaborators of the repository are trusted. Close this issue, and use the token of the job, github.token.',
        });
      },
    });
  }

  async update(number: number, change: IssueChange): Promise<void> {
    const parameters = { ...this.#repository, issue_number: number, ...change };
    await withDoubt(async () => {
      const { data, status } = await this.#octokit.rest.issues.update(parameters);
      issueOf(data, 'PATCH', `${this.#path}/${number}`, status);
    }, this.#services);
  }

  async comment(number: number, body: string): Promise<void> {
    const issue = { ...this.#repository, issue_number: number };
    const { issues } = this.#octokit.rest;
    await this.#postOnce<'there'>({
      look: async () => {
        const parameters = { ...issue, per_page: PER_PAGE };
        const pages = this.#octokit.paginate.iterator(issues.listComments, parameters);
        for await (const { data } of bounded(pages, (turn) => turn())) {
          for (const comment of data)
            if (v.is(commentSchema, comment) && comment.body === body) return 'there';
        }
        return undefined;
      },
      send: async () => {
        const { data, status } = await issues.createComment({ ...issue, body });
        if (v.is(commentSchema, data)) return 'there';
        throw unexpectedAnswer('POST', `${this.#path}/${number}/comments`, status);
      },
    });
  }

  /** The issues on all pages. `send` sends the request for a page and may repeat it. */
  async *#issues(send: Send): AsyncGenerator<Issue> {
    const { paginate, rest } = this.#octokit;
    const parameters = {
      ...this.#repository,
      state: 'all',
      sort: 'created',
      direction: 'asc',
      per_page: PER_PAGE,
    } as const;
    const pages = paginate.iterator(rest.issues.listForRepo, parameters);
    for await (const { data, status } of bounded(pages, send)) {
      for (const wire of data) {
        if (wire.pull_request === undefined) yield issueOf(wire, 'GET', this.#path, status);
      }
    }
  }

  async #postOnce<T>(change: OneTimeChange<T>): Promise<T> {
    return (await postOnce(change, this.#services)).made;
  }

  get #path(): string {
    return `/repos/${this.#repository.owner}/${this.#repository.repo}/issues`;
  }
}

type Send = <T>(turn: () => Promise<T>) => Promise<T>;

/** The pages, each fetched through `send`: after a failure, octokit asks for the same page again. */
async function* bounded<T>(pages: AsyncIterable<T>, send: Send): AsyncGenerator<T> {
  const iterator = pages[Symbol.asyncIterator]();
  for (let page = 1; page <= MAX_PAGES; page++) {
    const { done, value } = await send(() => iterator.next());
    if (done) return;
    yield value;
  }
  throw new GitHubApiError(`GitHub's list has more than ${MAX_PAGES} pages.`, {
    httpStatus: 200,
    retryability: 'permanent',
  });
}

function issueOf(wire: unknown, method: string, path: string, httpStatus: number): Issue {
  const parsed = v.safeParse(issueSchema, wire);
  if (!parsed.success) throw unexpectedAnswer(method, path, httpStatus);
  const { number, state, body, html_url, closed_at, user, author_association } = parsed.output;
  return {
    number,
    state,
    body,
    url: html_url,
    closedAt: closed_at,
    authorType: user?.type ?? '',
    authorAssociation: author_association,
  };
}
