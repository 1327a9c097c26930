// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are templates of HCL.

import type { SsoRecord } from '../../src/domain/sso-record.ts';
import type { RecordTarget } from '../../src/records/format/record-format.ts';

/** A record of example.com. Everything is known except the TXT values. */
export const RECORD: SsoRecord = {
  emailDomain: 'example.com',
  verificationCode: 'cloudflare_dashboard_sso=0123456789abcdef',
  accountId: 'acc0',
  connectorId: 'con0',
  txtValues: undefined,
};

/** A file with that name, for formats to which nothing else matters. */
export function target(path: string): RecordTarget {
  return { path, nowMs: Date.UTC(2026, 0, 2) };
}

/** Codes that would have a meaning in the languages of the formats. Real codes are printable ASCII without spaces and quotes. */
export const HOSTILE_CODES: readonly string[] = [
  '${file(1)}',
  '$${x}',
  '$$${x}',
  '%{if(true)}',
  '%%{x}',
  'a\\b\\',
  '"quoted"',
  "it's",
  '</script>',
  'a;b',
  '#c',
  '*/x/*',
  '\u2028\u2029',
  'line\nbreak\ttab\u0001',
];
