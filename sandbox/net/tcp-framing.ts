import type { Socket } from 'node:net';

const PREFIX_BYTES = 2;

/** Puts the two-byte length in front of a message (RFC 1035, 4.2.2), in one buffer (RFC 7766, 8). */
export function withLengthPrefix(message: Buffer): Buffer {
  const prefix = Buffer.alloc(PREFIX_BYTES);
  prefix.writeUInt16BE(message.length);
  return Buffer.concat([prefix, message]);
}

/** Calls back with each whole message of a connection, however its bytes are cut into segments. */
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
