import { describe, expect, it } from 'vitest';
import type { DashSsoApp } from '../../src/cloudflare/access.ts';
import { CloudflareApiError } from '../../src/cloudflare/api-error.ts';
import type { SsoConnector } from '../../src/domain/connector.ts';
import type { DnsReport, ServerReport } from '../../src/domain/dns-report.ts';
import { DRIFT_KINDS, type Drift } from '../../src/domain/drift.ts';
import type { EmailDomain } from '../../src/domain/email-domain.ts';
import { InputError } from '../../src/domain/errors.ts';
import type { Settings } from '../../src/domain/settings.ts';
import { check } from '../../src/modes/check.ts';
import { create } from '../../src/modes/create.ts';
import { rejectionOf } from '../checks/errors.ts';
import { facts, line } from '../checks/facts.ts';
import { JUDGED, stepsOf } from '../checks/steps.ts';
import { type FakeServices, fakeServices, type World } from '../fakes/services.ts';
import {
  CODE,
  CONNECTOR_ID,
  createdDomain,
  DOMAIN,
  domainAfter,
  FINDING,
  sampleConnector,
  sampleDomain,
  sampleReport,
  sampleSettings,
} from '../samples/results.ts';

const FIND = `find "${DOMAIN}"`;
const LOOK = `waitFor ${JSON.stringify({ name: DOMAIN, value: CODE, timeoutMs: 0 })}`;

/** What everything is like where there is no drift. */
const sound = sampleConnector({ enabled: true, verificationStatus: 'verified' });
const invisible = sampleReport({ visible: false });
const ssoApp: DashSsoApp = {
  id: 'app1',
  uid: 'app1',
  name: 'SSO App',
  allowedIdps: [],
  policies: [
    { decision: 'allow', include: [{ email_domain: { domain: DOMAIN } }], exclude: [], require: [] },
  ],
};

/** What a check may call: nothing that changes anything. */
const READING = /^(list|find|get|waitFor)\b/;

interface Checked {
  readonly domain: EmailDomain;
  readonly drift: readonly Drift[];
  readonly services: FakeServices;
}

function settingsOf(changes: Partial<Settings> & { expectEnabled?: boolean } = {}): Settings {
  const { expectEnabled = true, ...others } = changes;
  const settings = sampleSettings({ modes: ['check'], ...others });
  return { ...settings, check: { ...settings.check, expectEnabled } };
}

async function checked(
  world: World,
  settings: Settings = settingsOf(),
  domain = sampleDomain({ name: settings.emailDomains[0] }),
): Promise<Checked> {
  const services = fakeServices({ ssoApp, ...world });
  await check(domain, settings, services);
  const { drift, changed } = domain;
  if (drift === undefined) throw new Error('nothing was compared');
  expect(changed).toBe(false);
  expect(services.calls.filter((call) => !READING.test(call))).toEqual([]);
  return { drift, domain, services };
}

async function kinds(world: World, settings?: Settings): Promise<readonly string[]> {
  return (await checked(world, settings)).drift.map(({ kind }) => kind);
}

function servers(
  ...records: readonly (readonly [ServerReport['role'], ServerReport['record']])[]
): DnsReport {
  const list = records.map(([role, record], index) => ({ server: `server ${index}`, role, record, txt: [] }));
  return { ...invisible, servers: list };
}

describe('check where everything is as declared', () => {
  it('finds no drift, says so, and looks once at connector and record', async () => {
    const { drift, services } = await checked({ connector: sound });
    expect(drift).toEqual([]);
    expect(stepsOf(services)).toEqual([FIND, LOOK, JUDGED]);
    expect(services.clock.sleptMs).toEqual([]);
    expect(services.log.lines).toEqual([line('info', DOMAIN, 'as declared')]);
  });

  it('keeps what it saw', async () => {
    const services = fakeServices({ connector: sound });
    const domain = await domainAfter(check, sampleDomain(), settingsOf(), services);
    expect(domain).toMatchObject({
      connector: sound,
      verificationCode: CODE,
      dns: { visible: true },
      txtToday: [CODE],
    });
  });

  it('keeps what it knew of the TXT records when no authoritative server answered', async () => {
    const report = servers(['authoritative', 'unknown'], ['resolver', 'present']);
    const services = fakeServices({ connector: sound, reports: [{ ...report, visible: true }] });
    const domain = await domainAfter(check, sampleDomain({ txtToday: ['old'] }), settingsOf(), services);
    expect(domain.txtToday).toEqual(['old']);
  });

  it('remembers that an earlier mode changed something', async () => {
    const services = fakeServices({ connector: sound, ssoApp });
    const domain = await domainAfter(
      check,
      await createdDomain({ connector: sound }),
      settingsOf(),
      services,
    );
    expect(domain).toMatchObject({ changed: true, created: true, drift: [] });
  });
});

/** Kinds that mode check finds once for the whole account, not for each email domain. */
const OF_ACCOUNT = [
  'undeclared-connector',
  'identity-provider-missing',
  'token-expires',
  'nobody-outside',
] as const satisfies readonly Drift['kind'][];
type OfAccount = (typeof OF_ACCOUNT)[number];

describe('each kind of drift', () => {
  /** A world that has this drift, and no other. */
  const WORLDS: Readonly<Record<Exclude<Drift['kind'], OfAccount>, [World, Settings?]>> = {
    'connector-missing': [{}],
    'not-verified': [{ connector: { ...sound, verificationStatus: 'failed' } }],
    'not-enabled': [{ connector: { ...sound, enabled: false } }],
    'enabled-unknown': [{ connector: { ...sound, enabled: undefined } }],
    enabled: [{ connector: sound }, settingsOf({ expectEnabled: false })],
    'fedramp-language': [{ connector: sound }, settingsOf({ useFedrampLanguage: true })],
    'record-missing': [{ connector: sound, reports: [invisible] }],
    'record-not-visible': [
      { connector: sound, reports: [servers(['authoritative', 'present'], ['resolver', 'absent'])] },
    ],
    'sso-app-policy': [{ connector: sound, ssoApp: { ...ssoApp, policies: [] } }],
  };

  it('has a world here, except the drift of the whole account', () => {
    expect([...Object.keys(WORLDS), ...OF_ACCOUNT].sort()).toEqual([...DRIFT_KINDS].sort());
  });

  it.each(Object.entries(WORLDS))(
    '%s is found alone, logged and left as it is',
    async (kind, [world, settings]) => {
      const { drift, services } = await checked(world, settings);
      expect(drift).toEqual([
        {
          kind,
          email_domain: DOMAIN,
          ...(kind !== 'connector-missing' && { connector_id: CONNECTOR_ID }),
          expected: expect.stringMatching(/\S/),
          actual: expect.stringMatching(/\S/),
          remedy: expect.stringMatching(/\.$/),
        },
      ]);
      expect(services.log.lines).toEqual(
        drift.map(({ actual, expected, remedy }) => line('info', 'Drift', actual, expected, remedy)),
      );
    },
  );

  it('is found together with others, always in the same order', async () => {
    const world = { connector: sampleConnector(), reports: [invisible] };
    const settings = settingsOf({ useFedrampLanguage: true });
    expect(await kinds(world, settings)).toEqual([
      'not-verified',
      'not-enabled',
      'fedramp-language',
      'record-missing',
    ]);
  });
});

describe('a connector that is missing', () => {
  it('ends the check: there is no record to look for', async () => {
    const services = fakeServices();
    const domain = await domainAfter(check, sampleDomain(), settingsOf(), services);
    expect(domain).toMatchObject({ sight: { kind: 'absent' }, connector: undefined });
    expect(stepsOf(services)).toEqual([FIND]);
  });

  it('is also drift if it is declared as disabled', async () => {
    expect(await kinds({}, settingsOf({ expectEnabled: false }))).toEqual(['connector-missing']);
  });
});

describe('what is not verified', () => {
  it.each<[SsoConnector['verificationStatus'], string]>([
    ['awaiting', 'awaiting'],
    ['pending', 'pending'],
    ['failed', 'failed'],
    [undefined, 'unknown'],
  ])('is a connector whose status is %s', async (verificationStatus, status) => {
    const { drift } = await checked({ connector: { ...sound, verificationStatus } });
    expect(drift).toMatchObject([
      { kind: 'not-verified', expected: 'verified', actual: expect.stringMatching(facts('status', status)) },
    ]);
  });
});

describe('expect-enabled', () => {
  it.each([
    { expectEnabled: true, enabled: true, found: [] },
    { expectEnabled: true, enabled: false, found: ['not-enabled'] },
    { expectEnabled: false, enabled: false, found: [] },
    { expectEnabled: false, enabled: true, found: ['enabled'] },
    { expectEnabled: true, enabled: undefined, found: ['enabled-unknown'] },
    { expectEnabled: false, enabled: undefined, found: ['enabled-unknown'] },
  ])(
    '$expectEnabled and a connector that is enabled: $enabled',
    async ({ expectEnabled, enabled, found }) => {
      expect(await kinds({ connector: { ...sound, enabled } }, settingsOf({ expectEnabled }))).toEqual(found);
    },
  );
});

describe('use-fedramp-language', () => {
  it.each([
    { declared: undefined, is: true, found: [] },
    { declared: undefined, is: false, found: [] },
    { declared: true, is: true, found: [] },
    { declared: false, is: false, found: [] },
    { declared: true, is: false, found: ['fedramp-language'] },
    { declared: false, is: true, found: ['fedramp-language'] },
  ])('$declared and a connector where it is $is', async ({ declared, is, found }) => {
    const connector = { ...sound, useFedrampLanguage: is };
    expect(await kinds({ connector }, settingsOf({ useFedrampLanguage: declared }))).toEqual(found);
  });

  it('says both', async () => {
    const { drift } = await checked({ connector: sound }, settingsOf({ useFedrampLanguage: true }));
    expect(drift).toMatchObject([
      {
        expected: expect.stringMatching(facts('use_fedramp_language', 'true')),
        actual: expect.stringMatching(facts('use_fedramp_language', 'false')),
      },
    ]);
  });
});

describe('the TXT record', () => {
  it.each<[string, DnsReport, string]>([
    [
      'all authoritative servers say so',
      servers(['authoritative', 'absent'], ['authoritative', 'absent']),
      'record-missing',
    ],
    [
      'all that answer say so',
      servers(['authoritative', 'absent'], ['authoritative', 'unknown']),
      'record-missing',
    ],
    [
      'one of them still has it',
      servers(['authoritative', 'absent'], ['authoritative', 'present']),
      'record-not-visible',
    ],
    [
      'none of them answers',
      servers(['authoritative', 'unknown'], ['resolver', 'absent']),
      'record-not-visible',
    ],
    ['only resolvers were asked', servers(['resolver', 'absent']), 'record-not-visible'],
    ['nobody was asked', servers(), 'record-not-visible'],
  ])('when %s', async (_, report, kind) => {
    const { drift } = await checked({ connector: sound, reports: [report] });
    expect(drift).toMatchObject([
      {
        kind,
        expected: expect.stringContaining(CODE),
        actual: expect.stringMatching(
          facts(kind === 'record-missing' ? 'authoritative servers' : 'not visible', FINDING.cause),
        ),
        remedy: expect.not.stringContaining(FINDING.remedy),
      },
    ]);
    // Neither evidence nor serials or times: text that changes would rewrite the issue each week.
    expect(drift[0]?.actual).not.toMatch(/\d/);
    expect(drift[0]?.actual).not.toContain(FINDING.evidence);
  });

  describe('that every authoritative server has, but not every cache', () => {
    const old = { server: 'google', role: 'resolver', record: 'absent', txt: [] } as const;
    const cached: DnsReport = {
      ...invisible,
      authoritative: true,
      servers: [
        { server: 'ns1', role: 'authoritative', record: 'present', txt: [CODE] },
        { server: 'cloudflare', role: 'resolver', record: 'present', txt: [CODE] },
        { ...old, expires_at: '2026-01-05T13:00:00.000Z' },
      ],
      diagnosis: [{ ...FINDING, cause: 'old-rrset-cached' }],
    };

    it.each(['old-rrset-cached', 'absence-cached', 'anycast-split'])(
      'is a note in the log, not drift: %s',
      async (cause) => {
        const report = { ...cached, diagnosis: [{ ...FINDING, cause }] };
        const { drift, services, domain } = await checked({ connector: sound, reports: [report] });
        expect(drift).toEqual([]);
        expect(services.log.lines).toEqual([
          line('info', 'No drift', DOMAIN, FINDING.evidence),
          line('info', DOMAIN, 'as declared'),
        ]);
        expect(domain.dns?.visible).toBe(false);
      },
    );

    it('is a note in a step that has enabled the connector before, too', async () => {
      const domain = await createdDomain({ connector: sound });
      const services = fakeServices({ connector: sound, ssoApp, reports: [cached] });
      await check(domain, settingsOf({ modes: ['enable', 'check'] }), services);
      expect(domain.drift).toEqual([]);
      expect(services.log.lines).toContainEqual(line('info', 'No drift', DOMAIN));
    });

    it.each<[string, Partial<DnsReport>]>([
      ['something other than a cache is the cause', { diagnosis: [FINDING] }],
      ['no cause is known', { diagnosis: [] }],
      ['too few authoritative servers answered', { authoritative: false }],
      [
        'an authoritative server lacks it',
        { servers: [...cached.servers, { ...old, server: 'ns2', role: 'authoritative' }] },
      ],
      ['a resolver lacks it without a cache', { servers: [...cached.servers, { ...old, server: 'r' }] }],
      ['a resolver fails', { servers: [...cached.servers, { ...old, server: 'r', record: 'unknown' }] }],
    ])('is drift where %s', async (_, changes) => {
      expect(await kinds({ connector: sound, reports: [{ ...cached, ...changes }] })).toEqual([
        'record-not-visible',
      ]);
    });
  });

  it('is not looked for without a code, with a warning, and the rest is compared', async () => {
    const connector = { ...sound, verificationCode: undefined };
    const { drift, services } = await checked({ connector }, settingsOf({ expectEnabled: false }));
    expect(drift.map(({ kind }) => kind)).toEqual(['enabled']);
    expect(stepsOf(services)).toEqual([FIND, JUDGED]);
    expect(services.log.lines[0]).toEqual(line('warning', DOMAIN, 'verification code', 'not checked'));
  });

  it('is that of the connector, whatever code was given', async () => {
    const { services } = await checked(
      { connector: sound },
      settingsOf(),
      sampleDomain({ verificationCode: 'an-old-code' }),
    );
    expect(services.calls).toContain(LOOK);
  });
});

describe('check by connector ID', () => {
  const other = sampleConnector({ id: 'other', emailDomain: 'other.example' });
  const byId = settingsOf({ emailDomains: [], connectorId: CONNECTOR_ID });
  const both = settingsOf({ connectorId: CONNECTOR_ID });

  it('learns the email domain from the list', async () => {
    const { drift, domain, services } = await checked({ connectors: [other, sound] }, byId);
    expect(drift).toEqual([]);
    expect(services.calls).toEqual(['list', LOOK, 'list']);
    expect(domain.name).toBe(DOMAIN);
    expect(services.log.lines).toEqual([line('info', DOMAIN, 'as declared')]);
  });

  it('is content when the domain is that of the connector', async () => {
    const { drift, services } = await checked({ connectors: [other, sound] }, both);
    expect(drift).toEqual([]);
    expect(services.calls).toEqual(['list', LOOK, 'list']);
  });

  it('says to whom a connector of another domain belongs, and claims nothing about this one', async () => {
    const elsewhere = { ...sound, emailDomain: 'b.example' };
    const { drift, domain, services } = await checked({ connectors: [elsewhere] }, both);
    expect(drift).toMatchObject([{ kind: 'connector-missing', email_domain: DOMAIN }]);
    expect(drift[0]?.actual).toMatch(facts(CONNECTOR_ID, 'belongs to b.example'));
    expect(drift[0]?.remedy).toMatch(facts('connector-id', 'email-domain'));
    expect(domain).toMatchObject({ sight: { kind: 'unasked' }, state: undefined });
    expect(services.calls).toEqual(['list']);
  });

  it('says which connector the domain has when it is not the one with the ID', async () => {
    const { drift, domain } = await checked({ connectors: [other, { ...sound, id: 'new' }] }, both);
    expect(drift).toMatchObject([{ kind: 'connector-missing', email_domain: DOMAIN }]);
    expect(drift[0]?.actual).toMatch(facts(`no SSO connector ${CONNECTOR_ID}`, 'has connector new'));
    expect(drift[0]?.remedy).toContain('connector-id');
    expect(domain).toMatchObject({ connector: { id: 'new' }, state: 'enabled' });
  });

  it('finds nothing where neither the ID nor the domain is there', async () => {
    const { drift, domain } = await checked({ connectors: [other] }, both);
    expect(drift[0]?.actual).toContain(`no SSO connector ${CONNECTOR_ID}`);
    expect(domain.state).toBe('absent');
  });

  it('names the ID when nothing else is known', async () => {
    const { drift } = await checked({ connectors: [other] }, byId);
    expect(drift).toMatchObject([{ kind: 'connector-missing', email_domain: CONNECTOR_ID }]);
  });
});

describe('check after another mode in the same step', () => {
  it('asks for the connector as it is now, not as it was in the list', async () => {
    const { drift, services } = await checked(
      { connector: sampleConnector(), sights: [{ enabled: true, verificationStatus: 'verified' }] },
      settingsOf({ modes: ['enable', 'check'] }),
      sampleDomain({ connector: sampleConnector() }),
    );
    expect(drift).toEqual([]);
    expect(stepsOf(services)).toEqual([`get "${CONNECTOR_ID}"`, LOOK, JUDGED]);
  });

  it('sees what create made', async () => {
    const settings = settingsOf({ modes: ['create', 'check'] });
    const services = fakeServices();
    const made = await domainAfter(create, sampleDomain(), settings, services);
    const domain = await domainAfter(check, made, settings, services);
    expect(domain).toMatchObject({ created: true, changed: true, connector: { id: CONNECTOR_ID } });
    expect(domain.drift?.map(({ kind }) => kind)).toEqual(['not-verified', 'not-enabled']);
  });
});

describe('the Access application', () => {
  const PERMISSION = 'Access: Apps and Policies: Read';
  const forbidden = new CloudflareApiError('No.', {
    retryability: 'permanent',
    status: 403,
    errors: [],
    permission: PERMISSION,
  });
  const unreadable: World = { access: { ssoApp: () => Promise.reject(forbidden) } };

  it('that cannot be read is no drift, but not checked, with the permission', async () => {
    const { drift, domain, services } = await checked({ connector: sound, ...unreadable });
    expect(drift).toEqual([]);
    expect(domain.notChecked).toEqual([{ kind: 'sso-app-policy', permission: PERMISSION }]);
    // It is told once for all email domains, when all are compared.
    expect(services.log.text()).not.toContain(PERMISSION);
  });

  it('is looked at only if the connector is enabled: Cloudflare adds the policy when it enables it', async () => {
    const disabled = { ...sound, enabled: false };
    for (const [connector, expectEnabled, isLookedAt] of [
      [sound, true, true],
      [sound, false, true],
      [disabled, true, false],
      [disabled, false, false],
    ] as const) {
      const { domain, services } = await checked({ connector, ...unreadable }, settingsOf({ expectEnabled }));
      expect(services.reads.includes('ssoApp')).toBe(isLookedAt);
      expect(domain.notChecked).toHaveLength(isLookedAt ? 1 : 0);
    }
  });
});

describe('check without an answer', () => {
  it('fails and compares nothing', async () => {
    const domain = sampleDomain();
    const failure = new CloudflareApiError('No.', { retryability: 'permanent', status: 403, errors: [] });
    const services = fakeServices({ ssoConnectors: { find: () => Promise.reject(failure) } });
    expect(await rejectionOf(check(domain, settingsOf(), services), CloudflareApiError)).toBe(failure);
    expect(domain).toMatchObject({ drift: undefined, sight: { kind: 'unasked' } });
  });

  it('needs credentials', async () => {
    const services = fakeServices({ api: undefined });
    await rejectionOf(check(sampleDomain(), settingsOf(), services), InputError);
  });
});
