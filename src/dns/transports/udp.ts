import { createSocket } from 'node:dgram';
import { ipFamily } from '../../text/ip-family.ts';
import { decodeResponse } from '../protocol/message.ts';
import { type Transport, withinLimits } from './transport.ts';

/**
 * DNS over UDP (RFC 1035, section 4.2.1). Each query has its own connected socket: the port is as unpredictable as the
 * ID, the kernel drops packets from other addresses, and an ICMP error ends the exchange at once.
 */
export const udp: Transport = (query, { host, port }, limits) =>
  withinLimits(limits, ({ settle, fail }) => {
    const socket = createSocket(ipFamily(host) === 6 ? 'udp6' : 'udp4');
    let isOpen = true;
    socket.on('error', fail);
    socket.on('message', (wire) => {
      const message = decodeResponse(wire, query);
      if (message !== undefined) settle({ ok: true, message });
    });
    // connect() has no callback because it would get the error (no route, no permission) instead of the error event.
    // Errors of send() reach that event too.
    socket.on('connect', () => {
      if (isOpen) socket.send(query.wire);
    });
    socket.connect(port, host);
    return () => {
      isOpen = false;
      socket.close();
    };
  });
