import { constants, type Stats } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { posix } from 'node:path';
import { ActionError } from '../../domain/errors.ts';
import { printable } from '../../text/untrusted.ts';
import { UnreadableTextError } from '../format/unreadable-text-error.ts';
import { isMissing } from './path.ts';

/** A file as it is. */
export interface CurrentFile {
  /** A byte order mark, or empty. */
  readonly mark: string;
  readonly text: string;
  /** In which the text has the bytes of the file. */
  readonly encoding: 'utf8' | 'latin1';
  readonly stats: Stats;
}

const MAX_BYTES = 16 * 1024 * 1024;
const BYTE_ORDER_MARK = '\uFEFF';

/**
 * Reads a file; `undefined` if it does not exist.
 *
 * @param path for messages
 * @param allowsAnyBytes whether it may be in another encoding than UTF-8
 * @throws {ActionError} if it is not a regular file, or is too large
 * @throws {UnreadableTextError} at the first byte that is not text
 */
export async function readCurrent(
  path: string,
  file: string,
  allowsAnyBytes: boolean,
): Promise<CurrentFile | undefined> {
  // Without O_NONBLOCK, opening a FIFO waits for a writer. Windows has neither flag.
  const flags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0);
  let stats: Stats;
  try {
    // Before opening, because opening a device can already have an effect.
    stats = await stat(file);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
  checkKind(path, stats);
  const handle = await open(file, flags);
  try {
    stats = await handle.stat();
    checkKind(path, stats);
    const { text, encoding } = decoded(await readWhole(path, handle), allowsAnyBytes);
    const mark = text.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : '';
    return { mark, text: text.slice(mark.length), encoding, stats };
  } finally {
    await handle.close();
  }
}

function checkKind(path: string, stats: Stats): void {
  if (!stats.isFile()) {
    const kind = stats.isDirectory() ? 'a folder' : 'not a regular file';
    throw new ActionError(`${printable(path)} is ${kind}.`, {
      hint: stats.isDirectory() ? hintAtFolder(path) : 'Set record-file to the path of a file.',
    });
  }
  if (stats.size > MAX_BYTES) throw tooLarge(path);
}

/** Such as `example.com.`, octoDNS' folder of a zone in several files. */
function hintAtFolder(path: string): string {
  const folder = printable(posix.normalize(`${path.replaceAll('\\', '/')}/.`), 200);
  const name = posix.basename(folder);
  const zone = name.slice(0, -1);
  if (!name.endsWith('.') || !zone.includes('.')) return 'Set record-file to the path of a file.';
  return `Set record-file to a file in it, such as ${folder}/$${zone}.yaml or ${folder}/mail.yaml.`;
}

async function readWhole(path: string, handle: FileHandle): Promise<Buffer> {
  // The limit also holds for a file that grows while it is read.
  const bytes = Buffer.alloc(MAX_BYTES + 1);
  let length = 0;
  for (;;) {
    const { bytesRead } = await handle.read(bytes, length, bytes.length - length);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  if (length > MAX_BYTES) throw tooLarge(path);
  return bytes.subarray(0, length);
}

function tooLarge(path: string): ActionError {
  return new ActionError(`${printable(path)} is larger than ${MAX_BYTES / 1024 / 1024} MiB.`, {
    hint: 'Check that record-file is the file with the DNS records.',
  });
}

function decoded(bytes: Buffer, allowsAnyBytes: boolean): Pick<CurrentFile, 'text' | 'encoding'> {
  try {
    return {
      text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes),
      encoding: 'utf8',
    };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    // A zero byte is in no text but UTF-16, which BIND does not read.
    if (allowsAnyBytes && !bytes.includes(0)) return { text: bytes.toString('latin1'), encoding: 'latin1' };
    throw notUtf8(bytes);
  }
}

function notUtf8(bytes: Buffer): UnreadableTextError {
  const repaired = Buffer.from(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes));
  const firstBad = bytes.findIndex((byte, index) => byte !== repaired[index]);
  // The start of a sequence may look like that of the replacement character; a stream keeps it back.
  const text = new TextDecoder('utf-8').decode(bytes.subarray(0, firstBad), { stream: true });
  return new UnreadableTextError(
    'this byte is not UTF-8 text',
    { text, offset: text.length },
    'Save the file as UTF-8.',
  );
}
