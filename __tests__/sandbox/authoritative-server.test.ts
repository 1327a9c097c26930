import { decode } from 'dns-packet';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type AuthoritativeServer,
  startAuthoritativeServer,
} from '../../sandbox/dns/authoritative-server.ts';
import { createZone, type Zone } from '../../sandbox/index.ts';
import {
  askTcp,
  askUdp,
  framed,
  question,
  rcode,
  sendTcp,
  sendUdp,
  texts,
  ttls,
  unframed,
} from '../real/dns-probe.ts';

let zone: Zone;
let server: AuthoritativeServer;

beforeEach(async () => {
  zone = createZone({
    origin: 'example.com',
    soaTtl: 900,
    soaMinimum: 60,
    nameServers: ['ns1.example.com'],
    records: [
      { name: '@', type: 'TXT', data: 'v=spf1 -all', ttl: 40 },
      { name: 'ns1.example.com', type: 'A', data: '127.0.0.1' },
      { name: 'six.example.com', type: 'AAAA', data: '::1' },
      { name: 'alias.example.com', type: 'CNAME', data: 'other.example.com' },
      { name: 'other.example.com', type: 'CNAME', data: 'example.com' },
      { name: 'away.example.com', type: 'CNAME', data: 'elsewhere.test' },
      { name: 'broken.example.com', type: 'CNAME', data: 'missing.example.com' },
      { name: 'round.example.com', type: 'CNAME', data: 'circle.example.com' },
      { name: 'circle.example.com', type: 'CNAME', data: 'round.example.com' },
      { name: 'a.deep.example.com', type: 'A', data: '127.0.0.1' },
      { name: 'sub.example.com', type: 'NS', data: 'ns.sub.example.com' },
      { name: 'ns.sub.example.com', type: 'A', data: '127.0.0.9' },
      { name: 'sub.example.com', type: 'TXT', data: 'below the cut' },
    ],
  });
  server = await startAuthoritativeServer({ zones: [zone] });
});
afterEach(() => server.close());

describe.each([
  ['UDP', askUdp],
  ['TCP', askTcp],
])('over %s', (_transport, ask) => {
  it('answers with AA=1, RA=0 and the spelling of the question', async () => {
    const answer = await ask(server.port, { name: 'eXample.COM', id: 513 });
    expect(answer).toMatchObject({ id: 513, flag_qr: true, flag_aa: true, flag_ra: false, flag_rd: true });
    expect(answer.questions).toMatchObject([{ name: 'eXample.COM', type: 'TXT' }]);
    expect(answer.answers).toMatchObject([{ name: 'eXample.COM', ttl: 40 }]);
    expect(texts(answer)).toEqual(['v=spf1 -all']);
  });

  it.each([
    ['a type that is not there', 'example.com', 'AAAA', 0],
    ['an empty non-terminal', 'deep.example.com', 'TXT', 0],
    ['a name that is not there', 'nope.example.com', 'TXT', 3],
  ] as const)('says with the SOA how long %s may be cached', async (_what, name, type, code) => {
    const answer = await ask(server.port, { name, type });
    expect(rcode(answer)).toBe(code);
    expect(answer.flag_aa).toBe(true);
    expect(answer.answers).toEqual([]);
    // min(SOA TTL 900, MINIMUM 60)
    expect(answer.authorities).toMatchObject([{ type: 'SOA', name: 'example.com', ttl: 60 }]);
  });

  it('refuses zones that it does not have', async () => {
    const answer = await ask(server.port, { name: 'example.org' });
    expect(rcode(answer)).toBe(5);
    expect(answer.flag_aa).toBe(false);
  });
});

describe('names', () => {
  it('serves the SOA with its own TTL, and the NS set', async () => {
    const soa = await askUdp(server.port, { name: 'example.com', type: 'SOA' });
    expect(soa.answers).toMatchObject([{ ttl: 900, data: { serial: 1, minimum: 60 } }]);
    const ns = await askUdp(server.port, { name: 'example.com', type: 'NS' });
    expect(ns.answers).toMatchObject([{ type: 'NS', data: 'ns1.example.com' }]);
    const aaaa = await askUdp(server.port, { name: 'six.example.com', type: 'AAAA' });
    expect(aaaa.answers).toMatchObject([{ data: '::1' }]);
  });

  it('follows CNAMEs inside the zone, and leaves those that lead out', async () => {
    const inside = await askUdp(server.port, { name: 'alias.example.com' });
    expect(inside.answers?.map(({ type }) => type)).toEqual(['CNAME', 'CNAME', 'TXT']);
    const outside = await askUdp(server.port, { name: 'away.example.com' });
    expect(outside.answers).toMatchObject([{ type: 'CNAME', data: 'elsewhere.test' }]);
    const itself = await askUdp(server.port, { name: 'alias.example.com', type: 'CNAME' });
    expect(itself.answers).toMatchObject([{ type: 'CNAME', data: 'other.example.com' }]);
  });

  it('says of a CNAME to nothing that the target is missing (RFC 6604), and ends a circle', async () => {
    const broken = await askUdp(server.port, { name: 'broken.example.com' });
    expect(rcode(broken)).toBe(3);
    expect(broken.answers).toMatchObject([{ type: 'CNAME', data: 'missing.example.com' }]);
    const circle = await askUdp(server.port, { name: 'round.example.com', ednsBytes: 4096 });
    expect(texts(circle)).toEqual([]);
    expect(circle.answers?.length).toBeGreaterThan(1);
  });

  it('answers from a wildcard for names that do not exist, and only for those (RFC 4592)', async () => {
    const zone = createZone({
      origin: 'wild.test',
      records: [
        { name: '*.wild.test', type: 'TXT', data: 'any' },
        { name: 'there.wild.test', type: 'A', data: '127.0.0.9' },
        { name: '*.alias.wild.test', type: 'CNAME', data: 'there.wild.test' },
      ],
    });
    server.addZone(zone);
    const ask = (name: string, type: 'TXT' | 'A' = 'TXT') => askUdp(server.port, { name, type });
    for (const name of ['x.wild.test', 'a.b.wild.test', '*.wild.test']) {
      expect((await ask(name)).answers).toMatchObject([{ type: 'TXT', name }]);
      expect(rcode(await ask(name, 'A'))).toBe(0);
    }
    // It exists without a TXT record, and a name below it is not below the wildcard's name.
    for (const [name, code] of [
      ['there.wild.test', 0],
      ['x.there.wild.test', 3],
      ['alias.wild.test', 0],
      ['wild.test', 0],
    ] as const) {
      const answer = await ask(name);
      expect([texts(answer), rcode(answer)]).toEqual([[], code]);
    }
    const alias = await ask('x.alias.wild.test', 'A');
    expect(alias.answers?.map(({ type }) => type)).toEqual(['CNAME', 'A']);
  });

  it('refers to the servers of a delegation with glue, AA=0', async () => {
    for (const name of ['sub.example.com', 'x.sub.example.com']) {
      const referral = await askUdp(server.port, { name });
      expect(referral.flag_aa).toBe(false);
      expect(rcode(referral)).toBe(0);
      expect(referral.answers).toEqual([]);
      expect(referral.authorities).toMatchObject([
        { type: 'NS', name: 'sub.example.com', data: 'ns.sub.example.com' },
      ]);
      expect(referral.additionals).toMatchObject([
        { type: 'A', name: 'ns.sub.example.com', data: '127.0.0.9' },
      ]);
    }
  });

  it('answers from the longest of its zones', async () => {
    const records = [{ name: '@', type: 'TXT', data: 'the child' }] as const;
    server.addZone(createZone({ origin: 'sub.example.com', records }));
    expect(texts(await askUdp(server.port, { name: 'sub.example.com' }))).toEqual(['the child']);
  });
});

describe('sizes', () => {
  it('cuts what is too large for the asker, and sends it whole over TCP', async () => {
    const long = 'x'.repeat(900);
    zone.addTxt('example.com', long);
    const plain = await askUdp(server.port, { name: 'example.com' });
    expect(plain).toMatchObject({ flag_tc: true, answers: [], additionals: [] });
    const small = await askUdp(server.port, { name: 'example.com', ednsBytes: 600 });
    expect(small).toMatchObject({ flag_tc: true, answers: [] });
    expect(small.additionals).toMatchObject([{ type: 'OPT', udpPayloadSize: 1232 }]);
    const large = await askUdp(server.port, { name: 'example.com', ednsBytes: 1232 });
    expect(large.flag_tc).toBe(false);
    expect(texts(large)).toEqual(['v=spf1 -all', long]);
    expect(texts(await askTcp(server.port, { name: 'example.com' }))).toEqual(['v=spf1 -all', long]);
  });

  it('takes an EDNS size under 512 for 512 (RFC 6891, 6.2.3)', async () => {
    zone.addTxt('example.com', 'x'.repeat(300));
    expect((await askUdp(server.port, { name: 'example.com', ednsBytes: 100 })).flag_tc).toBe(false);
  });

  it('answers several queries on one connection', async () => {
    const names = ['example.com', 'nope.example.com', 'deep.example.com'];
    const queries = names.map((name, id) => framed(question({ name, id })));
    const { received } = await sendTcp(
      server.port,
      Buffer.concat(queries),
      (bytes) => unframed(bytes).length === 3,
    );
    const ids = unframed(received).map((message) => decode(message).id);
    expect(ids.sort()).toEqual([0, 1, 2]);
  });
});

describe('odd queries', () => {
  it('BADVERS for an EDNS version that does not exist', async () => {
    const answer = await askUdp(server.port, { name: 'example.com', ednsBytes: 1232, ednsVersion: 1 });
    expect(rcode(answer)).toBe(0);
    expect(answer.additionals).toMatchObject([{ type: 'OPT', extendedRcode: 1, ednsVersion: 0 }]);
  });

  it('NOTIMP for another opcode, FORMERR for a broken message', async () => {
    const [status] = await sendUdp(server.port, question({ name: 'example.com', flags: 2 << 11 }));
    expect(status?.bytes.readUInt16BE(2)).toBe(0x8004);
    const broken = question({ name: 'example.com', id: 99 }).subarray(0, 20);
    const [formerr] = await sendUdp(server.port, broken);
    expect(formerr?.bytes.readUInt16BE(0)).toBe(99);
    expect(formerr?.bytes.readUInt16BE(2)).toBe(0x8001);
  });

  it('silence for answers and for noise, and life goes on', async () => {
    const answer = question({ name: 'example.com', id: 1 });
    answer.writeUInt8(0x80, 2);
    const queries = [2, 3].map((id) => question({ name: 'example.com', id }));
    const sent = [answer, Buffer.from('x'), Buffer.alloc(0), ...queries];
    const arrivals = await sendUdp(server.port, sent, 2);
    expect(arrivals.map(({ bytes }) => bytes.readUInt16BE(0))).toEqual([2, 3]);
  });
});

it('logs what it is asked', async () => {
  await askUdp(server.port, { name: 'Example.com', flags: 0 });
  await askTcp(server.port, { name: 'example.com', type: 'NS' });
  const from = expect.stringMatching(/^127\.0\.0\.1:\d+$/);
  expect(server.queries).toMatchObject([
    { transport: 'udp', name: 'Example.com', type: 'TXT', rd: false, from },
    { transport: 'tcp', name: 'example.com', type: 'NS', rd: true, from },
  ]);
  server.clearQueries();
  expect(server.queries).toEqual([]);
});

describe('a zone that changes', () => {
  it('shows each change at once, with a higher serial', async () => {
    zone.addTxt('example.com', 'new');
    const two = await askUdp(server.port, { name: 'example.com' });
    expect(texts(two)).toEqual(['v=spf1 -all', 'new']);
    expect(ttls(two.answers)).toEqual([40, 40]);
    expect(zone.serial).toBe(2);

    zone.setTxt('example.com', ['one', ['t', 'wo']], { ttl: 5 });
    const replaced = await askUdp(server.port, { name: 'example.com' });
    expect(texts(replaced)).toEqual(['one', 'two']);
    expect(ttls(replaced.answers)).toEqual([5, 5]);
    expect(zone.serial).toBe(3);

    expect(zone.removeTxt('example.com', 'two')).toBe(true);
    expect(zone.removeTxt('example.com', 'two')).toBe(false);
    expect(texts(await askUdp(server.port, { name: 'example.com' }))).toEqual(['one']);
    expect(zone.serial).toBe(4);
    zone.setTxt('example.com', []);
    expect((await askUdp(server.port, { name: 'example.com' })).authorities).toMatchObject([
      { type: 'SOA', data: { serial: 5 } },
    ]);
  });

  it('gives an RRset one TTL', () => {
    zone.addTxt('example.com', 'new', { ttl: 7 });
    const records = zone.records.filter(({ name, type }) => name === 'example.com' && type === 'TXT');
    expect(records.map(({ ttl }) => ttl)).toEqual([7, 7]);
  });

  it('cuts long text at 255 bytes and keeps the cuts that it is given', async () => {
    zone.setTxt('example.com', ['é'.repeat(200), ['', 'a', 'b'], '']);
    const answer = await askTcp(server.port, { name: 'example.com' });
    const lengths = answer.answers?.map((record) =>
      record.type === 'TXT' ? [record.data].flat().map((part) => part.length) : [],
    );
    expect(lengths).toEqual([[255, 145], [0, 1, 1], [0]]);
    expect(zone.removeTxt('example.com', 'ab')).toBe(true);
  });

  it('leaves its copies behind until they are transferred', async () => {
    const lagging = zone.copy();
    await using secondary = await startAuthoritativeServer({ zones: [lagging] });
    zone.addTxt('example.com', 'new');
    expect([zone.serial, lagging.serial]).toEqual([2, 1]);
    expect(texts(await askUdp(secondary.port, { name: 'example.com' }))).toEqual(['v=spf1 -all']);
    lagging.transferFrom(zone);
    expect(lagging.serial).toBe(2);
    expect(texts(await askUdp(secondary.port, { name: 'example.com' }))).toEqual(['v=spf1 -all', 'new']);
  });

  it('takes nothing from outside', () => {
    expect(() => zone.addTxt('example.org', 'x')).toThrow(RangeError);
    expect(() => zone.addTxt('notexample.com', 'x')).toThrow(RangeError);
  });
});
