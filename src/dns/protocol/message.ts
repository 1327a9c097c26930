import { randomInt } from 'node:crypto';
import packet, { type Answer, type Packet } from 'dns-packet';

/** The record types that this action asks for. */
export type QuestionType = 'TXT' | 'SOA' | 'NS' | 'A' | 'AAAA';

/** What is asked: an owner name without the final dot, class IN implied. */
export interface Question {
  readonly name: string;
  readonly type: QuestionType;
}

/** A query as it goes out, with what is needed to recognise its answer. */
export interface Query {
  readonly id: number;
  readonly question: Question;
  readonly wire: Buffer;
}

/** A resource record of a type that this action reads; names are lower case without the final dot. */
export type DnsRecord = { readonly name: string; readonly ttlS: number } & (
  | { readonly type: 'TXT'; readonly strings: readonly string[] }
  | { readonly type: 'A' | 'AAAA' | 'CNAME' | 'NS'; readonly target: string }
  | { readonly type: 'SOA'; readonly serial: number; readonly minimumS: number }
);

/** An Extended DNS Error (RFC 8914). */
export interface ExtendedError {
  readonly code: number;
  readonly text: string;
}

/** A response, reduced to what this action looks at. */
export interface DnsMessage {
  /** Mnemonic of the RCODE, the extended bits of EDNS merged in: `NOERROR`, `NXDOMAIN`, `BADVERS`… */
  readonly rcode: string;
  readonly authoritative: boolean;
  readonly truncated: boolean;
  readonly recursionAvailable: boolean;
  readonly answers: readonly DnsRecord[];
  readonly authorities: readonly DnsRecord[];
  readonly additionals: readonly DnsRecord[];
  readonly extendedErrors: readonly ExtendedError[];
}

/** The payload that never needs fragments (DNS flag day 2020). */
const EDNS_UDP_PAYLOAD_BYTES = 1232;
const EDE_OPTION = 15;
const HEADER_BYTES = 12;

const RCODES: Readonly<Record<number, string>> = {
  0: 'NOERROR',
  1: 'FORMERR',
  2: 'SERVFAIL',
  3: 'NXDOMAIN',
  4: 'NOTIMP',
  5: 'REFUSED',
  9: 'NOTAUTH',
  16: 'BADVERS',
};

/**
 * A query with an unpredictable ID (RFC 5452).
 *
 * @throws RangeError for a name that DNS cannot carry; dns-packet would send it mangled
 */
export function encodeQuery(
  question: Question,
  options: {
    readonly recursionDesired: boolean;
    readonly edns: boolean;
    readonly checkingDisabled?: boolean;
  },
): Query {
  if (!isAskable(question.name)) {
    throw new RangeError('a domain name has at most 253 bytes, in labels of 1 to 63');
  }
  const id = randomInt(0x1_0000);
  const wire = packet.encode({
    type: 'query',
    id,
    flags:
      (options.recursionDesired ? packet.RECURSION_DESIRED : 0) |
      (options.checkingDisabled ? packet.CHECKING_DISABLED : 0),
    questions: [{ name: question.name, type: question.type, class: 'IN' }],
    additionals: options.edns ? [OPT_RECORD] : [],
  });
  return { id, question, wire };
}

/** Whether DNS can carry the name; those in NS records come from outside. */
export function isAskable(name: string): boolean {
  const sizes = name.split('.').map((label) => Buffer.byteLength(label));
  return Buffer.byteLength(name) <= 253 && sizes.every((bytes) => bytes >= 1 && bytes <= 63);
}

const OPT_RECORD: Answer = {
  type: 'OPT',
  name: '.',
  udpPayloadSize: EDNS_UDP_PAYLOAD_BYTES,
  extendedRcode: 0,
  ednsVersion: 0,
  flags: 0,
  flag_do: false,
  options: [],
};

/**
 * Reads a packet as the response to `query`.
 *
 * @returns `undefined` for everything else: a foreign ID or question, a query, garbage. Such a packet says
 *   nothing about the server and must not end the query (RFC 5452, section 9).
 */
export function decodeResponse(wire: Buffer, query: Query): DnsMessage | undefined {
  if (wire.length < HEADER_BYTES || wire.readUInt16BE(0) !== query.id) return undefined;
  const flags = wire.readUInt16BE(2);
  const [isResponse, opcode, truncated] = [
    (flags & 0x8000) !== 0,
    (flags >> 11) & 0xf,
    (flags & 0x0200) !== 0,
  ];
  if (!isResponse || opcode !== 0 || wire.readUInt16BE(4) !== 1) return undefined;
  const decoded = decode(truncated ? withoutRecords(wire) : wire);
  if (decoded === undefined || !isSameQuestion(decoded.questions?.[0], query.question)) return undefined;
  const opt = decoded.additionals?.find((record) => record.type === 'OPT');
  return {
    rcode: rcodeName((flags & 0xf) | ((opt?.extendedRcode ?? 0) << 4)),
    authoritative: (flags & 0x0400) !== 0,
    truncated,
    recursionAvailable: (flags & 0x0080) !== 0,
    answers: records(decoded.answers),
    authorities: records(decoded.authorities),
    additionals: records(decoded.additionals),
    extendedErrors: (opt?.options ?? []).flatMap(extendedError),
  };
}

/** A truncated message may end inside a record (RFC 2181, section 9): only its header and question count. */
function withoutRecords(wire: Buffer): Buffer {
  const copy = Buffer.from(wire);
  copy.fill(0, 6, HEADER_BYTES);
  return copy;
}

function decode(wire: Buffer): Packet | undefined {
  try {
    // First, since dns-packet would go on looking past the end for all of the records that a packet claims.
    const end = endOfRecords(wire);
    if (end > wire.length) return undefined;
    const decoded = packet.decode(wire);
    // It cuts short what it has read past the end of a record, and may have lost count by then (NaN).
    const { bytes } = packet.decode as typeof packet.decode & { bytes: number };
    return bytes === end ? decoded : undefined;
  } catch {
    // Whatever a decoder throws on says the same: this is no DNS message.
    return undefined;
  }
}

/**
 * Where the records end by the lengths that they give. dns-packet takes those of most types for granted, and then
 * reads on in the middle of what is something else.
 */
function endOfRecords(wire: Buffer): number {
  let at = endOfName(wire, HEADER_BYTES) + 4;
  const count = wire.readUInt16BE(6) + wire.readUInt16BE(8) + wire.readUInt16BE(10);
  for (let record = 0; record < count; record++) {
    const afterName = endOfName(wire, at);
    at = afterName + 10 + wire.readUInt16BE(afterName + 8);
  }
  return at;
}

function endOfName(wire: Buffer, from: number): number {
  let at = from;
  for (;;) {
    const length = wire.readUInt8(at);
    if (length === 0) return at + 1;
    // A pointer ends the name; dns-packet has followed it.
    if (length >= 0xc0) return at + 2;
    at += 1 + length;
  }
}

function isSameQuestion(
  asked: Packet['questions'] extends (infer Q)[] | undefined ? Q | undefined : never,
  question: Question,
): boolean {
  return asked?.name.toLowerCase() === question.name && asked.type === question.type && asked.class === 'IN';
}

function rcodeName(rcode: number): string {
  return RCODES[rcode] ?? `RCODE${rcode}`;
}

function records(answers: readonly Answer[] | undefined): readonly DnsRecord[] {
  return (answers ?? []).flatMap((answer): DnsRecord[] => {
    // The top bit of the class is multicast DNS's; dns-packet takes it off, but here it makes another class.
    if (answer.type === 'OPT' || !('class' in answer) || answer.class !== 'IN' || answer.flush) return [];
    const owner = { name: answer.name.toLowerCase(), ttlS: ttlOf(answer.ttl) };
    switch (answer.type) {
      case 'TXT':
        return [{ ...owner, type: 'TXT', strings: [answer.data].flat().map(String) }];
      case 'A':
      case 'AAAA':
      case 'CNAME':
      case 'NS':
        return [{ ...owner, type: answer.type, target: answer.data.toLowerCase() }];
      case 'SOA':
        return [
          { ...owner, type: 'SOA', serial: answer.data.serial ?? 0, minimumS: ttlOf(answer.data.minimum) },
        ];
      default:
        return [];
    }
  });
}

/** A TTL with the top bit set counts as zero (RFC 2181, section 8). */
function ttlOf(ttl: number | undefined): number {
  return ttl === undefined || ttl > 0x7fff_ffff ? 0 : ttl;
}

function extendedError(option: { code: number; data?: Buffer | undefined }): ExtendedError[] {
  if (option.code !== EDE_OPTION || option.data === undefined || option.data.length < 2) return [];
  return [{ code: option.data.readUInt16BE(0), text: option.data.toString('utf8', 2) }];
}
