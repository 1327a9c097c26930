import { randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { type ApiFaultRule, matchesRequest, type Refuse, sendFault } from '../net/api-faults.ts';
import { FaultRules } from '../net/fault-rules.ts';
import { listenForHttp, type Reachability, readBody, type TlsIdentity } from '../net/http-listener.ts';
import { sendJson } from '../net/json-answer.ts';
import { type GitHubAuthor, IssueStore } from './issue-store.ts';
import {
  dispatchGitHub,
  type GitHubAnswer,
  type GitHubToken,
  type IssuePermission,
  refusal,
} from './routes.ts';

/** One request that the API received. */
export interface GitHubRequestLogEntry {
  readonly method: string;
  /** Below the base path, without the query. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: IncomingHttpHeaders;
  /** As received; empty without a body, or when the connection was reset before it was read. */
  body: string;
  /** Undefined until a status line is sent. */
  status: number | undefined;
}

/** Options for a new token. */
export interface GitHubTokenOptions {
  /** Default: `write`. */
  readonly issues?: IssuePermission;
  /** Default: the app behind the workflow's token, `github-actions[bot]`. */
  readonly author?: Partial<GitHubAuthor>;
}

/** Options of {@link startGitHubApi}. */
export interface GitHubApiOptions {
  /** `owner/name`. */
  readonly repository?: string;
  readonly host?: string;
  readonly now?: () => number;
  /** Of the first token; default: `write`. */
  readonly permission?: IssuePermission;
  readonly issuesEnabled?: boolean;
  /** How long lists show what was before a write; asked anew for each list; default: 0 ms. */
  readonly readLagMs?: (() => number) | undefined;
  /** Serves it over HTTPS; default: HTTP. */
  readonly tls?: TlsIdentity | undefined;
}

/** GitHub's REST API on loopback: the issues of one repository. */
export interface GitHubApi extends AsyncDisposable {
  /** For GITHUB_API_URL: with a base path, as on GitHub Enterprise Server, and without a trailing slash. */
  readonly url: string;
  /** `owner/name`, for GITHUB_REPOSITORY. */
  readonly repository: string;
  readonly token: string;
  readonly issues: IssueStore;
  /** The requests so far; the list grows. */
  readonly requests: readonly Readonly<GitHubRequestLogEntry>[];
  readonly faults: FaultRules<ApiFaultRule>;
  readonly reachability: Reachability;
  /** Adds a token and returns it. */
  addToken(options?: GitHubTokenOptions): string;
  /** Closes all connections at once. */
  close(): Promise<void>;
}

const BASE_PATH = '/api/v3';
const ACTIONS_BOT: GitHubAuthor = { login: 'github-actions[bot]', type: 'Bot', association: 'NONE' };

/** Starts the API. */
export async function startGitHubApi(options: GitHubApiOptions = {}): Promise<GitHubApi> {
  const {
    repository: name = 'octo-org/sso',
    host = '127.0.0.1',
    now = Date.now,
    issuesEnabled = true,
  } = options;
  const webUrl = `https://github.example/${name}`;
  const store = new IssueStore({ now, webUrl, readLagMs: options.readLagMs });
  const repository = { name, store, issuesEnabled };
  const tokens = new Map<string, GitHubToken>();
  const addToken = ({ issues = 'write', author }: GitHubTokenOptions = {}): string => {
    const value = `ghs_${randomBytes(18).toString('hex')}`;
    tokens.set(value, { issues, author: { ...ACTIONS_BOT, ...author } });
    return value;
  };
  const requests: GitHubRequestLogEntry[] = [];
  const faults = new FaultRules<ApiFaultRule>();

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const baseUrl = `http://${request.headers.host}${BASE_PATH}`;
    const { entry, query } = startEntry(request);
    requests.push(entry);
    const { method, path } = entry;
    const rule = faults.take((candidate) => matchesRequest(candidate, method, path));
    const isWithoutEffect = rule !== undefined && rule.carryOut !== true;
    if (!(isWithoutEffect && rule.fault.kind === 'reset')) {
      const body = await readBody(request);
      if (body === undefined) return;
      entry.body = body;
    }
    const token = tokens.get(/^(?:bearer|token) (.+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? '');
    const call = { method, path, query, body: entry.body };
    const truth = isWithoutEffect
      ? { status: 200, body: [] }
      : dispatchGitHub(repository, baseUrl, token, call);
    send(response, rule, truth);
    if (response.headersSent) entry.status = response.statusCode;
  };

  const listener = await listenForHttp(host, handle, options.tls);
  return {
    url: `${listener.origin}${BASE_PATH}`,
    repository: name,
    token: addToken({ issues: options.permission ?? 'write' }),
    issues: store,
    requests,
    faults,
    reachability: listener,
    addToken,
    close: listener.close,
    [Symbol.asyncDispose]: listener.close,
  };
}

function startEntry(request: IncomingMessage): { entry: GitHubRequestLogEntry; query: URLSearchParams } {
  const { method = '', headers, url } = request;
  const { pathname, searchParams } = new URL(`http://sandbox${url}`);
  // A path outside the base path keeps its whole text, with a prefix that no route has.
  const path = pathname.startsWith(`${BASE_PATH}/`) ? pathname.slice(BASE_PATH.length) : `/..${pathname}`;
  const query = Object.fromEntries(searchParams);
  return { entry: { method, path, query, headers, body: '', status: undefined }, query: searchParams };
}

function send(response: ServerResponse, rule: ApiFaultRule | undefined, truth: GitHubAnswer): void {
  response.setHeader('content-type', 'application/json; charset=utf-8');
  if (truth.link !== undefined) response.setHeader('link', truth.link);
  for (const [name, value] of Object.entries(rule?.headers ?? {})) response.setHeader(name, value);
  if (rule === undefined) sendJson(response, truth);
  else sendFault(response, rule.fault, truth, refuse);
}

const refuse: Refuse = (status, errors) => refusal(status, errors[0]?.message ?? 'Server Error');
