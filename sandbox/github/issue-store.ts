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

/** Options of {@link IssueStore}. */
export interface IssueStoreOptions {
  readonly now: () => number;
  readonly webUrl: string;
  /** How long lists show what was before a write; asked anew for each list; default: 0 ms. */
  readonly readLagMs?: (() => number) | undefined;
}

/** The issues and comments as a list shows them. */
interface Shown {
  readonly issues: readonly GitHubIssue[];
  readonly comments: ReadonlyMap<number, readonly GitHubComment[]>;
}

/** The issues, pull requests and comments of one repository. */
export class IssueStore {
  readonly #options: IssueStoreOptions;
  readonly #issues: GitHubIssue[] = [];
  readonly #comments = new Map<number, GitHubComment[]>();
  /** What was before each write, oldest first; kept only while lists lag. */
  readonly #past: (Shown & { readonly untilMs: number })[] = [];

  constructor(options: IssueStoreOptions) {
    this.#options = options;
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

  /** The issues and comments as a list shows them, which lags behind writes. */
  shown(): Shown {
    const { now, readLagMs = () => 0 } = this.#options;
    const asOfMs = now() - readLagMs();
    return (
      this.#past.find(({ untilMs }) => untilMs > asOfMs) ?? {
        issues: this.#issues,
        comments: this.#comments,
      }
    );
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
    this.#keepPast();
    const number = this.#issues.length + 1;
    const { login, type, association } = { login: 'mona', type: 'User', association: 'MEMBER', ...author };
    const issue: GitHubIssue = {
      number,
      html_url: `${this.#options.webUrl}/${isPullRequest ? 'pull' : 'issues'}/${number}`,
      title,
      body,
      state,
      state_reason: null,
      created_at: this.#timestamp(),
      closed_at: state === 'closed' ? (closedAt ?? this.#timestamp()) : null,
      user: { login, type },
      author_association: association,
      ...(isPullRequest && { pull_request: { url: `${this.#options.webUrl}/pull/${number}` } }),
    };
    this.#issues.push(issue);
    return issue;
  }

  /** Applies a PATCH. */
  change(issue: GitHubIssue, { state, ...fields }: IssueFields): void {
    this.#keepPast();
    Object.assign(issue, fields);
    if (state === undefined || state === issue.state) return;
    issue.state = state;
    issue.closed_at = state === 'closed' ? this.#timestamp() : null;
    issue.state_reason = fields.state_reason ?? (state === 'closed' ? 'completed' : 'reopened');
  }

  /** Appends a comment. */
  comment(number: number, body: string, { login, type, association }: GitHubAuthor): GitHubComment {
    this.#keepPast();
    const comments = this.#comments.get(number) ?? [];
    const id = number * 1000 + comments.length;
    const comment = { id, body, user: { login, type }, author_association: association };
    this.#comments.set(number, [...comments, comment]);
    return comment;
  }

  /** Called before each change. Issues change in place, so each is copied; lists of comments are replaced. */
  #keepPast(): void {
    if (this.#options.readLagMs === undefined) return;
    const issues = this.#issues.map((issue) => ({ ...issue }));
    this.#past.push({ untilMs: this.#options.now(), issues, comments: new Map(this.#comments) });
  }

  #timestamp(): string {
    return new Date(this.#options.now()).toISOString().replace(/\.\d+Z$/, 'Z');
  }
}
