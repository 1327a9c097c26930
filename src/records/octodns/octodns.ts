import { posix } from 'node:path';
import { domainToASCII } from 'node:url';
import type { SsoRecord } from '../../domain/sso-record.ts';
import { type RecordFormat, UnreadableTextError } from '../format/record-format.ts';
import { withTxtValue } from './add-txt-value.ts';
import { escapeTxt, scalar } from './values.ts';

const BYTE_ORDER_MARK = '\uFEFF';

/**
 * octoDNS: the YAML file of a zone as its YamlProvider reads it, named after the zone (`example.com.yaml`). A file with
 * another name holds the zone of the email domain itself. `render` is a zone with nothing but the record.
 */
export const octodns: RecordFormat = {
  needsTxtValues: false,
  render: (record) => newZone('', record),
  merge(current, record, { path }) {
    const name = nameInZone(record.emailDomain, zoneOf(path));
    if (current === undefined || current.trim() === '') return newZone(name, record);
    const mark = current.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : '';
    const value = escapeTxt(record.verificationCode);
    const isName = (key: string) => toAscii(key) === name;
    return mark + withTxtValue(current.slice(mark.length), { isName, name, value });
  },
};

function newZone(name: string, { verificationCode }: SsoRecord): string {
  const key = name === '' ? "''" : scalar(name);
  return `---\n${key}:\n  type: TXT\n  value: ${scalar(escapeTxt(verificationCode))}\n`;
}

/** The zone that the name of a file tells, A-labels in lower case; `undefined` when it is no domain name. */
function zoneOf(path: string): string | undefined {
  const file = posix.basename(path.replaceAll('\\', '/'));
  // The "$" starts the file of the rest of a zone that is split into one file per name.
  const zone = toAscii(file.replace(/\.ya?ml$/i, '').replace(/^\$/, ''));
  return zone.includes('.') ? zone : undefined;
}

/** The email domain as a key of the zone: relative to it, empty when it is the zone. */
function nameInZone(emailDomain: string, zone: string | undefined): string {
  if (zone === undefined || emailDomain === zone) return '';
  if (emailDomain.endsWith(`.${zone}`)) return emailDomain.slice(0, -zone.length - 1);
  throw new UnreadableTextError(
    `the file holds the zone ${zone}, and ${emailDomain} is not in it`,
    { line: 1, column: 1 },
    'Give the file of the zone that the email domain is in; octoDNS names it after the zone.',
  );
}

/** octoDNS takes names in Unicode too. Plain ASCII stays: as a URL's host "1" would be an IPv4 address. */
function toAscii(name: string): string {
  const isAscii = /^[\x20-\x7e]*$/.test(name);
  return isAscii ? name.toLowerCase() : domainToASCII(name);
}
