import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { decode } from 'dns-packet';

/** A UDP address in front of a DNS server, at which the TXT questions are counted. */
export interface Relay {
  /** `host:port`. */
  readonly address: string;
  readonly port: number;
  /** When each TXT question came, in milliseconds since the epoch. */
  readonly txtQuestions: readonly number[];
  close(): void;
}

/** Passes UDP queries on to `targetPort` on 127.0.0.1 and its answers back. */
export async function startRelay(targetPort: number): Promise<Relay> {
  const front = createSocket('udp4');
  const txtQuestions: number[] = [];
  let isOpen = true;
  front.on('message', (query, client) => {
    if (decode(query).questions?.[0]?.type === 'TXT') txtQuestions.push(Date.now());
    const back = createSocket('udp4');
    const timer = setTimeout(() => back.close(), 5000);
    back.once('message', (answer) => {
      clearTimeout(timer);
      back.close();
      // The action may end before the last resolver has answered.
      if (isOpen) front.send(answer, client.port, client.address);
    });
    back.send(query, targetPort, '127.0.0.1');
  });
  front.bind(0, '127.0.0.1');
  await once(front, 'listening');
  const { port } = front.address();
  const close = (): void => {
    isOpen = false;
    front.close();
  };
  return { address: `127.0.0.1:${port}`, port, txtQuestions, close };
}
