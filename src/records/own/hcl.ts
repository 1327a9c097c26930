const HCL_ESCAPES: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

/**
 * A quoted HCL string that means exactly the given text: nothing in it acts as an interpolation (`${`), a directive (`%{`)
 * or a line break.
 */
export function hclString(text: string): string {
  const escaped = text
    .replaceAll(
      /["\\\p{Cc}\u2028\u2029]/gu,
      (character) => HCL_ESCAPES[character] ?? unicodeEscape(character),
    )
    .replaceAll(/[$%](?=\{)/g, (introducer) => introducer + introducer);
  return `"${escaped}"`;
}

function unicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/**
 * The HCL identifier of a domain: dots become underscores, hyphens stay, and an underscore is put before a leading digit.
 * Different host names get different identifiers, because host names have no underscores.
 */
export function hclIdentifier(domain: string): string {
  const name = domain.replaceAll('.', '_');
  return /^\d/.test(name) ? `_${name}` : name;
}
