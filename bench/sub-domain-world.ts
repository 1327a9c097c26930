/**
 * Runs inside a network namespace of its own, where port 53 is free: `TTL,TTL… REPEATS`. A top-level domain on NSD, and for
 * each run a domain of its own in it, with its own NSD and BIND. Prints the rows as JSON. BIND,
 * because it keeps for all types that a name does not exist (RFC 2308, section 5); Unbound does not.
 */
import { startNamed } from '../__tests__/real/dns-daemons.ts';
import { startNsd } from '../__tests__/real/dns-worlds.ts';
import { startRecorder } from '../sandbox/dns/recorder.ts';
import { type LagCase, measureCases, type Run, runStrategy } from './lag.ts';

const [ttls = '', repeats = ''] = process.argv.slice(2);
const TOP_LEVEL = 'test';
const PORT = 53;
/** More than there are rows in a table. */
const DOMAINS = 32;

const labelOf = (index: number): string => `company${index}`;
const hostOf = (index: number): string => `127.3.0.${index + 1}`;
const delegations = Array.from({ length: DOMAINS }, (_, index) => [
  `${labelOf(index)} NS ns1.${labelOf(index)}`,
  `ns1.${labelOf(index)} A ${hostOf(index)}`,
]);

await using topLevel = await startNsd({
  host: '127.0.0.53',
  port: PORT,
  zones: [{ origin: TOP_LEVEL, records: ['@ NS a.nic', 'a.nic A 127.0.0.53', ...delegations.flat()] }],
});
const rows = await measureCases(['no such name'], ttls.split(',').map(Number), Number(repeats), runBelow);
console.log(JSON.stringify(rows));

async function runBelow({ ttlS, strategy }: LagCase, index: number): Promise<Run> {
  const [origin, host] = [`${labelOf(index)}.${TOP_LEVEL}`, hostOf(index)];
  const records = ['@ NS ns1', `ns1 A ${host}`, '@ TXT "v=spf1 -all"'];
  await using nsd = await startNsd({ zones: [{ origin, ttlS, minimumS: ttlS, records }] });
  await using bind = await startNamed({
    options: ['recursion yes', 'dnssec-validation no', 'allow-query { any; }'],
    zones: { [TOP_LEVEL]: `type static-stub; server-addresses { ${topLevel.host}; };` },
  });
  await using authoritative = await startRecorder({ host, port: PORT, target: nsd.address });
  await using resolver = await startRecorder({ target: bind.address });
  const servers = { authoritative, resolver, mustBeFound: true };
  // The servers are stopped at the return: not before the wait has ended.
  return await runStrategy(strategy, servers, { nsd, origin, records, owner: 'mail', ttlS });
}
