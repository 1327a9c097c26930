const SHORT_ESCAPES: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

/**
 * A quoted string of HCL that means exactly the given text: nothing in it is an interpolation (`${`) or a directive
 * (`%{`), and nothing ends the line.
 */
export function hclString(text: string): string {
  const escaped = text
    .replaceAll(
      /["\\\p{Cc}\u2028\u2029]/gu,
      (character) => SHORT_ESCAPES[character] ?? unicodeEscape(character),
    )
    .replaceAll(/[$%](?=\{)/g, (introducer) => introducer + introducer);
  return `"${escaped}"`;
}

function unicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/**
 * The identifier for a domain: dots become underscores, hyphens stay, and an underscore stands before a first digit.
 * No two host names share one, since a host name holds no underscore.
 */
export function hclIdentifier(domain: string): string {
  const name = domain.replaceAll('.', '_');
  return /^\d/.test(name) ? `_${name}` : name;
}
