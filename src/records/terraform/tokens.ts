/**
 * The lexical part of HCL's native syntax (hashicorp/hcl, hclsyntax/spec.md). A template inside a string or a heredoc has
 * code in it, which can have strings in it: a stack says which of them is being read.
 */
import { printable } from '../../text/untrusted.ts';
import { UnreadableTextError } from '../format/unreadable-text-error.ts';

/**
 * `open` and `close` are the ends of a quoted string or a heredoc, `literal` a piece of text in it, `sequence` what opens a
 * template sequence (`${`, `%{`) and `sequence-end` what closes it. Comments and spaces have no token.
 */
type TokenKind =
  | 'newline'
  | 'identifier'
  | 'number'
  | 'symbol'
  | 'open'
  | 'literal'
  | 'close'
  | 'sequence'
  | 'sequence-end'
  | 'end';

/** One token: the characters from `start` up to, but not including, `end`. */
export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** What is being read: code, up to the brace that closes its sequence, or the text of a template. */
type Mode =
  | { readonly kind: 'code'; readonly start: number; depth: number }
  | { readonly kind: 'quoted'; readonly start: number }
  | { readonly kind: 'heredoc'; readonly start: number; readonly marker: string; isLineStart: boolean };

const SKIPPED = /[ \t]+|(?:#|\/\/)[^\n]*?(?=\r?\n|$)|\/\*.*?\*\//sy;
const LINE = /([^\r\n]*)\r?\n/y;
const NEWLINE = /\r?\n/y;
const IDENTIFIER = /[\p{ID_Start}_][\p{ID_Continue}-]*/uy;
/** Wider than a number, as HCL's own scanner is. Long ones would overflow the stack. */
const NUMBER = /\d(?:[\d.]|[eE][+-]?\d){0,500}(?<!\.)/y;
const HEREDOC = /<<-?([\p{ID_Start}_][\p{ID_Continue}-]*)\r?\n/uy;
const SYMBOL = /==|!=|>=|<=|&&|\|\||::|\.\.\.|=>|[[\](){}.,*/%+\-=<>!?:]/y;
const SEQUENCE = /[$%]\{~?/y;
const ESCAPED_SEQUENCE = /\$\$\{|%%\{/y;
/** As long as nothing in it can have a meaning. */
const PLAIN_QUOTED = /[^"\\$%\r\n]+/y;
const PLAIN_HEREDOC = /[^$%\r\n]+/y;
const ESCAPE = /\\(?:[nrt"\\]|u[\da-fA-F]{4}|U[\da-fA-F]{8})/y;

/**
 * The tokens of a text; the last one is of kind `end`.
 *
 * @throws {UnreadableTextError} at a character that HCL does not have there, and at what is never closed
 */
export function readTokens(text: string): readonly Token[] {
  return new Scanner(text).tokens();
}

class Scanner {
  readonly #text: string;
  readonly #tokens: Token[] = [];
  readonly #modes: Mode[] = [];
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  tokens(): readonly Token[] {
    while (this.#at < this.#text.length) {
      const mode = this.#modes.at(-1);
      if (mode === undefined || mode.kind === 'code') this.#readCode(mode);
      else if (mode.kind === 'quoted') this.#readQuoted();
      else this.#readHeredoc(mode);
    }
    const open = this.#modes[0];
    if (open !== undefined) throw this.#problem(`this ${NAMES[open.kind]} is never closed`, open.start);
    this.#add('end', 0);
    return this.#tokens;
  }

  #readCode(mode: Extract<Mode, { kind: 'code' }> | undefined): void {
    this.#skip();
    const start = this.#at;
    if (start === this.#text.length) return;
    const character = this.#text[start];
    if (character === '"') {
      this.#add('open', 1);
      this.#modes.push({ kind: 'quoted', start });
    } else if (mode?.depth === 0 && this.#endsSequence()) {
      this.#add('sequence-end', character === '~' ? 2 : 1);
      this.#modes.pop();
    } else if (this.#text.startsWith('/*', start)) throw this.#problem('this comment is never closed', start);
    else if (!this.#openHeredoc() && !this.#readWord()) {
      throw this.#problem(`the character ${printable(this.#character(), 40)} has no meaning here`, start);
    }
    if (mode === undefined || this.#modes.at(-1) !== mode) return;
    if (character === '{') mode.depth++;
    if (character === '}') mode.depth--;
  }

  #endsSequence(): boolean {
    return this.#text[this.#at] === '}' || this.#text.startsWith('~}', this.#at);
  }

  #openHeredoc(): boolean {
    HEREDOC.lastIndex = this.#at;
    const found = HEREDOC.exec(this.#text);
    if (found === null) return false;
    const start = this.#at;
    this.#add('open', found[0].length);
    this.#modes.push({ kind: 'heredoc', start, marker: found[1] ?? '', isLineStart: true });
    return true;
  }

  #readWord(): boolean {
    return (
      this.#take('newline', NEWLINE) ||
      this.#take('identifier', IDENTIFIER) ||
      this.#take('number', NUMBER) ||
      this.#take('symbol', SYMBOL)
    );
  }

  /** Over spaces and comments. */
  #skip(): void {
    let found = this.#match(SKIPPED);
    while (found !== undefined) {
      this.#at += found.length;
      found = this.#match(SKIPPED);
    }
  }

  #readQuoted(): void {
    const start = this.#at;
    if (this.#text[start] === '"') {
      this.#add('close', 1);
      this.#modes.pop();
    } else if (this.#text[start] === '\\') {
      if (!this.#take('literal', ESCAPE))
        throw this.#problem('this backslash starts no escape of HCL', start);
    } else if (!this.#take('literal', PLAIN_QUOTED))
      this.#readSequence('this quote is not closed on its line');
  }

  #readHeredoc(mode: Extract<Mode, { kind: 'heredoc' }>): void {
    if (mode.isLineStart) {
      mode.isLineStart = false;
      LINE.lastIndex = this.#at;
      const line = LINE.exec(this.#text)?.[1];
      // A marker that ends the file closes nothing: HCL wants a line break after it.
      if (line?.trim() === mode.marker) {
        this.#add('close', line.length);
        this.#modes.pop();
        return;
      }
    }
    if (this.#take('literal', PLAIN_HEREDOC)) return;
    if (this.#take('literal', NEWLINE)) mode.isLineStart = true;
    else this.#readSequence('a heredoc cannot have this character');
  }

  /** At `$` or `%`, or at a character that no template has. */
  #readSequence(otherwise: string): void {
    const start = this.#at;
    if (this.#take('literal', ESCAPED_SEQUENCE)) return;
    if (this.#take('sequence', SEQUENCE)) this.#modes.push({ kind: 'code', start, depth: 0 });
    else if ('$%'.includes(this.#character())) this.#add('literal', 1);
    else throw this.#problem(otherwise, this.#modes.at(-1)?.kind === 'quoted' ? this.#openQuote() : start);
  }

  #openQuote(): number {
    return this.#modes.at(-1)?.start ?? this.#at;
  }

  #character(): string {
    return String.fromCodePoint(this.#text.codePointAt(this.#at) ?? 0);
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    return pattern.exec(this.#text)?.[0];
  }

  #take(kind: TokenKind, pattern: RegExp): boolean {
    const found = this.#match(pattern);
    if (found === undefined) return false;
    this.#add(kind, found.length);
    return true;
  }

  #add(kind: TokenKind, length: number): void {
    const start = this.#at;
    this.#at = start + length;
    this.#tokens.push({ kind, text: this.#text.slice(start, this.#at), start, end: this.#at });
  }

  #problem(problem: string, offset: number): UnreadableTextError {
    return new UnreadableTextError(problem, { text: this.#text, offset });
  }
}

const NAMES: Readonly<Record<Mode['kind'], string>> = {
  code: 'template sequence',
  quoted: 'quote',
  heredoc: 'heredoc',
};
