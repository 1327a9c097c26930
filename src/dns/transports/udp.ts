import { createSocket } from 'node:dgram';
import { isIPv6 } from 'node:net';
import { decodeResponse } from '../message.ts';
import { silenceOf, type Transport, type TransportOutcome } from './transport.ts';

/**
 * DNS over UDP (RFC 1035, section 4.2.1). A new connected socket for every query: its port is as
 * unpredictable as the ID, the kernel drops what comes from any other address, and an ICMP error ends the
 * wait at once.
 */
export const udp: Transport = (query, address, { timeoutMs, signal }) =>
  new Promise<TransportOutcome>((resolve, reject) => {
    signal.throwIfAborted();
    const socket = createSocket(isIPv6(address.host) ? 'udp6' : 'udp4');
    const onAbort = (): void => finish(() => reject(signal.reason));
    const timer = setTimeout(() => finish(() => resolve({ ok: false, silence: 'timeout' })), timeoutMs);
    let finished = false;

    function finish(settle: () => void): void {
      if (finished) return;
      finished = true;
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      socket.close();
      settle();
    }

    signal.addEventListener('abort', onAbort, { once: true });
    socket.on('error', (error) => finish(() => resolve({ ok: false, silence: silenceOf(error) })));
    socket.on('message', (wire) => {
      const message = decodeResponse(wire, query);
      if (message !== undefined) finish(() => resolve({ ok: true, message }));
    });
    // A send error reaches the error event too; a callback would only tell it twice. To connect(), a callback
    // would even take the error away from the event.
    socket.on('connect', () => {
      if (!finished) socket.send(query.wire);
    });
    socket.connect(address.port, address.host);
  });
