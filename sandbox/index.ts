import type { AccountOptions } from './cloudflare/account.ts';
import { type CloudflareApi, startCloudflareApi } from './cloudflare/cloudflare-api.ts';
import type { ConnectorSeed, SsoConnector, VerificationStatus } from './cloudflare/connector-store.ts';
import type { SignIn, SignInEntry } from './cloudflare/sign-in-log.ts';
import type { TokenOptions } from './cloudflare/tokens.ts';
import type { HostedZoneOptions } from './cloudflare/zone-store.ts';
import { type AuthoritativeServer, startAuthoritativeServer } from './dns/authoritative-server.ts';
import { type CachingResolver, startCachingResolver } from './dns/caching-resolver.ts';
import { createZone, type Zone, type ZoneOptions } from './dns/zone.ts';
import type { TxtValue } from './dns/zone-records.ts';
import type { TlsIdentity } from './net/http-listener.ts';

export { type AccountOptions, type IdentityProvider, NEW_ACCOUNTS } from './cloudflare/account.ts';
export type { ApiRequestLogEntry, CloudflareApi } from './cloudflare/cloudflare-api.ts';
export type {
  ConnectorSeed,
  SsoConnector,
  VerificationStatus,
} from './cloudflare/connector-store.ts';
export type { DnsRecord } from './cloudflare/dns-records.ts';
export type { MemberSeed } from './cloudflare/members.ts';
export type { SignIn, SignInEntry } from './cloudflare/sign-in-log.ts';
export type { Permission, TokenOptions } from './cloudflare/tokens.ts';
export type { HostedZone, HostedZoneOptions, ZoneStatus } from './cloudflare/zone-store.ts';
export type { AuthoritativeServer } from './dns/authoritative-server.ts';
export type { CachingResolver, Upstreams } from './dns/caching-resolver.ts';
export type { DnsFaultMatch, DnsFaultRule, Forgery } from './dns/faults.ts';
export type { DnsResponse, Rcode } from './dns/message.ts';
export type { DnsServer, QueryLogEntry } from './dns/server.ts';
export { createZone, type Zone, type ZoneOptions } from './dns/zone.ts';
export type { TxtValue, ZoneRecord } from './dns/zone-records.ts';
export type { ApiFault, ApiFaultRule } from './net/api-faults.ts';

/** The account in every sandbox; its ID comes from Cloudflare's API examples. */
export const SANDBOX_ACCOUNT_ID = '023e105f4ecef8ad9ca31a8372d0c353';

/** The token with all permissions in every sandbox; useless anywhere else. */
export const SANDBOX_API_TOKEN = 'sandbox-token-that-opens-nothing-anywhere';

/** Options of {@link startSandbox}. */
export interface SandboxOptions {
  /** Loopback address of all servers; default 127.0.0.1. */
  readonly host?: string;
  /** Milliseconds since 1970: for cache ages, dates of connectors and the verification window. */
  readonly now?: () => number;
  /** Next connector ID; default: 32 random hex digits. */
  readonly createId?: () => string;
  /** Next verification code; default: the prefix and 32 random hex digits. */
  readonly createCode?: () => string;
  /** How often a pending connector's TXT record is looked up; default 250. */
  readonly pollIntervalMs?: number;
  /** How long a connector stays pending before it fails; default two days. */
  readonly verificationWindowMs?: number;
  /** How long reads of connectors show what was before a write; asked anew for each read; default: 0 ms. */
  readonly readLagMs?: () => number;
  /** Whether an account may have several connectors for one email domain; default: no. */
  readonly allowsDuplicates?: boolean;
  /** Delay until a record made through the API is in DNS; default 0. */
  readonly recordDelayMs?: number;
  /** Whether an empty list is `null`, as some endpoints of Cloudflare have it; default: no. */
  readonly emptyListsAreNull?: boolean;
  /** What the sandbox's own account has. */
  readonly account?: Omit<AccountOptions, 'accountId'>;
  /** Serves the API over HTTPS; default: HTTP. */
  readonly tls?: TlsIdentity;
}

/** Options of {@link Sandbox.startAuthoritative}. */
export interface ExtraAuthoritativeOptions {
  readonly host?: string;
  /** Default: an independent copy of the sandbox's zone as it is now. */
  readonly zones?: readonly Zone[];
}

/** Options of {@link Sandbox.startResolver}. */
export interface ExtraResolverOptions {
  readonly host?: string;
  /** Maps suffixes to lists of `address:port`; default: the sandbox's authoritative server for everything. */
  readonly upstreams?: Readonly<Record<string, readonly string[]>>;
  /** Default: the sandbox's clock. */
  readonly now?: () => number;
  /** Time-out for one upstream; default 1000. */
  readonly upstreamTimeoutMs?: number;
}

/** Cloudflare's API, an authoritative server and a resolver on loopback. */
export interface Sandbox extends AsyncDisposable {
  /** Base URL of the API, without a trailing slash. */
  readonly apiUrl: string;
  readonly accountId: string;
  readonly apiToken: string;
  readonly api: CloudflareApi;
  readonly authoritative: AuthoritativeServer;
  readonly resolver: CachingResolver;
  /** `example.com`: an SPF TXT record (TTL 300 s), SOA MINIMUM 60 s, ns1 and ns2. */
  readonly zone: Zone;
  /**
   * Adds a TXT record to the zone that contains `name`.
   *
   * @throws RangeError when the authoritative server has no such zone
   */
  publishTxt(name: string, value: TxtValue): void;
  /** Removes a TXT record; returns whether it existed. */
  withdrawTxt(name: string, value: TxtValue): boolean;
  /** Serves one more zone from {@link Sandbox.authoritative}. */
  addZone(options: ZoneOptions): Zone;
  /**
   * Adds a zone to an account at Cloudflare and returns its ID; `example.com` is active in the sandbox's own account
   * from the start. An existing zone is changed and keeps its ID. To serve a zone in DNS, use {@link Sandbox.addZone}; to
   * remove one from its account, `api.zones.remove`.
   */
  hostZone(options: HostedZoneOptions): string;
  /** Adds an account, by default with an identity provider and two members, and returns its ID. */
  addAccount(options?: AccountOptions): string;
  /** Changes what an account has, by default the sandbox's own; what is not mentioned stays. */
  changeAccount(change: AccountOptions): void;
  /** Adds a sign-in, allowed or denied, to the Access authentication log and returns its entry. */
  playSignIn(signIn: SignIn): SignInEntry;
  /** Adds an API token, by default with all permissions for all accounts, and returns it. */
  addToken(options?: TokenOptions): string;
  /** Adds a connector without the API; a pending one is polled for. */
  seedConnector(seed: ConnectorSeed): SsoConnector;
  /** Sets the verification status of a connector, whatever DNS says. */
  setStatus(connectorId: string, status: VerificationStatus, accountId?: string): SsoConnector;
  /** Looks for the TXT records of all pending connectors now. */
  pollVerification(): Promise<void>;
  /** Starts another authoritative server; it closes with the sandbox. */
  startAuthoritative(options?: ExtraAuthoritativeOptions): Promise<AuthoritativeServer>;
  /** Starts another resolver with its own cache; it closes with the sandbox. */
  startResolver(options?: ExtraResolverOptions): Promise<CachingResolver>;
  /** Closes every socket and timer at once. */
  close(): Promise<void>;
}

function exampleZone(host: string): Zone {
  return createZone({
    origin: 'example.com',
    soaMinimum: 60,
    nameServers: ['ns1.example.com', 'ns2.example.com'],
    records: [
      { name: 'ns1.example.com', type: 'A', data: host },
      { name: 'ns2.example.com', type: 'A', data: host },
      { name: 'example.com', type: 'TXT', data: 'v=spf1 -all', ttl: 300 },
    ],
  });
}

/** Starts a sandbox on loopback, on free ports. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { host = '127.0.0.1', now = Date.now } = options;
  const parts: AsyncDisposable[] = [];
  const keep = <Part extends AsyncDisposable>(part: Part): Part => {
    parts.push(part);
    return part;
  };
  const close = async () => {
    await Promise.all(parts.map((part) => part[Symbol.asyncDispose]()));
  };

  const zone = exampleZone(host);
  const authoritative = keep(await startAuthoritativeServer({ host, now, zones: [zone] }));
  const upstreams = { '': [authoritative.address] };
  const resolver = keep(await startCachingResolver({ host, now, upstreams }));
  const dnsAddress = authoritative.address;
  const servedZone = (origin: string) => authoritative.zones.find((served) => served.origin === origin);
  const api = keep(await startCloudflareApi({ ...options, host, now, dnsAddress, servedZone }));
  const { store, verification } = api;
  const accountId = store.addAccount({ ...options.account, accountId: SANDBOX_ACCOUNT_ID });
  const apiToken = api.tokens.add({ value: SANDBOX_API_TOKEN });
  const hostZone = (hosted: HostedZoneOptions) => api.zones.host({ accountId, ...hosted });
  hostZone({ name: zone.origin });

  const zoneOf = (name: string): Zone => {
    const found = authoritative.zoneFor(name);
    if (found === undefined) throw new RangeError(`no zone of the sandbox holds ${name}`);
    return found;
  };
  const seedConnector = ({ accountId: account = accountId, ...seed }: ConnectorSeed): SsoConnector => {
    const connector = store.create(account, seed);
    if (seed.status === 'pending') verification.begin(account, connector.id);
    return store.get(account, connector.id);
  };

  return {
    apiUrl: api.url,
    accountId,
    apiToken,
    api,
    authoritative,
    resolver,
    zone,
    publishTxt: (name, value) => zoneOf(name).addTxt(name, value),
    withdrawTxt: (name, value) => zoneOf(name).removeTxt(name, value),
    addZone: (zoneOptions) => {
      const added = createZone(zoneOptions);
      authoritative.addZone(added);
      return added;
    },
    hostZone,
    addAccount: (account) => store.addAccount(account),
    changeAccount: ({ accountId: account = accountId, ...change }) => store.changeAccount(account, change),
    playSignIn: ({ accountId: account = accountId, ...signIn }) =>
      api.signIns.play({ ...signIn, accountId: account }),
    addToken: (token) => api.tokens.add(token),
    seedConnector,
    setStatus: (connectorId, status, account = accountId) => store.setStatus(account, connectorId, status),
    pollVerification: () => verification.poll(),
    startAuthoritative: async (extra = {}) =>
      keep(await startAuthoritativeServer({ host, now, zones: [zone.copy()], ...extra })),
    startResolver: async (extra = {}) => keep(await startCachingResolver({ host, now, upstreams, ...extra })),
    close,
    [Symbol.asyncDispose]: close,
  };
}
