/**
 * Splits a byte stream into DNS messages, each with a two-byte length before it (RFC 1035, section 4.2.2).
 * Chunks are joined only when a message is complete, so that a server which sends single bytes costs no more.
 */
export function createFrameReader(onFrame: (frame: Buffer) => void): (chunk: Buffer) => void {
  let [first, rest, bufferedBytes] = [Buffer.alloc(0), [] as Buffer[], 0];
  const join = (): void => {
    // When one chunk holds many messages, the rest is not copied for each of them.
    if (rest.length === 0) return;
    first = Buffer.concat([first, ...rest]);
    rest = [];
  };
  return (chunk) => {
    rest.push(chunk);
    bufferedBytes += chunk.length;
    while (bufferedBytes >= 2) {
      if (first.length < 2) join();
      const frameBytes = 2 + first.readUInt16BE(0);
      if (bufferedBytes < frameBytes) return;
      join();
      onFrame(first.subarray(2, frameBytes));
      first = first.subarray(frameBytes);
      bufferedBytes -= frameBytes;
    }
  };
}
