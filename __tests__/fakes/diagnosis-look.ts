import { createDnsClient, type DnsClientOptions } from '../../src/dns/client/client.ts';
import { parseResolver, parseSocketAddress } from '../../src/dns/client/servers.ts';
import { createRecordWatch } from '../../src/dns/wait/record-watch.ts';
import type { DnsReport } from '../../src/domain/dns-report.ts';
import { systemClock } from '../../src/time/clock.ts';
import { EXPECTED } from '../samples/dns-responses.ts';
import { recordingLog } from './recording-log.ts';
import { type Routes, routedTransports } from './routed-transports.ts';

/** The domain whose record these tests look for, in the top-level domain `test`. */
export const DOMAIN = 'company.test';
/** The text of its record. */
export const CODE = EXPECTED.value;

/** Options of {@link look}. By default it looks once at {@link DOMAIN} and finds the authoritative servers itself. */
export interface LookOptions {
  readonly resolvers: readonly string[];
  readonly authoritative?: 'auto' | 'off' | readonly string[] | undefined;
  readonly name?: string;
  readonly routes?: Routes;
  readonly timeoutMs?: number;
  /** The name servers according to the machine's own resolver. */
  readonly systemNameServers?: readonly string[];
  /** Replace the real ones. */
  readonly transports?: Partial<DnsClientOptions['transports']>;
}

/** What a look found. */
export interface Look {
  readonly report: DnsReport;
  /** The cause IDs of the findings, the most telling first. */
  readonly causes: readonly string[];
  readonly lines: readonly string[];
}

/** Looks for the record as the action does: a record watch with a client that uses real sockets. */
export async function look(options: LookOptions): Promise<Look> {
  const { authoritative = 'auto', name = DOMAIN, routes = {}, timeoutMs = 0 } = options;
  const routed = routedTransports(routes);
  const client = createDnsClient({
    transports: { ...routed, tls: routed.tcp, https: routed.tcp, ...options.transports },
  });
  const resolvers = options.resolvers.flatMap((text) => parseResolver(text) ?? []);
  const settings = {
    resolvers: resolvers.map((resolver) => ({ ...resolver, required: false })),
    quorum: resolvers.length,
    authoritativeServers:
      typeof authoritative === 'string'
        ? authoritative
        : authoritative.flatMap((text) => parseSocketAddress(text, 53) ?? []),
  };
  const log = recordingLog();
  const watch = createRecordWatch(settings, {
    client,
    clock: systemClock,
    signal: new AbortController().signal,
    systemNameServers: async () => options.systemNameServers,
  });
  const limits = { timeoutMs, pollIntervalMs: 1000 };
  const report = await watch.waitFor({ name, value: CODE }, limits, log);
  return { report, causes: report.diagnosis.map(({ cause }) => cause), lines: log.lines };
}
