import { describe, expect, it } from 'vitest';
import { ActionError, InputError, OutcomeUnknownError, RequestError } from '../../src/domain/errors.ts';
import { NetworkError } from '../../src/http/network-error.ts';
import { create } from '../../src/modes/create.ts';
import { rejectionOf } from '../checks/errors.ts';
import { facts, line } from '../checks/facts.ts';
import { fakeServices } from '../fakes/services.ts';
import {
  CODE,
  CONNECTOR_ID,
  DOMAIN,
  domainAfter,
  sampleConnector,
  sampleDomain,
  sampleSettings,
} from '../samples/results.ts';

const RECORD = `${DOMAIN}.  IN  TXT  "${CODE}"`;

const lost = new NetworkError('No answer.', { retryability: 'ambiguous' });
const refused = new NetworkError('No.', { retryability: 'permanent' });
/** A refusal after an attempt without an answer. */
const doubtful = new OutcomeUnknownError(refused);

function rejecting(error: Error): () => Promise<never> {
  return () => Promise.reject(error);
}

describe('create without a connector', () => {
  it('creates one and says what to publish', async () => {
    const services = fakeServices();
    const domain = await domainAfter(create, sampleDomain(), sampleSettings(), services);
    expect(services.calls).toEqual([
      `find "${DOMAIN}"`,
      `create {"email_domain":"${DOMAIN}","begin_verification":true}`,
    ]);
    expect(domain).toMatchObject({
      created: true,
      changed: true,
      verificationCode: CODE,
      connector: { id: CONNECTOR_ID },
    });
    expect(services.log.lines[0]).toEqual(line('info', 'Created', CONNECTOR_ID, DOMAIN));
    expect(services.log.text()).toContain(RECORD);
  });

  it.each([true, false])('sends use-fedramp-language: %s', async (useFedrampLanguage) => {
    const services = fakeServices();
    await create(sampleDomain(), sampleSettings({ useFedrampLanguage }), services);
    expect(services.calls[1]).toContain(`"use_fedramp_language":${useFedrampLanguage}`);
  });

  it('sends that verification must not begin', async () => {
    const services = fakeServices();
    await create(sampleDomain(), sampleSettings({ beginVerification: false }), services);
    expect(services.calls[1]).toContain('"begin_verification":false');
  });

  it('says that it found, not created, the connector if somebody else was faster', async () => {
    const services = fakeServices({
      ssoConnectors: { create: async () => ({ connector: sampleConnector(), created: false }) },
    });
    const domain = await domainAfter(create, sampleDomain(), sampleSettings(), services);
    expect(domain).toMatchObject({ created: false, changed: false, connector: { id: CONNECTOR_ID } });
    expect(services.log.lines[0]).toEqual(line('info', 'Found', CONNECTOR_ID, DOMAIN));
    expect(services.log.text()).not.toContain('Created');
  });

  it('only says what it would do in a dry run', async () => {
    const services = fakeServices();
    const domain = await domainAfter(create, sampleDomain(), sampleSettings({ dryRun: true }), services);
    expect(services.calls).toEqual([`find "${DOMAIN}"`]);
    expect(domain).toMatchObject({
      created: false,
      changed: false,
      sight: { kind: 'absent' },
      connector: undefined,
    });
    expect(services.log.lines).toEqual([line('info', 'Dry run', 'would create', DOMAIN)]);
  });

  it.each([lost, doubtful])('has made it if a look shows it though no answer came (%s)', async (failure) => {
    const services = fakeServices({
      ssoConnectors: { create: rejecting(failure), findNew: async () => sampleConnector() },
    });
    const domain = await domainAfter(create, sampleDomain(), sampleSettings(), services);
    expect(services.calls.at(-1)).toBe(`find new "${DOMAIN}"`);
    expect(domain).toMatchObject({ changed: true, created: true, connector: { id: CONNECTOR_ID } });
    expect(services.log.lines[0]).toEqual(line('info', 'Created', CONNECTOR_ID, DOMAIN));
  });

  it('has made none if a look shows none', async () => {
    const domain = sampleDomain();
    const services = fakeServices({ ssoConnectors: { create: rejecting(doubtful) } });
    expect(await rejectionOf(create(domain, sampleSettings(), services), NetworkError)).toBe(refused);
    expect(domain).toMatchObject({ state: 'absent', changed: false, created: false });
  });

  it.each([lost, doubtful])(
    'no longer claims that there is none if the look fails too (%s)',
    async (failure) => {
      const domain = sampleDomain();
      const services = fakeServices({
        ssoConnectors: { create: rejecting(failure), findNew: rejecting(refused) },
      });
      expect(await rejectionOf(create(domain, sampleSettings(), services), RequestError)).toBe(failure);
      expect(domain).toMatchObject({ sight: { kind: 'in-doubt', connector: undefined } });
      expect(domain).toMatchObject({ changed: undefined, created: undefined, state: undefined });
    },
  );

  it('knows that there is still none when Cloudflare refuses to create one', async () => {
    const domain = sampleDomain();
    const services = fakeServices({ ssoConnectors: { create: rejecting(refused) } });
    await rejectionOf(create(domain, sampleSettings(), services), NetworkError);
    expect(domain).toMatchObject({ sight: { kind: 'absent' }, changed: false, created: false });
  });

  it('needs credentials', async () => {
    const services = fakeServices({ api: undefined });
    const error = await rejectionOf(create(sampleDomain(), sampleSettings(), services), InputError);
    expect(error.hint).toMatch(facts('account-id', 'api-token'));
  });
});

describe('create with a connector', () => {
  it.each(['awaiting', 'pending', 'verified', undefined] as const)(
    'changes nothing when its verification is %s',
    async (verificationStatus) => {
      const connector = sampleConnector({ verificationStatus });
      const services = fakeServices({ connector });
      const domain = await domainAfter(create, sampleDomain(), sampleSettings(), services);
      expect(services.calls).toEqual([`find "${DOMAIN}"`]);
      expect(domain).toMatchObject({ connector, created: false, changed: false, verificationCode: CODE });
      expect(services.log.lines[0]).toEqual(
        line('info', 'Found', CONNECTOR_ID, DOMAIN, verificationStatus ?? 'verification unknown'),
      );
    },
  );

  it('changes nothing when it is enabled, and has nothing to publish', async () => {
    const connector = sampleConnector({ enabled: true, verificationStatus: 'verified' });
    const services = fakeServices({ connector });
    const domain = await domainAfter(create, sampleDomain(), sampleSettings(), services);
    expect(services.calls).toHaveLength(1);
    expect(domain).toMatchObject({ connector, changed: false });
    expect(services.log.lines).toEqual([line('info', 'Found', CONNECTOR_ID, DOMAIN, 'enabled')]);
  });

  it('changes nothing in a second run', async () => {
    const services = fakeServices();
    const settings = sampleSettings({ useFedrampLanguage: false });
    await create(sampleDomain(), settings, services);
    const firstCalls = services.calls.length;
    const domain = await domainAfter(create, sampleDomain(), settings, services);
    expect(services.calls.slice(firstCalls)).toEqual([`find "${DOMAIN}"`]);
    expect(domain).toMatchObject({ created: false, changed: false });
  });

  it.each([
    ['pending', true],
    ['awaiting', true],
    ['verified', false],
  ] as const)('when its verification is %s, says what to publish: %s', async (verificationStatus, says) => {
    const services = fakeServices({ connector: sampleConnector({ verificationStatus }) });
    await create(sampleDomain(), sampleSettings(), services);
    expect(services.log.text().includes(RECORD)).toBe(says);
  });

  it('looks it up by its ID if that is given, and learns the domain from it', async () => {
    const services = fakeServices({ connector: sampleConnector() });
    const settings = sampleSettings({ connectorId: CONNECTOR_ID, emailDomains: [] });
    const domain = await domainAfter(create, sampleDomain({ name: undefined }), settings, services);
    expect(services.calls).toEqual([`get "${CONNECTOR_ID}"`]);
    expect(domain.name).toBe(DOMAIN);
  });

  it('refuses the connector of another domain and keeps nothing of it', async () => {
    const domain = sampleDomain();
    const services = fakeServices({ connector: sampleConnector({ emailDomain: 'other.example' }) });
    const settings = sampleSettings({ connectorId: CONNECTOR_ID });
    const error = await rejectionOf(create(domain, settings, services), ActionError);
    expect(error.message).toMatch(facts(CONNECTOR_ID, 'belongs to other.example', DOMAIN));
    expect(error.hint).toMatch(facts('connector-id', 'email-domain'));
    expect(domain.sight).toEqual({ kind: 'unasked' });
    expect(services.calls).toHaveLength(1);
  });
});

describe('create with a connector whose verification failed', () => {
  const connector = sampleConnector({ verificationStatus: 'failed' });

  it('restarts the verification', async () => {
    const services = fakeServices({ connector });
    const domain = await domainAfter(create, sampleDomain(), sampleSettings(), services);
    expect(services.calls).toEqual([`find "${DOMAIN}"`, 'beginVerification']);
    expect(domain).toMatchObject({
      changed: true,
      created: false,
      connector: { verificationStatus: 'pending' },
    });
    expect(services.log.text()).toContain(RECORD);
  });

  it.each([
    ['is pending', 'pending', { changed: true }],
    ['is still failed', 'failed', { changed: false }],
  ] as const)('without an answer to that, looks whether it %s', async (_, verificationStatus, known) => {
    const services = fakeServices({
      connector,
      sights: [{ verificationStatus }],
      ssoConnectors: { beginVerification: rejecting(doubtful) },
    });
    const domain = sampleDomain();
    const work = create(domain, sampleSettings(), services);
    if (known.changed) await work;
    else expect(await rejectionOf(work, NetworkError)).toBe(refused);
    expect(domain).toMatchObject({ ...known, connector: { verificationStatus } });
  });

  it('claims nothing if the look fails too', async () => {
    const services = fakeServices({
      connector,
      ssoConnectors: { beginVerification: rejecting(doubtful), get: rejecting(refused) },
    });
    const domain = sampleDomain();
    expect(await rejectionOf(create(domain, sampleSettings(), services), RequestError)).toBe(doubtful);
    expect(domain).toMatchObject({ sight: { kind: 'in-doubt' }, changed: undefined, state: undefined });
  });

  it('leaves it alone when verification must not begin', async () => {
    const services = fakeServices({ connector });
    const domain = await domainAfter(
      create,
      sampleDomain(),
      sampleSettings({ beginVerification: false }),
      services,
    );
    expect(services.calls).toHaveLength(1);
    expect(domain).toMatchObject({ changed: false, connector: { verificationStatus: 'failed' } });
  });

  it('only says so in a dry run', async () => {
    const services = fakeServices({ connector });
    const domain = await domainAfter(create, sampleDomain(), sampleSettings({ dryRun: true }), services);
    expect(services.calls).toHaveLength(1);
    expect(domain.changed).toBe(false);
    expect(services.log.lines).toContainEqual(line('info', 'Dry run', 'would', 'failed verification'));
  });
});

describe('create with use-fedramp-language', () => {
  const connector = sampleConnector({ useFedrampLanguage: true });

  it('changes it if it differs, and nothing else', async () => {
    const services = fakeServices({ connector });
    const domain = await domainAfter(
      create,
      sampleDomain(),
      sampleSettings({ useFedrampLanguage: false }),
      services,
    );
    expect(services.calls).toEqual([`find "${DOMAIN}"`, 'change {"use_fedramp_language":false}']);
    expect(domain).toMatchObject({ changed: true, connector: { useFedrampLanguage: false } });
    expect(services.log.lines).toContainEqual(
      line('info', 'Changed', 'use_fedramp_language', 'from true to false'),
    );
  });

  it.each([undefined, true])('leaves it as it is with %s', async (useFedrampLanguage) => {
    const services = fakeServices({ connector });
    const domain = await domainAfter(
      create,
      sampleDomain(),
      sampleSettings({ useFedrampLanguage }),
      services,
    );
    expect(services.calls).toHaveLength(1);
    expect(domain).toMatchObject({ changed: false, connector: { useFedrampLanguage: true } });
  });

  it('only says so in a dry run', async () => {
    const services = fakeServices({ connector });
    const settings = sampleSettings({ useFedrampLanguage: false, dryRun: true });
    const domain = await domainAfter(create, sampleDomain(), settings, services);
    expect(services.calls).toHaveLength(1);
    expect(domain.changed).toBe(false);
    expect(services.log.lines).toContainEqual(
      line('info', 'Dry run', 'would change', 'use_fedramp_language', 'from true to false'),
    );
  });

  it('keeps the change when the next request fails', async () => {
    const domain = sampleDomain();
    const services = fakeServices({
      connector: sampleConnector({ useFedrampLanguage: true, verificationStatus: 'failed' }),
      ssoConnectors: { beginVerification: () => Promise.reject(new ActionError('No.')) },
    });
    const settings = sampleSettings({ useFedrampLanguage: false });
    await rejectionOf(create(domain, settings, services), ActionError);
    expect(domain).toMatchObject({ changed: true, connector: { useFedrampLanguage: false } });
  });

  it('keeps the change when it restarts the verification as well', async () => {
    const services = fakeServices({
      connector: sampleConnector({ useFedrampLanguage: true, verificationStatus: 'failed' }),
    });
    const domain = await domainAfter(
      create,
      sampleDomain(),
      sampleSettings({ useFedrampLanguage: false }),
      services,
    );
    expect(domain.connector).toMatchObject({ useFedrampLanguage: false, verificationStatus: 'pending' });
  });
});
