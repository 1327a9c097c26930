import type { Socket } from 'node:net';
import { decodeResponse, type Query } from '../protocol/message.ts';
import { createFrameReader } from './frames.ts';
import { type Limits, type TransportOutcome, withinLimits } from './transport.ts';

/** Sends one query over a new connection (RFC 7766), which is open when it emits `readyEvent`. */
export function askOverStream(
  query: Query,
  limits: Limits,
  readyEvent: 'connect' | 'secureConnect',
  open: () => Socket,
): Promise<TransportOutcome> {
  return withinLimits(limits, ({ settle, fail }) => {
    const socket = open();
    const onFrame = (frame: Buffer): void => {
      const message = decodeResponse(frame, query, 'connection');
      if (message !== undefined) settle({ ok: true, message });
    };
    socket.on('error', fail);
    socket.on('close', () => settle({ ok: false, silence: 'closed' }));
    socket.on('data', createFrameReader(onFrame));
    socket.on(readyEvent, () => {
      const length = Buffer.alloc(2);
      length.writeUInt16BE(query.wire.length);
      // One write: some servers expect the length and the message in the same segment (RFC 7766, section 8).
      socket.write(Buffer.concat([length, query.wire]));
    });
    return () => socket.destroy();
  });
}
