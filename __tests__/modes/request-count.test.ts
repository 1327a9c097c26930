import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../sandbox/index.ts';
import { Access } from '../../src/cloudflare/access.ts';
import { DnsRecords } from '../../src/cloudflare/dns-records.ts';
import { SsoConnectors } from '../../src/cloudflare/sso-connectors.ts';
import { Zones } from '../../src/cloudflare/zones.ts';
import type { EmailDomain } from '../../src/domain/email-domain.ts';
import type { ModeName } from '../../src/domain/mode-names.ts';
import { MODES } from '../../src/modes/index.ts';
import type { Services } from '../../src/modes/services.ts';
import { clientOf } from '../fakes/api-client.ts';
import { fakeServices } from '../fakes/services.ts';
import { API_TOKEN, DOMAIN, sampleDomain, sampleSettings } from '../samples/results.ts';

let sandbox: Sandbox;
let setup: ReturnType<typeof clientOf>;

beforeEach(async () => {
  sandbox = await startSandbox();
  sandbox.addToken({ value: API_TOKEN });
  setup = clientOf(sandbox.apiUrl);
});

afterEach(async () => {
  setup[Symbol.dispose]();
  await sandbox.close();
});

/** Runs modes as a step does, on the real API client; only DNS and time are fake. */
async function step(
  ...modes: readonly ModeName[]
): Promise<{ domain: EmailDomain; requests: readonly string[] }> {
  sandbox.api.clearRequests();
  const api = {
    ssoConnectors: new SsoConnectors(setup.client, sandbox.accountId),
    access: new Access(setup.client, sandbox.accountId),
    zones: new Zones(setup.client),
    dnsRecords: new DnsRecords(setup.client),
  };
  const services: Services = { ...fakeServices(), api, clock: setup.clock };
  const domain = sampleDomain();
  for (const mode of modes) await MODES[mode](domain, sampleSettings(), services);
  const requests = sandbox.api.requests.map(({ method, path }) => `${method} ${path.split('/').at(-1)}`);
  return { domain, requests };
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

  it('are four to enable a verified connector', async () => {
    const { id } = sandbox.seedConnector({ emailDomain: DOMAIN, status: 'verified' });
    const { requests, domain } = await step('enable');
    expect(requests).toEqual(['GET sso_connectors', 'GET identity_providers', `PATCH ${id}`, 'GET apps']);
    expect(domain.state).toBe('enabled');
  });

  it('are one to find that it is enabled', async () => {
    sandbox.seedConnector({ emailDomain: DOMAIN, status: 'verified', enabled: true });
    const { requests, domain } = await step('enable');
    expect(requests).toEqual(['GET sso_connectors']);
    expect(domain.changed).toBe(false);
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
