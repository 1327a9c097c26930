/** What the entries of a zone file mean (RFC 1035, section 5.1; RFC 2308, section 4 for `$TTL`). */

import { printable } from '../../text/untrusted.ts';
import { UnreadableTextError } from '../format/unreadable-text-error.ts';
import { type Entry, readEntries, type Token } from './entries.ts';
import { canonicalName, nameBelow, parseTtl } from './presentation-format.ts';

/** A record, and what was in force at its place. Names are as {@link nameBelow} returns them. */
export interface ZoneRecord {
  readonly entry: Entry;
  readonly owner: string;
  /** Upper case; `TYPE16` (RFC 3597) is `TXT`. */
  readonly type: string;
  readonly ttlToken: Token | undefined;
  readonly classToken: Token | undefined;
  readonly typeToken: Token;
  /** The tokens after the type. */
  readonly data: readonly Token[];
  /** The record's TTL by BIND's rules, whether stated or not. */
  readonly ttlS: number | undefined;
  readonly defaultTtl: DefaultTtl;
  readonly origin: string;
}

/**
 * Where a record without a TTL gets it from: `$TTL`, the SOA minimum, or the last stated TTL, as BIND has it (RFC 1035). Of
 * these, NSD knows only `$TTL`.
 */
export type DefaultTtl = '$TTL' | 'SOA minimum' | 'last stated';

/** The records of a zone file, and what is in force at its end. */
export interface ZoneFile {
  readonly records: readonly ZoneRecord[];
  readonly origin: string;
  readonly ttlS: number | undefined;
  readonly defaultTtl: DefaultTtl;
}

/** What carries over from one entry to the next. */
interface ReaderState {
  readonly text: string;
  origin: string;
  owner: string | undefined;
  /** From `$TTL`, or from the SOA record if that is the only source. */
  defaultTtlS: number | undefined;
  defaultTtl: DefaultTtl;
  lastTtlS: number | undefined;
}

/** The types that matter to this action can be written as numbers too (RFC 3597, section 5). */
const TYPE_NUMBERS: Readonly<Record<string, string>> = {
  TYPE2: 'NS',
  TYPE5: 'CNAME',
  TYPE6: 'SOA',
  TYPE16: 'TXT',
  TYPE39: 'DNAME',
  TYPE46: 'RRSIG',
};

const SOA_FIELDS = 7;

/**
 * Reads a zone file. The result lacks the records that `$INCLUDE` and `$GENERATE` would add.
 *
 * @throws {UnreadableTextError} for anything that is neither a record of class IN nor a directive that BIND knows
 */
export function readZoneFile(text: string): ZoneFile {
  const state: ReaderState = {
    text,
    origin: '',
    owner: undefined,
    defaultTtlS: undefined,
    defaultTtl: 'last stated',
    lastTtlS: undefined,
  };
  const records = readEntries(text).flatMap((entry) => {
    const [first] = entry.tokens;
    const isDirective = !entry.isIndented && !first.isQuoted && first.text.startsWith('$');
    if (!isDirective) return [readRecord(entry, state)];
    applyDirective(entry, state);
    return [];
  });
  const { origin, defaultTtl } = state;
  return { records, origin, defaultTtl, ttlS: state.defaultTtlS ?? state.lastTtlS };
}

function applyDirective({ tokens: [directive, value] }: Entry, state: ReaderState): void {
  const name = directive.text.toUpperCase();
  // These do not affect later entries: the origin is restored after an included file.
  if (['$INCLUDE', '$GENERATE', '$DATE'].includes(name)) return;
  if (name !== '$ORIGIN' && name !== '$TTL') {
    throw unreadable(`unknown directive ${printable(directive.text, 40)}`, directive, state);
  }
  if (value === undefined) throw unreadable(`${name} has no value`, directive, state);
  if (name === '$ORIGIN') state.origin = resolveName(value, state);
  else {
    state.defaultTtlS = readTtl(value, state);
    state.defaultTtl = '$TTL';
  }
}

function resolveName({ text }: Token, { origin }: ReaderState): string {
  return nameBelow(text === '@' ? '' : canonicalName(text), origin);
}

function readTtl(token: Token, state: ReaderState): number {
  const ttlS = parseTtl(token.text);
  if (ttlS === undefined) throw unreadable(`${printable(token.text, 40)} is not a valid TTL`, token, state);
  return ttlS;
}

function readRecord(entry: Entry, state: ReaderState): ZoneRecord {
  const { origin } = state;
  const [first] = entry.tokens;
  const owner = entry.isIndented ? state.owner : resolveName(first, state);
  if (owner === undefined) {
    throw unreadable('this record has no owner name, and no record before it has one', first, state);
  }
  state.owner = owner;
  const { ttlToken, classToken, typeToken, data } = readFields(entry, state);
  const type = typeToken.text.toUpperCase();
  const record = { entry, owner, ttlToken, classToken, typeToken, data, origin };
  const read = { ...record, type: TYPE_NUMBERS[type] ?? type };
  if (read.type === 'SOA') checkSoa(read, state);
  const ttlS = effectiveTtl(read, state);
  return { ...read, ttlS, defaultTtl: state.defaultTtl };
}

/** `[TTL] [class] type data` or `[class] [TTL] type data`. */
function readFields(
  { tokens, isIndented }: Entry,
  state: ReaderState,
): Pick<ZoneRecord, 'ttlToken' | 'classToken' | 'typeToken' | 'data'> {
  let ttlToken: Token | undefined;
  let classToken: Token | undefined;
  for (let index = isIndented ? 0 : 1; index < tokens.length; index++) {
    const token = tokens[index];
    if (token === undefined || token.isQuoted) break;
    if (ttlToken === undefined && /^\d/.test(token.text)) {
      readTtl(token, state);
      ttlToken = token;
    } else if (classToken === undefined && isClass(token, state)) {
      classToken = token;
    } else if (/^[a-z][a-z0-9-]*$/i.test(token.text)) {
      return { ttlToken, classToken, typeToken: token, data: tokens.slice(index + 1) };
    } else break;
  }
  throw unreadable('this is not a record: no type follows the owner name, TTL and class', tokens[0], state);
}

function isClass(token: Token, state: ReaderState): boolean {
  if (/^(IN|CLASS1)$/i.test(token.text)) return true;
  if (/^(CH|CHAOS|HS|HESIOD|CS|CLASS\d+)$/i.test(token.text)) {
    const name = printable(token.text.toUpperCase(), 40);
    throw unreadable(`this record is of class ${name}, and the action supports only IN`, token, state);
  }
  return false;
}

function checkSoa({ data, typeToken }: Pick<ZoneRecord, 'data' | 'typeToken'>, state: ReaderState): void {
  if (data.length < SOA_FIELDS) {
    const problem = `the SOA record has ${data.length} fields instead of ${SOA_FIELDS}`;
    throw unreadable(problem, typeToken, state);
  }
  const serial = data[2];
  if (serial === undefined) return;
  if (serial.isQuoted || !/^\d+$/.test(serial.text) || Number(serial.text) > 0xffff_ffff) {
    throw unreadable(`the SOA serial ${printable(serial.text, 40)} is not a 32-bit number`, serial, state);
  }
}

function unreadable(problem: string, { start }: Token, { text }: ReaderState): UnreadableTextError {
  return new UnreadableTextError(problem, { text, offset: start });
}

/** The stated TTL, else that of `$TTL`, else the last stated one; a zone with none of them uses the SOA minimum. */
function effectiveTtl(
  { ttlToken, type, data }: Pick<ZoneRecord, 'ttlToken' | 'type' | 'data'>,
  state: ReaderState,
): number | undefined {
  const minimum = data[SOA_FIELDS - 1];
  const isUnknown = state.defaultTtlS === undefined && state.lastTtlS === undefined;
  if (ttlToken !== undefined) state.lastTtlS = readTtl(ttlToken, state);
  else if (type === 'SOA' && isUnknown && minimum !== undefined) {
    state.defaultTtlS = readTtl(minimum, state);
    state.defaultTtl = 'SOA minimum';
  }
  return ttlToken === undefined ? (state.defaultTtlS ?? state.lastTtlS) : state.lastTtlS;
}
