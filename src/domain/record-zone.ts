import { toALabels } from './dns-name.ts';

/** The zone of a record file, as somebody states it. */
export interface RecordZone {
  /** A-labels in lower case, without a final dot. */
  readonly name: string;
  /** As given: for DNSControl, with its tag, and in the script in which `D()` has the name. */
  readonly spelling: string;
  /** What follows the first `!`; `undefined` without one. */
  readonly tag: string | undefined;
}

/** Reads a zone such as `example.com`, or `example.com!external` with a tag of DNSControl; `undefined` if it is none. */
export function parseRecordZone(text: string): RecordZone | undefined {
  const [, given = '', tag] = /^([^!]*)(?:!(.*))?$/s.exec(text) ?? [];
  const name = toALabels(given.replace(/\.$/, ''));
  const isName = /^[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*$/.test(name);
  if (!isName || name.length > 253 || /[\s!"\\\p{Cc}]/u.test(tag ?? '')) return undefined;
  return { name, tag, spelling: `${given.replace(/\.$/, '')}${tag === undefined ? '' : `!${tag}`}` };
}
