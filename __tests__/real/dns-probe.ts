import { createSocket } from 'node:dgram';
import { connect } from 'node:net';
import {
  type Answer,
  type DecodedPacket,
  decode,
  encode,
  RECURSION_DESIRED,
  type RecordType,
} from 'dns-packet';

/** A question as the tests put it on the wire. */
export interface Probe {
  readonly id?: number;
  readonly name: string;
  readonly type?: RecordType;
  readonly flags?: number;
  /** Adds an OPT record with this UDP size. */
  readonly ednsBytes?: number;
  readonly ednsVersion?: number;
}

/** One datagram that came back. */
export interface Arrival {
  readonly bytes: Buffer;
  readonly port: number;
}

/** Encodes a question. */
export function question(probe: Probe): Buffer {
  const { id = 4711, name, type = 'TXT', flags = RECURSION_DESIRED, ednsBytes, ednsVersion = 0 } = probe;
  const opt: Answer = {
    type: 'OPT',
    name: '.',
    udpPayloadSize: ednsBytes ?? 0,
    extendedRcode: 0,
    ednsVersion,
    flags: 0,
    flag_do: false,
    options: [],
  };
  const additionals = ednsBytes === undefined ? [] : [opt];
  return encode({ type: 'query', id, flags, questions: [{ name, type }], additionals });
}

/** Sends datagrams and gives back the first `count` that arrive, from wherever they come. */
export function sendUdp(port: number, sent: Buffer | Buffer[], count = 1): Promise<Arrival[]> {
  return new Promise((resolve, reject) => {
    const arrivals: Arrival[] = [];
    const socket = createSocket('udp4');
    socket.on('error', reject);
    socket.on('message', (message, peer) => {
      arrivals.push({ bytes: message, port: peer.port });
      if (arrivals.length === count) socket.close(() => resolve(arrivals));
    });
    for (const bytes of [sent].flat()) socket.send(bytes, port, '127.0.0.1');
  });
}

/** Asks over UDP. */
export async function askUdp(port: number, probe: Probe): Promise<DecodedPacket> {
  const [arrival] = await sendUdp(port, question(probe));
  if (arrival === undefined) throw new Error('no datagram came');
  return decode(arrival.bytes);
}

/** Sends bytes over TCP until `isDone` has seen enough of what comes back, or the server hangs up. */
export function sendTcp(
  port: number,
  bytes: Buffer,
  isDone: (received: Buffer, chunks: number) => boolean,
): Promise<{ received: Buffer; chunks: number; ended: boolean }> {
  return new Promise((resolve, reject) => {
    let received = Buffer.alloc(0);
    let chunks = 0;
    const socket = connect(port, '127.0.0.1');
    const finish = (ended: boolean) => {
      socket.destroy();
      resolve({ received, chunks, ended });
    };
    socket.on('error', reject);
    socket.on('end', () => finish(true));
    socket.on('data', (chunk: Buffer) => {
      received = Buffer.concat([received, chunk]);
      chunks += 1;
      if (isDone(received, chunks)) finish(false);
    });
    socket.write(bytes);
  });
}

/** Puts the two-byte length in front of a message. */
export function framed(message: Buffer): Buffer {
  return Buffer.concat([Buffer.of(message.length >> 8, message.length & 0xff), message]);
}

/** Takes a TCP stream apart into its whole messages. */
export function unframed(stream: Buffer): Buffer[] {
  if (stream.length < 2 || stream.length < 2 + stream.readUInt16BE(0)) return [];
  const end = 2 + stream.readUInt16BE(0);
  return [stream.subarray(2, end), ...unframed(stream.subarray(end))];
}

/** Asks over TCP. */
export async function askTcp(port: number, probe: Probe): Promise<DecodedPacket> {
  const { received } = await sendTcp(port, framed(question(probe)), (bytes) => unframed(bytes).length === 1);
  const [message] = unframed(received);
  if (message === undefined) throw new Error('the server hung up');
  return decode(message);
}

/** The response code by number. */
export function rcode(packet: DecodedPacket): number {
  return (packet.flags ?? 0) & 0xf;
}

/** The texts of all TXT records in the answer section, each joined. */
export function texts(packet: DecodedPacket): string[] {
  return (packet.answers ?? []).flatMap((record) =>
    record.type === 'TXT' ? [[record.data].flat().map(String).join('')] : [],
  );
}

/** The TTLs of a section. */
export function ttls(records: readonly Answer[] | undefined): (number | undefined)[] {
  return (records ?? []).map((record) => ('ttl' in record ? record.ttl : undefined));
}
