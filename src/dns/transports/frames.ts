/**
 * Cuts a byte stream into DNS messages: each is led by its length in two bytes (RFC 1035, section 4.2.2).
 * Bytes are joined once a message is whole, so that a server that sends them one by one costs no more.
 */
export function createFrameReader(onFrame: (frame: Buffer) => void): (chunk: Buffer) => void {
  let [first, rest, bufferedBytes] = [Buffer.alloc(0), [] as Buffer[], 0];
  const join = (): void => {
    // Most messages of a chunk with many need no new copy of what follows them.
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
