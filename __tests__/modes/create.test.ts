import { describe, expect, it } from 'vitest';
import { ActionError, InputError } from '../../src/domain/errors.ts';
import { startProgress } from '../../src/domain/progress.ts';
import { NetworkError } from '../../src/http/network-error.ts';
import { create } from '../../src/modes/create.ts';
import { fakeServices } from '../fakes/services.ts';
import { rejectionOf } from '../samples/errors.ts';
import {
  CODE,
  CONNECTOR_ID,
  DOMAIN,
  sampleConnector,
  sampleProgress,
  sampleSettings,
} from '../samples/results.ts';

const RECORD_LINE = `info:     ${DOMAIN}.  IN  TXT  "${CODE}"`;

describe('create without a connector', () => {
  it('makes one and says what to publish', async () => {
    const services = fakeServices();
    const progress = await create(sampleProgress(), sampleSettings(), services);
    expect(services.calls).toEqual([
      `find "${DOMAIN}"`,
      `create {"email_domain":"${DOMAIN}","begin_verification":true}`,
    ]);
    expect(progress).toMatchObject({
      created: true,
      changed: true,
      isAbsent: false,
      verificationCode: CODE,
      connector: { id: CONNECTOR_ID },
    });
    expect(services.saved.at(-1)).toEqual(progress);
    expect(services.log.lines).toContain(`info: Created the SSO connector ${CONNECTOR_ID} for ${DOMAIN}.`);
    expect(services.log.lines).toContain(RECORD_LINE);
  });

  it.each([true, false])('passes on that use-fedramp-language is %s', async (useFedrampLanguage) => {
    const services = fakeServices();
    await create(sampleProgress(), sampleSettings({ useFedrampLanguage }), services);
    expect(services.calls[1]).toContain(`"use_fedramp_language":${useFedrampLanguage}`);
  });

  it('passes on that verification is not to begin', async () => {
    const services = fakeServices();
    await create(sampleProgress(), sampleSettings({ beginVerification: false }), services);
    expect(services.calls[1]).toContain('"begin_verification":false');
  });

  it('says that it has found, not created, the connector of somebody who was faster', async () => {
    const services = fakeServices({
      ssoConnectors: { create: async () => ({ connector: sampleConnector(), created: false }) },
    });
    const progress = await create(sampleProgress(), sampleSettings(), services);
    expect(progress).toMatchObject({ created: false, changed: false, connector: { id: CONNECTOR_ID } });
    expect(services.log.text()).toContain(`Found the SSO connector ${CONNECTOR_ID}`);
    expect(services.log.text()).not.toContain('Created');
  });

  it('only says what it would do in a dry run', async () => {
    const services = fakeServices();
    const progress = await create(sampleProgress(), sampleSettings({ dryRun: true }), services);
    expect(services.calls).toEqual([`find "${DOMAIN}"`]);
    expect(progress).toMatchObject({ created: false, changed: false, isAbsent: true, connector: undefined });
    expect(services.log.lines).toEqual([`info: Dry run: would create an SSO connector for ${DOMAIN}.`]);
  });

  it('no longer claims that there is none when nobody tells what became of making one', async () => {
    const failure = new NetworkError('x', { retryability: 'ambiguous' });
    const services = fakeServices({ ssoConnectors: { create: () => Promise.reject(failure) } });
    expect(await rejectionOf(create(sampleProgress(), sampleSettings(), services), NetworkError)).toBe(
      failure,
    );
    expect(services.saved).toEqual([
      sampleProgress({ isAbsent: true }),
      sampleProgress({ isAbsent: true, isStale: true, changed: undefined }),
    ]);
  });

  it('saves that there still is none when Cloudflare refuses to make one', async () => {
    const failure = new NetworkError('x', { retryability: 'permanent' });
    const services = fakeServices({ ssoConnectors: { create: () => Promise.reject(failure) } });
    await rejectionOf(create(sampleProgress(), sampleSettings(), services), NetworkError);
    expect(services.saved.at(-1)).toEqual(sampleProgress({ isAbsent: true }));
  });

  it('needs credentials', async () => {
    const services = fakeServices({ api: undefined });
    const error = await rejectionOf(create(sampleProgress(), sampleSettings(), services), InputError);
    expect(error.hint).toContain('account-id and api-token');
  });
});

describe('create with a connector', () => {
  it.each(['awaiting', 'pending', 'verified', undefined] as const)(
    'changes nothing when its verification is %s',
    async (verificationStatus) => {
      const connector = sampleConnector({ verificationStatus });
      const services = fakeServices({ connector });
      const progress = await create(sampleProgress(), sampleSettings(), services);
      expect(services.calls).toEqual([`find "${DOMAIN}"`]);
      expect(progress).toMatchObject({ connector, created: false, changed: false, verificationCode: CODE });
      expect(services.log.text()).toContain(`(verification ${verificationStatus ?? 'unknown'})`);
    },
  );

  it('changes nothing when it is enabled, and has nothing to publish', async () => {
    const connector = sampleConnector({ enabled: true, verificationStatus: 'verified' });
    const services = fakeServices({ connector });
    const progress = await create(sampleProgress(), sampleSettings(), services);
    expect(services.calls).toHaveLength(1);
    expect(progress).toMatchObject({ connector, changed: false });
    expect(services.log.lines).toEqual([
      `info: Found the SSO connector ${CONNECTOR_ID} for ${DOMAIN} (enabled).`,
    ]);
  });

  it('changes nothing in a second run', async () => {
    const services = fakeServices();
    const settings = sampleSettings({ useFedrampLanguage: false });
    await create(sampleProgress(), settings, services);
    const firstCalls = services.calls.length;
    const progress = await create(sampleProgress(), settings, services);
    expect(services.calls.slice(firstCalls)).toEqual([`find "${DOMAIN}"`]);
    expect(progress).toMatchObject({ created: false, changed: false });
  });

  it.each([
    ['pending', true],
    ['awaiting', true],
    ['verified', false],
  ] as const)('when its verification is %s, says what to publish: %s', async (verificationStatus, says) => {
    const services = fakeServices({ connector: sampleConnector({ verificationStatus }) });
    await create(sampleProgress(), sampleSettings(), services);
    expect(services.log.lines.includes(RECORD_LINE)).toBe(says);
  });

  it('looks it up by its ID where that is given, and learns the domain from it', async () => {
    const services = fakeServices({ connector: sampleConnector() });
    const settings = sampleSettings({ connectorId: CONNECTOR_ID, emailDomains: [] });
    const progress = await create(startProgress(undefined, undefined), settings, services);
    expect(services.calls).toEqual([`get "${CONNECTOR_ID}"`]);
    expect(progress.emailDomain).toBe(DOMAIN);
  });

  it('refuses a connector ID of another domain, and keeps nothing of it', async () => {
    const services = fakeServices({ connector: sampleConnector({ emailDomain: 'other.example' }) });
    const settings = sampleSettings({ connectorId: CONNECTOR_ID });
    const error = await rejectionOf(create(sampleProgress(), settings, services), ActionError);
    expect(error.message).toBe(
      `The connector ${CONNECTOR_ID} belongs to other.example, not to ${DOMAIN} as email-domain says.`,
    );
    expect(error.hint).toContain('Leave one of connector-id and email-domain out');
    expect(services.saved).toEqual([]);
    expect(services.calls).toHaveLength(1);
  });
});

describe('create with a connector whose verification has failed', () => {
  const connector = sampleConnector({ verificationStatus: 'failed' });

  it('starts it again', async () => {
    const services = fakeServices({ connector });
    const progress = await create(sampleProgress(), sampleSettings(), services);
    expect(services.calls).toEqual([`find "${DOMAIN}"`, 'beginVerification']);
    expect(progress).toMatchObject({
      changed: true,
      created: false,
      connector: { verificationStatus: 'pending' },
    });
    expect(services.log.lines).toContain(RECORD_LINE);
  });

  it('leaves it alone when verification is not to begin', async () => {
    const services = fakeServices({ connector });
    const progress = await create(sampleProgress(), sampleSettings({ beginVerification: false }), services);
    expect(services.calls).toHaveLength(1);
    expect(progress).toMatchObject({ changed: false, connector: { verificationStatus: 'failed' } });
  });

  it('only says so in a dry run', async () => {
    const services = fakeServices({ connector });
    const progress = await create(sampleProgress(), sampleSettings({ dryRun: true }), services);
    expect(services.calls).toHaveLength(1);
    expect(progress.changed).toBe(false);
    expect(services.log.text()).toContain('Dry run: would start the failed verification again.');
  });
});

describe('create with use-fedramp-language', () => {
  const connector = sampleConnector({ useFedrampLanguage: true });

  it('changes it when it is another, and nothing else', async () => {
    const services = fakeServices({ connector });
    const progress = await create(sampleProgress(), sampleSettings({ useFedrampLanguage: false }), services);
    expect(services.calls).toEqual([`find "${DOMAIN}"`, 'change {"use_fedramp_language":false}']);
    expect(progress).toMatchObject({ changed: true, connector: { useFedrampLanguage: false } });
    expect(services.log.text()).toContain('Changed use_fedramp_language from true to false.');
  });

  it.each([undefined, true])('leaves it as it is with %s', async (useFedrampLanguage) => {
    const services = fakeServices({ connector });
    const progress = await create(sampleProgress(), sampleSettings({ useFedrampLanguage }), services);
    expect(services.calls).toHaveLength(1);
    expect(progress).toMatchObject({ changed: false, connector: { useFedrampLanguage: true } });
  });

  it('only says so in a dry run', async () => {
    const services = fakeServices({ connector });
    const settings = sampleSettings({ useFedrampLanguage: false, dryRun: true });
    const progress = await create(sampleProgress(), settings, services);
    expect(services.calls).toHaveLength(1);
    expect(progress.changed).toBe(false);
    expect(services.log.text()).toContain('Dry run: would change use_fedramp_language from true to false.');
  });

  it('does not lose the change when what follows fails', async () => {
    const services = fakeServices({
      connector: sampleConnector({ useFedrampLanguage: true, verificationStatus: 'failed' }),
      ssoConnectors: { beginVerification: () => Promise.reject(new ActionError('No.')) },
    });
    const settings = sampleSettings({ useFedrampLanguage: false });
    await rejectionOf(create(sampleProgress(), settings, services), ActionError);
    expect(services.saved.at(-1)).toMatchObject({ changed: true, connector: { useFedrampLanguage: false } });
  });

  it('keeps the change when the verification is started again as well', async () => {
    const services = fakeServices({
      connector: sampleConnector({ useFedrampLanguage: true, verificationStatus: 'failed' }),
    });
    const progress = await create(sampleProgress(), sampleSettings({ useFedrampLanguage: false }), services);
    expect(progress.connector).toMatchObject({ useFedrampLanguage: false, verificationStatus: 'pending' });
  });
});
