import { afterEach, describe, expect, it, vi } from 'vitest';
import { createFrameReader } from '../../../src/dns/transports/frames.ts';

function frame(content: Buffer | string): Buffer {
  const body = Buffer.from(content);
  const length = Buffer.alloc(2);
  length.writeUInt16BE(body.length);
  return Buffer.concat([length, body]);
}

/** All frames out of a stream that arrives in chunks of the given size. */
function readInChunks(stream: Buffer, chunkBytes: number): readonly string[] {
  const frames: string[] = [];
  const read = createFrameReader((body) => frames.push(body.toString('latin1')));
  for (let at = 0; at < stream.length; at += chunkBytes) read(stream.subarray(at, at + chunkBytes));
  return frames;
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe('the frame reader', () => {
  const contents = ['one', '', 'two', 'x'.repeat(300), 'y'];
  const stream = Buffer.concat(contents.map(frame));

  it('finds the same messages however the stream is cut', () => {
    for (let chunkBytes = 1; chunkBytes <= stream.length; chunkBytes++) {
      expect(readInChunks(stream, chunkBytes)).toEqual(contents);
    }
  });

  it('hands out a message as soon as its last byte is there, and none before', () => {
    const frames: Buffer[] = [];
    const read = createFrameReader((body) => frames.push(body));
    const bytes = frame('hello');
    read(bytes.subarray(0, -1));
    expect(frames).toEqual([]);
    read(bytes.subarray(-1));
    expect(frames).toEqual([Buffer.from('hello')]);
  });

  it('takes messages of 65,535 bytes', () => {
    const largest = 'z'.repeat(0xffff);
    expect(readInChunks(Buffer.concat([frame(largest), frame('next')]), 1460)).toEqual([largest, 'next']);
  });

  it('copies 64 kB that arrive byte by byte a few times at most, not once for each byte', () => {
    const large = frame(Buffer.alloc(0xffff, 1));
    const concat = Buffer.concat;
    let copiedBytes = 0;
    vi.spyOn(Buffer, 'concat').mockImplementation((list, total) => {
      const joined = concat(list, total);
      copiedBytes += joined.length;
      return joined;
    });
    expect(readInChunks(large, 1)).toHaveLength(1);
    expect(copiedBytes).toBeLessThan(4 * large.length);
  });

  it('does not copy the rest of a chunk again for each of many small messages in it', () => {
    const many = Buffer.concat(Array.from({ length: 10_000 }, () => frame('abcd')));
    const concat = Buffer.concat;
    let copiedBytes = 0;
    vi.spyOn(Buffer, 'concat').mockImplementation((list, total) => {
      const joined = concat(list, total);
      copiedBytes += joined.length;
      return joined;
    });
    expect(readInChunks(many, many.length)).toHaveLength(10_000);
    expect(copiedBytes).toBeLessThan(4 * many.length);
  });
});
