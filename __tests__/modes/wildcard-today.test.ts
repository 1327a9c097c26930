import { describe, expect, it } from 'vitest';
import type { Settings } from '../../src/domain/settings.ts';
import { create } from '../../src/modes/create.ts';
import { facts } from '../checks/facts.ts';
import { fakeServices, type World } from '../fakes/services.ts';
import { domainAfter, sampleConnector, sampleDomain, sampleSettings } from '../samples/results.ts';

const NAME = 'corp.example.com';
const { dns } = sampleSettings();

/** What create warns of at a name with these types from a wildcard, and how often it asked. */
async function warnings(changes: Partial<Settings>, world: World = {}) {
  const fake = fakeServices({ files: new Map(), ...world });
  const asked: unknown[] = [];
  const typesFromWildcard = async (...given: unknown[]) => {
    asked.push(given);
    return ['TXT', 'MX'];
  };
  const services = { ...fake, dns: { ...fake.dns, typesFromWildcard } };
  const settings = sampleSettings({ modes: ['create'], emailDomains: [NAME], ...changes });
  await domainAfter(create, sampleDomain({ name: NAME }), settings, services);
  const told = fake.log.lines.filter((each) => each.startsWith('warning'));
  return { told, asked, log: fake.log };
}

const written = (format: NonNullable<Settings['record']>['format'], file?: string) => ({
  record: { format, file, zone: undefined },
});

describe('create at a name that lives from a wildcard', () => {
  it.each<[string, Partial<Settings>]>([
    ['without a record-format', {}],
    ['in a dry run', { dryRun: true }],
    ['before wait-for-dns', { modes: ['create', 'wait-for-dns'] }],
    ['with terraform', written('terraform', 'dns.tf')],
    ['with dnscontrol', written('dnscontrol', 'sso.js')],
    ['with tfvars', written('tfvars', 'sso.auto.tfvars.json')],
    ['with json', written('json', 'sso.json')],
    ['with bind, but without the file of the zone', written('bind')],
  ])('names what it loses: %s', async (_, changes) => {
    const { told, asked } = await warnings(changes);
    const ofWildcard = told.filter((each) => !each.includes('new file'));
    expect(ofWildcard).toEqual([expect.stringMatching(facts(NAME, '(MX, TXT)', 'RFC 4592'))]);
    expect(asked).toEqual([[NAME, 5000]]);
  });

  it('says it before the connector is made', async () => {
    const { log } = await warnings({});
    expect(log.text().indexOf('(MX, TXT)')).toBeLessThan(log.text().indexOf('Created'));
  });

  it.each<[string, Partial<Settings>, World?]>([
    ['publish-dns sees the zone', { modes: ['create', 'publish-dns'] }],
    ['nobody may be asked', { dns: { ...dns, authoritativeServers: 'off' } }],
    [
      'the record is there',
      {},
      { connector: sampleConnector({ emailDomain: NAME, verificationStatus: 'verified' }) },
    ],
    [
      'the file is that of the zone',
      written('octodns', 'example.com.yaml'),
      { files: new Map([['example.com.yaml', "'':\n  type: A\n  value: 192.0.2.1\n"]]) },
    ],
  ])('does not ask when %s', async (_, changes, world) => {
    expect(await warnings(changes, world)).toMatchObject({ told: [], asked: [] });
  });
});
