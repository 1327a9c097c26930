import { describe, expect, it } from 'vitest';
import type { IdentityProvider } from '../../src/cloudflare/access.ts';
import type { SignIn } from '../../src/cloudflare/access-log.ts';
import { connections, signInSeen } from '../../src/preflight/sign-in-seen.ts';
import { facts, textWith } from '../checks/facts.ts';
import { NOON_MS } from '../fakes/clock.ts';
import { evidenceIn } from '../fakes/evidence.ts';
import type { World } from '../fakes/services.ts';
import { UNPRINTABLE } from '../samples/hostile-text.ts';
import { apiError, WITHOUT_ZERO_TRUST } from '../samples/request-errors.ts';

const HOUR_MS = 60 * 60 * 1000;
const OKTA: IdentityProvider = { id: '5f1a', name: 'Staff', type: 'okta' };
const BUILT_IN: readonly IdentityProvider[] = [
  { id: 'c1', name: '', type: 'cloudflare' },
  { id: 'p1', name: 'One-time PIN', type: 'onetimepin' },
];

function signIn(connection: string, changes: Partial<SignIn> = {}): SignIn {
  return { allowed: true, atMs: NOON_MS - HOUR_MS, connection, appUid: undefined, ...changes };
}

const judged = (signIns: readonly SignIn[], world: World = {}) =>
  signInSeen.judge(evidenceIn({ identityProviders: [...BUILT_IN, OKTA], signIns, ...world }));

describe('sign-in-seen', () => {
  it.each([
    ['type', 'okta'],
    ['name', 'Staff'],
    ['ID', '5f1a'],
    ['type in capitals', 'OKTA'],
  ])('passes when the log names the provider by its %s', async (_, connection) => {
    expect(await judged([signIn(connection)])).toEqual({
      verdict: 'passed',
      evidence: textWith(connection, '2026-01-05', '11:00 UTC'),
    });
  });

  it('tells the latest sign-in that counts', async () => {
    const { evidence } = await judged([
      signIn('onetimepin', { atMs: NOON_MS - HOUR_MS }),
      signIn('okta', { atMs: NOON_MS - 2 * HOUR_MS }),
      signIn('okta', { atMs: NOON_MS - 3 * HOUR_MS }),
    ]);
    expect(evidence).toMatch(facts('okta', '10:00 UTC'));
    expect(evidence).not.toContain('09:00');
  });

  it('warns where the log has nothing, and says how far back it was looked', async () => {
    const finding = await judged([]);
    expect(finding).toEqual({
      verdict: 'warned',
      evidence: textWith('30 days', '2025-12-06', '24 hours', '6 months'),
      remedy: textWith('sign in', 'any Access application'),
    });
    expect(finding.evidence).not.toMatch(/instead|denied/i);
  });

  it.each(['onetimepin', 'One-time PIN', 'p1', 'cloudflare', 'c1', 'a provider that is gone', ''])(
    'does not count a sign-in through %j, and says that it was seen',
    async (connection) => {
      expect(await judged([signIn(connection)])).toMatchObject({
        verdict: 'warned',
        evidence: textWith('1 through other providers', connection || 'unnamed'),
      });
    },
  );

  it('counts no entry without a name for a provider without a name', async () => {
    const identityProviders = [{ id: undefined, name: '', type: 'saml' }];
    expect(await judged([signIn('')], { identityProviders })).toMatchObject({ verdict: 'warned' });
    expect(await judged([signIn('saml')], { identityProviders })).toMatchObject({ verdict: 'passed' });
  });

  it('does not count denied sign-ins, and says how many there were through which providers', async () => {
    const denied = { allowed: false };
    const finding = await judged([
      signIn('okta', denied),
      signIn('okta', denied),
      signIn('saml', denied),
      signIn('onetimepin'),
    ]);
    expect(finding).toMatchObject({
      verdict: 'warned',
      evidence: textWith('3 denied (okta, saml)', '1 through other providers (onetimepin)'),
    });
  });

  it.each(WITHOUT_ZERO_TRUST.map((error) => [error.status, error] as const))(
    'warns without a Zero Trust organization (HTTP %d)',
    async (_, error) => {
      const none = () => Promise.reject(error);
      for (const world of [{ accessLog: { pastSignIns: none } }, { access: { identityProviders: none } }]) {
        expect(await judged([signIn('okta')], world)).toEqual({
          verdict: 'warned',
          evidence: textWith('Zero Trust organization', 'nobody'),
          remedy: textWith('sign in'),
        });
      }
    },
  );

  it.each<[string, string, (error: Error) => World]>([
    [
      'log',
      'Access: Audit Logs: Read',
      (error) => ({ accessLog: { pastSignIns: () => Promise.reject(error) } }),
    ],
    [
      'providers',
      'Access: Organizations, Identity Providers, and Groups: Read',
      (error) => ({ access: { identityProviders: () => Promise.reject(error) } }),
    ],
  ])('is unknown where the token may not read the %s', async (_, permission, world) => {
    expect(await judged([signIn('okta')], world(apiError(403, 10_000, permission)))).toEqual({
      verdict: 'unknown',
      evidence: textWith(`"${permission}"`),
      remedy: textWith(`"${permission}"`),
      permission,
    });
  });
});

describe('connections', () => {
  it('names each provider once', () => {
    expect(connections([signIn('okta'), signIn('saml'), signIn('okta')])).toBe('okta, saml');
  });

  it('shows untrusted names as one short printable line', () => {
    const shown = connections([signIn(`a\n::error::b\u202e${'x'.repeat(5000)}`)]);
    expect(shown).not.toMatch(UNPRINTABLE);
    expect(shown.length).toBeLessThan(150);
  });
});
