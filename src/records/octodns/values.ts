import { parse } from 'yaml';

/** A TXT text as octoDNS' YAML has it: with its semicolons escaped. */
export function escapeTxt(text: string): string {
  return text.replaceAll(';', '\\;');
}

/** The TXT text that a value of octoDNS' YAML stands for: semicolons unescaped, quoted parts (`"a" "b"`) joined. */
export function unescapeTxt(value: string): string {
  const isQuoted = /^"(?:[^"\\]|\\.)*"(?:\s+"(?:[^"\\]|\\.)*")*$/s.test(value);
  const joined = isQuoted ? value.slice(1, -1).replaceAll(/"\s+"/g, '').replaceAll('\\"', '"') : value;
  return joined.replaceAll('\\;', ';');
}

/** A string as a YAML scalar on one line, in block and in flow style: plain where every YAML version agrees on it. */
export function scalar(text: string): string {
  const isPlain = /^[a-z][a-z0-9_=./+-]*$/i.test(text) && parse(text, { version: '1.1' }) === text;
  if (isPlain) return text;
  // A double-quoted scalar takes JSON's escapes, and a single-quoted one takes no line breaks that stay.
  const isPrintable = /^[\x20-\x7e]*$/.test(text);
  return isPrintable ? `'${text.replaceAll("'", "''")}'` : JSON.stringify(text);
}

/**
 * Whether a key comes before another in octoDNS' order: digits count as numbers, all else by its code units
 * (`natsort`, which octoDNS' `enforce_order` uses).
 */
export function isBefore(a: string, b: string): boolean {
  const [left, right] = [naturalParts(a), naturalParts(b)];
  for (const [index, part] of left.entries()) {
    const other = right[index];
    if (other === undefined) return false;
    if (part !== other) return part < other;
  }
  return left.length < right.length;
}

/** Text and numbers by turns, text first, so that like is compared with like. */
function naturalParts(key: string): readonly (string | bigint)[] {
  const parts = key.split(/([0-9]+)/).map((part, index) => (index % 2 === 1 ? BigInt(part) : part));
  return parts.at(-1) === '' ? parts.slice(0, -1) : parts;
}
