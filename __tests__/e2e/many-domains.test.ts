import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../sandbox/index.ts';
import { runStep } from '../../sandbox/runner.ts';

const COUNT = 20;
const NAMES = Array.from({ length: COUNT }, (_, index) => `d${index}.company.test`);
const AN_HOUR_MS = 3_600_000;
/** Of all email domains together: one for each guard, and the application. */
const MAX_LINES_OF_ACCOUNT = 10;
/** Created, to publish, visible, enabling, enabled. */
const MAX_LINES_OF_DOMAIN = 5;

let sandbox: Sandbox;

beforeEach(async () => {
  sandbox = await startSandbox({ pollIntervalMs: 50 });
  sandbox.addZone({ origin: 'company.test' });
});
afterEach(() => sandbox.close());

/** Takes all email domains from nothing to enabled connectors; each record is published when it is asked for. */
function enableAll() {
  const published = /TXT {2}"([^"]+)"/;
  return runStep({
    with: {
      mode: 'create, wait-for-dns, enable',
      'email-domain': NAMES.join('\n'),
      'api-url': sandbox.apiUrl,
      resolvers: sandbox.resolver.address,
      'authoritative-servers': sandbox.authoritative.address,
      timeout: '60s',
    },
    env: { CLOUDFLARE_ACCOUNT_ID: sandbox.accountId, CLOUDFLARE_API_TOKEN: sandbox.apiToken },
    onLine(line) {
      const [name] = /d\d+\.company\.test/.exec(line) ?? [];
      const code = published.exec(line)?.[1];
      if (name !== undefined && code !== undefined) sandbox.publishTxt(name, code);
    },
  });
}

/** How often each list of the account was read. */
function readsOfAccount(): Readonly<Record<string, number>> {
  const paths = sandbox.api.requests.filter(({ method }) => method === 'GET').map(({ path }) => path);
  const ends = ['sso_connectors', 'identity_providers', 'members', 'user/tokens/verify'];
  return Object.fromEntries(
    ends.map((end) => [end, paths.filter((path) => path.endsWith(`/${end}`)).length]),
  );
}

const countOf = (end: string) => sandbox.api.requests.filter(({ path }) => path.endsWith(end)).length;
const ONCE = { sso_connectors: 1, identity_providers: 1, members: 1, 'user/tokens/verify': 1 };

describe('a second email domain of an account', () => {
  it('is enabled by preflight: strict, although no policy allows it before', async () => {
    sandbox.seedConnector({ emailDomain: 'example.com', status: 'verified', enabled: true });
    const [name = ''] = NAMES;
    sandbox.seedConnector({ emailDomain: name, status: 'verified' });
    sandbox.playSignIn({ email: `alex@${name}`, at: Date.now() - AN_HOUR_MS });
    const { exitCode, outputs, stdout } = await runStep({
      with: { mode: 'enable', 'email-domain': name, 'api-url': sandbox.apiUrl, preflight: 'strict' },
      env: { CLOUDFLARE_ACCOUNT_ID: sandbox.accountId, CLOUDFLARE_API_TOKEN: sandbox.apiToken },
    });
    expect(exitCode, stdout).toBe(0);
    expect(outputs).toMatchObject({ state: 'enabled' });
    expect(JSON.parse(outputs['preflight-report'] ?? '')).toMatchObject({ verdict: 'passed' });
  });
});

describe('twenty email domains in one step', () => {
  it('share what is read of the account, and what is said of it', async () => {
    for (const name of NAMES) sandbox.playSignIn({ email: `alex@${name}`, at: Date.now() - AN_HOUR_MS });
    const { exitCode, stdout, outputs } = await enableAll();
    expect({ exitCode, state: outputs['state'] }).toEqual({ exitCode: 0, state: 'enabled' });
    expect(readsOfAccount()).toEqual(ONCE);
    // A few may be enabled before the first of them has seen the application.
    expect(countOf('/access/apps')).toBeLessThan(COUNT / 2);
    expect(countOf('/access_requests')).toBe(COUNT);
    const shown = stdout.split('\n').filter((line) => line !== '' && !/^::(add-mask|debug)::/.test(line));
    expect(shown.length).toBeLessThanOrEqual(MAX_LINES_OF_DOMAIN * COUNT + MAX_LINES_OF_ACCOUNT);
    // The application of one that was faster has no policy for the others yet.
    expect(stdout).not.toContain('::warning');
  });

  it('share the look at the whole log when nobody has signed in', async () => {
    expect(await enableAll()).toMatchObject({ exitCode: 0, outputs: { state: 'enabled' } });
    expect(readsOfAccount()).toEqual(ONCE);
    expect(countOf('/access_requests')).toBe(COUNT + 1);
  });
});
