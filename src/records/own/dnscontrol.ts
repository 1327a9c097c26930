import { domainToUnicode } from 'node:url';
import { relativeName } from '../../domain/dns-name.ts';
import type { RecordZone } from '../../domain/record-zone.ts';
import type { SsoRecord } from '../../domain/sso-record.ts';
import type { RecordFormat } from '../format/record-format.ts';
import { mergeOwnFile, type OwnFile } from './own-file.ts';

const DNSCONTROL_FILE: Omit<OwnFile, 'render'> = {
  comment: '//',
  header: [
    'Written by cloudflare-dashboard-sso-connector, which changes the lines between "begin" and "end".',
    'Load it in dnsconfig.js after the D() calls of your zones: require("./THIS-FILE.js");',
  ],
  hint: 'Set record-file to a new file that only the action writes, for example cloudflare-sso.js, and require() it in dnsconfig.js.',
};

/**
 * DNSControl: a separate script with one `D_EXTEND` per domain, which dnsconfig.js loads with `require`. `D_EXTEND` adds
 * to the longest declared domain that the name is at or below, and `@` means that name (DNSControl's documentation of
 * D_EXTEND). A stated zone is extended as it is spelled, with its tag. `render` returns that statement without the comments
 * of the file.
 */
export const dnscontrol: RecordFormat = {
  needsTxtValues: false,
  render: extendStatement,
  merge: (current, record, { zone }) =>
    mergeOwnFile({ ...DNSCONTROL_FILE, render: () => extendStatement(record, zone) }, current, record),
};

function extendStatement({ emailDomain, verificationCode }: SsoRecord, zone: RecordZone | undefined): string {
  const text = literal(verificationCode);
  if (zone !== undefined) {
    const label = relativeName(emailDomain, zone.name) || '@';
    return `D_EXTEND(${literal(zone.spelling)}, TXT(${literal(label)}, ${text}));\n`;
  }
  const unicode = domainToUnicode(emailDomain);
  const extend = (name: string) => `D_EXTEND(${literal(name)}, TXT("@", ${text}));`;
  if (unicode === emailDomain || unicode === '') return `${extend(emailDomain)}\n`;
  // D_EXTEND compares spellings, and throws before it changes anything if no D() has this one.
  return [
    '// D() may spell the name in either way.',
    'try {',
    `  ${extend(unicode)}`,
    '} catch (notDeclared) {',
    `  ${extend(emailDomain)}`,
    '}',
    '',
  ].join('\n');
}

/** A string literal in ECMAScript 5, DNSControl's language, which does not allow U+2028 and U+2029 in strings. */
function literal(text: string): string {
  return JSON.stringify(text).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
}
