/**
 * The lexical part of zone files (RFC 1035, section 5.1) as BIND reads them: only spaces and tabs separate tokens, and
 * all other control characters are ordinary characters.
 */
import { UnreadableTextError } from '../format/unreadable-text-error.ts';

/** One item of an entry: a directive, a name, a number, a character-string. */
export interface Token {
  /** As written, with escapes but without surrounding quotes. */
  readonly text: string;
  readonly isQuoted: boolean;
  /** The offset of its first character; for a quoted string, of the quote. */
  readonly start: number;
}

/** A directive or a record: one line, or several joined by parentheses. */
export interface Entry {
  readonly start: number;
  /** The offset after its last line, including the comment and the line break. */
  readonly end: number;
  /** Whether it starts with white space, which means that a record has the owner of the one before. */
  readonly isIndented: boolean;
  /** At least one. */
  readonly tokens: readonly [Token, ...Token[]];
}

/**
 * White space or comment, line break, parenthesis, quoted string, plain string. Only a lone quote matches none of them.
 * Strings are limited to 65535 characters, the most that record data can hold, so that they cannot overflow the stack.
 */
const PIECE =
  /([ \t]+|;[^\n]*)|(\r\n?|\n)|([()])|"((?:[^"\\\n]|\\[^\n]){0,65535})"|((?:\\[^\r\n]|[^ \t\r\n();"]){1,65535})/y;

/**
 * The entries of a zone file in order, without blank lines and lines that are only a comment.
 *
 * @throws {UnreadableTextError} at a quote that is not closed on its line, or an unmatched parenthesis
 */
export function readEntries(text: string): readonly Entry[] {
  const entries: Entry[] = [];
  const open: number[] = [];
  let start = 0;
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
    if (piece === null) {
      throw new UnreadableTextError('this quote is not closed on its line', { text, offset: at });
    }
    const [, , lineBreak, parenthesis, quoted, plain] = piece;
    if (parenthesis === '(') open.push(at);
    else if (parenthesis === ')' && open.pop() === undefined) {
      throw new UnreadableTextError('this closing parenthesis has no opening one', { text, offset: at });
    } else if (lineBreak !== undefined && open.length === 0) finish(PIECE.lastIndex);
    const word = quoted ?? plain;
    if (word !== undefined) tokens.push({ text: word, isQuoted: quoted !== undefined, start: at });
  }
  const unclosed = open[0];
  if (unclosed !== undefined) {
    throw new UnreadableTextError('this parenthesis is never closed', { text, offset: unclosed });
  }
  finish(text.length);
  return entries;
}
