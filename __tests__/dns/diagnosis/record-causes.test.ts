import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createZone } from '../../../sandbox/index.ts';
import { sentenceWith } from '../../checks/facts.ts';
import { CODE, DOMAIN } from '../../fakes/diagnosis-look.ts';
import { ADDRESS, NS1, NS2, PUBLISHED, SPF, startWorld, type World } from '../../fakes/diagnosis-world.ts';

const DIGITS = CODE.slice(CODE.indexOf('=') + 1);
const NOT_PUBLISHED = {
  cause: 'not-published',
  evidence: sentenceWith('not published', NS1, NS2, 'serial 7'),
  remedy: sentenceWith(`Publish ${DOMAIN} TXT "${CODE}"`, 'deployed'),
  servers: [NS1, NS2],
};

let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world[Symbol.asyncDispose]());

describe('a record that no authoritative server has', () => {
  it('is not published yet, at one serial everywhere', async () => {
    const { report } = await world.look();
    expect(report).toMatchObject({ visible: false, reason: 'timed-out' });
    expect(report.diagnosis).toEqual([NOT_PUBLISHED]);
  });

  it('is not published yet, as far as the servers say that answer at all', async () => {
    const { report } = await world.look({ routes: { [ADDRESS.secondary]: [] } });
    expect(report.diagnosis).toEqual([
      {
        ...NOT_PUBLISHED,
        evidence: sentenceWith('not published', `${NS1} does not`, 'serial 7'),
        servers: [NS1],
      },
    ]);
  });

  it('is not a cause once it is there', async () => {
    world.setTxt(...PUBLISHED);
    const { report } = await world.look();
    expect(report).toMatchObject({ visible: true, diagnosis: [] });
  });
});

describe('a record that resolvers do not have, where nobody else can say', () => {
  it.each([
    ['no authoritative server is asked', { authoritative: 'off' }, 'not asked'],
    [
      'no authoritative server answers',
      { routes: { [ADDRESS.primary]: [], [ADDRESS.secondary]: [] } },
      'usable answer',
    ],
  ] as const)('is not published, going by them alone: %s', async (_what, options, fact) => {
    const { report } = await world.look(options);
    expect(report.diagnosis).toEqual([
      {
        cause: 'not-published',
        evidence: sentenceWith('resolvers alone', `${ADDRESS.one} does not`, fact),
        remedy: sentenceWith(`Publish ${DOMAIN} TXT "${CODE}"`, 'cached'),
        servers: [ADDRESS.one],
      },
    ]);
  });
});

describe('another code', () => {
  const other = `cloudflare_dashboard_sso=${'9'.repeat(32)}`;

  it('is reported with both codes', async () => {
    world.setTxt(SPF, other);
    const { report } = await world.look();
    expect(report.diagnosis).toEqual([
      {
        cause: 'another-code',
        evidence: sentenceWith('another verification code', `"${other}"`),
        remedy: sentenceWith(`Publish "${CODE}"`, 'Remove', 'only if', 'account'),
      },
      { ...NOT_PUBLISHED, evidence: sentenceWith('not published', NS1, NS2, 'serial 8') },
    ]);
  });

  it('is reported with every other code', async () => {
    world.setTxt(SPF, other, `${other.slice(0, -1)}8`);
    const { report } = await world.look();
    expect(report.diagnosis[0]).toMatchObject({
      cause: 'another-code',
      evidence: sentenceWith('other verification codes', `"${other}"`, `"${other.slice(0, -1)}8"`),
    });
  });

  it('is seen by a resolver where no authoritative server is asked', async () => {
    world.setTxt(other);
    const { causes } = await world.look({ authoritative: 'off' });
    expect(causes).toEqual(['another-code', 'not-published']);
  });

  it('beside the right one does no harm, and neither does one that only a cache still has', async () => {
    world.setTxt(other);
    await world.ask(ADDRESS.one);
    world.setTxt(other, CODE);
    const { causes } = await world.look();
    expect(causes).toEqual(['old-rrset-cached']);
  });
});

describe('the code in another form', () => {
  it.each([
    ['quotes inside', [`"${CODE}"`]],
    ['single quotes inside', [`'${CODE}'`]],
    ['escaped quotes inside', [`\\"${CODE}\\"`]],
    ['a space in the middle', [`${CODE.slice(0, 30)} ${CODE.slice(30)}`]],
    ['a space behind', [`${CODE} `]],
    ['a line break behind', [`${CODE}\n`]],
    ['two strings that a tool has joined with their quotes', [`${CODE.slice(0, 30)}" "${CODE.slice(30)}`]],
    ['no prefix', [DIGITS]],
    ['capitals', [CODE.toUpperCase()]],
  ])('is recognised with %s', async (_, values) => {
    world.setTxt(SPF, ...values);
    const { report, causes } = await world.look();
    expect(causes).toEqual(['quoting-or-splitting', 'not-published']);
    const shown = values.join().replace('\n', '\\n');
    expect(report.diagnosis[0]).toEqual({
      cause: 'quoting-or-splitting',
      evidence: sentenceWith('form', `"${shown}"`),
      remedy: sentenceWith('one TXT record', CODE, 'prefix', 'quotes'),
    });
  });

  it.each([
    ['in the digits', 40],
    ['behind the prefix', CODE.indexOf('=') + 1],
    ['in the prefix', 10],
  ])('is recognised when it is split across two records %s', async (_, cut) => {
    world.setTxt(CODE.slice(cut), SPF, CODE.slice(0, cut));
    const { report, causes } = await world.look();
    expect(causes[0]).toBe('quoting-or-splitting');
    expect(report.diagnosis[0]?.evidence).toEqual(sentenceWith('two TXT records', `"${CODE.slice(0, cut)}"`));
  });

  it('is not another form when one record has it in several character-strings', async () => {
    world.zone.addTxt('@', [CODE.slice(0, 20), CODE.slice(20)]);
    world.transfer();
    const { report } = await world.look();
    expect(report).toMatchObject({ visible: true, diagnosis: [] });
  });

  it('beside the right one does no harm', async () => {
    world.setTxt(SPF);
    await world.ask(ADDRESS.one);
    world.setTxt(`"${CODE}"`, CODE);
    const { causes } = await world.look();
    expect(causes).toEqual(['old-rrset-cached']);
  });
});

describe('the record at a wrong name', () => {
  it.each([`www.${DOMAIN}`, `_cloudflare.${DOMAIN}`, `_cloudflare_dashboard_sso.${DOMAIN}`])(
    'is found at %s',
    async (name) => {
      world.zone.addTxt(name, CODE);
      world.transfer();
      const { report, causes } = await world.look();
      expect(causes).toEqual(['wrong-name', 'not-published']);
      expect(report.diagnosis[0]).toEqual({
        cause: 'wrong-name',
        evidence: sentenceWith(`published at ${name} instead of ${DOMAIN}`),
        remedy: sentenceWith(DOMAIN, '@'),
      });
    },
  );

  it('is found where a tool has appended the zone', async () => {
    world.zone.addTxt(`${DOMAIN}.${DOMAIN}`, CODE);
    world.transfer();
    const { report } = await world.look();
    expect(report.diagnosis[0]).toEqual({
      cause: 'wrong-name',
      evidence: sentenceWith(`published at ${DOMAIN}.${DOMAIN} instead of ${DOMAIN}`),
      remedy: sentenceWith('appends the zone', ' @ ', `${DOMAIN}. with`),
    });
  });

  it('is found where a tool has appended the zone to a name in it', async () => {
    const name = `mail.${DOMAIN}`;
    world.zone.addTxt(`${name}.${DOMAIN}`, CODE);
    world.transfer();
    const { report } = await world.look({ name });
    expect(report.diagnosis[0]).toEqual({
      cause: 'wrong-name',
      evidence: sentenceWith(`published at ${name}.${DOMAIN} instead of ${name}`),
      remedy: sentenceWith('appends the zone', ' mail ', `${name}. with`),
    });
  });

  it('is found at the apex of the zone above', async () => {
    world.setTxt(...PUBLISHED);
    const { report, causes } = await world.look({ name: `mail.${DOMAIN}` });
    expect(causes).toEqual(['wrong-name', 'not-published']);
    expect(report.diagnosis[0]).toEqual({
      cause: 'wrong-name',
      evidence: sentenceWith(`published at ${DOMAIN} instead of mail.${DOMAIN}`),
      remedy: sentenceWith(`mail.${DOMAIN}`, ' mail.'),
    });
  });

  it('is found while the domain is still too long to be doubled', async () => {
    const label = 'l'.repeat(63);
    const name = `${label}.${label}.${label}.${DOMAIN}`;
    world.zone.addTxt(`www.${name}`, CODE);
    world.transfer();
    expect((await world.look({ name })).causes).toEqual(['wrong-name', 'not-published']);
  });

  it('beside the right one does no harm', async () => {
    await world.ask(ADDRESS.one);
    world.zone.addTxt(`www.${DOMAIN}`, CODE);
    world.setTxt(...PUBLISHED);
    expect((await world.look()).causes).toEqual(['old-rrset-cached']);
  });
});

describe('a CNAME where the TXT record should be', () => {
  const name = `mail.${DOMAIN}`;

  it('is reported with its target', async () => {
    world.zone.add({ name, type: 'CNAME', data: `www.${DOMAIN}` });
    world.transfer();
    const { report, causes } = await world.look({ name });
    expect(causes).toEqual(['wrong-type', 'not-published']);
    expect(report.diagnosis[0]).toEqual({
      cause: 'wrong-type',
      evidence: `${name} is a CNAME to www.${DOMAIN}`,
      remedy: sentenceWith('CNAME', 'target', 'replace'),
    });
  });

  it('with the code as its target is reported as such, and the domain not as unregistered', async () => {
    const root = await world.serve(createZone({ origin: '' }));
    for (const resolver of [world.one, world.two]) resolver.setUpstream('', [root.address]);
    world.zone.add({ name, type: 'CNAME', data: CODE });
    world.transfer();
    const { report } = await world.look({ name });
    expect(report.diagnosis[0]).toEqual({
      cause: 'wrong-type',
      evidence: sentenceWith(`${name} is a CNAME to ${CODE}`, 'the code itself'),
      remedy: sentenceWith('TXT record'),
    });
  });

  it('is none when its target has the record', async () => {
    world.zone.add({ name, type: 'CNAME', data: `www.${DOMAIN}` });
    world.zone.addTxt(`www.${DOMAIN}`, CODE);
    world.transfer();
    expect((await world.look({ name })).report).toMatchObject({ visible: true, diagnosis: [] });
  });

  it('is none any more when only a cache still has it', async () => {
    world.zone.add({ name, type: 'CNAME', data: `www.${DOMAIN}` });
    world.transfer();
    await world.look({ name, authoritative: 'off' });
    world.zone.remove({ name, type: 'CNAME', data: `www.${DOMAIN}` });
    world.zone.addTxt(name, CODE);
    world.transfer();
    expect((await world.look({ name })).causes).toEqual(['absence-cached']);
  });
});

describe('an unregistered domain', () => {
  it('is reported with its top-level domain', async () => {
    const { report } = await world.look({ name: 'nobody.test' });
    expect(report.reason).toBe('not-registered');
    expect(report.diagnosis).toEqual([
      {
        cause: 'not-registered',
        evidence: sentenceWith('nobody.test is not registered', 'zone test'),
        remedy: sentenceWith('email-domain', 'expired'),
      },
    ]);
  });

  it('is reported with the root when the top-level domain does not exist either', async () => {
    const nameServer = 'a.root-servers.test';
    const root = createZone({
      origin: '',
      nameServers: [nameServer],
      records: [{ name: nameServer, type: 'A', data: '192.0.2.2' }],
    });
    const { address } = await world.serve(root);
    for (const suffix of ['', nameServer]) world.one.setUpstream(suffix, [address]);
    const routes = { '192.0.2.2': address };
    const { report } = await world.look({ name: 'company.tset', resolvers: [ADDRESS.one], routes });
    expect(report.reason).toBe('not-registered');
    expect(report.diagnosis[0]?.evidence).toEqual(sentenceWith('company.tset is not registered', 'root'));
  });
});
