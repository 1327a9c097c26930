import { describe, expect, it } from 'vitest';
import { createZone, type ZoneOptions, type ZoneRecord } from '../../../sandbox/index.ts';
import type { Discovery } from '../../../src/dns/discovery/discovery.ts';
import {
  type Host,
  knows,
  RESOLVERS,
  type Says,
  scriptedInternet,
  serves,
} from '../../fakes/scripted-internet.ts';
import { soa } from '../../samples/dns-responses.ts';

const [R1, R2, R3] = RESOLVERS;
const COM = '192.0.2.10';
const NET = '192.0.2.11';
const NS1 = '192.0.2.53';
const NS2 = '198.51.100.53';
const LABEL1 = `ns1.example.com (${NS1})`;
const LABEL2 = `ns2.example.net (${NS2})`;

const ns = (name: string, ...hosts: readonly string[]): ZoneRecord[] =>
  hosts.map((data) => ({ name, type: 'NS', data }));
const a = (name: string, data: string): ZoneRecord => ({ name, type: 'A', data });
const zone = (origin: string, nameServers: readonly string[], ...records: readonly ZoneRecord[]) =>
  createZone({ origin, nameServers, records } satisfies ZoneOptions);

/** What the resolvers know: the top-level domains, and the addresses of hosts. */
const RESOLVER = knows(
  { com: ['a.gtld.test'], net: ['b.gtld.test'] },
  { 'a.gtld.test': [COM], 'b.gtld.test': [NET], 'ns2.example.net': [NS2] },
);
const EXAMPLE = zone(
  'example.com',
  ['ns1.example.com', 'ns2.example.net'],
  a('ns1.example.com', NS1),
  a('www.example.com', '192.0.2.80'),
);
const DELEGATED = [...ns('example.com', 'ns1.example.com', 'ns2.example.net'), a('ns1.example.com', NS1)];

/** `com` with a delegation of `example.com`, both of whose servers have the zone. */
const WORLD: Readonly<Record<string, Host>> = {
  [R1]: RESOLVER,
  [R2]: RESOLVER,
  [R3]: RESOLVER,
  [COM]: serves(zone('com', ['a.gtld.test'], ...DELEGATED)),
  [NS1]: serves(EXAMPLE),
  [NS2]: serves(EXAMPLE),
};

async function find(name: string, hosts: Readonly<Record<string, Host>> = {}, resolvers = 1) {
  const internet = scriptedInternet({ ...WORLD, ...hosts }, resolvers);
  const discovery = await internet.run(internet.finder.find(name));
  return { ...internet, discovery };
}

const labels = (discovery: Discovery | undefined): readonly string[] =>
  discovery?.kind === 'found' ? discovery.servers.map(({ label }) => label) : [];

/** A host that says something of its own to some questions, `name type`, or to any about a name. */
const but =
  (host: Host | undefined, own: Readonly<Record<string, Says>>): Host =>
  (question) =>
    own[`${question.name} ${question.type}`] ?? own[question.name] ?? host?.(question) ?? 'silence';

describe('the search for authoritative servers', () => {
  it('goes from the top-level domain down, and asks the resolvers about nothing else', async () => {
    const { discovery, trace } = await find('example.com');
    expect(discovery).toMatchObject({
      kind: 'found',
      apex: 'example.com',
      parent: { zone: 'com', servers: [{ label: `a.gtld.test (${COM})` }] },
      alias: undefined,
    });
    expect(labels(discovery)).toEqual([LABEL1, LABEL2]);
    expect(trace()).toEqual([
      `${R1} com NS`,
      `${R1} a.gtld.test A`,
      `${COM} com SOA`,
      `${COM} example.com SOA`,
      // Without glue that may be believed, and outside the domain.
      `${R1} ns2.example.net A`,
      `${NS1} example.com SOA`,
      `${NS2} example.com SOA`,
      `${NS1} example.com NS`,
      `${NS2} example.com NS`,
      `${NS1} ns1.example.com A`,
      `${NS1} ns1.example.com AAAA`,
      // Last, when it is known that no name which must not be denied is near.
      `${R1} ns2.example.net AAAA`,
    ]);
  });

  it.each(['a.b.example.com', 'www.example.com'])('finds the zone that %s is in', async (name) => {
    const { discovery, ofResolvers } = await find(name);
    expect(discovery).toMatchObject({ kind: 'found', apex: 'example.com' });
    expect(labels(discovery)).toEqual([LABEL1, LABEL2]);
    for (const { question } of ofResolvers()) expect(question).not.toContain('example.com');
  });

  it('finds every address, IPv6 too, each once', async () => {
    const addresses = [
      a('ns1.example.com', '192.0.2.54'),
      { name: 'ns1.example.com', type: 'AAAA', data: '2001:db8::53' } as const,
      a('ns3.example.com', NS1),
    ];
    const listed = ['ns1.example.com', 'ns2.example.net', 'ns3.example.com'];
    const own = zone('example.com', listed, a('ns1.example.com', NS1), ...addresses);
    const { discovery } = await find('example.com', { [NS1]: serves(own), [NS2]: serves(own) });
    expect(labels(discovery).toSorted()).toEqual(
      [
        'ns1.example.com (192.0.2.54)',
        'ns1.example.com (2001:db8::53)',
        LABEL2,
        `ns3.example.com (${NS1})`,
      ].toSorted(),
    );
    expect(discovery.kind === 'found' && discovery.servers.at(-1)).toMatchObject({ role: 'authoritative' });
  });

  it('adds the servers that only the zone itself names to those that only the parent names', async () => {
    const own = zone(
      'example.com',
      ['ns1.example.com', 'ns3.example.com'],
      ...[a('ns1.example.com', NS1), a('ns3.example.com', '192.0.2.55')],
    );
    const { discovery } = await find('example.com', { [NS1]: serves(own) });
    expect(labels(discovery)).toEqual([LABEL1, LABEL2, 'ns3.example.com (192.0.2.55)']);
  });

  it('looks up elsewhere the servers that only the zone itself names', async () => {
    const resolver = but(RESOLVER, {
      'ns.other.org A': {
        aa: false,
        ra: true,
        answers: [{ ...a('ns.other.org', '203.0.113.5'), ttl: 1 } as never],
      },
      'ns.other.org AAAA': { aa: false, ra: true },
    });
    const own = zone('example.com', ['ns1.example.com', 'ns.other.org'], a('ns1.example.com', NS1));
    const { discovery } = await find('example.com', {
      [R1]: resolver,
      [NS1]: serves(own),
      [NS2]: serves(own),
    });
    expect(labels(discovery)).toContain('ns.other.org (203.0.113.5)');
  });

  it('does not believe glue for names outside the zone that gives it', async () => {
    const com = zone('com', ['a.gtld.test'], ...ns('example.com', 'ns2.example.net'));
    const forged: Host = (question) => {
      const says = serves(com)(question);
      if (typeof says === 'string' || says.aa === true) return says;
      const glue = { type: 'A', name: 'ns2.example.net', ttl: 1, data: '203.0.113.66' } as const;
      return { ...says, additionals: [glue] };
    };
    const own = zone('example.com', ['ns2.example.net']);
    const { discovery, trace } = await find('example.com', { [COM]: forged, [NS2]: serves(own) });
    expect(labels(discovery)).toEqual([LABEL2]);
    expect(trace().some((line) => line.startsWith('203.0.113.66'))).toBe(false);
  });

  it('asks the servers of the domain, and not the resolvers, for the hosts in it', async () => {
    const com = zone(
      'com',
      ['a.gtld.test'],
      ...ns('example.com', 'ns1.example.com', 'ns4.example.com'),
      a('ns1.example.com', NS1),
    );
    const own = zone(
      'example.com',
      ['ns1.example.com', 'ns4.example.com'],
      a('ns1.example.com', NS1),
      a('ns4.example.com', NS2),
    );
    const { discovery, ofResolvers } = await find('example.com', { [COM]: serves(com), [NS1]: serves(own) });
    expect(labels(discovery)).toEqual([LABEL1, `ns4.example.com (${NS2})`]);
    expect(ofResolvers().map(({ question }) => question)).not.toContain('ns4.example.com A');
  });

  it('takes what a server answers that has both the zone and its parent', async () => {
    const com = zone('com', ['a.gtld.test'], ...DELEGATED);
    const { discovery, trace } = await find('example.com', { [COM]: serves(com, EXAMPLE) });
    expect(discovery).toMatchObject({ kind: 'found', apex: 'example.com', parent: { zone: 'com' } });
    expect(labels(discovery)).toEqual(expect.arrayContaining([LABEL1, LABEL2]));
    expect(trace()).toContain(`${COM} example.com NS`);
  });

  it('follows a delegation further down, by its glue', async () => {
    const parent = zone(
      'example.com',
      ['ns1.example.com'],
      a('ns1.example.com', NS1),
      ...ns('team.example.com', 'ns.team.example.com'),
      a('ns.team.example.com', '203.0.113.53'),
    );
    const child = zone('team.example.com', ['ns.team.example.com'], a('ns.team.example.com', '203.0.113.53'));
    const hosts = { [NS1]: serves(parent), [NS2]: serves(parent), '203.0.113.53': serves(child) };
    const { discovery, ofResolvers } = await find('mail.team.example.com', hosts);
    expect(discovery).toMatchObject({
      kind: 'found',
      apex: 'team.example.com',
      parent: { zone: 'example.com' },
    });
    expect(labels(discovery)).toEqual(['ns.team.example.com (203.0.113.53)']);
    for (const { question } of ofResolvers()) expect(question).not.toContain('example.com');
  });

  it('follows a delegation of servers that are resolvers too', async () => {
    const child = '203.0.113.53';
    const parent = serves(
      zone(
        'example.com',
        ['ns1.example.com'],
        a('ns1.example.com', NS1),
        ...ns('mail.example.com', 'ns.mail.example.com'),
        a('ns.mail.example.com', child),
      ),
    );
    const recursive: Host = (question) => {
      const says = parent(question);
      return typeof says === 'string' ? says : { ...says, ra: true };
    };
    const { discovery } = await find('mail.example.com', {
      [NS1]: recursive,
      [NS2]: recursive,
      [child]: serves(zone('mail.example.com', ['ns.mail.example.com'], a('ns.mail.example.com', child))),
    });
    expect(discovery).toMatchObject({ kind: 'found', apex: 'mail.example.com' });
    expect(labels(discovery)).toEqual([`ns.mail.example.com (${child})`]);
  });

  it('takes glue when the child zone has no address of its own server', async () => {
    const child = zone('example.com', ['ns1.example.com']);
    const { discovery } = await find('example.com', { [NS1]: serves(child), [NS2]: serves(child) });
    expect(labels(discovery)).toEqual([LABEL1, LABEL2]);
  });

  it('goes by the delegated zone where only some of its servers have a zone below', async () => {
    const stray = zone('team.example.com', ['ns1.example.com']);
    const { discovery } = await find('team.example.com', { [NS1]: serves(EXAMPLE, stray) });
    expect(discovery).toMatchObject({ kind: 'found', apex: 'example.com' });
    expect(labels(discovery)).toEqual([LABEL1, LABEL2]);
  });

  it.each<[string, Says]>([
    ['SERVFAIL', { aa: false, rcode: 2 }],
    ['NOTIMP', { aa: false, rcode: 4 }],
    ['REFUSED', { aa: false, rcode: 5 }],
    ['nothing', 'silence'],
    ['an answer without AA', { aa: false, answers: [soa('example.com')] }],
  ])('knows the zone from the referral when its servers say %s to SOA', async (_what, says) => {
    const servers = {
      [NS1]: but(serves(EXAMPLE), { 'example.com SOA': says }),
      [NS2]: but(serves(EXAMPLE), { 'example.com SOA': says }),
    };
    const { discovery, ofResolvers } = await find('example.com', servers);
    expect(discovery).toMatchObject({ kind: 'found', apex: 'example.com', parent: { zone: 'com' } });
    expect(labels(discovery)).toEqual([LABEL1, LABEL2]);
    for (const { question } of ofResolvers()) expect(question).not.toContain('example.com');
  });

  it('takes no referral that leads back up or nowhere', async () => {
    const up: Says = { aa: false, authorities: [{ type: 'NS', name: 'com', ttl: 1, data: 'a.gtld.test' }] };
    const { discovery, trace } = await find('example.com', {
      [NS1]: but(undefined, { 'example.com': up }),
      [NS2]: but(undefined, { 'example.com': up }),
    });
    expect(discovery).toMatchObject({ kind: 'found', apex: 'example.com' });
    expect(trace().length).toBeLessThan(20);
  });

  it('ends when delegations do not', async () => {
    const deep: Host = ({ name }) => {
      const depth = 8;
      const below = name.split('.').slice(-depth).join('.');
      return { aa: false, authorities: [{ type: 'NS', name: below, ttl: 1, data: 'ns2.example.net' }] };
    };
    const endless: Host = (question) => {
      counted++;
      const owner = question.name
        .split('.')
        .slice(-2 - counted)
        .join('.');
      return {
        ...(deep(question) as object),
        authorities: [{ type: 'NS', name: owner, ttl: 1, data: 'ns2.example.net' }],
      };
    };
    let counted = 0;
    const name = `${'a.'.repeat(40)}example.com`;
    const { discovery } = await find(name, { [NS1]: endless, [NS2]: endless });
    expect(discovery).toMatchObject({ kind: 'unknown', reason: expect.stringContaining('do not end') });
  });

  it('passes over name servers whose names cannot be asked for', async () => {
    const com = zone(
      'com',
      ['a.gtld.test'],
      ...DELEGATED,
      ...ns('example.com', '.', `${'x'.repeat(63)}.${'y'.repeat(63)}.org`),
    );
    const { discovery, trace } = await find('example.com', { [COM]: serves(com) });
    expect(labels(discovery)).toEqual([LABEL1, LABEL2]);
    expect(trace().some((line) => line.endsWith(' . A'))).toBe(false);
  });

  it('takes no more than 64 servers', async () => {
    const addresses = Array.from({ length: 100 }, (_, index) => a('ns1.example.com', `203.0.113.${index}`));
    const own = zone('example.com', ['ns1.example.com'], ...addresses);
    const com = zone('com', ['a.gtld.test'], ...ns('example.com', 'ns1.example.com'), ...addresses);
    for (const hosts of [{ [COM]: serves(com) }, { [NS1]: serves(own), [NS2]: serves(own) }])
      expect(labels((await find('example.com', hosts)).discovery)).toHaveLength(64);
  });
});

describe('a name server in the same domain', () => {
  const below = (label: string, nameServer: string, glue?: string): ZoneRecord[] => [
    ...ns(`${label}.example.com`, nameServer),
    ...(glue === undefined ? [] : [a(nameServer, glue)]),
  ];
  const parentWith = (...records: readonly ZoneRecord[]) =>
    serves(zone('example.com', ['ns1.example.com'], a('ns1.example.com', NS1), ...records));

  it('is found in its own zone, by asking down from the top again', async () => {
    const parent = parentWith(...below('mail', 'ns.host.example.com'), ...below('host', 'ns1.example.com'));
    const host = zone('host.example.com', ['ns1.example.com'], a('ns.host.example.com', '203.0.113.53'));
    const mail = zone('mail.example.com', ['ns.host.example.com']);
    const one: Host = (question) =>
      question.name.endsWith('host.example.com') ? serves(host)(question) : parent(question);
    const { discovery, ofResolvers } = await find('mail.example.com', {
      [NS1]: one,
      [NS2]: one,
      '203.0.113.53': serves(mail),
    });
    expect(labels(discovery)).toEqual(['ns.host.example.com (203.0.113.53)']);
    for (const { question } of ofResolvers()) expect(question).not.toContain('example.com');
  });

  it.each([
    ['itself', [...below('mail', 'ns.mail.example.com')]],
    [
      'another one that needs it',
      [...below('mail', 'ns.b.example.com'), ...below('b', 'ns.mail.example.com')],
    ],
    [
      'a chain without an end',
      ['mail', 'b', 'c', 'd', 'e', 'f'].flatMap((label, index, all) =>
        below(label, `ns.${all[index + 1] ?? 'gone'}.example.com`),
      ),
    ],
  ])('that needs %s is not found, and no resolver is asked', async (_what, records) => {
    const parent = parentWith(...records);
    const { discovery, ofResolvers, trace } = await find('mail.example.com', {
      [NS1]: parent,
      [NS2]: parent,
    });
    expect(discovery).toMatchObject({ kind: 'unknown', reason: expect.stringContaining('mail.example.com') });
    // Those that refer there are the evidence.
    expect(discovery.kind === 'unknown' && discovery.said.map(({ server }) => server.label)).toEqual([
      LABEL1,
      LABEL2,
    ]);
    for (const { question } of ofResolvers()) expect(question).not.toContain('example.com');
    expect(trace().length).toBeLessThan(60);
  });

  it('is looked up once where two zones each have a server in the other that only they name', async () => {
    const [MAIL, B, C] = ['203.0.113.61', '203.0.113.62', '203.0.113.63'] as const;
    const [here, b, c] = ['mail.example.com', 'b.example.com', 'c.example.com'] as const;
    const parent = parentWith(
      ...below('mail', `ns.${here}`, MAIL),
      ...below('b', `ns.${b}`, B),
      ...below('c', `ns.${c}`, C),
    );
    const { discovery, trace } = await find(here, {
      [NS1]: parent,
      [NS2]: parent,
      [MAIL]: serves(zone(here, [`ns.${here}`, `ns2.${b}`], a(`ns.${here}`, MAIL))),
      [B]: serves(zone(b, [`ns.${b}`, `ns2.${c}`], a(`ns.${b}`, B), a(`ns2.${b}`, '203.0.113.72'))),
      [C]: serves(zone(c, [`ns.${c}`, `ns2.${b}`], a(`ns.${c}`, C), a(`ns2.${c}`, '203.0.113.73'))),
    });
    expect(labels(discovery)).toEqual([`ns.${here} (${MAIL})`, `ns2.${b} (203.0.113.72)`]);
    expect(trace().length).toBeLessThan(60);
  });
});

describe('a domain that is not registered', () => {
  const UK = '192.0.2.20';
  const registry = (origin: string): Readonly<Record<string, Host>> => {
    const [, top = origin] = origin.split('.');
    const resolver = knows({ [top]: ['a.gtld.test'] }, { 'a.gtld.test': [UK] });
    const parent = zone(
      top,
      ['a.gtld.test'],
      ...(top === origin ? [] : [...ns(origin, `ns.${origin}`), a(`ns.${origin}`, NS1)]),
    );
    return {
      [R1]: resolver,
      [UK]: serves(parent),
      [NS1]: serves(zone(origin, [`ns.${origin}`], a(`ns.${origin}`, NS1))),
    };
  };

  it.each(['com', 'co.uk', 'com.au', 'ac.jp', 'org'])('is told by a server of %s', async (origin) => {
    for (const name of [`nobody.${origin}`, `mail.nobody.${origin}`]) {
      const { discovery } = await find(name, registry(origin));
      expect(discovery).toEqual({ kind: 'not-registered', registry: origin });
    }
  });

  it.each(['example.com', 'firm.uk', 'x.co.uk'])('is not meant by an NXDOMAIN in %s', async (origin) => {
    const { discovery } = await find(`mail.${origin}`, {
      ...(origin.endsWith('uk') ? { [R1]: knows({ uk: ['a.gtld.test'] }, { 'a.gtld.test': [UK] }) } : {}),
      [origin.endsWith('uk') ? UK : COM]: serves(
        zone(
          origin.split('.').at(-1) ?? '',
          ['a.gtld.test'],
          ...ns(origin, `ns.${origin}`),
          a(`ns.${origin}`, NS1),
        ),
      ),
      [NS1]: serves(zone(origin, [`ns.${origin}`], a(`ns.${origin}`, NS1))),
    });
    expect(discovery).toMatchObject({ kind: 'found', apex: origin });
  });

  it('is not meant where a registry name is somebody’s email domain itself', async () => {
    const { discovery } = await find('co.uk', registry('co.uk'));
    expect(discovery).toMatchObject({ kind: 'found', apex: 'co.uk' });
  });

  it.each<[string, Says]>([
    ['without AA', { aa: false, rcode: 3, authorities: [soa('com')] }],
    ['from a resolver', { aa: false, ra: true, rcode: 3, authorities: [soa('com')] }],
    ['NODATA', { aa: true, authorities: [soa('com')] }],
    ['SERVFAIL', { aa: false, rcode: 2 }],
    ['nothing', 'silence'],
  ])('is not meant by a registry that says so %s', async (_what, says) => {
    const com = but(WORLD[COM], { 'nobody.com': says });
    const { discovery, asked } = await find('nobody.com', { [COM]: com });
    expect(discovery.kind).not.toBe('not-registered');
    expect(asked.filter(({ question }) => question === 'nobody.com SOA').length).toBeGreaterThan(0);
  });

  it.each<[string, Says]>([
    ['SERVFAIL', { aa: false, rcode: 2 }],
    ['nothing', 'silence'],
  ])('is not known, below co.uk, when its servers say %s', async (_what, says) => {
    const world = registry('co.uk');
    const { discovery } = await find('nobody.co.uk', {
      ...world,
      [NS1]: but(world[NS1], { 'nobody.co.uk': says }),
    });
    expect(discovery).toMatchObject({
      kind: 'unknown',
      reason: expect.stringContaining('co.uk'),
      said: [{}],
    });
  });

  it.each<[string, Says]>([
    [
      'a referral',
      { aa: false, authorities: [{ type: 'NS', name: 'new.com', ttl: 1, data: 'ns2.example.net' }] },
    ],
    ['an answer', { aa: true, authorities: [soa('com')] }],
  ])('is not meant when another server of the registry has %s: one may lag', async (_what, says) => {
    const behind = '192.0.2.12';
    const { discovery } = await find('new.com', {
      [R1]: (question) =>
        question.name === 'a.gtld.test'
          ? knows({}, { 'a.gtld.test': [behind, COM] })(question)
          : RESOLVER(question),
      [behind]: WORLD[COM] ?? (() => 'silence'),
      [COM]: but(WORLD[COM], { 'new.com': says }),
      [NS2]: serves(zone('new.com', ['ns2.example.net'])),
    });
    expect(discovery).toMatchObject({ kind: 'found' });
  });

  it('is told by the root when the top-level domain does not exist', async () => {
    const root = zone('', ['a.root.test'], a('a.root.test', UK));
    const { discovery, trace } = await find('company.tset', {
      [R1]: knows({ '.': ['a.root.test'] }, { 'a.root.test': [UK] }),
      [UK]: serves(root),
    });
    expect(discovery).toEqual({ kind: 'not-registered', registry: '.' });
    expect(trace().slice(0, 2)).toEqual([`${R1} tset NS`, `${R1} . NS`]);
    expect(trace().at(-1)).toBe(`${UK} company.tset SOA`);
  });
});

describe('the top of the search', () => {
  it.each<[string, Says]>([
    ['says NXDOMAIN', { aa: false, ra: true, rcode: 3 }],
    ['says nothing of use', { aa: false, ra: true }],
    ['fails', { aa: false, ra: true, rcode: 2 }],
    ['refuses', { aa: false, ra: true, rcode: 5 }],
    ['is silent', 'silence'],
  ])('is known from the next resolver when the first one %s', async (_what, says) => {
    const { discovery, asked, tookMs } = await find('example.com', { [R1]: () => says }, 3).then((found) => ({
      ...found,
      tookMs: found.clock.sleeping,
    }));
    expect(labels(discovery)).toEqual([LABEL1, LABEL2]);
    expect(asked.some(({ host }) => host === R3)).toBe(false);
    expect(tookMs).toBe(0);
  });

  it('is asked of the next resolver as well after a second of silence', async () => {
    const { discovery, ofResolvers, aborted, clock } = await find('example.com', { [R1]: () => 'never' }, 3);
    expect(labels(discovery)).toEqual([LABEL1, LABEL2]);
    expect(ofResolvers().filter(({ question }) => question === 'com NS')).toEqual([
      { host: R1, question: 'com NS', atMs: 0 },
      { host: R2, question: 'com NS', atMs: 1000 },
    ]);
    expect(aborted()).toBe(ofResolvers().filter(({ host }) => host === R1).length);
    expect(clock.sleeping).toBe(0);
  });

  it('leaves the other resolvers alone when the first one answers', async () => {
    const { ofResolvers } = await find('example.com', {}, 3);
    expect(new Set(ofResolvers().map(({ host }) => host))).toEqual(new Set([R1]));
  });

  it('is not asked about the name when something answers in its place', async () => {
    const inPlace: Host = () => ({ aa: false, ra: true, rcode: 3 });
    const { discovery, asked } = await find('mail.example.com', { [COM]: inPlace });
    expect(discovery).toMatchObject({
      kind: 'unknown',
      reason: expect.stringContaining('com'),
      said: [{ server: { label: `a.gtld.test (${COM})` } }],
    });
    for (const { question } of asked) expect(question).not.toContain('example.com');
  });

  it('is lower where resolvers know neither the top-level domain nor the root', async () => {
    const { discovery, ofResolvers } = await find('mail.corp.internal', {
      [R1]: knows({ 'corp.internal': ['ns.corp.internal'] }, { 'ns.corp.internal': [NS1] }),
      [NS1]: serves(zone('corp.internal', ['ns.corp.internal'], a('ns.corp.internal', NS1))),
    });
    expect(discovery).toMatchObject({ kind: 'found', apex: 'corp.internal' });
    expect(
      ofResolvers()
        .map(({ question }) => question)
        .filter((one) => one.endsWith('NS')),
    ).toEqual(['internal NS', '. NS', 'corp.internal NS']);
    for (const { question } of ofResolvers()) expect(question).not.toContain('mail.');
  });

  it('is not known when no resolver answers; the name itself is never asked for', async () => {
    const { discovery, asked } = await find('mail.example.com', { [R1]: () => 'silence' });
    expect(discovery).toEqual({
      kind: 'unknown',
      reason: expect.stringMatching(/no resolver.* com$/),
      said: [],
    });
    expect(asked.map(({ question }) => question)).toEqual(['com NS', '. NS', 'example.com NS']);
  });

  it('is looked up once for all domains in it, at the same time or later', async () => {
    const other = zone(
      'com',
      ['a.gtld.test'],
      ...DELEGATED,
      ...ns('second.com', 'ns1.second.com'),
      a('ns1.second.com', NS1),
    );
    const second = zone('second.com', ['ns1.second.com'], a('ns1.second.com', NS1));
    const { finder, run, ofResolvers, clock } = scriptedInternet({
      ...WORLD,
      [COM]: serves(other),
      [NS1]: serves(EXAMPLE, second),
    });
    const found = await run(Promise.all(['example.com', 'second.com'].map((name) => finder.find(name))));
    expect(found.map(labels)).toEqual([[LABEL1, LABEL2], [`ns1.second.com (${NS1})`]]);
    await run(finder.find('mail.example.com'));
    const asked = ofResolvers().map(({ question }) => question);
    expect(asked).toEqual([...new Set(asked)]);
    expect(clock.sleeping).toBe(0);
  });

  it.each(['com NS', 'a.gtld.test A', 'ns2.example.net A'])(
    'is looked up again after %s failed',
    async (failing) => {
      let isDown = true;
      const resolver: Host = (question) =>
        isDown && `${question.name} ${question.type}` === failing
          ? { aa: false, rcode: 2 }
          : RESOLVER(question);
      const { finder, run } = scriptedInternet({ ...WORLD, [R1]: resolver });
      expect(labels(await run(finder.find('example.com')))).not.toContain(LABEL2);
      isDown = false;
      expect(labels(await run(finder.find('example.com')))).toEqual([LABEL1, LABEL2]);
    },
  );

  it('is the same objects for the same servers, so that the client learns only once how to reach them', async () => {
    const { finder, run } = scriptedInternet(WORLD);
    const [one, two] = [await run(finder.find('example.com')), await run(finder.find('www.example.com'))];
    if (one.kind !== 'found' || two.kind !== 'found') throw new Error('not found');
    for (const [index, server] of one.servers.entries()) expect(two.servers[index]).toBe(server);
  });
});

describe('a search whose servers are slow', () => {
  it('asks the next server after a second, and waits for no other once it has an answer', async () => {
    const hosts = Array.from({ length: 4 }, (_, index) => `203.0.113.${index}`);
    const delegated = hosts.map((host, index) => a(`ns${index}.example.com`, host));
    const names = delegated.map(({ name }) => name);
    const own = serves(zone('example.com', names, ...delegated));
    const { discovery, asked, aborted, clock } = await find('example.com', {
      [COM]: serves(zone('com', ['a.gtld.test'], ...ns('example.com', ...names), ...delegated)),
      ...Object.fromEntries(hosts.map((host, index) => [host, index === 3 ? own : (): Says => 'never'])),
    });
    expect(discovery).toMatchObject({ kind: 'found', apex: 'example.com' });
    const times = asked.filter(({ question }) => question === 'example.com SOA').slice(1);
    expect(times.map(({ host, atMs }) => [host, atMs])).toEqual([
      [hosts[0], 0],
      [hosts[1], 0],
      [hosts[2], 1000],
      [hosts[3], 2000],
    ]);
    // The dead ones are no witnesses for the zone's own NS records.
    expect(asked.filter(({ question }) => question === 'example.com NS').map(({ host }) => host)).toEqual([
      hosts[3],
    ]);
    expect(aborted()).toBeGreaterThan(0);
    expect(clock.sleeping).toBe(0);
  });

  it("rejects with the signal's reason, at once and later, and leaves nothing under way", async () => {
    for (const silent of [R1, COM, NS1]) {
      const internet = scriptedInternet({ ...WORLD, [NS2]: () => 'never', [silent]: () => 'never' });
      const reason = new Error('stop');
      const finding = internet.finder.find('example.com');
      finding.catch(() => undefined);
      await new Promise(setImmediate);
      internet.stop.abort(reason);
      await expect(finding).rejects.toBe(reason);
      expect(internet.clock.sleeping).toBe(0);
      await expect(internet.finder.find('other.com')).rejects.toBe(reason);
    }
  });

  it('rejects with a defect of the code instead of taking it for silence', async () => {
    const defect = new TypeError('not a function');
    const broken = (): never => {
      throw defect;
    };
    for (const host of [R1, COM, NS1])
      await expect(find('example.com', { [host]: broken })).rejects.toBe(defect);
  });
});

describe('a CNAME chain', () => {
  const T1 = '203.0.113.1';
  const net = (...records: readonly ZoneRecord[]): Readonly<Record<string, Host>> => ({
    [NET]: serves(zone('net', ['b.gtld.test'], ...ns('target.net', 'ns.target.net'), a('ns.target.net', T1))),
    [T1]: serves(zone('target.net', ['ns.target.net'], a('ns.target.net', T1), ...records)),
  });
  const cname = (name: string, data: string): ZoneRecord => ({ name, type: 'CNAME', data });
  const withCname = (...records: readonly ZoneRecord[]) => {
    const own = zone('example.com', ['ns1.example.com'], a('ns1.example.com', NS1), ...records);
    return { [NS1]: serves(own), [NS2]: serves(own) };
  };

  async function chain(
    hosts: Readonly<Record<string, Host>>,
    known: Readonly<Record<string, string>> = {},
    given = false,
  ) {
    const internet = scriptedInternet({ ...WORLD, ...hosts });
    const { finder, run } = internet;
    const servers = given ? await run(finder.find('example.com')) : undefined;
    const found = await run(
      finder.chain(
        'mail.example.com',
        new Map(Object.entries(known)),
        servers?.kind === 'found' ? servers.servers : undefined,
      ),
    );
    const links = found.links.map(({ name, discovery }) => [
      name,
      discovery.kind === 'found' ? discovery.apex : discovery.kind,
    ]);
    return { ...internet, links, endless: found.endless, found };
  }

  it('has one link where there is no CNAME', async () => {
    const { links, endless } = await chain({});
    expect([links, endless]).toEqual([[['mail.example.com', 'example.com']], undefined]);
  });

  it('leads to the servers of its target, and no resolver is asked about either', async () => {
    const { links, found, endless, ofResolvers } = await chain({
      ...withCname(cname('mail.example.com', 't.target.net')),
      ...net(),
    });
    expect(links).toEqual([
      ['mail.example.com', 'example.com'],
      ['t.target.net', 'target.net'],
    ]);
    expect(labels(found.links.at(-1)?.discovery)).toEqual([`ns.target.net (${T1})`]);
    expect(endless).toBeUndefined();
    for (const { question } of ofResolvers()) expect(question).not.toMatch(/example\.com|target\.net/);
  });

  it('goes through the names inside the zone before it leaves that', async () => {
    const inside = [cname('mail.example.com', 'a.example.com'), cname('a.example.com', 't.target.net')];
    const { links } = await chain({ ...withCname(...inside), ...net() });
    expect(links.map(([name]) => name)).toEqual(['mail.example.com', 'a.example.com', 't.target.net']);
  });

  it('has one link where it stays inside the zone', async () => {
    const inside = [cname('mail.example.com', 'www.example.com'), a('www.example.com', '192.0.2.80')];
    expect((await chain(withCname(...inside))).links).toHaveLength(1);
  });

  it('leads from servers that were given, once they have said so', async () => {
    const { links } = await chain(net(), { 'mail.example.com': 't.target.net' }, true);
    expect(links).toEqual([
      ['mail.example.com', undefined],
      ['t.target.net', 'target.net'],
    ]);
  });

  it('ends where the servers of its target are not found', async () => {
    const { links } = await chain(withCname(cname('mail.example.com', 't.nobody.net')));
    expect(links.at(-1)).toEqual(['t.nobody.net', 'unknown']);
    const unregistered = await chain({ ...withCname(cname('mail.example.com', 't.nobody.net')), ...net() });
    expect(unregistered.links.at(-1)).toEqual(['t.nobody.net', 'not-registered']);
  });

  it('is endless as a loop', async () => {
    const loop = {
      ...withCname(cname('mail.example.com', 't.target.net')),
      ...net(cname('t.target.net', 'mail.example.com')),
    };
    const { links, endless } = await chain(loop);
    expect(links).toHaveLength(2);
    expect(endless).toBe('mail.example.com');
    const within = withCname(
      cname('mail.example.com', 'a.example.com'),
      cname('a.example.com', 'mail.example.com'),
    );
    expect(await chain(within)).toMatchObject({ endless: 'mail.example.com' });
    expect(await chain({}, { 'mail.example.com': 'mail.example.com' })).toMatchObject({
      endless: 'mail.example.com',
    });
  });

  it('is followed for eight CNAME records, and no ninth', async () => {
    const step = (index: number) =>
      index === 0 ? 'mail.example.com' : `c${index}.${index % 2 === 0 ? 'example.com' : 'target.net'}`;
    const cnames = (count: number, origin: string) =>
      Array.from({ length: count }, (_, index) => cname(step(index), step(index + 1))).filter(({ name }) =>
        name.endsWith(origin),
      );
    const world = (count: number) => ({
      ...withCname(...cnames(count, 'example.com')),
      ...net(...cnames(count, 'target.net')),
    });
    const eight = await chain(world(8));
    expect([eight.links.length, eight.endless]).toEqual([9, undefined]);
    const nine = await chain(world(9));
    expect([nine.links.length, nine.endless]).toEqual([9, step(9)]);
  });
});

describe('a referral that comes later', () => {
  const referral = { zone: 'team.example.com', nameServers: ['ns.team.example.com'], glue: [] };
  const glue = [{ type: 'A', name: 'ns.team.example.com', ttlS: 60, target: '203.0.113.53' }] as const;
  const team = serves(
    zone('team.example.com', ['ns.team.example.com'], a('ns.team.example.com', '203.0.113.53')),
  );

  it('is followed by its glue, with or without the zone above', async () => {
    const { finder, run, ofResolvers } = scriptedInternet({ ...WORLD, '203.0.113.53': team });
    for (const parent of [undefined, { zone: 'example.com', servers: [], nameServers: [] }]) {
      const found = await run(finder.follow('mail.team.example.com', { ...referral, glue }, parent));
      expect(found).toMatchObject({ kind: 'found', apex: 'team.example.com' });
      expect(labels(found)).toEqual(['ns.team.example.com (203.0.113.53)']);
    }
    expect(ofResolvers()).toEqual([]);
  });

  it('is lost without an address', async () => {
    const { finder, run, ofResolvers } = scriptedInternet(WORLD);
    const parent = { zone: 'example.com', servers: [], nameServers: [] };
    expect(await run(finder.follow('mail.team.example.com', referral, parent))).toMatchObject({
      kind: 'unknown',
    });
    for (const { question } of ofResolvers()) expect(question).not.toContain('team');
  });
});

describe('the delegation of a zone', () => {
  it('is what two servers of the parent zone list together', async () => {
    const hosts = ['192.0.2.30', '192.0.2.31', '192.0.2.32'];
    const lists = [['ns1.example.com'], ['ns1.example.com', 'ns3.example.com'], ['ns4.example.com']];
    const { finder, run, asked } = scriptedInternet({
      ...WORLD,
      [R1]: knows({ com: ['a.gtld.test'] }, { 'a.gtld.test': hosts }),
      ...Object.fromEntries(
        hosts.map((host, index) => [
          host,
          serves(
            zone(
              'com',
              ['a.gtld.test'],
              ...ns('example.com', ...(lists[index] ?? [])),
              a('ns1.example.com', NS1),
            ),
          ),
        ]),
      ),
    });
    const found = await run(finder.find('example.com'));
    const parent = found.kind === 'found' ? found.parent : undefined;
    if (parent === undefined) throw new Error('no parent');
    const before = asked.length;
    expect(await run(finder.delegation('example.com', parent))).toEqual([
      'ns1.example.com',
      'ns3.example.com',
    ]);
    expect(asked.slice(before).map(({ host, question }) => `${host} ${question}`)).toEqual([
      `${hosts[0]} example.com NS`,
      `${hosts[1]} example.com NS`,
    ]);
    expect(await run(finder.delegation('nobody.com', parent))).toEqual([]);
  });
});
