/** Zone files of many shapes for the email domain example.com or a name below it. BIND loads all of them. */

import { CODE } from './results.ts';

/** A zone file and what must change in it. */
export interface ZoneSample {
  readonly text: string;
  /** The new line. */
  readonly added: string;
  /** The serial with its surroundings, before and after; from 7 to 8 by default. */
  readonly serial?: readonly [string, string];
  /** The file's path; `zones/zone` by default. */
  readonly path?: string;
  /** Without the final dot; example.com by default. */
  readonly origin?: string;
  /** example.com by default. */
  readonly emailDomain?: string;
  /** The TTL of the new record in seconds; 300 by default. */
  readonly ttlS?: number;
}

const TXT = `TXT "${CODE}"`;
const HEAD = '$ORIGIN example.com.\n$TTL 300\n@ SOA ns1 root 7 3600 600 86400 60\n@ NS ns1\n';
const BARE = '$TTL 300\n@ SOA ns1 root 7 3600 600 86400 60\n@ NS ns1\nns1 A 192.0.2.1\n';

/** By what is special about each file. */
export const ZONE_SAMPLES: Readonly<Record<string, ZoneSample>> = {
  'no other TXT record': { text: `${HEAD}ns1 A 192.0.2.1\n`, added: `@ ${TXT}` },
  'another TXT record': { text: `${HEAD}@ TXT "v=spf1 -all"\nns1 A 192.0.2.1\n`, added: `@ ${TXT}` },
  'a blank owner behind a TXT record': {
    text: `${HEAD}@ TXT "v=spf1 -all"\n  MX 10 ns1\nns1 A 192.0.2.1\n`,
    added: `@ ${TXT}`,
  },
  'a TTL stated on the other TXT record': {
    text: `${HEAD}@ 1h IN TXT "v=spf1 -all"\nns1 IN A 192.0.2.1\n`,
    added: `@ 1h IN ${TXT}`,
    ttlS: 3600,
  },
  'class before TTL': {
    text: `${HEAD}@ IN 600 TXT "v=spf1 -all"\nns1 IN A 192.0.2.1\n`,
    added: `@ IN 600 ${TXT}`,
    ttlS: 600,
  },
  'columns of spaces': {
    text: `${HEAD}@               IN  TXT     "v=spf1 -all"\nns1 A 192.0.2.1\n`,
    added: `@               IN  TXT     "${CODE}"`,
  },
  'columns of tabs': {
    text: `${HEAD}\t\tIN\tTXT\t"v=spf1 -all"\nns1 A 192.0.2.1\n`,
    added: `@\t\tIN\tTXT\t"${CODE}"`,
  },
  'CR LF and no line break at the end': {
    text: `${HEAD}ns1 A 192.0.2.1`.replaceAll('\n', '\r\n'),
    added: `@ ${TXT}`,
  },
  'a date-based serial, and comments': {
    text: '$TTL 300\n@ IN SOA ns1 root (\n\t2024010203 ; serial (YYYYMMDDnn)\n\t3600 600\n\t86400 ) 60 ; minimum\n@ IN NS ns1\nns1 A 192.0.2.1 ; no "end\n; the end\n',
    added: `@ IN ${TXT}`,
    serial: ['\t2024010203 ;', '\t2026112301 ;'],
    path: 'db.example.com',
  },
  'a relative $ORIGIN at the end': {
    text: `${HEAD}ns1 A 192.0.2.1\n$ORIGIN sub\n@ A 192.0.2.2\nwww A 192.0.2.3\n`,
    added: `mail.example.com. ${TXT}`,
    emailDomain: 'mail.example.com',
  },
  'a relative $ORIGIN below another': {
    text: `${HEAD}ns1 A 192.0.2.1\n$ORIGIN sub\n$ORIGIN sub\nb CNAME ns1\n`,
    added: `b.sub.example.com. ${TXT}`,
    emailDomain: 'b.sub.example.com',
  },
  'an email domain below the origin': {
    text: `${HEAD}ns1 A 192.0.2.1\nmail A 192.0.2.2\n MX 5 ns1\n`,
    added: `mail ${TXT}`,
    emailDomain: 'mail.example.com',
  },
  'an origin above the zone': {
    text: '$ORIGIN com.\n$TTL 300\nexample SOA ns1.example root.example 7 1 1 1 60\n NS ns1.example\nns1.example A 192.0.2.1\n',
    added: `example ${TXT}`,
  },
  'the root as origin': {
    text: '$ORIGIN .\n$TTL 300\nExample.COM SOA ns1.example.com root.example.com 7 1 1 1 60\n NS ns1.example.com\n$ORIGIN example.com.\nns1 A 192.0.2.1\n$ORIGIN .\n',
    added: `example.com. ${TXT}`,
  },
  'only absolute names': {
    text: 'example.com. 300 IN SOA ns1.example.com. root.example.com. 7 1 1 1 60\nexample.com. 300 IN NS ns1.example.com.\nexample.com. 60 IN TXT v=spf1\nns1.example.com. 300 IN A 192.0.2.1\n',
    added: `example.com. 60 IN ${TXT}`,
    ttlS: 60,
  },
  'no TTL except the SOA minimum': {
    text: '@ SOA ns1 root 7 1 1 1 60\n NS ns1\nns1 A 192.0.2.1\n',
    added: `@ ${TXT}`,
    path: 'example.com.zone',
    ttlS: 60,
  },
  'the last stated TTL': {
    text: '@ 900 SOA ns1 root 7 1 1 1 60\n NS ns1\n 50 TXT a\nns1 A 192.0.2.1\n',
    added: `@ 50 ${TXT}`,
    path: 'example.com.zone',
    ttlS: 50,
  },
  'two values of $TTL': {
    text: `${HEAD}@ TXT "v=spf1 -all"\n$TTL 1h30m\nns1 A 192.0.2.1\n`,
    added: `@ ${TXT}`,
  },
  'an owner with capitals and escapes': {
    text: `${HEAD}M\\097IL A 192.0.2.2\n TXT b\n A 192.0.2.3\nns1 A 192.0.2.1\n`,
    added: `mail ${TXT}`,
    emailDomain: 'mail.example.com',
  },
  'no hint of which zone it is': { text: BARE, added: `example.com. ${TXT}` },
  'a wrong guess of the zone': {
    text: `${BARE}@ 20 TXT "v=spf1"\n MX 10 ns1\n`,
    added: `mail.example.com. 20 ${TXT}`,
    emailDomain: 'mail.example.com',
    ttlS: 20,
  },
  'types and directives of all kinds': {
    text: `${HEAD}@ CAA 0 issue "ca.example"\n@ TYPE65400 \\# 2 0102\n@ HTTPS 1 . alpn=h2\n$GENERATE 1-3 host$ A 192.0.2.$\n$ttl 300 ; again\nns1 a 192.0.2.1\n`,
    added: `@ TXT   "${CODE}"`,
  },
  'strings that look like more': {
    text: `${HEAD}@ TXT "a;b" "(" c\\;d "e\\"f" (\n  "g" ; )\n ) ; "\nns1 A 192.0.2.1\n`,
    added: `@ ${TXT}`,
  },
  'values that only begin with the code': {
    text: `${HEAD}@ TXT "${CODE}0"\n@ TXT "${CODE.toUpperCase()}"\nwww TXT "${CODE}"\nns1 A 192.0.2.1\n`,
    added: `@ ${TXT}`,
  },
  'a delegated name below': {
    text: `${HEAD}sub NS ns1\nns1 A 192.0.2.1\nwww CNAME ns1\n`,
    added: `@ ${TXT}`,
  },
  'the highest serial': {
    text: `${HEAD}ns1 A 192.0.2.1\n`.replace(' 7 ', '\t4294967295 '),
    added: `@ ${TXT}`,
    serial: ['\t4294967295 ', '\t1 '],
  },
};
