/**
 * Controls, format and ignorable characters (bidirectional controls, what has no width) and the line and paragraph
 * separators: everything that could start a new line, colour a log or reorder what a person reads.
 */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{DI}\u2028\u2029]/gu;

const SHORT_ESCAPES: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/**
 * Text of unknown origin as one printable line: control and direction characters become visible escapes,
 * so that nothing in it can end a line, and very long text is cut.
 */
export function printable(text: string, maxLength = 2000): string {
  const line = text.replaceAll(UNPRINTABLE, (character) => {
    const short = SHORT_ESCAPES[character];
    return short ?? `\\u{${character.codePointAt(0)?.toString(16)}}`;
  });
  return line.length <= maxLength ? line : `${line.slice(0, maxLength)}… (${line.length} characters)`;
}

/**
 * A line that the runner will not read as a workflow command. The runner takes `::name::` at the start of a
 * line, spaces skipped, and the older `##[name]` anywhere in it.
 */
export function withoutCommands(text: string): string {
  return printable(text)
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

/** Text of unknown origin inside HTML that sits in Markdown: nothing in it is markup of either. */
export function html(text: string): string {
  return printable(text)
    .replaceAll(/[&<>"']/g, (character) => HTML_ENTITIES[character] ?? character)
    .replaceAll(/[\\`*_{}[\]()#+!|~$@:]/g, (character) => `&#${character.charCodeAt(0)};`);
}
