import type { DashSsoApp, IdentityProvider } from '../../src/cloudflare/access.ts';
import type { SignIn } from '../../src/cloudflare/access-log.ts';
import type { ApiTokenFacts } from '../../src/cloudflare/api-token.ts';
import type { Member } from '../../src/cloudflare/members.ts';
import { isNotFound } from '../../src/cloudflare/not-found.ts';
import type { Zone } from '../../src/cloudflare/zones.ts';
import type { SsoConnector } from '../../src/domain/connector.ts';
import type { DnsReport } from '../../src/domain/dns-report.ts';
import type { CloudflareApi, LastResort } from '../../src/modes/cloudflare-api.ts';
import type { Services } from '../../src/modes/services.ts';
import { sampleConnector, sampleReport } from '../samples/results.ts';
import { type FakeClock, fakeClock } from './clock.ts';
import { type RecordingLog, recordingLog } from './recording-log.ts';

type SsoConnectorsApi = CloudflareApi['ssoConnectors'];

/** What the outside world is like. */
export interface World {
  /** The connector that there is; its verification status and more may change with each look. */
  readonly connector?: SsoConnector | undefined;
  /** What `get` sees from its first call on, on top of the connector; the last one stays. */
  readonly sights?: readonly Partial<SsoConnector>[];
  readonly identityProviders?: readonly IdentityProvider[];
  /** What each look at DNS finds; the last one stays. */
  readonly reports?: readonly DnsReport[];
  /** Instead of what the fakes do. */
  readonly ssoConnectors?: Partial<SsoConnectorsApi>;
  readonly access?: Partial<CloudflareApi['access']>;
  /** All connectors of the account; without them the one that there is. */
  readonly connectors?: readonly SsoConnector[];
  readonly zones?: readonly Zone[];
  /** The TXT records at the domain in the zone at Cloudflare. */
  readonly published?: readonly string[];
  readonly dnsRecords?: Partial<CloudflareApi['dnsRecords']>;
  readonly ssoApp?: DashSsoApp;
  /** The latest first; default: one of an hour ago, through the identity provider. */
  readonly signIns?: readonly SignIn[];
  readonly accessLog?: Partial<CloudflareApi['accessLog']>;
  /** Default: a super administrator inside the domain, and one outside. */
  readonly members?: readonly Member[];
  readonly membersApi?: Partial<CloudflareApi['members']>;
  /** Default: of the account, without an expiry date. */
  readonly token?: Partial<ApiTokenFacts>;
  readonly tokenApi?: Partial<CloudflareApi['token']>;
  readonly lastResort?: Partial<LastResort>;
  /** The TXT records at the domain by the authoritative servers. */
  readonly txtToday?: readonly string[];
  /** The types that the domain has from a wildcard, by the authoritative servers. */
  readonly wildcardTypes?: readonly string[];
  /** The text of every file in the workspace; changed by what is written. */
  readonly files?: Map<string, string>;
  readonly keepDriftIssue?: Services['keepDriftIssue'];
  readonly api?: undefined;
  readonly clock?: FakeClock;
  readonly signal?: AbortSignal;
}

/** Services that keep what was asked of them. */
export interface FakeServices extends Services {
  readonly clock: FakeClock;
  readonly log: RecordingLog;
  /** Each call of the API and of the record watch: its name, and what it was given. */
  readonly calls: readonly string[];
  /** The names of the calls by which the guards of preflight read; they are not among `calls`. */
  readonly reads: readonly string[];
  /** What stood in the log when that call was made. */
  readonly logAt: (call: string) => string;
}

const HOUR_MS = 60 * 60 * 1000;
const AUTHENTIK: IdentityProvider = { id: 'idp1', name: 'authentik', type: 'oidc' };
const SIGN_IN = { allowed: true, connection: 'oidc', appUid: 'wiki' } as const;
const MEMBERS: readonly Member[] = ['example.com', 'sandbox.example'].map((emailDomain) => ({
  emailDomain,
  isSuperAdministrator: true,
  isPlusAddress: false,
}));
const TOKEN: ApiTokenFacts = {
  status: 'active',
  expiresAtMs: undefined,
  notBeforeMs: undefined,
  isOfAccount: true,
};

/** Cloudflare as it should be, a DNS that has the record, and an account with an identity provider. */
export function fakeServices(world: World = {}): FakeServices {
  const [calls, logs, reads]: [string[], string[], string[]] = [[], [], []];
  const [log, clock] = [recordingLog(), world.clock ?? fakeClock()];
  const called: Called = (name, given, work) => {
    calls.push(given === undefined ? name : `${name} ${JSON.stringify(given)}`);
    logs.push(log.text());
    return work();
  };
  const read: Read = (name, work) => {
    reads.push(name);
    return work();
  };
  const api = 'api' in world ? undefined : fakeApi({ ...world, clock }, called, read);
  const services: Services = {
    api,
    lastResort: api && {
      get: (id) => called('last get', id, () => (world.lastResort?.get ?? api.ssoConnectors.get)(id)),
      change: (id, change) =>
        called('last change', change, () =>
          (world.lastResort?.change ?? api.ssoConnectors.change)(id, change),
        ),
    },
    dns: fakeWatch(world, called),
    workspace: fakeWorkspace(world.files ?? new Map(), called),
    keepDriftIssue: (report, options) =>
      called('keepDriftIssue', { drift: report.drift, ...options }, async () =>
        world.keepDriftIssue === undefined
          ? { action: 'none' as const, url: undefined, duplicates: [] }
          : world.keepDriftIssue(report, options),
      ),
    clock,
    log,
    signal: world.signal ?? new AbortController().signal,
  };
  const logAt = (call: string): string => logs[calls.indexOf(call)] ?? '';
  return { ...services, clock, log, calls, reads, logAt };
}

type Called = <T>(name: string, given: unknown, work: () => T) => T;

type Read = <T>(name: string, work: () => T) => T;

function fakeApi(world: World & { clock: FakeClock }, called: Called, read: Read): CloudflareApi {
  let { connector } = world;
  const startedAtMs = world.clock.now();
  let looks = 0;
  const now = (): SsoConnector => {
    if (connector === undefined) throw new Error('the fake has no connector');
    return connector;
  };
  const ssoConnectors: SsoConnectorsApi = {
    async list() {
      return world.connectors ?? (connector === undefined ? [] : [connector]);
    },
    async listReadable() {
      return { connectors: await ssoConnectors.list(), isWhole: true };
    },
    async find(emailDomain) {
      return world.connectors === undefined
        ? connector
        : world.connectors.find((one) => one.emailDomain === emailDomain);
    },
    async get() {
      const { sights = [] } = world;
      const sight = sights[Math.min(looks, sights.length - 1)];
      looks += 1;
      connector = { ...now(), ...sight };
      return connector;
    },
    async allOf(emailDomain) {
      const all = world.connectors ?? (connector === undefined ? [] : [connector]);
      return all.filter((one) => one.emailDomain === emailDomain);
    },
    async findNew() {
      return connector;
    },
    getIfThere: (id) => ifThere(() => ssoConnectors.get(id)),
    async create({ email_domain: emailDomain }) {
      connector = sampleConnector({ emailDomain });
      return { connector, created: true };
    },
    async change(_, change) {
      connector = {
        ...now(),
        enabled: change.enabled ?? now().enabled,
        useFedrampLanguage: change.use_fedramp_language ?? now().useFedrampLanguage,
      };
      return connector;
    },
    async delete() {
      connector = undefined;
      return true;
    },
    async beginVerification() {
      connector = { ...now(), verificationStatus: 'pending' };
    },
    ...world.ssoConnectors,
  };
  const access: CloudflareApi['access'] = {
    identityProviders: async () => world.identityProviders ?? [AUTHENTIK],
    ssoApp: async () => world.ssoApp,
    ...world.access,
  };
  const signInsSince = (sinceMs: number): readonly SignIn[] =>
    (world.signIns ?? [{ ...SIGN_IN, atMs: startedAtMs - HOUR_MS }]).filter(
      ({ atMs }) => atMs >= sinceMs && atMs <= world.clock.now(),
    );
  const accessLog: CloudflareApi['accessLog'] = {
    pastSignIns: async () => signInsSince(world.clock.now() - 30 * 24 * HOUR_MS),
    signIns: async ({ sinceMs }) => signInsSince(sinceMs),
    ...world.accessLog,
  };
  const members: CloudflareApi['members'] = {
    accepted: async () => world.members ?? MEMBERS,
    ...world.membersApi,
  };
  const token: CloudflareApi['token'] = {
    facts: async () => ({ ...TOKEN, ...world.token }),
    ...world.tokenApi,
  };
  const dnsRecords: CloudflareApi['dnsRecords'] = {
    txtAt: async () => (world.published ?? []).map((text, index) => ({ id: `record${index}`, text })),
    wildcardAnswer: async () => undefined,
    addTxt: async () => ({ id: 'new-record', isOurs: true }),
    ...world.dnsRecords,
  };
  return {
    ssoConnectors: {
      list: () => called('list', undefined, () => ssoConnectors.list()),
      listReadable: () => called('list', undefined, () => ssoConnectors.listReadable()),
      delete: (id) => called('delete', id, () => ssoConnectors.delete(id)),
      find: (domain) => called('find', domain, () => ssoConnectors.find(domain)),
      allOf: (domain) => called('all', domain, () => ssoConnectors.allOf(domain)),
      findNew: (domain) => called('find new', domain, () => ssoConnectors.findNew(domain)),
      get: (id) => called('get', id, () => ssoConnectors.get(id)),
      getIfThere: (id) => called('get', id, () => ssoConnectors.getIfThere(id)),
      create: (body) => called('create', body, () => ssoConnectors.create(body)),
      change: (id, change) => called('change', change, () => ssoConnectors.change(id, change)),
      beginVerification: (id) =>
        called('beginVerification', undefined, () => ssoConnectors.beginVerification(id)),
    },
    access: {
      identityProviders: () => read('identityProviders', () => access.identityProviders()),
      ssoApp: (notBeforeMs) =>
        notBeforeMs === undefined
          ? read('ssoApp', () => access.ssoApp())
          : called('ssoApp', undefined, () => access.ssoApp(notBeforeMs)),
    },
    accessLog: {
      pastSignIns: (emailDomain) => read('pastSignIns', () => accessLog.pastSignIns(emailDomain)),
      signIns: (query) => called('signIns', undefined, () => accessLog.signIns(query)),
    },
    members: { accepted: () => read('members', () => members.accepted()) },
    token: { facts: () => read('token', () => token.facts()) },
    zones: {
      holding: (name) => called('holding', name, async () => world.zones ?? []),
    },
    dnsRecords: {
      txtAt: (zoneId, name) => called('txtAt', { zoneId, name }, () => dnsRecords.txtAt(zoneId, name)),
      wildcardAnswer: (zone, name) =>
        called('wildcardAnswer', { zone: zone.name, name }, () => dnsRecords.wildcardAnswer(zone, name)),
      addTxt: (zoneId, name, text) =>
        called('addTxt', { zoneId, name, text }, () => dnsRecords.addTxt(zoneId, name, text)),
    },
  };
}

function fakeWatch(world: World, called: Called): Services['dns'] {
  const { reports = [sampleReport()], txtToday = [], wildcardTypes = [] } = world;
  let looks = 0;
  return {
    async waitFor({ name, value }, { timeoutMs }) {
      const report = reports[Math.min(looks, reports.length - 1)];
      looks += 1;
      if (report === undefined) throw new Error('the fake has no report');
      return called('waitFor', { name, value, timeoutMs }, () => report);
    },
    currentTxt: (name) => called('currentTxt', name, async () => txtToday),
    typesFromWildcard: async () => wildcardTypes,
  };
}

function fakeWorkspace(files: Map<string, string>, called: Called): Services['workspace'] {
  return {
    update: (path, change, { dryRun }) =>
      called('update', { path, dryRun }, async () => {
        const [before, after] = [files.get(path), change(files.get(path))];
        if (!dryRun) files.set(path, after);
        return before !== after;
      }),
    yamlTexts: async (path) =>
      new Map(
        [...files].filter(
          ([name]) => name === path || (name.startsWith(`${path}/`) && name.endsWith('.yaml')),
        ),
      ),
  };
}

/** As the real `getIfThere` tells a connector that is gone. */
async function ifThere(get: () => Promise<SsoConnector>): Promise<SsoConnector | undefined> {
  try {
    return await get();
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}
