import type { SsoRecord } from '../../domain/sso-record.ts';
import type { RecordFormat } from '../format/record-format.ts';
import { mergeOwnFile, type OwnFile } from './own-file.ts';

const FILE: OwnFile = {
  comment: '//',
  header: [
    'Written by cloudflare-dashboard-sso-connector, which changes the lines between "begin" and "end".',
    'In dnsconfig.js, after the D() of the zones: require("./THIS-FILE.js");',
  ],
  hint: 'Give the action a file name of its own, for example cloudflare-sso.js, and require() it in dnsconfig.js.',
  render,
};

/**
 * DNSControl: a script of its own with one `D_EXTEND` per domain, which dnsconfig.js takes in with `require`.
 * `D_EXTEND` adds to the longest declared domain that the name is at or below, and `@` is the name itself
 * (DNSControl's documentation of D_EXTEND). `render` is that statement, without the comments of the file.
 */
export const dnscontrol: RecordFormat = {
  needsTxtValues: false,
  render,
  merge: (current, record) => mergeOwnFile(FILE, current, record),
};

function render({ emailDomain, verificationCode }: SsoRecord): string {
  return `D_EXTEND(${literal(emailDomain)}, TXT("@", ${literal(verificationCode)}));\n`;
}

/** A string literal of ECMAScript 5, which DNSControl's interpreter reads: its strings may not hold U+2028 and U+2029. */
function literal(text: string): string {
  return JSON.stringify(text).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
}
