import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../sandbox/index.ts';
import { runStep } from '../../sandbox/runner.ts';

let sandbox: Sandbox;

beforeEach(async () => {
  sandbox = await startSandbox({ pollIntervalMs: 50 });
});
afterEach(() => sandbox.close());

function step(inputs: Record<string, string>) {
  const dns = {
    resolvers: sandbox.resolver.address,
    'authoritative-servers': sandbox.authoritative.address,
  };
  return runStep({
    with: { 'email-domain': 'example.com', 'api-url': sandbox.apiUrl, ...dns, ...inputs },
    env: { CLOUDFLARE_ACCOUNT_ID: sandbox.accountId, CLOUDFLARE_API_TOKEN: sandbox.apiToken },
  });
}

/** Lets somebody else act right after the next request of that kind was carried out and answered. */
function somebodyElseAfter(method: string, act: () => void): void {
  const fault = { kind: 'last-of-connection', before: act } as const;
  sandbox.api.faults.add({ method, path: /sso_connectors/, times: 1, carryOut: true, fault });
}

describe('outputs hold one truth about an email domain', () => {
  it('claim nothing of a connector that somebody deleted between enable and check', async () => {
    const { id } = sandbox.seedConnector({ emailDomain: 'example.com', status: 'verified' });
    somebodyElseAfter('PATCH', () => sandbox.api.store.delete(sandbox.accountId, id));
    const { exitCode, outputs } = await step({ mode: 'enable, check' });
    expect(exitCode).toBe(1);
    expect(JSON.parse(outputs['drift-report'] ?? '').differences).toMatchObject([
      { kind: 'connector-missing', email_domain: 'example.com' },
    ]);
    expect(outputs).toMatchObject({ state: 'absent', changed: 'true', drift: 'true' });
    for (const name of ['enabled', 'connector-id', 'verification-code', 'record-value', 'terraform-import'])
      expect(outputs, name).not.toHaveProperty(name);
  });

  it('say changed after delete, create, although somebody else created the new connector', async () => {
    const old = sandbox.seedConnector({ emailDomain: 'example.com' });
    somebodyElseAfter('DELETE', () => sandbox.seedConnector({ emailDomain: 'example.com' }));
    const { exitCode, outputs } = await step({ mode: 'delete, create' });
    expect(exitCode).toBe(0);
    expect(outputs).toMatchObject({ changed: 'true', created: 'false', state: 'awaiting-dns' });
    expect(outputs['connector-id']).not.toBe(old.id);
  });
});
