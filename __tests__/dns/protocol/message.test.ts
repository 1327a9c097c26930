import packet, { type PacketOpt } from 'dns-packet';
import { describe, expect, it } from 'vitest';
import { observe } from '../../../src/dns/observation/observation.ts';
import { decodeResponse, encodeQuery, type Query } from '../../../src/dns/protocol/message.ts';
import {
  bareHeader,
  cname,
  EXPECTED,
  message,
  query,
  type ResponseParts,
  respond,
  seededRandom,
  soa,
  txt,
} from '../../samples/dns-responses.ts';

const OPTIONS = { recursionDesired: false, edns: true };

/** Reads `wire` as the response to `asked`. */
const read = (wire: Buffer, asked: Query) => decodeResponse(wire, asked);

function edeOption(code: number, text: string): PacketOpt {
  const data = Buffer.concat([Buffer.from([code >> 8, code & 0xff]), Buffer.from(text)]);
  // dns-packet encodes any option number, but its types do not know number 15.
  return { code: 15, data } as unknown as PacketOpt;
}

describe('a query', () => {
  it('carries one question of class IN and no flags', () => {
    const { id, wire } = encodeQuery({ name: 'example.com', type: 'TXT' }, OPTIONS);
    const decoded = packet.decode(wire);
    expect(decoded.id).toBe(id);
    expect(decoded.questions).toEqual([{ name: 'example.com', type: 'TXT', class: 'IN' }]);
    expect(wire.readUInt16BE(2)).toBe(0);
  });

  it('desires recursion only when told to', () => {
    const { wire } = encodeQuery({ name: 'example.com', type: 'NS' }, { recursionDesired: true, edns: true });
    expect(wire.readUInt16BE(2)).toBe(0x0100);
  });

  it('offers 1232 bytes of UDP payload by EDNS version 0, or nothing at all', () => {
    const withEdns = packet.decode(query().wire);
    expect(withEdns.additionals).toMatchObject([
      { type: 'OPT', name: '.', udpPayloadSize: 1232, ednsVersion: 0, flag_do: false, options: [] },
    ]);
    const { wire } = encodeQuery({ name: 'a.example', type: 'A' }, { recursionDesired: true, edns: false });
    expect(packet.decode(wire).additionals).toEqual([]);
  });

  it('has an ID that the one before does not give away', () => {
    const ids = Array.from({ length: 2000 }, () => query().id);
    expect(new Set(ids).size).toBeGreaterThan(1900);
    expect(Math.min(...ids)).toBeLessThan(0x1000);
    expect(Math.max(...ids)).toBeGreaterThan(0xf000);
    const steps = ids.slice(1).map((id, index) => (id - (ids[index] ?? 0)) & 0xffff);
    expect(new Set(steps).size).toBeGreaterThan(1900);
  });

  it.each([
    ['an empty name', ''],
    ['an empty label', 'a..example'],
    ['a final dot', 'example.com.'],
    ['two dots', '..'],
    ['a label of 64 bytes', `${'a'.repeat(64)}.example`],
    ['a label of 64 bytes in 32 characters', `${'ü'.repeat(32)}.example`],
    ['a name of 254 bytes', `${'abcdefghi.'.repeat(25)}abcd`],
  ])('is refused for %s', (_what, name) => {
    expect(() => encodeQuery({ name, type: 'TXT' }, OPTIONS)).toThrow(RangeError);
  });

  it('can be about the root', () => {
    const { wire } = encodeQuery({ name: '.', type: 'NS' }, OPTIONS);
    expect(packet.decode(wire).questions).toEqual([{ name: '.', type: 'NS', class: 'IN' }]);
    // The header, the empty name, type and class.
    expect(encodeQuery({ name: '.', type: 'NS' }, { ...OPTIONS, edns: false }).wire).toHaveLength(12 + 1 + 4);
    const ns = { type: 'NS', name: '.', ttl: 60, data: 'a.root-servers.net' } as const;
    expect(message({ answers: [ns] }, { name: '.', type: 'NS' }).answers).toMatchObject([
      { type: 'NS', name: '.', target: 'a.root-servers.net' },
    ]);
  });

  it('takes labels of 63 bytes and names of 253', () => {
    const names = [`${'a'.repeat(63)}.example`, `${'abcdefghi.'.repeat(25)}abc`];
    for (const name of names) {
      expect(packet.decode(encodeQuery({ name, type: 'A' }, OPTIONS).wire).questions?.[0]?.name).toBe(name);
    }
  });
});

describe('the root', () => {
  it('is a name of one byte in a query', () => {
    const { wire } = encodeQuery({ name: '.', type: 'NS' }, { recursionDesired: true, edns: false });
    expect([...wire.subarray(12)]).toEqual([0, 0, 2, 0, 1]);
    expect(packet.decode(wire).questions).toEqual([{ name: '.', type: 'NS', class: 'IN' }]);
  });

  it('is the question, an owner and a target in a response', () => {
    const answers = [
      { type: 'NS', name: '.', ttl: 1, class: 'IN', data: 'a.root-servers.net' },
      { type: 'NS', name: '.', ttl: 1, class: 'IN', data: '.' },
    ] as const;
    expect(message({ answers, authorities: [soa('.')] }, { name: '.', type: 'NS' })).toMatchObject({
      answers: [
        { type: 'NS', name: '.', target: 'a.root-servers.net' },
        { type: 'NS', name: '.', target: '.' },
      ],
      authorities: [{ type: 'SOA', name: '.' }],
    });
  });

  it('is another question than any other name', () => {
    const asked = query({ name: '.', type: 'NS' });
    const question = { name: 'com', type: 'NS', class: 'IN' } as const;
    expect(read(respond(asked, { questions: [question] }), asked)).toBeUndefined();
    const other = query({ name: 'com', type: 'NS' });
    expect(read(respond(other, { questions: [{ ...question, name: '.' }] }), other)).toBeUndefined();
  });
});

describe('a response', () => {
  it('has its flags and records, names in lower case and without the final dot', () => {
    const decoded = message({
      ra: true,
      answers: [
        cname('Example.COM', 'Target.Example.NET'),
        { type: 'A', name: 'a.example', ttl: 1, class: 'IN', data: '192.0.2.1' },
        { type: 'AAAA', name: 'a.example', ttl: 2, class: 'IN', data: '2001:db8::1' },
        { type: 'NS', name: 'example.com', ttl: 3, class: 'IN', data: 'NS1.Example.com' },
      ],
      authorities: [soa('Example.com', { ttl: 60, minimum: 30, serial: 9 })],
      additionals: [txt('extra', 5)],
    });
    expect(decoded).toEqual({
      rcode: 'NOERROR',
      authoritative: true,
      truncated: false,
      recursionAvailable: true,
      answers: [
        { type: 'CNAME', name: 'example.com', ttlS: 300, target: 'target.example.net' },
        { type: 'A', name: 'a.example', ttlS: 1, target: '192.0.2.1' },
        { type: 'AAAA', name: 'a.example', ttlS: 2, target: '2001:db8::1' },
        { type: 'NS', name: 'example.com', ttlS: 3, target: 'ns1.example.com' },
      ],
      authorities: [{ type: 'SOA', name: 'example.com', ttlS: 60, serial: 9, minimumS: 30 }],
      additionals: [{ type: 'TXT', name: 'example.com', ttlS: 5, strings: ['extra'] }],
      extendedErrors: [],
    });
  });

  it('keeps the character-strings of a TXT record apart, for others to join', () => {
    const { answers } = message({ answers: [txt(['one', '', 'two'])] });
    expect(answers).toMatchObject([{ strings: ['one', '', 'two'] }]);
  });

  it('passes over records of other types and classes', () => {
    const { answers } = message({
      answers: [
        { type: 'PTR', name: 'example.com', ttl: 1, data: 'mail.example.com' },
        { type: 'TXT', name: 'example.com', ttl: 1, class: 'CH', data: ['chaos'] },
        txt('kept'),
      ],
    });
    expect(answers).toMatchObject([{ strings: ['kept'] }]);
  });

  it('may say where mail goes', () => {
    const data = { preference: 10, exchange: 'Mail.example.com' };
    const mx = { type: 'MX', name: 'Example.com', ttl: 60, data } as const;
    expect(message({ answers: [mx] }, { name: 'example.com', type: 'MX' }).answers).toEqual([
      { type: 'MX', name: 'example.com', ttlS: 60, target: 'mail.example.com' },
    ]);
  });

  it('may spell the question in any case', () => {
    const decoded = message({ questions: [{ name: 'eXaMpLe.CoM', type: 'TXT', class: 'IN' }] });
    expect(decoded.rcode).toBe('NOERROR');
  });

  it.each([
    [0, 'NOERROR'],
    [1, 'FORMERR'],
    [2, 'SERVFAIL'],
    [3, 'NXDOMAIN'],
    [4, 'NOTIMP'],
    [5, 'REFUSED'],
    [9, 'NOTAUTH'],
    [11, 'RCODE11'],
  ])('calls RCODE %i %s', (rcode, name) => {
    expect(message({ rcode }).rcode).toBe(name);
  });

  it('has the upper bits of its RCODE in EDNS', () => {
    expect(message({ edns: { extendedRcode: 1 } }).rcode).toBe('BADVERS');
    expect(message({ rcode: 7, edns: { extendedRcode: 1 } }).rcode).toBe('RCODE23');
  });

  it('may carry Extended DNS Errors', () => {
    const options = [edeOption(22, 'no reachable authority'), edeOption(9, '')];
    expect(message({ rcode: 2, edns: { options } }).extendedErrors).toEqual([
      { code: 22, text: 'no reachable authority' },
      { code: 9, text: '' },
    ]);
  });

  it('may carry other EDNS options, and an error too short to be one, which say nothing', () => {
    const short = { code: 15, data: Buffer.from([1]) } as unknown as PacketOpt;
    const cookie = { code: 10, data: Buffer.alloc(8, 1) } as unknown as PacketOpt;
    expect(message({ edns: { options: [short, cookie] } }).extendedErrors).toEqual([]);
  });

  it.each([
    [0x7fff_ffff, 0x7fff_ffff],
    [0x8000_0000, 0],
    [0xffff_ffff, 0],
  ])('with a TTL of %i counts as one of %i', (ttl, expectedTtl) => {
    const { answers, authorities } = message({
      answers: [txt('x', ttl)],
      authorities: [soa('example.com', { minimum: ttl })],
    });
    expect(answers[0]?.ttlS).toBe(expectedTtl);
    expect(authorities[0]).toMatchObject({ minimumS: expectedTtl });
  });

  it('that is truncated is taken at its header, even when it ends inside a record', () => {
    const asked = query();
    const whole = respond(asked, { tc: true, answers: [txt(EXPECTED.value)] });
    for (let length = 12 + 17; length <= whole.length; length++) {
      expect(read(whole.subarray(0, length), asked)).toMatchObject({ truncated: true, answers: [] });
    }
    expect(read(whole.subarray(0, 12 + 16), asked)).toBeUndefined();
  });
});

describe('what is no response to the query', () => {
  const answers = [txt(EXPECTED.value)];
  const differences: readonly (readonly [string, ResponseParts])[] = [
    ['another ID', { id: -1 }],
    ['another name', { questions: [{ name: 'example.org', type: 'TXT', class: 'IN' }] }],
    ['a name above', { questions: [{ name: 'com', type: 'TXT', class: 'IN' }] }],
    ['another type', { questions: [{ name: 'example.com', type: 'A', class: 'IN' }] }],
    ['another class', { questions: [{ name: 'example.com', type: 'TXT', class: 'CH' }] }],
    ['no question', { questions: [] }],
    [
      'two questions',
      { questions: Array.from({ length: 2 }, () => ({ name: 'example.com', type: 'TXT', class: 'IN' })) },
    ],
    ['QR=0', { isQuery: true }],
    ['another opcode', { opcode: 2 }],
    ['another opcode, the highest bit', { opcode: 8 }],
  ];
  it.each(differences)('is ignored: %s', (_what, parts) => {
    const asked = query();
    const id = 'id' in parts ? asked.id ^ 1 : asked.id;
    expect(read(respond(asked, { ...parts, answers, id }), asked)).toBeUndefined();
  });

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['a bare header', Buffer.alloc(12)],
    ['text', Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n')],
    ['the query itself', undefined],
  ])('is ignored: %s', (_what, bytes) => {
    const asked = query();
    const wire = Buffer.from(bytes ?? asked.wire);
    if (wire.length >= 2) wire.writeUInt16BE(asked.id, 0);
    expect(read(wire, asked)).toBeUndefined();
  });

  it.each([
    ['one string', [txt(EXPECTED.value)]],
    ['several strings', [txt(['v=spf1 -all', EXPECTED.value.slice(0, 20), EXPECTED.value.slice(20), ''])]],
    ['several records', [txt('v=spf1 -all'), txt(EXPECTED.value), txt('other')]],
    ['a CNAME before', [cname('example.com', 'b.example'), txt(EXPECTED.value, 300, 'b.example')]],
  ])('is ignored: a message that ends too early anywhere, of %s', (_what, records) => {
    const asked = query();
    const whole = respond(asked, { answers: records });
    expect(read(whole, asked)).toBeDefined();
    for (let length = 0; length < whole.length; length++) {
      expect(read(whole.subarray(0, length), asked), `${length} of ${whole.length} bytes`).toBeUndefined();
    }
  });

  it('is ignored: a TXT record cut after its first character-string, which would make the code of a longer text', () => {
    const asked = query();
    const whole = respond(asked, { answers: [txt([EXPECTED.value, ' and more'])] });
    const cut = whole.subarray(0, whole.length - ' and more'.length - 1);
    expect(cut.includes(EXPECTED.value)).toBe(true);
    expect(read(cut, asked)).toBeUndefined();
  });

  it('is ignored: 65,535 claimed records', () => {
    const asked = query();
    for (const offset of [6, 8, 10]) {
      const wire = respond(asked, { answers: [txt(EXPECTED.value)] });
      wire.writeUInt16BE(0xffff, offset);
      expect(read(wire, asked)).toBeUndefined();
    }
    const wire = Buffer.concat([respond(asked), Buffer.alloc(65_000)]);
    wire.fill(0xff, 6, 12);
    expect(read(wire, asked)).toBeUndefined();
  });

  it.each([
    ['to itself', [0xc0, 29]],
    ['to a later place', [0xc0, 40]],
    ['in a circle', [0x01, 0x61, 0xc0, 29]],
    ['past the end', [0xff, 0xff]],
    ['of an unknown kind', [0x80, 0x00]],
  ])('is ignored: a name with a compression pointer %s', (_what, name) => {
    const asked = query();
    const header = respond(asked);
    header.writeUInt16BE(1, 6);
    // TXT, class IN, TTL 0, one string of one byte
    const rest = [0, 16, 0, 1, 0, 0, 0, 0, 0, 2, 1, 0x78];
    expect(header).toHaveLength(29);
    expect(read(Buffer.concat([header, Buffer.from([...name, ...rest])]), asked)).toBeUndefined();
  });
});

describe('an error that is a header alone', () => {
  const [plain, withEdns] = [query(undefined, false), query()];
  const ERRORS = [
    [1, 'FORMERR'],
    [2, 'SERVFAIL'],
    [4, 'NOTIMP'],
    [5, 'REFUSED'],
  ] as const;

  it.each([
    [1, 'FORMERR'],
    [4, 'NOTIMP'],
  ])('in a datagram answers a question with EDNS, with RCODE %i, %s', (rcode, name) => {
    expect(decodeResponse(bareHeader(withEdns.id, rcode), withEdns)).toMatchObject({
      rcode: name,
      answers: [],
      truncated: false,
    });
    expect(decodeResponse(bareHeader(plain.id, rcode), plain)).toBeUndefined();
  });

  it.each([0, 2, 3, 5, 9, 15])('in a datagram is ignored otherwise, such as with RCODE %i', (rcode) => {
    for (const asked of [plain, withEdns])
      expect(decodeResponse(bareHeader(asked.id, rcode), asked)).toBeUndefined();
  });

  it.each(ERRORS)('over a connection answers any question, with RCODE %i, %s', (rcode, name) => {
    for (const asked of [plain, withEdns]) {
      expect(decodeResponse(bareHeader(asked.id, rcode), asked, 'connection')).toMatchObject({ rcode: name });
    }
  });

  it.each([
    [0, 'NOERROR'],
    [3, 'NXDOMAIN'],
  ])('never says anything about the name: RCODE %i, %s', (rcode) => {
    for (const arrival of ['datagram', 'connection'] as const)
      expect(decodeResponse(bareHeader(withEdns.id, rcode), withEdns, arrival)).toBeUndefined();
  });

  it.each([
    ['another ID', (header: Buffer) => header.writeUInt16BE(withEdns.id ^ 1, 0)],
    ['QR=0', (header: Buffer) => header.writeUInt16BE(1, 2)],
    ['another opcode', (header: Buffer) => header.writeUInt16BE(0x9001, 2)],
    ['TC=1', (header: Buffer) => header.writeUInt16BE(0x8201, 2)],
    ['a question that is not there', (header: Buffer) => header.writeUInt16BE(1, 4)],
    ['an answer that is not there', (header: Buffer) => header.writeUInt16BE(1, 6)],
    ['an OPT record that is not there', (header: Buffer) => header.writeUInt16BE(1, 10)],
  ])('is ignored with %s, however it comes', (_what, change) => {
    const header = bareHeader(withEdns.id, 1);
    expect(decodeResponse(header, withEdns)).toBeDefined();
    change(header);
    for (const arrival of ['datagram', 'connection'] as const)
      expect(decodeResponse(header, withEdns, arrival)).toBeUndefined();
  });

  it('is ignored with anything more or less than the header', () => {
    const header = bareHeader(withEdns.id, 1);
    for (const other of [header.subarray(0, 11), Buffer.concat([header, Buffer.of(0)])])
      expect(decodeResponse(other, withEdns)).toBeUndefined();
    const records = { rcode: 1, questions: [], answers: [txt(EXPECTED.value)] };
    for (const arrival of ['datagram', 'connection'] as const)
      expect(decodeResponse(respond(withEdns, records), withEdns, arrival)).toBeUndefined();
  });
});

describe('a damaged response', () => {
  interface Original {
    readonly wire: (asked: Query) => Buffer;
    /** Without these bytes nobody may read the record out of it. */
    readonly needed: readonly string[];
  }
  const { value } = EXPECTED;
  const nearMiss = `${value.slice(0, -1)}e`;
  const originals: readonly Original[] = [
    { wire: (asked) => respond(asked, { answers: [txt(value)], edns: {} }), needed: [value] },
    {
      wire: (asked) => respond(asked, { answers: [txt('v=spf1 -all'), txt(value), txt(nearMiss)], edns: {} }),
      needed: [value],
    },
    {
      wire: (asked) => respond(asked, { answers: [txt([value.slice(0, 30), value.slice(30)])] }),
      needed: [value.slice(0, 30), value.slice(30)],
    },
    {
      wire: (asked) =>
        respond(asked, { answers: [cname('example.com', 'b.example'), txt(value, 300, 'b.example')] }),
      needed: [value],
    },
    { wire: (asked) => respond(asked, { answers: [txt([value, 'and more'])] }), needed: [value] },
    { wire: (asked) => respond(asked, { answers: [txt(nearMiss), txt(`"${value}"`)] }), needed: [value] },
    {
      wire: (asked) =>
        respond(asked, {
          rcode: 3,
          authorities: [soa('example.com')],
          edns: { options: [edeOption(18, 'text')] },
        }),
      needed: [value],
    },
  ];

  function mutate(wire: Buffer, random: () => number): Buffer {
    const at = (length: number): number => Math.floor(random() * length);
    const position = at(wire.length);
    const copy = Buffer.from(wire);
    switch (at(7)) {
      case 0:
        copy[position] = (copy[position] ?? 0) ^ (1 << at(8));
        return copy;
      case 1:
        copy[position] = at(256);
        return copy;
      case 2:
        return copy.subarray(0, position);
      case 3:
        return Buffer.concat([copy.subarray(0, position), copy.subarray(position + 1 + at(8))]);
      case 4:
        return Buffer.concat([
          copy.subarray(0, position),
          Buffer.from(Array.from({ length: 1 + at(8) }, () => at(256))),
          copy.subarray(position),
        ]);
      case 5:
        copy.writeUInt16BE([0, 1, 2, 255, 0xffff][at(5)] ?? 0, 4 + 2 * at(4));
        return copy;
      default:
        copy.writeUInt16BE(0xc000 | at(copy.length), Math.min(position, copy.length - 2));
        return copy;
    }
  }

  /** `FUZZ_PACKETS=1000000` tries a million. */
  const rounds = Number(process.env['FUZZ_PACKETS'] ?? 20_000);

  it(`never crashes, and never has a record that is not in it, ${rounds} times`, () => {
    const random = seededRandom(20_240_601);
    const address = { host: '127.0.0.1', port: 53 };
    let [readable, present] = [0, 0];
    for (let round = 0; round < rounds; round++) {
      const original = originals[round % originals.length];
      if (original === undefined) throw new Error('no original');
      const asked = query();
      let wire = original.wire(asked);
      for (let times = 0; times <= round % 3; times++) if (wire.length >= 12) wire = mutate(wire, random);
      if (wire.length >= 2 && random() < 0.9) wire.writeUInt16BE(asked.id, 0);
      const decoded = decodeResponse(wire, asked);
      if (decoded === undefined) continue;
      readable++;
      const reply = { ok: true, message: decoded, address, transport: 'udp' } as const;
      if (observe(reply, EXPECTED, 'authoritative').kind !== 'present') continue;
      present++;
      const missing = original.needed.filter((bytes) => !wire.includes(bytes));
      expect(missing, wire.toString('hex')).toEqual([]);
    }
    // Enough came through to have tried something.
    expect(readable).toBeGreaterThan(rounds / 6);
    expect(present).toBeGreaterThan(rounds / 50);
  }, 600_000);
});
