/** Expressions of HCL's native syntax (hashicorp/hcl, hclsyntax/spec.md). Only what can be literal keeps its value. */
import type { Expression, ListExpression } from './syntax.ts';
import type { TokenReader } from './token-reader.ts';

const BINARY_OPERATORS = ['||', '&&', '==', '!=', '>', '<', '>=', '<=', '+', '-', '*', '/', '%'];

/** @throws {UnreadableTextError} if no expression is there */
export function readExpression(reader: TokenReader): Expression {
  return reader.nested(() => {
    const first = readOperand(reader);
    let isPlain = true;
    while (BINARY_OPERATORS.some((operator) => reader.takes(operator))) {
      isPlain = false;
      readOperand(reader);
    }
    if (reader.takes('?')) {
      isPlain = false;
      readExpression(reader);
      reader.expect(':');
      readExpression(reader);
    }
    return isPlain ? first : other(reader, first.start);
  });
}

function other(reader: TokenReader, start: number): Expression {
  return { kind: 'other', start, end: reader.lastEnd };
}

function readOperand(reader: TokenReader): Expression {
  const { start } = reader.peek();
  let hasOperator = false;
  while (reader.takes('-') || reader.takes('!')) hasOperator = true;
  const operand = readTraversals(reader, readTerm(reader));
  return hasOperator ? other(reader, start) : operand;
}

function readTraversals(reader: TokenReader, from: Expression): Expression {
  let expression = from;
  for (;;) {
    if (reader.takes('.')) expression = readStep(reader, expression);
    else if (reader.takes('[')) {
      readIndex(reader);
      expression = other(reader, from.start);
    } else return expression;
  }
}

function readStep(reader: TokenReader, from: Expression): Expression {
  const { text } = reader.peek();
  if (takesIndexWithDot(reader)) return other(reader, from.start);
  if (reader.takes('*')) {
    // The splat takes the steps after it; another splat cannot be one of them.
    while (reader.takes('.')) if (!takesIndexWithDot(reader)) readName(reader);
    return other(reader, from.start);
  }
  readName(reader);
  if (from.kind !== 'reference') return other(reader, from.start);
  return { ...from, path: [...from.path, text], end: reader.lastEnd };
}

/** The old way to write an index; "a.0.1" would be a decimal number. */
function takesIndexWithDot(reader: TokenReader): boolean {
  const { kind, text } = reader.peek();
  const isIndex = kind === 'number' && !text.includes('.');
  if (isIndex) reader.read();
  return isIndex;
}

function readName(reader: TokenReader): void {
  reader.expectKind('identifier', 'a name');
}

function readIndex(reader: TokenReader): void {
  if (reader.takes('*')) {
    reader.expect(']');
    return;
  }
  reader.within(false, () => {
    readExpression(reader);
    reader.expect(']');
  });
}

function readTerm(reader: TokenReader): Expression {
  const { kind, start, text } = reader.peek();
  if (kind === 'open') return readTemplate(reader);
  if (kind === 'identifier') {
    reader.read();
    if (reader.isAt('(') || reader.isAt('::')) return readCall(reader, start);
    const place = { start, end: reader.lastEnd };
    if (['true', 'false', 'null'].includes(text)) return { kind: 'constant', word: text, ...place };
    return { kind: 'reference', path: [text], ...place };
  }
  if (kind === 'number') {
    if (!/^\d+(\.\d*)?(e[+-]?\d+)?$/i.test(text)) throw reader.problem('this is not a number', start);
    reader.read();
    return other(reader, start);
  }
  if (reader.takes('[')) return reader.within(false, () => readList(reader, start));
  if (reader.takes('{')) return readObject(reader, start);
  if (!reader.takes('(')) throw reader.unexpected('a value');
  reader.within(false, () => {
    readExpression(reader);
    reader.expect(')');
  });
  return other(reader, start);
}

function readCall(reader: TokenReader, start: number): Expression {
  while (reader.takes('::')) reader.expectKind('identifier', 'the name of a function');
  reader.expect('(');
  reader.within(false, () => {
    while (!reader.takes(')')) {
      readExpression(reader);
      if (reader.takes('...')) {
        reader.expect(')');
        return;
      }
      if (!reader.isAt(')')) reader.expect(',');
    }
  });
  return other(reader, start);
}

function readList(reader: TokenReader, start: number): Expression {
  if (reader.isAt('for')) return readFor(reader, start, ']');
  const items: Expression[] = [];
  let afterLastComma: number | undefined;
  let lineBreak = reader.lineBreakAhead();
  while (!reader.isAt(']')) {
    items.push(readExpression(reader));
    lineBreak = reader.lineBreakAhead();
    const comma = reader.isAt(']') ? undefined : reader.expect(',');
    afterLastComma = comma?.end;
    if (comma !== undefined) lineBreak = reader.lineBreakAhead();
  }
  reader.read();
  return {
    kind: 'list',
    items,
    afterLastComma,
    lineBreak,
    start,
    end: reader.lastEnd,
  } satisfies ListExpression;
}

function readObject(reader: TokenReader, start: number): Expression {
  if (reader.within(false, () => reader.isAt('for'))) {
    return reader.within(false, () => readFor(reader, start, '}'));
  }
  reader.within(true, () => {
    for (;;) {
      while (reader.peek().kind === 'newline') reader.read();
      if (reader.takes('}')) return;
      readExpression(reader);
      if (!reader.takes('=')) reader.expect(':');
      readExpression(reader);
      if (reader.peek().kind !== 'newline' && !reader.takes(',') && !reader.isAt('}')) {
        throw reader.unexpected('a comma or a line break');
      }
    }
  });
  return other(reader, start);
}

function readFor(reader: TokenReader, start: number, close: ']' | '}'): Expression {
  readForIntroduction(reader);
  reader.expect(':');
  readExpression(reader);
  if (close === '}') {
    reader.expect('=>');
    readExpression(reader);
    reader.takes('...');
  }
  if (reader.takes('if')) readExpression(reader);
  reader.expect(close);
  return other(reader, start);
}

/** `for key, value in collection` */
function readForIntroduction(reader: TokenReader): void {
  reader.expect('for');
  readName(reader);
  if (reader.takes(',')) readName(reader);
  reader.expect('in');
  readExpression(reader);
}

/** What has been read of a quoted string or a heredoc. */
interface TemplateState {
  readonly isHeredoc: boolean;
  readonly parts: (string | Expression)[];
  /** The directives that wait for their end. */
  readonly openDirectives: string[];
  /** Whether Terraform does more than putting the parts together. */
  isComputed: boolean;
}

function readTemplate(reader: TokenReader): Expression {
  const open = reader.read();
  const isHeredoc = open.text !== '"';
  const state: TemplateState = { isHeredoc, parts: [], openDirectives: [], isComputed: false };
  for (let token = reader.read(); token.kind !== 'close'; token = reader.read()) {
    if (token.kind === 'literal') addLiteral(state, isHeredoc ? token.text : meaningOf(reader, token));
    else readSequence(reader, token.text, state);
  }
  const { parts, openDirectives, isComputed } = state;
  if (openDirectives.length > 0) throw reader.problem('a template directive has no end', open.start);
  const place = { start: open.start, end: reader.lastEnd };
  const isText = !isComputed && parts.every((part) => typeof part === 'string');
  if (isHeredoc) return { kind: isText ? 'heredoc' : 'other', ...place };
  if (isText) return { kind: 'text', value: parts.join(''), ...place };
  return isComputed ? { kind: 'other', ...place } : { kind: 'template', parts, ...place };
}

function addLiteral({ parts }: TemplateState, literal: string): void {
  const before = parts.at(-1);
  if (typeof before === 'string') parts[parts.length - 1] = before + literal;
  else parts.push(literal);
}

/** What is inside of `${…}` or `%{…}`; a `~` at either end takes white space away from the text beside it. */
function readSequence(reader: TokenReader, open: string, state: TemplateState): void {
  const isDirective = open.startsWith('%');
  const close = reader.within(false, () => {
    if (isDirective) readDirective(reader, state.openDirectives);
    else state.parts.push(readExpression(reader));
    return reader.expectKind('sequence-end', '"}"');
  });
  if (isDirective || open.endsWith('~') || close.text.startsWith('~')) state.isComputed = true;
}

/** What may follow a directive inside of it, by the directive. */
const DIRECTIVES: Readonly<Partial<Record<string, readonly string[]>>> = {
  if: ['else', 'endif'],
  else: ['endif'],
  for: ['endfor'],
};

function readDirective(reader: TokenReader, open: string[]): void {
  const { text, start } = reader.peek();
  if (text === 'for') {
    readForIntroduction(reader);
  } else {
    reader.expectKind('identifier', 'the name of a directive');
    const isFirst = text === 'if';
    if (isFirst) readExpression(reader);
    else if (DIRECTIVES[open.pop() ?? '']?.includes(text) !== true) {
      throw reader.problem('this directive has no beginning', start);
    }
  }
  if (text in DIRECTIVES) open.push(text);
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' };

/** What a piece of a quoted string stands for. */
export function meaningOf(reader: TokenReader, { text, start }: { text: string; start: number }): string {
  if (text === '$${' || text === '%%{') return text.slice(1);
  if (!text.startsWith('\\')) return text;
  const short = ESCAPES[text.charAt(1)];
  if (short !== undefined) return short;
  const codePoint = Number.parseInt(text.slice(2), 16);
  const isSurrogate = codePoint >= 0xd800 && codePoint <= 0xdfff;
  if (isSurrogate || codePoint > 0x10ffff) throw reader.problem('there is no such character', start);
  return String.fromCodePoint(codePoint);
}
