import { describe, expect, it } from 'vitest';
import type { Permission, SignIn } from '../../sandbox/index.ts';
import { runStep } from '../../sandbox/runner.ts';
import { facts } from '../checks/facts.ts';
import {
  annotations,
  changesSent,
  commandFor,
  confirmingStep,
  expectNobodyNamed,
  expectTakenBack,
  isEnabled,
  linesOf,
  onceAsked,
  PERSON,
  startConfirmWorld,
} from '../real/confirming-step.ts';
import { runStoppedStep } from '../real/stopped-step.ts';

/** The application of the dashboard, as the sandbox has it once a connector is enabled. */
const SSO_APP = '699d98642c564d2e855e9661899b7252';
const READS: readonly Permission[] = [
  'sso:write',
  'access-idp:read',
  'access-apps:read',
  'access-audit-logs:read',
  'account-settings:read',
];

describe.concurrent('a sign-in after the change confirms it', () => {
  it.each<[string, Partial<SignIn>]>([
    ['that the log shows at once', {}],
    ['that the log shows later', { shownAfterMs: 700 }],
    ['of an address in capitals', { email: 'Alex@EXAMPLE.Com', appUid: SSO_APP }],
    ['that followed a denied one', {}],
  ])('%s', async (what, signIn) => {
    await using sandbox = await startConfirmWorld();
    const play = onceAsked(() => {
      if (what.includes('denied')) sandbox.playSignIn({ email: PERSON, allowed: false });
      sandbox.playSignIn({ email: PERSON, connection: 'okta', ...signIn });
    });
    const result = await runStep({ ...confirmingStep(sandbox), onLine: play });
    expect(result).toMatchObject({
      exitCode: 0,
      stderr: '',
      outputs: { confirmed: 'true', state: 'enabled', enabled: 'true', changed: 'true' },
    });
    expect(changesSent(sandbox)).toEqual([true]);
    expect(isEnabled(sandbox)).toBe(true);
    const [asked, confirmed, ...others] = annotations(result, 'notice').map(({ data }) => data);
    expect(asked).toMatch(facts('private window', 'somebody of example.com', 'disabled again'));
    expect(asked).toMatch(/before (?:\S+ )?\d\d:\d\d UTC/);
    expect(confirmed).toMatch(facts('Confirmed', 'example.com', 'okta', sandbox.connectorId));
    expect(confirmed).toMatch(/at \d\d:\d\d UTC/);
    expect(others).toEqual([]);
    expectNobodyNamed(result);
  });

  it('once the Access application is there, which may be later than the change', async () => {
    await using sandbox = await startConfirmWorld();
    sandbox.changeAccount({ ssoApp: { isMissing: true } });
    const react = onceAsked(() => {
      sandbox.playSignIn({ email: PERSON, appUid: SSO_APP });
      setTimeout(() => sandbox.changeAccount({ ssoApp: {} }), 500);
    });
    const result = await runStep({ ...confirmingStep(sandbox), onLine: react });
    expect(result).toMatchObject({ exitCode: 0, outputs: { confirmed: 'true', 'sso-app-id': SSO_APP } });
    expect(isEnabled(sandbox)).toBe(true);
  });

  it('after the log has told how to disable it by hand: whoever kills the step at once can use it', async () => {
    await using sandbox = await startConfirmWorld();
    sandbox.api.faults.add({ method: 'PATCH', fault: { kind: 'stall-before-headers' }, carryOut: true });
    const when = () => changesSent(sandbox).length > 0;
    const result = await runStoppedStep(confirmingStep(sandbox), { when, afterMs: 0, signals: ['SIGKILL'] });
    expect(isEnabled(sandbox)).toBe(true);
    expect(result.stdout).toContain(commandFor(sandbox, sandbox.connectorId));
  });
});

describe.concurrent('a sign-in that does not count', () => {
  it.each<[string, Partial<SignIn>, number]>([
    ['is denied', { allowed: false }, 1],
    ['is to another application', { appUid: 'df7e205f02b7d9d8af5d5bbc4f6c7a1e' }, 0],
    ['is of another email domain', { email: 'mallory@other.example', appUid: SSO_APP }, 0],
    ['is of a longer email domain', { email: 'mallory@example.com.evil.example', appUid: SSO_APP }, 0],
    ['is of a subdomain', { email: 'mallory@sub.example.com', appUid: SSO_APP }, 0],
    ['is of a domain that ends alike', { email: 'mallory@notexample.com', appUid: SSO_APP }, 0],
    ['has the domain in its local part', { email: '"mallory@example.com"@evil.example', appUid: SSO_APP }, 0],
    ['is from before the change', { at: Date.now() - 60_000, appUid: SSO_APP }, 0],
  ])('%s', async (_, signIn, denied) => {
    await using sandbox = await startConfirmWorld();
    const play = onceAsked(() => sandbox.playSignIn({ email: PERSON, ...signIn }));
    const result = await runStep({
      ...confirmingStep(sandbox, { 'confirm-within': '1s' }),
      onLine: play,
    });
    expectTakenBack(sandbox, result);
    expect(changesSent(sandbox)).toEqual([true, false]);
    const [error] = annotations(result, 'error');
    expect(error?.data).toMatch(
      facts('Nobody of example.com', 'within 1s', `${denied || 'No'} denied sign-in`),
    );
  });
});

describe.concurrent('what is not touched', () => {
  it('is a connector that was enabled before', async () => {
    await using sandbox = await startConfirmWorld();
    sandbox.api.store.update(sandbox.accountId, sandbox.connectorId, { enabled: true });
    const result = await runStep(confirmingStep(sandbox, { 'confirm-within': '1s' }));
    expect(result).toMatchObject({ exitCode: 0, outputs: { state: 'enabled', changed: 'false' } });
    expect(result.outputs).not.toHaveProperty('confirmed');
    expect(changesSent(sandbox)).toEqual([]);
    expect(isEnabled(sandbox)).toBe(true);
  });

  it.each(
    ['true', 'strict', 'false'].flatMap((preflight) => [
      ['access-audit-logs:read', 'Access: Audit Logs: Read', preflight],
      ['access-apps:read', 'Access: Apps and Policies: Read', preflight],
    ]),
  )(
    'is anything, without %s, which the error calls %s, under preflight: %s',
    async (lacking, name, preflight) => {
      await using sandbox = await startConfirmWorld();
      sandbox.addZone({ origin: 'new.example' });
      const permissions = READS.filter((permission) => permission !== lacking);
      const env = { CLOUDFLARE_API_TOKEN: sandbox.addToken({ permissions }) };
      const both = { mode: 'create, enable', 'email-domain': 'example.com, new.example', preflight };
      const result = await runStep(confirmingStep(sandbox, both, env));
      expect(result.exitCode).toBe(1);
      expect(sandbox.api.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
      expect(sandbox.api.store.all()).toHaveLength(1);
      const errors = annotations(result, 'error').map(({ data }) => data);
      expect(errors.join('\n')).toContain(name);
      if (preflight !== 'strict') expect(errors[0]).toMatch(facts('confirm-within', 'nothing is enabled'));
    },
  );

  it('is anything in a dry run, which says what it would do', async () => {
    await using sandbox = await startConfirmWorld();
    const result = await runStep(confirmingStep(sandbox, { 'dry-run': 'true', 'confirm-within': '15m' }));
    expect(result).toMatchObject({ exitCode: 0, outputs: { state: 'verified', changed: 'false' } });
    expect(result.outputs).not.toHaveProperty('confirmed');
    expect(changesSent(sandbox)).toEqual([]);
    expect(linesOf(result.stdout)).toContainEqual(
      expect.stringMatching(facts('Dry run', 'would enable', 'disable it again', '15m')),
    );
  });
});

describe.concurrent('several email domains', () => {
  it('are confirmed each by itself', async () => {
    await using sandbox = await startConfirmWorld();
    const other = sandbox.seedConnector({ emailDomain: 'other.example', status: 'verified' });
    const play = onceAsked(() => sandbox.playSignIn({ email: PERSON, appUid: SSO_APP }));
    const inputs = { 'email-domain': 'example.com, other.example', 'confirm-within': '2s' };
    const result = await runStep({ ...confirmingStep(sandbox, inputs), onLine: play });
    expect(result.exitCode).toBe(1);
    expect({ first: isEnabled(sandbox), second: isEnabled(sandbox, 'other.example') }).toEqual({
      first: true,
      second: false,
    });
    expect(JSON.parse(result.outputs['connectors'] ?? '')).toMatchObject([
      { email_domain: 'example.com', confirmed: true, state: 'enabled', enabled: true },
      { email_domain: 'other.example', confirmed: false, state: 'verified', enabled: false },
    ]);
    const [error, ...others] = annotations(result, 'error');
    expect(others).toEqual([]);
    expect(error?.properties['title']).toContain('other.example');
    expect(error?.data).toMatch(
      facts('Nobody of other.example', `${other.id} for other.example is disabled`),
    );
    expect(changesSent(sandbox).filter((enabled) => enabled === false)).toHaveLength(1);
    expectNobodyNamed(result);
  });
});
