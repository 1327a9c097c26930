import { randomUUID } from 'node:crypto';
import { constants, type Stats } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, posix } from 'node:path';
import pLimit, { type LimitFunction } from 'p-limit';
import { ActionError } from '../../domain/errors.ts';
import { printable } from '../../text/untrusted.ts';
import { MissingFileError } from '../format/missing-file-error.ts';
import { UnreadableTextError } from '../format/unreadable-text-error.ts';
import { readCurrent } from './current-file.ts';
import { missingFile } from './missing-file.ts';
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
   * @throws {ActionError} if the path is not allowed, the file is not text of at most 16 MiB, `change` threw an
   *   {@link UnreadableTextError}, or the system refused. The file is then unchanged
   */
  update(
    path: string,
    change: (current: string | undefined) => string,
    options: UpdateOptions,
  ): Promise<boolean>;
  /**
   * The texts of files, by path: of the file at a path, or of each `.yaml` file in the folder at it. Empty if nothing is
   * there.
   *
   * @param of the file whose neighbours these are: if it is not allowed, that is told, and not a path made from it
   * @throws {ActionError} as {@link Workspace.update}
   */
  yamlTexts(path: string, of?: string): Promise<ReadonlyMap<string, string>>;
}

/** How a file is rewritten. */
export interface UpdateOptions {
  readonly dryRun: boolean;
  /** Whether a file that is not UTF-8 may be changed too; every byte of it then is a character. */
  readonly allowsAnyBytes?: boolean;
  /** What the path was made from, for messages. */
  readonly given?: string;
  /** What may be wrong with the settings if the text cannot be changed, as a full sentence. */
  readonly doubt?: string | undefined;
}

/** Opens the workspace at a folder; in a workflow, that is `GITHUB_WORKSPACE`. */
export function openWorkspace(root: string): Workspace {
  const queues = new Map<string, LimitFunction>();
  return {
    async update(path, change, options) {
      try {
        const file = await locate(root, path);
        const queue = queues.get(file) ?? pLimit(1);
        queues.set(file, queue);
        return await queue(() => rewrite({ root, path, file, change, ...options }));
      } catch (error) {
        if (!(error instanceof MissingFileError)) throw explained(path, error, options.doubt);
        throw await missingFile(root, path, options.given ?? path, error);
      }
    },
    async yamlTexts(path, of = path) {
      const texts = new Map<string, string>();
      await locate(root, of).catch((error: unknown) => {
        throw explained(of, error);
      });
      for (const each of await yamlFilesAt(root, path)) {
        try {
          const current = await readCurrent(each, await locate(root, each), false);
          if (current !== undefined) texts.set(each, current.text);
        } catch (error) {
          throw explained(each, error);
        }
      }
      return texts;
    },
  };
}

async function yamlFilesAt(root: string, path: string): Promise<readonly string[]> {
  try {
    const folder = await locate(root, path);
    const stats = await stat(folder);
    if (!stats.isDirectory()) return [path];
    const entries = await readdir(folder, { withFileTypes: true });
    return entries
      .filter((entry) => entry.name.endsWith('.yaml') && !entry.isDirectory())
      .map(({ name }) => posix.join(path, name))
      .sort();
  } catch (error) {
    if (isMissing(error)) return [];
    throw explained(path, error);
  }
}

interface Rewrite extends UpdateOptions {
  readonly root: string;
  /** As the user wrote it, for messages. */
  readonly path: string;
  readonly file: string;
  readonly change: (current: string | undefined) => string;
}

async function rewrite(work: Rewrite): Promise<boolean> {
  const { root, path, file, change, dryRun, allowsAnyBytes = false } = work;
  const current = await readCurrent(path, file, allowsAnyBytes);
  const text = change(current?.text);
  if (text === current?.text) return false;
  if (dryRun) return true;
  const inPlace = (): Promise<void> => staysAt(root, path, file);
  const bytes = Buffer.from(`${current?.mark ?? ''}${text}`, current?.encoding ?? 'utf8');
  await replaceFile(file, bytes, current?.stats, inPlace);
  return true;
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
  bytes: Buffer,
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
      await handle.writeFile(bytes);
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

function explained(path: string, error: unknown, doubt?: string): unknown {
  if (error instanceof UnreadableTextError) {
    const place = `${printable(path)}:${error.line}:${error.column}`;
    const message = `${place}: ${printable(error.message)}. Nothing was written.`;
    const hints = [error.hint, doubt].filter((each) => each !== undefined);
    return new ActionError(message, { hint: hints.join(' ') || undefined, cause: error });
  }
  // Anything that is not a system error is a defect and must stay recognisable as one.
  if (!(error instanceof Error && 'code' in error && 'syscall' in error)) return error;
  return new ActionError(`${printable(path)} could not be read or written: ${printable(error.message)}.`, {
    hint: 'Check that the path is correct and that the job can write there.',
    cause: error,
  });
}
