import { describe, expect, it } from 'vitest';
import type { IdentityProvider } from '../../src/cloudflare/access.ts';
import { identityProvider } from '../../src/preflight/identity-provider.ts';
import { textWith } from '../checks/facts.ts';
import { evidenceIn } from '../fakes/evidence.ts';
import { apiError, FAILURES, WITHOUT_ZERO_TRUST } from '../samples/request-errors.ts';

const of = (type: string, name = ''): IdentityProvider => ({ id: `id-${type}`, name, type });
const [CLOUDFLARE, PIN, OKTA, OIDC] = [
  of('cloudflare'),
  of('onetimepin', 'One-time PIN'),
  of('okta'),
  of('oidc', 'authentik'),
];

const judged = (...identityProviders: readonly IdentityProvider[]) =>
  identityProvider.judge(evidenceIn({ identityProviders }));
const judgedBy = (error: Error) =>
  identityProvider.judge(evidenceIn({ access: { identityProviders: () => Promise.reject(error) } }));

const ADD = textWith('Zero Trust > Integrations > Identity providers', 'test');

describe('identity-provider', () => {
  it('passes with a provider of the company, and names it, its type where it has no name', async () => {
    expect(await judged(OIDC)).toEqual({ verdict: 'passed', evidence: textWith('authentik (oidc)') });
    const several = await judged(CLOUDFLARE, PIN, OKTA, OIDC);
    expect(several).toEqual({ verdict: 'passed', evidence: textWith('okta', 'authentik (oidc)') });
    expect(several.evidence).not.toMatch(/cloudflare|PIN/);
  });

  it('is refused without any provider', async () => {
    expect(await judged()).toEqual({
      verdict: 'refused',
      evidence: textWith('no identity provider'),
      remedy: ADD,
    });
  });

  it("is refused with Cloudflare's own alone: people would go round in a circle", async () => {
    expect(await judged(CLOUDFLARE)).toEqual({
      verdict: 'refused',
      evidence: textWith('type cloudflare', 'only'),
      remedy: ADD,
    });
  });

  it.each<[string, readonly IdentityProvider[]]>([
    ['the one-time PIN alone', [PIN]],
    ["Cloudflare's own and the one-time PIN", [CLOUDFLARE, PIN]],
  ])('warns of %s', async (_, providers) => {
    expect(await judged(...providers)).toEqual({
      verdict: 'warned',
      evidence: textWith('one-time PIN', 'only'),
      remedy: ADD,
    });
  });

  it.each(WITHOUT_ZERO_TRUST.map((error) => [error.status, error] as const))(
    'is refused without a Zero Trust organization (HTTP %d), and does not advise to look away',
    async (_, error) => {
      const finding = await judgedBy(error);
      expect(finding).toEqual({
        verdict: 'refused',
        evidence: textWith('Zero Trust organization', 'no identity provider'),
        remedy: ADD,
      });
      expect(finding.remedy).not.toContain('preflight');
    },
  );

  it('is refused where the token may not read them, with the permission and the way round', async () => {
    const permission = 'Access: Organizations, Identity Providers, and Groups: Read';
    expect(await judgedBy(apiError(403, 10_000, permission))).toEqual({
      verdict: 'refused',
      evidence: textWith('identity providers', `"${permission}"`),
      remedy: textWith(`"${permission}"`, 'preflight: false'),
      permission,
    });
  });

  it.each(FAILURES)(
    'is refused after %s, of which the evidence speaks, and does not advise to look away',
    async (fact, error) => {
      const finding = await judgedBy(error);
      // A remedy that says nothing is left out.
      const remedy = error.hint === undefined ? {} : { remedy: error.hint };
      expect(finding).toEqual({
        verdict: 'refused',
        evidence: textWith('identity providers', fact),
        ...remedy,
      });
      expect(finding.remedy ?? '').not.toContain('preflight');
    },
  );
});
