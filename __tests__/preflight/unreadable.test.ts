import { describe, expect, it } from 'vitest';
import type { Guard } from '../../src/preflight/guard.ts';
import { identityProvider } from '../../src/preflight/identity-provider.ts';
import { signInSeen } from '../../src/preflight/sign-in-seen.ts';
import { ssoApp } from '../../src/preflight/sso-app.ts';
import { token } from '../../src/preflight/token.ts';
import { unreachableMembers } from '../../src/preflight/unreachable-members.ts';
import { wayBackIn } from '../../src/preflight/way-back-in.ts';
import { zeroTrustOrganization } from '../../src/preflight/zero-trust-organization.ts';
import { textWith } from '../checks/facts.ts';
import { evidenceIn } from '../fakes/evidence.ts';
import type { World } from '../fakes/services.ts';
import { apiError, FAILURES, OTHER_ERRORS, WITHOUT_ZERO_TRUST } from '../samples/request-errors.ts';

/** A read that a guard cannot do without. */
interface Read {
  readonly guard: Guard;
  /** What the evidence calls it. */
  readonly what: string;
  readonly permission: string;
  readonly failing: (fail: () => Promise<never>) => World;
}

const PROVIDERS = 'Access: Organizations, Identity Providers, and Groups: Read';

const MEMBERS = {
  what: 'members of the account',
  permission: 'Account Settings: Read',
  failing: (accepted: () => Promise<never>) => ({ membersApi: { accepted } }),
};

const CONNECTORS = {
  what: 'SSO connectors',
  permission: 'SSO Connector: Read',
  failing: (list: () => Promise<never>) => ({ ssoConnectors: { list } }),
};

const READS: readonly Read[] = [
  {
    guard: zeroTrustOrganization,
    what: 'settings of Cloudflare Access',
    permission: PROVIDERS,
    failing: (fail) => ({ access: { identityProviders: fail, ssoApp: fail } }),
  },
  {
    guard: signInSeen,
    what: 'sign-ins in the Access authentication log',
    permission: 'Access: Audit Logs: Read',
    failing: (pastSignIns) => ({ accessLog: { pastSignIns } }),
  },
  {
    guard: signInSeen,
    what: 'identity providers',
    permission: PROVIDERS,
    failing: (identityProviders) => ({ access: { identityProviders } }),
  },
  {
    guard: ssoApp,
    what: 'Access applications',
    permission: 'Access: Apps and Policies: Read',
    failing: (fail) => ({ access: { ssoApp: fail } }),
  },
  { guard: ssoApp, ...CONNECTORS },
  { guard: wayBackIn, ...CONNECTORS },
  { guard: wayBackIn, ...MEMBERS },
  { guard: unreachableMembers, ...MEMBERS },
  {
    guard: token,
    what: 'facts about the API token',
    permission: 'Some: Read',
    failing: (facts) => ({ tokenApi: { facts } }),
  },
];

const named = READS.map((read) => [read.guard.id, read.what, read] as const);

function judgedAfter(error: Error, { guard, failing }: Read) {
  return guard.judge(evidenceIn(failing(() => Promise.reject(error))));
}

describe.each(named)('%s without its %s', (_, what, read) => {
  it('is unknown where the token may lack the permission, and names it', async () => {
    const { permission } = read;
    expect(await judgedAfter(apiError(403, 10_000, permission), read)).toEqual({
      verdict: 'unknown',
      evidence: textWith(what, `"${permission}"`),
      remedy: textWith(`"${permission}"`, 'API token'),
      permission,
    });
  });

  it.each(FAILURES)('is unknown after %s, of which the evidence speaks', async (fact, error) => {
    const finding = await judgedAfter(error, read);
    // A remedy that says nothing is left out.
    const remedy = error.hint === undefined ? {} : { remedy: error.hint };
    expect(finding).toEqual({ verdict: 'unknown', evidence: textWith(what, fact), ...remedy });
  });
});

/** The parts of the API below `access/`: of these a missing organization is an answer. */
const BELOW_ACCESS = new Set(['access', 'accessLog']);

describe.each(named)('%s, asked for its %s', (_, what, read) => {
  it.each(OTHER_ERRORS.map((error) => [error.name, error] as const))(
    'lets a %s through as it is',
    async (_name, error) => {
      await expect(judgedAfter(error, read)).rejects.toBe(error);
    },
  );

  it.each(WITHOUT_ZERO_TRUST.map((error) => [error.status, error] as const))(
    'names no permission for code 9999 of Zero Trust (HTTP %d)',
    async (_status, error) => {
      const finding = await judgedAfter(error, read);
      expect(finding).not.toHaveProperty('permission');
      const [part = ''] = Object.keys(read.failing(() => Promise.reject(error)));
      if (BELOW_ACCESS.has(part)) expect(finding.verdict).not.toBe('unknown');
      else expect(finding).toMatchObject({ verdict: 'unknown', evidence: textWith(what, '9999') });
    },
  );
});

describe('a stop or a defect in one of two reads', () => {
  const denied = () => Promise.reject(apiError(403, 10_000, 'Some: Read'));
  const CASES: readonly (readonly [Guard, string, (fail: () => Promise<never>) => World])[] = [
    [zeroTrustOrganization, 'ssoApp', (fail) => ({ access: { ssoApp: fail } })],
    [zeroTrustOrganization, 'identityProviders', (fail) => ({ access: { identityProviders: fail } })],
    [
      signInSeen,
      'identityProviders',
      (fail) => ({ access: { identityProviders: fail }, accessLog: { pastSignIns: denied } }),
    ],
    [wayBackIn, 'list', (fail) => ({ membersApi: { accepted: denied }, ssoConnectors: { list: fail } })],
    [ssoApp, 'list', (fail) => ({ access: { ssoApp: denied }, ssoConnectors: { list: fail } })],
    [ssoApp, 'identityProviders', (fail) => ({ access: { identityProviders: fail } })],
    [identityProvider, 'identityProviders', (fail) => ({ access: { identityProviders: fail } })],
  ];

  it.each(CASES.map(([guard, read, failing]) => [guard.id, read, guard, failing] as const))(
    'goes through %s as it is, whatever the other one says (%s)',
    async (_, _read, guard, failing) => {
      for (const error of OTHER_ERRORS)
        await expect(guard.judge(evidenceIn(failing(() => Promise.reject(error))))).rejects.toBe(error);
    },
  );
});
