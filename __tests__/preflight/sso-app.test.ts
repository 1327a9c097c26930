import { describe, expect, it } from 'vitest';
import type { AccessPolicy, AccessRule, DashSsoApp } from '../../src/cloudflare/access.ts';
import { ssoApp } from '../../src/preflight/sso-app.ts';
import { textWith } from '../checks/facts.ts';
import { evidenceIn } from '../fakes/evidence.ts';
import type { World } from '../fakes/services.ts';
import { apiError, WITHOUT_ZERO_TRUST } from '../samples/request-errors.ts';
import { sampleConnector } from '../samples/results.ts';

const ofDomain = (domain: unknown): AccessRule => ({ email_domain: { domain } });
const [DOMAIN, EVERYONE, GROUP] = [ofDomain('example.com'), { everyone: {} }, { group: { id: 'g1' } }];
const PERSON: AccessRule = { email: { email: 'alex@example.com' } };
const OTHER = ofDomain('other.example');

type Policy = Partial<AccessPolicy>;

function policy({ decision = 'allow', include = [], exclude = [], require = [] }: Policy): AccessPolicy {
  return { decision, include, exclude, require };
}

function app(changes: Partial<DashSsoApp> = {}): DashSsoApp {
  const policies = [policy({ include: [DOMAIN] })];
  return { id: 'app1', uid: 'app1', name: 'SSO App', allowedIdps: [], policies, ...changes };
}

const judged = (world: World, emailDomain?: string) =>
  ssoApp.judge(evidenceIn(world, emailDomain === undefined ? {} : { emailDomain }));
/** What is judged of an account with these policies that has enabled these email domains. */
const judgedOf = (enabled: readonly string[], ...policies: readonly Policy[]) =>
  judged({
    ssoApp: app({ policies: policies.map(policy) }),
    connectors: enabled.map((emailDomain) => sampleConnector({ emailDomain, enabled: true })),
  });
/** The same while the email domain itself is enabled: no policy is yet to come. */
const judgedBy = (...policies: readonly Policy[]) => judgedOf(['example.com'], ...policies);

const WHERE = 'Zero Trust > Access controls > Applications';

describe('sso-app before the first enable', () => {
  it.each<[string, World]>([
    ['no connector', {}],
    ['a disabled connector', { connector: sampleConnector() }],
  ])('passes with %s, and says that there is none yet', async (_, world) => {
    expect(await judged(world)).toEqual({
      verdict: 'passed',
      evidence: textWith('no', 'dash_sso', 'first enable'),
    });
  });

  it.each(WITHOUT_ZERO_TRUST.map((error) => [error.status, error] as const))(
    'passes without a Zero Trust organization (HTTP %d), of which another guard speaks',
    async (_, error) => {
      const world = { access: { ssoApp: () => Promise.reject(error) } };
      expect(await judged(world)).toEqual({ verdict: 'passed', evidence: textWith('no', 'dash_sso') });
    },
  );
});

describe('sso-app that is gone', () => {
  it('warns when the account has an enabled connector, also of another email domain', async () => {
    for (const emailDomain of ['example.com', 'other.example']) {
      const connectors = [sampleConnector({ emailDomain, enabled: true })];
      expect(await judged({ connectors })).toEqual({
        verdict: 'warned',
        evidence: textWith('dash_sso', 'gone'),
        remedy: textWith('Disable the connector'),
      });
    }
  });

  it('is unknown when the connectors cannot be read', async () => {
    const permission = 'SSO Connector: Read';
    const list = () => Promise.reject(apiError(403, 10_000, permission));
    expect(await judged({ ssoConnectors: { list } })).toMatchObject({ verdict: 'unknown', permission });
  });
});

describe('the policies of sso-app', () => {
  it.each<[string, readonly Policy[]]>([
    ['the email domain', [{ include: [DOMAIN] }]],
    ['the email domain in capitals', [{ include: [ofDomain('EXAMPLE.com')] }]],
    ['the email domain among others', [{ include: [OTHER, PERSON, GROUP, DOMAIN] }]],
    ['everyone', [{ include: [EVERYONE] }]],
    ['the email domain in a later policy', [{ include: [OTHER] }, { include: [DOMAIN] }]],
    ['it without one person', [{ include: [DOMAIN], exclude: [PERSON] }]],
    ['it without another domain', [{ include: [EVERYONE], exclude: [OTHER] }]],
    ['everyone who is of it', [{ include: [EVERYONE], require: [DOMAIN] }]],
    ['it, and deny another domain', [{ include: [DOMAIN] }, { decision: 'deny', include: [OTHER] }]],
    ['it, and deny one person', [{ include: [DOMAIN] }, { decision: 'deny', include: [PERSON] }]],
    [
      'it, and deny everyone else',
      [{ include: [DOMAIN] }, { decision: 'deny', include: [EVERYONE], exclude: [DOMAIN] }],
    ],
  ])('pass when they allow %s', async (_, policies) => {
    expect(await judgedBy(...policies)).toEqual({
      verdict: 'passed',
      evidence: textWith('policy', 'allows the email domain'),
    });
  });

  it('pass for an internationalized domain, however Cloudflare writes it', async () => {
    for (const domain of ['exämple.com', 'EXÄMPLE.com', 'xn--exmple-cua.com']) {
      const one = app({ policies: [policy({ include: [ofDomain(domain)] })] });
      expect(await judged({ ssoApp: one }, 'xn--exmple-cua.com')).toMatchObject({ verdict: 'passed' });
    }
  });

  const NOT_ALLOWED: readonly (readonly [string, readonly Policy[]])[] = [
    ['no policy', []],
    ['an empty one', [{}]],
    ['another domain', [{ include: [OTHER] }]],
    ['a domain that only ends like it', [{ include: [ofDomain('notexample.com')] }]],
    ['a subdomain', [{ include: [ofDomain('sub.example.com')] }]],
    ['one person', [{ include: [PERSON] }]],
    ['it, and exclude it again', [{ include: [DOMAIN, GROUP], exclude: [DOMAIN] }]],
    ['it, and exclude everyone', [{ include: [DOMAIN], exclude: [EVERYONE] }]],
    ['it, and require another domain', [{ include: [DOMAIN], require: [OTHER] }]],
    ['it, and require to be one person', [{ include: [DOMAIN], require: [DOMAIN, PERSON] }]],
    ['it, of another decision', [{ decision: 'bypass', include: [DOMAIN] }]],
  ];
  const enabledAt = (emailDomain: string) => sampleConnector({ emailDomain, enabled: true });
  const WARNED = {
    verdict: 'warned',
    evidence: textWith('No policy', 'allows the email domain'),
    remedy: textWith('Add an allow policy', WHERE),
  };

  it.each(NOT_ALLOWED)('warn of an enabled email domain when what they allow is %s', async (_, policies) => {
    const connectors = [enabledAt('example.com')];
    expect(await judged({ ssoApp: app({ policies: policies.map(policy) }), connectors })).toEqual(WARNED);
  });

  it('warn before the enable when Cloudflare has not made one for another domain that is enabled', async () => {
    const connectors = [sampleConnector(), enabledAt('other.example')];
    const withPolicies = (...policies: readonly Policy[]) =>
      judged({ ssoApp: app({ policies: policies.map(policy) }), connectors });
    expect(await withPolicies({ include: [ofDomain('third.example')] })).toEqual(WARNED);
    expect(await withPolicies({ include: [OTHER] })).toMatchObject({ verdict: 'passed' });
  });

  it.each<[string, Policy]>([
    ['the email domain', { include: [DOMAIN] }],
    ['everyone', { include: [EVERYONE] }],
    ['it without one person', { include: [DOMAIN], exclude: [PERSON] }],
  ])('warn when one denies %s, even if another one allows it', async (_, denying) => {
    const deny = { decision: 'deny', ...denying };
    for (const policies of [[deny], [{ include: [DOMAIN] }, deny], [deny, { include: [DOMAIN] }]]) {
      expect(await judgedBy(...policies)).toEqual({
        verdict: 'warned',
        evidence: textWith('denies the email domain'),
        remedy: textWith('Remove', WHERE),
      });
    }
  });

  it.each<[string, readonly Policy[]]>([
    ['allow a group', [{ include: [GROUP] }]],
    ['allow it and require a group', [{ include: [DOMAIN], require: [GROUP] }]],
    ['allow it without a group', [{ include: [DOMAIN], exclude: [GROUP] }]],
    ['allow a domain of another shape', [{ include: [ofDomain(7)] }, { include: [{ email_domain: 'x' }] }]],
    ['allow it and deny a group', [{ include: [DOMAIN] }, { decision: 'deny', include: [GROUP] }]],
    [
      'allow it and deny it to a group',
      [{ include: [DOMAIN] }, { decision: 'deny', include: [DOMAIN], require: [GROUP] }],
    ],
  ])('are unknown when they %s', async (_, policies) => {
    expect(await judgedBy(...policies)).toEqual({
      verdict: 'unknown',
      evidence: textWith('depends', 'groups'),
      remedy: textWith(WHERE),
    });
  });

  it('are unknown when Cloudflare does not show them', async () => {
    expect(await judged({ ssoApp: app({ policies: undefined }) })).toEqual({
      verdict: 'unknown',
      evidence: textWith('does not show', 'policies'),
      remedy: textWith(WHERE),
    });
  });
});

describe('the policies of sso-app before the email domain is enabled', () => {
  const YET_TO_COME = { verdict: 'passed', evidence: textWith('No policy', 'yet', 'with the enable') };
  const MISSING = {
    verdict: 'warned',
    evidence: textWith('No policy', 'allows the email domain'),
    remedy: textWith('Add an allow policy', WHERE),
  };

  it.each<[string, readonly string[], readonly Policy[]]>([
    ['no other one is enabled', [], []],
    ['the policies allow the other one', ['other.example'], [{ include: [OTHER] }]],
    ['they allow everyone else', ['other.example'], [{ include: [EVERYONE], exclude: [DOMAIN] }]],
    ['they may allow the other one', ['other.example'], [{ include: [GROUP], exclude: [DOMAIN] }]],
    ['one denies the other one', ['other.example'], [{ decision: 'deny', include: [OTHER] }]],
    [
      'they allow both others',
      ['other.example', 'third.example'],
      [{ include: [OTHER] }, { include: [ofDomain('third.example')] }],
    ],
  ])('pass without one for it when %s', async (_, enabled, policies) => {
    expect(await judgedOf(enabled, ...policies)).toEqual(YET_TO_COME);
  });

  it('pass without one for it while its own connector is disabled', async () => {
    const connectors = [
      sampleConnector(),
      sampleConnector({ emailDomain: 'other.example', enabled: true }),
      sampleConnector({ emailDomain: 'third.example' }),
    ];
    const policies = [policy({ include: [OTHER] })];
    expect(await judged({ ssoApp: app({ policies }), connectors })).toEqual(YET_TO_COME);
  });

  it.each<[string, readonly string[], readonly Policy[]]>([
    ['the one that is enabled has none either', ['other.example'], []],
    [
      'one of those that are enabled has none either',
      ['other.example', 'third.example'],
      [{ include: [OTHER] }],
    ],
    [
      'it is enabled, and so is one that has a policy',
      ['other.example', 'example.com'],
      [{ include: [OTHER] }],
    ],
  ])('warn when %s', async (_, enabled, policies) => {
    expect(await judgedOf(enabled, ...policies)).toEqual(MISSING);
  });

  it('warn of a denial, which no enable removes', async () => {
    const judgement = await judgedOf([], { decision: 'deny', include: [DOMAIN] });
    expect(judgement).toMatchObject({ verdict: 'warned', evidence: textWith('denies the email domain') });
  });

  it('are unknown when the connectors cannot be read', async () => {
    const permission = 'SSO Connector: Read';
    const list = () => Promise.reject(apiError(403, 10_000, permission));
    const world: World = { ssoApp: app({ policies: [] }), ssoConnectors: { list } };
    expect(await judged(world)).toMatchObject({ verdict: 'unknown', permission });
  });
});

describe('the identity providers of sso-app', () => {
  const [one, two] = [
    { id: 'idp1', name: 'authentik', type: 'oidc' },
    { id: 'idp2', name: 'Entra', type: 'azureAD' },
  ];
  const identityProviders = [one, two];

  it('pass when all that are allowed exist', async () => {
    const world = { identityProviders, ssoApp: app({ allowedIdps: ['idp2', 'idp1'] }) };
    expect(await judged(world)).toMatchObject({ verdict: 'passed' });
  });

  it.each([
    [['gone'], '1 identity provider ', '1 does not exist'],
    [['idp1', 'gone'], '2 identity providers', '1 does not exist'],
    [['gone', 'idp1', 'gone too'], '3 identity providers', '2 do not exist'],
  ])('warn when of %j some do not exist, with the numbers', async (allowedIdps, all, missing) => {
    expect(await judged({ identityProviders, ssoApp: app({ allowedIdps }) })).toEqual({
      verdict: 'warned',
      evidence: textWith('allowed_idps', all, missing),
      remedy: textWith('identity providers', WHERE),
    });
  });

  it('are unknown when some are allowed and the list cannot be read, and of no interest when all are', async () => {
    const failing = { identityProviders: () => Promise.reject(apiError(403, 10_000, 'Some: Read')) };
    const withAllowed = (allowedIdps: readonly string[]) =>
      judged({
        access: { ...failing, ssoApp: async () => app({ allowedIdps }) },
      });
    expect(await withAllowed(['idp1'])).toEqual({
      verdict: 'unknown',
      evidence: textWith('some identity providers', 'could not be read'),
      remedy: textWith('identity-provider'),
    });
    expect(await withAllowed([])).toMatchObject({ verdict: 'passed' });
  });

  it('are unknown when Cloudflare shows them in another shape', async () => {
    expect(await judged({ ssoApp: app({ allowedIdps: undefined }) })).toEqual({
      verdict: 'unknown',
      evidence: textWith('does not show', 'identity providers'),
      remedy: textWith(WHERE),
    });
  });
});
