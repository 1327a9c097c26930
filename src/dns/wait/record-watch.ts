import type { DnsReport, Finding } from '../../domain/dns-report.ts';
import type { SocketAddress } from '../../domain/dns-server.ts';
import type { Log } from '../../domain/log.ts';
import type { DnsSettings } from '../../domain/settings.ts';
import type { Clock } from '../../time/clock.ts';
import { growingPauses } from '../../time/growing-pauses.ts';
import type { DnsClient } from '../client/client.ts';
import { authoritativeServer, type DnsServer, resolverServer } from '../client/servers.ts';
import type { ServerEvidence } from '../diagnosis/evidence.ts';
import { AuthorityFinder } from '../discovery/authority.ts';
import type { ExpectedRecord } from '../observation/observation.ts';
import type { Detour } from './cname-way.ts';
import { currentTxt } from './current-txt.ts';
import { explain, holders } from './explain.ts';
import { toDnsReport } from './report.ts';
import { ServerSearch } from './server-search.ts';
import { typesFromWildcard } from './types-from-wildcard.ts';
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
  /**
   * The types of the records that a name has only from a wildcard, from the authoritative servers only; empty if they do
   * not say so.
   *
   * @param limitMs what has not answered by then counts as silent
   */
  typesFromWildcard(name: string, limitMs: number): Promise<readonly string[]>;
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

/** A domain that is not registered yet is told again this often. */
const STILL_UNREGISTERED_MS = 300_000;

/**
 * Asks the authoritative servers first, which it finds from the top-level domain down, and then the resolvers.
 */
export function createRecordWatch(settings: DnsSettings, services: WatchServices): RecordWatch {
  // The same objects for all waits: the client remembers per server which transport worked and which address is next.
  const resolvers = settings.resolvers.map(resolverServer);
  const { authoritativeServers: given } = settings;
  const chosen = { resolvers, given: typeof given === 'string' ? given : givenServers(given, resolvers) };
  const finder = new AuthorityFinder({ authoritativePort: 53, ...services, resolvers });
  const known = typeof chosen.given === 'string' ? undefined : chosen.given;
  return {
    waitFor: (expected, limits, log) =>
      new Watch(settings, chosen, finder, services, expected, log).run(limits),
    currentTxt: (name, limitMs) => currentTxt(name, known, finder, services, limitMs),
    typesFromWildcard: (name, limitMs) => typesFromWildcard(name, known, finder, services, limitMs),
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
  readonly #services: WatchServices;
  readonly #expected: ExpectedRecord;
  readonly #log: Log;
  readonly #resolvers: readonly DnsServer[];
  readonly #finder: AuthorityFinder;
  readonly #search: ServerSearch;
  readonly #startedAtMs: number;
  #toldStart = '';

  constructor(
    settings: DnsSettings,
    { resolvers, given }: ChosenServers,
    finder: AuthorityFinder,
    services: WatchServices,
    expected: ExpectedRecord,
    log: Log,
  ) {
    this.#settings = settings;
    this.#services = services;
    this.#expected = expected;
    this.#log = log;
    this.#resolvers = resolvers;
    this.#finder = finder;
    this.#search = new ServerSearch(expected.name, given, finder);
    this.#startedAtMs = services.clock.now();
  }

  async run(limits: WaitLimits): Promise<DnsReport> {
    const listener = this.#listener(limits);
    await this.#search.look();
    for (;;) {
      if (!(await this.#isRegistered(limits, listener)))
        return this.#report({ reason: 'not-registered', authoritative: false }, []);
      this.#sayStart();
      const { verdict, servers } = await this.#wait(limits, listener);
      if (!isDetour(verdict)) return this.#report(verdict, servers);
      if (verdict.reason === 'referred' && !this.#search.mayFollow)
        return this.#report({ reason: 'timed-out', authoritative: false }, servers);
      await this.#search.takeDetour(verdict, servers);
    }
  }

  /** Whether the domain is registered by the time that is left. */
  async #isRegistered({ timeoutMs, pollIntervalMs }: WaitLimits, listener: WaitListener): Promise<boolean> {
    const { clock, signal } = this.#services;
    const deadlineMs = this.#startedAtMs + timeoutMs;
    const pauses = growingPauses(pollIntervalMs);
    let toldAtMs = Number.NEGATIVE_INFINITY;
    while (this.#search.end.discovery.kind === 'not-registered') {
      const nowMs = clock.now();
      if (nowMs >= deadlineMs) return false;
      if (nowMs - toldAtMs >= STILL_UNREGISTERED_MS) {
        toldAtMs = nowMs;
        await listener.stillWaiting([], signal);
      }
      await clock.sleep(Math.min(pauses.next().value, deadlineMs - nowMs), signal);
      await this.#search.look();
    }
    return true;
  }

  #wait(limits: WaitLimits, listener: WaitListener): Promise<WaitResult> {
    const links = this.#search.linksToAsk();
    const authoritative = links.flatMap((link) => link.servers);
    const servers = new Map([...authoritative, ...this.#resolvers].map((server) => [server.label, server]));
    const plan = {
      authoritative: authoritative.map(({ label }) => label),
      resolvers: this.#resolvers.map(({ label }) => label),
      required: this.#settings.resolvers.filter(({ required }) => required).map(({ label }) => label),
      quorum: this.#settings.quorum,
      startedAtMs: this.#startedAtMs,
      links,
      endless: this.#search.chain.endless,
      mayFollow: this.#search.mayFollow,
      ...limits,
    };
    return waitForRecord(this.#expected, servers, plan, listener, {
      ...this.#services,
      haveServersMoved: () => this.#search.haveMoved(),
    });
  }

  async #report(
    verdict: Parameters<typeof toDnsReport>[0]['verdict'],
    servers: readonly ServerEvidence[],
  ): Promise<DnsReport> {
    const endedAtMs = this.#services.clock.now();
    const diagnosis = verdict.reason === 'visible' ? [] : await this.#explain(servers, this.#services.signal);
    const wait = { expected: this.#expected, startedAtMs: this.#startedAtMs, endedAtMs };
    return toDnsReport({ ...wait, verdict, zone: this.#search.zone, servers: holders(servers), diagnosis });
  }

  #explain(servers: readonly ServerEvidence[], signal: AbortSignal): Promise<readonly Finding[]> {
    const isDiscovered = this.#settings.authoritativeServers === 'auto';
    const wait = { expected: this.#expected, search: this.#search, isDiscovered };
    return explain(servers, wait, { ...this.#services, finder: this.#finder, signal });
  }

  #sayStart(): void {
    const start = this.#search.describe();
    if (start === this.#toldStart) return;
    this.#toldStart = start;
    this.#log.detail(start);
  }

  #listener({ timeoutMs }: WaitLimits): WaitListener {
    return new WaitLog(this.#startedAtMs, timeoutMs, {
      log: this.#log,
      clock: this.#services.clock,
      explain: (servers, signal) => this.#explain(servers, signal),
    });
  }
}

function isDetour(verdict: WaitResult['verdict']): verdict is Detour {
  return verdict.reason === 'referred' || verdict.reason === 'led-elsewhere' || verdict.reason === 'moved';
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
