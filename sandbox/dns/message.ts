import {
  type Answer,
  AUTHORITATIVE_ANSWER,
  CHECKING_DISABLED,
  type DecodedPacket,
  decode,
  encode,
  type OptAnswer,
  type PacketOpt,
  type Question,
  RECURSION_AVAILABLE,
  RECURSION_DESIRED,
  type RecordType,
  TRUNCATED_RESPONSE,
} from 'dns-packet';

/** Response codes by name (RFC 1035, 4.1.1; BADVERS: RFC 6891, 6.1.3). */
export const RCODES = {
  NOERROR: 0,
  FORMERR: 1,
  SERVFAIL: 2,
  NXDOMAIN: 3,
  NOTIMP: 4,
  REFUSED: 5,
  BADVERS: 16,
} as const;

/** A response code's name. */
export type Rcode = keyof typeof RCODES;

/** The largest UDP message accepted, for OPT: the value of DNS flag day 2020. */
export const EDNS_UDP_BYTES = 1232;

/** An Extended DNS Error (RFC 8914). */
export interface ExtendedError {
  readonly code: number;
  readonly text?: string;
}

/** The parts of a query that a server needs. */
export interface DnsQuery {
  readonly id: number;
  readonly question: Question;
  readonly rd: boolean;
  readonly cd: boolean;
  /** Absent when the query has no OPT record. */
  readonly edns?: { readonly udpPayloadBytes: number; readonly version: number };
}

/** An answer before it becomes bytes. */
export interface DnsResponse {
  readonly rcode: Rcode;
  readonly aa?: boolean;
  readonly ra?: boolean;
  readonly tc?: boolean;
  readonly answers?: readonly Answer[];
  readonly authorities?: readonly Answer[];
  readonly additionals?: readonly Answer[];
  /** Sent only when the query had an OPT record. */
  readonly ede?: ExtendedError | undefined;
}

/** A query to answer, a message to refuse unread, or one to ignore. */
export type Received =
  | { readonly kind: 'query'; readonly query: DnsQuery }
  | { readonly kind: 'unusable'; readonly id: number; readonly rcode: Rcode }
  | { readonly kind: 'noise' };

const HEADER_BYTES = 12;
const OPCODE_MASK = 0x7800;
const RCODE_MASK = 0xf;
const EDE_OPTION = 15;

/** Decodes a message; undefined for other bytes. */
export function tryDecode(bytes: Buffer): DecodedPacket | undefined {
  try {
    return decode(bytes);
  } catch {
    // dns-packet has no error class: any error means that the bytes are not a message.
    return undefined;
  }
}

/** Reads a client's bytes; never throws. */
export function readQuery(bytes: Buffer): Received {
  const isQuery = bytes.length >= HEADER_BYTES && bytes.readUInt16BE(2) >> 15 === 0;
  // If servers answered answers, two of them would never stop.
  if (!isQuery) return { kind: 'noise' };

  const id = bytes.readUInt16BE(0);
  if ((bytes.readUInt16BE(2) & OPCODE_MASK) !== 0) return { kind: 'unusable', id, rcode: 'NOTIMP' };
  const packet = tryDecode(bytes);
  const [question, ...more] = packet?.questions ?? [];
  if (packet === undefined || question === undefined || more.length > 0) {
    return { kind: 'unusable', id, rcode: 'FORMERR' };
  }
  const opt = packet.additionals?.find((record) => record.type === 'OPT');
  const edns = opt && { udpPayloadBytes: opt.udpPayloadSize, version: opt.ednsVersion };
  const query = { id, question, rd: packet.flag_rd, cd: packet.flag_cd, ...(edns && { edns }) };
  return { kind: 'query', query };
}

function edeOption({ code, text = '' }: ExtendedError): PacketOpt {
  const data = Buffer.concat([Buffer.from([code >> 8, code & 0xff]), Buffer.from(text)]);
  // dns-packet encodes any option number, but its types do not know number 15.
  return { code: EDE_OPTION, data } as unknown as PacketOpt;
}

function optRecord(response: DnsResponse): OptAnswer {
  return {
    type: 'OPT',
    name: '.',
    udpPayloadSize: EDNS_UDP_BYTES,
    extendedRcode: RCODES[response.rcode] >> 4,
    ednsVersion: 0,
    flags: 0,
    flag_do: false,
    options: response.ede ? [edeOption(response.ede)] : [],
  };
}

function encodeWhole(query: DnsQuery, response: DnsResponse): Buffer {
  const { aa = false, ra = false, tc = false, answers = [], authorities = [], additionals = [] } = response;
  const flags =
    (aa ? AUTHORITATIVE_ANSWER : 0) |
    (tc ? TRUNCATED_RESPONSE : 0) |
    (query.rd ? RECURSION_DESIRED : 0) |
    (ra ? RECURSION_AVAILABLE : 0) |
    (query.cd ? CHECKING_DISABLED : 0) |
    (RCODES[response.rcode] & RCODE_MASK);
  return encode({
    type: 'response',
    id: query.id,
    flags,
    questions: [query.question],
    answers: [...answers],
    authorities: [...authorities],
    additionals: [...additionals, ...(query.edns ? [optRecord(response)] : [])],
  });
}

/** Encodes an answer; one over `limitBytes` becomes an empty one with TC=1 (RFC 2181, 9). */
export function encodeResponse(query: DnsQuery, response: DnsResponse, limitBytes: number): Buffer {
  const whole = encodeWhole(query, response);
  if (whole.length <= limitBytes) return whole;
  return encodeWhole(query, { ...response, tc: true, answers: [], authorities: [], additionals: [] });
}

/** Encodes the answer to an unreadable message: only a header. */
export function encodeBareHeader(id: number, rcode: Rcode): Buffer {
  return encode({ type: 'response', id, flags: RCODES[rcode] });
}

/** Encodes a query with an OPT record. */
export function encodeQuery(query: { id: number; name: string; type: RecordType; rd: boolean }): Buffer {
  const { id, name, type, rd } = query;
  return encode({
    type: 'query',
    id,
    flags: rd ? RECURSION_DESIRED : 0,
    questions: [{ name, type, class: 'IN' }],
    additionals: [optRecord({ rcode: 'NOERROR' })],
  });
}

/** The response code in a decoded answer's header. */
export function rcodeOf(packet: DecodedPacket): Rcode | undefined {
  const code = (packet.flags ?? 0) & RCODE_MASK;
  return Object.entries(RCODES).find(([, value]) => value === code)?.[0] as Rcode | undefined;
}
