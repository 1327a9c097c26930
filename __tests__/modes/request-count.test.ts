import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../sandbox/index.ts';
import { Access } from '../../src/cloudflare/access.ts';
import { AccessLog } from '../../src/cloudflare/access-log.ts';
import { ApiToken } from '../../src/cloudflare/api-token.ts';
import { DnsRecords } from '../../src/cloudflare/dns-records.ts';
import { Members } from '../../src/cloudflare/members.ts';
import { SsoConnectors } from '../../src/cloudflare/sso-connectors.ts';
import { Zones } from '../../src/cloudflare/zones.ts';
import type { EmailDomain } from '../../src/domain/email-domain.ts';
import type { ModeName } from '../../src/domain/mode-names.ts';
import type { Settings } from '../../src/domain/settings.ts';
import type { Services } from '../../src/modes/services.ts';
import { workOnAll } from '../../src/modes/work.ts';
import type { Clock } from '../../src/time/clock.ts';
import { clientOf } from '../fakes/api-client.ts';
import { NOON_MS } from '../fakes/clock.ts';
import { fakeServices } from '../fakes/services.ts';
import { API_TOKEN, DOMAIN, sampleSettings } from '../samples/results.ts';

/** Of the Access application of dashboard SSO in the sandbox. */
const SSO_APP_UID = '699d98642c564d2e855e9661899b7252';

let sandbox: Sandbox;
let setup: ReturnType<typeof clientOf>;

beforeEach(async () => {
  sandbox = await startSandbox({ now: () => NOON_MS });
  sandbox.addToken({ value: API_TOKEN });
  setup = clientOf(sandbox.apiUrl);
});

afterEach(async () => {
  setup[Symbol.dispose]();
  await sandbox.close();
});

/** The endpoints that guards of preflight read; the token may be a user's or the account's, so it is two. */
const ACCOUNT_READS = [
  'GET apps',
  'GET identity_providers',
  'GET members',
  'GET tokens/verify',
  'GET tokens/verify',
];

/** Runs a step on the real API client; only DNS and time are fake. */
async function step(
  ...modes: readonly ModeName[]
): Promise<{ domain: EmailDomain | undefined; requests: readonly string[] }> {
  const { domains, requests } = await stepOf({ modes });
  return { domain: domains[0], requests };
}

async function stepOf(
  changes: Partial<Settings>,
): Promise<{ domains: readonly EmailDomain[]; requests: readonly string[] }> {
  sandbox.api.clearRequests();
  const settings = sampleSettings(changes);
  const [{ client }, { accountId }] = [setup, sandbox];
  const clock = ticking(setup.clock);
  const api = {
    ssoConnectors: new SsoConnectors(client, accountId, { clock, signal: new AbortController().signal }),
    access: new Access(client, accountId, clock),
    accessLog: new AccessLog(client, accountId, clock),
    members: new Members(client, accountId, clock),
    token: new ApiToken(client, { accountId, apiToken: API_TOKEN }, clock),
    zones: new Zones(client),
    dnsRecords: new DnsRecords(client),
  };
  const services: Services = {
    ...fakeServices(),
    api,
    lastResort: api.ssoConnectors,
    // The progress of several domains is told by the clock, and must not run ahead of real requests.
    clock: settings.emailDomains.length > 1 ? { now: clock.now, sleep: untilAborted } : clock,
  };
  const result = await workOnAll(settings, services);
  expect(result.failures).toEqual([]);
  const requests = sandbox.api.requests.map(({ method, path }) => `${method} ${endpointOf(path)}`);
  return { domains: result.domains.map(({ domain }) => domain), requests };
}

/** No two looks at it show the same time: a change is later than what was read before. */
function ticking({ now, sleep }: Clock): Clock {
  let ticks = 0;
  return {
    sleep,
    now() {
      ticks += 1;
      return now() + ticks;
    },
  };
}

/** A sleep that nobody waits for. */
function untilAborted(_: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => signal?.addEventListener('abort', () => resolve(), { once: true }));
}

/** The last part of a path; of `verify`, what is verified as well. */
function endpointOf(path: string): string {
  const [name = '', before = ''] = (path.split('?')[0] ?? '').split('/').toReversed();
  return name === 'verify' ? `${before}/${name}` : name;
}

describe('the requests of a step', () => {
  it('are two to create a connector', async () => {
    const { requests, domain } = await step('create');
    expect(requests).toEqual(['GET sso_connectors', 'POST sso_connectors']);
    expect(domain).toMatchObject({ created: true, changed: true });
  });

  it('are one to find that it exists', async () => {
    sandbox.seedConnector({ emailDomain: DOMAIN });
    const { requests, domain } = await step('create');
    expect(requests).toEqual(['GET sso_connectors']);
    expect(domain).toMatchObject({ created: false, changed: false });
  });

  it('are one to wait for DNS, and none after create', async () => {
    sandbox.seedConnector({ emailDomain: DOMAIN });
    expect((await step('wait-for-dns')).requests).toEqual(['GET sso_connectors']);
    expect((await step('create', 'wait-for-dns')).requests).toEqual(['GET sso_connectors']);
  });

  it('are those of a judgement, a PATCH and a look at the application to enable a verified connector', async () => {
    const { id } = sandbox.seedConnector({ emailDomain: DOMAIN, status: 'verified' });
    sandbox.playSignIn({ email: `somebody@${DOMAIN}` });
    const { requests, domain } = await step('enable');
    expect(requests.slice(0, 1)).toEqual(['GET sso_connectors']);
    // What was read a moment ago is not read again right before the PATCH.
    expect(requests.slice(1, -2).sort()).toEqual(['GET access_requests', ...ACCOUNT_READS].sort());
    expect(requests.slice(-2)).toEqual([`PATCH ${id}`, 'GET apps']);
    expect(domain).toMatchObject({ state: 'enabled', preflight: { verdict: 'passed' } });
  });

  it('are one look at the log more when Cloudflare finds nobody of the domain in it', async () => {
    sandbox.seedConnector({ emailDomain: DOMAIN, status: 'verified' });
    const { requests } = await step('preflight');
    expect(requests.filter((request) => request === 'GET access_requests')).toHaveLength(2);
  });

  it('are three more, of application, log and connector, when somebody confirms at once', async () => {
    const { id } = sandbox.seedConnector({ emailDomain: DOMAIN, status: 'verified' });
    sandbox.playSignIn({ email: `somebody@${DOMAIN}`, appUid: SSO_APP_UID });
    const { requests, domains } = await stepOf({ modes: ['enable'], confirmWithinMs: 60_000 });
    expect(requests.slice(-4)).toEqual([`PATCH ${id}`, 'GET apps', 'GET access_requests', `GET ${id}`]);
    expect(domains[0]).toMatchObject({ state: 'enabled', confirmed: true });
  });

  it('of preflight read each answer about the account once for fifty email domains', async () => {
    const emailDomains = Array.from({ length: 50 }, (_, index) => `d${index}.example`);
    for (const emailDomain of emailDomains) sandbox.playSignIn({ email: `somebody@${emailDomain}` });
    const { requests, domains } = await stepOf({ modes: ['preflight'], emailDomains });
    const ofDomains = emailDomains.map(() => 'GET access_requests');
    expect([...requests].sort()).toEqual(['GET sso_connectors', ...ofDomains, ...ACCOUNT_READS].sort());
    expect(domains.map(({ preflight }) => preflight?.verdict)).toEqual(emailDomains.map(() => 'passed'));
  });

  it('of check are those of the watched guards, once for fifty email domains', async () => {
    const emailDomains = Array.from({ length: 50 }, (_, index) => `d${index}.example`);
    for (const emailDomain of emailDomains)
      sandbox.seedConnector({ emailDomain, status: 'verified', enabled: true });
    const settings = sampleSettings();
    const check = { ...settings.check, failOnDrift: false };
    const { requests } = await stepOf({ modes: ['check'], emailDomains, check });
    expect(requests.filter((request) => request !== 'GET sso_connectors').sort()).toEqual(ACCOUNT_READS);
    // The list has pages.
    expect(requests.filter((request) => request === 'GET sso_connectors')).toHaveLength(3);
  });

  it('are one to find that it is enabled', async () => {
    sandbox.seedConnector({ emailDomain: DOMAIN, status: 'verified', enabled: true });
    const { requests, domain } = await step('enable');
    expect(requests).toEqual(['GET sso_connectors']);
    expect(domain?.changed).toBe(false);
  });

  it('are reads alone in the second run of everything', async () => {
    sandbox.seedConnector({ emailDomain: DOMAIN, status: 'verified' });
    await step('create', 'wait-for-dns', 'enable');
    const { requests, domain } = await step('create', 'wait-for-dns', 'enable');
    expect(requests.filter((request) => !request.startsWith('GET '))).toEqual([]);
    expect(requests).toHaveLength(2);
    expect(domain).toMatchObject({ created: false, changed: false });
  });
});
