import { connect } from 'node:net';
import { decodeResponse } from '../message.ts';
import { createFrameReader } from './frames.ts';
import { silenceOf, type Transport, type TransportOutcome } from './transport.ts';

/** DNS over TCP (RFC 7766): one connection, one query, one time limit over all of it. */
export const tcp: Transport = (query, address, { timeoutMs, signal }) =>
  new Promise<TransportOutcome>((resolve, reject) => {
    signal.throwIfAborted();
    const socket = connect({ host: address.host, port: address.port });
    const onAbort = (): void => finish(() => reject(signal.reason));
    const timer = setTimeout(() => finish(() => resolve({ ok: false, silence: 'timeout' })), timeoutMs);

    function finish(settle: () => void): void {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      socket.destroy();
      settle();
    }

    const frames = createFrameReader((frame) => {
      const message = decodeResponse(frame, query);
      if (message !== undefined) finish(() => resolve({ ok: true, message }));
    });
    signal.addEventListener('abort', onAbort, { once: true });
    socket.on('error', (error) => finish(() => resolve({ ok: false, silence: silenceOf(error) })));
    socket.on('close', () => finish(() => resolve({ ok: false, silence: 'closed' })));
    socket.on('data', frames);
    socket.on('connect', () => {
      const length = Buffer.alloc(2);
      length.writeUInt16BE(query.wire.length);
      // In one segment: some servers read the length and the message only together (RFC 7766, section 8).
      socket.write(Buffer.concat([length, query.wire]));
    });
  });
