import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sentenceWith } from '../../checks/facts.ts';
import { ADDRESS, PUBLISHED, SPF, startWorld, type World } from '../../fakes/diagnosis-world.ts';

let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world[Symbol.asyncDispose]());

const WAIT = sentenceWith('wait', 'expires');

function minutesUntil(time: string | undefined): number {
  return Math.round((Date.parse(time ?? '') - Date.now()) / 60_000);
}

describe('an absence in a cache', () => {
  it('is reported with its expiry time', async () => {
    world.setTxt();
    await world.ask(ADDRESS.two);
    world.setTxt(...PUBLISHED);
    const { report, causes } = await world.look();
    expect(causes).toEqual(['absence-cached']);
    const [found] = report.diagnosis;
    expect(found).toMatchObject({ cause: 'absence-cached', remedy: WAIT, servers: [ADDRESS.two] });
    expect(found?.evidence).toMatch(
      /published.* 192\.0\.2\.54 .*absence .*cached for (30m|29m \d+s), until (\d{4}-\d\d-\d\d )?\d\d:\d\d UTC$/,
    );
    expect(minutesUntil(found?.resolves_at)).toBe(30);
    expect(found?.resolves_at).toBe(report.servers.at(-1)?.expires_at);
  });

  it('of several caches ends with the last of them', async () => {
    world.setTxt();
    await world.ask(ADDRESS.one, ADDRESS.two);
    world.setTxt(...PUBLISHED);
    const { report } = await world.look();
    expect(report.diagnosis[0]?.evidence).toEqual(sentenceWith(ADDRESS.one, ADDRESS.two, 'absence'));
  });

  it('is reported for one resolver when another has the record and no authoritative server is asked', async () => {
    world.setTxt();
    await world.ask(ADDRESS.two);
    world.setTxt(...PUBLISHED);
    expect((await world.look({ authoritative: 'off' })).causes).toEqual(['absence-cached']);
  });

  it('is not a cause as long as the record is not published', async () => {
    await world.ask(ADDRESS.one);
    expect((await world.look()).causes).toEqual(['not-published']);
    expect((await world.look({ authoritative: 'off' })).causes).toEqual(['not-published']);
  });
});

describe('older TXT records in a cache', () => {
  it('are reported with their expiry time', async () => {
    await world.ask(ADDRESS.one);
    world.setTxt(...PUBLISHED);
    const { report, causes } = await world.look();
    expect(causes).toEqual(['old-rrset-cached']);
    const [found] = report.diagnosis;
    expect(found).toMatchObject({ cause: 'old-rrset-cached', remedy: WAIT, servers: [ADDRESS.one] });
    expect(found?.evidence).toMatch(
      /published.* 192\.0\.2\.53 .*old TXT records cached for (1h|59m \d+s), until (\d{4}-\d\d-\d\d )?\d\d:\d\d UTC$/,
    );
    expect(minutesUntil(found?.resolves_at)).toBe(60);
  });

  it('are reported beside the absence in another cache', async () => {
    await world.ask(ADDRESS.one);
    world.setTxt();
    await world.ask(ADDRESS.two);
    world.setTxt(...PUBLISHED);
    expect((await world.look()).causes).toEqual(['old-rrset-cached', 'absence-cached']);
  });
});

describe('backends of one address that do not agree', () => {
  /** A third resolver with two machines, of which the first was asked too early. */
  async function lookAtAnycast() {
    await world.ask(ADDRESS.one);
    world.setTxt(...PUBLISHED);
    const address = '192.0.2.99';
    // Discovery uses another resolver, so that it is known which machine answers next.
    const anycast = { [address]: [world.one.address, world.two.address] };
    return { address, ...(await world.look({ resolvers: [ADDRESS.two, address], routes: anycast })) };
  }

  it('are reported when the resolver answers both ways', async () => {
    const { report, causes, address } = await lookAtAnycast();
    expect(causes).toEqual(['anycast-split', 'old-rrset-cached']);
    expect(report.diagnosis[0]).toEqual({
      cause: 'anycast-split',
      evidence: sentenceWith(address, 'with the record', 'without it'),
      remedy: WAIT,
      servers: [address],
    });
  });

  it('cost three more questions each, and none before the record is published', async () => {
    await world.look({ timeoutMs: 1 });
    expect(world.one.queries.filter(({ type }) => type === 'TXT')).toEqual([]);
    await lookAtAnycast();
    const asked = [world.one, world.two].map(
      ({ queries }) => queries.filter(({ type }) => type === 'TXT').length,
    );
    // One too early, one each for the look, then three.
    expect(asked).toEqual([1 + 1 + 1, 1 + 2]);
  });
});

describe('an answer past its TTL', () => {
  it.each([3, 19])('is reported for EDE %i, before what the cache holds', async (code) => {
    await world.ask(ADDRESS.one);
    world.setTxt(...PUBLISHED);
    world.one.faults.add({ when: { type: 'TXT' }, ede: { code, text: 'out of time' } });
    const { report, causes } = await world.look();
    expect(causes).toEqual(['stale-answer', 'old-rrset-cached']);
    expect(report.diagnosis[0]).toEqual({
      cause: 'stale-answer',
      evidence: sentenceWith(ADDRESS.one, 'expired answer', 'reach the authoritative servers'),
      remedy: sentenceWith('reached', 'limit'),
      servers: [ADDRESS.one],
    });
  });

  it('is not a cause when it has the record', async () => {
    world.setTxt(SPF, ...PUBLISHED);
    world.one.faults.add({ when: { type: 'TXT' }, ede: { code: 3 } });
    world.two.faults.add({ when: { type: 'TXT' }, rcode: 'NOTIMP' });
    expect((await world.look()).causes).toEqual([]);
  });
});
