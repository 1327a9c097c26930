import { printable } from '../../text/untrusted.ts';
import { UnreadableTextError } from '../format/unreadable-text-error.ts';
import { readTokens, type Token } from './tokens.ts';

/** Nobody nests deeper; more could overflow the stack. */
const MAX_DEPTH = 200;

/** Hands out the tokens of a text one after the other. Inside of brackets, line breaks mean nothing and are passed over. */
export class TokenReader {
  readonly text: string;
  readonly #tokens: readonly Token[];
  readonly #hidesNewlines: boolean[] = [false];
  #next = 0;
  #depth = 0;
  #lastEnd = 0;

  /** @throws {UnreadableTextError} as {@link readTokens} */
  constructor(text: string) {
    this.text = text;
    this.#tokens = readTokens(text);
  }

  /** The next token, which stays the next one. */
  peek(): Token {
    const token = this.#tokens[this.#nextIndex()];
    if (token === undefined) throw new TypeError('there is always a last token');
    return token;
  }

  #nextIndex(): number {
    let index = this.#next;
    if (this.#hidesNewlines.at(-1) === true) while (this.#tokens[index]?.kind === 'newline') index++;
    return index;
  }

  /** The next token; the one after it becomes the next. */
  read(): Token {
    const token = this.peek();
    if (token.kind === 'end') return token;
    this.#next = this.#nextIndex() + 1;
    if (token.kind !== 'newline') this.#lastEnd = token.end;
    return token;
  }

  /** Whether the next token is this symbol or word. */
  isAt(text: string): boolean {
    const { kind, text: next } = this.peek();
    return (kind === 'symbol' || kind === 'identifier') && next === text;
  }

  /** Reads the next token if it is this symbol or word. */
  takes(text: string): boolean {
    const isThere = this.isAt(text);
    if (isThere) this.read();
    return isThere;
  }

  /** @throws {UnreadableTextError} unless the next token is this symbol or word */
  expect(text: string): Token {
    if (!this.isAt(text)) throw this.unexpected(`"${text}"`);
    return this.read();
  }

  /** @throws {UnreadableTextError} unless the next token is of this kind */
  expectKind(kind: Token['kind'], what: string): Token {
    if (this.peek().kind !== kind) throw this.unexpected(what);
    return this.read();
  }

  /** Reads something in which line breaks mean nothing (`false`) or end an item (`true`). */
  within<T>(newlinesCount: boolean, read: () => T): T {
    this.#hidesNewlines.push(!newlinesCount);
    const result = read();
    this.#hidesNewlines.pop();
    return result;
  }

  /** @throws {UnreadableTextError} if too many of these calls are inside of each other */
  nested<T>(read: () => T): T {
    if (this.#depth === MAX_DEPTH) {
      throw this.problem(`this is nested more than ${MAX_DEPTH} times`, this.peek().start);
    }
    this.#depth++;
    const result = read();
    this.#depth--;
    return result;
  }

  /** The offset of the line break that comes before every other token, also where line breaks are passed over. */
  lineBreakAhead(): number | undefined {
    const token = this.#tokens[this.#next];
    return token?.kind === 'newline' ? token.start : undefined;
  }

  /** The end of the token that was read last, line breaks not counted. */
  get lastEnd(): number {
    return this.#lastEnd;
  }

  /** An error at the next token. */
  unexpected(expected: string): UnreadableTextError {
    const { kind, text, start } = this.peek();
    const found = kind === 'end' ? 'the end of the file' : printable(JSON.stringify(text), 40);
    return this.problem(`${expected} is expected here, not ${found}`, start);
  }

  /** An error in the text. */
  problem(problem: string, offset: number): UnreadableTextError {
    return new UnreadableTextError(
      problem,
      { text: this.text, offset },
      'Run "terraform validate" in that folder: it has to accept the file first.',
    );
  }
}
