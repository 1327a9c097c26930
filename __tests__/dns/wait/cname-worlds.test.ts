import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type AuthoritativeServer, createZone, type Zone, type ZoneRecord } from '../../../sandbox/index.ts';
import { sentenceWith } from '../../checks/facts.ts';
import { CODE, DOMAIN } from '../../fakes/diagnosis-look.ts';
import { ADDRESS, NS1, NS2, startWorld, type World } from '../../fakes/diagnosis-world.ts';

const NAME = `mail.${DOMAIN}`;
const TARGET = 't.target.test';
const TARGET_SERVER = `ns.target.test (${ADDRESS.child})`;

let world: World;
let routes: Readonly<Record<string, string>>;
let target: Zone;
let served: AuthoritativeServer;
beforeEach(async () => {
  world = await startWorld();
  target = createZone({
    origin: 'target.test',
    nameServers: ['ns.target.test'],
    records: [{ name: 'ns.target.test', type: 'A', data: ADDRESS.child }],
  });
  world.tld.add({ name: 'target.test', type: 'NS', data: 'ns.target.test' });
  world.tld.add({ name: 'ns.target.test', type: 'A', data: ADDRESS.child });
  served = await world.serve(target);
  const { address } = served;
  for (const resolver of [world.one, world.two]) resolver.setUpstream('target.test', [address]);
  routes = { [ADDRESS.child]: address };
});
afterEach(() => world[Symbol.asyncDispose]());

const CNAME: ZoneRecord = { name: NAME, type: 'CNAME', data: TARGET };

function change(what: 'add' | 'remove', record: ZoneRecord): void {
  world.zone[what](record);
  world.transfer();
}

/** What the resolvers were asked about either domain. */
const askedOfResolvers = () =>
  [world.one, world.two].flatMap(({ queries }) =>
    queries.filter(({ name }) => /company|target/.test(name)).map(({ name, type }) => `${name} ${type}`),
  );

describe('a CNAME to a zone on other servers, over real sockets', () => {
  it('has its mistakes looked for at the target, where the record belongs', async () => {
    change('add', CNAME);
    target.addTxt(`www.${TARGET}`, CODE);
    const { report, causes } = await world.look({ name: NAME, routes });
    expect(causes.slice(0, 2)).toEqual(['wrong-type', 'wrong-name']);
    expect(report.diagnosis[1]?.evidence).toEqual(sentenceWith(`www.${TARGET}`, TARGET));
    const asked = served.queries.filter(({ name }) => name.endsWith(`.${DOMAIN}`));
    expect(asked).toEqual([]);
  });

  it('is followed, and the resolvers learn of the name only when the record is there', async () => {
    change('add', CNAME);
    const looking = world.look({ name: NAME, routes, timeoutMs: 60_000 });
    await vi.waitFor(
      () => expect(world.primary.queries.some(({ type }) => type === 'TXT')).toBe(true),
      10_000,
    );
    expect(askedOfResolvers()).toEqual([]);
    target.addTxt(TARGET, CODE);
    const { report, lines } = await looking;
    expect(report).toMatchObject({ visible: true, authoritative: true, zone: 'target.test', diagnosis: [] });
    expect(report.servers.map(({ server }) => server)).toEqual([TARGET_SERVER, ADDRESS.one, ADDRESS.two]);
    expect(lines[0]).toEqual(sentenceWith(NAME, 'CNAME', TARGET, TARGET_SERVER));
    expect(askedOfResolvers()).toEqual([`${NAME} TXT`, `${NAME} TXT`]);
  });

  it('is followed when it appears while the record is waited for, and left when it goes', async () => {
    const looking = world.look({ name: NAME, routes, timeoutMs: 60_000 });
    await vi.waitFor(
      () => expect(world.primary.queries.some(({ type }) => type === 'TXT')).toBe(true),
      10_000,
    );
    change('add', CNAME);
    await vi.waitFor(() => expect(served.queries.some(({ type }) => type === 'TXT')).toBe(true), 20_000);
    change('remove', CNAME);
    change('add', { name: NAME, type: 'TXT', data: CODE });
    const { report, lines } = await looking;
    expect(report).toMatchObject({ visible: true, authoritative: true, zone: DOMAIN });
    expect(lines.filter((line) => line.includes('Asking the authoritative servers'))).toEqual([
      sentenceWith(DOMAIN, NS1, NS2),
      sentenceWith(NAME, TARGET, TARGET_SERVER),
      sentenceWith(DOMAIN, NS1, NS2),
    ]);
    expect(askedOfResolvers()).toEqual([`${NAME} TXT`, `${NAME} TXT`]);
  });
});
