import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import type { Zone } from '../dns/zone.ts';
import { type ApiFaultRule, matchesRequest, sendFault } from '../net/api-faults.ts';
import { FaultRules } from '../net/fault-rules.ts';
import { listenForHttp, type Reachability, readBody, type TlsIdentity } from '../net/http-listener.ts';
import { sendJson } from '../net/json-answer.ts';
import { accessRoutes } from './access-routes.ts';
import { BASE_PATH, dispatch } from './api-dispatch.ts';
import { connectorRoutes } from './connector-routes.ts';
import { ConnectorStore, randomId } from './connector-store.ts';
import { failure, success, withNullForEmptyList } from './envelope.ts';
import { memberRoutes } from './member-routes.ts';
import { SignInLog } from './sign-in-log.ts';
import { tokenRoutes } from './token-routes.ts';
import { Tokens } from './tokens.ts';
import { startVerification, type Verification } from './verification.ts';
import { zoneRoutes } from './zone-routes.ts';
import { ZoneStore } from './zone-store.ts';

/** One request that the API received. */
export interface ApiRequestLogEntry {
  /** Milliseconds since 1970 by the sandbox's clock. */
  readonly receivedAt: number;
  readonly method: string;
  /** Below the base path. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: IncomingHttpHeaders;
  /** As received; empty without a body, or when the connection was reset before it was read. */
  body: string;
  /** Undefined until a status line is sent. */
  status: number | undefined;
}

/** Options of {@link startCloudflareApi}. */
export interface CloudflareApiOptions {
  readonly host: string;
  readonly now: () => number;
  /** The authoritative server that verification asks, `address:port`. */
  readonly dnsAddress: string;
  readonly createId?: (() => string) | undefined;
  readonly createCode?: (() => string) | undefined;
  readonly pollIntervalMs?: number | undefined;
  readonly verificationWindowMs?: number | undefined;
  /** How long reads of connectors show what was before a write; asked anew for each read; default: 0 ms. */
  readonly readLagMs?: (() => number) | undefined;
  /** Whether an account may have several connectors for one email domain; default: no. */
  readonly allowsDuplicates?: boolean | undefined;
  /** Finds the zone with this origin in DNS; default: none. */
  readonly servedZone?: ((origin: string) => Zone | undefined) | undefined;
  /** Delay until a record made through the API is in DNS; default 0. */
  readonly recordDelayMs?: number | undefined;
  /** Whether an empty list is `null`, as some endpoints of Cloudflare have it; default: no. */
  readonly emptyListsAreNull?: boolean | undefined;
  /** Serves it over HTTPS; default: HTTP. */
  readonly tls?: TlsIdentity | undefined;
}

/** Cloudflare's API v4 on loopback, as far as dashboard SSO and its TXT records need it. */
export interface CloudflareApi extends AsyncDisposable {
  /** Base URL, with `/client/v4` and without a trailing slash. */
  readonly url: string;
  readonly store: ConnectorStore;
  readonly zones: ZoneStore;
  readonly tokens: Tokens;
  readonly signIns: SignInLog;
  readonly verification: Verification;
  /** The requests so far; the list grows. */
  readonly requests: readonly Readonly<ApiRequestLogEntry>[];
  readonly faults: FaultRules<ApiFaultRule>;
  readonly reachability: Reachability;
  /** Empties {@link CloudflareApi.requests}. */
  clearRequests(): void;
  /** Closes all connections at once. */
  close(): Promise<void>;
}

function startEntry(request: IncomingMessage, url: URL, receivedAt: number): ApiRequestLogEntry {
  const { method = '', headers } = request;
  const query = Object.fromEntries(url.searchParams);
  const isBelow = url.pathname.startsWith(`${BASE_PATH}/`);
  // A path outside the base path keeps its whole text, with a prefix that no route has.
  const path = isBelow ? url.pathname.slice(BASE_PATH.length) : `/..${url.pathname}`;
  return { receivedAt, method, path, query, headers, body: '', status: undefined };
}

/** Starts the API. */
export async function startCloudflareApi(options: CloudflareApiOptions): Promise<CloudflareApi> {
  const { host, now, dnsAddress, createId = randomId } = options;
  const createCode = options.createCode ?? (() => `cloudflare_dashboard_sso=${randomId()}`);
  const { pollIntervalMs, verificationWindowMs: windowMs, readLagMs, allowsDuplicates } = options;
  const store = new ConnectorStore({ now, createId, createCode, readLagMs, allowsDuplicates });
  const verification = startVerification({ store, dnsAddress, now, pollIntervalMs, windowMs });
  const zones = new ZoneStore({ now, servedZone: options.servedZone, recordDelayMs: options.recordDelayMs });
  const tokens = new Tokens();
  const signIns = new SignInLog(store, now);
  const routes = [
    ...connectorRoutes(store, verification),
    ...accessRoutes(store, signIns),
    ...memberRoutes(store),
    ...tokenRoutes(now),
    ...zoneRoutes(zones),
  ];
  const requests: ApiRequestLogEntry[] = [];
  const faults = new FaultRules<ApiFaultRule>();

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(`http://sandbox${request.url}`);
    const entry = startEntry(request, url, now());
    requests.push(entry);
    const { method, path } = entry;
    response.setHeader('content-type', 'application/json');
    response.setHeader('cf-ray', `${randomUUID().replaceAll('-', '').slice(0, 16)}-SBX`);

    const rule = faults.take((candidate) => matchesRequest(candidate, method, path));
    for (const [name, value] of Object.entries(rule?.headers ?? {})) response.setHeader(name, value);
    const isWithoutEffect = rule !== undefined && rule.carryOut !== true;
    if (!(isWithoutEffect && rule.fault.kind === 'reset')) {
      const body = await readBody(request);
      if (body === undefined) return;
      entry.body = body;
    }
    const { authorization } = request.headers;
    const { body, receivedAt } = entry;
    const clientAddress = request.socket.remoteAddress ?? '';
    const call = { method, path, query: url.searchParams, authorization, body, clientAddress, receivedAt };
    const answer = isWithoutEffect ? success(null) : dispatch(routes, tokens, call);
    const truth = options.emptyListsAreNull === true ? withNullForEmptyList(answer) : answer;
    if (rule === undefined) sendJson(response, truth);
    else sendFault(response, rule.fault, truth, failure);
    if (response.headersSent) entry.status = response.statusCode;
  };

  const listener = await listenForHttp(host, handle, options.tls);
  const close = () => {
    verification.stop();
    zones.stop();
    return listener.close();
  };
  return {
    url: `${listener.origin}${BASE_PATH}`,
    store,
    zones,
    tokens,
    signIns,
    verification,
    requests,
    faults,
    reachability: listener,
    clearRequests: () => {
      requests.length = 0;
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}
