import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NEW_ACCOUNTS, type Sandbox, startSandbox } from '../../sandbox/index.ts';
import { runStep, type StepResult } from '../../sandbox/runner.ts';
import { expectNothingPersonal } from '../checks/nothing-personal.ts';
import { judgementOf } from '../checks/preflight.ts';
import { alterAnswers, signedIn } from '../samples/guard-cases/worlds.ts';

let sandbox: Sandbox;

beforeEach(async () => {
  sandbox = await startSandbox();
  sandbox.changeAccount({
    members: [
      { email: 'pat.smith@example.com' },
      { email: 'jo.plus+admin@example.com' },
      { email: 'out.side@elsewhere.example' },
      { email: 'wait.ing@example.com', status: 'pending' },
    ],
  });
  signedIn(sandbox, { email: 'Al.Lowed@Example.COM', ipAddress: '198.51.100.23' });
  signedIn(sandbox, { email: 'de.nied@example.com', allowed: false, ipAddress: '203.0.113.77' });
  signedIn(sandbox, { email: 'pin.user@example.com', connection: 'onetimepin', ipAddress: '2001:db8::beef' });
  signedIn(sandbox, { email: 'for.eign@example.com.evil.test' });
});
afterEach(() => sandbox.close());

async function step(inputs: Record<string, string>, debug: Record<string, string>): Promise<StepResult> {
  const result = await runStep({
    with: {
      'email-domain': 'example.com',
      'api-url': sandbox.apiUrl,
      resolvers: sandbox.resolver.address,
      'authoritative-servers': sandbox.authoritative.address,
      'fail-on-drift': 'false',
      ...inputs,
    },
    env: { CLOUDFLARE_ACCOUNT_ID: sandbox.accountId, CLOUDFLARE_API_TOKEN: sandbox.apiToken, ...debug },
  });
  expectNothingPersonal(result, sandbox);
  return result;
}

const DEBUG = [{}, { RUNNER_DEBUG: '1', ACTIONS_STEP_DEBUG: 'true' }];
const MODES = ['preflight', 'enable', 'check'].flatMap((mode) => DEBUG.map((debug) => ({ mode, debug })));

describe('nobody is named', () => {
  it.each(MODES)('in mode $mode, with $debug', async ({ mode, debug }) => {
    sandbox.seedConnector({ emailDomain: 'example.com', status: 'verified', enabled: mode === 'check' });
    const result = await step({ mode }, debug);
    expect(result.exitCode).toBe(0);
    // The search has something to find: these people were counted.
    if (mode !== 'check') {
      expect(judgementOf(result, 'unreachable-members').evidence).toMatch(/^1 member /);
      expect(judgementOf(result, 'way-back-in').evidence).toMatch(/^1 of 3 /);
    }
  });

  it.each(DEBUG)('by a refusal, with %o', async (debug) => {
    sandbox.changeAccount(NEW_ACCOUNTS['cloudflare-only']);
    sandbox.seedConnector({ emailDomain: 'example.com', status: 'verified' });
    for (const preflight of ['true', 'strict', 'false']) await step({ mode: 'preflight', preflight }, debug);
  });

  it.each(DEBUG)('when Cloudflare answers in another shape, with %o', async (debug) => {
    sandbox.seedConnector({ emailDomain: 'example.com', status: 'verified' });
    const emails = (all: readonly { email: string }[]) => all.map(({ email }) => email);
    alterAnswers(sandbox, /members$/, emails);
    alterAnswers(sandbox, /access_requests$/, (all: readonly { user_email: string }[]) =>
      emails(all.map(({ user_email: email }) => ({ email }))),
    );
    const result = await step({ mode: 'preflight' }, debug);
    for (const guard of ['sign-in-seen', 'way-back-in', 'unreachable-members'] as const) {
      const { verdict, evidence } = judgementOf(result, guard);
      expect({ guard, verdict }).toEqual({ guard, verdict: 'unknown' });
      expect(evidence).toContain('unexpected shape');
    }
  });

  it.each(DEBUG)('by the messages of Cloudflare, with %o', async (debug) => {
    sandbox.seedConnector({ emailDomain: 'example.com', status: 'verified' });
    const message = 'pat.smith@example.com may not do this, ask <out.side@elsewhere.example>';
    const fault = { kind: 'status', status: 403, errors: [{ code: 10_000, message }] } as const;
    sandbox.api.faults.add({ path: /access|members|verify/, fault });
    const refused = await step({ mode: 'enable' }, debug);
    expect(refused.exitCode).toBe(1);
    expect(refused.stdout).toContain('may not do this');
    const all = await step({ mode: 'enable', preflight: 'false' }, debug);
    expect(all.outputs).toMatchObject({ enabled: 'true' });
  });

  it.each(DEBUG)('by the name of a provider, with %o', async (debug) => {
    const provider = { id: 'a', name: 'Sign-in of pat.smith@example.com', type: 'saml' };
    sandbox.changeAccount({ identityProviders: [provider] });
    sandbox.seedConnector({ emailDomain: 'example.com', status: 'verified' });
    signedIn(sandbox, { email: 'kim.last@example.com', connection: provider.name });
    const result = await step({ mode: 'preflight' }, debug);
    expect(judgementOf(result, 'identity-provider').evidence).toContain('Sign-in of');
    expect(judgementOf(result, 'sign-in-seen')).toMatchObject({ verdict: 'passed' });
  });
});
