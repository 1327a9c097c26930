import { describe, expect, it } from 'vitest';
import { CloudflareApiError } from '../../src/cloudflare/api-error.ts';
import { ActionError, InputError, StoppedError } from '../../src/domain/errors.ts';
import { GUARD_IDS, PREFLIGHT_POLICIES } from '../../src/domain/preflight.ts';
import type { Settings } from '../../src/domain/settings.ts';
import { preflight } from '../../src/modes/preflight.ts';
import { workOnAll } from '../../src/modes/work.ts';
import { rejectionOf } from '../checks/errors.ts';
import { facts, line } from '../checks/facts.ts';
import { JUDGED, stepsOf } from '../checks/steps.ts';
import { fakeClock, NOON_MS } from '../fakes/clock.ts';
import { type FakeServices, fakeServices, type World } from '../fakes/services.ts';
import { CONNECTOR_ID, DOMAIN, sampleConnector, sampleDomain, sampleSettings } from '../samples/results.ts';

const FIND = `find "${DOMAIN}"`;
const GET = `get "${CONNECTOR_ID}"`;
const PATCH = 'change {"enabled":true}';
const APP = 'ssoApp';
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

const verified = sampleConnector({ verificationStatus: 'verified' });
const pending = sampleConnector({ verificationStatus: 'pending' });
const OWN = { id: 'idp1', name: 'authentik', type: 'oidc' };

/** What the guards read, each of its own. */
const READS = ['identityProviders', 'members', 'pastSignIns', 'ssoApp', 'token'];
const readsOf = ({ reads }: FakeServices) => [...new Set(reads)].sort();

function forbidden(permission: string): CloudflareApiError {
  const message = `The API token may not read ${permission}.`;
  return new CloudflareApiError(message, {
    retryability: 'permanent',
    status: 403,
    errors: [],
    permission,
    hint: `Add ${permission}.`,
  });
}

/** The lines about guards, without their marks. */
const told = ({ log }: FakeServices): readonly string[] =>
  log.lines.flatMap((entry) => entry.match(/^\w+: [✓!✗?] (\S+ \w+)/)?.[1] ?? []);

describe('mode preflight', () => {
  const settings = sampleSettings({ modes: ['preflight'] });

  it('judges by all guards, keeps the report and changes nothing', async () => {
    const [domain, services] = [sampleDomain(), fakeServices({ connector: verified })];
    await preflight(domain, settings, services);
    expect(domain).toMatchObject({ changed: false, state: 'verified', confirmed: undefined });
    expect(domain.preflight).toMatchObject({
      email_domain: DOMAIN,
      verdict: 'passed',
      judged_at: '2026-01-05T12:00:00.000Z',
    });
    expect(domain.preflight?.guards.map(({ guard }) => guard)).toEqual(GUARD_IDS);
    expect(readsOf(services)).toEqual(READS);
    expect(stepsOf(services)).toEqual([FIND, JUDGED]);
    expect(services.clock.sleptMs).toEqual([]);
  });

  it('tells every guard in one line, in the order of the registry', async () => {
    const services = fakeServices({ connector: verified });
    await preflight(sampleDomain(), settings, services);
    expect(told(services)).toEqual(GUARD_IDS.map((guard) => `${guard} passed`));
    expect(services.log.lines).toHaveLength(GUARD_IDS.length);
  });

  it('does not need a connector', async () => {
    const [domain, services] = [sampleDomain(), fakeServices({})];
    await preflight(domain, settings, services);
    expect(domain).toMatchObject({ state: 'absent', preflight: { verdict: 'passed' } });
  });

  it('judges an enabled connector as well', async () => {
    const [domain, services] = [
      sampleDomain(),
      fakeServices({ connector: { ...verified, enabled: true }, identityProviders: [] }),
    ];
    await rejectionOf(preflight(domain, settings, services), ActionError);
    expect(domain).toMatchObject({ state: 'enabled', preflight: { verdict: 'refused' } });
  });

  it('learns the email domain of a connector ID before it judges', async () => {
    const [domain, services] = [sampleDomain({ name: undefined }), fakeServices({ connector: verified })];
    const byId = { ...settings, emailDomains: [], connectorId: CONNECTOR_ID };
    await preflight(domain, byId, services);
    expect(stepsOf(services)).toEqual([GET, JUDGED]);
    expect(domain.preflight).toMatchObject({ email_domain: DOMAIN });
  });

  it('does not wait for the look at the connector', async () => {
    let found: (() => void) | undefined;
    const lookUp = new Promise<undefined>((resolve) => {
      found = () => resolve(undefined);
    });
    const services = fakeServices({ ssoConnectors: { find: () => lookUp } });
    const work = preflight(sampleDomain(), settings, services);
    await new Promise(setImmediate);
    expect(readsOf(services)).toEqual(READS);
    found?.();
    await work;
  });

  it('asks all guards at once: nothing is read after the first answer', async () => {
    let answer: (() => void) | undefined;
    const asked = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const wait = (): Promise<never> => asked.then(() => Promise.reject(forbidden('x')));
    const services = fakeServices({
      connector: verified,
      access: { identityProviders: wait, ssoApp: wait },
      accessLog: { pastSignIns: wait },
      membersApi: { accepted: wait },
      tokenApi: { facts: wait },
      ssoConnectors: { list: wait },
    });
    const work = rejectionOf(preflight(sampleDomain(), settings, services), ActionError);
    await new Promise(setImmediate);
    const [reads, steps] = [[...services.reads], stepsOf(services)];
    expect([...new Set(reads)].sort()).toEqual(READS);
    answer?.();
    await work;
    expect(services.reads).toEqual(reads);
    expect(stepsOf(services)).toEqual(steps);
  });

  it('keeps the report when it refuses, and says what to do about each obstacle', async () => {
    const [domain, services] = [
      sampleDomain(),
      fakeServices({ connector: verified, identityProviders: [], members: [] }),
    ];
    const error = await rejectionOf(
      preflight(domain, { ...settings, preflight: 'strict' }, services),
      ActionError,
    );
    expect(error.message).toMatch(facts('Preflight', 'identity-provider:', 'way-back-in:', 'sign-in-seen:'));
    expect(error.message).not.toMatch(/\btoken:|sso-app:|unreachable-members:/);
    expect(error.hint).toMatch(facts('identity provider', 'super administrator', 'sign in'));
    expect(domain.preflight).toMatchObject({ verdict: 'refused' });
    // The error tells the obstacles, so that no annotation says the same.
    expect(services.log.text()).not.toContain('warning:');
    expect(told(services)).toHaveLength(GUARD_IDS.length);
  });

  it('warns of what it lets pass', async () => {
    const services = fakeServices({ connector: verified, members: [] });
    await preflight(sampleDomain(), settings, services);
    const warnings = services.log.lines.filter((entry) => entry.startsWith('warning:'));
    expect(warnings).toEqual([line('warning', '! way-back-in warned', 'super administrator')]);
  });

  it('tells the account once for all email domains, and each domain what is about it', async () => {
    const ofAccount: string[] = [];
    const { log, ...services } = fakeServices({ connector: verified });
    const counting = { ...log, ofAccount: (_: unknown, entry: string) => void ofAccount.push(entry) };
    await preflight(sampleDomain(), settings, { ...services, log: counting });
    expect(ofAccount.map((entry) => entry.split(' ')[1])).toEqual([
      'zero-trust-organization',
      'identity-provider',
      'token',
      'way-back-in',
    ]);
    expect(log.lines.map((entry) => entry.split(' ')[2])).toEqual([
      'sign-in-seen',
      'unreachable-members',
      'sso-app',
    ]);
  });

  it('counts every email domain of the step as one that uses SSO', async () => {
    const members = ['a.example', 'b.example'].map((emailDomain) => ({
      emailDomain,
      isSuperAdministrator: true,
      isPlusAddress: false,
    }));
    const wayBackIn = async (emailDomains: readonly string[]) => {
      const domain = sampleDomain({ name: 'a.example' });
      await preflight(domain, { ...settings, emailDomains }, fakeServices({ members }));
      return domain.preflight?.guards.find(({ guard }) => guard === 'way-back-in')?.verdict;
    };
    expect(await wayBackIn(['a.example'])).toBe('passed');
    expect(await wayBackIn(['a.example', 'b.example'])).toBe('warned');
  });

  it('needs credentials', async () => {
    await rejectionOf(preflight(sampleDomain(), settings, fakeServices({ api: undefined })), InputError);
  });
});

describe('the judgement before the other modes of a step', () => {
  const step = (world: World, changes: Partial<Settings> = {}) => {
    const services = fakeServices(world);
    const settings = sampleSettings({ modes: ['create', 'wait-for-dns', 'enable'], ...changes });
    return { services, run: () => workOnAll(settings, services) };
  };
  const CREATE = expect.stringMatching(/^create /);
  const WAIT = expect.stringMatching(/^waitFor /);

  it('comes before create posts, and a refusal ends the step there', async () => {
    const { services, run } = step({ identityProviders: [] });
    const { failures, changed, domains } = await run();
    expect(failures).toMatchObject([{ error: { message: expect.stringContaining('identity-provider') } }]);
    expect(stepsOf(services)).toEqual([FIND, JUDGED]);
    expect(services.clock.sleptMs).toEqual([]);
    expect(changed).toBe(false);
    expect(domains[0]?.domain.preflight).toMatchObject({ verdict: 'refused' });
  });

  it('comes before the wait for DNS', async () => {
    const refusing = step(
      { connector: pending, identityProviders: [] },
      { modes: ['wait-for-dns', 'enable'] },
    );
    await refusing.run();
    expect(stepsOf(refusing.services)).toEqual([FIND, JUDGED]);
  });

  it('is made again right before the PATCH', async () => {
    const { services, run } = step({
      ssoConnectors: { find: async () => undefined },
      sights: [{ verificationStatus: 'verified' }],
    });
    const { failures } = await run();
    expect(failures).toEqual([]);
    expect(stepsOf(services)).toEqual([FIND, JUDGED, FIND, CREATE, WAIT, GET, JUDGED, PATCH, APP]);
  });

  it('tells each guard once, in a group of its own', async () => {
    const { services, run } = step({ connector: verified }, { modes: ['enable'] });
    await run();
    expect(told(services)).toEqual(GUARD_IDS.map((guard) => `${guard} passed`));
    expect(services.log.lines.filter((entry) => entry.startsWith('group:'))).toEqual([
      'group: preflight',
      'group: enable',
    ]);
  });

  it.each([[['enable']], [['preflight', 'enable']]] as const)(
    'is made once before the first mode, whether or not preflight is named (%j)',
    async (modes) => {
      const real = step({ connector: verified }, { modes });
      await real.run();
      expect(stepsOf(real.services).filter((one) => one === JUDGED)).toHaveLength(2);
      expect(told(real.services)).toHaveLength(GUARD_IDS.length);
      const dry = step({ connector: verified }, { modes, dryRun: true });
      await dry.run();
      expect(stepsOf(dry.services).filter((one) => one === JUDGED)).toHaveLength(1);
      expect(dry.services.calls).not.toContain(PATCH);
    },
  );

  it.each<[string, World, Partial<Settings>]>([
    ['of an enabled connector', { connector: { ...verified, enabled: true } }, {}],
    ['of one given by its ID', { connector: { ...verified, enabled: true } }, { connectorId: CONNECTOR_ID }],
    ['when there is no connector and create does not run', {}, { modes: ['wait-for-dns', 'enable'] }],
    ['of a step without enable', { connector: verified }, { modes: ['create', 'wait-for-dns'] }],
    ['of a step that disables', { connector: { ...verified, enabled: true } }, { modes: ['disable'] }],
  ])('is not made %s', async (_, world, changes) => {
    const { services, run } = step({ ...world, identityProviders: [] }, changes);
    const { domains } = await run();
    expect(services.reads).toEqual([]);
    expect(stepsOf(services)).not.toContain(JUDGED);
    expect(domains[0]?.domain.preflight).toBeUndefined();
  });

  it('is made when create would make the connector, in a dry run as well', async () => {
    for (const dryRun of [false, true]) {
      const { services, run } = step({ identityProviders: [] }, { dryRun });
      expect((await run()).failures).toHaveLength(1);
      expect(stepsOf(services)).toEqual([FIND, JUDGED]);
    }
  });

  it('finds the domain of a connector ID', async () => {
    const { services, run } = step(
      { connector: verified },
      { modes: ['enable'], emailDomains: [], connectorId: CONNECTOR_ID },
    );
    const { domains, failures } = await run();
    expect(failures).toEqual([]);
    expect(domains[0]?.domain).toMatchObject({ state: 'enabled', preflight: { email_domain: DOMAIN } });
    expect(stepsOf(services)).toEqual([GET, JUDGED, GET, JUDGED, PATCH, APP]);
  });

  it('of one email domain that is refused leaves the others alone', async () => {
    const emailDomains = ['a.example', 'b.example'];
    const { run } = step(
      {
        connectors: emailDomains.map((emailDomain) => ({ ...verified, id: emailDomain, emailDomain })),
        accessLog: {
          pastSignIns: async (emailDomain) =>
            emailDomain === 'a.example'
              ? []
              : [{ allowed: true, connection: 'oidc', appUid: 'wiki', atMs: NOON_MS - 1 }],
        },
      },
      { modes: ['enable'], emailDomains, preflight: 'strict', dryRun: true },
    );
    const { failures, domains } = await run();
    expect(failures.map(({ emailDomain }) => emailDomain)).toEqual(['a.example']);
    expect(domains.map(({ domain }) => domain.preflight?.verdict)).toEqual(['warned', 'passed']);
  });
});

describe('the judgement right before the PATCH', () => {
  /** A step that waits for the verification for a minute or more. */
  function afterAWait(world: (isLater: () => boolean) => World, changes: Partial<Settings> = {}) {
    const clock = fakeClock();
    const isLater = () => clock.now() - NOON_MS > MINUTE_MS;
    const services = fakeServices({
      connector: pending,
      ssoConnectors: {
        get: async () => ({ ...pending, verificationStatus: isLater() ? 'verified' : 'pending' }),
      },
      ...world(isLater),
      clock,
    });
    const settings = sampleSettings({ modes: ['enable'], ...changes });
    return { services, run: () => workOnAll(settings, services) };
  }

  it('says nothing that it has said before, warnings neither', async () => {
    const { services, run } = afterAWait(() => ({ members: [] }));
    const { domains } = await run();
    expect(domains[0]?.domain.state).toBe('enabled');
    expect(told(services)).toHaveLength(GUARD_IDS.length);
    expect(told(services)).toContain('way-back-in warned');
  });

  it('tells only what has changed, and keeps the newer report', async () => {
    const { services, run } = afterAWait((isLater) => ({
      tokenApi: {
        facts: async () => ({
          status: 'active',
          expiresAtMs: isLater() ? NOON_MS + DAY_MS : undefined,
          notBeforeMs: undefined,
          isOfAccount: true,
        }),
      },
    }));
    const { domains } = await run();
    expect(told(services).slice(GUARD_IDS.length)).toEqual(['token warned']);
    expect(services.logAt(PATCH)).toMatch(facts('token warned', '2026-01-06'));
    expect(domains[0]?.domain).toMatchObject({ state: 'enabled', preflight: { verdict: 'warned' } });
    expect(domains[0]?.domain.preflight?.judged_at).not.toBe('2026-01-05T12:00:00.000Z');
  });

  it('refuses when somebody removed the identity provider during the wait', async () => {
    const { services, run } = afterAWait((isLater) => ({
      access: { identityProviders: async () => (isLater() ? [] : [OWN]) },
    }));
    const { domains, failures, changed } = await run();
    expect(failures).toMatchObject([{ error: { message: expect.stringContaining('identity-provider') } }]);
    expect(stepsOf(services).at(-1)).toBe(JUDGED);
    expect(services.calls).not.toContain(PATCH);
    expect(changed).toBe(false);
    expect(domains[0]?.domain).toMatchObject({ state: 'verified', preflight: { verdict: 'refused' } });
  });

  it('refuses a PATCH that could no longer be confirmed', async () => {
    const log = forbidden('Access: Audit Logs: Read');
    const { services, run } = afterAWait(
      (isLater) => ({
        accessLog: { pastSignIns: () => (isLater() ? Promise.reject(log) : Promise.resolve([])) },
      }),
      { confirmWithinMs: 10 * MINUTE_MS },
    );
    const { domains, failures } = await run();
    expect(failures).toMatchObject([{ error: { message: expect.stringContaining('confirm-within') } }]);
    expect(services.calls).not.toContain(PATCH);
    expect(domains[0]?.domain).toMatchObject({ state: 'verified', confirmed: undefined });
  });
});

describe('confirm-within without what shows sign-ins', () => {
  const confirmWithinMs = 10 * MINUTE_MS;
  const log = forbidden('Access: Audit Logs: Read');
  const apps = forbidden('Access: Apps and Policies: Read');
  const UNREADABLE: Readonly<Record<string, readonly [World, CloudflareApiError]>> = {
    log: [{ accessLog: { pastSignIns: () => Promise.reject(log) } }, log],
    applications: [{ access: { ssoApp: () => Promise.reject(apps) } }, apps],
  };

  describe.each(Object.entries(UNREADABLE))('because the %s cannot be read', (_, [world, failure]) => {
    it.each(PREFLIGHT_POLICIES)('refuses before anything is done (preflight: %s)', async (policy) => {
      const services = fakeServices(world);
      const settings = sampleSettings({ preflight: policy, confirmWithinMs });
      const { failures, domains, changed } = await workOnAll(settings, services);
      expect(failures).toHaveLength(1);
      const text = `${failures[0]?.error.message} ${failures[0]?.error.hint}`;
      expect(text).toContain(failure.permission);
      // Strict refuses it for another reason as well.
      if (policy !== 'strict') {
        expect(text).toMatch(facts('confirm-within', failure.message));
        expect(failures[0]?.error).toMatchObject({ hint: failure.hint, cause: failure });
      }
      expect(stepsOf(services)).toEqual([FIND, JUDGED]);
      expect(changed).toBe(false);
      expect(domains[0]?.domain.confirmed).toBeUndefined();
    });

    it('does not matter without confirm-within, nor without enable', async () => {
      const without = fakeServices({ ...world, connector: verified });
      expect((await workOnAll(sampleSettings({ modes: ['enable'] }), without)).failures).toEqual([]);
      const settings = sampleSettings({ modes: ['preflight'], confirmWithinMs });
      const alone = fakeServices({ ...world, connector: verified });
      expect((await workOnAll(settings, alone)).failures).toEqual([]);
    });

    it('is also found by mode preflight of a step that enables', async () => {
      const services = fakeServices(world);
      const settings = sampleSettings({ modes: ['preflight', 'create', 'enable'], confirmWithinMs });
      const { failures } = await workOnAll(settings, services);
      expect(failures).toMatchObject([{ error: { message: expect.stringContaining('confirm-within') } }]);
      expect(stepsOf(services)).toEqual([FIND, JUDGED]);
    });
  });

  it('takes a stop for no refusal', async () => {
    const stop = new StoppedError('Stopped by SIGTERM.');
    let looks = 0;
    const services = fakeServices({
      connector: verified,
      accessLog: {
        pastSignIns: () => {
          looks += 1;
          return looks === 1 ? Promise.resolve([]) : Promise.reject(stop);
        },
      },
    });
    const settings = sampleSettings({ modes: ['preflight', 'enable'], confirmWithinMs });
    expect(await rejectionOf(preflight(sampleDomain(), settings, services), Error)).toBe(stop);
    expect(looks).toBe(2);
  });
});
