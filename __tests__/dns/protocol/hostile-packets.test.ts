import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, describe, expect, it } from 'vitest';
import { observe } from '../../../src/dns/observation/observation.ts';
import { decodeResponse, type Query } from '../../../src/dns/protocol/message.ts';
import { tcp } from '../../../src/dns/transports/tcp.ts';
import { costRatio } from '../../checks/growth.ts';
import { REAL_PACKETS } from '../../real/packets.ts';
import { EXPECTED, query, respond, seededRandom, txt } from '../../samples/dns-responses.ts';

const { value } = EXPECTED;
const ID = 0x2a17;
const PACKETS = Number(process.env['FUZZ_PACKETS'] ?? 50_000);
const TYPE = { CNAME: 5, TXT: 16, OPT: 41 } as const;

const originals = REAL_PACKETS.map(({ name, base64 }) => {
  const wire = Buffer.from(base64, 'base64');
  wire.writeUInt16BE(ID, 0);
  const asked: Query = { id: ID, question: { name, type: 'TXT' }, edns: true, wire: Buffer.alloc(0) };
  return { name, wire, asked };
});

/**
 * A second reader of DNS messages, by RFC 1035 alone: whether a TXT record in the answer section, at `name` or where
 * CNAME records lead from there, has character-strings that together are the code.
 */
function carriesCode(wire: Buffer, name: string): boolean {
  const flags = wire.readUInt16BE(2);
  const isAnswer = (flags & 0xfa0f) === 0x8000;
  if (!isAnswer || wire.readUInt16BE(0) !== ID || wire.readUInt16BE(4) !== 1) return false;
  try {
    const question = readName(wire, 12);
    if (question.text !== name || wire.readUInt32BE(question.end) !== (TYPE.TXT << 16) + 1) return false;
    const owners = new Set([name]);
    const texts: (readonly [owner: string, text: string])[] = [];
    let at = question.end + 4;
    for (let left = wire.readUInt16BE(6); left > 0; left--) {
      const owner = readName(wire, at);
      const [type, recordClass] = [wire.readUInt16BE(owner.end), wire.readUInt16BE(owner.end + 2)];
      const start = owner.end + 10;
      at = start + wire.readUInt16BE(owner.end + 8);
      if (at > wire.length) return false;
      if (recordClass !== 1) continue;
      if (type === TYPE.TXT) texts.push([owner.text, readStrings(wire.subarray(start, at))]);
      if (type === TYPE.CNAME && owners.has(owner.text)) owners.add(readName(wire, start).text);
    }
    return texts.some(([owner, text]) => owners.has(owner) && text === value);
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** A name in lower case, with dots that are part of a label marked as such. */
function readName(wire: Buffer, from: number): { readonly text: string; readonly end: number } {
  const labels: string[] = [];
  let [at, end, lowest] = [from, 0, from];
  for (;;) {
    const length = wire.readUInt8(at);
    if (length === 0) return { text: labels.join('.'), end: end || at + 1 };
    if (length >= 0xc0) {
      const target = wire.readUInt16BE(at) & 0x3fff;
      if (target >= lowest) throw new RangeError('a pointer that does not lead back');
      end ||= at + 2;
      at = target;
      lowest = target;
    } else {
      if (length > 63 || at + 1 + length > wire.length) throw new RangeError('no label');
      const label = wire.toString('latin1', at + 1, at + 1 + length);
      labels.push(label.replaceAll('.', '\\.').replace(/[A-Z]/g, (letter) => letter.toLowerCase()));
      at += 1 + length;
    }
  }
}

/** All character-strings of a TXT record, which must fill it. */
function readStrings(data: Buffer): string {
  let text = '';
  for (let at = 0; at < data.length; at += 1 + data.readUInt8(at)) {
    if (at + 1 + data.readUInt8(at) > data.length) throw new RangeError('a string that is cut');
    text += data.toString('latin1', at + 1, at + 1 + data.readUInt8(at));
  }
  return text;
}

type Mutation = (wire: Buffer, at: (length: number) => number) => Buffer;

const COUNTS = [0, 1, 2, 3, 15, 255, 0xffff];

/** What can happen to a packet on the way, and what somebody would do to it who means harm. */
const MUTATIONS: readonly Mutation[] = [
  (wire, at) => {
    const position = at(wire.length);
    wire[position] = (wire[position] ?? 0) ^ (1 << at(8));
    return wire;
  },
  (wire, at) => {
    wire[at(wire.length)] = at(256);
    return wire;
  },
  (wire, at) => wire.subarray(0, at(wire.length)),
  function withoutSome(wire, at) {
    const position = at(wire.length);
    return Buffer.concat([wire.subarray(0, position), wire.subarray(position + 1 + at(16))]);
  },
  function withMore(wire, at) {
    const position = at(wire.length);
    const more = Buffer.from(Array.from({ length: 1 + at(16) }, () => at(256)));
    return Buffer.concat([wire.subarray(0, position), more, wire.subarray(position)]);
  },
  function withWrongCount(wire, at) {
    wire.writeUInt16BE(COUNTS[at(COUNTS.length)] ?? 0, 4 + 2 * at(4));
    return wire;
  },
  function withPointer(wire, at) {
    wire.writeUInt16BE(0xc000 | at(wire.length), at(wire.length - 1));
    return wire;
  },
  function withWrongLength(wire, at) {
    const position = at(wire.length - 1);
    wire.writeUInt16BE((wire.readUInt16BE(position) + at(9) + 0x1_0000 - 4) & 0xffff, position);
    return wire;
  },
  function withPartRepeated(wire, at) {
    const [from, length, to] = [at(wire.length), 1 + at(80), at(wire.length)];
    return Buffer.concat([wire.subarray(0, to), wire.subarray(from, from + length), wire.subarray(to)]);
  },
  function withPartOfAnother(wire, at) {
    const other = originals[at(originals.length)]?.wire ?? wire;
    const [from, length] = [at(other.length), 1 + at(80)];
    const patched = Buffer.from(wire);
    other.copy(patched, at(wire.length), from, from + length);
    return patched;
  },
];

describe('a mutated packet of a real server', () => {
  it('is one of those that say what they should before they are mutated', () => {
    const present = originals.filter(({ wire, name }) => carriesCode(wire, name)).map(({ name }) => name);
    expect(present.toSorted()).toEqual([
      'alias.example.com',
      'example.com',
      'example.com',
      'many.example.com',
      'one.example.com',
      'split.example.com',
      'twice.example.com',
    ]);
    for (const { wire, name, asked } of originals) {
      expect(isPresent(wire, asked, 'resolver'), name).toBe(carriesCode(wire, name));
    }
  });

  const title = `never throws, and never has the record unless its bytes do, ${PACKETS} times`;
  it(title, { timeout: 60_000 + PACKETS }, () => {
    const random = seededRandom(Number(process.env['FUZZ_SEED'] ?? 20_250_601));
    const at = (length: number): number => Math.floor(random() * length);
    const count = { readable: 0, present: 0 };
    const before = keptMib();
    for (let round = 0; round < PACKETS; round++) {
      const original = originals[round % originals.length];
      if (original === undefined) throw new Error('there are no packets');
      let wire: Buffer = Buffer.from(original.wire);
      for (let times = 1 + at(4); times > 0 && wire.length > 12; times--) {
        wire = MUTATIONS[at(MUTATIONS.length)]?.(wire, at) ?? wire;
      }
      // What has another ID is not looked into; most shall be.
      if (wire.length >= 2 && random() < 0.95) wire.writeUInt16BE(ID, 0);
      const decoded = decodeResponse(wire, original.asked);
      const found = decoded !== undefined && isPresent(wire, original.asked, 'resolver');
      const carried = wire.length >= 12 && carriesCode(wire, original.name);
      if (found && !carried) expect.fail(`${original.name} seen in ${wire.toString('base64')}`);
      if (decoded !== undefined) count.readable++;
      if (found) count.present++;
    }
    const grownMib = keptMib() - before;
    const figures = { ...count, grownMib };
    // Enough came through to have tried something.
    expect(count.readable, JSON.stringify(figures)).toBeGreaterThan(PACKETS / 10);
    expect(count.present, JSON.stringify(figures)).toBeGreaterThan(PACKETS / 50);
    expect(grownMib).toBeLessThan(20);
  });
});

/** The memory that is still in use once the garbage is collected. */
function keptMib(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 2 ** 20;
}

function isPresent(wire: Buffer, asked: Query, role: 'authoritative' | 'resolver'): boolean {
  const message = decodeResponse(wire, asked);
  if (message === undefined) return false;
  const address = { host: '127.0.0.1', port: 53 };
  const expected = { name: asked.question.name, value };
  return observe({ ok: true, message, address, transport: 'udp' }, expected, role).kind === 'present';
}

/** A header and question, with what is claimed about the sections and whatever follows. */
function claiming(asked: Query, counts: readonly [number, number, number], rest: Buffer): Buffer {
  const header = respond(asked);
  for (const [index, count] of counts.entries()) header.writeUInt16BE(count, 6 + 2 * index);
  return Buffer.concat([header, rest]);
}

/** A record: its name as bytes, type, class IN, TTL 0 and data. */
function record(name: Buffer, type: number, data: Buffer): Buffer {
  const fixed = Buffer.alloc(10);
  fixed.writeUInt16BE(type, 0);
  fixed.writeUInt16BE(1, 2);
  fixed.writeUInt16BE(data.length, 8);
  return Buffer.concat([name, fixed, data]);
}

function pointer(target: number): Buffer {
  return Buffer.of(0xc0 | (target >> 8), target & 0xff);
}

const ROOT = Buffer.of(0);
/** The question's name. */
const OWNER = pointer(12);
const LARGEST = 65_535;

function repeated(one: Buffer, bytes: number): Buffer {
  return Buffer.concat(Array.from({ length: Math.floor(bytes / one.length) }, () => one));
}

describe('a small packet', () => {
  it('that claims 65,535 records in every section costs no more than its few bytes', () => {
    // A reader that goes on from the start after the end finds the root's name there, and no reason to stop.
    const asked: Query = { ...query(), id: 0 };
    // It ends where the text of its one record would begin.
    const cut = record(OWNER, TYPE.TXT, Buffer.alloc(58)).subarray(0, 12);
    const wire = claiming(asked, [0xffff, 0xffff, 0xffff], cut);
    expect(decodeResponse(wire, asked)).toBeUndefined();
    const honest = claiming(asked, [1, 0, 0], cut);
    const read = (message: Buffer) => () => {
      for (let count = 0; count < 100; count++) decodeResponse(message, asked);
    };
    expect(costRatio(read(wire), read(honest))).toBeLessThan(100);
  });
});

describe('a message of 64 kB', () => {
  const asked = query();
  const room = LARGEST - respond(asked).length;

  /** Names that each go through thousands of pointers cost a hundred times as much as names that go through one. */
  const MAX_COST = 400;
  /** As large as the others, and nothing but records. */
  const usual = claiming(asked, [4000, 0, 0], repeated(record(OWNER, TYPE.TXT, Buffer.of(0)), room));

  /** Reads it, at no great cost of time and memory. */
  function readAtOnce(wire: Buffer) {
    expect(wire.length).toBeGreaterThan(60_000);
    expect(wire.length).toBeLessThanOrEqual(LARGEST);
    const before = keptMib();
    const decoded = decodeResponse(wire, asked);
    const seen = isPresent(wire, asked, 'resolver');
    const read = (message: Buffer) => () => isPresent(message, asked, 'resolver');
    expect(costRatio(read(wire), read(usual))).toBeLessThan(MAX_COST);
    expect(keptMib() - before).toBeLessThan(100);
    return { decoded, seen };
  }

  it('may have thousands of records, the right one last', () => {
    const small = record(OWNER, TYPE.TXT, Buffer.of(0));
    const right = record(OWNER, TYPE.TXT, Buffer.concat([Buffer.of(value.length), Buffer.from(value)]));
    const filler = repeated(small, room - right.length);
    const count = filler.length / small.length + 1;
    const { decoded, seen } = readAtOnce(claiming(asked, [count, 0, 0], Buffer.concat([filler, right])));
    expect(decoded?.answers).toHaveLength(count);
    expect(seen).toBe(true);
  });

  it.each([[[0xffff, 0, 0]], [[0, 0xffff, 0]], [[0, 0, 0xffff]], [[0xffff, 0xffff, 0xffff]]] as const)(
    'that claims %j records and has fewer is no answer',
    (counts) => {
      for (const one of [record(ROOT, TYPE.TXT, Buffer.of(0)), record(OWNER, 65_280, Buffer.alloc(0))]) {
        expect(readAtOnce(claiming(asked, counts, repeated(one, room))).decoded).toBeUndefined();
      }
    },
  );

  it('that is nothing but zeros or ones after its header is no answer, whatever it claims', () => {
    for (const fill of [0x00, 0xff, 0xc0, 0x3f]) {
      const rest = Buffer.alloc(room, fill);
      expect(readAtOnce(claiming(asked, [0xffff, 0xffff, 0xffff], rest)).decoded).toBeUndefined();
    }
  });

  it('may have a TXT record of tens of thousands of empty strings', () => {
    const strings = Buffer.alloc(room - 12);
    const { decoded, seen } = readAtOnce(claiming(asked, [1, 0, 0], record(OWNER, TYPE.TXT, strings)));
    expect(decoded?.answers).toHaveLength(1);
    expect(seen).toBe(false);
  });

  it('may have tens of thousands of EDNS options', () => {
    const options = repeated(Buffer.of(0, 15, 0, 2, 0, 18), room - 11);
    const { decoded } = readAtOnce(claiming(asked, [0, 0, 1], record(ROOT, TYPE.OPT, options)));
    expect(decoded?.extendedErrors).toHaveLength(options.length / 6);
    expect(decoded?.extendedErrors[0]).toEqual({ code: 18, text: '' });
  });

  /** Thousands of pointers, each to the one before, in the data of a record that nobody reads. */
  function chain(length: number): { readonly holder: Buffer; readonly last: number } {
    const start = respond(asked).length + 12;
    const links = Array.from({ length }, (_, index) => pointer(index === 0 ? 12 : start + 2 * (index - 1)));
    return { holder: record(OWNER, 65_280, Buffer.concat(links)), last: start + 2 * (length - 1) };
  }

  it('may send every name through thousands of pointers', () => {
    const { holder, last } = chain(8000);
    const one = record(pointer(last), TYPE.TXT, Buffer.of(0));
    const filler = repeated(one, room - holder.length);
    const count = filler.length / one.length + 1;
    expect(count).toBeGreaterThan(3000);
    const { decoded } = readAtOnce(claiming(asked, [count, 0, 0], Buffer.concat([holder, filler])));
    expect(decoded?.answers.at(-1)).toMatchObject({ name: EXPECTED.name });
  });

  it('with a pointer that leads to itself, onwards or past the end is no answer, wherever it stands', () => {
    const good = record(OWNER, TYPE.TXT, Buffer.of(0));
    const start = respond(asked).length;
    // A pointer reaches no further than 16 kB.
    for (const goodOnes of [0, 1, Math.floor((0x3fff - start - 20) / good.length)]) {
      const before = repeated(good, goodOnes * good.length);
      const here = start + before.length;
      const names = [
        pointer(here),
        Buffer.concat([Buffer.of(1, 0x61), pointer(here)]),
        pointer(here + 2),
        Buffer.of(0xff, 0xff),
      ];
      const last = [
        ...names.map((name) => record(name, TYPE.TXT, Buffer.of(0))),
        record(OWNER, TYPE.CNAME, pointer(here + 12)),
      ];
      for (const one of last) {
        const wire = claiming(asked, [goodOnes + 1, 0, 0], Buffer.concat([before, one]));
        expect(decodeResponse(wire, asked), one.toString('hex')).toBeUndefined();
      }
      const sound = claiming(asked, [goodOnes + 1, 0, 0], Buffer.concat([before, good]));
      expect(decodeResponse(sound, asked)?.answers).toHaveLength(goodOnes + 1);
    }
  });

  it('that has a record shorter or longer than it says, or one of another class, does not have the code', () => {
    const text = Buffer.concat([Buffer.of(value.length), Buffer.from(value)]);
    const right = record(OWNER, TYPE.TXT, text);
    const before = record(OWNER, 5, OWNER);
    expect(isPresent(claiming(asked, [1, 0, 0], right), asked, 'resolver')).toBe(true);
    for (const claimedBytes of [0, 1, 3, 4, 0x4c06]) {
      const wrong = Buffer.from(before);
      wrong.writeUInt16BE(claimedBytes, 10);
      const wire = claiming(asked, [2, 0, 0], Buffer.concat([wrong, right]));
      expect(decodeResponse(wire, asked)).toBeUndefined();
    }
    const multicast = Buffer.from(right);
    multicast.writeUInt16BE(0x8001, 4);
    expect(isPresent(claiming(asked, [1, 0, 0], multicast), asked, 'resolver')).toBe(false);
  });
});

describe('a hostile server over TCP', () => {
  const connections = new Set<Socket>();
  const closers: (() => void)[] = [];
  afterEach(() => {
    for (const connection of connections) connection.destroy();
    for (const close of closers.splice(0)) close();
  });

  async function server(onQuery: (socket: Socket) => void | Promise<void>) {
    const listener = createServer((socket) => {
      connections.add(socket);
      socket.on('error', () => socket.destroy()).on('close', () => connections.delete(socket));
      socket.once('data', () => void onQuery(socket));
    });
    closers.push(() => listener.close());
    listener.listen(0, '127.0.0.1');
    await once(listener, 'listening');
    const { port } = listener.address() as AddressInfo;
    return (asked: Query, timeoutMs: number) =>
      tcp(asked, { host: '127.0.0.1', port }, { timeoutMs, signal: new AbortController().signal });
  }

  function framed(message: Buffer): Buffer {
    const length = Buffer.alloc(2);
    length.writeUInt16BE(message.length);
    return Buffer.concat([length, message]);
  }

  it('that sends 64 kB byte by byte is read to the end', { timeout: 60_000 }, async () => {
    const asked = query();
    const filler = Array.from({ length: 240 }, (_, index) => txt(`${index}`.padEnd(245, '.')));
    const large = framed(respond(asked, { answers: [...filler, txt(value)] }));
    const ask = await server(async (socket) => {
      socket.setNoDelay(true);
      for (const byte of large) {
        if (socket.destroyed) return;
        socket.write(Buffer.of(byte));
        await new Promise(setImmediate);
      }
    });
    const before = process.memoryUsage.rss();
    const outcome = await ask(asked, 50_000);
    expect(outcome.ok && outcome.message.answers).toHaveLength(241);
    expect((process.memoryUsage.rss() - before) / 2 ** 20).toBeLessThan(200);
  });

  it('that floods the connection with forgeries is a time-out, and takes no memory', async () => {
    const asked = query();
    const forged = framed(respond(asked, { id: asked.id ^ 1, answers: [txt('x'.repeat(200))] }));
    const flood = Buffer.concat(Array.from({ length: 200 }, () => forged));
    let floods = 0;
    const ask = await server((socket) => {
      const pour = (): void => {
        while (!socket.destroyed && socket.write(flood)) floods++;
      };
      socket.on('drain', pour);
      pour();
    });
    const before = process.memoryUsage.rss();
    expect(await ask(asked, 1000)).toEqual({ ok: false, silence: 'timeout' });
    expect(floods).toBeGreaterThan(5);
    expect((process.memoryUsage.rss() - before) / 2 ** 20).toBeLessThan(200);
  });
});
