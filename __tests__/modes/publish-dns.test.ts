import { describe, expect, it } from 'vitest';
import { CloudflareApiError } from '../../src/cloudflare/api-error.ts';
import type { Zone } from '../../src/cloudflare/zones.ts';
import { ActionError, InputError, OutcomeUnknownError } from '../../src/domain/errors.ts';
import { NetworkError } from '../../src/http/network-error.ts';
import { publishDns } from '../../src/modes/publish-dns.ts';
import { rejectionOf } from '../checks/errors.ts';
import { facts, line } from '../checks/facts.ts';
import { fakeClock } from '../fakes/clock.ts';
import { fakeServices, type World } from '../fakes/services.ts';
import { UNPRINTABLE } from '../samples/hostile-text.ts';
import {
  CODE,
  createdDomain,
  DOMAIN,
  domainAfter,
  sampleConnector,
  sampleDomain,
  sampleSettings,
} from '../samples/results.ts';

const ZONE: Zone = { id: 'zone1', name: DOMAIN, status: 'active' };
const HOLDING = `holding "${DOMAIN}"`;
const LIST = `txtAt ${JSON.stringify({ zoneId: ZONE.id, name: DOMAIN })}`;
const ADD = `addTxt ${JSON.stringify({ zoneId: ZONE.id, name: DOMAIN, text: CODE })}`;
const SETTINGS = sampleSettings({ modes: ['create', 'publish-dns', 'wait-for-dns', 'enable'] });

const known = () => sampleDomain({ connector: sampleConnector() });

function servicesOf(world: World = {}) {
  return fakeServices({ connector: sampleConnector(), zones: [ZONE], ...world });
}

function refusal(zones: readonly Zone[]): Promise<ActionError> {
  return rejectionOf(publishDns(known(), SETTINGS, servicesOf({ zones })), ActionError);
}

describe('publish-dns', () => {
  it('adds the record to the active zone and says so', async () => {
    const services = servicesOf({ published: ['v=spf1 -all'] });
    const domain = await domainAfter(publishDns, known(), SETTINGS, services);
    expect(services.calls).toEqual([HOLDING, LIST, ADD]);
    const dnsRecord = { zoneId: ZONE.id, id: 'new-record' };
    expect(domain).toMatchObject({ changed: true, verificationCode: CODE, dnsRecord });
    expect(services.log.lines).toEqual([line('info', 'Added', `of ${DOMAIN}`, `zone ${DOMAIN}`)]);
  });

  it('changes nothing when the record already exists', async () => {
    const services = servicesOf({ published: ['v=spf1 -all', CODE] });
    const domain = await domainAfter(publishDns, known(), SETTINGS, services);
    expect(services.calls).toEqual([HOLDING, LIST]);
    expect(domain).toMatchObject({ changed: false, dnsRecord: { zoneId: ZONE.id, id: 'record1' } });
    expect(services.log.lines).toEqual([line('info', 'already', `one ${DOMAIN}`, `of ${DOMAIN}`)]);
  });

  it('has changed nothing when somebody else was faster', async () => {
    const services = servicesOf({ dnsRecords: { addTxt: async () => ({ id: undefined, isOurs: false }) } });
    const domain = await domainAfter(publishDns, known(), SETTINGS, services);
    expect(domain).toMatchObject({ changed: false, dnsRecord: { zoneId: ZONE.id, id: undefined } });
    expect(services.log.lines).toEqual([line('info', 'Found', DOMAIN)]);
  });

  it.each([true, false])(
    'remembers that an earlier mode changed something (record added: %s)',
    async (added) => {
      const services = servicesOf({ dnsRecords: { addTxt: async () => ({ id: 'a', isOurs: added }) } });
      const domain = await domainAfter(publishDns, await createdDomain(), SETTINGS, services);
      expect(domain).toMatchObject({ changed: true, created: true });
    },
  );

  it('only says what it would do in a dry run', async () => {
    const services = servicesOf();
    const domain = await domainAfter(publishDns, known(), { ...SETTINGS, dryRun: true }, services);
    expect(services.calls).toEqual([HOLDING, LIST]);
    expect(domain).toMatchObject({ changed: false, dnsRecord: undefined });
    expect(services.log.lines).toEqual([line('info', 'Dry run', 'would add', `of ${DOMAIN}`)]);
  });

  it('has nothing to publish in a dry run that would create the connector first', async () => {
    const services = servicesOf({ connector: undefined });
    const domain = await domainAfter(publishDns, sampleDomain(), { ...SETTINGS, dryRun: true }, services);
    expect(services.calls).toEqual([`find "${DOMAIN}"`]);
    expect(domain).toMatchObject({ sight: { kind: 'absent' }, changed: false });
    expect(services.log.lines).toEqual([line('info', 'Dry run', 'no connector yet')]);
  });

  it('looks the code up when it runs alone', async () => {
    const services = servicesOf();
    await publishDns(sampleDomain(), { ...SETTINGS, modes: ['publish-dns'] }, services);
    expect(services.calls).toEqual([`find "${DOMAIN}"`, HOLDING, LIST, ADD]);
  });

  it('looks nothing up when the code is given', async () => {
    const services = servicesOf({ connector: undefined });
    await publishDns(sampleDomain({ verificationCode: CODE }), SETTINGS, services);
    expect(services.calls).toEqual([HOLDING, LIST, ADD]);
  });

  it('fails without a connector and says to run create', async () => {
    const services = servicesOf({ connector: undefined });
    const error = await rejectionOf(publishDns(sampleDomain(), SETTINGS, services), ActionError);
    expect(error.message).toMatch(facts('no SSO connector', DOMAIN));
    expect(error.hint).toContain('mode create');
    expect(services.calls).toEqual([`find "${DOMAIN}"`]);
  });

  it('fails without credentials', async () => {
    await rejectionOf(publishDns(known(), SETTINGS, fakeServices({ api: undefined })), InputError);
  });

  it('passes on a refusal, and has changed nothing', async () => {
    const refused = new CloudflareApiError('No.', { retryability: 'permanent', status: 403, errors: [] });
    const services = servicesOf({ dnsRecords: { addTxt: () => Promise.reject(refused) } });
    const domain = known();
    expect(await rejectionOf(publishDns(domain, SETTINGS, services), CloudflareApiError)).toBe(refused);
    expect(domain.changed).toBe(false);
  });
});

describe('publish-dns when its request gets no answer', () => {
  const refused = new CloudflareApiError('No.', { retryability: 'permanent', status: 403, errors: [] });
  const lost = new NetworkError('No answer.', { retryability: 'ambiguous' });
  const doubtful = new OutcomeUnknownError(refused);

  /** The record is shown that long after the request, if at all. */
  function withoutAnswer(failure: Error, shownAfterMs: number) {
    const clock = fakeClock();
    let sentAtMs = Number.POSITIVE_INFINITY;
    const dnsRecords = {
      addTxt: () => {
        sentAtMs = clock.now();
        return Promise.reject(failure);
      },
      txtAt: async () => (clock.now() >= sentAtMs + shownAfterMs ? [{ id: 'shown', text: CODE }] : []),
    };
    return servicesOf({ clock, dnsRecords });
  }

  it.each([lost, doubtful])('has added it if a look shows it, also after a while (%s)', async (failure) => {
    const services = withoutAnswer(failure, 10_000);
    const domain = await domainAfter(publishDns, known(), SETTINGS, services);
    expect(domain).toMatchObject({ changed: true, dnsRecord: { zoneId: ZONE.id, id: 'shown' } });
    expect(services.log.lines).toEqual([line('info', 'Added', DOMAIN)]);
  });

  it('fails with the refusal alone if no look shows it', async () => {
    const domain = known();
    const services = withoutAnswer(doubtful, Number.POSITIVE_INFINITY);
    expect(await rejectionOf(publishDns(domain, SETTINGS, services), CloudflareApiError)).toBe(refused);
    expect(domain).toMatchObject({ changed: false, dnsRecord: undefined });
  });

  it('claims nothing if the look fails too', async () => {
    const domain = known();
    let looks = 0;
    const txtAt = async () => {
      looks += 1;
      if (looks > 1) throw refused;
      return [];
    };
    const services = servicesOf({ dnsRecords: { addTxt: () => Promise.reject(doubtful), txtAt } });
    const error = await rejectionOf(publishDns(domain, SETTINGS, services), OutcomeUnknownError);
    expect(error.message).toContain('may have been carried out');
    expect(domain).toMatchObject({ changed: undefined, sight: { kind: 'seen' } });
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
    await publishDns(known(), SETTINGS, services);
    expect(services.calls.at(-1)).toContain('"zoneId":"near"');
  });

  it('must be visible to the token', async () => {
    const error = await refusal([]);
    expect(error.message).toMatch(facts('API token', 'no zone', DOMAIN));
    expect(error.hint).toMatch(facts('"Zone: Read"', '"DNS: Edit"', 'publish-dns', 'wait-for-dns'));
  });

  it.each([
    ['pending', 'registrar'],
    ['initializing', 'setup'],
    ['moved', 'back'],
    ['unknown', 'Look at the zone'],
    ['toString', 'Look at the zone'],
  ])('must be active, not %s', async (status, remedy) => {
    const error = await refusal([{ ...ZONE, status }]);
    expect(error.message).toMatch(facts(DOMAIN, `is ${status}`, 'not active'));
    expect(error.hint).toContain(remedy);
  });

  it('is never written to unless it is active', async () => {
    const services = servicesOf({ zones: [{ ...ZONE, status: 'pending' }] });
    await rejectionOf(publishDns(known(), SETTINGS, services), ActionError);
    expect(services.calls).toEqual([HOLDING]);
  });

  it('is refused in a dry run as well', async () => {
    const services = servicesOf({ zones: [] });
    await rejectionOf(publishDns(known(), { ...SETTINGS, dryRun: true }, services), ActionError);
  });

  it('has no unprintable characters of its status in the error', async () => {
    const error = await refusal([{ ...ZONE, status: '\u001b[31m\n::error::x' }]);
    expect(error.message).not.toMatch(UNPRINTABLE);
  });
});

describe('older codes', () => {
  const older = (digit: string) => `cloudflare_dashboard_sso=${digit.repeat(32)}`;

  function warnings(lines: readonly string[]): readonly string[] {
    return lines.filter((entry) => entry.startsWith('warning:'));
  }

  it('are named in a warning and left as they are', async () => {
    const services = servicesOf({ published: [older('a'), 'v=spf1 -all', older('b')] });
    await publishDns(known(), SETTINGS, services);
    expect(warnings(services.log.lines)).toEqual([
      line('warning', DOMAIN, 'other verification codes', older('a'), older('b'), 'any account'),
    ]);
    expect(warnings(services.log.lines)[0]).not.toContain('spf');
    expect(services.calls.at(-1)).toBe(ADD);
  });

  it('are named also if the record already exists', async () => {
    const services = servicesOf({ published: [CODE, older('a')] });
    await publishDns(known(), SETTINGS, services);
    expect(warnings(services.log.lines)).toEqual([
      line('warning', DOMAIN, 'another verification code', older('a')),
    ]);
    expect(warnings(services.log.lines)[0]).not.toContain(CODE);
  });

  it('do not include other texts or the code itself', async () => {
    const services = servicesOf({ published: [CODE, 'v=spf1 -all', `x${older('a')}`] });
    await publishDns(known(), SETTINGS, services);
    expect(warnings(services.log.lines)).toEqual([]);
  });

  it('are not looked for if the code has no prefix', async () => {
    const services = servicesOf({ published: ['v=spf1 -all'] });
    await publishDns(sampleDomain({ verificationCode: 'opaque' }), SETTINGS, services);
    expect(warnings(services.log.lines)).toEqual([]);
  });

  it('are printed without unprintable characters', async () => {
    const services = servicesOf({ published: [`${older('a')}\u001b[31m`] });
    await publishDns(known(), SETTINGS, services);
    expect(services.log.text().replaceAll('\n', '')).not.toMatch(UNPRINTABLE);
  });
});
