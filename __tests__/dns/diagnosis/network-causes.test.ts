import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Transport } from '../../../src/dns/transports/transport.ts';
import { ADDRESS, NS1, NS2, PUBLISHED, startWorld, type World } from '../../fakes/diagnosis-world.ts';
import { routedTransports } from '../../fakes/routed-transports.ts';

let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world[Symbol.asyncDispose]());

const silent: Transport = async () => ({ ok: false, silence: 'timeout' });

describe('port 53 that is intercepted', () => {
  it('is told by resolvers in the place of all authoritative servers', async () => {
    world.setTxt(...PUBLISHED);
    for (const server of [world.primary, world.secondary])
      server.faults.add({ when: { type: 'TXT' }, clearAa: true, setRa: true });
    const { report, causes } = await world.look();
    // The resolvers of this world meet the same servers.
    expect(causes).toEqual(['port-53-intercepted', 'resolver-cannot-reach-zone']);
    expect(report.diagnosis[0]).toEqual({
      cause: 'port-53-intercepted',
      evidence: `what answers for ${NS1} and ${NS2} is a resolver (RA=1, AA=0): something on the way intercepts port 53`,
      remedy:
        'Run the job where port 53 is open, or give resolvers as https:// URLs and authoritative-servers: off.',
      servers: [NS1, NS2],
    });
  });

  it('stands before what the resolver in between holds in its cache', async () => {
    await world.ask(ADDRESS.one);
    world.setTxt(...PUBLISHED);
    const intercepted = { [ADDRESS.primary]: world.one.address, [ADDRESS.secondary]: world.one.address };
    const { causes } = await world.look({ routes: intercepted });
    expect(causes[0]).toBe('port-53-intercepted');
  });
});

describe('port 53 that is blocked', () => {
  const HTTPS = ['https://192.0.2.53', 'https://192.0.2.54'];

  it('is told by resolvers that answer over HTTPS while nobody does over UDP or TCP', async () => {
    const { udp } = routedTransports({
      [ADDRESS.one]: world.one.address,
      [ADDRESS.two]: world.two.address,
    });
    const transports = { udp: silent, tcp: silent, https: udp };
    const { report, causes } = await world.look({ resolvers: HTTPS, transports });
    expect(causes[0]).toBe('port-53-blocked');
    expect(report.diagnosis[0]).toEqual({
      cause: 'port-53-blocked',
      evidence: `port 53 is blocked on this network: https://${ADDRESS.one} answered over HTTPS, and nobody over UDP or TCP`,
      remedy:
        'Open port 53 outwards for UDP and TCP, so that the authoritative servers can be asked; until then only resolvers count.',
      servers: [NS1, NS2],
    });
  });

  it('does not keep the record from being seen', async () => {
    world.setTxt(...PUBLISHED);
    const { udp } = routedTransports({
      [ADDRESS.one]: world.one.address,
      [ADDRESS.two]: world.two.address,
    });
    const transports = { udp: silent, tcp: silent, https: udp };
    const { report } = await world.look({ resolvers: HTTPS, transports });
    expect(report).toMatchObject({ visible: true, authoritative: false, diagnosis: [] });
  });

  it('is no cause when resolvers were given as URLs and nobody else is asked', async () => {
    const { udp } = routedTransports({ [ADDRESS.one]: world.one.address });
    const transports = { udp: silent, tcp: silent, https: udp };
    const { causes } = await world.look({ resolvers: HTTPS.slice(0, 1), transports, authoritative: 'off' });
    expect(causes).toEqual([]);
  });

  it('is no cause when nobody answers at all', async () => {
    const { causes } = await world.look({ transports: { udp: silent, tcp: silent, https: silent } });
    expect(causes).toEqual([]);
  });
});

describe('TCP that is blocked', () => {
  it('is told when UDP truncates and TCP breaks off', async () => {
    world.setTxt(...PUBLISHED);
    for (const server of [world.primary, world.secondary]) {
      server.faults.add({ when: { type: 'TXT', transport: 'udp' }, truncate: true });
      server.faults.add({ when: { type: 'TXT', transport: 'tcp' }, tcp: 'close-early' });
    }
    const { report, causes } = await world.look();
    // The resolvers of this world meet the same servers.
    expect(causes).toEqual(['tcp-blocked', 'resolver-cannot-reach-zone']);
    expect(report.diagnosis[0]).toEqual({
      cause: 'tcp-blocked',
      evidence: `the TXT records of the name are too many for UDP, and ${NS1} and ${NS2} do not answer over TCP`,
      remedy: 'Open TCP port 53 at the servers and on the way to them; DNS needs both.',
      servers: [NS1, NS2],
    });
  });

  it('is told of a resolver too, whose TCP stays silent', { timeout: 15_000 }, async () => {
    world.setTxt(...PUBLISHED);
    world.two.faults.add({ when: { type: 'TXT', transport: 'udp' }, truncate: true });
    world.two.faults.add({ when: { type: 'TXT', transport: 'tcp' }, tcp: 'stall' });
    const { report, causes } = await world.look();
    expect(causes).toEqual(['tcp-blocked']);
    expect(report.diagnosis[0]?.servers).toEqual([ADDRESS.two]);
  });

  it('is no cause as long as TCP gets through', async () => {
    for (const server of [world.primary, world.secondary])
      server.faults.add({ when: { transport: 'udp' }, truncate: true });
    expect((await world.look()).causes).toEqual(['not-published']);
  });
});
