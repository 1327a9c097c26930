/** Names, character-strings and TTLs in the presentation format of zone files (RFC 1035, section 5.1). */

const ESCAPE_OR_CHARACTER = /\\([01]\d\d|2[0-4]\d|25[0-5])|\\(.)|(.)/gsu;

const MAX_STRING_BYTES = 255;
const MAX_TTL_S = 0xffff_ffff;
const UNIT_S: Readonly<Record<string, number>> = { w: 604_800, d: 86_400, h: 3600, m: 60, s: 1 };

/**
 * A domain name in its one canonical spelling: lower case, with escapes only for characters that could be misread. A dot
 * inside a label is `\046`, so every plain dot in the result separates two labels.
 */
export function canonicalName(text: string): string {
  const name = text.replaceAll(ESCAPE_OR_CHARACTER, (_, code?: string, escaped?: string, plain?: string) => {
    if (plain === '.') return '.';
    const character = code === undefined ? (escaped ?? plain ?? '') : String.fromCharCode(Number(code));
    return /[\w*/-]/.test(character) ? character : escapedByCode(character);
  });
  return name.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
}

function escapedByCode(text: string): string {
  return [...Buffer.from(text)].map((byte) => `\\${String(byte).padStart(3, '0')}`).join('');
}

/**
 * A canonical name completed with an origin, unless it is already absolute: an absolute name ends with a dot. An origin
 * without a final dot is itself relative to an origin that the file does not state, which is the empty string.
 */
export function nameBelow(name: string, origin: string): string {
  if (name.endsWith('.') || origin === '') return name;
  if (name === '') return origin;
  return origin === '.' ? `${name}.` : `${name}.${origin}`;
}

/** The bytes of a character-string, each as the character with its code. */
export function bytesOfString(text: string): string {
  return text.replaceAll(ESCAPE_OR_CHARACTER, (_, code?: string, escaped?: string, plain?: string) =>
    code === undefined
      ? Buffer.from(escaped ?? plain ?? '').toString('latin1')
      : String.fromCharCode(Number(code)),
  );
}

/** The data of a TXT record: quoted character-strings of at most 255 bytes, separated by spaces. */
export function quotedStrings(text: string): string {
  const bytes = [...Buffer.from(text)];
  const count = Math.max(1, Math.ceil(bytes.length / MAX_STRING_BYTES));
  return Array.from({ length: count }, (_, index) => {
    const string = bytes.slice(index * MAX_STRING_BYTES, (index + 1) * MAX_STRING_BYTES);
    return `"${string.map(escapedByte).join('')}"`;
  }).join(' ');
}

function escapedByte(byte: number): string {
  const character = String.fromCharCode(byte);
  if (character === '"' || character === '\\') return `\\${character}`;
  return byte < 0x20 || byte > 0x7e ? `\\${String(byte).padStart(3, '0')}` : character;
}

/** A TTL in seconds, from a plain number or from BIND's units (`1h30m`); `undefined` for anything else. */
export function parseTtl(text: string): number | undefined {
  if (!/^(\d+|(\d+[wdhms])+)$/i.test(text)) return undefined;
  const parts = text.matchAll(/(\d+)([wdhms]?)/gi);
  const seconds = parts.reduce(
    (sum, [, number, unit]) => sum + Number(number) * (UNIT_S[unit?.toLowerCase() ?? ''] ?? 1),
    0,
  );
  return seconds <= MAX_TTL_S ? seconds : undefined;
}
