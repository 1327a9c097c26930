import { describe, expect, it } from 'vitest';
import { zeroTrustOrganization } from '../../src/preflight/zero-trust-organization.ts';
import { textWith } from '../checks/facts.ts';
import { evidenceIn } from '../fakes/evidence.ts';
import type { World } from '../fakes/services.ts';
import { apiError, WITHOUT_ZERO_TRUST } from '../samples/request-errors.ts';

const judged = (world: World = {}) => zeroTrustOrganization.judge(evidenceIn(world));

const DENIED = apiError(403, 10_000, 'Some: Read');

describe('zero-trust-organization', () => {
  it('passes where Access answers, even with an empty list', async () => {
    const world = { identityProviders: [] };
    expect(await judged(world)).toEqual({ verdict: 'passed', evidence: textWith('Zero Trust organization') });
  });

  it.each<[string, World]>([
    ['identity providers', { access: { ssoApp: () => Promise.reject(DENIED) } }],
    ['applications', { access: { identityProviders: () => Promise.reject(DENIED) } }],
  ])('passes where only the %s can be read', async (_, world) => {
    expect(await judged(world)).toMatchObject({ verdict: 'passed' });
  });

  it.each(WITHOUT_ZERO_TRUST.map((error) => [error.status, error] as const))(
    'is refused where either answer says with HTTP %d that there is none',
    async (_, error) => {
      const none = () => Promise.reject(error);
      const denied = () => Promise.reject(DENIED);
      for (const access of [
        { identityProviders: none, ssoApp: none },
        { identityProviders: none },
        { ssoApp: none },
        { identityProviders: none, ssoApp: denied },
        { identityProviders: denied, ssoApp: none },
      ]) {
        const finding = await judged({ access });
        expect(finding).toEqual({
          verdict: 'refused',
          evidence: textWith('no Zero Trust organization'),
          remedy: textWith('Create', 'dashboard', 'Free'),
        });
        // Looking away does not help.
        expect(finding.remedy).not.toMatch(/preflight|permission/);
      }
    },
  );
});
