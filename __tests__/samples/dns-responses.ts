import packet, { type Answer, type PacketOpt, type Question as WireQuestion } from 'dns-packet';
import {
  type DnsMessage,
  decodeResponse,
  encodeQuery,
  type Query,
  type Question,
} from '../../src/dns/protocol/message.ts';

/** The record that the tests of DNS wait for. */
export const EXPECTED = {
  name: 'example.com',
  value: 'cloudflare_dashboard_sso=0123456789abcdef0123456789abcdef',
} as const;

/** What a test wants a response to say; everything else is as an honest server would have it. */
export interface ResponseParts {
  readonly id?: number;
  /** The low four bits of the RCODE. */
  readonly rcode?: number;
  readonly isQuery?: boolean;
  readonly opcode?: number;
  readonly aa?: boolean;
  readonly tc?: boolean;
  readonly ra?: boolean;
  readonly questions?: readonly WireQuestion[];
  readonly answers?: readonly Answer[];
  readonly authorities?: readonly Answer[];
  readonly additionals?: readonly Answer[];
  /** Adds an OPT record. */
  readonly edns?: { readonly extendedRcode?: number; readonly options?: readonly PacketOpt[] };
}

/** A question about {@link EXPECTED}, as it goes out. */
export function query(question: Question = { name: EXPECTED.name, type: 'TXT' }, edns = true): Query {
  return encodeQuery(question, { recursionDesired: false, edns });
}

/** An error that is a header alone, as servers send it that have not read the question. */
export function bareHeader(id: number, rcode: number, flags = 0x8000): Buffer {
  const header = Buffer.alloc(12);
  header.writeUInt16BE(id, 0);
  header.writeUInt16BE(flags | rcode, 2);
  return header;
}

/** Encodes a response to `asked`. */
export function respond(asked: Query, parts: ResponseParts = {}): Buffer {
  const { id = asked.id, rcode = 0, opcode = 0, aa = true, tc = false, ra = false, edns } = parts;
  const opt: Answer = {
    type: 'OPT',
    name: '.',
    udpPayloadSize: 1232,
    extendedRcode: edns?.extendedRcode ?? 0,
    ednsVersion: 0,
    flags: 0,
    flag_do: false,
    options: [...(edns?.options ?? [])],
  };
  return packet.encode({
    type: parts.isQuery === true ? 'query' : 'response',
    id,
    flags: (opcode << 11) | (aa ? 0x400 : 0) | (tc ? 0x200 : 0) | (ra ? 0x80 : 0) | rcode,
    questions: [...(parts.questions ?? [{ ...asked.question, class: 'IN' }])],
    answers: [...(parts.answers ?? [])],
    authorities: [...(parts.authorities ?? [])],
    additionals: [...(parts.additionals ?? []), ...(edns === undefined ? [] : [opt])],
  });
}

/** A response as the decoder hands it on; fails the test when the decoder does not take it for one. */
export function message(parts: ResponseParts = {}, question?: Question): DnsMessage {
  const asked = query(question);
  const decoded = decodeResponse(respond(asked, parts), asked);
  if (decoded === undefined) throw new Error('the response was not recognised');
  return decoded;
}

/** A TXT record of the given character-strings. */
export function txt(strings: string | readonly string[], ttl = 300, name: string = EXPECTED.name): Answer {
  return { type: 'TXT', name, ttl, class: 'IN', data: [strings].flat() };
}

/** A CNAME record. */
export function cname(name: string, target: string): Answer {
  return { type: 'CNAME', name, ttl: 300, class: 'IN', data: target };
}

/** A SOA record of `name`. */
export function soa(name: string, { ttl = 3600, minimum = 1800, serial = 7 } = {}): Answer {
  const timers = { refresh: 3600, retry: 600, expire: 86_400 };
  return {
    type: 'SOA',
    name,
    ttl,
    class: 'IN',
    data: { mname: 'ns1.example.net', rname: 'hostmaster.example.net', serial, minimum, ...timers },
  };
}

/** Pseudo-random numbers in [0, 1) that are the same in every run (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b_79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
