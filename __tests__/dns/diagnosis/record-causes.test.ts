import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createZone } from '../../../sandbox/index.ts';
import { CODE, DOMAIN } from '../../fakes/diagnosis-look.ts';
import { ADDRESS, NS1, NS2, PUBLISHED, SPF, startWorld, type World } from '../../fakes/diagnosis-world.ts';

const DIGITS = CODE.slice(CODE.indexOf('=') + 1);
const NOT_PUBLISHED = {
  cause: 'not-published',
  evidence: `the record is not published: ${NS1} and ${NS2} do not have it, at SOA serial 7`,
  remedy: `Publish ${DOMAIN} TXT "${CODE}", exactly so, and look whether the change of the zone has been deployed.`,
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
        evidence: `the record is not published: ${NS1} does not have it, at SOA serial 7`,
        servers: [NS1],
      },
    ]);
  });

  it('is no cause once it is there', async () => {
    world.setTxt(...PUBLISHED);
    const { report } = await world.look();
    expect(report).toMatchObject({ visible: true, diagnosis: [] });
  });
});

describe('another code', () => {
  const other = `cloudflare_dashboard_sso=${'9'.repeat(32)}`;

  it('is told with both codes', async () => {
    world.setTxt(SPF, other);
    const { report } = await world.look();
    expect(report.diagnosis).toEqual([
      {
        cause: 'another-code',
        evidence: `another verification code is published: "${other}"`,
        remedy: `Publish "${CODE}" as one more TXT record: a name may have several. Remove the other one only if you know that its connector, perhaps in another account, is gone.`,
      },
      { ...NOT_PUBLISHED, evidence: NOT_PUBLISHED.evidence.replace('serial 7', 'serial 8') },
    ]);
  });

  it('is seen by a resolver where no authoritative server is asked', async () => {
    world.setTxt(other);
    const { causes } = await world.look({ authoritative: 'off' });
    expect(causes).toEqual(['another-code']);
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
      evidence: `the TXT record has the code in another form: "${shown}"`,
      remedy: `Publish it as one TXT record whose text is ${CODE}, the prefix included, without quotes inside it.`,
    });
  });

  it.each([
    ['in the digits', 40],
    ['behind the prefix', CODE.indexOf('=') + 1],
    ['in the prefix', 10],
  ])('is recognised when it is cut over two records %s', async (_, cut) => {
    world.setTxt(CODE.slice(cut), SPF, CODE.slice(0, cut));
    const { report, causes } = await world.look();
    expect(causes[0]).toBe('quoting-or-splitting');
    expect(report.diagnosis[0]?.evidence).toBe(
      `the code is split over two TXT records, "${CODE.slice(0, cut)}" and the rest`,
    );
  });

  it('is no other form when one record has it in several character-strings', async () => {
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
        evidence: `the record is published at ${name} instead of ${DOMAIN}`,
        remedy: `Move it to ${DOMAIN} itself; in most tools that name is @.`,
      });
    },
  );

  it('is found where a tool has appended the zone', async () => {
    world.zone.addTxt(`${DOMAIN}.${DOMAIN}`, CODE);
    world.transfer();
    const { report } = await world.look();
    expect(report.diagnosis[0]).toEqual({
      cause: 'wrong-name',
      evidence: `the record is published at ${DOMAIN}.${DOMAIN} instead of ${DOMAIN}`,
      remedy: `The DNS tool appends the zone to the name: give @ as the name, or ${DOMAIN}. with a final dot.`,
    });
  });

  it('is found where a tool has appended the zone to a name in it', async () => {
    const name = `mail.${DOMAIN}`;
    world.zone.addTxt(`${name}.${DOMAIN}`, CODE);
    world.transfer();
    const { report } = await world.look({ name });
    expect(report.diagnosis[0]).toEqual({
      cause: 'wrong-name',
      evidence: `the record is published at ${name}.${DOMAIN} instead of ${name}`,
      remedy: `The DNS tool appends the zone to the name: give mail as the name, or ${name}. with a final dot.`,
    });
  });

  it('is found at the apex of the zone above', async () => {
    world.setTxt(...PUBLISHED);
    const { report, causes } = await world.look({ name: `mail.${DOMAIN}` });
    expect(causes).toEqual(['wrong-name', 'not-published']);
    expect(report.diagnosis[0]).toEqual({
      cause: 'wrong-name',
      evidence: `the record is published at ${DOMAIN} instead of mail.${DOMAIN}`,
      remedy: `Move it to mail.${DOMAIN} itself; in most tools that name is mail.`,
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

  it('is told with its target', async () => {
    world.zone.add({ name, type: 'CNAME', data: `www.${DOMAIN}` });
    world.transfer();
    const { report, causes } = await world.look({ name });
    expect(causes).toEqual(['wrong-type', 'not-published']);
    expect(report.diagnosis[0]).toEqual({
      cause: 'wrong-type',
      evidence: `${name} is a CNAME to www.${DOMAIN}`,
      remedy:
        'A name with a CNAME can have no TXT record: publish the record at the target, or replace the CNAME by addresses.',
    });
  });

  it('that has the code for its target is told as that, and the domain not as one that nobody has registered', async () => {
    const root = await world.serve(createZone({ origin: '' }));
    for (const resolver of [world.one, world.two]) resolver.setUpstream('', [root.address]);
    world.zone.add({ name, type: 'CNAME', data: CODE });
    world.transfer();
    const { report } = await world.look({ name });
    expect(report.diagnosis[0]).toEqual({
      cause: 'wrong-type',
      evidence: `${name} is a CNAME to ${CODE}, which is the code itself`,
      remedy: 'Publish the code as a TXT record instead.',
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

describe('a domain that nobody has registered', () => {
  it('is told with the top-level domain that does not know it', async () => {
    const { report } = await world.look({ name: 'nobody.test' });
    expect(report.reason).toBe('not-registered');
    expect(report.diagnosis).toEqual([
      {
        cause: 'not-registered',
        evidence: 'nobody has registered nobody.test: its parent test does not know it',
        remedy: 'Check the spelling of email-domain, and whether the registration has run out.',
      },
    ]);
  });

  it('is told with the root when even the top-level domain is made up', async () => {
    const root = await world.serve(
      createZone({ origin: '', records: [{ name: 'test', type: 'NS', data: 'a.nic.test' }] }),
    );
    world.one.setUpstream('', [root.address]);
    const { report } = await world.look({ name: 'company.tset', resolvers: [ADDRESS.one] });
    expect(report.diagnosis[0]?.evidence).toBe(
      'nobody has registered company.tset: its parent the root does not know it',
    );
  });
});
