import { describe, expect, it } from 'vitest';
import { GUARD_IDS } from '../../src/domain/preflight.ts';
import { GUARDS_OF_ACCOUNT, judge, preflightReport } from '../../src/preflight/judge.ts';
import { rejectionOf } from '../checks/errors.ts';
import { evidenceIn } from '../fakes/evidence.ts';
import { apiError, OTHER_ERRORS } from '../samples/request-errors.ts';

describe('judge', () => {
  it('asks all guards, in the order in which they are told', async () => {
    expect((await judge(evidenceIn())).map(({ guard }) => guard)).toEqual(GUARD_IDS);
  });

  it('asks only those that are wanted, and reads nothing for the others', async () => {
    const unread = () => Promise.reject(new TypeError('nobody asked for it'));
    const world = { accessLog: { pastSignIns: unread }, membersApi: { accepted: unread } };
    const found = await judge(evidenceIn(world), ['sso-app', 'token']);
    expect(found).toMatchObject([
      { guard: 'token', verdict: 'passed' },
      { guard: 'sso-app', verdict: 'passed' },
    ]);
    expect(await judge(evidenceIn(world), [])).toEqual([]);
  });

  it('starts every read before the first one is answered', async () => {
    const started = new Set<string>();
    let answerAll: () => void = () => undefined;
    const all = new Promise<void>((resolve) => {
      answerAll = resolve;
    });
    const slow =
      <T>(name: string, answer: T) =>
      async () => {
        started.add(name);
        if (started.size === 6) answerAll();
        await all;
        return answer;
      };
    const evidence = evidenceIn({
      access: { identityProviders: slow('providers', []), ssoApp: slow('app', undefined) },
      accessLog: { pastSignIns: slow('log', []) },
      membersApi: { accepted: slow('members', []) },
      tokenApi: {
        facts: slow('token', {
          status: 'active',
          expiresAtMs: undefined,
          notBeforeMs: undefined,
          isOfAccount: true,
        }),
      },
      ssoConnectors: { list: slow('connectors', []) },
    });
    expect(await judge(evidence)).toHaveLength(GUARD_IDS.length);
  });

  it.each(OTHER_ERRORS.map((error) => [error.name, error] as const))(
    'rejects with a %s of a single guard',
    async (_, error) => {
      const facts = () => Promise.reject(error);
      expect(await rejectionOf(judge(evidenceIn({ tokenApi: { facts } })), Error)).toBe(error);
    },
  );
});

describe('preflightReport', () => {
  it('says of whom, when and how it is at worst', async () => {
    expect(await preflightReport(evidenceIn({}, { emailDomain: 'b.example' }))).toEqual({
      email_domain: 'b.example',
      verdict: 'passed',
      judged_at: '2026-01-05T12:00:00.000Z',
      guards: GUARD_IDS.map((guard) => expect.objectContaining({ guard, verdict: 'passed' })),
    });
    const denied = () => Promise.reject(apiError(403, 10_000, 'Some: Read'));
    const world = { accessLog: { pastSignIns: denied } };
    expect((await preflightReport(evidenceIn(world))).verdict).toBe('unknown');
    const worse = { ...world, token: { status: 'disabled' } };
    expect((await preflightReport(evidenceIn(worse))).verdict).toBe('warned');
    const worst = { ...worse, identityProviders: [] };
    expect((await preflightReport(evidenceIn(worst))).verdict).toBe('refused');
  });
});

describe('GUARDS_OF_ACCOUNT', () => {
  it('find the same for every email domain of a step', async () => {
    const emailDomains = ['example.com', 'other.example'];
    const members = emailDomains.map((emailDomain) => ({
      emailDomain,
      isSuperAdministrator: true,
      isPlusAddress: emailDomain === 'example.com',
    }));
    const [one = [], other = []] = await Promise.all(
      emailDomains.map((emailDomain) => judge(evidenceIn({ members }, { emailDomain, emailDomains }))),
    );
    expect([...GUARDS_OF_ACCOUNT].sort()).toEqual([
      'identity-provider',
      'token',
      'way-back-in',
      'zero-trust-organization',
    ]);
    const ofAccount = (all: typeof one) => all.filter(({ guard }) => GUARDS_OF_ACCOUNT.has(guard));
    expect(ofAccount(one)).toEqual(ofAccount(other));
    expect(one).not.toEqual(other);
  });
});
