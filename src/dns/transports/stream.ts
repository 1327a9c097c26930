import type { Socket } from 'node:net';
import { decodeResponse, type Query } from '../protocol/message.ts';
import { createFrameReader } from './frames.ts';
import { type Limits, type TransportOutcome, withinLimits } from './transport.ts';

/** One query over one new connection (RFC 7766), which is open once it emits `readyEvent`. */
export function askOverStream(
  query: Query,
  limits: Limits,
  readyEvent: 'connect' | 'secureConnect',
  open: () => Socket,
): Promise<TransportOutcome> {
  return withinLimits(limits, ({ settle, fail }) => {
    const socket = open();
    const onFrame = (frame: Buffer): void => {
      const message = decodeResponse(frame, query);
      if (message !== undefined) settle({ ok: true, message });
    };
    socket.on('error', fail);
    socket.on('close', () => settle({ ok: false, silence: 'closed' }));
    socket.on('data', createFrameReader(onFrame));
    socket.on(readyEvent, () => {
      const length = Buffer.alloc(2);
      length.writeUInt16BE(query.wire.length);
      // In one segment: some servers read the length and the message only together (RFC 7766, section 8).
      socket.write(Buffer.concat([length, query.wire]));
    });
    return () => socket.destroy();
  });
}
