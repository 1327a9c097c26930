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
  const folder = splitZone(path);
  const [stated, what] =
    zone === undefined ? [folder, 'the folder of this file'] : [zone.name, 'record-zone'];
  if (stated !== undefined && !isAtOrBelow(emailDomain, stated)) {
    throw new UnreadableTextError(
      `${what} says the zone ${stated}, which does not contain ${emailDomain}`,
      { text: '', offset: 0 },
      `Set record-file to a file of the zone that contains ${emailDomain}.`,
    );
  }
  if (stated !== undefined) return [{ name: stated, isGuess: false }];
  const named = zoneName(posix.basename(slashed(path)));
  if (named !== undefined && isAtOrBelow(emailDomain, named)) return [{ name: named, isGuess: false }];
  const possible = selfAndAncestors(emailDomain).filter((name) => name.includes('.'));
  const [own = emailDomain, ...others] = possible;
  const guess = (name: string): FileZone => ({ name, isGuess: true });
  return [guess(own), ...others.map(guess)];
}

/** Whether the file is one of several of its zone, each with some of the names. */
export function isSplit({ path }: RecordTarget): boolean {
  return splitZone(path) !== undefined;
}

/** Where the rest of the zone may be: octoDNS reads `example.com.yaml` and every file in `example.com.`. */
export function filesBeside({ path }: RecordTarget): readonly string[] {
  const file = slashed(path);
  const folder = posix.dirname(file);
  if (splitZone(path) !== undefined) return [folder, `${folder}yaml`];
  return zoneName(posix.basename(file)) === undefined ? [] : [file.replace(/ya?ml$/i, '')];
}

/** `undefined` if it cannot be the name of a zone. */
function zoneName(file: string): string | undefined {
  const zone = toALabels(file.replace(/\.ya?ml$/i, '').replace(/^\$/, ''));
  return zone.includes('.') ? zone : undefined;
}

function splitZone(path: string): string | undefined {
  const folder = posix.basename(posix.dirname(slashed(path)));
  const zone = /^[^.].*\.$/.test(folder) ? toALabels(folder.slice(0, -1)) : '';
  return zone.includes('.') ? zone : undefined;
}

function slashed(path: string): string {
  return path.replaceAll('\\', '/');
}
