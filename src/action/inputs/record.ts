import { InputError } from '../../domain/errors.ts';
import type { RecordSettings } from '../../domain/settings.ts';
import { RECORD_FORMAT_NAMES } from '../../domain/sso-record.ts';
import { readAuthoritativeServers } from './dns.ts';
import { readModes } from './modes.ts';
import { read, readOneOf } from './values.ts';

/** How the record is written; `undefined` if it is not. */
export function readRecordSettings(): RecordSettings | undefined {
  const file = read('record-file');
  if (read('record-format') === undefined) {
    if (file === undefined) return undefined;
    throw new InputError('Input record-file is set without record-format.', {
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
  return { format, file };
}
