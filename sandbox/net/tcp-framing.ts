import type { Socket } from 'node:net';

const PREFIX_BYTES = 2;

/** Prefixes a message with its two-byte length (RFC 1035, 4.2.2), in one buffer (RFC 7766, 8). */
export function withLengthPrefix(message: Buffer): Buffer {
  const prefix = Buffer.alloc(PREFIX_BYTES);
  prefix.writeUInt16BE(message.length);
  return Buffer.concat([prefix, message]);
}

/** Calls back with each complete message of a connection, whatever its TCP segments. */
export function readMessages(socket: Socket, onMessage: (message: Buffer) => void): void {
  let pending = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => {
    pending = Buffer.concat([pending, chunk]);
    while (pending.length >= PREFIX_BYTES) {
      const end = PREFIX_BYTES + pending.readUInt16BE(0);
      if (pending.length < end) return;
      onMessage(pending.subarray(PREFIX_BYTES, end));
      pending = pending.subarray(end);
    }
  });
}
