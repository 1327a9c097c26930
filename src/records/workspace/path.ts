import { lstat, realpath } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { ActionError } from '../../domain/errors.ts';
import { printable } from '../../text/untrusted.ts';

const HINT =
  'Give the path of a file of the repository, relative to its root, for example dns/example.com.zone.';

/**
 * The real path of a file of the workspace, or of one that may be made there: no component of it is a symlink.
 *
 * @param root the folder of the workspace
 * @param path relative to the root, or an absolute path that lies inside
 * @throws {ActionError} when the path, or what a symlink on it leads to, is outside the workspace or inside `.git`
 */
export async function locate(root: string, path: string): Promise<string> {
  if (path.trim() === '' || path.includes('\0')) throw refused(path, 'is not the path of a file');
  const realRoot = await realpath(root);
  const isInside = [root, realRoot].some((folder) => inside(folder, resolve(root, path)) !== undefined);
  if (!isInside) throw refused(path, 'is not inside the workspace');
  const real = await realPathOf(path, resolve(root, path));
  const components = inside(realRoot, real);
  if (components === undefined) throw refused(path, 'leads out of the workspace through a symlink');
  if (components.some(isGitFolder)) throw refused(path, 'is inside .git');
  return real;
}

/** The components of a path below a folder, none when it is the folder; `undefined` when it is elsewhere. */
function inside(folder: string, path: string): readonly string[] | undefined {
  const way = relative(resolve(folder), path);
  const components = way.split(sep).filter((component) => component !== '');
  return components[0] === '..' || isAbsolute(way) ? undefined : components;
}

async function realPathOf(path: string, absolute: string): Promise<string> {
  try {
    return await realpath(absolute);
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
  // Writing through a symlink without a target would make a file wherever it points.
  const isDangling = await lstat(absolute).then(
    () => true,
    () => false,
  );
  if (isDangling) throw refused(path, 'goes through a symlink whose target does not exist');
  return join(await realPathOf(path, dirname(absolute)), basename(absolute));
}

/**
 * Whether a name may stand for git's own folder on some file system: macOS ignores characters without width,
 * Windows dots and spaces at the end, streams after a colon, and has the short name.
 */
function isGitFolder(component: string): boolean {
  const [visible = ''] = component.replaceAll(/\p{DI}/gu, '').split(':', 1);
  const name = visible.replace(/(?<![. ])[. ]+$/, '').toLowerCase();
  return name === '.git' || name === 'git~1';
}

/** Whether a call of `node:fs` failed because there is no such file. */
export function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

function refused(path: string, problem: string): ActionError {
  return new ActionError(`The path ${JSON.stringify(printable(path))} ${problem}.`, { hint: HINT });
}
