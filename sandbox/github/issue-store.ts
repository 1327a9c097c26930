/** Who writes an issue or a comment. */
export interface GitHubAuthor {
  readonly login: string;
  readonly type: 'Bot' | 'User';
  /** GitHub's `author_association`: `NONE` for an outsider. */
  readonly association: string;
}

/** A comment as the API sends it. */
export interface GitHubComment {
  readonly id: number;
  readonly body: string;
  readonly user: { readonly login: string; readonly type: string };
  readonly author_association: string;
}

/** An issue or pull request as the API sends it, with the fields in use. */
export interface GitHubIssue {
  readonly number: number;
  readonly html_url: string;
  title: string;
  body: string | null;
  state: 'open' | 'closed';
  state_reason: string | null;
  readonly created_at: string;
  closed_at: string | null;
  readonly user: { readonly login: string; readonly type: string };
  readonly author_association: string;
  readonly pull_request?: { readonly url: string };
}

/** Options of {@link IssueStore.seed}. */
export interface IssueSeed {
  readonly title?: string;
  readonly body?: string | null;
  readonly state?: 'open' | 'closed';
  /** ISO 8601; default: now, when it is closed. */
  readonly closedAt?: string;
  /** Default: a member of the organisation. */
  readonly author?: Partial<GitHubAuthor>;
  readonly isPullRequest?: boolean;
}

/** Fields that a PATCH may set. */
export type IssueFields = Partial<Pick<GitHubIssue, 'title' | 'body' | 'state' | 'state_reason'>>;

/** The issues, pull requests and comments of one repository. */
export class IssueStore {
  readonly #now: () => number;
  readonly #webUrl: string;
  readonly #issues: GitHubIssue[] = [];
  readonly #comments = new Map<number, GitHubComment[]>();

  constructor({ now, webUrl }: { readonly now: () => number; readonly webUrl: string }) {
    this.#now = now;
    this.#webUrl = webUrl;
  }

  /** Oldest first, with pull requests, as in GitHub's lists. */
  all(): readonly GitHubIssue[] {
    return this.#issues;
  }

  find(number: number): GitHubIssue | undefined {
    return this.#issues.find((issue) => issue.number === number);
  }

  /** Oldest first. */
  comments(number: number): readonly GitHubComment[] {
    return this.#comments.get(number) ?? [];
  }

  /** Adds an existing issue. */
  seed({
    title = 'A title',
    body = null,
    state = 'open',
    closedAt,
    author,
    isPullRequest,
  }: IssueSeed = {}): GitHubIssue {
    const number = this.#issues.length + 1;
    const { login, type, association } = { login: 'mona', type: 'User', association: 'MEMBER', ...author };
    const issue: GitHubIssue = {
      number,
      html_url: `${this.#webUrl}/${isPullRequest ? 'pull' : 'issues'}/${number}`,
      title,
      body,
      state,
      state_reason: null,
      created_at: this.#timestamp(),
      closed_at: state === 'closed' ? (closedAt ?? this.#timestamp()) : null,
      user: { login, type },
      author_association: association,
      ...(isPullRequest && { pull_request: { url: `${this.#webUrl}/pull/${number}` } }),
    };
    this.#issues.push(issue);
    return issue;
  }

  /** Applies a PATCH. */
  change(issue: GitHubIssue, { state, ...fields }: IssueFields): void {
    Object.assign(issue, fields);
    if (state === undefined || state === issue.state) return;
    issue.state = state;
    issue.closed_at = state === 'closed' ? this.#timestamp() : null;
    issue.state_reason = fields.state_reason ?? (state === 'closed' ? 'completed' : 'reopened');
  }

  /** Appends a comment. */
  comment(number: number, body: string, { login, type, association }: GitHubAuthor): GitHubComment {
    const comments = this.#comments.get(number) ?? [];
    const id = number * 1000 + comments.length;
    const comment = { id, body, user: { login, type }, author_association: association };
    this.#comments.set(number, [...comments, comment]);
    return comment;
  }

  #timestamp(): string {
    return new Date(this.#now()).toISOString().replace(/\.\d+Z$/, 'Z');
  }
}
