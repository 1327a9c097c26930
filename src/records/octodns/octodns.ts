import { posix } from 'node:path';
import { relativeName, toALabels } from '../../domain/dns-name.ts';
import type { RecordZone } from '../../domain/record-zone.ts';
import type { SsoRecord } from '../../domain/sso-record.ts';
import { contradictingName } from '../format/contradicting-name.ts';
import { MissingFileError } from '../format/missing-file-error.ts';
import type { RecordFormat, RecordTarget } from '../format/record-format.ts';
import { UnreadableTextError } from '../format/unreadable-text-error.ts';
import { addTxtValue } from './add-txt-value.ts';
import { type Obstacle, obstacleTo, type ZonePart } from './can-take-txt.ts';
import { escapeTxt, yamlKey, yamlScalar } from './values.ts';
import {
  type FileZone,
  filesBeside,
  isNamedAfterKey,
  namedZone,
  possibleZones,
  splitZone,
  zonesOf,
} from './which-zone.ts';
import { parseZoneYaml } from './zone-yaml.ts';

/**
 * octoDNS: YAML files as its YamlProvider reads them, one for a zone (`example.com.yaml`), or several in a folder
 * (`example.com./corp.yaml`, or with another `split_extension`). A file that nothing says the zone of is taken for that of
 * the email domain itself, if it has no keys or no other zone is possible. `render` returns a zone with only the record: the known one, else that of the email domain.
 */
export const octodns: RecordFormat = {
  needsTxtValues: false,
  filesBeside,
  namedZone,
  warning: (_, { emailDomain }, target) => contradictingName(target, namedZone(target.path, emailDomain)),
  render: newZone,
  merge(current, record, target) {
    const { emailDomain, verificationCode } = record;
    const zones = zonesOf(target, emailDomain);
    const [taken] = zones;
    const name = relativeName(emailDomain, taken.name) ?? '';
    if (current === undefined) checkMayBeNew(target, emailDomain);
    const text = current ?? '';
    const addition = {
      // A key that is not a valid name converts to an empty one too.
      isName: (key: string) => (name === '' ? key === '' : toALabels(key) === name),
      name,
      value: escapeTxt(verificationCode),
      folder: posix.dirname(target.path.replaceAll('\\', '/')),
    };
    return addTxtValue(text, addition, () => {
      if (taken.isGuess) checkIsNoPart(text, target);
      for (const zone of zones) checkCanTakeTxt(text, zone, taken, emailDomain, target);
      if (taken.isBlindGuess) checkKeysAreOfNoOtherZone(text, zones, emailDomain);
    });
  },
  describeZone(_, { emailDomain }, target) {
    const [{ name, isGuess }] = zonesOf(target, emailDomain);
    const split = target.zone === undefined ? splitZone(target.path, emailDomain) : undefined;
    if (split !== undefined && split.extension !== '.') {
      return `taken for a part of the zone ${name}, as the name of its folder says`;
    }
    if (!isGuess) return undefined;
    return `taken for the zone ${name}, because the name of the file does not say which it is; if that is wrong, set record-zone`;
  },
};

function newZone({ emailDomain, verificationCode }: SsoRecord, zone?: RecordZone): string {
  const name = relativeName(emailDomain, zone?.name ?? emailDomain) ?? '';
  const isGuess = zone === undefined && possibleZones(emailDomain).length > 1;
  return [
    '---',
    ...(isGuess
      ? [`# For the zone ${emailDomain}. In a zone above it, the key is the name below that zone.`]
      : []),
    `${yamlKey(name)}:`,
    '  type: TXT',
    `  value: ${yamlScalar(escapeTxt(verificationCode))}`,
    '',
  ].join('\n');
}

/** To octoDNS, a new file may be a whole zone without any other record. */
function checkMayBeNew(target: RecordTarget, emailDomain: string): void {
  const isOneOfMany = splitZone(target.path, emailDomain) !== undefined && (target.beside?.size ?? 0) > 0;
  if (isOneOfMany) return;
  throw new MissingFileError(
    'this file of a zone does not exist',
    'Set record-file to an existing file of the zone. The action can add a record to a zone, but cannot create a zone.',
  );
}

/** A name in a zone that nobody knows. */
function checkIsNoPart(text: string, { path }: RecordTarget): void {
  const { data, offsetOf } = parseZoneYaml(text, '');
  const [key] = data.keys();
  if (!isNamedAfterKey(path, [...data.keys()])) return;
  throw new UnreadableTextError(
    `this file has only the name "${String(key)}", as one of several files of a zone, and nothing says of which zone`,
    { text, offset: offsetOf(key) },
    'Set record-zone to the zone of the file.',
  );
}

/** A key is relative, so the name that is written depends on the zone of the keys that are there. */
function checkKeysAreOfNoOtherZone(text: string, zones: readonly FileZone[], emailDomain: string): void {
  const { data, offsetOf } = parseZoneYaml(text, '');
  const [first] = data.keys();
  const [own, above] = zones;
  if (first === undefined || own === undefined || above === undefined) return;
  const [here, there] = [own, above].map(
    ({ name }) => `if it is ${name}, the record belongs at ${yamlKey(relativeName(emailDomain, name) ?? '')}`,
  );
  throw new UnreadableTextError(
    `nothing says which zone this file holds: ${here}, and ${there}`,
    { text, offset: offsetOf(first) },
    `Set record-zone to the zone of the file, for example record-zone: ${above.name}, or record-zone: ${own.name}.`,
  );
}

function checkCanTakeTxt(
  text: string,
  zone: FileZone,
  taken: FileZone,
  emailDomain: string,
  target: RecordTarget,
): void {
  const name = relativeName(emailDomain, zone.name) ?? '';
  const own = parseZoneYaml(text, name);
  const parts = [{ path: undefined, data: own.data }, ...partsBeside(text, name, target)];
  const placeOf = (key: unknown) => ({ text, offset: own.offsetOf(key) });
  const obstacle = obstacleTo(emailDomain, zone.name, parts) ?? (zone === taken ? undefined : otherName());
  if (obstacle === undefined) return;
  const { problem, hint, key } = obstacle;
  if (!zone.isGuess) throw new UnreadableTextError(problem, placeOf(key), hint);
  throw new UnreadableTextError(
    `nothing says which zone this file holds, and if it is ${zone.name}, ${problem}`,
    placeOf(key),
    'Set record-zone to the zone of the file.',
  );

  /** A key is relative, so a wrong guess of the zone is a wrong name. */
  function otherName(): Obstacle | undefined {
    const key = [...own.data.keys()].find((each) => `.${toALabels(String(each))}`.endsWith(`.${name}`));
    if (key === undefined) return undefined;
    return {
      problem: `its key "${String(key)}" is ${emailDomain} or a name below it`,
      hint: undefined,
      key,
    };
  }
}

function partsBeside(text: string, name: string, { path, beside }: RecordTarget): readonly ZonePart[] {
  const own = posix.normalize(path.replaceAll('\\', '/'));
  const others = [...(beside ?? [])].filter(([other]) => posix.normalize(other) !== own);
  return others.map(([other, content]) => {
    try {
      return { path: other, data: parseZoneYaml(content, name).data };
    } catch (error) {
      if (!(error instanceof UnreadableTextError)) throw error;
      throw new UnreadableTextError(
        `another file of the zone, ${other}, cannot be read: line ${error.line}, column ${error.column}: ${error.message}`,
        { text, offset: 0 },
      );
    }
  });
}
