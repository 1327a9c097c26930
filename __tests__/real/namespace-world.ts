/**
 * Runs inside a network namespace of its own, where port 53 is free: a zone on NSD, Unbound in front of it, and
 * the action, which is told nothing but the resolver. Prints what came of it as JSON.
 */
import { runStep } from '../../sandbox/runner.ts';
import { startNsd, startUnbound } from './dns-worlds.ts';

const CODE = 'cloudflare_dashboard_sso=023e105f4ecef8ad9ca31a8372d0c353';
const ORIGIN = 'company.example';
const SERVERS = ['@ NS ns1', 'ns1 A 127.0.0.53', '@ TXT "v=spf1 -all"'];

await using nsd = await startNsd({
  host: '127.0.0.53',
  port: 53,
  zones: [
    { origin: ORIGIN, records: SERVERS },
    { origin: 'example', records: ['@ NS a.nic', 'a.nic A 127.0.0.53', 'company NS ns1.company'] },
  ],
});
await using unbound = await startUnbound({
  host: '127.0.0.54',
  port: 53,
  stubZones: { example: [nsd.address], [ORIGIN]: [nsd.address] },
});

const TYPES = ['A', 'AAAA', 'CNAME', 'NS', 'SOA', 'TXT'] as const;
const questionsOfAnyType = () => TYPES.reduce((sum, type) => sum + unbound.questions(ORIGIN, type), 0);

let questionsBefore = -1;
let publication: Promise<void> | undefined;
const { exitCode, stdout, outputs } = await runStep({
  with: {
    mode: 'wait-for-dns',
    'email-domain': ORIGIN,
    'verification-code': CODE,
    resolvers: unbound.host,
    timeout: '20s',
  },
  onLine(line) {
    if (!line.includes('not have the record') || publication !== undefined) return;
    questionsBefore = questionsOfAnyType();
    publication = nsd.setRecords(ORIGIN, [...SERVERS, `@ TXT "${CODE}"`]);
  },
});
await publication;

const questions = { before: questionsBefore, after: unbound.questions(ORIGIN, 'TXT') };
console.log(JSON.stringify({ exitCode, stdout, outputs, questions }));
