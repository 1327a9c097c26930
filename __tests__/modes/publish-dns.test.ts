import { describe, expect, it } from 'vitest';
import { CloudflareApiError } from '../../src/cloudflare/api-error.ts';
import type { Zone } from '../../src/cloudflare/zones.ts';
import { ActionError, InputError } from '../../src/domain/errors.ts';
import { withConnector } from '../../src/domain/progress.ts';
import { publishDns } from '../../src/modes/publish-dns.ts';
import { fakeServices, type World } from '../fakes/services.ts';
import { rejectionOf } from '../samples/errors.ts';
import { UNPRINTABLE } from '../samples/hostile-text.ts';
import { CODE, DOMAIN, sampleConnector, sampleProgress, sampleSettings } from '../samples/results.ts';

const ZONE: Zone = { id: 'zone1', name: DOMAIN, status: 'active' };
const HOLDING = `holding "${DOMAIN}"`;
const LIST = `txtAt ${JSON.stringify({ zoneId: ZONE.id, name: DOMAIN })}`;
const ADD = `addTxt ${JSON.stringify({ zoneId: ZONE.id, name: DOMAIN, text: CODE })}`;
const SETTINGS = sampleSettings({ modes: ['create', 'publish-dns', 'wait-for-dns', 'enable'] });

const known = withConnector(sampleProgress(), sampleConnector());

function servicesOf(world: World = {}) {
  return fakeServices({ connector: sampleConnector(), zones: [ZONE], ...world });
}

function refusal(zones: readonly Zone[]): Promise<ActionError> {
  return rejectionOf(publishDns(known, SETTINGS, servicesOf({ zones })), ActionError);
}

describe('publish-dns', () => {
  it('adds the record to the active zone and says so', async () => {
    const services = servicesOf({ published: ['v=spf1 -all'] });
    const progress = await publishDns(known, SETTINGS, services);
    expect(services.calls).toEqual([HOLDING, LIST, ADD]);
    expect(progress).toMatchObject({ changed: true, verificationCode: CODE });
    expect(services.saved.at(-1)).toEqual(progress);
    expect(services.log.lines).toEqual([`info: Added the TXT record of ${DOMAIN} in the zone ${DOMAIN}.`]);
  });

  it('changes nothing when the record is there', async () => {
    const services = servicesOf({ published: ['v=spf1 -all', CODE] });
    const progress = await publishDns(known, SETTINGS, services);
    expect(services.calls).toEqual([HOLDING, LIST]);
    expect(progress.changed).toBe(false);
    expect(services.log.text()).toContain(`The zone ${DOMAIN} has the TXT record of ${DOMAIN} already.`);
  });

  it('has changed nothing when somebody else was faster', async () => {
    const services = servicesOf({ dnsRecords: { addTxt: async () => false } });
    const progress = await publishDns(known, SETTINGS, services);
    expect(progress.changed).toBe(false);
    expect(services.log.text()).toContain('Found the TXT record');
  });

  it.each([true, false])(
    'keeps that an earlier mode has changed something (record added: %s)',
    async (added) => {
      const services = servicesOf({ dnsRecords: { addTxt: async () => added } });
      const progress = await publishDns({ ...known, changed: true, created: true }, SETTINGS, services);
      expect(progress).toMatchObject({ changed: true, created: true });
    },
  );

  it('only says what it would do in a dry run', async () => {
    const services = servicesOf();
    const progress = await publishDns(known, { ...SETTINGS, dryRun: true }, services);
    expect(services.calls).toEqual([HOLDING, LIST]);
    expect(progress.changed).toBe(false);
    expect(services.log.text()).toContain(`Dry run: would add the TXT record of ${DOMAIN}`);
  });

  it('has nothing to publish in a dry run of a chain that would make the connector', async () => {
    const services = servicesOf({ connector: undefined });
    const progress = await publishDns(sampleProgress(), { ...SETTINGS, dryRun: true }, services);
    expect(services.calls).toEqual([`find "${DOMAIN}"`]);
    expect(progress).toMatchObject({ isAbsent: true, changed: false });
    expect(services.log.text()).toContain('Dry run: there is no connector yet');
  });

  it('looks the code up when it runs alone', async () => {
    const services = servicesOf();
    await publishDns(sampleProgress(), { ...SETTINGS, modes: ['publish-dns'] }, services);
    expect(services.calls).toEqual([`find "${DOMAIN}"`, HOLDING, LIST, ADD]);
  });

  it('looks nothing up when the code is given', async () => {
    const services = servicesOf({ connector: undefined });
    await publishDns(sampleProgress({ verificationCode: CODE }), SETTINGS, services);
    expect(services.calls).toEqual([HOLDING, LIST, ADD]);
  });

  it('fails without a connector and says to run create', async () => {
    const services = servicesOf({ connector: undefined });
    const error = await rejectionOf(publishDns(sampleProgress(), SETTINGS, services), ActionError);
    expect(error.message).toContain('There is no SSO connector');
    expect(services.calls).toEqual([`find "${DOMAIN}"`]);
  });

  it('fails without credentials', async () => {
    await rejectionOf(publishDns(known, SETTINGS, fakeServices({ api: undefined })), InputError);
  });

  it('passes on what Cloudflare refuses, and keeps what was known', async () => {
    const refused = new CloudflareApiError('No.', { retryability: 'permanent', status: 403, errors: [] });
    const services = servicesOf({ dnsRecords: { addTxt: () => Promise.reject(refused) } });
    const progress = publishDns(known, SETTINGS, services);
    expect(await rejectionOf(progress, CloudflareApiError)).toBe(refused);
    expect(services.saved.filter(({ changed }) => changed)).toEqual([]);
  });
});

describe('the zone of publish-dns', () => {
  it('is the active one closest to the name', async () => {
    const services = servicesOf({
      zones: [
        { id: 'sub', name: `team.${DOMAIN}`, status: 'pending' },
        { id: 'near', name: `b.${DOMAIN}`, status: 'active' },
        ZONE,
      ],
    });
    await publishDns(known, SETTINGS, services);
    expect(services.calls.at(-1)).toContain('"zoneId":"near"');
  });

  it('must be seen by the token', async () => {
    const error = await refusal([]);
    expect(error.message).toBe(`The API token sees no zone at Cloudflare that holds ${DOMAIN}.`);
    expect(error.hint).toContain('"Zone: Read" and "DNS: Edit"');
    expect(error.hint).toContain('leave publish-dns out');
  });

  it.each([
    ['pending', 'at your registrar'],
    ['initializing', 'set-up has not been finished'],
    ['moved', 'bring the name servers back'],
    ['unknown', 'Look at the zone in the dashboard.'],
    ['toString', 'Look at the zone in the dashboard.'],
  ])('must be active, not %s', async (status, remedy) => {
    const error = await refusal([{ ...ZONE, status }]);
    expect(error.message).toBe(
      `The zone ${DOMAIN} at Cloudflare is ${status}, not active: the world does not see its records.`,
    );
    expect(error.hint).toContain(remedy);
  });

  it('is never written to unless it is active', async () => {
    const services = servicesOf({ zones: [{ ...ZONE, status: 'pending' }] });
    await rejectionOf(publishDns(known, SETTINGS, services), ActionError);
    expect(services.calls).toEqual([HOLDING]);
  });

  it('is refused in a dry run as well', async () => {
    const services = servicesOf({ zones: [] });
    await rejectionOf(publishDns(known, { ...SETTINGS, dryRun: true }, services), ActionError);
  });

  it('is named with nothing unprintable of its status', async () => {
    const error = await refusal([{ ...ZONE, status: '\u001b[31m\n::error::x' }]);
    expect(error.message).not.toMatch(UNPRINTABLE);
  });
});

describe('older codes', () => {
  const older = (digit: string) => `cloudflare_dashboard_sso=${digit.repeat(32)}`;

  function warnings(lines: readonly string[]): readonly string[] {
    return lines.filter((line) => line.startsWith('warning:'));
  }

  it('are named in a warning and left as they are', async () => {
    const services = servicesOf({ published: [older('a'), 'v=spf1 -all', older('b')] });
    await publishDns(known, SETTINGS, services);
    expect(warnings(services.log.lines)).toEqual([
      `warning: ${DOMAIN} has other verification codes: ${older('a')}, ${older('b')}. Left as they are; remove them if no other account uses them.`,
    ]);
    expect(services.calls.at(-1)).toBe(ADD);
  });

  it('are named beside the record that is there', async () => {
    const services = servicesOf({ published: [CODE, older('a')] });
    await publishDns(known, SETTINGS, services);
    expect(warnings(services.log.lines)).toEqual([
      expect.stringContaining('has another verification code: '),
    ]);
  });

  it('are no other texts, nor the code itself', async () => {
    const services = servicesOf({ published: [CODE, 'v=spf1 -all', `x${older('a')}`] });
    await publishDns(known, SETTINGS, services);
    expect(warnings(services.log.lines)).toEqual([]);
  });

  it('are not looked for by a code without a prefix', async () => {
    const services = servicesOf({ published: ['v=spf1 -all'] });
    await publishDns(sampleProgress({ verificationCode: 'opaque' }), SETTINGS, services);
    expect(warnings(services.log.lines)).toEqual([]);
  });

  it('are printed without what is unprintable', async () => {
    const services = servicesOf({ published: [`${older('a')}\u001b[31m`] });
    await publishDns(known, SETTINGS, services);
    expect(services.log.text().replaceAll('\n', '')).not.toMatch(UNPRINTABLE);
  });
});
