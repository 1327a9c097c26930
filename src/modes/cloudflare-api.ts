import { Access } from '../cloudflare/access.ts';
import { AccessLog } from '../cloudflare/access-log.ts';
import { ApiToken } from '../cloudflare/api-token.ts';
import { CloudflareClient } from '../cloudflare/client.ts';
import { DnsRecords } from '../cloudflare/dns-records.ts';
import { STATUS_HINT } from '../cloudflare/hints.ts';
import { Members } from '../cloudflare/members.ts';
import { SsoConnectors } from '../cloudflare/sso-connectors.ts';
import { Zones } from '../cloudflare/zones.ts';
import type { Log } from '../domain/log.ts';
import type { Account } from '../domain/settings.ts';
import { HttpSession } from '../http/session.ts';
import type { Clock } from '../time/clock.ts';

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
  readonly dnsRecords: Pick<DnsRecords, 'txtAt' | 'wildcardAnswer' | 'addTxt'>;
}

/** Requests that are sent even after a stop: each once, with a short deadline, and reads are believed at once. */
export type LastResort = Pick<SsoConnectors, 'change' | 'get'>;

/** Cloudflare's API over connections that disposing of it closes. */
export interface OpenApi extends Disposable {
  readonly api: CloudflareApi;
  readonly lastResort: LastResort;
}

/** The runner kills a cancelled step after ten seconds; within them there is time for another attempt. */
const LAST_RESORT_DEADLINE_MS = 3000;

/** Cloudflare's API at `apiUrl` for an account. Nothing is sent yet. */
export function openApi(
  account: Account,
  apiUrl: string,
  { clock, log, signal }: { readonly clock: Clock; readonly log: Log; readonly signal: AbortSignal },
): OpenApi {
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
  return { api, lastResort, [Symbol.dispose]: close };
}
