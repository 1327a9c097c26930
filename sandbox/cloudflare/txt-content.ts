/** A TXT record's `content` is invalid; the message says why. */
export class TxtContentError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'TxtContentError';
  }
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const LONGEST_CHARACTER_STRING = 255;

/** One quoted string and the space after it; escapes are `\"`, `\\` and `\DDD` (RFC 1035, 5.1). */
const QUOTED = /"((?:[^"\\]|\\[0-9]{3}|\\[^0-9])*)"\s*/y;
const ESCAPE = /\\([0-9]{3}|[^0-9])/gu;

function decodeEscapes(escaped: string): string {
  const bytes: Buffer[] = [];
  let end = 0;
  for (const match of escaped.matchAll(ESCAPE)) {
    const [whole, what = ''] = match;
    bytes.push(Buffer.from(escaped.slice(end, match.index)));
    bytes.push(what.length === 3 ? Buffer.of(toByte(what)) : Buffer.from(what));
    end = match.index + whole.length;
  }
  bytes.push(Buffer.from(escaped.slice(end)));
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.concat(bytes));
  } catch {
    // Zones are text, so a record of other bytes could not be returned unchanged.
    throw new TxtContentError('The sandbox keeps only text that is valid UTF-8');
  }
}

function toByte(digits: string): number {
  const value = Number(digits);
  if (value > 255) throw new TxtContentError(`\\${digits} is not a byte`);
  return value;
}

/** Splits text between characters into pieces of at most 255 bytes. */
function cut(text: string): string[] {
  const pieces = [''];
  for (const character of text) {
    const longer = `${pieces.at(-1)}${character}`;
    if (Buffer.byteLength(longer) <= LONGEST_CHARACTER_STRING) pieces[pieces.length - 1] = longer;
    else pieces.push(character);
  }
  return pieces;
}

/** The content of a TXT record, read. */
export interface TxtContent {
  readonly strings: readonly string[];
  /** As the API gives it back. */
  readonly shown: string;
}

/**
 * Reads `content` as the API accepts it: character-strings in double quotes, or the bare text. Text too long for one
 * character-string is split. The API gives it back as it was sent, or as {@link formatTxtContent} has it when it was
 * split: Cloudflare does not document that, but its Terraform provider and public reports about it depend on it.
 *
 * @throws TxtContentError for empty content and unbalanced quotes
 */
export function parseTxtContent(content: string): TxtContent {
  const strings = readStrings(content);
  const split = strings.flatMap(cut);
  const isSplit = split.length > strings.length;
  return {
    strings: split,
    shown: isSplit ? formatTxtContent(split.map((one) => Buffer.from(one))) : content,
  };
}

function readStrings(content: string): string[] {
  const trimmed = content.trim();
  if (trimmed === '') throw new TxtContentError('Content for TXT record is missing');
  if (!trimmed.startsWith('"')) return [content];
  const strings: string[] = [];
  QUOTED.lastIndex = 0;
  while (QUOTED.lastIndex < trimmed.length) {
    const found = QUOTED.exec(trimmed);
    if (found === null) throw new TxtContentError('Content for TXT record has quotes that do not pair');
    strings.push(decodeEscapes(found[1] ?? ''));
  }
  return strings;
}

function quote(bytes: Buffer): string {
  const characters = Array.from(bytes, (byte) => {
    if (byte === QUOTE || byte === BACKSLASH) return `\\${String.fromCharCode(byte)}`;
    const isPrintable = byte >= 0x20 && byte < 0x7f;
    return isPrintable ? String.fromCharCode(byte) : `\\${String(byte).padStart(3, '0')}`;
  });
  return `"${characters.join('')}"`;
}

/** A TXT record as the API shows it: each character-string in double quotes, `"a" "b"`. */
export function formatTxtContent(strings: readonly Buffer[]): string {
  return strings.map(quote).join(' ');
}
