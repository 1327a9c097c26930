import { createSocket, type RemoteInfo, type Socket as UdpSocket } from 'node:dgram';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket as TcpSocket } from 'node:net';
import { assertLoopback } from '../net/loopback.ts';
import { readMessages, withLengthPrefix } from '../net/tcp-framing.ts';

/** How a DNS message travels. */
export type Transport = 'udp' | 'tcp';

/** What can go wrong with an answer over TCP; the last two never send it whole. */
export type TcpFault = 'byte-by-byte' | 'close-early' | 'stall';

/** What to send in answer to one query. */
export interface Delivery {
  readonly messages: readonly Buffer[];
  /** Sent first, from another port than the one that was asked; UDP only. */
  readonly fromStranger?: readonly Buffer[];
  readonly tcpFault?: TcpFault | undefined;
}

/** The source of a query. */
export interface Origin {
  readonly transport: Transport;
  /** `address:port` of the client. */
  readonly from: string;
}

/** Answers a message; undefined for silence. */
export type MessageHandler = (bytes: Buffer, origin: Origin) => Promise<Delivery | undefined>;

/** A UDP socket and a TCP server on one port. */
export interface DnsListener {
  readonly port: number;
  close(): Promise<void>;
}

const BIND_ATTEMPTS = 20;

function sendDatagram(socket: UdpSocket, message: Buffer, { port, address }: RemoteInfo): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.send(message, port, address, (error) => (error ? reject(error) : resolve()));
  });
}

async function sendFromStranger(messages: readonly Buffer[], host: string, to: RemoteInfo): Promise<void> {
  const stranger = createSocket('udp4');
  try {
    stranger.bind(0, host);
    await once(stranger, 'listening');
    for (const message of messages) await sendDatagram(stranger, message, to);
  } finally {
    stranger.close();
  }
}

async function sendStream(socket: TcpSocket, { messages, tcpFault }: Delivery): Promise<void> {
  const bytes = Buffer.concat(messages.map(withLengthPrefix));
  const half = bytes.subarray(0, Math.ceil(bytes.length / 2));
  switch (tcpFault) {
    case 'byte-by-byte':
      socket.setNoDelay(true);
      for (const byte of bytes) {
        socket.write(Buffer.of(byte));
        // One turn of the event loop apart, so that each write is its own segment.
        await new Promise(setImmediate);
      }
      return;
    case 'close-early':
      socket.end(half);
      return;
    case 'stall':
      socket.write(half);
      return;
    default:
      socket.write(bytes);
  }
}

/** Binds TCP to a port, by default a free one, and UDP to the same one, which another process may hold. */
async function bindBoth(
  host: string,
  wantedPort: number,
): Promise<{ tcp: Server; udp: UdpSocket; port: number }> {
  for (let attempt = 1; ; attempt += 1) {
    const tcp = createServer();
    tcp.listen(wantedPort, host);
    await once(tcp, 'listening');
    const { port } = tcp.address() as AddressInfo;
    const udp = createSocket('udp4');
    try {
      udp.bind(port, host);
      await once(udp, 'listening');
      return { tcp, udp, port };
    } catch (error) {
      udp.close();
      tcp.close();
      if (attempt === BIND_ATTEMPTS) throw error;
    }
  }
}

/** Listens for DNS messages on loopback, UDP and TCP (RFC 7766) on one port, by default a free one. */
export async function listenForDns(
  host: string,
  handle: MessageHandler,
  wantedPort = 0,
): Promise<DnsListener> {
  assertLoopback(host);
  const { tcp, udp, port } = await bindBoth(host, wantedPort);
  const connections = new Set<TcpSocket>();
  let isClosed = false;

  udp.on('message', async (bytes, peer) => {
    const delivery = await handle(bytes, { transport: 'udp', from: `${peer.address}:${peer.port}` });
    if (delivery === undefined || isClosed) return;
    if (delivery.fromStranger?.length) await sendFromStranger(delivery.fromStranger, host, peer);
    for (const message of delivery.messages) if (!isClosed) await sendDatagram(udp, message, peer);
  });

  tcp.on('connection', (socket) => {
    connections.add(socket);
    socket.on('close', () => connections.delete(socket));
    // A client may close the connection at any time; the 'close' event cleans up.
    socket.on('error', () => socket.destroy());
    const from = `${socket.remoteAddress}:${socket.remotePort}`;
    readMessages(socket, async (bytes) => {
      const delivery = await handle(bytes, { transport: 'tcp', from });
      if (delivery !== undefined && socket.writable) await sendStream(socket, delivery);
    });
  });

  return {
    port,
    close: async () => {
      if (isClosed) return;
      isClosed = true;
      for (const socket of connections) socket.destroy();
      udp.close();
      tcp.close();
      await once(tcp, 'close');
    },
  };
}
