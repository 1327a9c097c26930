import { randomInt } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { on, once } from 'node:events';
import { connect } from 'node:net';
import { type Answer, type DecodedPacket, decode, type RecordType } from 'dns-packet';
import { parseAddress } from '../net/loopback.ts';
import { readMessages, withLengthPrefix } from '../net/tcp-framing.ts';
import { encodeQuery, tryDecode } from './message.ts';

/** A question to one server of the sandbox. */
export interface Exchange {
  /** `address:port`. */
  readonly server: string;
  readonly name: string;
  readonly type: RecordType;
  readonly rd?: boolean;
  /** For the whole exchange; default 1000. */
  readonly timeoutMs?: number;
  /** Gives up at once. */
  readonly signal?: AbortSignal;
}

function isAnswerTo(packet: DecodedPacket | undefined, query: DecodedPacket): packet is DecodedPacket {
  const [asked] = query.questions ?? [];
  const [told] = packet?.questions ?? [];
  return (
    packet?.flag_qr === true &&
    packet.id === query.id &&
    told?.name === asked?.name &&
    told?.type === asked?.type
  );
}

async function askByUdp(server: string, query: Buffer, signal: AbortSignal): Promise<DecodedPacket> {
  const { host, port } = parseAddress(server);
  const socket = createSocket('udp4');
  try {
    // A connected socket receives only from its server.
    socket.connect(port, host);
    await once(socket, 'connect', { signal });
    const messages = on(socket, 'message', { signal });
    socket.send(query);
    for await (const [bytes] of messages) {
      const packet = tryDecode(bytes);
      if (isAnswerTo(packet, decode(query))) return packet;
    }
    throw new Error(`${server} sent no answer`);
  } finally {
    socket.close();
  }
}

async function askByTcp(server: string, query: Buffer, signal: AbortSignal): Promise<DecodedPacket> {
  const { host, port } = parseAddress(server);
  const socket = connect({ host, port, signal });
  try {
    return await new Promise<DecodedPacket>((resolve, reject) => {
      readMessages(socket, (message) => {
        const packet = tryDecode(message);
        if (isAnswerTo(packet, decode(query))) resolve(packet);
        else reject(new Error(`${server} sent something else than an answer`));
      });
      socket.once('error', reject);
      socket.once('end', () => reject(new Error(`${server} closed the connection without an answer`)));
      socket.write(withLengthPrefix(query));
    });
  } finally {
    socket.destroy();
  }
}

/**
 * Asks one server over UDP, then over TCP if the answer is truncated.
 *
 * @throws Error when no answer comes in time
 */
export async function exchange(options: Exchange): Promise<DecodedPacket> {
  const { server, name, type, rd = false, timeoutMs = 1000 } = options;
  const timeout = AbortSignal.timeout(timeoutMs);
  const signal = options.signal === undefined ? timeout : AbortSignal.any([timeout, options.signal]);
  const query = encodeQuery({ id: randomInt(0x10000), name, type, rd });
  const answer = await askByUdp(server, query, signal);
  return answer.flag_tc ? askByTcp(server, query, signal) : answer;
}

/** The text of a TXT record: its character-strings, concatenated. */
export function joinedText(record: Answer): string | undefined {
  if (record.type !== 'TXT') return undefined;
  const parts = Array.isArray(record.data) ? record.data : [record.data];
  return Buffer.concat(parts.map((part) => Buffer.from(part))).toString();
}
