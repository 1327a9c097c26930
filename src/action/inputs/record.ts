import { InputError } from '../../domain/errors.ts';
import { parseRecordZone } from '../../domain/record-zone.ts';
import type { RecordSettings } from '../../domain/settings.ts';
import { RECORD_FORMAT_NAMES, type RecordFormatName } from '../../domain/sso-record.ts';
import { readAuthoritativeServers } from './dns.ts';
import { readModes } from './modes.ts';
import { problem, read, readOneOf } from './values.ts';

/** How the record is written; `undefined` if it is not. */
export function readRecordSettings(): RecordSettings | undefined {
  const file = read('record-file');
  if (read('record-format') === undefined) {
    const other = file === undefined ? 'record-zone' : 'record-file';
    if (read(other) === undefined) return undefined;
    throw new InputError(`Input ${other} is set without record-format.`, {
      hint: `Set record-format to the kind of file: ${RECORD_FORMAT_NAMES.join(', ')}.`,
    });
  }
  const format = readOneOf('record-format', RECORD_FORMAT_NAMES);
  if (!readModes().includes('create')) {
    throw new InputError('Input record-format is set, but no mode writes the record.', {
      hint: 'Add create to mode: it writes the record, even if the connector already exists.',
    });
  }
  if (format === 'tfvars' && readAuthoritativeServers() === 'off') {
    throw new InputError(
      'Input record-format: tfvars needs the authoritative servers, but authoritative-servers is off.',
      {
        hint: 'Leave out authoritative-servers, or set it to their addresses: a cache may hold an old list of TXT values.',
      },
    );
  }
  checkFileName(format, file);
  return { format, file, zone: readRecordZone(format) };
}

/** JSON in such a file would break the whole module. */
function checkFileName(format: RecordFormatName, file: string | undefined): void {
  if (!WRITES_JSON.includes(format) || file === undefined || !/\.(?:tf|tofu)$/i.test(file)) return;
  throw problem(
    'record-file',
    file,
    `is a file of Terraform, and ${format} writes JSON`,
    format === 'tfvars'
      ? 'Set record-file to a file such as cloudflare-sso.auto.tfvars.json, or record-format to terraform.'
      : 'Set record-file to a file that ends in .json, or record-format to terraform.',
  );
}

/** They name the record alone, whatever its zone. */
const WRITES_JSON: readonly RecordFormatName[] = ['tfvars', 'json'];

function readRecordZone(format: RecordFormatName): string | undefined {
  const text = read('record-zone');
  if (text === undefined) return undefined;
  const zone = parseRecordZone(text.replaceAll('{email-domain}', 'example.com'));
  if (zone === undefined) {
    throw problem(
      'record-zone',
      text,
      'is not a zone',
      'Use the name of the zone that record-file holds, such as example.com, and for DNSControl its tag too: example.com!external.',
    );
  }
  if (WRITES_JSON.includes(format)) {
    throw problem('record-zone', text, `has no meaning for ${format}`, 'Leave out record-zone.');
  }
  if (zone.tag !== undefined && format !== 'dnscontrol') {
    throw problem(
      'record-zone',
      text,
      `has a tag, and ${format} has none`,
      'Leave out the "!" and what follows it: only DNSControl has tags.',
    );
  }
  return text;
}
