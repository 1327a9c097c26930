import { describe, expect, it } from 'vitest';
import { ActionError } from '../../src/domain/errors.ts';
import { tally } from '../../src/domain/tally.ts';
import { CODE, type SampleDomain, sampleConnector, sampleDomain, sampleReport } from '../samples/results.ts';

function result(sample: SampleDomain, failure?: ActionError) {
  return { domain: sampleDomain(sample), failure };
}

const enabled = result({ connector: sampleConnector({ enabled: true }) });
const failed = result({ connector: sampleConnector() }, new ActionError('x'));

describe('tally', () => {
  it('counts each email domain once: what failed, then the most advanced state first', () => {
    const domains = [
      result({ sight: 'in-doubt' }),
      result({ sight: 'absent' }),
      result({ connector: sampleConnector() }),
      result({ verificationCode: CODE, dns: sampleReport() }),
      result({ connector: sampleConnector({ verificationStatus: 'verified' }) }),
      enabled,
      enabled,
      failed,
    ];
    expect(tally(domains)).toBe(
      '8 email domains: 1 failed, 2 enabled, 1 verified, 1 verifying, 1 awaiting DNS, 1 without a connector, 1 in an unknown state',
    );
  });

  it('leaves out what there is none of', () => {
    expect(tally([enabled])).toBe('1 email domain: 1 enabled');
  });
});
