/**
 * The lexical part of master files (RFC 1035, section 5.1), read as BIND reads them: only spaces and tabs separate,
 * and every other control is a character like any other.
 */
import { UnreadableTextError } from '../format/record-format.ts';

/** One item of an entry: a directive, a name, a number, a character-string. */
export interface Token {
  /** As written, escapes and all, without the quotes around it. */
  readonly text: string;
  readonly isQuoted: boolean;
  /** Offset of its first character, which is the quote of a quoted one. */
  readonly start: number;
}

/** A directive or a record: a line, or several that parentheses join. */
export interface Entry {
  readonly start: number;
  /** Behind the end of its last line, comment and line break included. */
  readonly end: number;
  /** Whether it starts with white space, which is how a record leaves its owner out. */
  readonly isIndented: boolean;
  /** At least one. */
  readonly tokens: readonly [Token, ...Token[]];
}

/**
 * White space or comment, line break, parenthesis, quoted string, plain string; only a lone quote is none of them. The
 * strings are bounded since very long ones would overflow the stack; the data of a record has 65535 bytes at most.
 */
const PIECE =
  /([ \t]+|;[^\n]*)|(\r\n?|\n)|([()])|"((?:[^"\\\n]|\\[^\n]){0,65535})"|((?:\\[^\r\n]|[^ \t\r\n();"]){1,65535})/y;

const BYTE_ORDER_MARK = '\ufeff';

/**
 * The entries of a master file in their order; lines without any are left out.
 *
 * @throws {UnreadableTextError} at a quote that its line does not close, or a parenthesis without its other half
 */
export function readEntries(text: string): readonly Entry[] {
  const entries: Entry[] = [];
  const open: number[] = [];
  let start = text.startsWith(BYTE_ORDER_MARK) ? 1 : 0;
  let tokens: Token[] = [];

  function finish(end: number): void {
    const [first, ...others] = tokens;
    const isIndented = text[start] === ' ' || text[start] === '\t';
    if (first !== undefined) entries.push({ start, end, isIndented, tokens: [first, ...others] });
    start = end;
    tokens = [];
  }

  for (let at = start; at < text.length; at = PIECE.lastIndex) {
    PIECE.lastIndex = at;
    const piece = PIECE.exec(text);
    if (piece === null) throw unreadable(text, at, 'this quote is not closed on its line');
    const [, , lineBreak, parenthesis, quoted, plain] = piece;
    if (parenthesis === '(') open.push(at);
    else if (parenthesis === ')' && open.pop() === undefined) {
      throw unreadable(text, at, 'this parenthesis closes none');
    } else if (lineBreak !== undefined && open.length === 0) finish(PIECE.lastIndex);
    const word = quoted ?? plain;
    if (word !== undefined) tokens.push({ text: word, isQuoted: quoted !== undefined, start: at });
  }
  const unclosed = open[0];
  if (unclosed !== undefined) throw unreadable(text, unclosed, 'this parenthesis is not closed');
  finish(text.length);
  return entries;
}

/** An error that points at an offset of the text. */
export function unreadable(
  text: string,
  offset: number,
  problem: string,
  hint?: string,
): UnreadableTextError {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf('\n') + 1;
  const line = before.split('\n').length;
  // By code points: what a person would count.
  return new UnreadableTextError(problem, { line, column: [...before.slice(lineStart)].length + 1 }, hint);
}
