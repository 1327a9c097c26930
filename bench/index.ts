/**
 * Measures the action against NSD and Unbound on loopback: `npm run bench`. Prints Markdown tables and writes
 * `bench/results.json`. `npm run bench -- --quick` takes fewer repeats and shorter TTLs.
 */
import { writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { missingPrograms } from '../__tests__/support/real-dns.ts';
import { measureLag } from './lag.ts';
import { measureManyDomains } from './many-domains.ts';
import { measureStartUp } from './start-up.ts';

const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false } } });
const missing = missingPrograms();
if (missing.length > 0)
  throw new Error(
    `not installed: ${missing.join(', ')}; on Debian: apt-get install nsd unbound bind9-dnsutils`,
  );

const startUp = await measureStartUp(values.quick ? 5 : 21);
const many = await measureManyDomains(values.quick ? 100 : 1000);
const lag = await measureLag(values.quick ? [10] : [10, 40, 80], values.quick ? 1 : 3);

const seconds = (value: number): string => value.toFixed(1);
const lagOfLoop = (row: (typeof lag)[number]): number =>
  lag.find((one) => one.strategy === 'dig loop' && one.scenario === row.scenario && one.ttlS === row.ttlS)
    ?.lagS ?? Number.NaN;

print('From publication to success', [
  [
    'cached meanwhile',
    'TTL (s)',
    'strategy',
    'lag (s)',
    'worst (s)',
    'lag of the dig loop ÷ lag',
    'asked resolver',
    '… before publication',
    'asked authoritative',
  ],
  ...lag.map((row) => [
    row.scenario,
    String(row.ttlS),
    row.strategy,
    seconds(row.lagS),
    seconds(row.lagMaxS),
    (lagOfLoop(row) / row.lagS).toFixed(1),
    String(row.questionsToResolver),
    String(row.questionsToResolverBeforePublication),
    String(row.questionsToAuthoritative),
  ]),
]);
print('Start-up and the record that is there from the start', [
  ['one look (ms)', 'node -e 0 (ms)', 'ratio', 'wait less its one second (ms)'],
  [
    startUp.actionMs.toFixed(0),
    startUp.emptyNodeMs.toFixed(0),
    startUp.ratio.toFixed(2),
    startUp.overheadMs.toFixed(0),
  ],
]);
print('Many domains in one step', [
  [
    'domains',
    'visible',
    'total (s)',
    'peak memory (MiB)',
    'asked authoritative',
    'asked 4 resolvers',
    'API requests',
  ],
  [
    String(many.domains),
    String(many.visible),
    seconds(many.totalS),
    many.peakMib.toFixed(0),
    String(many.questionsToAuthoritative),
    String(many.questionsToResolvers),
    String(many.apiRequests),
  ],
]);

const machine = {
  node: process.version,
  cpus: cpus().length,
  measuredAt: new Date().toISOString(),
  quick: values.quick,
};
await writeFile(
  new URL('results.json', import.meta.url),
  `${JSON.stringify({ machine, lag, startUp, many }, null, 2)}\n`,
);

function print(title: string, [head = [], ...rows]: readonly (readonly string[])[]): void {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  console.log(`\n### ${title}\n\n${[line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')}`);
}
