import { randomUUID } from 'node:crypto';
import { constants, type Stats } from 'node:fs';
import { type FileHandle, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import pLimit, { type LimitFunction } from 'p-limit';
import { ActionError } from '../../domain/errors.ts';
import { printable } from '../../text/untrusted.ts';
import { UnreadableTextError } from '../format/unreadable-text-error.ts';
import { isMissing, locate, staysAt } from './path.ts';

/** The folder with the checked-out repository. Nothing outside it, and no code of GitHub's or git's in it, is read or written. */
export interface Workspace {
  /**
   * Rewrites a text file atomically and keeps its permissions and its byte order mark. An unchanged text is not written.
   * If the path is a symlink, its target is rewritten. Updates of the same file wait for each other.
   *
   * @param path relative to the workspace, or an absolute path inside it; missing folders are created
   * @param change returns the new text. It gets the current one, without a byte order mark, or `undefined` if the file
   *   does not exist
   * @returns whether the text changed, or would have changed with `dryRun`
   * @throws {ActionError} if the path is not allowed, the file is not UTF-8 text of at most 16 MiB, `change` threw an
   *   {@link UnreadableTextError}, or the system refused. The file is then unchanged
   */
  update(
    path: string,
    change: (current: string | undefined) => string,
    options: { readonly dryRun: boolean },
  ): Promise<boolean>;
}

interface CurrentFile {
  /** A byte order mark, or empty. */
  readonly mark: string;
  readonly text: string;
  readonly stats: Stats;
}

const MAX_BYTES = 16 * 1024 * 1024;
const BYTE_ORDER_MARK = '\uFEFF';

/** Opens the workspace at a folder; in a workflow, that is `GITHUB_WORKSPACE`. */
export function openWorkspace(root: string): Workspace {
  const queues = new Map<string, LimitFunction>();
  return {
    async update(path, change, { dryRun }) {
      try {
        const file = await locate(root, path);
        const queue = queues.get(file) ?? pLimit(1);
        queues.set(file, queue);
        return await queue(() => rewrite({ root, path, file, change, dryRun }));
      } catch (error) {
        throw explained(path, error);
      }
    },
  };
}

interface Rewrite {
  readonly root: string;
  /** As the user wrote it, for messages. */
  readonly path: string;
  readonly file: string;
  readonly change: (current: string | undefined) => string;
  readonly dryRun: boolean;
}

async function rewrite({ root, path, file, change, dryRun }: Rewrite): Promise<boolean> {
  const current = await readCurrent(path, file);
  const text = change(current?.text);
  if (text === current?.text) return false;
  if (dryRun) return true;
  const inPlace = (): Promise<void> => staysAt(root, path, file);
  await replaceFile(file, `${current?.mark ?? ''}${text}`, current?.stats, inPlace);
  return true;
}

async function readCurrent(path: string, file: string): Promise<CurrentFile | undefined> {
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
    const text = decodeUtf8(path, await readWhole(path, handle));
    const mark = text.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : '';
    return { mark, text: text.slice(mark.length), stats };
  } finally {
    await handle.close();
  }
}

function checkKind(path: string, stats: Stats): void {
  if (!stats.isFile()) {
    const kind = stats.isDirectory() ? 'a folder' : 'not a regular file';
    throw new ActionError(`${printable(path)} is ${kind}.`, {
      hint: 'Set record-file to the path of a file.',
    });
  }
  if (stats.size > MAX_BYTES) throw tooLarge(path);
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

function decodeUtf8(path: string, bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    throw new ActionError(`${printable(path)} is not UTF-8 text. Nothing was written.`, {
      hint: 'Save the file as UTF-8.',
      cause: error,
    });
  }
}

/** Never through a symlink, and never over something that is there. */
const NEW_FILE = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | (constants.O_NOFOLLOW ?? 0);

/**
 * Writes a temporary file and renames it, so that a reader sees either the old text or the new one.
 *
 * @param inPlace rejects once the path leads somewhere else: asked before anything is written, and again before the rename
 */
async function replaceFile(
  file: string,
  text: string,
  old: Stats | undefined,
  inPlace: () => Promise<void>,
): Promise<void> {
  await inPlace();
  const folder = dirname(file);
  await mkdir(folder, { recursive: true });
  const temporary = join(folder, `.cloudflare-sso-${randomUUID()}.tmp`);
  try {
    const handle = await open(temporary, NEW_FILE, 0o666);
    try {
      await handle.writeFile(text);
      if (old !== undefined) await keepPermissions(handle, old);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await inPlace();
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

async function keepPermissions(handle: FileHandle, old: Stats): Promise<void> {
  const { uid, gid } = await handle.stat();
  if (uid !== old.uid || gid !== old.gid) {
    // Only root can change the owner; otherwise the file belongs to the current user.
    await handle.chown(old.uid, old.gid).catch(() => {});
  }
  // After chown, which clears some mode bits.
  await handle.chmod(old.mode & 0o7777);
}

function explained(path: string, error: unknown): unknown {
  if (error instanceof UnreadableTextError) {
    const place = `${printable(path)}:${error.line}:${error.column}`;
    const message = `${place}: ${printable(error.message)}. Nothing was written.`;
    return new ActionError(message, { hint: error.hint, cause: error });
  }
  // Anything that is not a system error is a defect and must stay recognisable as one.
  if (!(error instanceof Error && 'code' in error && 'syscall' in error)) return error;
  return new ActionError(`${printable(path)} could not be read or written: ${printable(error.message)}.`, {
    hint: 'Check that the path is correct and that the job can write there.',
    cause: error,
  });
}
