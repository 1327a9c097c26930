import { createSocket } from 'node:dgram';
import { isIPv6 } from 'node:net';
import { decodeResponse } from '../protocol/message.ts';
import { type Transport, withinLimits } from './transport.ts';

/**
 * DNS over UDP (RFC 1035, section 4.2.1). A new connected socket for every query: its port is as
 * unpredictable as the ID, the kernel drops what comes from any other address, and an ICMP error ends the
 * wait at once.
 */
export const udp: Transport = (query, { host, port }, limits) =>
  withinLimits(limits, ({ settle, fail }) => {
    const socket = createSocket(isIPv6(host) ? 'udp6' : 'udp4');
    let isOpen = true;
    socket.on('error', fail);
    socket.on('message', (wire) => {
      const message = decodeResponse(wire, query);
      if (message !== undefined) settle({ ok: true, message });
    });
    // A failure to send reaches the error event too. A failure to connect (no route, no permission) only does
    // as long as connect() has no callback: that would be called with the error instead.
    socket.on('connect', () => {
      if (isOpen) socket.send(query.wire);
    });
    socket.connect(port, host);
    return () => {
      isOpen = false;
      socket.close();
    };
  });
