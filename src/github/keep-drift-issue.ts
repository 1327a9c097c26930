import type { DriftReport } from '../domain/drift.ts';
import { InputError } from '../domain/errors.ts';
import { isLoopback } from '../http/host.ts';
import type { RetryServices } from '../http/retries.ts';
import { HttpSession } from '../http/session.ts';
import { type DriftIssueResult, type IssueAction, syncDriftIssue } from './drift-issue.ts';
import { GITHUB_STATUS_HINT } from './github-api-error.ts';
import { connectGitHubIssues, type Repository } from './github-issues.ts';
import { createGitHubFetch } from './http-fetch.ts';

/** What {@link keepDriftIssue} needs. */
export interface KeepDriftIssueOptions extends RetryServices {
  /** Needs the permission to write issues of the repository. */
  readonly token: string;
  /** Changes nothing, and logs what it would do. */
  readonly dryRun: boolean;
  /**
   * The runner's variables: GITHUB_REPOSITORY, and GITHUB_API_URL, GITHUB_SERVER_URL and GITHUB_RUN_ID if set.
   * https://docs.github.com/actions/reference/workflows-and-actions/variables
   */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/**
 * Keeps the one issue about the drift of a Cloudflare account up to date, in the repository of the workflow. Octokit is
 * loaded only here.
 *
 * @throws {InputError} when the token, GITHUB_REPOSITORY or GITHUB_API_URL is missing or wrong
 * @throws {GitHubApiError} when GitHub refuses
 * @throws {NetworkError} when no complete answer arrived
 */
export async function keepDriftIssue(
  report: DriftReport,
  { token, dryRun, env = process.env, ...services }: KeepDriftIssueOptions,
): Promise<DriftIssueResult> {
  checkToken(token);
  const repository = repositoryOf(env['GITHUB_REPOSITORY']);
  const apiUrl = apiUrlOf(env['GITHUB_API_URL']);
  const session = new HttpSession({ apiUrl, apiToken: token, statusHint: GITHUB_STATUS_HINT });
  try {
    const fetch = createGitHubFetch(session, apiUrl, services.signal);
    const issues = await connectGitHubIssues({ apiUrl, token, repository, fetch, services });
    const result = await syncDriftIssue(report, issues, { dryRun, runUrl: runUrlOf(env, repository) });
    for (const line of outcomeLines(result, dryRun)) services.log.info(line);
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
    throw new InputError(
      'GITHUB_REPOSITORY is not set to owner/name, so there is no repository for the drift issue.',
      {
        hint: 'GitHub runners set it. Elsewhere, set it to the repository for the issue.',
      },
    );
  }
  return { owner, repo };
}

const DEFAULT_API_URL = 'https://api.github.com';

function apiUrlOf(value: string | undefined): string {
  const url = URL.parse(value || DEFAULT_API_URL);
  if (url === null || !/^https?:$/.test(url.protocol) || url.search !== '' || url.hash !== '') {
    throw new InputError('GITHUB_API_URL is not a valid API URL.', {
      hint: `GitHub runners set it. Elsewhere, leave it unset to use ${DEFAULT_API_URL}.`,
    });
  }
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    throw new InputError(`GITHUB_API_URL would send the GitHub token unencrypted to ${url.host}.`, {
      hint: 'Use https, or http on a loopback address.',
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
  updated: 'updated, because the drift has changed',
  closed: 'closed, because the drift is gone',
  reopened: 'reopened',
  none: 'left unchanged',
};

function outcomeLines({ action, url, duplicates }: DriftIssueResult, dryRun: boolean): readonly string[] {
  const tense = dryRun ? 'would be' : 'was';
  const where = url === undefined ? '' : ` ${url}`;
  const lines =
    action === 'none' && url === undefined
      ? ['There is no drift issue, and none is needed.']
      : [`The drift issue${where} ${tense} ${DONE[action]}.`];
  if (duplicates.length === 0) return lines;
  return [...lines, `Duplicate issues ${tense === 'was' ? 'were' : tense} closed: ${duplicates.join(', ')}.`];
}
