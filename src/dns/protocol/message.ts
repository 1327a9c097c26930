import { randomInt } from 'node:crypto';
import packet, { type Answer, type Packet } from 'dns-packet';

/** The record types that this action asks for. */
export type QuestionType = 'TXT' | 'SOA' | 'NS' | 'A' | 'AAAA' | 'MX';

/** A question: an owner name without the final dot, in class IN. The root is `.`. */
export interface Question {
  readonly name: string;
  readonly type: QuestionType;
}

/** An encoded query, with what identifies its answer. */
export interface Query {
  readonly id: number;
  readonly question: Question;
  /** It has an OPT record (RFC 6891). */
  readonly edns: boolean;
  readonly wire: Buffer;
}

/** A resource record of a type that this action reads. Names are lower case, without the final dot; the root is `.`. */
export type DnsRecord = { readonly name: string; readonly ttlS: number } & (
  | { readonly type: 'TXT'; readonly strings: readonly string[] }
  | { readonly type: 'A' | 'AAAA' | 'CNAME' | 'NS' | 'MX'; readonly target: string }
  | { readonly type: 'SOA'; readonly serial: number; readonly minimumS: number }
);

/** An Extended DNS Error (RFC 8914). */
export interface ExtendedError {
  readonly code: number;
  readonly text: string;
}

/** A response, reduced to what this action reads. */
export interface DnsMessage {
  /** Name of the RCODE, including the extended bits of EDNS: `NOERROR`, `NXDOMAIN`, `BADVERS`… */
  readonly rcode: string;
  readonly authoritative: boolean;
  readonly truncated: boolean;
  readonly recursionAvailable: boolean;
  readonly answers: readonly DnsRecord[];
  readonly authorities: readonly DnsRecord[];
  readonly additionals: readonly DnsRecord[];
  readonly extendedErrors: readonly ExtendedError[];
}

/** The largest payload that avoids IP fragmentation (DNS flag day 2020). */
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
 * Encodes a query with an unpredictable ID (RFC 5452).
 *
 * @throws RangeError for a name that is too long for DNS; dns-packet would encode it wrongly
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
  return { id, question, edns: options.edns, wire };
}

/** Whether the name fits into a query; the root, `.`, does. Names in NS records are untrusted. */
export function isAskable(name: string): boolean {
  if (name === '.') return true;
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
 * How a packet came: over a connection it is from the server that was asked; a datagram may have any sender who knows
 * the ID and the ports.
 */
export type Arrival = 'datagram' | 'connection';

/**
 * Reads a packet as the response to `query`.
 *
 * @returns `undefined` for anything else: another ID or question, a query, garbage. Such a packet may be forged and
 *   must not end the query (RFC 5452, section 9).
 */
export function decodeResponse(
  wire: Buffer,
  query: Query,
  arrival: Arrival = 'datagram',
): DnsMessage | undefined {
  if (wire.length < HEADER_BYTES || wire.readUInt16BE(0) !== query.id) return undefined;
  const flags = wire.readUInt16BE(2);
  const [isResponse, opcode, truncated] = [
    (flags & 0x8000) !== 0,
    (flags >> 11) & 0xf,
    (flags & 0x0200) !== 0,
  ];
  if (!isResponse || opcode !== 0) return undefined;
  if (wire.length === HEADER_BYTES) return bareError(wire, query, arrival);
  if (wire.readUInt16BE(4) !== 1) return undefined;
  const decoded = decodePacket(truncated ? withoutRecords(wire) : wire);
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

/** What a server answers that does not understand the OPT record (RFC 6891, section 7). */
const EDNS_UNKNOWN: ReadonlySet<string> = new Set(['FORMERR', 'NOTIMP']);
const BARE_ERRORS: ReadonlySet<string> = new Set([...EDNS_UNKNOWN, 'SERVFAIL', 'REFUSED']);

/**
 * Reads an error that is a header alone, without the question: some servers without EDNS send FORMERR this way, and
 * Unbound REFUSED to clients that it does not serve. With no question to compare, one in a datagram must not end a query
 * (RFC 5452, section 9.1). So a datagram counts only if it says that the server does not know EDNS: then the same
 * question is asked without EDNS, and only the answer to that counts. Whatever else comes this way counts over a
 * connection, which is tried next. TC=1 never does: after it, nobody is asked over UDP again.
 */
function bareError(header: Buffer, query: Query, arrival: Arrival): DnsMessage | undefined {
  const flags = header.readUInt16BE(2);
  const rcode = rcodeName(flags & 0xf);
  const leadsToPlainDns = query.edns && EDNS_UNKNOWN.has(rcode);
  const counts = arrival === 'connection' ? BARE_ERRORS.has(rcode) : leadsToPlainDns;
  const isBare = header.subarray(4).every((byte) => byte === 0) && (flags & 0x0200) === 0;
  if (!counts || !isBare) return undefined;
  return {
    rcode,
    authoritative: (flags & 0x0400) !== 0,
    truncated: false,
    recursionAvailable: (flags & 0x0080) !== 0,
    answers: [],
    authorities: [],
    additionals: [],
    extendedErrors: [],
  };
}

/** A truncated message may end inside a record (RFC 2181, section 9), so only its header and question are read. */
function withoutRecords(wire: Buffer): Buffer {
  const copy = Buffer.from(wire);
  copy.fill(0, 6, HEADER_BYTES);
  return copy;
}

function decodePacket(wire: Buffer): Packet | undefined {
  try {
    // Checked first: dns-packet reads past the end when a packet claims more records than it has.
    const end = endOfRecords(wire);
    if (end > wire.length) return undefined;
    const decoded = packet.decode(wire);
    // dns-packet silently shortens a record that ends too early; its byte count is then wrong, or NaN.
    const { bytes } = packet.decode as typeof packet.decode & { bytes: number };
    return bytes === end ? decoded : undefined;
  } catch {
    // Whatever the error, this is not a DNS message.
    return undefined;
  }
}

/**
 * Where the records end according to their length fields. dns-packet ignores the length of most types and would
 * continue in the middle of other data.
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
    // A compression pointer ends the name; dns-packet follows it.
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
    // dns-packet reads the top bit of the class as multicast DNS's flush flag; in unicast DNS it is another class.
    if (answer.type === 'OPT' || !('class' in answer) || answer.class !== 'IN' || answer.flush) return [];
    const owner = { name: answer.name.toLowerCase(), ttlS: usableTtl(answer.ttl) };
    switch (answer.type) {
      case 'TXT':
        return [{ ...owner, type: 'TXT', strings: [answer.data].flat().map(String) }];
      case 'A':
      case 'AAAA':
      case 'CNAME':
      case 'NS':
        return [{ ...owner, type: answer.type, target: answer.data.toLowerCase() }];
      case 'MX':
        return [{ ...owner, type: 'MX', target: answer.data.exchange.toLowerCase() }];
      case 'SOA':
        return [
          {
            ...owner,
            type: 'SOA',
            serial: answer.data.serial ?? 0,
            minimumS: usableTtl(answer.data.minimum),
          },
        ];
      default:
        return [];
    }
  });
}

/** A TTL with the top bit set counts as zero (RFC 2181, section 8). */
function usableTtl(ttl: number | undefined): number {
  return ttl === undefined || ttl > 0x7fff_ffff ? 0 : ttl;
}

function extendedError(option: { code: number; data?: Buffer | undefined }): ExtendedError[] {
  if (option.code !== EDE_OPTION || option.data === undefined || option.data.length < 2) return [];
  return [{ code: option.data.readUInt16BE(0), text: option.data.toString('utf8', 2) }];
}
