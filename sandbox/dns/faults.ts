import type { Answer, RecordType } from 'dns-packet';
import type { Repeated } from '../net/fault-rules.ts';
import type { Delivery, TcpFault, Transport } from './listener.ts';
import {
  type DnsQuery,
  type DnsResponse,
  type ExtendedError,
  encodeResponse,
  type Rcode,
} from './message.ts';
import { normalizeName } from './names.ts';

/** The field that shows that a message is forged. */
export type Forgery =
  | 'wrong-id'
  | 'wrong-question'
  | 'wrong-class'
  | 'wrong-opcode'
  | 'no-question'
  | 'not-a-response'
  | 'wrong-source'
  | 'garbage';

/** Queries that a rule matches; an absent field matches all. */
export interface DnsFaultMatch {
  readonly name?: string;
  readonly type?: RecordType;
  readonly transport?: Transport;
  /** CD=1: the client wants an answer even if DNSSEC validation fails. */
  readonly cd?: boolean;
  readonly edns?: boolean;
}

/** One way for a DNS server to misbehave. The effects can be combined. */
export interface DnsFaultRule extends Repeated {
  readonly when?: DnsFaultMatch;
  /** Never answers. */
  readonly drop?: boolean;
  /** Delays the answer. */
  readonly delayMs?: number;
  /** Answers with empty sections and this code. */
  readonly rcode?: Rcode;
  /** Adds an Extended DNS Error (RFC 8914). */
  readonly ede?: ExtendedError;
  /** Answers TC=1 with empty sections; UDP only. */
  readonly truncate?: boolean;
  /** AA=0: a lame server, or an impostor. */
  readonly clearAa?: boolean;
  /** RA=1: a resolver instead of an authoritative server. */
  readonly setRa?: boolean;
  /** Answers queries with an OPT record this way; FORMERR has no OPT record (RFC 6891, 7). */
  readonly refuseEdns?: 'FORMERR' | 'BADVERS';
  /** Changes the answer before it is encoded. */
  readonly rewrite?: (response: DnsResponse, query: DnsQuery) => DnsResponse;
  /** Changes the encoded answer: truncates, breaks or repeats it. */
  readonly mutate?: (message: Buffer) => Buffer | Buffer[];
  /** Forgeries that arrive before the true answer; UDP only. */
  readonly forge?: readonly Forgery[];
  /** The text of the TXT record in each forgery: a client that returns it believed one. */
  readonly forgedTxt?: string;
  /** What goes wrong on a TCP connection. */
  readonly tcp?: TcpFault;
}

/** The size that a TCP message's length prefix allows (RFC 7766, 8). */
const TCP_LIMIT_BYTES = 65_535;
/** The UDP limit for a client without EDNS (RFC 1035, 4.2.1). */
const PLAIN_UDP_LIMIT_BYTES = 512;
const OPCODE_STATUS = 2 << 11;

/** Whether a rule matches this query. */
export function matchesQuery(rule: DnsFaultRule, query: DnsQuery, transport: Transport): boolean {
  const { name, type, transport: wantedTransport, cd, edns } = rule.when ?? {};
  if (rule.refuseEdns !== undefined && query.edns === undefined) return false;
  return (
    (name === undefined || normalizeName(name) === normalizeName(query.question.name)) &&
    (type === undefined || type === query.question.type) &&
    (wantedTransport === undefined || wantedTransport === transport) &&
    (cd === undefined || cd === query.cd) &&
    (edns === undefined || edns === (query.edns !== undefined))
  );
}

function misshape(
  response: DnsResponse,
  query: DnsQuery,
  rule: DnsFaultRule,
  transport: Transport,
): DnsResponse {
  const empty = { answers: [], authorities: [], additionals: [] };
  const rcode = rule.refuseEdns ?? rule.rcode;
  const shaped: DnsResponse = {
    ...response,
    ...(rcode && { ...empty, rcode }),
    ...(rule.truncate && transport === 'udp' && { ...empty, tc: true }),
    ...(rule.clearAa && { aa: false }),
    ...(rule.setRa && { ra: true }),
    ...(rule.ede && { ede: rule.ede }),
  };
  return rule.rewrite?.(shaped, query) ?? shaped;
}

/** A forged answer with a false TXT record that is wrong in one field. */
function forgeMessage(query: DnsQuery, text: string, forgery: Forgery): Buffer {
  const { id, question } = query;
  const record: Answer = { name: question.name, type: 'TXT', ttl: 300, data: [text] };
  const isForeign = forgery === 'wrong-question';
  const asked = isForeign ? { ...question, name: `not-${question.name}` } : question;
  const pretended = {
    ...query,
    id: forgery === 'wrong-id' ? id ^ 0xffff : id,
    question: forgery === 'wrong-class' ? { ...asked, class: 'CH' as const } : asked,
  };
  const response: DnsResponse = { rcode: 'NOERROR', aa: true, answers: [record] };
  const message = encodeResponse(pretended, response, TCP_LIMIT_BYTES);
  const flags = message.readUInt16BE(2);
  switch (forgery) {
    case 'garbage':
      return Buffer.from('this is not a DNS message');
    case 'not-a-response':
      message.writeUInt16BE(flags & 0x7fff, 2);
      return message;
    case 'wrong-opcode':
      message.writeUInt16BE(flags | OPCODE_STATUS, 2);
      return message;
    case 'no-question': {
      const bare = Buffer.from(message.subarray(0, 12));
      bare.fill(0, 4);
      return bare;
    }
    default:
      return message;
  }
}

/** Turns an answer into the bytes to send, with the fault rule applied, if any. */
export function toDelivery(
  query: DnsQuery,
  response: DnsResponse,
  transport: Transport,
  rule: DnsFaultRule = {},
): Delivery {
  const udpLimit = Math.max(PLAIN_UDP_LIMIT_BYTES, query.edns?.udpPayloadBytes ?? 0);
  const limitBytes = transport === 'tcp' ? TCP_LIMIT_BYTES : udpLimit;
  const { edns: _without, ...plainQuery } = query;
  const answered = rule.refuseEdns === 'FORMERR' ? plainQuery : query;
  const message = encodeResponse(answered, misshape(response, query, rule, transport), limitBytes);
  const mutated = rule.mutate?.(message) ?? message;

  const { forge = [], forgedTxt = 'forged' } = transport === 'udp' ? rule : {};
  const forgeries = (wanted: boolean) =>
    forge
      .filter((forgery) => (forgery === 'wrong-source') === wanted)
      .map((forgery) => forgeMessage(query, forgedTxt, forgery));
  return {
    fromStranger: forgeries(true),
    messages: [...forgeries(false), ...(Array.isArray(mutated) ? mutated : [mutated])],
    tcpFault: rule.tcp,
  };
}
