import { expect } from 'vitest';
import { type GitHubApi, type GitHubApiOptions, startGitHubApi } from '../../sandbox/github/github-api.ts';
import type { DriftReport } from '../../src/domain/drift.ts';
import { ActionError } from '../../src/domain/errors.ts';
import { type KeepDriftIssueOptions, keepDriftIssue } from '../../src/github/keep-drift-issue.ts';
import { everythingIn, rejectionOf } from '../checks/errors.ts';
import { DRIFT } from '../samples/drift.ts';
import { fakeClock } from './clock.ts';
import { recordingLog } from './recording-log.ts';

/** A local GitHub API and the real code over real HTTP; only time is fake. */
export async function startWorld(options: GitHubApiOptions = {}) {
  const [clock, log, stop] = [fakeClock(), recordingLog(), new AbortController()];
  const api = await startGitHubApi({ now: clock.now, ...options });
  const keep = (report: DriftReport, changes: Partial<KeepDriftIssueOptions> = {}) =>
    keepDriftIssue(report, {
      token: api.token,
      dryRun: false,
      env: runnerEnv(api),
      clock,
      log,
      signal: stop.signal,
      random: () => 1,
      ...changes,
    });
  return { api, clock, log, stop, keep, [Symbol.asyncDispose]: api.close };
}

/** The variables that the runner sets. */
export function runnerEnv(api: Pick<GitHubApi, 'url' | 'repository'>) {
  return {
    GITHUB_API_URL: api.url,
    GITHUB_REPOSITORY: api.repository,
    GITHUB_SERVER_URL: 'https://github.example',
    GITHUB_RUN_ID: '42',
  };
}

export type World = Awaited<ReturnType<typeof startWorld>>;

/** The methods of the requests so far. */
export const methodsOf = ({ api }: World) => api.requests.map(({ method }) => method).join(' ');

/** The error of a run on drift, which holds nothing that is secret. */
export async function failureOf(world: World, report = DRIFT): Promise<ActionError> {
  const error = await rejectionOf(world.keep(report), ActionError);
  expect(everythingIn(error)).not.toContain(world.api.token);
  expect(world.log.text()).not.toContain(world.api.token);
  return error;
}
