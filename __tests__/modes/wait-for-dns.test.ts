import { describe, expect, it } from 'vitest';
import { ActionError, DnsError, InputError, TimeoutError } from '../../src/domain/errors.ts';
import { withConnector } from '../../src/domain/progress.ts';
import type { Settings } from '../../src/domain/settings.ts';
import { waitForDns } from '../../src/modes/wait-for-dns.ts';
import { fakeServices } from '../fakes/services.ts';
import { rejectionOf } from '../samples/errors.ts';
import {
  CODE,
  DOMAIN,
  FINDING,
  sampleConnector,
  sampleProgress,
  sampleReport,
  sampleSettings,
} from '../samples/results.ts';

const invisible = sampleReport({ visible: false });
const known = sampleProgress({ verificationCode: CODE });

function watched(timeoutMs: number): string {
  return `waitFor ${JSON.stringify({ name: DOMAIN, value: CODE, timeoutMs })}`;
}

function waiting(changes: Partial<Settings['wait']>): Settings {
  const settings = sampleSettings();
  return { ...settings, wait: { ...settings.wait, ...changes } };
}

describe('wait-for-dns', () => {
  it('needs neither credentials nor the API when the code is known', async () => {
    const services = fakeServices({ api: undefined });
    const progress = await waitForDns(known, sampleSettings(), services);
    expect(services.calls).toEqual([watched(1_800_000)]);
    expect(progress).toMatchObject({ dns: { visible: true }, changed: false, timedOut: false });
    expect(services.saved.at(-1)).toEqual(progress);
  });

  it('looks the code up when it is not known', async () => {
    const services = fakeServices({ connector: sampleConnector() });
    const progress = await waitForDns(sampleProgress(), sampleSettings(), services);
    expect(services.calls).toEqual([`find "${DOMAIN}"`, watched(1_800_000)]);
    expect(progress).toMatchObject({ verificationCode: CODE, connector: sampleConnector() });
  });

  it('does not look up what create has just told', async () => {
    const services = fakeServices();
    await waitForDns(withConnector(sampleProgress(), sampleConnector()), sampleSettings(), services);
    expect(services.calls).toEqual([watched(1_800_000)]);
  });

  it('says that the record is visible, and how many servers have it', async () => {
    const services = fakeServices();
    await waitForDns(known, sampleSettings(), services);
    expect(services.log.text()).toContain(
      'The record is visible after 0ms: 1 of 1 authoritative servers and 1 of 1 resolvers have the record.',
    );
  });

  it('looks again in a second run, and changes nothing', async () => {
    const services = fakeServices({ connector: sampleConnector() });
    const first = await waitForDns(sampleProgress(), sampleSettings(), services);
    const second = await waitForDns(first, sampleSettings(), services);
    expect(second).toEqual(first);
    expect(second.changed).toBe(false);
  });

  it('needs credentials when the code is not known', async () => {
    const services = fakeServices({ api: undefined });
    await rejectionOf(waitForDns(sampleProgress(), sampleSettings(), services), InputError);
  });

  it('says to run create when there is no connector', async () => {
    const services = fakeServices();
    const error = await rejectionOf(waitForDns(sampleProgress(), sampleSettings(), services), ActionError);
    expect(error.message).toBe(`There is no SSO connector for ${DOMAIN} in this account.`);
    expect(error.hint).toContain('Run mode create first');
    expect(services.saved.at(-1)).toMatchObject({ isAbsent: true });
    expect(services.calls).toEqual([`find "${DOMAIN}"`]);
  });

  it('says how to give the code when Cloudflare gives none', async () => {
    const services = fakeServices({ connector: sampleConnector({ verificationCode: undefined }) });
    const error = await rejectionOf(waitForDns(sampleProgress(), sampleSettings(), services), ActionError);
    expect(error.message).toContain('gives no verification code');
    expect(error.hint).toContain('verification-code');
  });

  it.each([
    ['verified', sampleConnector({ verificationStatus: 'verified' })],
    ['enabled', sampleConnector({ verificationStatus: undefined, enabled: true })],
  ])('looks once, and never fails, when the connector is %s', async (_, connector) => {
    const services = fakeServices({ connector, reports: [invisible] });
    const progress = await waitForDns(sampleProgress(), sampleSettings(), services);
    expect(services.calls).toEqual([`find "${DOMAIN}"`, watched(0)]);
    expect(progress).toMatchObject({ dns: { visible: false }, timedOut: false });
    expect(services.log.text()).toContain('looking once, not waiting');
    expect(services.log.text()).toContain(`The record is not visible: ${FINDING.evidence}.`);
  });
});

describe('wait-for-dns when the record does not become visible', () => {
  it('fails with what the servers say and what to do', async () => {
    const services = fakeServices({ reports: [invisible] });
    const error = await rejectionOf(waitForDns(known, sampleSettings(), services), TimeoutError);
    expect(error.message).toBe(`The TXT record for ${DOMAIN} is not visible after 1m: ${FINDING.evidence}.`);
    expect(error.hint).toBe(FINDING.remedy);
    expect(services.saved.at(-1)).toMatchObject({ dns: invisible, timedOut: true });
  });

  it('only ends with on-timeout: continue, and says the same', async () => {
    const services = fakeServices({ reports: [invisible] });
    const progress = await waitForDns(known, waiting({ onTimeout: 'continue' }), services);
    expect(progress).toMatchObject({ dns: invisible, timedOut: true });
    expect(services.log.text()).toContain(`warning: The TXT record for ${DOMAIN} is not visible after 1m`);
    expect(services.log.text()).toContain(FINDING.remedy);
  });

  it('warns when only resolvers say that the record is there', async () => {
    const services = fakeServices({ reports: [sampleReport({ visible: true, authoritative: false })] });
    await waitForDns(known, waiting({}), services);
    expect(services.log.text()).toContain('warning: Too few authoritative servers answered');
  });

  it('speaks of no time when it was told to look once', async () => {
    const services = fakeServices({ reports: [invisible] });
    const error = await rejectionOf(waitForDns(known, waiting({ timeoutMs: 0 }), services), TimeoutError);
    expect(services.calls).toEqual([watched(0)]);
    expect(error.message).toContain(`is not visible: ${FINDING.evidence}`);
  });

  it.each(['fail', 'continue'] as const)(
    'fails when nobody has registered the domain, with on-timeout: %s, too',
    async (onTimeout) => {
      const reports = [sampleReport({ visible: false, reason: 'not-registered', zone: 'com', servers: [] })];
      const services = fakeServices({ reports });
      const error = await rejectionOf(waitForDns(known, waiting({ onTimeout }), services), DnsError);
      expect(error.message).toContain(`can never become visible: ${FINDING.evidence}`);
      expect(error.hint).toBe(FINDING.remedy);
      expect(services.saved.at(-1)).toMatchObject({ dns: { reason: 'not-registered' }, timedOut: false });
    },
  );
});

describe('wait-for-dns in a dry run', () => {
  it('looks once and does not fail', async () => {
    const services = fakeServices({ connector: sampleConnector(), reports: [invisible] });
    const progress = await waitForDns(sampleProgress(), sampleSettings({ dryRun: true }), services);
    expect(services.calls).toEqual([`find "${DOMAIN}"`, watched(0)]);
    expect(progress).toMatchObject({ timedOut: false, changed: false });
  });

  it('has nothing to look for when create would only then make the connector', async () => {
    const services = fakeServices();
    await waitForDns(sampleProgress(), sampleSettings({ dryRun: true }), services);
    expect(services.calls).toEqual([`find "${DOMAIN}"`]);
    expect(services.log.text()).toContain('there is no connector yet');
  });

  it('fails without a connector when nothing would make one', async () => {
    const services = fakeServices();
    const settings = sampleSettings({ dryRun: true, modes: ['wait-for-dns'] });
    const error = await rejectionOf(waitForDns(sampleProgress(), settings, services), ActionError);
    expect(error.message).toContain('There is no SSO connector');
  });
});
