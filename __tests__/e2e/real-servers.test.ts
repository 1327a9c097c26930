import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CloudflareApi, startCloudflareApi } from '../../sandbox/cloudflare/cloudflare-api.ts';
import { SANDBOX_ACCOUNT_ID, SANDBOX_API_TOKEN } from '../../sandbox/index.ts';
import { runStep } from '../../sandbox/runner.ts';
import {
  missingPrograms,
  mustHaveRealDns,
  type Nsd,
  startNsd,
  startUnbound,
  type Unbound,
} from '../real/dns-worlds.ts';

const missing = missingPrograms();
const isSkipped = missing.length > 0 && !mustHaveRealDns();
if (isSkipped)
  console.log(`Skipped, since not installed: ${missing.join(', ')} (chain against real DNS servers)`);

const SPF = '@ TXT "v=spf1 -all"';

describe.skipIf(isSkipped)('the chain against NSD and Unbound', () => {
  let nsd: Nsd;
  let unbounds: readonly Unbound[];
  let api: CloudflareApi;

  const running: AsyncDisposable[] = [];
  const keep = <T extends AsyncDisposable>(started: T): T => {
    running.push(started);
    return started;
  };

  beforeEach(async () => {
    const records = ['@ NS ns1', 'ns1 A 127.0.0.1', SPF];
    nsd = keep(await startNsd({ zones: [{ origin: 'example.com', minimumS: 30, records }] }));
    const stubZones = { 'example.com': [nsd.address] };
    unbounds = [keep(await startUnbound({ stubZones })), keep(await startUnbound({ stubZones }))];
    api = keep(
      await startCloudflareApi({
        host: '127.0.0.1',
        now: Date.now,
        dnsAddress: nsd.address,
        pollIntervalMs: 100,
      }),
    );
    api.store.addAccount({ accountId: SANDBOX_ACCOUNT_ID });
    api.tokens.add({ value: SANDBOX_API_TOKEN });
  });

  afterEach(() => Promise.all(running.splice(0).map((one) => one[Symbol.asyncDispose]())));

  const chain = (onLine?: (line: string) => void) =>
    runStep({
      with: {
        mode: 'create, wait-for-dns, enable',
        'email-domain': 'example.com',
        'api-url': api.url,
        resolvers: unbounds.map(({ address }) => address).join(', '),
        'authoritative-servers': nsd.address,
        timeout: '25s',
      },
      env: { CLOUDFLARE_ACCOUNT_ID: SANDBOX_ACCOUNT_ID, CLOUDFLARE_API_TOKEN: SANDBOX_API_TOKEN },
      ...(onLine && { onLine }),
    });

  it('ends with an enabled connector, having spoilt no cache, and changes nothing the second time', async () => {
    let questionsBefore: readonly number[] = [];
    const publish = async (code: string): Promise<void> => {
      questionsBefore = unbounds.map((unbound) => unbound.questions('example.com', 'TXT'));
      await nsd.setRecords('example.com', ['@ NS ns1', 'ns1 A 127.0.0.1', SPF, `@ TXT "${code}"`]);
    };
    const publications: Promise<void>[] = [];
    const first = await chain((line) => {
      const code = /TXT {2}"([^"]+)"/.exec(line)?.[1];
      if (code !== undefined) setTimeout(() => publications.push(publish(code)), 2000);
    });
    await Promise.all(publications);
    expect(first).toMatchObject({
      exitCode: 0,
      outputs: { state: 'enabled', changed: 'true', 'dns-visible': 'true' },
    });
    expect(questionsBefore).toEqual([0, 0]);
    expect(unbounds.map((unbound) => unbound.questions('example.com', 'TXT'))).toEqual([1, 1]);

    const writes = api.requests.filter(({ method }) => method !== 'GET').length;
    const second = await chain();
    expect(second).toMatchObject({
      exitCode: 0,
      outputs: { state: 'enabled', changed: 'false', 'dns-visible': 'true' },
    });
    expect(api.requests.filter(({ method }) => method !== 'GET')).toHaveLength(writes);
  });
});
