import { describe, expect, it } from 'vitest';
import { DnsError, StoppedError } from '../../src/domain/errors.ts';
import type { Settings } from '../../src/domain/settings.ts';
import { create } from '../../src/modes/create.ts';
import type { Services } from '../../src/modes/services.ts';
import { rejectionOf } from '../checks/errors.ts';
import { line } from '../checks/facts.ts';
import { fakeServices, type World } from '../fakes/services.ts';
import { CODE, DOMAIN, domainAfter, sampleDomain, sampleSettings } from '../samples/results.ts';

const SPF = 'v=spf1 -all';
const { dns } = sampleSettings();

/** What create leaves of the TXT texts of a name that has one, and whether it asked. */
async function created(changes: Partial<Settings>, world: World = {}, watch: Partial<Services['dns']> = {}) {
  const fake = fakeServices({ txtToday: [SPF], ...world });
  const services = { ...fake, dns: { ...fake.dns, ...watch } };
  const settings = sampleSettings({ modes: ['create'], ...changes });
  const domain = await domainAfter(create, sampleDomain(), settings, services);
  const asked = fake.calls.filter((call) => call.startsWith('currentTxt'));
  return { domain, asked, log: fake.log };
}

function failing(error: Error): Partial<Services['dns']> {
  return { currentTxt: () => Promise.reject(error) };
}

describe('create, for the output txt-values', () => {
  it('looks once, and knows every text and the code', async () => {
    const { domain, asked } = await created({});
    expect(domain.record?.txtValues).toEqual([SPF, CODE]);
    expect(asked).toEqual([`currentTxt "${DOMAIN}"`]);
  });

  it('knows the code alone at a name without TXT records', async () => {
    const { domain } = await created({}, { txtToday: [] });
    expect(domain.record?.txtValues).toEqual([CODE]);
  });

  it('does not fail when nobody answers, and the log says what is missing and why', async () => {
    const { domain, log } = await created({}, {}, failing(new DnsError('No server answered.')));
    expect(domain).toMatchObject({ created: true, record: { txtValues: undefined } });
    expect(log.lines.at(-1)).toEqual(line('info', 'txt-values', 'No server answered.'));
  });

  it('waits a bounded time', async () => {
    const limits: (number | undefined)[] = [];
    const currentTxt = async (_: string, limitMs?: number) => {
      limits.push(limitMs);
      return [];
    };
    await created({}, {}, { currentTxt });
    expect(limits).toEqual([5000]);
  });

  it('ends when the step is stopped', async () => {
    const stop = new StoppedError('Stopped by SIGTERM.');
    expect(await rejectionOf(created({}, {}, failing(stop)), StoppedError)).toBe(stop);
  });

  it.each<[string, Partial<Settings>]>([
    ['wait-for-dns looks later', { modes: ['create', 'wait-for-dns'] }],
    ['check looks later', { modes: ['create', 'check'] }],
    ['nobody may be asked', { dns: { ...dns, authoritativeServers: 'off' } }],
    ['there is no record yet', { dryRun: true }],
  ])('does not look when %s', async (_, changes) => {
    expect((await created(changes)).asked).toEqual([]);
  });
});
