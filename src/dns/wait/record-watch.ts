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
import { describeServer } from './wording.ts';

/** Looks for a TXT record until it is visible. */
export interface RecordWatch {
  /**
   * Waits for the record, at most `timeoutMs`; `0` looks once. That it is not there is a result, no error; the
   * report says why.
   */
  waitFor(expected: ExpectedRecord, wait: WaitLimits, log: Log): Promise<DnsReport>;
  /**
   * The texts of all TXT records at a name, by the authoritative servers alone, sorted.
   *
   * @throws {DnsError} when none of them answers
   */
  currentTxt(name: string): Promise<readonly string[]>;
}

/** How long to wait, and how long to pause at most. */
export interface WaitLimits {
  readonly timeoutMs: number;
  readonly pollIntervalMs: number;
}

/** What a watch works with. */
export interface WatchServices {
  readonly client: DnsClient;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** The name servers of a zone by the machine's own resolver; `undefined` when it gives no answer. */
  systemNameServers(zone: string): Promise<readonly string[] | undefined>;
  /** 53, save in tests. */
  readonly authoritativePort?: number;
}

/** A parent that refers to a child that refers to a grandchild…: no real tree is deeper. */
const MAX_REFERRALS = 4;

/** Authoritative servers first, found through the resolvers; then the resolvers themselves. */
export function createRecordWatch(settings: DnsSettings, services: WatchServices): RecordWatch {
  // Once for all waits: the client remembers by the server which transport got through, and whose turn it is.
  const resolvers = settings.resolvers.map(resolverServer);
  const { authoritativeServers: given } = settings;
  const targets = { resolvers, given: typeof given === 'string' ? given : givenServers(given, resolvers) };
  return {
    waitFor: (expected, limits, log) => new Watch(settings, targets, services, expected, log).run(limits),
    currentTxt: (name) =>
      currentTxt(name, typeof targets.given === 'string' ? undefined : targets.given, {
        authoritativePort: 53,
        ...services,
        resolvers,
      }),
  };
}

/** The servers that the settings name, as they are asked. */
interface Targets {
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
  readonly #given: Targets['given'];
  readonly #startedAtMs: number;
  #referrals = 0;
  /** Those whose referral could not be followed. */
  #referring: readonly ServerEvidence[] = [];
  #discovery: Discovery = { kind: 'unknown', reason: 'not looked for yet' };

  constructor(
    settings: DnsSettings,
    { resolvers, given }: Targets,
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
    for (; ; this.#referrals++) {
      this.#log.info(this.#describeStart());
      const { verdict, servers } = await this.#wait(limits);
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
      : { kind: 'unknown', reason: `no address of a name server of ${zone} could be found` };
  }

  #wait(limits: WaitLimits): Promise<WaitResult> {
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
    return waitForRecord(this.#expected, servers, plan, this.#listener(), this.#services);
  }

  async #report(
    verdict: Parameters<typeof toDnsReport>[0]['verdict'],
    servers: readonly ServerEvidence[],
  ): Promise<DnsReport> {
    const endedAtMs = this.#services.clock.now();
    const diagnosis = verdict.reason === 'visible' ? [] : await this.#explain(servers, this.#services.signal);
    const facts = { expected: this.#expected, startedAtMs: this.#startedAtMs, endedAtMs };
    return toDnsReport({ ...facts, verdict, zone: this.#zone(), servers, diagnosis });
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

  /** The zone, where DNS has told it: servers that were given may serve one that begins further up. */
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
    return `Asking the resolvers alone, one of them first: ${reason}.`;
  }

  #listener(): WaitListener {
    const { clock } = this.#services;
    return {
      changed: (server, state) => this.#log.info(describeServer(server, state, clock.now())),
      askingResolvers: () => {
        this.#log.info(`Now the resolvers: ${this.#resolvers.map(({ label }) => label).join(', ')}.`);
      },
      stillWaiting: async (servers, signal) => {
        const [main] = await this.#explain(servers, signal);
        const present = servers.filter(({ state }) => state.observation?.kind === 'present').length;
        const asked = servers.filter(({ reply }) => reply !== undefined).length;
        const why = main === undefined ? '' : ` Most likely ${main.evidence}. ${main.remedy}`;
        this.#log.info(`Still waiting: ${present} of ${asked} servers asked have the record.${why}`);
      },
    };
  }
}

/** Servers of a wait go by their labels, so each must have its own; one address may even be both kinds. */
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
