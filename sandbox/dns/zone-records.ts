import type { Answer } from 'dns-packet';
import { normalizeName } from './names.ts';

/** A TXT record's text, or its character-strings when the split matters. */
export type TxtValue = string | readonly string[];

interface Named {
  /** Absolute, or `@` for the zone apex. */
  readonly name: string;
  /** Seconds. */
  readonly ttl?: number | undefined;
}

/** A record as written in a zone. */
export type ZoneRecord =
  | (Named & { readonly type: 'A' | 'AAAA' | 'CNAME' | 'NS'; readonly data: string })
  | (Named & { readonly type: 'TXT'; readonly data: TxtValue });

/** A record as a zone keeps it: absolute lower-case name, TTL known, text cut into character-strings. */
export type StoredRecord = { readonly name: string; readonly ttl: number } & (
  | { readonly type: 'A' | 'AAAA' | 'CNAME' | 'NS'; readonly data: string }
  | { readonly type: 'TXT'; readonly data: readonly Buffer[] }
);

const LONGEST_CHARACTER_STRING = 255;

/** Splits text into character-strings of at most 255 bytes (RFC 1035, 3.3.14); a list is kept. */
function toCharacterStrings(value: TxtValue): Buffer[] {
  if (typeof value !== 'string') return value.map((part) => Buffer.from(part));
  const bytes = Buffer.from(value);
  const count = Math.max(1, Math.ceil(bytes.length / LONGEST_CHARACTER_STRING));
  return Array.from({ length: count }, (_, index) =>
    bytes.subarray(index * LONGEST_CHARACTER_STRING, (index + 1) * LONGEST_CHARACTER_STRING),
  );
}

/** Converts a record to the form that a zone stores. */
export function toStored(record: ZoneRecord, ttl: number): StoredRecord {
  const name = normalizeName(record.name);
  switch (record.type) {
    case 'TXT':
      return { name, ttl, type: 'TXT', data: toCharacterStrings(record.data) };
    case 'A':
    case 'AAAA':
      return { name, ttl, type: record.type, data: record.data };
    case 'CNAME':
    case 'NS':
      return { name, ttl, type: record.type, data: normalizeName(record.data) };
  }
}

/** Whether two records are the same, whatever the TTL and the split of a text. */
export function isSameRecord(one: StoredRecord, other: StoredRecord): boolean {
  if (one.name !== other.name) return false;
  if (one.type === 'TXT' && other.type === 'TXT') {
    return Buffer.concat(one.data).equals(Buffer.concat(other.data));
  }
  return one.type === other.type && one.data === other.data;
}

/** The record as dns-packet encodes it; `owner` keeps the client's spelling of the name. */
export function toAnswer(record: StoredRecord, owner = record.name): Answer {
  const { ttl } = record;
  // A copy, because dns-packet's encoder changes the list it is given.
  return record.type === 'TXT'
    ? { name: owner, type: 'TXT', ttl, data: [...record.data] }
    : { name: owner, type: record.type, ttl, data: record.data };
}
