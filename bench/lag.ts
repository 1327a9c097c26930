import { setTimeout as sleep } from 'node:timers/promises';
import { type Nsd, startNsd, startUnbound } from '../__tests__/real/dns-worlds.ts';
import { type Recorder, startRecorder } from '../sandbox/dns/recorder.ts';
import { median } from './median.ts';
import { STRATEGIES, type Strategy } from './strategies.ts';

/** What the resolver would learn from a question that comes too early. */
export type Scenario = 'absence' | 'old RRset';

/** One row of the table; seconds are medians over the repeats. */
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

const PUBLISHED_AFTER_MS = 5000;
const ORIGIN = 'company.test';
const RECORD = { name: ORIGIN, value: 'cloudflare_dashboard_sso=023e105f4ecef8ad9ca31a8372d0c353' };

/** Every strategy in every scenario, side by side: each run has an NSD and an Unbound of its own. */
export async function measureLag(ttls: readonly number[], repeats: number): Promise<readonly LagRow[]> {
  const scenarios: readonly Scenario[] = ['absence', 'old RRset'];
  const rows = scenarios.flatMap((scenario) =>
    ttls.flatMap((ttlS) => Object.keys(STRATEGIES).map((strategy) => ({ scenario, ttlS, strategy }))),
  );
  const runs: (readonly Run[])[] = [];
  for (let repeat = 0; repeat < repeats; repeat++) {
    runs.push(
      await Promise.all(
        rows.map(({ scenario, ttlS, strategy }) => runOnce(scenario, ttlS, STRATEGIES[strategy])),
      ),
    );
  }
  return rows.map((row, index) => ({ ...row, ...summarise(runs.flatMap((run) => run[index] ?? [])) }));
}

interface Run {
  readonly lagMs: number;
  readonly toResolver: number;
  readonly toResolverBefore: number;
  readonly toAuthoritative: number;
}

function summarise(runs: readonly Run[]): Omit<LagRow, 'scenario' | 'ttlS' | 'strategy'> {
  return {
    lagS: median(runs.map(({ lagMs }) => lagMs)) / 1000,
    lagMaxS: Math.max(...runs.map(({ lagMs }) => lagMs)) / 1000,
    questionsToResolver: median(runs.map(({ toResolver }) => toResolver)),
    questionsToResolverBeforePublication: Math.max(...runs.map(({ toResolverBefore }) => toResolverBefore)),
    questionsToAuthoritative: median(runs.map(({ toAuthoritative }) => toAuthoritative)),
  };
}

async function runOnce(scenario: Scenario, ttlS: number, strategy: Strategy | undefined): Promise<Run> {
  if (strategy === undefined) throw new RangeError('no such strategy');
  const before = [
    '@ NS ns1',
    'ns1 A 127.0.0.1',
    ...(scenario === 'old RRset' ? ['@ TXT "v=spf1 -all"'] : []),
  ];
  await using nsd = await startNsd({ zones: [{ origin: ORIGIN, ttlS, minimumS: ttlS, records: before }] });
  await using unbound = await startUnbound({ stubZones: { [ORIGIN]: [nsd.address] } });
  await using authoritative = await startRecorder({ target: nsd.address });
  await using resolver = await startRecorder({ target: unbound.address });
  const [publishedAtMs, seenAtMs] = await Promise.all([
    publishLater(nsd, before),
    strategy(RECORD, { authoritative, resolver }, ttlS * 3 + 60).then(() => Date.now()),
  ]);
  const toResolver = txtQuestions(resolver);
  return {
    lagMs: seenAtMs - publishedAtMs,
    toResolver: toResolver.length,
    toResolverBefore: toResolver.filter(({ receivedAt }) => receivedAt < publishedAtMs).length,
    toAuthoritative: txtQuestions(authoritative).length,
  };
}

/** Those of the questions that are about TXT records. */
export function txtQuestions({ queries }: Recorder): Recorder['queries'] {
  return queries.filter(({ type }) => type === 'TXT');
}

async function publishLater(nsd: Nsd, records: readonly string[]): Promise<number> {
  await sleep(PUBLISHED_AFTER_MS);
  await nsd.setRecords(ORIGIN, [...records, `@ TXT "${RECORD.value}"`]);
  return Date.now();
}
