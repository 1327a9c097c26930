import { describe, expect, it } from 'vitest';
import { eachAddressOnce, NameServerAddresses } from '../../../src/dns/discovery/name-server-addresses.ts';
import { type Host, knows, RESOLVERS, type Says, scriptedInternet } from '../../fakes/scripted-internet.ts';
import { cname } from '../../samples/dns-responses.ts';

const HOST = 'ns.example.net';
const [R1, R2] = RESOLVERS;
const KNOWING = knows({}, { [HOST]: ['192.0.2.53', '2001:db8::53'] });

async function lookUp(hosts: Readonly<Record<string, Host>>, host = HOST) {
  const internet = scriptedInternet(hosts, 2);
  const addresses = new NameServerAddresses(internet.services);
  const found = await internet.run(addresses.fromResolvers(host));
  return { ...internet, addresses, hosts: found.map((server) => server.addresses[0]?.host) };
}

describe('the addresses of a name server from resolvers', () => {
  it('are those of IPv4, from the first resolver that knows any, and of IPv6 when these are asked for', async () => {
    const { hosts, asked, addresses, run } = await lookUp({ [R1]: KNOWING, [R2]: KNOWING });
    expect(hosts).toEqual(['192.0.2.53']);
    const questions = () => asked.map(({ host, question }) => `${host} ${question}`);
    expect(questions()).toEqual([`${R1} ${HOST} A`]);
    const ipv6 = await run(addresses.ipv6FromResolvers(HOST));
    expect(ipv6.flatMap((server) => server.addresses.map(({ host }) => host))).toEqual(['2001:db8::53']);
    expect(questions()).toEqual([`${R1} ${HOST} A`, `${R1} ${HOST} AAAA`]);
  });

  it.each<[string, readonly string[]]>([
    ['IPv4', ['192.0.2.53']],
    ['IPv6', ['2001:db8::53']],
  ])('are enough of one family: %s', async (_what, addresses) => {
    const { hosts } = await lookUp({ [R1]: knows({}, { [HOST]: addresses }) });
    expect(hosts).toEqual(addresses);
  });

  it.each<[string, Says]>([
    ['denies the host', { aa: false, ra: true, rcode: 3 }],
    ['knows no address', { aa: false, ra: true }],
    ['fails', { aa: false, ra: true, rcode: 2 }],
    ['is silent', 'silence'],
  ])('come from the next resolver when the first one %s', async (_what, says) => {
    for (const addresses of [['192.0.2.53'], ['2001:db8::53'], ['192.0.2.53', '2001:db8::53']])
      expect((await lookUp({ [R1]: () => says, [R2]: knows({}, { [HOST]: addresses }) })).hosts).toContain(
        addresses[0],
      );
  });

  it('are those behind a CNAME too', async () => {
    const answers = [
      cname(HOST, 'x.example.org'),
      { type: 'A', name: 'x.example.org', ttl: 1, data: '192.0.2.54' } as const,
    ];
    const says = ({ type }: { type: string }): Says => ({
      aa: false,
      ra: true,
      answers: type === 'A' ? answers : [],
    });
    expect((await lookUp({ [R1]: says })).hosts).toEqual(['192.0.2.54']);
  });

  it('are looked up once, at the same time and later, and again after nobody knew any', async () => {
    let isKnown = false;
    const resolver: Host = (question) => (isKnown ? KNOWING(question) : { aa: false, ra: true, rcode: 2 });
    const { addresses, run, asked } = await lookUp({ [R1]: resolver, [R2]: resolver });
    isKnown = true;
    const before = asked.length;
    const [one, two] = await run(Promise.all([addresses.fromResolvers(HOST), addresses.fromResolvers(HOST)]));
    expect(one).toHaveLength(1);
    expect(await run(addresses.fromResolvers(HOST))).toBe(one);
    expect(two).toBe(one);
    expect(asked).toHaveLength(before + 1);
  });

  it.each(['.', '', 'a..b', `${'x'.repeat(64)}.example`])(
    'are not looked up for what is no host: %j',
    async (host) => {
      const { asked, hosts } = await lookUp({ [R1]: KNOWING }, host);
      expect([asked, hosts]).toEqual([[], []]);
    },
  );
});

describe('the addresses of a name server from authoritative servers', () => {
  it('count only with AA', async () => {
    const internet = scriptedInternet(
      {
        '192.0.2.1': (question) => ({ ...(KNOWING(question) as object), aa: false }),
        '192.0.2.2': (question) => ({ ...(KNOWING(question) as object), aa: true, ra: false }),
      },
      2,
    );
    const addresses = new NameServerAddresses(internet.services);
    const [first, second] = internet.services.resolvers;
    if (first === undefined || second === undefined) throw new Error('no servers');
    expect(await internet.run(addresses.fromAuthority(HOST, [first]))).toEqual([]);
    expect(await internet.run(addresses.fromAuthority(HOST, [first, second]))).toHaveLength(2);
  });
});

describe('glue', () => {
  const addresses = new NameServerAddresses(scriptedInternet({}).services);
  const glue = (name: string, target: string) => ({ type: 'A', name, ttlS: 60, target }) as const;

  it('is that of the host, below the zone that gives it', () => {
    const records = [
      glue(HOST, '192.0.2.1'),
      glue(HOST, '192.0.2.2'),
      glue('other.example.net', '192.0.2.3'),
    ];
    const labels = (zone: string) => addresses.fromGlue(HOST, records, zone).map(({ label }) => label);
    expect(labels('net')).toEqual([`${HOST} (192.0.2.1)`, `${HOST} (192.0.2.2)`]);
    expect(labels('example.net')).toHaveLength(2);
    expect(labels('.')).toHaveLength(2);
    for (const zone of ['com', 'le.net', 'other.example.net']) expect(labels(zone)).toEqual([]);
  });

  it('is the same object for the same server', () => {
    const [one, two] = [1, 2].map(() => addresses.fromGlue(HOST, [glue(HOST, '192.0.2.1')], 'net')[0]);
    expect(one).toBe(two);
  });
});

describe('servers that share an address', () => {
  it('are one, in its first place, called by the last name', () => {
    const addresses = new NameServerAddresses(scriptedInternet({}).services);
    const at = (host: string, target: string) =>
      addresses.fromGlue(host, [{ type: 'A', name: host, ttlS: 60, target }], '.');
    const all = [...at('a.net', '192.0.2.1'), ...at('b.net', '192.0.2.2'), ...at('c.net', '192.0.2.1')];
    expect(eachAddressOnce(all).map(({ label }) => label)).toEqual([
      'c.net (192.0.2.1)',
      'b.net (192.0.2.2)',
    ]);
  });
});
