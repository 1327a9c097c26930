import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Transport } from '../../../src/dns/transports/transport.ts';
import { sentenceWith } from '../../checks/facts.ts';
import { ADDRESS, NS1, NS2, PUBLISHED, startWorld, type World } from '../../fakes/diagnosis-world.ts';
import { routedTransports } from '../../fakes/routed-transports.ts';

let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world[Symbol.asyncDispose]());

const silent: Transport = async () => ({ ok: false, silence: 'timeout' });

describe('port 53 that is intercepted', () => {
  const registry = `a.nic.test (${ADDRESS.registry})`;

  it('is reported when resolvers answer in place of all authoritative servers', async () => {
    const intercepted = Object.fromEntries(
      [ADDRESS.registry, ADDRESS.primary, ADDRESS.secondary].map((address) => [address, world.one.address]),
    );
    const { report, causes } = await world.look({ routes: intercepted });
    expect(causes[0]).toBe('port-53-intercepted');
    expect(report.diagnosis[0]).toEqual({
      cause: 'port-53-intercepted',
      evidence: sentenceWith(registry, 'resolver (RA=1, AA=0)', 'intercepts port 53'),
      remedy: sentenceWith('port 53', 'https://', 'authoritative-servers'),
      // Nothing further down is asked: it would be a question about the domain to that resolver.
      servers: [registry],
    });
  });

  it('comes before what the intercepting resolver has cached', async () => {
    await world.ask(ADDRESS.one);
    world.setTxt(...PUBLISHED);
    const intercepted = { [ADDRESS.registry]: world.one.address, [ADDRESS.primary]: world.one.address };
    const { causes } = await world.look({ routes: intercepted });
    expect(causes[0]).toBe('port-53-intercepted');
  });

  it('is not the cause where only the name servers of the domain answer like resolvers', async () => {
    for (const server of [world.primary, world.secondary])
      server.faults.add({ when: { type: 'TXT' }, clearAa: true, setRa: true });
    const { causes } = await world.look();
    expect(causes[0]).toBe('lame-server');
    expect(causes).not.toContain('port-53-intercepted');
  });
});

describe('port 53 that is blocked', () => {
  const HTTPS = ['https://192.0.2.53', 'https://192.0.2.54'];

  it('is reported when resolvers answer over HTTPS while nobody does over UDP or TCP', async () => {
    const { udp } = routedTransports({
      [ADDRESS.one]: world.one.address,
      [ADDRESS.two]: world.two.address,
    });
    const transports = { udp: silent, tcp: silent, https: udp };
    const { report, causes } = await world.look({ resolvers: HTTPS, transports });
    expect(causes[0]).toBe('port-53-blocked');
    expect(report.diagnosis[0]).toEqual({
      cause: 'port-53-blocked',
      evidence: sentenceWith('port 53 is blocked', `https://${ADDRESS.one} answered`, 'UDP or TCP'),
      remedy: sentenceWith('UDP and TCP', 'port 53'),
      // Nothing further down could be asked.
      servers: [`a.nic.test (${ADDRESS.registry})`],
    });
  });

  it('does not stop the record from being seen', async () => {
    world.setTxt(...PUBLISHED);
    const { udp } = routedTransports({
      [ADDRESS.one]: world.one.address,
      [ADDRESS.two]: world.two.address,
    });
    const transports = { udp: silent, tcp: silent, https: udp };
    const { report } = await world.look({ resolvers: HTTPS, transports });
    expect(report).toMatchObject({ visible: true, authoritative: false, diagnosis: [] });
  });

  it('is not a cause when resolvers were given as URLs and nobody else is asked', async () => {
    const { udp } = routedTransports({ [ADDRESS.one]: world.one.address });
    const transports = { udp: silent, tcp: silent, https: udp };
    const { causes } = await world.look({ resolvers: HTTPS.slice(0, 1), transports, authoritative: 'off' });
    expect(causes).toEqual(['not-published']);
  });

  it('is not a cause when nobody answers at all', async () => {
    const { causes } = await world.look({ transports: { udp: silent, tcp: silent, https: silent } });
    expect(causes).toEqual([]);
  });
});

describe('TCP that is blocked', () => {
  it('is reported when UDP truncates and TCP breaks off', async () => {
    world.setTxt(...PUBLISHED);
    for (const server of [world.primary, world.secondary]) {
      server.faults.add({ when: { type: 'TXT', transport: 'udp' }, truncate: true });
      server.faults.add({ when: { type: 'TXT', transport: 'tcp' }, tcp: 'close-early' });
    }
    const { report, causes } = await world.look();
    // The resolvers of this world ask the same servers.
    expect(causes).toEqual(['tcp-blocked', 'resolver-cannot-reach-zone']);
    expect(report.diagnosis[0]).toEqual({
      cause: 'tcp-blocked',
      evidence: sentenceWith('UDP', NS1, NS2, 'not answer over TCP'),
      remedy: sentenceWith('TCP port 53'),
      servers: [NS1, NS2],
    });
  });

  it('is reported for a resolver too, when it does not answer over TCP', { timeout: 15_000 }, async () => {
    world.setTxt(...PUBLISHED);
    world.two.faults.add({ when: { type: 'TXT', transport: 'udp' }, truncate: true });
    world.two.faults.add({ when: { type: 'TXT', transport: 'tcp' }, tcp: 'stall' });
    const { report, causes } = await world.look();
    expect(causes).toEqual(['tcp-blocked']);
    expect(report.diagnosis[0]?.servers).toEqual([ADDRESS.two]);
  });

  it('is not a cause as long as TCP gets through', async () => {
    for (const server of [world.primary, world.secondary])
      server.faults.add({ when: { transport: 'udp' }, truncate: true });
    expect((await world.look()).causes).toEqual(['not-published']);
  });
});
