import { createDnsClient } from '../dns/client/client.ts';
import { systemNameServers } from '../dns/discovery/system-resolver.ts';
import { createRecordWatch, type RecordWatch } from '../dns/wait/record-watch.ts';
import type { DriftReport } from '../domain/drift.ts';
import { InputError } from '../domain/errors.ts';
import type { Log } from '../domain/log.ts';
import type { Settings } from '../domain/settings.ts';
import type { DriftIssueResult } from '../github/drift-issue.ts';
import type { Workspace } from '../records/workspace/file.ts';
import { type Clock, systemClock } from '../time/clock.ts';
import type { CloudflareApi, LastResort } from './cloudflare-api.ts';

/** Everything outside the process that a mode uses; tests pass fakes. */
export interface Services {
  /** `undefined` without credentials. */
  readonly api: CloudflareApi | undefined;
  /** `undefined` without credentials. */
  readonly lastResort: LastResort | undefined;
  readonly dns: RecordWatch;
  /** The files of the workflow's workspace. */
  readonly workspace: Workspace;
  /** Keeps one GitHub issue in step with the drift. */
  keepDriftIssue(report: DriftReport, options: DriftIssueOptions): Promise<DriftIssueResult>;
  readonly clock: Clock;
  readonly log: Log;
  /** Aborts when the runner stops the step. */
  readonly signal: AbortSignal;
}

/** How the drift issue is kept. */
export interface DriftIssueOptions {
  /** May write issues of the repository. */
  readonly token: string;
  readonly dryRun: boolean;
}

/** The services of a run; disposing of them closes what they hold open. */
export interface OpenServices extends Services, Disposable {}

/**
 * The real services for these settings. What only some steps need is loaded only for them, as everything else would
 * start later for it.
 */
export async function createServices(
  settings: Settings,
  log: Log,
  signal: AbortSignal,
): Promise<OpenServices> {
  const { account, apiUrl } = settings;
  const clock = systemClock;
  const shared = { clock, log, signal };
  const services = {
    ...shared,
    dns: createRecordWatch(settings.dns, { client: createDnsClient(), clock, signal, systemNameServers }),
    workspace: workspaceAt(settings.workspace),
    keepDriftIssue: async (report: DriftReport, options: DriftIssueOptions) => {
      const { keepDriftIssue } = await import('../github/keep-drift-issue.ts');
      return keepDriftIssue(report, { ...options, ...shared });
    },
  };
  if (account === undefined)
    return { ...services, api: undefined, lastResort: undefined, [Symbol.dispose]: () => undefined };
  const { openApi } = await import('./cloudflare-api.ts');
  return { ...services, ...openApi(account, apiUrl, shared) };
}

/** One workspace, opened at the first update: it knows which updates wait for each other. */
function workspaceAt(root: string): Workspace {
  let opening: Promise<Workspace> | undefined;
  const open = (): Promise<Workspace> => {
    opening ??= import('../records/workspace/file.ts').then(({ openWorkspace }) => openWorkspace(root));
    return opening;
  };
  return {
    update: async (...update) => (await open()).update(...update),
    yamlTexts: async (...texts) => (await open()).yamlTexts(...texts),
  };
}

/** The API, for modes that need it. */
export function requireApi({ api }: Services): CloudflareApi {
  if (api !== undefined) return api;
  throw new InputError('This mode needs the Cloudflare API, but there are no credentials.', {
    hint: 'Set account-id and api-token.',
  });
}
