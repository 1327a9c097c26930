import { describe, expect, it } from 'vitest';
import { ActionError, InputError, TimeoutError } from '../../src/domain/errors.ts';
import type { Settings } from '../../src/domain/settings.ts';
import { waitForDns } from '../../src/modes/wait-for-dns.ts';
import { rejectionOf } from '../checks/errors.ts';
import { facts, line } from '../checks/facts.ts';
import { fakeServices } from '../fakes/services.ts';
import {
  CODE,
  CONNECTOR_ID,
  DOMAIN,
  domainAfter,
  FINDING,
  sampleConnector,
  sampleDomain,
  sampleReport,
  sampleSettings,
} from '../samples/results.ts';

const invisible = sampleReport({ visible: false });
const known = () => sampleDomain({ verificationCode: CODE });

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
    const domain = await domainAfter(waitForDns, known(), sampleSettings(), services);
    expect(services.calls).toEqual([watched(1_800_000)]);
    expect(domain).toMatchObject({ dns: { visible: true }, changed: false, timedOut: false });
  });

  it('looks the code up when it is not known', async () => {
    const services = fakeServices({ connector: sampleConnector() });
    const domain = await domainAfter(waitForDns, sampleDomain(), sampleSettings(), services);
    expect(services.calls).toEqual([`find "${DOMAIN}"`, watched(1_800_000)]);
    expect(domain).toMatchObject({ verificationCode: CODE, connector: sampleConnector() });
  });

  it('does not look up what create has just told', async () => {
    const services = fakeServices();
    await waitForDns(sampleDomain({ connector: sampleConnector() }), sampleSettings(), services);
    expect(services.calls).toEqual([watched(1_800_000)]);
  });

  it('says that the record is visible, and how many servers have it', async () => {
    const services = fakeServices();
    await waitForDns(known(), sampleSettings(), services);
    expect(services.log.lines).toEqual([
      line('info', 'is visible', '0ms', '1 of 1 authoritative servers', '1 of 1 resolvers'),
    ]);
  });

  it('looks again in a second run, and changes nothing', async () => {
    const services = fakeServices({ connector: sampleConnector() });
    const domain = await domainAfter(waitForDns, sampleDomain(), sampleSettings(), services);
    const { sight, state, record, dns } = domain;
    await waitForDns(domain, sampleSettings(), services);
    expect(domain).toMatchObject({ sight, state, record, dns, changed: false });
    expect(services.calls).toEqual([`find "${DOMAIN}"`, watched(1_800_000), watched(1_800_000)]);
  });

  it('keeps the newest look', async () => {
    const services = fakeServices({ reports: [invisible, sampleReport()] });
    const settings = waiting({ onTimeout: 'continue' });
    const domain = await domainAfter(waitForDns, known(), settings, services);
    expect(domain).toMatchObject({ dns: { visible: false }, txtToday: [] });
    await waitForDns(domain, settings, services);
    expect(domain).toMatchObject({ dns: { visible: true }, txtToday: [CODE] });
  });

  it('needs credentials when the code is not known', async () => {
    const services = fakeServices({ api: undefined });
    await rejectionOf(waitForDns(sampleDomain(), sampleSettings(), services), InputError);
  });

  it('says to run create when there is no connector', async () => {
    const domain = sampleDomain();
    const services = fakeServices();
    const error = await rejectionOf(waitForDns(domain, sampleSettings(), services), ActionError);
    expect(error.message).toMatch(facts('no SSO connector', DOMAIN, 'account'));
    expect(error.hint).toContain('mode create');
    expect(domain).toMatchObject({ sight: { kind: 'absent' } });
    expect(services.calls).toEqual([`find "${DOMAIN}"`]);
  });

  it('says how to pass the code when Cloudflare shows none', async () => {
    const services = fakeServices({ connector: sampleConnector({ verificationCode: undefined }) });
    const error = await rejectionOf(waitForDns(sampleDomain(), sampleSettings(), services), ActionError);
    expect(error.message).toMatch(facts('no verification code', CONNECTOR_ID));
    expect(error.hint).toContain('verification-code');
  });

  it.each([
    ['verified', sampleConnector({ verificationStatus: 'verified' })],
    ['enabled', sampleConnector({ verificationStatus: undefined, enabled: true })],
  ])('looks once, and never fails, when the connector is %s', async (_, connector) => {
    const services = fakeServices({ connector, reports: [invisible] });
    const domain = await domainAfter(waitForDns, sampleDomain(), sampleSettings(), services);
    expect(services.calls).toEqual([`find "${DOMAIN}"`, watched(0)]);
    expect(domain).toMatchObject({ dns: { visible: false }, timedOut: false });
    expect(services.log.lines).toEqual([
      line('info', 'already verified', 'once'),
      line('info', 'not visible', FINDING.evidence),
    ]);
  });
});

describe('wait-for-dns when the record does not become visible', () => {
  it('fails with what the servers say and what to do', async () => {
    const domain = known();
    const services = fakeServices({ reports: [invisible] });
    const error = await rejectionOf(waitForDns(domain, sampleSettings(), services), TimeoutError);
    expect(error.message).toMatch(facts(DOMAIN, 'not visible', '1m', FINDING.evidence));
    expect(error.hint).toContain(FINDING.remedy);
    expect(domain).toMatchObject({ dns: invisible, timedOut: true });
  });

  it('only ends with on-timeout: continue, and says the same', async () => {
    const services = fakeServices({ reports: [invisible] });
    const domain = await domainAfter(waitForDns, known(), waiting({ onTimeout: 'continue' }), services);
    expect(domain).toMatchObject({ dns: invisible, timedOut: true });
    expect(services.log.lines).toEqual([
      line('warning', DOMAIN, 'not visible', '1m', FINDING.evidence, FINDING.remedy),
    ]);
  });

  it('warns when only resolvers say that the record is there', async () => {
    const services = fakeServices({ reports: [sampleReport({ visible: true, authoritative: false })] });
    await waitForDns(known(), waiting({}), services);
    expect(services.log.lines[0]).toEqual(line('warning', 'authoritative servers', 'resolvers'));
  });

  it('says that the timeout is too short when the caches expire later', async () => {
    const late = sampleReport({
      visible: false,
      reason: 'not-in-time',
      expected_at: '2025-06-01T13:00:00.000Z',
    });
    const services = fakeServices({ reports: [late] });
    const error = await rejectionOf(
      waitForDns(known(), waiting({ timeoutMs: 600_000 }), services),
      TimeoutError,
    );
    expect(error.message).toMatch(facts(DOMAIN, 'timeout of 10m', FINDING.evidence));
    expect(error.hint).toContain('2025-06-01T13:00:00.000Z');
  });

  it('mentions no time when it was told to look once', async () => {
    const services = fakeServices({ reports: [invisible] });
    const error = await rejectionOf(waitForDns(known(), waiting({ timeoutMs: 0 }), services), TimeoutError);
    expect(services.calls).toEqual([watched(0)]);
    expect(error.message).toMatch(facts(DOMAIN, 'not visible', FINDING.evidence));
    expect(error.message).not.toMatch(/\d/);
  });

  describe('because nobody has registered the domain', () => {
    const report = sampleReport({ visible: false, reason: 'not-registered', zone: 'com', servers: [] });

    it('fails like any other time-out, with the way to go on', async () => {
      const domain = known();
      const services = fakeServices({ reports: [report] });
      const error = await rejectionOf(waitForDns(domain, waiting({}), services), TimeoutError);
      expect(error.message).toMatch(facts(DOMAIN, 'not visible', '1m', FINDING.evidence));
      expect(error.hint).toContain(FINDING.remedy);
      expect(domain).toMatchObject({ dns: { reason: 'not-registered' }, timedOut: true });
    });

    it.each([0, 600_000])('only ends with on-timeout: continue, after %i ms', async (timeoutMs) => {
      const services = fakeServices({ reports: [report] });
      const settings = waiting({ onTimeout: 'continue', timeoutMs });
      const domain = await domainAfter(waitForDns, known(), settings, services);
      expect(domain).toMatchObject({ dns: { reason: 'not-registered' }, timedOut: true });
      expect(services.log.lines).toEqual([line('warning', DOMAIN, FINDING.evidence, FINDING.remedy)]);
    });
  });
});

describe('wait-for-dns in a dry run', () => {
  it('looks once and does not fail', async () => {
    const services = fakeServices({ connector: sampleConnector(), reports: [invisible] });
    const domain = await domainAfter(waitForDns, sampleDomain(), sampleSettings({ dryRun: true }), services);
    expect(services.calls).toEqual([`find "${DOMAIN}"`, watched(0)]);
    expect(domain).toMatchObject({ timedOut: false, changed: false });
  });

  it('has nothing to look for when create would make the connector first', async () => {
    const services = fakeServices();
    await waitForDns(sampleDomain(), sampleSettings({ dryRun: true }), services);
    expect(services.calls).toEqual([`find "${DOMAIN}"`]);
    expect(services.log.lines).toEqual([line('info', 'Dry run', 'no connector yet')]);
  });

  it('fails without a connector when nothing would make one', async () => {
    const services = fakeServices();
    const settings = sampleSettings({ dryRun: true, modes: ['wait-for-dns'] });
    const error = await rejectionOf(waitForDns(sampleDomain(), settings, services), ActionError);
    expect(error.message).toMatch(facts('no SSO connector', DOMAIN));
  });
});
