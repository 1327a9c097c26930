import { describe, expect, it } from 'vitest';
import { EmailDomain } from '../../src/domain/email-domain.ts';
import { leastAdvanced, STATES } from '../../src/domain/state.ts';
import { NetworkError } from '../../src/http/network-error.ts';
import {
  CODE,
  createdDomain,
  DOMAIN,
  type SampleDomain,
  sampleConnector,
  sampleDomain,
  sampleReport,
} from '../samples/results.ts';

const pending = sampleConnector();
const verified = sampleConnector({ verificationStatus: 'verified' });
const enabled = sampleConnector({ verificationStatus: 'verified', enabled: true });
const refusal = new NetworkError('No.', { retryability: 'permanent' });
const lost = new NetworkError('No answer.', { retryability: 'ambiguous' });

describe('a new email domain', () => {
  it('knows what the inputs said and nothing more', () => {
    expect(new EmailDomain({ name: DOMAIN, verificationCode: CODE, accountId: undefined })).toMatchObject({
      name: DOMAIN,
      sight: { kind: 'unasked' },
      connector: undefined,
      verificationCode: CODE,
      created: false,
      changed: false,
      timedOut: false,
    });
  });

  it('learns its name from a connector that was given by its ID', () => {
    expect(sampleDomain({ name: undefined, connector: pending }).name).toBe(DOMAIN);
  });
});

describe('a sight of the connector', () => {
  it('replaces the former one whole', () => {
    const domain = sampleDomain({ connector: enabled });
    domain.see(undefined);
    expect(domain).toMatchObject({ connector: undefined, verificationCode: undefined, state: 'absent' });
    domain.see(verified);
    expect(domain).toMatchObject({ connector: verified, verificationCode: CODE, state: 'verified' });
  });

  it('keeps the code of the same connector if an answer has none, and of no other', () => {
    const domain = sampleDomain({ connector: pending });
    domain.see(sampleConnector({ verificationCode: undefined, enabled: true }));
    expect(domain).toMatchObject({ verificationCode: CODE, state: 'enabled' });
    domain.see(sampleConnector({ id: 'another', verificationCode: undefined }));
    expect(domain.verificationCode).toBeUndefined();
  });

  it('wins over the code that was given, if it has one', () => {
    const given = 'cloudflare_dashboard_sso=old';
    const without = sampleConnector({ verificationCode: undefined });
    expect(sampleDomain({ verificationCode: given, connector: pending }).verificationCode).toBe(CODE);
    expect(sampleDomain({ verificationCode: given, connector: without }).verificationCode).toBe(given);
    expect(sampleDomain({ verificationCode: given, sight: 'absent' }).verificationCode).toBeUndefined();
  });
});

describe('a change of the connector', () => {
  it('is in doubt while it is under way, and then what the answer shows', async () => {
    const domain = sampleDomain({ connector: verified });
    const underWay: unknown[] = [];
    await domain.changeConnector(
      async () => {
        underWay.push(domain.sight, domain.changed, domain.created, domain.state);
        return enabled;
      },
      (connector) => ({ connector }),
    );
    expect(underWay).toEqual([{ kind: 'in-doubt', connector: verified }, undefined, undefined, undefined]);
    expect(domain).toMatchObject({ sight: { kind: 'seen', connector: enabled }, changed: true });
  });

  it('leaves everything as it was if it is refused', async () => {
    const domain = sampleDomain({ connector: verified });
    const change = domain.changeConnector(
      () => Promise.reject(refusal),
      () => ({ connector: enabled }),
    );
    await expect(change).rejects.toBe(refusal);
    expect(domain).toMatchObject({ sight: { kind: 'seen', connector: verified }, changed: false });
  });

  it.each([lost, new TypeError('x')])('stays in doubt after %s', async (error) => {
    const domain = sampleDomain({ connector: verified });
    const change = domain.changeConnector(
      () => Promise.reject(error),
      () => ({ connector: enabled }),
    );
    await expect(change).rejects.toBe(error);
    expect(domain).toMatchObject({ sight: { kind: 'in-doubt', connector: verified }, changed: undefined });
  });

  it('counts only if this run made it, and is never taken back by a later one', async () => {
    const domain = sampleDomain();
    const found = { connector: pending, isOurs: false };
    await domain.changeConnector(
      async () => undefined,
      () => found,
    );
    expect(domain).toMatchObject({ changed: false, created: false });
    const made = await createdDomain();
    await made.changeConnector(
      async () => undefined,
      () => found,
    );
    await made.changeDns(async () => false);
    await expect(made.changeDns(() => Promise.reject(lost))).rejects.toBe(lost);
    expect(made).toMatchObject({ changed: true, created: true });
  });

  it('of DNS leaves the sight of the connector alone', async () => {
    const domain = sampleDomain({ connector: pending });
    await domain.changeDns(async () => true);
    expect(domain).toMatchObject({ sight: { kind: 'seen', connector: pending }, changed: true });
    const other = sampleDomain({ connector: pending });
    await expect(other.changeDns(() => Promise.reject(lost))).rejects.toBe(lost);
    expect(other).toMatchObject({ sight: { kind: 'seen', connector: pending }, changed: undefined });
  });
});

describe('the state', () => {
  const visible = sampleReport({ visible: true });
  const invisible = sampleReport({ visible: false });

  it.each<[string, SampleDomain, string | undefined]>([
    ['nothing is known', {}, undefined],
    ['Cloudflare has no connector', { sight: 'absent' }, 'absent'],
    ['it has none, whatever DNS shows', { sight: 'absent', verificationCode: CODE, dns: visible }, 'absent'],
    ['a change is in doubt', { sight: 'in-doubt', connector: enabled }, undefined],
    ['there is a connector', { connector: pending }, 'awaiting-dns'],
    [
      'its verification failed',
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
    ['it is verified, and the record is gone', { connector: verified, dns: invisible }, 'verified'],
    ['it is enabled', { connector: enabled }, 'enabled'],
    ['it is enabled, and the record is gone', { connector: enabled, dns: invisible }, 'enabled'],
  ])('when %s', (_, sample, state) => {
    expect(sampleDomain(sample).state).toBe(state);
  });
});

describe('the record', () => {
  it('is derived from name, code and what the name has today', () => {
    const txtToday = ['v=spf1 -all'];
    const domain = sampleDomain({ connector: pending, txtToday, renderRecord: (one) => one.emailDomain });
    expect(domain.record).toMatchObject({
      emailDomain: DOMAIN,
      verificationCode: CODE,
      connectorId: pending.id,
      txtValues: ['v=spf1 -all', CODE],
    });
    expect(domain.renderedRecord).toBe(DOMAIN);
    domain.see(undefined);
    expect(domain).toMatchObject({ record: undefined, renderedRecord: undefined });
    expect(sampleDomain({ name: undefined, verificationCode: CODE }).record).toBeUndefined();
  });
});

describe('leastAdvanced', () => {
  it('finds the least advanced state, in any order', () => {
    expect(leastAdvanced(['enabled', 'awaiting-dns', 'verified'])).toBe('awaiting-dns');
    expect(leastAdvanced([...STATES].reverse())).toBe('absent');
    expect(leastAdvanced(['enabled', 'enabled'])).toBe('enabled');
  });

  it('is unknown if one is unknown', () => {
    expect(leastAdvanced(['enabled', undefined])).toBeUndefined();
  });
});
