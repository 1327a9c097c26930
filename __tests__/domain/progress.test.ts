import { describe, expect, it } from 'vitest';
import {
  leastAdvanced,
  type Progress,
  STATES,
  startProgress,
  stateOf,
  withConnector,
} from '../../src/domain/progress.ts';
import { CODE, DOMAIN, sampleConnector, sampleProgress, sampleReport } from '../samples/results.ts';

describe('startProgress', () => {
  it('knows what the inputs said and nothing more', () => {
    expect(startProgress(DOMAIN, CODE)).toEqual({
      emailDomain: DOMAIN,
      connector: undefined,
      isAbsent: false,
      verificationCode: CODE,
      created: false,
      changed: false,
      isStale: false,
      dns: undefined,
      timedOut: false,
    });
  });
});

describe('withConnector', () => {
  it('takes over the connector and its verification code', () => {
    const connector = sampleConnector();
    const progress = withConnector(sampleProgress({ changed: true }), connector);
    expect(progress).toMatchObject({ connector, verificationCode: CODE, emailDomain: DOMAIN, changed: true });
  });

  it('learns the email domain from a connector that was given by its ID', () => {
    const progress = withConnector(startProgress(undefined, undefined), sampleConnector());
    expect(progress.emailDomain).toBe(DOMAIN);
  });

  it('keeps a code that was known when Cloudflare sends none', () => {
    const progress = sampleProgress({ verificationCode: CODE });
    expect(withConnector(progress, sampleConnector({ verificationCode: undefined })).verificationCode).toBe(
      CODE,
    );
  });

  it('believes the code of Cloudflare more than the one that was given', () => {
    const progress = sampleProgress({ verificationCode: 'cloudflare_dashboard_sso=old' });
    expect(withConnector(progress, sampleConnector()).verificationCode).toBe(CODE);
  });

  it('ends the absence of the connector', () => {
    const progress = withConnector(sampleProgress({ isAbsent: true }), sampleConnector());
    expect(progress.isAbsent).toBe(false);
  });

  it('leaves the earlier progress as it was', () => {
    const before = Object.freeze(sampleProgress());
    withConnector(before, sampleConnector());
    expect(before.connector).toBeUndefined();
  });
});

describe('stateOf', () => {
  const pending = sampleConnector();
  const verified = sampleConnector({ verificationStatus: 'verified' });
  const enabled = sampleConnector({ verificationStatus: 'verified', enabled: true });
  const visible = sampleReport({ visible: true });
  const invisible = sampleReport({ visible: false });

  it.each<[string, Partial<Progress>, string | undefined]>([
    ['nothing has been learnt', {}, undefined],
    ['Cloudflare knows no connector', { isAbsent: true }, 'absent'],
    ['there is a connector', { connector: pending }, 'awaiting-dns'],
    [
      'its verification has failed',
      { connector: sampleConnector({ verificationStatus: 'failed' }) },
      'awaiting-dns',
    ],
    [
      'its status is unknown',
      { connector: sampleConnector({ verificationStatus: undefined }) },
      'awaiting-dns',
    ],
    ['only the code is known', { verificationCode: CODE }, 'awaiting-dns'],
    ['the record is not visible', { verificationCode: CODE, dns: invisible }, 'awaiting-dns'],
    ['the record is visible', { connector: pending, dns: visible }, 'verifying'],
    ['the record is visible, without an API', { verificationCode: CODE, dns: visible }, 'verifying'],
    ['Cloudflare has verified it', { connector: verified }, 'verified'],
    [
      'Cloudflare has verified it, and the record is gone',
      { connector: verified, dns: invisible },
      'verified',
    ],
    ['it is enabled', { connector: enabled }, 'enabled'],
    ['it is enabled, and the record is gone', { connector: enabled, dns: invisible }, 'enabled'],
  ])('when %s', (_, changes, state) => {
    expect(stateOf(sampleProgress(changes))).toBe(state);
  });
});

describe('leastAdvanced', () => {
  it('finds the state that is least advanced, in any order', () => {
    expect(leastAdvanced(['enabled', 'awaiting-dns', 'verified'])).toBe('awaiting-dns');
    expect(leastAdvanced([...STATES].reverse())).toBe('absent');
    expect(leastAdvanced(['enabled', 'enabled'])).toBe('enabled');
  });

  it('is unknown when one is unknown', () => {
    expect(leastAdvanced(['enabled', undefined])).toBeUndefined();
  });
});
