import { Access } from '../cloudflare/access.ts';
import { AccessLog } from '../cloudflare/access-log.ts';
import { ApiToken } from '../cloudflare/api-token.ts';
import { CloudflareClient } from '../cloudflare/client.ts';
import { DnsRecords } from '../cloudflare/dns-records.ts';
import { STATUS_HINT } from '../cloudflare/hints.ts';
import { Members } from '../cloudflare/members.ts';
import { SsoConnectors } from '../cloudflare/sso-connectors.ts';
import { Zones } from '../cloudflare/zones.ts';
import { createDnsClient } from '../dns/client/client.ts';
import { systemNameServers } from '../dns/discovery/system-resolver.ts';
import { createRecordWatch, type RecordWatch } from '../dns/wait/record-watch.ts';
import type { DriftReport } from '../domain/drift.ts';
import { InputError } from '../domain/errors.ts';
import type { Log } from '../domain/log.ts';
import type { Settings } from '../domain/settings.ts';
import type { DriftIssueResult } from '../github/drift-issue.ts';
import { HttpSession } from '../http/session.ts';
import { openWorkspace, type Workspace } from '../records/workspace/file.ts';
import { type Clock, systemClock } from '../time/clock.ts';

/** Cloudflare's API, by endpoint. */
export interface CloudflareApi {
  readonly ssoConnectors: Pick<
    SsoConnectors,
    | 'list'
    | 'listReadable'
    | 'find'
    | 'allOf'
    | 'findNew'
    | 'get'
    | 'getIfThere'
    | 'create'
    | 'change'
    | 'beginVerification'
    | 'delete'
  >;
  readonly access: Pick<Access, 'identityProviders' | 'ssoApp'>;
  readonly accessLog: Pick<AccessLog, 'signIns' | 'pastSignIns'>;
  readonly members: Pick<Members, 'accepted'>;
  readonly token: Pick<ApiToken, 'facts'>;
  readonly zones: Pick<Zones, 'holding'>;
  readonly dnsRecords: Pick<DnsRecords, 'txtAt' | 'addTxt'>;
}

/** Requests that are sent even after a stop: each once, with a short deadline, and reads are believed at once. */
export type LastResort = Pick<SsoConnectors, 'change' | 'get'>;

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

/** The runner kills a cancelled step after ten seconds; within them there is time for another attempt. */
const LAST_RESORT_DEADLINE_MS = 3000;

/** The real services for these settings. */
export function createServices(settings: Settings, log: Log, signal: AbortSignal): OpenServices {
  const clock = systemClock;
  const dns = createRecordWatch(settings.dns, {
    client: createDnsClient(),
    clock,
    signal,
    systemNameServers,
  });
  const { account, apiUrl } = settings;
  const services = {
    dns,
    workspace: openWorkspace(settings.workspace),
    // Loaded only if asked for: GitHub's client would make every other start slower.
    keepDriftIssue: async (report: DriftReport, options: DriftIssueOptions) => {
      const { keepDriftIssue } = await import('../github/keep-drift-issue.ts');
      return keepDriftIssue(report, { ...options, clock, log, signal });
    },
    clock,
    log,
    signal,
  };
  if (account === undefined)
    return { ...services, api: undefined, lastResort: undefined, [Symbol.dispose]: () => undefined };
  const { accountId, apiToken } = account;
  const where = { apiUrl, apiToken, statusHint: STATUS_HINT };
  const session = new HttpSession(where);
  const client = new CloudflareClient(session, { clock, log, signal });
  const api: CloudflareApi = {
    ssoConnectors: new SsoConnectors(client, accountId, { clock, signal }),
    access: new Access(client, accountId, clock),
    accessLog: new AccessLog(client, accountId, clock),
    members: new Members(client, accountId, clock),
    token: new ApiToken(client, account, clock),
    zones: new Zones(client),
    dnsRecords: new DnsRecords(client),
  };
  const lastSession = new HttpSession({ ...where, deadlineMs: LAST_RESORT_DEADLINE_MS });
  const unstoppable = { clock, log, signal: new AbortController().signal, maxAttempts: 1, readLagMs: 0 };
  const lastClient = new CloudflareClient(lastSession, unstoppable);
  const lastResort = new SsoConnectors(lastClient, accountId, unstoppable);
  const close = (): void => {
    session.close();
    lastSession.close();
  };
  return { ...services, api, lastResort, [Symbol.dispose]: close };
}

/** The API, for modes that need it. */
export function requireApi({ api }: Services): CloudflareApi {
  if (api !== undefined) return api;
  throw new InputError('This mode needs the Cloudflare API, but there are no credentials.', {
    hint: 'Set account-id and api-token.',
  });
}
