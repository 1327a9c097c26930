/** What to do about a file that is not there. */

import { readdir } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { ActionError } from '../../domain/errors.ts';
import { printable } from '../../text/untrusted.ts';
import type { MissingFileError } from '../format/missing-file-error.ts';

/** A large repository is not worth searching to its end. */
const MAX_FOLDERS = 300;

/** The error for a file that is not there, with what the workspace shows of the reason. */
export async function missingFile(
  root: string,
  path: string,
  given: string,
  error: MissingFileError,
): Promise<ActionError> {
  const from = given === path ? '' : ` (from ${printable(given, 200)})`;
  const message = `record-file ${printable(path)}${from} does not exist in the workspace. Nothing was written.`;
  return new ActionError(message, { hint: await hintFor(root, path, given, error), cause: error });
}

async function hintFor(
  root: string,
  path: string,
  given: string,
  { hint }: MissingFileError,
): Promise<string | undefined> {
  if ((await entriesOf(root)).length === 0) {
    return 'The workspace is empty: run actions/checkout before this step.';
  }
  const placeholder =
    given === path
      ? ''
      : ' {email-domain} became the email domain: for a sub-domain, name the file of the zone that it is in.';
  const found = await fileNamed(root, posix.basename(path.replaceAll('\\', '/')));
  const elsewhere = found === undefined ? '' : ` There is a file ${printable(found, 200)}.`;
  return `${hint}${elsewhere}${placeholder}`;
}

/** The path of a file with this name, near the root rather than far down. */
async function fileNamed(root: string, name: string): Promise<string | undefined> {
  const folders = [''];
  for (let at = 0; at < Math.min(folders.length, MAX_FOLDERS); at++) {
    const folder = folders[at] ?? '';
    const entries = await entriesOf(join(root, folder));
    if (entries.some((entry) => entry.isFile() && entry.name === name)) return posix.join(folder, name);
    for (const entry of entries) {
      if (entry.isDirectory() && !/^(?:\.git|node_modules)$/.test(entry.name)) {
        folders.push(posix.join(folder, entry.name));
      }
    }
  }
  return undefined;
}

/** None where nobody may look: the search only helps. */
const entriesOf = (folder: string) => readdir(folder, { withFileTypes: true }).catch(() => []);
