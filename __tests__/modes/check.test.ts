import { describe, expect, it } from 'vitest';
import { CloudflareApiError } from '../../src/cloudflare/api-error.ts';
import type { SsoConnector } from '../../src/domain/connector.ts';
import type { DnsReport, ServerReport } from '../../src/domain/dns-report.ts';
import { DRIFT_KINDS, type Drift } from '../../src/domain/drift.ts';
import { InputError } from '../../src/domain/errors.ts';
import { startProgress, withConnector } from '../../src/domain/progress.ts';
import type { Settings } from '../../src/domain/settings.ts';
import { check } from '../../src/modes/check.ts';
import { create } from '../../src/modes/create.ts';
import { type FakeServices, fakeServices, type World } from '../fakes/services.ts';
import { rejectionOf } from '../samples/errors.ts';
import {
  CODE,
  CONNECTOR_ID,
  DOMAIN,
  FINDING,
  sampleConnector,
  sampleProgress,
  sampleReport,
  sampleSettings,
} from '../samples/results.ts';

const FIND = `find "${DOMAIN}"`;
const LOOK = `waitFor ${JSON.stringify({ name: DOMAIN, value: CODE, timeoutMs: 0 })}`;

/** What everything is like where there is no drift. */
const sound = sampleConnector({ enabled: true, verificationStatus: 'verified' });
const invisible = sampleReport({ visible: false });

/** What a check may call: nothing that changes anything. */
const READING = /^(list|find|get|waitFor)\b/;

interface Checked {
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
  progress = startProgress(settings.emailDomains[0], undefined),
): Promise<Checked> {
  const services = fakeServices(world);
  const { drift, changed } = await check(progress, settings, services);
  if (drift === undefined) throw new Error('nothing was compared');
  expect(changed).toBe(false);
  expect(services.calls.filter((call) => !READING.test(call))).toEqual([]);
  expect(services.saved.at(-1)?.drift).toBe(drift);
  return { drift, services };
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
  it('finds no drift, says so, and looks once at each', async () => {
    const { drift, services } = await checked({ connector: sound });
    expect(drift).toEqual([]);
    expect(services.calls).toEqual([FIND, LOOK]);
    expect(services.clock.sleptMs).toEqual([]);
    expect(services.log.lines).toEqual([`info: ${DOMAIN} is as declared.`]);
  });

  it('passes on what it has learnt', async () => {
    const services = fakeServices({ connector: sound });
    const progress = await check(sampleProgress(), settingsOf(), services);
    expect(progress).toMatchObject({
      connector: sound,
      verificationCode: CODE,
      dns: { visible: true },
      txtToday: [CODE],
      isAbsent: false,
    });
  });

  it('keeps what it knew of the TXT records when no authoritative server answered', async () => {
    const report = servers(['authoritative', 'unknown'], ['resolver', 'present']);
    const services = fakeServices({ connector: sound, reports: [{ ...report, visible: true }] });
    const progress = await check(sampleProgress({ txtToday: ['old'] }), settingsOf(), services);
    expect(progress.txtToday).toEqual(['old']);
  });

  it('keeps that an earlier mode has changed something', async () => {
    const services = fakeServices({ connector: sound });
    const progress = await check(sampleProgress({ changed: true, created: true }), settingsOf(), services);
    expect(progress).toMatchObject({ changed: true, created: true, drift: [] });
  });
});

describe('each kind of drift', () => {
  /** A world that has this drift, and no other. */
  const WORLDS: Readonly<Record<Exclude<Drift['kind'], 'undeclared-connector'>, [World, Settings?]>> = {
    'connector-missing': [{}],
    'not-verified': [{ connector: { ...sound, verificationStatus: 'failed' } }],
    'not-enabled': [{ connector: { ...sound, enabled: false } }],
    enabled: [{ connector: sound }, settingsOf({ expectEnabled: false })],
    'fedramp-language': [{ connector: sound }, settingsOf({ useFedrampLanguage: true })],
    'record-missing': [{ connector: sound, reports: [invisible] }],
    'record-not-visible': [
      { connector: sound, reports: [servers(['authoritative', 'present'], ['resolver', 'absent'])] },
    ],
  };

  it('is here, but for that of the account as a whole', () => {
    expect([...Object.keys(WORLDS), 'undeclared-connector'].sort()).toEqual([...DRIFT_KINDS].sort());
  });

  it.each(Object.entries(WORLDS))(
    '%s is found alone, told and left as it is',
    async (kind, [world, settings]) => {
      const { drift, services } = await checked(world, settings);
      const [one] = drift;
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
      expect(services.log.lines).toEqual([
        `info: Drift: ${one?.actual}; declared is ${one?.expected}. ${one?.remedy}`,
      ]);
    },
  );

  it('is found beside others, always in the same order', async () => {
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
    const progress = await check(sampleProgress(), settingsOf(), services);
    expect(progress).toMatchObject({ isAbsent: true, connector: undefined });
    expect(services.calls).toEqual([FIND]);
  });

  it('is drift also where it is declared as disabled', async () => {
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
      { kind: 'not-verified', expected: 'verified', actual: `its verification status is ${status}` },
    ]);
  });
});

describe('expect-enabled', () => {
  it.each([
    { expectEnabled: true, enabled: true, found: [] },
    { expectEnabled: true, enabled: false, found: ['not-enabled'] },
    { expectEnabled: false, enabled: false, found: [] },
    { expectEnabled: false, enabled: true, found: ['enabled'] },
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
      { expected: 'use_fedramp_language true', actual: 'use_fedramp_language is false' },
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
        expected: `the TXT record "${CODE}"`,
        // Neither evidence nor times: the same drift is the same text, or the issue would be rewritten each week.
        actual: `${kind === 'record-missing' ? 'the authoritative servers do not have the TXT record' : 'the TXT record is not visible'}, most likely ${FINDING.cause}`,
        remedy: expect.not.stringContaining(FINDING.remedy),
      },
    ]);
  });

  it('is not looked for without a code, with a warning, and the rest is compared', async () => {
    const connector = { ...sound, verificationCode: undefined, enabled: false };
    const { drift, services } = await checked({ connector });
    expect(drift.map(({ kind }) => kind)).toEqual(['not-enabled']);
    expect(services.calls).toEqual([FIND]);
    expect(services.log.lines[0]).toBe(
      `warning: Cloudflare gives no verification code for ${DOMAIN}: its TXT record is not checked.`,
    );
  });

  it('is that of the connector, whatever code was given', async () => {
    const { services } = await checked(
      { connector: sound },
      settingsOf(),
      sampleProgress({ verificationCode: 'an-old-code' }),
    );
    expect(services.calls.at(-1)).toBe(LOOK);
  });
});

describe('check by connector ID', () => {
  const other = sampleConnector({ id: 'other', emailDomain: 'other.example' });
  const byId = settingsOf({ emailDomains: [], connectorId: CONNECTOR_ID });
  const both = settingsOf({ connectorId: CONNECTOR_ID });

  it('learns the email domain from the list', async () => {
    const { drift, services } = await checked({ connectors: [other, sound] }, byId);
    expect(drift).toEqual([]);
    expect(services.calls).toEqual(['list', LOOK]);
    expect(services.saved.at(-1)).toMatchObject({ emailDomain: DOMAIN });
    expect(services.log.lines).toEqual([`info: ${DOMAIN} is as declared.`]);
  });

  it('is content when the domain is that of the connector', async () => {
    const { drift, services } = await checked({ connectors: [other, sound] }, both);
    expect(drift).toEqual([]);
    expect(services.calls).toEqual(['list', LOOK]);
  });

  it('misses a connector that has another domain', async () => {
    const { drift, services } = await checked({ connectors: [{ ...sound, emailDomain: 'b.example' }] }, both);
    expect(drift).toMatchObject([{ kind: 'connector-missing', email_domain: DOMAIN }]);
    expect(services.calls).toEqual(['list']);
  });

  it('misses the connector of the domain when it has another ID', async () => {
    expect(await kinds({ connectors: [{ ...sound, id: 'new' }] }, both)).toEqual(['connector-missing']);
  });

  it('names the ID when nothing else is known', async () => {
    const { drift } = await checked({ connectors: [other] }, byId);
    expect(drift).toMatchObject([{ kind: 'connector-missing', email_domain: CONNECTOR_ID }]);
  });
});

describe('check after another mode in the same step', () => {
  it('asks for the connector as it is now, not as it was in the list', async () => {
    const known = withConnector(sampleProgress(), sampleConnector());
    const { drift, services } = await checked(
      { connector: sampleConnector(), sights: [{ enabled: true, verificationStatus: 'verified' }] },
      settingsOf({ modes: ['enable', 'check'] }),
      known,
    );
    expect(drift).toEqual([]);
    expect(services.calls).toEqual([`get "${CONNECTOR_ID}"`, LOOK]);
  });

  it('sees what create has made', async () => {
    const settings = settingsOf({ modes: ['create', 'check'] });
    const services = fakeServices();
    const made = await create(sampleProgress(), settings, services);
    const progress = await check(made, settings, services);
    expect(progress).toMatchObject({ created: true, changed: true, connector: { id: CONNECTOR_ID } });
    expect(progress.drift?.map(({ kind }) => kind)).toEqual(['not-verified', 'not-enabled']);
  });
});

describe('check that cannot look', () => {
  it('fails, and has compared nothing', async () => {
    const failure = new CloudflareApiError('No.', { retryability: 'permanent', status: 403, errors: [] });
    const services = fakeServices({ ssoConnectors: { find: () => Promise.reject(failure) } });
    expect(await rejectionOf(check(sampleProgress(), settingsOf(), services), CloudflareApiError)).toBe(
      failure,
    );
    expect(services.saved).toEqual([]);
  });

  it('needs credentials', async () => {
    const services = fakeServices({ api: undefined });
    await rejectionOf(check(sampleProgress(), settingsOf(), services), InputError);
  });
});
