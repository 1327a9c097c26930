/** The records of a master file: what its entries mean (RFC 1035, section 5.1; RFC 2308, section 4 for `$TTL`). */
import { printable } from '../../text/untrusted.ts';
import { type Entry, readEntries, type Token, unreadable } from './entries.ts';
import { canonicalName, nameBelow, parseTtl } from './presentation-format.ts';

/** A record, and what was in force where it stands. Names are as {@link nameBelow} gives them. */
export interface ZoneRecord {
  readonly entry: Entry;
  readonly owner: string;
  /** Upper case; `TYPE16` (RFC 3597) is `TXT`. */
  readonly type: string;
  readonly ttlToken: Token | undefined;
  readonly classToken: Token | undefined;
  readonly typeToken: Token;
  /** The tokens behind the type. */
  readonly data: readonly Token[];
  /** The TTL that it has by BIND's rules, stated or not. */
  readonly ttlS: number | undefined;
  readonly origin: string;
}

/** A master file, and what is in force at its end. */
export interface Zone {
  readonly records: readonly ZoneRecord[];
  readonly origin: string;
  readonly ttlS: number | undefined;
}

/** What goes over from one entry to the next. */
interface State {
  readonly text: string;
  origin: string;
  owner: string | undefined;
  /** Of `$TTL`, or of the SOA record where that has to stand in. */
  defaultTtlS: number | undefined;
  lastTtlS: number | undefined;
}

/** The types that this action looks into, which may be written as numbers too. */
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
 * Reads a master file. What `$INCLUDE` and `$GENERATE` would add is not in it.
 *
 * @throws {UnreadableTextError} for anything that is neither a record of class IN nor a directive of BIND
 */
export function readZone(text: string): Zone {
  const state: State = { text, origin: '', owner: undefined, defaultTtlS: undefined, lastTtlS: undefined };
  const records = readEntries(text).flatMap((entry) => {
    const [first] = entry.tokens;
    const isDirective = !entry.isIndented && !first.isQuoted && first.text.startsWith('$');
    if (!isDirective) return [readRecord(entry, state)];
    follow(entry, state);
    return [];
  });
  return { records, origin: state.origin, ttlS: state.defaultTtlS ?? state.lastTtlS };
}

function follow({ tokens: [directive, value] }: Entry, state: State): void {
  const name = directive.text.toUpperCase();
  // These change nothing for the entries behind them: BIND and the RFC restore the origin after a file.
  if (['$INCLUDE', '$GENERATE', '$DATE'].includes(name)) return;
  if (name !== '$ORIGIN' && name !== '$TTL') {
    throw unreadable(state.text, directive.start, `unknown directive ${printable(directive.text, 40)}`);
  }
  if (value === undefined) throw unreadable(state.text, directive.start, `${name} without a value`);
  if (name === '$ORIGIN') state.origin = resolve(value, state);
  else state.defaultTtlS = ttlOf(value, state);
}

function resolve({ text }: Token, { origin }: State): string {
  return nameBelow(text === '@' ? '' : canonicalName(text), origin);
}

function ttlOf(token: Token, { text }: State): number {
  const ttlS = parseTtl(token.text);
  if (ttlS === undefined) throw unreadable(text, token.start, `${printable(token.text, 40)} is no TTL`);
  return ttlS;
}

function readRecord(entry: Entry, state: State): ZoneRecord {
  const { origin, text } = state;
  const [first] = entry.tokens;
  const owner = entry.isIndented ? state.owner : resolve(first, state);
  if (owner === undefined) {
    throw unreadable(text, first.start, 'a record without an owner name, and there is none before it');
  }
  state.owner = owner;
  const { ttlToken, classToken, typeToken, data } = readFields(entry, state);
  const type = typeToken.text.toUpperCase();
  const record = { entry, owner, ttlToken, classToken, typeToken, data, origin };
  const read = { ...record, type: TYPE_NUMBERS[type] ?? type, ttlS: undefined };
  if (read.type === 'SOA') checkSoa(read, state);
  return { ...read, ttlS: effectiveTtl(read, state) };
}

/** `[TTL] [class] type data` or `[class] [TTL] type data`. */
function readFields(
  { tokens, isIndented }: Entry,
  state: State,
): Pick<ZoneRecord, 'ttlToken' | 'classToken' | 'typeToken' | 'data'> {
  let ttlToken: Token | undefined;
  let classToken: Token | undefined;
  for (let index = isIndented ? 0 : 1; index < tokens.length; index++) {
    const token = tokens[index];
    if (token === undefined || token.isQuoted) break;
    if (ttlToken === undefined && /^\d/.test(token.text)) {
      ttlOf(token, state);
      ttlToken = token;
    } else if (classToken === undefined && isClass(token, state)) {
      classToken = token;
    } else if (/^[a-z][a-z0-9-]*$/i.test(token.text)) {
      return { ttlToken, classToken, typeToken: token, data: tokens.slice(index + 1) };
    } else break;
  }
  throw unreadable(
    state.text,
    tokens[0].start,
    'this is no record: behind the owner name, TTL and class a type is missing',
  );
}

function isClass({ text: word, start }: Token, { text }: State): boolean {
  if (/^(IN|CLASS1)$/i.test(word)) return true;
  if (/^(CH|CHAOS|HS|HESIOD|CS|CLASS\d+)$/i.test(word)) {
    throw unreadable(text, start, `a record of class ${word.toUpperCase()}; this action knows only IN`);
  }
  return false;
}

function checkSoa({ data, typeToken }: ZoneRecord, { text }: State): void {
  if (data.length < SOA_FIELDS) {
    const problem = `the SOA record has ${data.length} fields instead of ${SOA_FIELDS}`;
    throw unreadable(text, typeToken.start, problem);
  }
  const serial = data[2];
  if (serial === undefined) return;
  if (serial.isQuoted || !/^\d+$/.test(serial.text) || Number(serial.text) > 0xffff_ffff) {
    const problem = `the serial of the SOA record, ${printable(serial.text, 40)}, is no number of 32 bits`;
    throw unreadable(text, serial.start, problem);
  }
}

/** The stated TTL; else that of `$TTL`; else the last one. A SOA record with none of them lends all its minimum. */
function effectiveTtl({ ttlToken, type, data }: ZoneRecord, state: State): number | undefined {
  const minimum = data[SOA_FIELDS - 1];
  const isUnknown = state.defaultTtlS === undefined && state.lastTtlS === undefined;
  if (ttlToken !== undefined) state.lastTtlS = ttlOf(ttlToken, state);
  else if (type === 'SOA' && isUnknown && minimum !== undefined) state.defaultTtlS = ttlOf(minimum, state);
  return ttlToken === undefined ? (state.defaultTtlS ?? state.lastTtlS) : state.lastTtlS;
}
