import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sentenceWith } from '../../checks/facts.ts';
import { ADDRESS, PUBLISHED, startWorld, type World } from '../../fakes/diagnosis-world.ts';

let world: World;
beforeEach(async () => {
  world = await startWorld();
  world.setTxt(...PUBLISHED);
});
afterEach(() => world[Symbol.asyncDispose]());

const TXT = { type: 'TXT' } as const;

describe('DNSSEC validation that fails', () => {
  const remedy = sentenceWith('DS record');

  it.each([6, 7, 8, 9, 10, 11, 12])('is reported for EDE %i', async (code) => {
    world.two.faults.add({ when: TXT, rcode: 'SERVFAIL', ede: { code, text: 'signature\nexpired' } });
    const { report, causes } = await world.look();
    expect(causes).toEqual(['dnssec-bogus']);
    expect(report.diagnosis[0]).toEqual({
      cause: 'dnssec-bogus',
      evidence: sentenceWith('DNSSEC validation', ADDRESS.two, '"signature\\nexpired"'),
      remedy,
      servers: [ADDRESS.two],
    });
  });

  it('is reported when the same question gets an answer with CD=1', async () => {
    for (const resolver of [world.one, world.two]) {
      resolver.faults.add({ when: { ...TXT, cd: false }, rcode: 'SERVFAIL' });
    }
    const { report, causes } = await world.look();
    expect(causes).toEqual(['dnssec-bogus']);
    expect(report.diagnosis[0]).toEqual({
      cause: 'dnssec-bogus',
      evidence: sentenceWith('DNSSEC validation', ADDRESS.one, ADDRESS.two),
      remedy,
      servers: [ADDRESS.one, ADDRESS.two],
    });
    const cd = world.one.queries.filter((query) => query.cd);
    expect(cd.map(({ type }) => type)).toEqual(['TXT']);
  });

  it('is not a cause of a failure that has gone away meanwhile, whatever its reason was', async () => {
    world.two.faults.add({ when: TXT, rcode: 'SERVFAIL', ede: { code: 14 }, times: 1 });
    expect((await world.look()).causes).toEqual([]);
  });

  it('is not a cause of a failure with another reason that has gone away meanwhile', async () => {
    world.two.faults.add({ when: TXT, rcode: 'SERVFAIL', ede: { code: 22 }, times: 1 });
    expect((await world.look()).causes).toEqual(['resolver-cannot-reach-zone']);
  });

  it('comes before a zone that cannot be reached, which resolvers often say as well', async () => {
    world.one.faults.add({ when: TXT, rcode: 'SERVFAIL', ede: { code: 22 } });
    world.two.faults.add({ when: TXT, rcode: 'SERVFAIL', ede: { code: 9 } });
    expect((await world.look()).causes).toEqual(['dnssec-bogus', 'resolver-cannot-reach-zone']);
  });
});

describe('a resolver that cannot reach the zone', () => {
  it.each([22, 23])('is reported for EDE %i', async (code) => {
    world.two.faults.add({ when: TXT, rcode: 'SERVFAIL', ede: { code } });
    const { report, causes } = await world.look();
    expect(causes).toEqual(['resolver-cannot-reach-zone']);
    expect(report.diagnosis[0]).toEqual({
      cause: 'resolver-cannot-reach-zone',
      evidence: sentenceWith(ADDRESS.two, 'authoritative servers'),
      remedy: sentenceWith('authoritative servers', 'UDP and TCP'),
      servers: [ADDRESS.two],
    });
  });

  it('is reported without an EDE code when it also fails with CD=1', async () => {
    world.two.faults.add({ when: TXT, rcode: 'SERVFAIL' });
    expect((await world.look()).causes).toEqual(['resolver-cannot-reach-zone']);
    world.two.faults.clear();
    world.two.faults.add({ when: { ...TXT, cd: true }, drop: true, times: 3 });
    world.two.faults.add({ when: TXT, rcode: 'SERVFAIL', ede: { code: 14 } });
    expect((await world.look({ resolvers: [`udp://${ADDRESS.two}`] })).causes).toEqual([]);
  });

  it('is reported when the sandbox resolver really cannot', { timeout: 15_000 }, async () => {
    world.two.setUpstream('company.test', ['127.0.0.1:9']);
    expect((await world.look()).causes).toEqual(['resolver-cannot-reach-zone']);
  });
});

describe('a resolver that cannot be reached', () => {
  it('is reported with the transports when it never answers and others do', async () => {
    const { report, causes } = await world.look({ routes: { [ADDRESS.two]: [] } });
    expect(causes).toEqual(['resolver-unreachable']);
    expect(report.diagnosis[0]).toEqual({
      cause: 'resolver-unreachable',
      evidence: sentenceWith(ADDRESS.two, 'never answered', 'UDP or TCP'),
      remedy: sentenceWith('resolvers', 'quorum'),
      servers: [ADDRESS.two],
    });
  });

  it('is reported when it refuses other names too, for which it is asked once, about the top-level domain', async () => {
    world.two.faults.add({ rcode: 'REFUSED' });
    const { report, causes } = await world.look();
    expect(causes).toEqual(['resolver-unreachable']);
    expect(report.diagnosis[0]?.evidence).toEqual(sentenceWith(`${ADDRESS.two} refuses`, 'every question'));
    expect(world.two.queries.map(({ name, type }) => `${name} ${type}`)).toEqual([
      'company.test TXT',
      'test NS',
    ]);
  });
});

describe('a resolver that filters', () => {
  it.each([15, 16, 17])('is reported for EDE %i, whatever its answer', async (code) => {
    world.one.faults.add({ when: TXT, rcode: 'NXDOMAIN', ede: { code } });
    world.two.faults.add({ when: TXT, rcode: 'REFUSED', ede: { code } });
    const { report, causes } = await world.look();
    expect(causes).toEqual(['filtered']);
    expect(report.diagnosis[0]).toEqual({
      cause: 'filtered',
      evidence: sentenceWith(`${ADDRESS.one} and ${ADDRESS.two} block`),
      remedy: sentenceWith('other resolvers', 'operator'),
      servers: [ADDRESS.one, ADDRESS.two],
    });
  });

  it('is reported in the singular for one resolver', async () => {
    world.one.faults.add({ when: TXT, rcode: 'REFUSED', ede: { code: 16 } });
    const { report } = await world.look();
    expect(report.diagnosis[0]?.evidence).toEqual(sentenceWith(`${ADDRESS.one} blocks`));
  });

  it.each([
    ['a refusal', { rcode: 'REFUSED' }],
    ['a denial without the SOA of a zone', { rcode: 'NXDOMAIN' }],
  ] as const)('is told by %s of a record that is published', async (_, fault) => {
    world.one.faults.add({ when: TXT, ...fault });
    expect((await world.look()).causes).toEqual(['filtered']);
  });

  it('is not a cause when it does answer with the record', async () => {
    world.one.faults.add({ when: TXT, ede: { code: 17 } });
    expect((await world.look()).report).toMatchObject({ visible: true, diagnosis: [] });
  });
});
