import { UnreadableTextError } from '../format/unreadable-text-error.ts';

/** A value in a JSON text. `start` is the offset of its first character, `end` the offset after its last. */
export type JsonNode = JsonObject | JsonOther;

/** An object in a JSON text. */
export interface JsonObject {
  readonly kind: 'object';
  readonly start: number;
  readonly end: number;
  readonly members: readonly JsonMember[];
}

/** Any other value: an array, a string, a number, `true`, `false` or `null`. */
export interface JsonOther {
  readonly kind: 'other';
  readonly start: number;
  readonly end: number;
}

/** A member of an object. */
export interface JsonMember {
  /** The name, without escapes. */
  readonly key: string;
  /** The offset of the name's quotation mark. */
  readonly start: number;
  readonly value: JsonNode;
}

// More than any real file has, and far too few to overflow the stack.
const MAX_DEPTH = 500;

/**
 * Finds where each value is in a JSON text (RFC 8259), so that an edit can leave every other character alone. Accepts
 * what `JSON.parse` accepts, nested up to 500 levels deep.
 *
 * @throws {UnreadableTextError} at the first character that is not valid JSON
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
    if (depth > MAX_DEPTH) throw this.#unreadable(`the JSON is nested more than ${MAX_DEPTH} levels deep`);
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

  /** A string as written, with its quotation marks. */
  #string(what: string): string {
    const start = this.#offset;
    if (!this.#take('"')) throw this.#expected(what);
    // One pattern for the whole string would overflow the stack on a long one.
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
    const found = seen === undefined ? `the end of the ${isEnd ? 'file' : 'line'}` : `"${seen}"`;
    return this.#unreadable(`invalid JSON: expected ${what} but found ${found}`);
  }

  #unreadable(problem: string): UnreadableTextError {
    return new UnreadableTextError(problem, { text: this.#text, offset: this.#offset });
  }
}
