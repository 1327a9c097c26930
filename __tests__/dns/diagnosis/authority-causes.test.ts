import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createZone, type DnsFaultRule } from '../../../sandbox/index.ts';
import { sentenceWith } from '../../checks/facts.ts';
import { CODE, DOMAIN } from '../../fakes/diagnosis-look.ts';
import { ADDRESS, NS1, NS2, PUBLISHED, SPF, startWorld, type World } from '../../fakes/diagnosis-world.ts';

let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world[Symbol.asyncDispose]());

describe('a secondary that lags', () => {
  const remedy = sentenceWith('transfer', 'SOA refresh', 'NOTIFY', 'log');

  it('is reported with both serials', async () => {
    world.zone.setTxt('@', PUBLISHED);
    const { report } = await world.look();
    expect(report.diagnosis).toEqual([
      {
        cause: 'secondary-lags',
        evidence: sentenceWith(NS2, 'serial 7', '8'),
        remedy,
        servers: [NS2],
      },
    ]);
  });

  it('is reported even when the primary does not have the record either', async () => {
    world.zone.setTxt('@', [SPF, 'something else']);
    const { report, causes } = await world.look();
    expect(causes).toEqual(['secondary-lags']);
    expect(report.diagnosis[0]?.evidence).toEqual(sentenceWith('serial 7', '8'));
  });

  it('is reported without serials when they are equal', async () => {
    const stale = world.zone.copy();
    world.setTxt(...PUBLISHED);
    stale.setTxt('@', [SPF]);
    const other = await world.serve(stale);
    const { report, causes } = await world.look({ routes: { [ADDRESS.secondary]: other.address } });
    expect(causes).toEqual(['secondary-lags']);
    expect(report.diagnosis[0]).toEqual({
      cause: 'secondary-lags',
      evidence: expect.not.stringContaining('serial'),
      remedy,
      servers: [NS2],
    });
  });

  it('comes before an old code that it still has', async () => {
    world.setTxt(SPF, `cloudflare_dashboard_sso=${'9'.repeat(32)}`);
    world.zone.setTxt('@', PUBLISHED);
    expect((await world.look()).causes).toEqual(['secondary-lags']);
  });
});

describe('a delegation that is not the same on both sides', () => {
  it('is reported with the names that only one side has', async () => {
    world.tld.remove({ name: DOMAIN, type: 'NS', data: `ns2.${DOMAIN}` });
    world.tld.add({ name: DOMAIN, type: 'NS', data: 'ns.former.test' });
    const { report, causes } = await world.look();
    expect(causes).toEqual(['not-published', 'delegation-mismatch']);
    expect(report.diagnosis[1]).toEqual({
      cause: 'delegation-mismatch',
      evidence: sentenceWith(
        DOMAIN,
        'only the parent',
        'ns.former.test',
        'only the zone itself',
        `ns2.${DOMAIN}`,
      ),
      remedy: sentenceWith('NS records', 'registrar'),
    });
  });

  it('comes first when nothing else explains that resolvers see nothing', async () => {
    world.setTxt(...PUBLISHED);
    world.tld.remove({ name: DOMAIN, type: 'NS', data: `ns2.${DOMAIN}` });
    // These resolvers start from the servers of the registry, which have no record and give no TTL.
    for (const resolver of [world.one, world.two]) {
      resolver.faults.add({
        when: { type: 'TXT' },
        rewrite: (response) => ({ ...response, answers: [], authorities: [] }),
      });
    }
    const { report, causes } = await world.look();
    expect(causes).toEqual(['delegation-mismatch']);
    const evidence = report.diagnosis[0]?.evidence;
    expect(evidence).toEqual(sentenceWith(DOMAIN, 'only the zone itself', `ns2.${DOMAIN}`));
    expect(evidence).not.toContain('parent');
  });

  it('comes before caches when the record is published and the parent still names the former provider', async () => {
    await world.ask(ADDRESS.one);
    const former = await world.serve(world.zone.copy());
    for (const host of ['ns1', 'ns2'])
      world.tld.remove({ name: DOMAIN, type: 'NS', data: `${host}.${DOMAIN}` });
    world.tld.add({ name: DOMAIN, type: 'NS', data: 'ns.former.test' });
    world.tld.add({ name: 'ns.former.test', type: 'A', data: ADDRESS.child });
    world.setTxt(...PUBLISHED);
    const { report, causes } = await world.look({ routes: { [ADDRESS.child]: former.address } });
    expect(causes[0]).toBe('delegation-mismatch');
    expect(report.diagnosis[0]).toMatchObject({
      evidence: sentenceWith('only the parent', 'ns.former.test', 'only the zone itself', `ns1.${DOMAIN}`),
      remedy: sentenceWith('registrar', 'however long'),
    });
  });

  it('comes first when a zone for the name stands on one of the servers only, without a delegation', async () => {
    const name = `mail.${DOMAIN}`;
    const child = createZone({ origin: name, records: [{ name, type: 'TXT', data: CODE }] });
    const both = await world.serve(world.zone.copy(), child);
    const { report, causes } = await world.look({ name, routes: { [ADDRESS.secondary]: both.address } });
    expect(causes.slice(0, 2)).toEqual(['delegation-mismatch', 'secondary-lags']);
    expect(report.diagnosis[0]).toMatchObject({
      evidence: sentenceWith(`${NS2} has ${name} in the zone ${name}`, `${NS1} has it in the zone ${DOMAIN}`),
      remedy: sentenceWith(`Delegate ${name}`, `zone ${DOMAIN}`),
      servers: [NS1],
    });
  });

  it('is not a cause where the servers were given', async () => {
    world.tld.remove({ name: DOMAIN, type: 'NS', data: `ns2.${DOMAIN}` });
    const { causes } = await world.look({ authoritative: [ADDRESS.primary, ADDRESS.secondary] });
    expect(causes).toEqual(['not-published']);
  });
});

describe('a lame server', () => {
  it.each([
    ['REFUSED', { rcode: 'REFUSED' }, 'REFUSED'],
    ['SERVFAIL, as from a secondary whose copy has expired', { rcode: 'SERVFAIL' }, 'SERVFAIL'],
    ['an answer without AA', { clearAa: true }, 'without AA'],
  ] as const)('is told by %s', async (_, fault, how) => {
    world.primary.faults.add(fault);
    world.secondary.faults.add(fault);
    // The resolvers can still find the servers.
    for (const resolver of [world.one, world.two]) {
      resolver.setUpstream(DOMAIN, [(await world.serve(world.zone)).address]);
      resolver.faults.add({ when: { type: 'TXT' }, rcode: 'SERVFAIL', ede: { code: 22 } });
    }
    const { report, causes } = await world.look();
    expect(causes).toEqual(['lame-server']);
    expect(report.diagnosis[0]).toEqual({
      cause: 'lame-server',
      evidence: sentenceWith(NS1, NS2, 'not serve the zone', how),
      remedy: sentenceWith('NS records'),
      servers: [NS1, NS2],
    });
  });

  it('is none to remove from NS records where the servers were given', async () => {
    const server = await world.serve();
    const { report, causes } = await world.look({ authoritative: [server.address] });
    expect(causes[0]).toBe('lame-server');
    expect(report.diagnosis[0]?.remedy).toEqual(sentenceWith('authoritative-servers'));
    expect(report.diagnosis[0]?.remedy).not.toContain('NS records');
  });

  it('comes after what the other servers show', async () => {
    world.secondary.faults.add({ rcode: 'REFUSED' });
    const { report, causes } = await world.look();
    expect(causes).toEqual(['not-published', 'lame-server']);
    expect(report.diagnosis[1]?.evidence).toEqual(sentenceWith(NS2, 'not serve the zone', 'REFUSED'));
  });

  it.each(['test', DOMAIN])('is reported, and not followed, when it refers to %s itself', async (zone) => {
    const refer: DnsFaultRule = {
      when: { type: 'TXT' },
      clearAa: true,
      rewrite: (response) => ({
        ...response,
        rcode: 'NOERROR',
        answers: [],
        authorities: [{ name: zone, type: 'NS', ttl: 300, data: 'a.nic.test' }],
      }),
    };
    world.primary.faults.add(refer);
    world.secondary.faults.add(refer);
    const { causes, lines } = await world.look();
    expect(causes).toEqual(['lame-server']);
    expect(lines.filter((line) => line.includes('Asking the authoritative servers'))).toHaveLength(1);
  });

  it('is a resolver among servers that do serve the zone', async () => {
    world.secondary.faults.add({ clearAa: true, setRa: true });
    expect((await world.look()).causes).toEqual(['not-published', 'lame-server']);
  });
});

describe('a delegation further down', () => {
  const name = `mail.${DOMAIN}`;
  const server = `ns.mail.${DOMAIN}`;

  /** A server with the zone below and the record in it, to which nobody refers yet. */
  async function serveChild(): Promise<string> {
    const child = createZone({
      origin: name,
      nameServers: [server],
      records: [
        { name: server, type: 'A', data: ADDRESS.child },
        { name, type: 'TXT', data: CODE },
      ],
    });
    const { address } = await world.serve(child);
    for (const resolver of [world.one, world.two]) resolver.setUpstream(name, [address]);
    return address;
  }

  /** Delegates the name, with an address of the name server or without. */
  function delegate(glue: string | undefined): void {
    world.zone.add({ name, type: 'NS', data: server });
    if (glue !== undefined) world.zone.add({ name: server, type: 'A', data: glue });
    world.transfer();
  }

  const startsOf = (lines: readonly string[]) =>
    lines.filter((line) => line.includes('Asking the authoritative servers'));

  it('is followed before the record is asked for, and the record found there', async () => {
    const routes = { [ADDRESS.child]: await serveChild() };
    delegate(ADDRESS.child);
    const { report, lines } = await world.look({ name, routes });
    expect(report).toMatchObject({ visible: true, authoritative: true, zone: name, diagnosis: [] });
    expect(report.servers[0]?.server).toBe(`${server} (${ADDRESS.child})`);
    expect(startsOf(lines)).toEqual([sentenceWith(name, `${server} (${ADDRESS.child})`)]);
  });

  it('is followed when it appears while the record is waited for', async () => {
    const routes = { [ADDRESS.child]: await serveChild() };
    const looking = world.look({ name, routes, timeoutMs: 60_000 });
    const isWaiting = () => world.primary.queries.some(({ type }) => type === 'TXT');
    await vi.waitFor(() => expect(isWaiting()).toBe(true), 10_000);
    delegate(ADDRESS.child);
    const { report, lines } = await looking;
    expect(report).toMatchObject({ visible: true, authoritative: true, zone: name, diagnosis: [] });
    expect(startsOf(lines)).toEqual([
      sentenceWith(DOMAIN, NS1, NS2),
      sentenceWith(name, `${server} (${ADDRESS.child})`),
    ]);
  });

  it('is followed from servers that were given', async () => {
    const routes = { [ADDRESS.child]: await serveChild() };
    delegate(ADDRESS.child);
    const { report } = await world.look({ name, authoritative: [ADDRESS.primary], routes });
    expect(report).toMatchObject({ visible: true, authoritative: true });
  });

  it.each(['auto', 'given'])('is the cause when its servers cannot be found: %s', async (kind) => {
    delegate(undefined);
    const authoritative = kind === 'auto' ? 'auto' : [ADDRESS.primary, ADDRESS.secondary];
    const { report, causes } = await world.look({ name, authoritative });
    expect(causes[0]).toBe('sub-delegation');
    const labels = kind === 'auto' ? [NS1, NS2] : [ADDRESS.primary, ADDRESS.secondary];
    expect(report.diagnosis[0]).toEqual({
      cause: 'sub-delegation',
      evidence: sentenceWith(...labels, name, server),
      remedy: sentenceWith('Publish', `zone ${name}`),
      servers: labels,
    });
  });

  it('is the cause when only some of the servers know of it', async () => {
    world.zone.add({ name, type: 'NS', data: server });
    const { report, causes } = await world.look({ name });
    expect(causes[0]).toBe('sub-delegation');
    expect(report.diagnosis[0]?.evidence).toEqual(sentenceWith(NS1, name, server));
    expect(report.diagnosis[0]?.evidence).not.toContain(NS2);
  });
});

describe('a view from inside', () => {
  const remedy = sentenceWith('public view');

  it('is reported for private addresses of the authoritative servers', async () => {
    for (const zone of [world.zone, world.tld]) {
      for (const [host, from, to] of [
        ['ns1', ADDRESS.primary, '10.0.0.11'],
        ['ns2', ADDRESS.secondary, 'fd00::12'],
      ] as const) {
        zone.remove({ name: `${host}.${DOMAIN}`, type: 'A', data: from });
        zone.add({ name: `${host}.${DOMAIN}`, type: to.includes(':') ? 'AAAA' : 'A', data: to });
      }
    }
    world.setTxt(...PUBLISHED);
    for (const resolver of [world.one, world.two])
      resolver.faults.add({ when: { type: 'TXT' }, rcode: 'NOTIMP' });
    const routes = { '10.0.0.11': world.primary.address, 'fd00::12': world.secondary.address };
    const { report, causes } = await world.look({ routes });
    expect(causes).toEqual(['split-horizon']);
    expect(report.diagnosis[0]?.evidence).toContain('private addresses');
    expect(report.diagnosis[0]?.servers?.toSorted()).toEqual(
      report.servers
        .slice(0, 2)
        .map((one) => one.server)
        .toSorted(),
    );
    expect(report.diagnosis[0]?.remedy).toEqual(remedy);
  });

  it("is reported when this machine's own resolver lists other name servers", async () => {
    const systemNameServers = ['dc1.corp.test', 'dc2.corp.test'];
    const { report, causes } = await world.look({ name: `mail.${DOMAIN}`, systemNameServers });
    expect(causes).toEqual(['not-published', 'split-horizon']);
    expect(report.diagnosis[1]).toEqual({
      cause: 'split-horizon',
      evidence: sentenceWith('resolver', DOMAIN, 'dc1.corp.test, dc2.corp.test'),
      remedy,
      servers: [],
    });
  });

  it('is not looked for where that resolver must not be asked: at the email domain itself', async () => {
    expect((await world.look({ systemNameServers: ['dc1.corp.test'] })).causes).toEqual(['not-published']);
  });

  it('is not reported when that resolver gives no answer, or lists one that is public too', async () => {
    for (const systemNameServers of [[], [`ns2.${DOMAIN}`, 'ns3.elsewhere.test']]) {
      const { causes } = await world.look({ name: `mail.${DOMAIN}`, systemNameServers });
      expect(causes).toEqual(['not-published']);
    }
  });

  it('is not reported for servers from the settings', async () => {
    const { causes } = await world.look({ authoritative: [world.primary.address] });
    expect(causes).toEqual(['not-published']);
  });
});
