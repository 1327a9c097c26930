import type { DriftReport } from '../domain/drift.ts';
import { InputError } from '../domain/errors.ts';
import type { RetryServices } from '../http/retries.ts';
import { HttpSession } from '../http/session.ts';
import { type DriftIssueResult, type IssueAction, syncDriftIssue } from './drift-issue.ts';
import { GITHUB_STATUS_HINT } from './github-api-error.ts';
import { connectGitHubIssues, type Repository } from './github-issues.ts';
import { createGitHubFetch } from './http-fetch.ts';

/** What {@link keepDriftIssue} needs. */
export interface KeepDriftIssueOptions extends RetryServices {
  /** May write issues of the repository. */
  readonly token: string;
  /** Reads, changes nothing, and says what it would do. */
  readonly dryRun: boolean;
  /**
   * The variables of the runner: GITHUB_REPOSITORY, and GITHUB_API_URL, GITHUB_SERVER_URL and GITHUB_RUN_ID if set.
   * https://docs.github.com/actions/reference/workflows-and-actions/variables
   */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** For one request, from the first byte sent to the last byte received. */
  readonly deadlineMs?: number;
}

/**
 * Keeps the one issue about the drift of a Cloudflare account in step with the report, in the repository that the
 * workflow belongs to. Octokit is loaded here and not before.
 *
 * @throws {InputError} when the token, GITHUB_REPOSITORY or GITHUB_API_URL is missing or wrong
 * @throws {GitHubApiError} when GitHub refused
 * @throws {NetworkError} when no complete answer came
 */
export async function keepDriftIssue(
  report: DriftReport,
  { token, dryRun, env = process.env, deadlineMs, ...services }: KeepDriftIssueOptions,
): Promise<DriftIssueResult> {
  checkToken(token);
  const repository = repositoryOf(env['GITHUB_REPOSITORY']);
  const apiUrl = apiUrlOf(env['GITHUB_API_URL']);
  const session = new HttpSession({
    apiUrl,
    apiToken: token,
    statusHint: GITHUB_STATUS_HINT,
    ...(deadlineMs !== undefined && { deadlineMs }),
  });
  try {
    const fetch = createGitHubFetch(session, apiUrl, services.signal);
    const issues = await connectGitHubIssues({ apiUrl, token, repository, fetch, services });
    const result = await syncDriftIssue(report, issues, { dryRun, runUrl: runUrlOf(env, repository) });
    for (const line of describe(result, dryRun)) services.log.info(line);
    return result;
  } finally {
    session.close();
  }
}

/** Node.js refuses to send a header with such a token. */
function checkToken(token: string): void {
  if (/^[\x21-\x7e]+$/.test(token)) return;
  throw new InputError(
    'Input github-token contains a space, a line break or another character that no token has.',
    {
      hint: 'Leave github-token out to use the token of the job, or store the bare token in a secret.',
    },
  );
}

function repositoryOf(value: string | undefined): Repository {
  const [, owner, repo] = /^([\w-]+)\/([\w.-]+)$/.exec(value ?? '') ?? [];
  if (owner === undefined || repo === undefined || repo === '.' || repo === '..') {
    throw new InputError('The drift issue needs GITHUB_REPOSITORY as owner/name.', {
      hint: 'The GitHub runner sets it. Elsewhere, set it to the repository that the issue belongs in.',
    });
  }
  return { owner, repo };
}

const DEFAULT_API_URL = 'https://api.github.com';

function apiUrlOf(value: string | undefined): string {
  const url = URL.parse(value || DEFAULT_API_URL);
  if (url === null || !/^https?:$/.test(url.protocol) || url.search !== '' || url.hash !== '') {
    throw new InputError('GITHUB_API_URL is no address of an API.', {
      hint: `The GitHub runner sets it. Elsewhere, leave it out for ${DEFAULT_API_URL}.`,
    });
  }
  return `${url.origin}${url.pathname.replace(/(?<!\/)\/+$/, '')}`;
}

function runUrlOf(env: KeepDriftIssueOptions['env'], { owner, repo }: Repository): string | undefined {
  const server = URL.parse(env?.['GITHUB_SERVER_URL'] ?? '')?.origin;
  const runId = env?.['GITHUB_RUN_ID'] ?? '';
  if (server === undefined || !/^\d+$/.test(runId)) return undefined;
  return `${server}/${owner}/${repo}/actions/runs/${runId}`;
}

const DONE: Readonly<Record<IssueAction, string>> = {
  opened: 'opened',
  updated: 'rewritten, since the drift has changed',
  closed: 'closed, since the drift is gone',
  reopened: 'opened again',
  none: 'left as it is',
};

function describe({ action, url, duplicates }: DriftIssueResult, dryRun: boolean): readonly string[] {
  const tense = dryRun ? 'would be ' : '';
  const where = url === undefined ? '' : ` ${url}`;
  const lines =
    action === 'none' && url === undefined
      ? ['Nothing is to be done about a drift issue.']
      : [`The drift issue${where} ${tense}${DONE[action]}.`];
  if (duplicates.length === 0) return lines;
  return [...lines, `Issues ${duplicates.join(', ')} of two runs at a time ${tense}closed in favour of it.`];
}
