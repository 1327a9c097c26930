/**
 * The text that Route 53 makes of a value, by its own rules and nothing else: strings in quotes, each of at most 255
 * bytes; `\"` and `\\`; bytes that are not printable ASCII as `\` and three octal digits.
 *
 * @throws {Error} on whatever the rules do not name
 */
export function route53Text(value: string): string {
  return textOf(value, /^(?:"(?:[ !#-[\]-~]|\\["\\]|\\[0-3][0-7]{2})*"(?: ?(?=")|$))+$/, 8);
}

/** The text that a zone file's character-strings are (RFC 1035, section 5.1): as above, with three decimal digits. */
export function zoneFileText(value: string): string {
  return textOf(value, /^(?:"(?:[ !#-[\]-~]|\\["\\]|\\(?:[01]\d\d|2[0-4]\d|25[0-5]))*"(?: (?=")|$))+$/, 10);
}

function textOf(value: string, grammar: RegExp, radix: number): string {
  if (!grammar.test(value)) throw new Error(`not by the rules: ${value}`);
  const strings = [...value.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, string = '']) => {
    const bytes = [...string.matchAll(/\\(\d{3})|\\(.)|(.)/g)].map(([, digits, escaped, plain = '']) =>
      digits === undefined ? (escaped ?? plain).charCodeAt(0) : Number.parseInt(digits, radix),
    );
    if (bytes.length > 255) throw new Error(`a string of ${bytes.length} bytes: ${value}`);
    return Buffer.from(bytes);
  });
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.concat(strings));
}
