/**
 * Measures the action against NSD and Unbound on loopback: `npm run bench`. Prints its tables, and writes them into
 * docs/performance.md and all figures into bench/results.json. `npm run bench -- --quick` takes fewer repeats and shorter
 * TTLs, and writes nothing. It takes root, for the network namespace of the sub-domain.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { missingPrograms } from '../__tests__/real/dns-worlds.ts';
import { replaceBetween, table } from '../scripts/markdown.ts';
import { measureLag } from './lag.ts';
import { measureManyDomains } from './many-domains.ts';
import { measureStartUp } from './start-up.ts';
import { measureSubDomain } from './sub-domain.ts';

const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false } } });
const missing = missingPrograms();
if (missing.length > 0)
  throw new Error(
    `not installed: ${missing.join(', ')}; on Debian: apt-get install nsd unbound bind9-dnsutils`,
  );

const startUp = await measureStartUp(values.quick ? 5 : 21);
const domains = values.quick ? 100 : 1000;
const steps = values.quick ? 1 : 5;
const many = [
  await measureManyDomains('wait-for-dns', domains, steps),
  await measureManyDomains('check', domains, steps),
];
const [ttls, repeats] = values.quick ? [[10], 1] : [[10, 40, 80], 3];
const lag = [...(await measureLag(ttls, repeats)), ...(await measureSubDomain(ttls, repeats))];

const seconds = (value: number): string => value.toFixed(1);
const lagOfLoop = (row: (typeof lag)[number]): number =>
  lag.find((one) => one.strategy === 'dig loop' && one.scenario === row.scenario && one.ttlS === row.ttlS)
    ?.lagS ?? Number.NaN;

const tables = {
  lag: table([
    [
      'cached by an early query',
      'TTL (s)',
      'strategy',
      'lag (s)',
      'worst (s)',
      'lag of the dig loop ÷ lag',
      'queries about the domain to the resolver',
      'before publication',
      'to the authoritative server',
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
  ]),
  'start-up': table([
    [
      'one look (ms)',
      '`node:https` alone (ms)',
      'ratio',
      '`node -e 0` (ms)',
      'ratio',
      'wrong input (ms)',
      'wait, minus one second (ms)',
    ],
    [
      startUp.actionMs.toFixed(0),
      startUp.httpsNodeMs.toFixed(0),
      startUp.ratioToHttps.toFixed(2),
      startUp.emptyNodeMs.toFixed(0),
      startUp.ratioToEmpty.toFixed(2),
      startUp.wrongInputMs.toFixed(0),
      startUp.overheadMs.toFixed(0),
    ],
  ]),
  many: table([
    [
      'mode',
      'email domains',
      'visible',
      'total (s)',
      'peak memory (MiB)',
      'TXT queries to the authoritative server',
      'to the four resolvers',
      'API requests',
    ],
    ...many.map((row) => [
      `\`${row.mode}\``,
      String(row.domains),
      String(row.visible),
      seconds(row.totalS),
      row.peakMib.toFixed(0),
      String(row.questionsToAuthoritative),
      String(row.questionsToResolvers),
      String(row.apiRequests),
    ]),
  ]),
};
console.log(Object.values(tables).join('\n\n'));

if (!values.quick) {
  const machine = { node: process.version, cpus: cpus().length, measuredAt: new Date().toISOString() };
  const results = JSON.stringify({ machine, lag, startUp, many }, null, 2);
  await writeFile(new URL('results.json', import.meta.url), `${results}\n`);
  const page = new URL('../docs/performance.md', import.meta.url);
  const text = Object.entries(tables).reduce(
    (so, [name, content]) => replaceBetween(so, name, content),
    await readFile(page, 'utf8'),
  );
  await writeFile(page, text);
}
