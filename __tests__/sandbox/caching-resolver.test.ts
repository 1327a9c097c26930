import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exchange } from '../../sandbox/dns/client.ts';
import type { DnsQuery, DnsResponse } from '../../sandbox/dns/message.ts';
import { startDnsServer } from '../../sandbox/dns/server.ts';
import { type CachingResolver, createZone, type Sandbox, startSandbox } from '../../sandbox/index.ts';
import { askTcp, askUdp, framed, question, rcode, sendTcp, texts, ttls } from '../real/dns-probe.ts';

let sandbox: Sandbox;
let resolver: CachingResolver;
let nowMs: number;

beforeEach(async () => {
  nowMs = 0;
  sandbox = await startSandbox({ now: () => nowMs });
  resolver = sandbox.resolver;
});
afterEach(() => sandbox.close());

const ask = (name = 'example.com') => askUdp(resolver.port, { name });
const passSeconds = (seconds: number) => {
  nowMs += seconds * 1000;
};

describe('a positive answer', () => {
  it('comes with RA=1 and AA=0, asked for with RD=0', async () => {
    const answer = await ask();
    expect(answer).toMatchObject({ flag_ra: true, flag_aa: false, flag_rd: true });
    expect(texts(answer)).toEqual(['v=spf1 -all']);
    expect(sandbox.authoritative.queries).toMatchObject([{ name: 'example.com', type: 'TXT', rd: false }]);
    expect(resolver.queries).toMatchObject([{ name: 'example.com', type: 'TXT', rd: true }]);
  });

  it('is kept for its TTL, which counts down, whatever is published meanwhile', async () => {
    await ask();
    sandbox.publishTxt('example.com', 'new');
    passSeconds(299);
    const late = await ask('EXAMPLE.com');
    expect(texts(late)).toEqual(['v=spf1 -all']);
    expect(ttls(late.answers)).toEqual([1]);
    expect(sandbox.authoritative.queries).toHaveLength(1);

    passSeconds(1);
    const fresh = await ask();
    expect(texts(fresh)).toEqual(['v=spf1 -all', 'new']);
    expect(ttls(fresh.answers)).toEqual([300, 300]);
    expect(sandbox.authoritative.queries).toHaveLength(2);
  });

  it('is not kept at all with TTL 0', async () => {
    sandbox.zone.setTxt('example.com', ['a'], { ttl: 0 });
    expect(texts(await ask())).toEqual(['a']);
    sandbox.zone.setTxt('example.com', ['b'], { ttl: 0 });
    expect(texts(await ask())).toEqual(['b']);
  });

  it('is forgotten by flush, and unknown to another resolver', async () => {
    await ask();
    sandbox.publishTxt('example.com', 'new');
    const other = await sandbox.startResolver();
    expect(texts(await askUdp(other.port, { name: 'example.com' }))).toHaveLength(2);
    expect(texts(await ask())).toHaveLength(1);
    resolver.flush();
    expect(texts(await ask())).toHaveLength(2);
  });

  it('that is too large for UDP comes by TCP, from the authoritative server too', async () => {
    sandbox.publishTxt('example.com', 'x'.repeat(3000));
    expect((await ask()).flag_tc).toBe(true);
    expect(texts(await askTcp(resolver.port, { name: 'example.com' }))[1]).toHaveLength(3000);
    expect(sandbox.authoritative.queries.map(({ transport }) => transport)).toEqual(['udp', 'tcp']);
  });
});

describe('a negative answer', () => {
  it.each([
    ['NXDOMAIN', 'new.example.com', 3],
    ['no data', 'ns1.example.com', 0],
  ])('(%s) is kept for the SOA MINIMUM, which counts down', async (_what, name, code) => {
    const absent = await ask(name);
    expect(rcode(absent)).toBe(code);
    expect(absent.authorities).toMatchObject([{ type: 'SOA', ttl: 60 }]);

    sandbox.publishTxt(name, 'new');
    passSeconds(45);
    const still = await ask(name);
    expect(rcode(still)).toBe(code);
    expect(still.authorities).toMatchObject([{ type: 'SOA', ttl: 15 }]);
    passSeconds(15);
    expect(texts(await ask(name))).toEqual(['new']);
  });
});

describe('that a name does not exist', () => {
  const txt = async (name: string) => texts(await ask(name));
  const publish = (...names: readonly string[]) => {
    for (const name of names) sandbox.publishTxt(name, 'new');
  };

  it.each(['SOA', 'NS', 'A', 'AAAA', 'CNAME'] as const)(
    'is kept for every type once %s has been asked for (RFC 2308), and for the names below (RFC 8020)',
    async (type) => {
      await askUdp(resolver.port, { name: 'new.example.com', type });
      publish('new.example.com', 'a.b.new.example.com');
      expect(await txt('NEW.example.com')).toEqual([]);
      const below = await ask('a.b.new.example.com');
      expect(rcode(below)).toBe(3);
      expect(below.authorities).toMatchObject([{ type: 'SOA', name: 'example.com' }]);
      expect(sandbox.authoritative.queries).toHaveLength(1);
      passSeconds(60);
      expect(await txt('new.example.com')).toEqual(['new']);
      expect(await txt('a.b.new.example.com')).toEqual(['new']);
    },
  );

  it('says nothing of the names above and beside it', async () => {
    await ask('a.new.example.com');
    publish('new.example.com', 'b.new.example.com', 'anew.example.com');
    expect(await txt('new.example.com')).toEqual(['new']);
    expect(await txt('b.new.example.com')).toEqual(['new']);
    expect(await txt('anew.example.com')).toEqual(['new']);
  });

  it('does not undo what is known already', async () => {
    publish('old.new.example.com');
    expect(await txt('old.new.example.com')).toEqual(['new']);
    sandbox.withdrawTxt('old.new.example.com', 'new');
    await ask('new.example.com');
    expect(await txt('old.new.example.com')).toEqual(['new']);
  });

  it('is another thing than that it has no such records', async () => {
    await askUdp(resolver.port, { name: 'ns1.example.com', type: 'AAAA' });
    publish('ns1.example.com', 'a.ns1.example.com');
    expect(await txt('ns1.example.com')).toEqual(['new']);
    expect(await txt('a.ns1.example.com')).toEqual(['new']);
  });

  it('is meant of the end of a CNAME chain (RFC 6604)', async () => {
    sandbox.zone.add({ name: 'alias.example.com', type: 'CNAME', data: 'new.example.com' });
    await askUdp(resolver.port, { name: 'alias.example.com', type: 'A' });
    publish('new.example.com', 'a.alias.example.com');
    expect(await txt('new.example.com')).toEqual([]);
    expect(await txt('a.alias.example.com')).toEqual(['new']);
  });
});

describe('CNAMEs', () => {
  it('are followed to a zone on other servers', async () => {
    const there = createZone({
      origin: 'there.test',
      records: [{ name: 'code.there.test', type: 'TXT', data: 'there' }],
    });
    const other = await sandbox.startAuthoritative({ zones: [there] });
    resolver.setUpstream('there.test', [other.address]);
    sandbox.zone.add({ name: 'alias.example.com', type: 'CNAME', data: 'code.there.test' });
    expect(texts(await ask('alias.example.com'))).toEqual(['there']);
    expect(sandbox.authoritative.queries.map(({ name }) => name)).toEqual(['alias.example.com']);
    expect(other.queries.map(({ name }) => name)).toEqual(['code.there.test']);
  });

  it('are followed from zone to zone, each link with a TTL of its own', async () => {
    sandbox.addZone({ origin: 'other.test', records: [{ name: '@', type: 'TXT', data: 'there', ttl: 10 }] });
    sandbox.zone.add({ name: 'alias.example.com', type: 'CNAME', data: 'other.test', ttl: 100 });
    const first = await ask('alias.example.com');
    expect(first.answers).toMatchObject([
      { type: 'CNAME', ttl: 100 },
      { type: 'TXT', name: 'other.test', ttl: 10 },
    ]);
    passSeconds(50);
    const second = await ask('alias.example.com');
    expect(ttls(second.answers)).toEqual([50, 10]);
    expect(sandbox.authoritative.queries.map(({ name }) => name)).toEqual([
      'alias.example.com',
      'other.test',
      'other.test',
    ]);
  });

  it('that lead to nothing give the absence of the target', async () => {
    sandbox.zone.add({ name: 'alias.example.com', type: 'CNAME', data: 'missing.example.com' });
    for (let turn = 0; turn < 2; turn += 1) {
      const answer = await ask('alias.example.com');
      expect(rcode(answer)).toBe(3);
      expect(answer.answers).toMatchObject([{ type: 'CNAME' }]);
      expect(answer.authorities).toMatchObject([{ type: 'SOA' }]);
    }
    expect(sandbox.authoritative.queries).toHaveLength(1);
  });

  it('in a circle give SERVFAIL', async () => {
    sandbox.zone.add({ name: 'a.example.com', type: 'CNAME', data: 'b.example.com' });
    sandbox.zone.add({ name: 'b.example.com', type: 'CNAME', data: 'a.example.com' });
    expect(rcode(await ask('a.example.com'))).toBe(2);
  });
});

it('answers for the root, from the servers of the root', async () => {
  const root = createZone({ origin: '.', nameServers: ['a.root-servers.net'] });
  const server = await sandbox.startAuthoritative({ zones: [root] });
  resolver.setUpstream('', [server.address]);
  const answer = await askUdp(resolver.port, { name: '.', type: 'NS' });
  expect(answer.answers).toMatchObject([{ type: 'NS', name: '.', data: 'a.root-servers.net' }]);
  expect(rcode(await ask('no-such-top-level'))).toBe(3);
});

describe('the record of questions', () => {
  it('has every question at every server, of every type, by time', async () => {
    await askUdp(resolver.port, { name: 'example.com', type: 'SOA' });
    passSeconds(1);
    const other = await sandbox.startResolver();
    await askUdp(other.port, { name: 'ns1.example.com', type: 'AAAA', ednsBytes: 1232 });
    passSeconds(1);
    await askTcp(sandbox.authoritative.port, { name: 'example.com', type: 'NS' });
    const shown = sandbox.questions().map(({ role, server, receivedAt, name, type, edns }) => {
      return [role, server, receivedAt, `${name} ${type}`, edns];
    });
    const authority = sandbox.authoritative.address;
    expect(shown).toEqual([
      ['authoritative', authority, 0, 'example.com SOA', true],
      ['resolver', resolver.address, 0, 'example.com SOA', false],
      ['authoritative', authority, 1000, 'ns1.example.com AAAA', true],
      ['resolver', other.address, 1000, 'ns1.example.com AAAA', true],
      ['authoritative', authority, 2000, 'example.com NS', false],
    ]);
  });

  it('has a question that got no answer, too', async () => {
    resolver.faults.add({ drop: true });
    await expect(
      exchange({ server: resolver.address, name: 'example.com', type: 'TXT', timeoutMs: 50 }),
    ).rejects.toThrow();
    expect(sandbox.questions()).toMatchObject([{ role: 'resolver', name: 'example.com', type: 'TXT' }]);
  });
});

describe('upstreams', () => {
  it('are chosen by the longest suffix', async () => {
    const records = [{ name: '@', type: 'TXT', data: 'inner' }] as const;
    const inner = await sandbox.startAuthoritative({
      zones: [createZone({ origin: 'in.example.com', records })],
    });
    resolver.setUpstream('in.example.com', [inner.address]);
    expect(texts(await ask('in.example.com'))).toEqual(['inner']);
    expect(texts(await ask('example.com'))).toEqual(['v=spf1 -all']);
    expect(inner.queries).toHaveLength(1);
  });

  it('are found by the glue of a referral', async () => {
    const records = [{ name: '@', type: 'TXT', data: 'delegated' }] as const;
    const zones = [createZone({ origin: 'sub.example.com', records })];
    const child = await sandbox.startAuthoritative({ host: '127.0.0.7', zones });
    sandbox.zone.add({ name: 'sub.example.com', type: 'NS', data: 'ns.sub.example.com' });
    sandbox.zone.add({ name: 'ns.sub.example.com', type: 'A', data: '127.0.0.7' });
    // A name to which the suffix does not lead: only the address is known from it.
    resolver.setUpstream('nowhere.test', [child.address]);
    expect(texts(await ask('sub.example.com'))).toEqual(['delegated']);
  });

  it('that are silent or lame are passed over', async () => {
    const secondary = await sandbox.startAuthoritative();
    const lame = await sandbox.startAuthoritative();
    lame.faults.add({ clearAa: true });
    const addresses = [sandbox.authoritative, lame, secondary].map(({ address }) => address);
    const other = await sandbox.startResolver({ upstreams: { '': addresses }, upstreamTimeoutMs: 500 });
    sandbox.authoritative.faults.add({ drop: true });
    expect(texts(await askUdp(other.port, { name: 'example.com' }))).toEqual(['v=spf1 -all']);
  });

  it('that do not answer at all give SERVFAIL with EDE 22, which is not kept', async () => {
    sandbox.authoritative.faults.add({ times: 1, rcode: 'REFUSED' });
    const answer = await askUdp(resolver.port, { name: 'example.com', ednsBytes: 1232 });
    expect(rcode(answer)).toBe(2);
    expect(answer.additionals).toMatchObject([{ options: [{ code: 15, data: Buffer.of(0, 22) }] }]);
    expect(texts(await ask())).toEqual(['v=spf1 -all']);
  });

  it('are not waited for once the server is closed', async () => {
    const asked = Promise.withResolvers<AbortSignal>();
    const answer = (_query: DnsQuery, signal: AbortSignal) => {
      asked.resolve(signal);
      return new Promise<DnsResponse>(() => undefined);
    };
    const server = await startDnsServer({ host: '127.0.0.1', now: () => 0, answer });
    const silent = sendTcp(server.port, framed(question({ name: 'example.com' })), () => true);
    const signal = await asked.promise;
    expect(signal.aborted).toBe(false);
    await server.close();
    expect(signal.aborted).toBe(true);
    expect((await silent).ended).toBe(true);
  });

  it('are given up on when the signal says so', async () => {
    sandbox.authoritative.faults.add({ drop: true });
    const giveUp = new AbortController();
    const { address } = sandbox.authoritative;
    const { signal } = giveUp;
    const asked = exchange({
      server: address,
      name: 'example.com',
      type: 'TXT',
      timeoutMs: 1_000_000,
      signal,
    });
    const outcome = expect(asked).rejects.toMatchObject({ name: 'AbortError' });
    await expect.poll(() => sandbox.authoritative.queries.length).toBe(1);
    giveUp.abort();
    await outcome;
  });

  it('cannot be impersonated', async () => {
    const forge = ['wrong-id', 'wrong-question', 'wrong-source', 'not-a-response', 'garbage'] as const;
    sandbox.authoritative.faults.add({ forge });
    expect(texts(await ask())).toEqual(['v=spf1 -all']);
  });
});
