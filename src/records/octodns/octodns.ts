import { posix } from 'node:path';
import { domainToASCII } from 'node:url';
import { relativeName } from '../../domain/dns-name.ts';
import type { SsoRecord } from '../../domain/sso-record.ts';
import type { RecordFormat } from '../format/record-format.ts';
import { UnreadableTextError } from '../format/unreadable-text-error.ts';
import { addTxtValue } from './add-txt-value.ts';
import { escapeTxt, yamlScalar } from './values.ts';

/**
 * octoDNS: the YAML file of a zone as its YamlProvider reads it, named after the zone (`example.com.yaml`). A file with
 * another name holds the zone of the email domain itself. `render` returns a zone with only the record.
 */
export const octodns: RecordFormat = {
  needsTxtValues: false,
  render: (record) => newZone('', record),
  merge(current, record, { path }) {
    const name = nameInZone(record.emailDomain, zoneOf(path), current ?? '');
    if (current === undefined || current.trim() === '') return newZone(name, record);
    return addTxtValue(current, {
      // A key that is not a valid name converts to an empty one too.
      isName: (key) => (name === '' ? key === '' : toAscii(key) === name),
      name,
      value: escapeTxt(record.verificationCode),
    });
  },
};

function newZone(name: string, { verificationCode }: SsoRecord): string {
  const key = name === '' ? "''" : yamlScalar(name);
  return `---\n${key}:\n  type: TXT\n  value: ${yamlScalar(escapeTxt(verificationCode))}\n`;
}

/** The zone in the name of a file, in A-labels and lower case; `undefined` if the file is not named after a zone. */
function zoneOf(path: string): string | undefined {
  const file = posix.basename(path.replaceAll('\\', '/'));
  // In a zone split into one file per name, the file with the rest starts with "$".
  const zone = toAscii(file.replace(/\.ya?ml$/i, '').replace(/^\$/, ''));
  return zone.includes('.') ? zone : undefined;
}

/** The email domain as a key of the zone: relative to it, and empty if the domain is the zone apex. */
function nameInZone(emailDomain: string, zone: string | undefined, text: string): string {
  const relative = zone === undefined ? '' : relativeName(emailDomain, zone);
  if (relative !== undefined) return relative;
  throw new UnreadableTextError(
    `this file holds the zone ${zone}, which does not contain ${emailDomain}`,
    { text, offset: 0 },
    `Set record-file to the file of the zone that contains ${emailDomain}. octoDNS names it after the zone, for example example.com.yaml.`,
  );
}

/** Converts names in Unicode. Plain ASCII stays, because as a URL's host "1" would become an IPv4 address. */
function toAscii(name: string): string {
  const isAscii = /^[\x20-\x7e]*$/.test(name);
  return isAscii ? name.toLowerCase() : domainToASCII(name);
}
