import { setTimeout as sleep } from 'node:timers/promises';
import { type Nsd, startNsd, startUnbound } from '../__tests__/real/dns-worlds.ts';
import { type Recorder, startRecorder } from '../sandbox/dns/recorder.ts';
import { median } from './median.ts';
import { type Servers, STRATEGIES } from './strategies.ts';

/** What the resolver would learn from a question that comes too early. */
export type Scenario = 'absence' | 'old RRset' | 'no such name';

/** One row of the table; seconds are medians over the repeats. Questions are those about the domain, of any type. */
export interface LagRow {
  readonly scenario: Scenario;
  readonly ttlS: number;
  readonly strategy: string;
  /** From publication until the strategy takes the record for visible. */
  readonly lagS: number;
  readonly lagMaxS: number;
  readonly questionsToResolver: number;
  readonly questionsToResolverBeforePublication: number;
  readonly questionsToAuthoritative: number;
}

/** One row before it is measured. */
export type LagCase = Pick<LagRow, 'scenario' | 'ttlS' | 'strategy'>;

const PUBLISHED_AFTER_MS = 5000;
const ORIGIN = 'company.test';
const VALUE = 'cloudflare_dashboard_sso=023e105f4ecef8ad9ca31a8372d0c353';

/** Every strategy at the apex, side by side: each run has an NSD and an Unbound of its own. */
export function measureLag(ttls: readonly number[], repeats: number): Promise<readonly LagRow[]> {
  return measureCases(['absence', 'old RRset'], ttls, repeats, runAtApex);
}

/** Every strategy in these scenarios, side by side. */
export async function measureCases(
  scenarios: readonly Scenario[],
  ttls: readonly number[],
  repeats: number,
  run: (lagCase: LagCase, index: number) => Promise<Run>,
): Promise<readonly LagRow[]> {
  const rows = scenarios.flatMap((scenario) =>
    ttls.flatMap((ttlS) => Object.keys(STRATEGIES).map((strategy) => ({ scenario, ttlS, strategy }))),
  );
  const runs: (readonly Run[])[] = [];
  for (let repeat = 0; repeat < repeats; repeat++) runs.push(await Promise.all(rows.map(run)));
  return rows.map((row, index) => ({ ...row, ...summarise(runs.flatMap((one) => one[index] ?? [])) }));
}

/** What came of one strategy, once. */
export interface Run {
  readonly lagMs: number;
  readonly toResolver: number;
  readonly toResolverBefore: number;
  readonly toAuthoritative: number;
}

function summarise(runs: readonly Run[]): Omit<LagRow, keyof LagCase> {
  return {
    lagS: median(runs.map(({ lagMs }) => lagMs)) / 1000,
    lagMaxS: Math.max(...runs.map(({ lagMs }) => lagMs)) / 1000,
    questionsToResolver: median(runs.map(({ toResolver }) => toResolver)),
    questionsToResolverBeforePublication: Math.max(...runs.map(({ toResolverBefore }) => toResolverBefore)),
    questionsToAuthoritative: median(runs.map(({ toAuthoritative }) => toAuthoritative)),
  };
}

async function runAtApex({ scenario, ttlS, strategy }: LagCase): Promise<Run> {
  const records = [
    '@ NS ns1',
    'ns1 A 127.0.0.1',
    ...(scenario === 'old RRset' ? ['@ TXT "v=spf1 -all"'] : []),
  ];
  await using nsd = await startNsd({ zones: [{ origin: ORIGIN, ttlS, minimumS: ttlS, records }] });
  await using unbound = await startUnbound({ stubZones: { [ORIGIN]: [nsd.address] } });
  await using authoritative = await startRecorder({ target: nsd.address });
  await using resolver = await startRecorder({ target: unbound.address });
  const servers = { authoritative, resolver, mustBeFound: false };
  // The servers are stopped at the return: not before the wait has ended.
  return await runStrategy(strategy, servers, { nsd, origin: ORIGIN, records, owner: '@', ttlS });
}

/** Where a record is published. */
export interface Publication {
  readonly nsd: Nsd;
  readonly origin: string;
  /** The records of the zone before. */
  readonly records: readonly string[];
  /** The owner of the new one, as the zone file has it. */
  readonly owner: string;
  readonly ttlS: number;
}

/** Waits by one strategy while the record is published. */
export async function runStrategy(
  strategy: string,
  servers: Servers,
  { nsd, origin, records, owner, ttlS }: Publication,
): Promise<Run> {
  const wait = STRATEGIES[strategy];
  if (wait === undefined) throw new RangeError(`there is no strategy ${strategy}`);
  const name = owner === '@' ? origin : `${owner}.${origin}`;
  const publish = async (): Promise<number> => {
    await sleep(PUBLISHED_AFTER_MS);
    await nsd.setRecords(origin, [...records, `${owner} TXT "${VALUE}"`]);
    return Date.now();
  };
  const [publishedAtMs, seenAtMs] = await Promise.all([
    publish(),
    wait({ name, value: VALUE }, servers, ttlS * 3 + 60).then(() => Date.now()),
  ]);
  const about = ({ queries }: Recorder) => queries.filter((query) => `.${query.name}`.endsWith(`.${origin}`));
  const toResolver = about(servers.resolver);
  return {
    lagMs: seenAtMs - publishedAtMs,
    toResolver: toResolver.length,
    toResolverBefore: toResolver.filter(({ receivedAt }) => receivedAt < publishedAtMs).length,
    toAuthoritative: about(servers.authoritative).length,
  };
}

/** Those of the questions that are about TXT records. */
export function txtQuestions({ queries }: Recorder): Recorder['queries'] {
  return queries.filter(({ type }) => type === 'TXT');
}
