import type { DnsReport, Finding } from '../../domain/dns-report.ts';
import type { ServerRole, SocketAddress } from '../../domain/dns-server.ts';
import type { Log } from '../../domain/log.ts';
import type { DnsSettings } from '../../domain/settings.ts';
import type { Clock } from '../../time/clock.ts';
import { growingPauses } from '../../time/growing-pauses.ts';
import type { DnsClient } from '../client/client.ts';
import { authoritativeServer, type DnsServer, resolverServer } from '../client/servers.ts';
import { diagnose } from '../diagnosis/causes.ts';
import type { Evidence, ServerEvidence } from '../diagnosis/evidence.ts';
import { investigate } from '../diagnosis/investigation.ts';
import { AuthorityFinder, type CnameChain, type Discovery, type Link } from '../discovery/authority.ts';
import { type ExpectedRecord, MAX_CNAMES, observe, type Referral } from '../observation/observation.ts';
import { currentTxt } from './current-txt.ts';
import { toDnsReport } from './report.ts';
import { typesFromWildcard } from './types-from-wildcard.ts';
import {
  type AuthorityLink,
  type Detour,
  type WaitListener,
  type WaitResult,
  waitForRecord,
} from './wait.ts';
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

/** How often a wait starts anew because a referral or a CNAME leads to other servers. */
const MAX_DETOURS = 2 * MAX_CNAMES;
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
  readonly #given: ChosenServers['given'];
  readonly #finder: AuthorityFinder;
  readonly #startedAtMs: number;
  /** Where names lead, as seen in answers about TXT. */
  readonly #aliases = new Map<string, string>();
  #chain: CnameChain;
  #detours = 0;
  /** Servers that gave a referral which could not be followed. */
  #referring: readonly ServerEvidence[] = [];
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
    this.#given = given;
    this.#finder = finder;
    this.#startedAtMs = services.clock.now();
    this.#chain = unknownServers(expected.name, 'not looked for yet');
  }

  async run(limits: WaitLimits): Promise<DnsReport> {
    const listener = this.#listener(limits);
    this.#chain = await this.#untilRegistered(limits, listener);
    for (;;) {
      if (this.#end().discovery.kind === 'not-registered')
        return this.#report({ reason: 'not-registered', authoritative: false }, []);
      this.#sayStart();
      const { verdict, servers } = await this.#wait(limits, listener);
      if (!isDetour(verdict)) return this.#report(verdict, servers);
      if (verdict.reason === 'referred' && this.#detours === MAX_DETOURS)
        return this.#report({ reason: 'timed-out', authoritative: false }, servers);
      await this.#takeDetour(verdict, servers, () => this.#untilRegistered(limits, listener));
    }
  }

  async #takeDetour(
    detour: Detour,
    servers: readonly ServerEvidence[],
    findAgain: () => Promise<CnameChain>,
  ): Promise<void> {
    // What has moved is found already, and may move again.
    if (detour.reason === 'moved') return;
    this.#detours++;
    if (detour.reason === 'referred') {
      this.#chain = await this.#follow(detour.referral, servers);
      return;
    }
    if (detour.target === undefined) this.#aliases.delete(detour.name);
    else this.#aliases.set(detour.name, detour.target);
    this.#chain = await findAgain();
  }

  /** Looks whether the zone is on other servers by now, as after a move to another DNS provider. */
  async #haveServersMoved(): Promise<boolean> {
    if (this.#given !== 'auto' || this.#referring.length > 0) return false;
    const chain = await this.#find();
    if (chain.links.some(({ discovery }) => discovery.kind !== 'found')) return false;
    if (serversOf(chain) === serversOf(this.#chain)) return false;
    this.#chain = chain;
    return true;
  }

  /** Looks again until the domain is registered or the time is up. */
  async #untilRegistered(limits: WaitLimits, listener: WaitListener): Promise<CnameChain> {
    const { clock, signal } = this.#services;
    const deadlineMs = this.#startedAtMs + limits.timeoutMs;
    const pauses = growingPauses(limits.pollIntervalMs);
    for (let toldAtMs = Number.NEGATIVE_INFINITY; ; ) {
      const found = await this.#find();
      const isUnregistered = this.#end().discovery.kind === 'not-registered';
      // What cannot be asked for a moment is no reason to ask resolvers about a domain that is not there.
      if (!isUnregistered || found.links.at(-1)?.discovery.kind !== 'unknown') this.#chain = found;
      const nowMs = clock.now();
      if (this.#end().discovery.kind !== 'not-registered' || nowMs >= deadlineMs) return this.#chain;
      if (nowMs - toldAtMs >= STILL_UNREGISTERED_MS) {
        toldAtMs = nowMs;
        await listener.stillWaiting([], signal);
      }
      await clock.sleep(Math.min(pauses.next().value, deadlineMs - nowMs), signal);
    }
  }

  #find(): Promise<CnameChain> | CnameChain {
    const { name } = this.#expected;
    if (this.#given === 'off') return unknownServers(name, 'authoritative-servers is off');
    const given = this.#given === 'auto' ? undefined : this.#given;
    return this.#finder.chain(name, this.#aliases, given);
  }

  async #follow(referral: Referral, servers: readonly ServerEvidence[]): Promise<CnameChain> {
    const { name, discovery: before } = this.#end();
    const isKnown = before.kind === 'found' && before.apex !== undefined;
    const parent = isKnown ? { zone: before.apex, servers: before.servers, nameServers: [] } : undefined;
    const discovery = await this.#finder.follow(name, referral, parent);
    const isLost = discovery.kind !== 'found';
    this.#referring = isLost ? servers.filter(({ server }) => server.role === 'authoritative') : [];
    const [first, ...others] = this.#chain.links.with(-1, { name, discovery });
    return first === undefined ? this.#chain : { links: [first, ...others], endless: this.#chain.endless };
  }

  /** The name at the end of the chain, and its servers. */
  #end() {
    return this.#chain.links.at(-1) ?? this.#chain.links[0];
  }

  #wait(limits: WaitLimits, listener: WaitListener): Promise<WaitResult> {
    const links = this.#linksToAsk();
    const authoritative = links.flatMap((link) => link.servers);
    const servers = new Map([...authoritative, ...this.#resolvers].map((server) => [server.label, server]));
    const plan = {
      authoritative: authoritative.map(({ label }) => label),
      resolvers: this.#resolvers.map(({ label }) => label),
      required: this.#settings.resolvers.filter(({ required }) => required).map(({ label }) => label),
      quorum: this.#settings.quorum,
      startedAtMs: this.#startedAtMs,
      links,
      endless: this.#chain.endless,
      mayFollow: this.#detours < MAX_DETOURS,
      ...limits,
    };
    return waitForRecord(this.#expected, servers, plan, listener, {
      ...this.#services,
      haveServersMoved: () => this.#haveServersMoved(),
    });
  }

  /** All links if the servers of the last are known; otherwise only the resolvers can tell. */
  #linksToAsk(): readonly AuthorityLink[] {
    if (this.#end().discovery.kind !== 'found') return [];
    const taken = new Set<string>();
    return this.#chain.links.flatMap(({ name, discovery }): AuthorityLink[] => {
      if (discovery.kind !== 'found') return [];
      const servers = discovery.servers.map((server) =>
        taken.has(server.label) ? { ...server, label: `${server.label} for ${name}` } : server,
      );
      for (const { label } of servers) taken.add(label);
      return [{ name, zone: discovery.apex, servers }];
    });
  }

  async #report(
    verdict: Parameters<typeof toDnsReport>[0]['verdict'],
    servers: readonly ServerEvidence[],
  ): Promise<DnsReport> {
    const endedAtMs = this.#services.clock.now();
    const diagnosis = verdict.reason === 'visible' ? [] : await this.#explain(servers, this.#services.signal);
    const wait = { expected: this.#expected, startedAtMs: this.#startedAtMs, endedAtMs };
    return toDnsReport({ ...wait, verdict, zone: this.#zone(), servers: holders(servers), diagnosis });
  }

  async #explain(servers: readonly ServerEvidence[], signal: AbortSignal): Promise<readonly Finding[]> {
    const ofRole = (role: ServerRole) => holders(servers).filter(({ server }) => server.role === role);
    const { discovery } = this.#end();
    const scene = {
      expected: this.#expected,
      cnames: this.#chain.links.map(({ name }) => name),
      zone: this.#zone(),
      isDiscovered: this.#settings.authoritativeServers === 'auto',
      authoritative: [...this.#referring, ...this.#silent(discovery), ...ofRole('authoritative')],
      resolvers: ofRole('resolver'),
    };
    const { client, clock, systemNameServers } = this.#services;
    const parent = discovery.kind === 'found' ? discovery.parent : undefined;
    const probes = await investigate(scene, {
      client,
      clock,
      signal,
      systemNameServers,
      parentNameServers: async (zone) => (parent === undefined ? [] : this.#finder.delegation(zone, parent)),
    });
    const evidence: Evidence = {
      ...scene,
      endless: this.#chain.endless,
      probes,
      isRegistered: discovery.kind !== 'not-registered',
      // The search went from one zone to the next: servers above the zone answered as such servers do.
      parentAnswers: parent !== undefined,
      nowMs: this.#services.clock.now(),
    };
    return diagnose(evidence);
  }

  /** Servers above the domain that gave no usable answer: they show what is wrong with this network. */
  #silent(discovery: Discovery): readonly ServerEvidence[] {
    if (discovery.kind !== 'unknown') return [];
    return discovery.said.map(({ server, reply }) => ({
      server,
      reply,
      state: {
        label: server.label,
        observation: observe(reply, this.#expected, 'authoritative'),
        answeredAtMs: undefined,
        presentSinceMs: undefined,
        hasAnswered: reply.ok,
        saysBoth: false,
      },
    }));
  }

  /** The zone, if it was found through DNS. Servers from the settings may serve a zone that starts higher up. */
  #zone(): string | undefined {
    const { discovery } = this.#end();
    if (discovery.kind === 'not-registered') return discovery.registry;
    return discovery.kind === 'found' ? discovery.apex : undefined;
  }

  #sayStart(): void {
    const start = this.#describeStart();
    if (start === this.#toldStart) return;
    this.#toldStart = start;
    this.#log.detail(start);
  }

  #describeStart(): string {
    const { discovery, name } = this.#end();
    const [{ name: first }, ...others] = this.#chain.links;
    const alias = others.length === 0 ? '' : `${first} is a CNAME that leads to ${name}. `;
    if (discovery.kind === 'found') {
      const labels = discovery.servers.map(({ label }) => label).join(', ');
      return `${alias}Asking the authoritative servers of ${discovery.apex ?? name}: ${labels}.`;
    }
    const reason = discovery.kind === 'unknown' ? discovery.reason : 'the domain is not registered';
    return `${alias}Asking only the resolvers, one of them first, because ${reason}.`;
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

/** Equal for chains with the same names and servers. */
function serversOf({ links }: CnameChain): string {
  const labels = ({ discovery }: Link): readonly string[] =>
    discovery.kind === 'found' ? discovery.servers.map(({ label }) => label).sort() : [];
  return JSON.stringify(links.map((link) => [link.name, labels(link)]));
}

/** Leaves out servers that only say where the CNAME leads. */
function holders(servers: readonly ServerEvidence[]): readonly ServerEvidence[] {
  return servers.filter(({ state }) => state.observation?.kind !== 'alias');
}

function unknownServers(name: string, reason: string): CnameChain {
  return { links: [{ name, discovery: { kind: 'unknown', reason, said: [] } }], endless: undefined };
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
