import { randomUUID } from 'node:crypto';
import { constants, type Stats } from 'node:fs';
import { type FileHandle, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import pLimit, { type LimitFunction } from 'p-limit';
import { ActionError } from '../../domain/errors.ts';
import { printable } from '../../text/untrusted.ts';
import { UnreadableTextError } from '../format/record-format.ts';
import { isMissing, locate } from './path.ts';

/** The folder with the checked-out repository; nothing outside it and nothing of git's is read or written. */
export interface Workspace {
  /**
   * Rewrites a text file through `change`: in one step, with its permissions, and not at all when the text stays the
   * same. A symlink stays one, and what it leads to is rewritten. Updates of one file wait for each other.
   *
   * @param path relative to the workspace, or an absolute path inside; missing folders are made
   * @param change from the text as it is, `undefined` when there is no such file, to the text as it should be
   * @returns whether the text has changed, or with `dryRun` would have
   * @throws {ActionError} when the path is not allowed, the file is no UTF-8 text of at most 16 MiB, `change` threw an
   *   {@link UnreadableTextError}, or the system refused; the file is then as it was
   */
  update(
    path: string,
    change: (current: string | undefined) => string,
    options: { readonly dryRun: boolean },
  ): Promise<boolean>;
}

interface CurrentFile {
  readonly text: string;
  readonly stats: Stats;
}

const MAX_BYTES = 16 * 1024 * 1024;

/** The workspace below a folder, `GITHUB_WORKSPACE` in a workflow. */
export function openWorkspace(root: string): Workspace {
  const queues = new Map<string, LimitFunction>();
  return {
    async update(path, change, { dryRun }) {
      try {
        const file = await locate(root, path);
        const queue = queues.get(file) ?? pLimit(1);
        queues.set(file, queue);
        return await queue(() => rewrite({ path, file, change, dryRun }));
      } catch (error) {
        throw explained(path, error);
      }
    },
  };
}

interface Rewrite {
  /** As the user gave it, for messages. */
  readonly path: string;
  readonly file: string;
  readonly change: (current: string | undefined) => string;
  readonly dryRun: boolean;
}

async function rewrite({ path, file, change, dryRun }: Rewrite): Promise<boolean> {
  const current = await read(path, file);
  const text = change(current?.text);
  if (text === current?.text) return false;
  if (!dryRun) await replace(file, text, current?.stats);
  return true;
}

async function read(path: string, file: string): Promise<CurrentFile | undefined> {
  // Without O_NONBLOCK the opening of a FIFO waits for a writer; Windows knows neither flag.
  const flags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0);
  let stats: Stats;
  try {
    // Looked at first, because the opening of a device may already do something.
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
    return { text: decode(path, await readAll(path, handle)), stats };
  } finally {
    await handle.close();
  }
}

function checkKind(path: string, stats: Stats): void {
  if (!stats.isFile()) {
    const kind = stats.isDirectory() ? 'a folder' : 'not a regular file';
    throw new ActionError(`${printable(path)} is ${kind}.`, { hint: 'Give the path of a file.' });
  }
  if (stats.size > MAX_BYTES) throw tooLarge(path);
}

async function readAll(path: string, handle: FileHandle): Promise<Buffer> {
  // A file that grows meanwhile ends at the limit all the same.
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
    hint: 'Give the path of the file with the DNS records.',
  });
}

function decode(path: string, bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    throw new ActionError(`${printable(path)} is not UTF-8 text; the file was left as it is.`, {
      hint: 'Save the file as UTF-8.',
      cause: error,
    });
  }
}

/** Writes beside the file and renames, so that whoever reads it sees the old text or the new one, never a part. */
async function replace(file: string, text: string, old: Stats | undefined): Promise<void> {
  const folder = dirname(file);
  await mkdir(folder, { recursive: true });
  const temporary = join(folder, `.cloudflare-sso-${randomUUID()}.tmp`);
  try {
    const handle = await open(temporary, 'wx', 0o666);
    try {
      await handle.writeFile(text);
      if (old !== undefined) await keepPermissions(handle, old);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

async function keepPermissions(handle: FileHandle, old: Stats): Promise<void> {
  const { uid, gid } = await handle.stat();
  if (uid !== old.uid || gid !== old.gid) {
    // Only root may give a file away; for anybody else the file becomes theirs.
    await handle.chown(old.uid, old.gid).catch(() => {});
  }
  // After the owner, since a change of owner clears some of the bits.
  await handle.chmod(old.mode & 0o7777);
}

function explained(path: string, error: unknown): unknown {
  if (error instanceof UnreadableTextError) {
    const place = `${printable(path)}:${error.line}:${error.column}`;
    const message = `${place}: ${printable(error.message)}. The file was left as it is.`;
    return new ActionError(message, { hint: error.hint, cause: error });
  }
  // What has no code of the system is a defect, and stays recognisable as one.
  if (!(error instanceof Error && 'code' in error && 'syscall' in error)) return error;
  return new ActionError(`${printable(path)} could not be rewritten: ${printable(error.message)}.`, {
    hint: 'Check that the path is right and that the job may write there.',
    cause: error,
  });
}
