import { parse } from 'yaml';

/** A TXT value as octoDNS' YAML contains it: with escaped semicolons. */
export function escapeTxt(text: string): string {
  return text.replaceAll(';', '\\;');
}

/** The text that a TXT value in octoDNS' YAML means: semicolons unescaped, quoted parts (`"a" "b"`) joined. */
export function unescapeTxt(value: string): string {
  const isQuoted = /^"(?:[^"\\]|\\.)*"(?:\s+"(?:[^"\\]|\\.)*")*$/s.test(value);
  const joined = isQuoted ? value.slice(1, -1).replaceAll(/"\s+"/g, '').replaceAll('\\"', '"') : value;
  return joined.replaceAll('\\;', ';');
}

/** A string as a one-line YAML scalar for block and flow style, unquoted only if all YAML versions read it the same. */
export function yamlScalar(text: string): string {
  const isPlain = /^[a-z][a-z0-9_=./+-]*$/i.test(text) && parse(text, { version: '1.1' }) === text;
  if (isPlain) return text;
  // Double-quoted scalars take JSON's escapes; single-quoted ones cannot hold line breaks.
  const isPrintable = /^[\x20-\x7e]*$/.test(text);
  return isPrintable ? `'${text.replaceAll("'", "''")}'` : JSON.stringify(text);
}

/** A name as a key of a zone; the apex is the empty one. */
export function yamlKey(name: string): string {
  return name === '' ? "''" : yamlScalar(name);
}
