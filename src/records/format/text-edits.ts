/** A replacement of the characters from `start` up to, but not including, `end`. Offsets are UTF-16 code units. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** An edit that inserts text and replaces nothing. */
export function insertAt(offset: number, text: string): TextEdit {
  return { start: offset, end: offset, text };
}

/** The text with all edits applied. Edits must not overlap; their offsets are those of the original text. */
export function applyEdits(original: string, edits: readonly TextEdit[]): string {
  // From the end, so that earlier offsets stay valid.
  return edits
    .toSorted((a, b) => b.start - a.start)
    .reduce((result, { start, end, text }) => result.slice(0, start) + text + result.slice(end), original);
}

/** The line break that a text uses: that of its first line, or `\n` if it has none. */
export function lineBreakOf(text: string): '\n' | '\r\n' {
  const first = text.indexOf('\n');
  return first > 0 && text[first - 1] === '\r' ? '\r\n' : '\n';
}

/** The offset at which the line that contains an offset starts. */
export function lineStart(text: string, offset: number): number {
  // A negative index would search from 0.
  return offset <= 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
}
