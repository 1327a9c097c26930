import { startNsd, startUnbound } from '../__tests__/real/dns-worlds.ts';
import { startCloudflareApi } from '../sandbox/cloudflare/cloudflare-api.ts';
import { startRecorder } from '../sandbox/dns/recorder.ts';
import { SANDBOX_ACCOUNT_ID, SANDBOX_API_TOKEN } from '../sandbox/index.ts';
import { runStep } from '../sandbox/runner.ts';
import { txtQuestions } from './lag.ts';
import { peakMemoryMib } from './start-up.ts';

const ORIGIN = 'company.test';
const RESOLVERS = 4;

/** What one step over many email domains costs. */
export interface ManyDomains {
  readonly mode: 'wait-for-dns' | 'check';
  readonly domains: number;
  readonly visible: number;
  readonly totalS: number;
  readonly peakMib: number;
  readonly questionsToAuthoritative: number;
  readonly questionsToResolvers: number;
  readonly apiRequests: number;
}

/** Of several such steps the one whose peak memory is the median: the moments of garbage collection are chance. */
export async function measureManyDomains(
  mode: ManyDomains['mode'],
  domains: number,
  steps: number,
): Promise<ManyDomains> {
  const measured: ManyDomains[] = [];
  for (let step = 0; step < steps; step++) measured.push(await measureStep(mode, domains));
  const [middle] = measured.toSorted((a, b) => a.peakMib - b.peakMib).slice(Math.floor(steps / 2));
  if (middle === undefined) throw new RangeError('no step, no median');
  return middle;
}

/** Many domains that all have their record, each with an enabled connector where the mode is to find one. */
async function measureStep(mode: ManyDomains['mode'], domains: number): Promise<ManyDomains> {
  const names = Array.from({ length: domains }, (_, index) => `d${index}.${ORIGIN}`);
  const code = (index: number): string => `cloudflare_dashboard_sso=${index.toString(16).padStart(32, '0')}`;
  const records = names.map((_, index) => `d${index} TXT "${code(index)}"`);
  await using nsd = await startNsd({
    zones: [{ origin: ORIGIN, records: ['@ NS ns1', 'ns1 A 127.0.0.1', ...records] }],
  });
  const stubZones = { [ORIGIN]: [nsd.address] };
  const unbounds = await Promise.all(Array.from({ length: RESOLVERS }, () => startUnbound({ stubZones })));
  const authoritative = await startRecorder({ target: nsd.address });
  const resolvers = await Promise.all(unbounds.map(({ address }) => startRecorder({ target: address })));
  await using api = await startCloudflareApi({ host: '127.0.0.1', now: Date.now, dnsAddress: nsd.address });
  api.store.addAccount({ accountId: SANDBOX_ACCOUNT_ID });
  api.tokens.add({ value: SANDBOX_API_TOKEN });
  for (const [index, emailDomain] of names.entries()) {
    const now = mode === 'check' ? ({ status: 'verified', enabled: true } as const) : {};
    api.store.create(SANDBOX_ACCOUNT_ID, { emailDomain, code: code(index), ...now });
  }
  let peakMib = 0;
  const watchMemory = (pid: number): void => {
    const timer = setInterval(() => {
      // The last look comes too late for a process that has just ended.
      peakMemoryMib(pid).then(
        (mib) => (peakMib = Math.max(peakMib, mib)),
        () => clearInterval(timer),
      );
    }, 25);
  };
  const { exitCode, durationMs, outputs } = await runStep({
    with: {
      mode,
      'email-domain': names.join('\n'),
      resolvers: resolvers.map(({ address }) => address).join(','),
      'authoritative-servers': authoritative.address,
      'api-url': api.url,
    },
    env: { CLOUDFLARE_ACCOUNT_ID: SANDBOX_ACCOUNT_ID, CLOUDFLARE_API_TOKEN: SANDBOX_API_TOKEN },
    onStart: watchMemory,
  });
  await Promise.all([authoritative, ...resolvers].map((recorder) => recorder.close()));
  await Promise.all(unbounds.map((unbound) => unbound.stop()));
  if (exitCode !== 0) throw new Error('the action failed');
  const connectors = JSON.parse(outputs['connectors'] ?? '[]') as readonly { dns_visible: boolean }[];
  return {
    mode,
    domains,
    visible: connectors.filter((connector) => connector.dns_visible).length,
    totalS: durationMs / 1000,
    peakMib,
    questionsToAuthoritative: txtQuestions(authoritative).length,
    questionsToResolvers: resolvers.flatMap(txtQuestions).length,
    apiRequests: api.requests.length,
  };
}
