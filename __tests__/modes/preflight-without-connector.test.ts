import { describe, expect, it } from 'vitest';
import { NetworkError } from '../../src/http/network-error.ts';
import { preflight } from '../../src/modes/preflight.ts';
import { rejectionOf } from '../checks/errors.ts';
import { fakeServices } from '../fakes/services.ts';
import { sampleDomain, sampleSettings } from '../samples/results.ts';

const lost = new NetworkError('GET /sso_connectors got no answer.', { retryability: 'ambiguous' });

/** Turns of the event loop: a slow answer. */
async function later(): Promise<void> {
  for (let turn = 0; turn < 10; turn++) await new Promise(setImmediate);
}

describe('mode preflight, when the connector cannot be looked up', () => {
  it('fails, and tells nevertheless what the guards find a little later', async () => {
    const services = fakeServices({
      ssoConnectors: { find: () => Promise.reject(lost) },
      access: {
        async identityProviders() {
          await later();
          return [];
        },
      },
    });
    const domain = sampleDomain();
    const settings = { ...sampleSettings(), preflight: 'false' } as const;
    expect(await rejectionOf(preflight(domain, settings, services), NetworkError)).toBe(lost);
    expect(domain.preflight?.guards).toContainEqual(
      expect.objectContaining({ guard: 'identity-provider', verdict: 'refused' }),
    );
  });
});
