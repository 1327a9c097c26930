import type { DnsReport, Finding } from '../../domain/dns-report.ts';
import type { ServerRole, SocketAddress } from '../../domain/dns-server.ts';
import type { Log } from '../../domain/log.ts';
import type { DnsSettings } from '../../domain/settings.ts';
import type { Clock } from '../../time/clock.ts';
import type { DnsClient } from '../client/client.ts';
import { authoritativeServer, type DnsServer, resolverServer } from '../client/servers.ts';
import { diagnose } from '../diagnosis/causes.ts';
import type { Evidence, ServerEvidence } from '../diagnosis/evidence.ts';
import { investigate } from '../diagnosis/investigation.ts';
import {
  type Discovery,
  discoverAuthority,
  parentNameServers,
  serversNamed,
} from '../discovery/authority.ts';
import type { ExpectedRecord, Referral } from '../observation/observation.ts';
import { currentTxt } from './current-txt.ts';
import { toDnsReport } from './report.ts';
import { type WaitListener, type WaitResult, waitForRecord } from './wait.ts';
import { WaitLog } from './wait-log.ts';

/** Looks for a TXT record until it is visible. */
export interface RecordWatch {
  /**
   * Waits for the record, at most `timeoutMs`; `0` looks once. A record that does not appear is a result, not an
   * error: the report says why.
   */
  waitFor(expected: ExpectedRecord, wait: WaitLimits, log: Log): Promise<DnsReport>;
  /**
   * The texts of all TXT records at a name, sorted, from the authoritative servers only.
   *
   * @param limitMs what has not answered by then counts as silent
   * @throws {DnsError} when no authoritative server answers
   */
  currentTxt(name: string, limitMs?: number): Promise<readonly string[]>;
}

/** How long to wait at most, and the longest pause between two looks. */
export interface WaitLimits {
  readonly timeoutMs: number;
  readonly pollIntervalMs: number;
}

/** What a watch works with. */
export interface WatchServices {
  readonly client: DnsClient;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** The zone's name servers according to this machine's own resolver; `undefined` when it gives no answer. */
  systemNameServers(zone: string): Promise<readonly string[] | undefined>;
  /** 53, except in tests. */
  readonly authoritativePort?: number;
}

/** A referral may lead to another referral; no real tree of zones is deeper than this. */
const MAX_REFERRALS = 4;

/** Asks the authoritative servers first, which it finds through the resolvers, and then the resolvers themselves. */
export function createRecordWatch(settings: DnsSettings, services: WatchServices): RecordWatch {
  // The same objects for all waits: the client remembers per server which transport worked and which address is next.
  const resolvers = settings.resolvers.map(resolverServer);
  const { authoritativeServers: given } = settings;
  const chosen = { resolvers, given: typeof given === 'string' ? given : givenServers(given, resolvers) };
  return {
    waitFor: (expected, limits, log) => new Watch(settings, chosen, services, expected, log).run(limits),
    currentTxt: (name, limitMs) => {
      const servers = typeof chosen.given === 'string' ? undefined : chosen.given;
      return currentTxt(name, servers, { authoritativePort: 53, ...services, resolvers }, limitMs);
    },
  };
}

/** The servers that the settings name, ready to be asked. */
interface ChosenServers {
  readonly resolvers: readonly DnsServer[];
  readonly given: 'auto' | 'off' | readonly DnsServer[];
}

/** One wait for one record. */
class Watch {
  readonly #settings: DnsSettings;
  readonly #services: WatchServices & { readonly authoritativePort: number };
  readonly #expected: ExpectedRecord;
  readonly #log: Log;
  readonly #resolvers: readonly DnsServer[];
  readonly #given: ChosenServers['given'];
  readonly #startedAtMs: number;
  #referrals = 0;
  /** Servers that gave a referral which could not be followed. */
  #referring: readonly ServerEvidence[] = [];
  #discovery: Discovery = { kind: 'unknown', reason: 'not looked for yet' };

  constructor(
    settings: DnsSettings,
    { resolvers, given }: ChosenServers,
    services: WatchServices,
    expected: ExpectedRecord,
    log: Log,
  ) {
    this.#settings = settings;
    this.#services = { authoritativePort: 53, ...services };
    this.#expected = expected;
    this.#log = log;
    this.#resolvers = resolvers;
    this.#given = given;
    this.#startedAtMs = services.clock.now();
  }

  async run(limits: WaitLimits): Promise<DnsReport> {
    this.#discovery = await this.#discover();
    if (this.#discovery.kind === 'not-registered') {
      return this.#report({ reason: 'not-registered', authoritative: false }, []);
    }
    const listener = this.#listener(limits);
    for (; ; this.#referrals++) {
      this.#log.detail(this.#describeStart());
      const { verdict, servers } = await this.#wait(limits, listener);
      if (verdict.reason !== 'referred') return this.#report(verdict, servers);
      if (this.#referrals === MAX_REFERRALS)
        return this.#report({ reason: 'timed-out', authoritative: false }, servers);
      this.#discovery = await this.#follow(verdict.referral);
      const isLost = this.#discovery.kind !== 'found';
      this.#referring = isLost ? servers.filter(({ server }) => server.role === 'authoritative') : [];
    }
  }

  async #discover(): Promise<Discovery> {
    if (this.#given === 'off') return { kind: 'unknown', reason: 'authoritative-servers is off' };
    if (this.#given === 'auto') return discoverAuthority(this.#expected.name, this.#discoveryServices());
    return { kind: 'found', apex: this.#expected.name, servers: this.#given };
  }

  async #follow({ zone, nameServers }: Referral): Promise<Discovery> {
    const servers = await serversNamed(nameServers, this.#discoveryServices());
    return servers.length > 0
      ? { kind: 'found', apex: zone, servers }
      : { kind: 'unknown', reason: `no address was found for any name server of ${zone}` };
  }

  #wait(limits: WaitLimits, listener: WaitListener): Promise<WaitResult> {
    const authoritative = this.#discovery.kind === 'found' ? this.#discovery.servers : [];
    const servers = new Map([...authoritative, ...this.#resolvers].map((server) => [server.label, server]));
    const plan = {
      authoritative: authoritative.map(({ label }) => label),
      resolvers: this.#resolvers.map(({ label }) => label),
      required: this.#settings.resolvers.filter(({ required }) => required).map(({ label }) => label),
      quorum: this.#settings.quorum,
      startedAtMs: this.#startedAtMs,
      zone: this.#zone(),
      ...limits,
    };
    return waitForRecord(this.#expected, servers, plan, listener, this.#services);
  }

  async #report(
    verdict: Parameters<typeof toDnsReport>[0]['verdict'],
    servers: readonly ServerEvidence[],
  ): Promise<DnsReport> {
    const endedAtMs = this.#services.clock.now();
    const diagnosis = verdict.reason === 'visible' ? [] : await this.#explain(servers, this.#services.signal);
    const wait = { expected: this.#expected, startedAtMs: this.#startedAtMs, endedAtMs };
    return toDnsReport({ ...wait, verdict, zone: this.#zone(), servers, diagnosis });
  }

  async #explain(servers: readonly ServerEvidence[], signal: AbortSignal): Promise<readonly Finding[]> {
    const ofRole = (role: ServerRole) => servers.filter(({ server }) => server.role === role);
    const scene = {
      expected: this.#expected,
      zone: this.#zone(),
      isDiscovered: this.#settings.authoritativeServers === 'auto',
      authoritative: [...this.#referring, ...ofRole('authoritative')],
      resolvers: ofRole('resolver'),
      resolversMayKnow: ofRole('resolver').some(({ reply }) => reply !== undefined),
    };
    const { client, clock, systemNameServers } = this.#services;
    const probes = await investigate(scene, {
      client,
      clock,
      signal,
      systemNameServers,
      parentNameServers: (zone) => parentNameServers(zone, { ...this.#discoveryServices(), signal }),
    });
    const evidence: Evidence = {
      ...scene,
      probes,
      isRegistered: this.#discovery.kind !== 'not-registered',
      nowMs: this.#services.clock.now(),
    };
    return diagnose(evidence);
  }

  /** The zone, if it was found through DNS. Servers from the settings may serve a zone that starts higher up. */
  #zone(): string | undefined {
    const isGiven = this.#settings.authoritativeServers !== 'auto' && this.#referrals === 0;
    return this.#discovery.kind === 'unknown' || isGiven ? undefined : this.#discovery.apex;
  }

  #discoveryServices() {
    return { ...this.#services, resolvers: this.#resolvers };
  }

  #describeStart(): string {
    const discovery = this.#discovery;
    if (discovery.kind === 'found') {
      const labels = discovery.servers.map(({ label }) => label).join(', ');
      return `Asking the authoritative servers of ${discovery.apex}: ${labels}.`;
    }
    const reason = discovery.kind === 'unknown' ? discovery.reason : 'the domain is not registered';
    return `Asking only the resolvers, one of them first, because ${reason}.`;
  }

  #listener({ timeoutMs }: WaitLimits): WaitListener {
    return new WaitLog(this.#startedAtMs, timeoutMs, {
      log: this.#log,
      clock: this.#services.clock,
      explain: (servers, signal) => this.#explain(servers, signal),
    });
  }
}

/** Servers are known by their labels, so each label must be unique; the same address may also be a resolver. */
function givenServers(
  addresses: readonly SocketAddress[],
  resolvers: readonly DnsServer[],
): readonly DnsServer[] {
  const taken = new Set(resolvers.map(({ label }) => label));
  const servers = addresses.map((address): DnsServer => {
    const server = authoritativeServer(address);
    return taken.has(server.label) ? { ...server, label: `${server.label} (authoritative)` } : server;
  });
  return [...new Map(servers.map((server) => [server.label, server])).values()];
}
