import { lstat, realpath } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { ActionError } from '../../domain/errors.ts';
import { printable } from '../../text/untrusted.ts';

const PATH_HINT =
  'Set record-file to a file in the repository, relative to its root, for example dns/example.com.zone.';

/**
 * The real path, without symlinks, of a file in the workspace or of one that can be created there.
 *
 * @param root the workspace folder
 * @param path relative to the root, or an absolute path inside it
 * @throws {ActionError} if the path, or the target of a symlink in it, is outside the workspace, or where a file is code:
 *   inside `.git`, `.github/workflows` or `.github/actions`
 */
export async function locate(root: string, path: string): Promise<string> {
  if (path.trim() === '' || path.includes('\0')) throw refused(path, 'is not a file path');
  const realRoot = await realpath(root);
  const isInside = [root, realRoot].some(
    (folder) => componentsBelow(folder, resolve(root, path)) !== undefined,
  );
  if (!isInside) throw refused(path, 'is outside the workspace');
  const real = await realPathOf(path, resolve(root, path));
  const components = componentsBelow(realRoot, real);
  if (components === undefined) throw refused(path, 'leaves the workspace through a symlink');
  const code = codeFolder(components.map(plainName));
  if (code !== undefined) throw refused(path, `is inside ${code}`);
  return real;
}

/**
 * Does nothing as long as the path leads to that file; a folder in it may have become a symlink.
 *
 * @throws {ActionError} as {@link locate}, and if the path leads somewhere else
 */
export async function staysAt(root: string, path: string, file: string): Promise<void> {
  if ((await locate(root, path)) !== file) throw refused(path, 'leads somewhere else than a moment ago');
}

/** The components of a path below a folder, empty for the folder itself; `undefined` for a path outside it. */
function componentsBelow(folder: string, path: string): readonly string[] | undefined {
  const fromFolder = relative(resolve(folder), path);
  const components = fromFolder.split(sep).filter((component) => component !== '');
  return components[0] === '..' || isAbsolute(fromFolder) ? undefined : components;
}

async function realPathOf(path: string, absolute: string): Promise<string> {
  try {
    return await realpath(absolute);
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
  // Writing through a dangling symlink would create a file wherever it points.
  const stats = await lstat(absolute).catch(() => undefined);
  if (stats?.isSymbolicLink()) throw refused(path, 'goes through a symlink whose target does not exist');
  // Made in the meantime, such as a folder by the work on another email domain.
  if (stats !== undefined) return realPathOf(path, absolute);
  return join(await realPathOf(path, dirname(absolute)), basename(absolute));
}

/** The folder around a path in which every file may be run, if it is in one. */
function codeFolder(names: readonly string[]): string | undefined {
  if (names.some((name) => name === '.git' || name === 'git~1')) return '.git';
  return ['workflows', 'actions']
    .map((name) => `.github/${name}`)
    .find((folder) => `/${names.join('/')}/`.includes(`/${folder}/`));
}

/**
 * The name that a component can mean on some file system. macOS ignores zero-width characters; Windows ignores trailing
 * dots and spaces and stream names after a colon, and has short names such as `git~1`.
 */
function plainName(component: string): string {
  const [visible = ''] = component.replaceAll(/\p{DI}/gu, '').split(':', 1);
  return visible.replace(/(?<![. ])[. ]+$/, '').toLowerCase();
}

/** Whether a `node:fs` call failed because the file does not exist. */
export function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

function refused(path: string, problem: string): ActionError {
  return new ActionError(`The path ${JSON.stringify(printable(path))} ${problem}.`, { hint: PATH_HINT });
}
