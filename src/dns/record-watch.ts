import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { DnsSettings } from '../settings.ts';
import { type Discovery, discoverAuthority } from './authority.ts';
import type { DnsClient } from './client.ts';
import type { ExpectedRecord } from './observation.ts';
import type { ServerState, WaitPlan } from './propagation.ts';
import { type DnsReport, notRegisteredReport, toDnsReport } from './report.ts';
import { authoritativeServer, type DnsServer, resolverServer, type SocketAddress } from './servers.ts';
import { type WaitListener, waitForRecord } from './wait.ts';
import { describeServer } from './wording.ts';

/** Looks for a TXT record until it is visible. */
export interface RecordWatch {
  /**
   * Waits for the record, at most `timeoutMs`; `0` looks once. That it is not there is a result, no error.
   */
  waitFor(
    expected: ExpectedRecord,
    wait: { readonly timeoutMs: number; readonly pollIntervalMs: number },
    log: Log,
  ): Promise<DnsReport>;
}

interface WatchServices {
  readonly client: DnsClient;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** 53, save in tests. */
  readonly authoritativePort?: number;
}

/** Authoritative servers first, found through the resolvers; then the resolvers themselves. */
export function createRecordWatch(settings: DnsSettings, services: WatchServices): RecordWatch {
  const resolvers = settings.resolvers.map(resolverServer);
  const required = settings.resolvers.filter((resolver) => resolver.required).map(({ label }) => label);

  async function discover(name: string): Promise<Discovery> {
    const { authoritativeServers: given } = settings;
    if (given === 'off') return { kind: 'unknown', reason: 'authoritative-servers is off' };
    if (given !== 'auto') return { kind: 'found', apex: name, servers: givenServers(given, resolvers) };
    return discoverAuthority(name, { authoritativePort: 53, ...services, resolvers });
  }

  return {
    async waitFor(expected, { timeoutMs, pollIntervalMs }, log) {
      const startedAtMs = services.clock.now();
      const discovery = await discover(expected.name);
      const authoritative = discovery.kind === 'found' ? discovery.servers : [];
      const servers = new Map([...authoritative, ...resolvers].map((server) => [server.label, server]));
      const facts = () => ({
        expected,
        servers,
        zone:
          discovery.kind === 'unknown' || settings.authoritativeServers !== 'auto'
            ? undefined
            : discovery.apex,
        startedAtMs,
        endedAtMs: services.clock.now(),
      });
      if (discovery.kind === 'not-registered') return notRegisteredReport(facts());
      log.info(describeStart(discovery, authoritative));
      const plan: WaitPlan = {
        authoritative: authoritative.map(({ label }) => label),
        resolvers: resolvers.map(({ label }) => label),
        required,
        quorum: settings.quorum,
        startedAtMs,
        timeoutMs,
        pollIntervalMs,
      };
      const result = await waitForRecord(
        expected,
        servers,
        plan,
        logListener(log, services.clock, servers),
        services,
      );
      return toDnsReport(result, facts());
    },
  };
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

function describeStart(discovery: Discovery, authoritative: readonly DnsServer[]): string {
  if (discovery.kind !== 'found') {
    const reason = discovery.kind === 'unknown' ? discovery.reason : discovery.kind;
    return `Asking the resolvers alone, one of them first: ${reason}.`;
  }
  return `Asking the authoritative servers of ${discovery.apex}: ${authoritative.map(({ label }) => label).join(', ')}.`;
}

function logListener(log: Log, clock: Clock, servers: ReadonlyMap<string, DnsServer>): WaitListener {
  const describe = (state: ServerState): string => {
    const server = servers.get(state.label);
    return server === undefined ? state.label : describeServer(server, state, clock.now());
  };
  return {
    changed: (server, state) => log.info(describeServer(server, state, clock.now())),
    askingResolvers(states) {
      const resolvers = states.filter(({ label }) => servers.get(label)?.role === 'resolver');
      log.info(`Now the resolvers: ${resolvers.map(({ label }) => label).join(', ')}.`);
    },
    stillWaiting(states) {
      const missing = states.filter(
        (state) => state.observation !== undefined && state.observation.kind !== 'present',
      );
      log.info(`Still waiting. ${missing.map(describe).join(' ')}`);
    },
  };
}
