import { UnreadableTextError } from '../format/record-format.ts';
import { positionAt } from '../format/text-edits.ts';

/** A value in a JSON text, with the offsets of its first character and of what follows it. */
export type JsonNode = JsonObject | JsonOther;

/** An object in a JSON text. */
export interface JsonObject {
  readonly kind: 'object';
  readonly start: number;
  readonly end: number;
  readonly members: readonly JsonMember[];
}

/** Anything else: an array, a string, a number, `true`, `false`, `null`. */
export interface JsonOther {
  readonly kind: 'other';
  readonly start: number;
  readonly end: number;
}

/** A member of an object. */
export interface JsonMember {
  /** Its name, unescaped. */
  readonly key: string;
  /** The offset of the name's quotation mark. */
  readonly start: number;
  readonly value: JsonNode;
}

// Far beyond any real file, and far from the end of the stack.
const MAX_DEPTH = 500;

/**
 * Where everything is in a JSON text (RFC 8259), so that a change can leave every other character as it was. Accepts
 * what `JSON.parse` accepts up to a nesting of 500.
 *
 * @throws {UnreadableTextError} at the first character that JSON does not allow
 */
export function scanJson(text: string): JsonNode {
  const scanner = new Scanner(text);
  const root = scanner.value(0);
  scanner.expectEnd();
  return root;
}

class Scanner {
  readonly #text: string;
  #offset = 0;

  constructor(text: string) {
    this.#text = text;
  }

  value(depth: number): JsonNode {
    this.#skipSpace();
    if (depth > MAX_DEPTH) throw this.#unreadable(`JSON nested more than ${MAX_DEPTH} deep`);
    const start = this.#offset;
    if (this.#take('{')) return { kind: 'object', start, members: this.#members(depth), end: this.#offset };
    if (this.#take('[')) this.#items(depth);
    else if (
      this.#match(/-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|true|false|null/y) === undefined
    )
      this.#string('a value');
    return { kind: 'other', start, end: this.#offset };
  }

  expectEnd(): void {
    this.#skipSpace();
    if (this.#offset < this.#text.length) throw this.#expected('the end of the file');
  }

  #members(depth: number): readonly JsonMember[] {
    const members: JsonMember[] = [];
    this.#skipSpace();
    if (this.#take('}')) return members;
    for (;;) {
      this.#skipSpace();
      const start = this.#offset;
      const key: string = JSON.parse(this.#string('a name in double quotes'));
      this.#skipSpace();
      if (!this.#take(':')) throw this.#expected('":"');
      members.push({ key, start, value: this.value(depth + 1) });
      this.#skipSpace();
      if (this.#take('}')) return members;
      if (!this.#take(',')) throw this.#expected('"," or "}"');
    }
  }

  #items(depth: number): void {
    this.#skipSpace();
    if (this.#take(']')) return;
    for (;;) {
      this.value(depth + 1);
      this.#skipSpace();
      if (this.#take(']')) return;
      if (!this.#take(',')) throw this.#expected('"," or "]"');
    }
  }

  /** The source of a string, quotation marks included. */
  #string(what: string): string {
    const start = this.#offset;
    if (!this.#take('"')) throw this.#expected(what);
    // Step by step: one expression for a whole string overflows the stack on a long one.
    for (;;) {
      this.#match(/[ !#-[\]-\uffff]*/y);
      if (this.#take('"')) return this.#text.slice(start, this.#offset);
      if (this.#match(/\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y) === undefined)
        throw this.#expected('the end of the string');
    }
  }

  #skipSpace(): void {
    this.#match(/[ \t\r\n]*/y);
  }

  #take(character: string): boolean {
    const isNext = this.#text[this.#offset] === character;
    if (isNext) this.#offset += 1;
    return isNext;
  }

  #match(sticky: RegExp): string | undefined {
    sticky.lastIndex = this.#offset;
    const found = sticky.exec(this.#text)?.[0];
    this.#offset += found?.length ?? 0;
    return found;
  }

  #expected(what: string): UnreadableTextError {
    const seen = this.#text.slice(this.#offset).match(/^./u)?.[0];
    const isEnd = this.#offset >= this.#text.length;
    const instead = seen === undefined ? (isEnd ? 'the file ends' : 'the line ends') : `there is "${seen}"`;
    return this.#unreadable(`not JSON: ${instead} where ${what} should be`);
  }

  #unreadable(problem: string): UnreadableTextError {
    return new UnreadableTextError(problem, positionAt(this.#text, this.#offset));
  }
}
