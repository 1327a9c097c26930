import { describe, expect, it } from 'vitest';
import type { SsoConnector } from '../../src/domain/connector.ts';
import {
  type ChangeOutcome,
  type ConnectorChange,
  type DnsChangeOutcome,
  EmailDomain,
} from '../../src/domain/email-domain.ts';
import { OutcomeUnknownError } from '../../src/domain/errors.ts';
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
const doubt = new OutcomeUnknownError(refusal);
const refused = (): Promise<never> => Promise.reject(refusal);
const isThere = (seen: SsoConnector | undefined): boolean => seen !== undefined;

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

/** A change whose request ends with that error, and a look afterwards that shows this; without one it fails too. */
function unanswered(error: Error, ...looks: readonly (SsoConnector | undefined)[]): ConnectorChange {
  return {
    send: () => Promise.reject(error),
    look: async () => {
      if (looks.length === 0) throw lost;
      return looks[0];
    },
    isDone: (seen) => seen?.enabled === true,
  };
}

const answered = (outcome: ChangeOutcome): ConnectorChange => ({
  ...unanswered(lost),
  send: async () => outcome,
});

describe('a change of the connector', () => {
  it('is in doubt while it is under way, and then what the answer shows', async () => {
    const domain = sampleDomain({ connector: verified });
    const underWay: unknown[] = [];
    await domain.changeConnector({
      ...unanswered(lost),
      send: async () => {
        underWay.push(domain.sight, domain.changed, domain.created, domain.state);
        return { connector: enabled };
      },
    });
    expect(underWay).toEqual([{ kind: 'in-doubt', connector: verified }, undefined, undefined, undefined]);
    expect(domain).toMatchObject({ sight: { kind: 'seen', connector: enabled }, changed: true });
  });

  it('leaves everything as it was if it is refused', async () => {
    for (const connector of [verified, undefined]) {
      const domain = sampleDomain(connector === undefined ? { sight: 'absent' } : { connector });
      const before = { sight: domain.sight, state: domain.state };
      await expect(domain.changeConnector(unanswered(refusal, enabled))).rejects.toBe(refusal);
      expect(domain).toMatchObject({ ...before, changed: false, created: false });
    }
  });

  it.each([lost, doubt])('of unknown outcome is made if a look shows it: $message', async (error) => {
    const domain = sampleDomain({ connector: verified });
    const outcome = await domain.changeConnector(unanswered(error, enabled));
    expect(outcome).toMatchObject({ connector: enabled });
    expect(domain).toMatchObject({
      sight: { kind: 'seen', connector: enabled },
      changed: true,
      created: false,
      state: 'enabled',
    });
  });

  it.each([
    [lost, lost],
    [doubt, refusal],
  ])('of unknown outcome is not made if a look shows that: $message', async (error, told) => {
    const domain = sampleDomain({ connector: pending });
    await expect(domain.changeConnector(unanswered(error, verified))).rejects.toBe(told);
    expect(domain).toMatchObject({
      sight: { kind: 'seen', connector: verified },
      changed: false,
      created: false,
      state: 'verified',
    });
  });

  it.each([lost, doubt])(
    'of unknown outcome stays in doubt if the look fails too: $message',
    async (error) => {
      const domain = sampleDomain({ connector: verified });
      await expect(domain.changeConnector(unanswered(error))).rejects.toBe(error);
      expect(domain).toMatchObject({
        sight: { kind: 'in-doubt', connector: verified },
        changed: undefined,
        created: undefined,
        state: undefined,
      });
    },
  );

  it('stays in doubt after a defect, without a look', async () => {
    const domain = sampleDomain({ connector: verified });
    const defect = new TypeError('x');
    await expect(domain.changeConnector(unanswered(defect, enabled))).rejects.toBe(defect);
    expect(domain).toMatchObject({ sight: { kind: 'in-doubt', connector: verified }, changed: undefined });
  });

  it('that makes it has made it if a look shows it, and not if it does not', async () => {
    const creation = { ...unanswered(lost, pending), isCreation: true, isDone: isThere };
    const made = sampleDomain({ sight: 'absent' });
    await made.changeConnector(creation);
    expect(made).toMatchObject({ created: true, changed: true, state: 'awaiting-dns' });

    const nothing = { ...unanswered(doubt, undefined), isCreation: true, isDone: isThere };
    const unmade = sampleDomain({ sight: 'absent' });
    await expect(unmade.changeConnector(nothing)).rejects.toBe(refusal);
    expect(unmade).toMatchObject({ created: false, changed: false, state: 'absent' });
  });

  it('that deletes it has deleted it if a look shows nothing', async () => {
    const domain = sampleDomain({ connector: verified });
    await domain.changeConnector({ ...unanswered(lost, undefined), isDone: (seen) => !isThere(seen) });
    expect(domain).toMatchObject({ sight: { kind: 'absent' }, changed: true, created: false });
  });

  it('counts only if this run made it, and is never taken back by a later one', async () => {
    const domain = sampleDomain();
    const found = answered({ connector: pending, isOurs: false });
    await domain.changeConnector(found);
    expect(domain).toMatchObject({ changed: false, created: false });
    const made = await createdDomain();
    await made.changeConnector(found);
    await made.changeDns(
      async () => ({ isOurs: false }),
      async () => ({ isOurs: false, isDone: false }),
    );
    await expect(made.changeConnector(unanswered(refusal))).rejects.toBe(refusal);
    await expect(made.changeConnector(unanswered(lost, pending))).rejects.toBe(lost);
    await expect(made.changeDns<DnsChangeOutcome>(refused, async () => ({ isDone: false }))).rejects.toBe(
      refusal,
    );
    expect(made).toMatchObject({ changed: true, created: true });
  });

  it('stays in doubt whatever a later one comes to, unless that one is made', async () => {
    const domain = sampleDomain({ connector: verified });
    await expect(domain.changeConnector(unanswered(lost))).rejects.toBe(lost);
    await expect(domain.changeConnector(unanswered(refusal))).rejects.toBe(refusal);
    expect(domain).toMatchObject({ sight: { kind: 'in-doubt', connector: verified }, changed: undefined });
    await domain.changeConnector(answered({ connector: enabled }));
    expect(domain).toMatchObject({ sight: { kind: 'seen', connector: enabled }, changed: true });
  });

  it('is no longer in doubt once the connector is seen, but whether this run changed it still is', async () => {
    const domain = sampleDomain({ connector: verified });
    await expect(domain.changeConnector(unanswered(lost))).rejects.toBe(lost);
    domain.see(enabled);
    expect(domain).toMatchObject({ state: 'enabled', created: false, changed: undefined });
  });
});

describe('a change of DNS', () => {
  const notRead = (): Promise<boolean> => Promise.reject(lost);

  it.each<[string, () => Promise<DnsChangeOutcome>, () => Promise<boolean>, unknown, Error | undefined]>([
    ['its answer says that this run made it', async () => ({}), notRead, true, undefined],
    ['its answer says that somebody else did', async () => ({ isOurs: false }), notRead, false, undefined],
    ['it is refused', refused, async () => true, false, refusal],
    ['a look shows it', () => Promise.reject(doubt), async () => true, true, undefined],
    ['a look does not show it', () => Promise.reject(doubt), async () => false, false, refusal],
    ['a look fails', () => Promise.reject(lost), notRead, undefined, lost],
  ])('leaves the sight of the connector alone when %s', async (_, send, look, changed, error) => {
    const domain = sampleDomain({ connector: pending });
    const thrown = await domain
      .changeDns(send, async () => ({ isDone: await look() }))
      .then(
        () => undefined,
        (reason: unknown) => reason,
      );
    expect(thrown).toBe(error);
    expect(domain).toMatchObject({ sight: { kind: 'seen', connector: pending }, changed });
  });
});

describe('the state', () => {
  const unknown = sampleConnector({ verificationStatus: 'verified', enabled: undefined });
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
    ['whether it is enabled is unknown', { connector: unknown }, undefined],
    ['that is unknown, and the record is visible', { connector: unknown, dns: visible }, undefined],
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

describe('the texts of the name', () => {
  const created = sampleConnector({ id: 'another', verificationCode: 'cloudflare_dashboard_sso=new' });
  const others = ['cloudflare_dashboard_sso=of-another-account', 'v=spf1 -all'];

  it('lose the code of a connector that this run has deleted, and no other', async () => {
    const domain = sampleDomain({ connector: pending, txtToday: [CODE, ...others] });
    await domain.changeConnector(answered({ connector: undefined }));
    await domain.changeConnector(answered({ connector: created, isCreated: true }));
    expect(domain.record?.txtValues).toEqual([...others, created.verificationCode]);
  });

  it('keep it when the deletion was refused, and when Cloudflare gives it again', async () => {
    const domain = sampleDomain({ connector: pending, txtToday: [CODE, ...others] });
    await expect(domain.changeConnector(unanswered(refusal))).rejects.toBe(refusal);
    await domain.changeConnector(answered({ connector: created, isCreated: true }));
    expect(domain.record?.txtValues).toEqual([CODE, ...others, created.verificationCode]);

    const same = sampleDomain({ connector: pending, txtToday: [CODE] });
    await same.changeConnector(answered({ connector: undefined }));
    await same.changeConnector(answered({ connector: { ...created, verificationCode: CODE } }));
    expect(same.record?.txtValues).toEqual([CODE]);
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
