/**
 * Control, format and ignorable characters (bidirectional controls, characters without width) and the line and paragraph
 * separators: everything that could start a new line, colour a log or reorder what a person reads.
 */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{DI}\u2028\u2029]/gu;

const SHORT_ESCAPES: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** One text of unknown origin in a sentence. */
const MAX_TEXT_LENGTH = 2000;

/** A whole line. Three texts that were already cut fit in, so that no text is cut twice. */
const MAX_LINE_LENGTH = 8000;

/**
 * Text of unknown origin as one printable line. Control and direction characters become visible escapes, so that
 * nothing in it can end a line. Very long text is cut and says how long it was.
 *
 * @param maxLength of what is left, in UTF-16 code units
 */
export function printable(text: string, maxLength = MAX_TEXT_LENGTH): string {
  const line = text.toWellFormed().replaceAll(UNPRINTABLE, (character) => {
    const short = SHORT_ESCAPES[character];
    return short ?? `\\u{${character.codePointAt(0)?.toString(16)}}`;
  });
  if (line.length <= maxLength) return line;
  return `${wholeCharacters(line.slice(0, maxLength))}… (${text.length} characters)`;
}

/** Text of unknown origin in which no word is an e-mail address: who somebody is does not belong into a log. */
export function withoutAddresses(text: string): string {
  return text.replaceAll(/\S+/g, (word) => (/.@./.test(word) ? '[address]' : word));
}

/**
 * A line that the runner does not read as a workflow command. The runner takes `::name::` at the start of a line, after
 * any spaces, and the older `##[name]` anywhere in it.
 */
export function withoutCommands(text: string): string {
  return printable(text, MAX_LINE_LENGTH)
    .replace(/^(\s*)::/, '$1\\::')
    .replaceAll('##[', '##\\[');
}

const HTML_ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** Text of unknown origin inside HTML that is part of Markdown: nothing in it is markup of either. */
export function html(text: string): string {
  return printable(text, MAX_LINE_LENGTH)
    .replaceAll(/[&<>"']/g, (character) => HTML_ENTITIES[character] ?? character)
    .replaceAll(/[\\`*_{}[\]()#+!|~$@:]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** Without the half of a character that a cut leaves at the end. */
function wholeCharacters(text: string): string {
  return text.isWellFormed() ? text : text.slice(0, -1);
}
