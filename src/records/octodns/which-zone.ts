/** Which zone a file of octoDNS' YamlProvider holds, and which other files hold the same zone. */

import { posix } from 'node:path';
import { isAtOrBelow, selfAndAncestors, toALabels } from '../../domain/dns-name.ts';
import type { RecordTarget } from '../format/record-format.ts';
import { UnreadableTextError } from '../format/unreadable-text-error.ts';

/** The zone of a file. */
export interface FileZone {
  /** A-labels in lower case, without a final dot. */
  readonly name: string;
  /** Whether nothing tells that it is this zone. */
  readonly isGuess: boolean;
  /** Whether not even a folder suggests it. */
  readonly isBlindGuess?: boolean;
}

/** A zone in a folder of its own, where each file has some of the names. */
export interface SplitZone {
  /** A-labels in lower case, without a final dot. */
  readonly name: string;
  /** What follows the zone in the folder's name: octoDNS's setting `split_extension`, mostly only a dot. */
  readonly extension: string;
}

/**
 * The zone of a file: the stated one; that of a folder such as `example.com.`, which has one zone in several files; or that
 * of a name such as `example.com.yaml`. Any other name is no evidence.
 *
 * @returns first what the file is taken for; then, if nothing tells, every other zone that it may be
 * @throws {UnreadableTextError} if the folder is that of a zone which does not contain the email domain
 */
export function zonesOf(
  { path, zone }: RecordTarget,
  emailDomain: string,
): readonly [FileZone, ...FileZone[]] {
  const [stated, what] =
    zone === undefined
      ? [splitZone(path, emailDomain)?.name, 'the folder of this file']
      : [zone.name, 'record-zone'];
  if (stated !== undefined && !isAtOrBelow(emailDomain, stated)) {
    throw new UnreadableTextError(
      `${what} says the zone ${stated}, which does not contain ${emailDomain}`,
      { text: '', offset: 0 },
      `Set record-file to a file of the zone that contains ${emailDomain}.`,
    );
  }
  if (stated !== undefined) return [{ name: stated, isGuess: false }];
  const named = namedZone(path, emailDomain);
  if (named !== undefined) return [{ name: named, isGuess: false }];
  const { folder } = partsOf(path);
  const possible = possibleZones(emailDomain);
  // A folder of this name may also have the files of zones below it.
  const suggested = possible.find((name) => name === toALabels(folder));
  const likely = suggested ?? emailDomain;
  const others = possible.filter((name) => name !== likely);
  const taken = { name: likely, isGuess: true, isBlindGuess: suggested === undefined };
  return [taken, ...others.map((name): FileZone => ({ name, isGuess: true }))];
}

/** The zone that the file's folder or name plainly says, if the email domain is in it. */
export function namedZone(path: string, emailDomain: string): string | undefined {
  const named = splitZone(path, emailDomain)?.name ?? zoneName(partsOf(path).file);
  return named !== undefined && isAtOrBelow(emailDomain, named) ? named : undefined;
}

/** The zone of the file's folder; `undefined` if that is not the folder of one zone. */
export function splitZone(path: string, emailDomain: string): SplitZone | undefined {
  const { file, folder } = partsOf(path);
  const name = toALabels(folder);
  const withDot = name.slice(0, -1);
  const isZone = name.endsWith('.') && !name.startsWith('.') && withDot.slice(1, -1).includes('.');
  if (isZone) return { name: withDot, extension: '.' };
  const catchAll = file.startsWith('$') ? zoneName(file) : undefined;
  for (const zone of [...possibleZones(emailDomain), ...(catchAll === undefined ? [] : [catchAll])]) {
    const extension = name.startsWith(zone) ? name.slice(zone.length) : '';
    // With a letter, the folder would have the name of another domain.
    if (/^[^a-z0-9]/.test(extension)) return { name: zone, extension };
  }
  return undefined;
}

/** Where the rest of the zone may be: octoDNS reads `example.com.yaml` and every file in `example.com.`. */
export function filesBeside({ path }: RecordTarget, emailDomain: string): readonly string[] {
  const { file, folder, above } = partsOf(path);
  const split = splitZone(path, emailDomain);
  if (split !== undefined) {
    const zone = folder.slice(0, folder.length - split.extension.length);
    return [posix.join(above, folder), posix.join(above, `${zone}.yaml`)];
  }
  return zoneName(file) === undefined ? [] : [posix.join(above, folder, file.replace(/ya?ml$/i, ''))];
}

/** Whether the only name in a file is that of the file, as in the files of a split zone: `www.yaml` with `www`. */
export function isNamedAfterKey(path: string, keys: readonly unknown[]): boolean {
  const [key, ...others] = keys;
  const name = partsOf(path).file.replace(/\.ya?ml$/i, '');
  return others.length === 0 && typeof key === 'string' && toALabels(key) === toALabels(name);
}

/** `undefined` if it cannot be the name of a zone. */
function zoneName(file: string): string | undefined {
  const zone = toALabels(file.replace(/\.ya?ml$/i, '').replace(/^\$/, ''));
  return zone.includes('.') ? zone : undefined;
}

/** The zones that the email domain may be in, the longest first. */
export function possibleZones(emailDomain: string): readonly string[] {
  return selfAndAncestors(emailDomain).filter((name) => name.includes('.'));
}

function partsOf(path: string): { readonly file: string; readonly folder: string; readonly above: string } {
  const slashed = path.replaceAll('\\', '/');
  const folder = posix.dirname(slashed);
  return { file: posix.basename(slashed), folder: posix.basename(folder), above: posix.dirname(folder) };
}
