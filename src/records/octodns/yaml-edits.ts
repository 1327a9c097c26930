import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { UnreadableTextError } from '../format/record-format.ts';
import { lineEnd, positionAt, type TextEdit } from '../format/text-edits.ts';
import { isBefore, scalar } from './values.ts';

/** A mapping of a zone's file or in it: keys and values as parsed. */
export type YamlMapping = YAMLMap<unknown, unknown>;

/** Edits to the text of a zone's file; each takes nodes that were parsed from exactly this text. */
export class ZoneEdits {
  readonly #text: string;
  readonly #newline: string;

  constructor(text: string) {
    this.#text = text;
    this.#newline = lineEnd(text);
  }

  /** A new key with a TXT record, at its place in octoDNS' order where the keys are in it, else as the last. */
  addName(zone: YamlMapping | undefined, name: string, value: string): readonly TextEdit[] {
    const key = name === '' ? "''" : scalar(name);
    const lines = [`${key}:`, '  type: TXT', `  value: ${scalar(value)}`];
    if (zone === undefined) return [this.#linesAt(this.#text.length, 0, lines)];
    const keys = zone.items.map(({ key }) => keyText(key));
    const isSorted = keys.every((each, index) => index === 0 || isBefore(keys[index - 1] ?? '', each));
    const found = isSorted ? keys.findIndex((each) => isBefore(name, each)) : -1;
    const index = found === -1 ? keys.length : found;
    if (zone.flow) return [this.#flowItem(zone, index, `${key}: { type: TXT, value: ${scalar(value)} }`)];
    const column = this.#column(start(zone.items[0]?.key));
    const previous = zone.items[index - 1];
    const at = previous === undefined ? this.#beforeFirst(zone) : this.#afterWithComments(previous, column);
    return [this.#linesAt(at, column, lines)];
  }

  /** One more record at a name that has records of other types. */
  addRecord(records: YamlMapping | YAMLSeq, parentColumn: number, value: string): readonly TextEdit[] {
    const flow = `{ type: TXT, value: ${scalar(value)} }`;
    const lines = ['- type: TXT', `  value: ${scalar(value)}`];
    if (isSeq(records)) {
      if (records.flow) return [this.#flowItem(records, records.items.length, flow)];
      const column = this.#column(start(records));
      return [this.#linesAt(this.#afterWithComments(records, column), column, lines)];
    }
    if (records.flow) {
      const [from, to] = rangeOf(records);
      return [insert(from, '['), insert(to, `, ${flow}]`)];
    }
    // The mapping stays where it is: a dash takes the place of two spaces of its indentation.
    const first = start(records.items[0]?.key);
    const column = this.#column(first) - 2;
    if (column < parentColumn || this.#text.slice(first - 2, first) !== '  ') throw this.unsupported(first);
    return [
      { start: first - 2, end: first, text: '- ' },
      this.#linesAt(this.#afterWithComments(records, column), column, lines),
    ];
  }

  /** One more value of a TXT record. */
  addValue(record: YamlMapping, value: string): readonly TextEdit[] {
    const pair = valuePair(record);
    if (pair === undefined) throw this.unsupported(start(record));
    const { key, value: old } = pair;
    if (isSeq(old)) {
      if (old.flow) return [this.#flowItem(old, old.items.length, scalar(value))];
      return [this.#linesAt(this.#after(old), this.#column(start(old)), [`- ${scalar(value)}`])];
    }
    if (!isScalar(old) || old.source === '') throw this.unsupported(start(isScalar(old) ? key : old));
    return this.#valueToList(record, key, old, value);
  }

  /** An error for a place that only a person can change. */
  unsupported(offset: number): UnreadableTextError {
    return new UnreadableTextError(
      'this octoDNS data is in a form that this action cannot add a value to',
      positionAt(this.#text, offset),
      'Write the record as "type: TXT" with "values:" and a list, or add the value by hand.',
    );
  }

  #valueToList(record: YamlMapping, key: unknown, old: Scalar, value: string): readonly TextEdit[] {
    const [from, to] = rangeOf(old);
    const source = this.#text.slice(from, to);
    const kept = source.includes('\n') ? scalar(String(old.value)) : source;
    const keyStart = start(key);
    const isBare = /^["']?:\s*$/.test(this.#text.slice(rangeOf(key)[1], from));
    if (!isBare) throw this.unsupported(keyStart);
    if (record.flow) {
      return [{ start: keyStart, end: to, text: `values: [${kept}, ${scalar(value)}]` }];
    }
    const column = this.#column(keyStart) + this.#listIndent();
    const head = `values:${this.#newline}${' '.repeat(column)}- `;
    const ended = source.endsWith('\n') ? kept + this.#newline : kept;
    return [
      { start: keyStart, end: to, text: head + ended },
      this.#linesAt(this.#after(old), column, [`- ${scalar(value)}`], source.endsWith('\n')),
    ];
  }

  /** How far the file indents a list below its key: as its first list of values does. */
  #listIndent(): number {
    const [, key, dash] = /^( *)values:[^\n]*\n( *)- /m.exec(this.#text) ?? [];
    return key === undefined || dash === undefined ? 2 : Math.max(0, dash.length - key.length);
  }

  #flowItem(collection: YamlMapping | YAMLSeq, index: number, item: string): TextEdit {
    const next: unknown = collection.items[index];
    if (next !== undefined) return insert(start(isPair(next) ? next.key : next), `${item}, `);
    const last: unknown = collection.items.at(-1);
    if (last === undefined) return insert(start(collection) + 1, item);
    return insert(rangeOf(isPair(last) ? (last.value ?? last.key) : last)[1], `, ${item}`);
  }

  /** Whole lines at the start of a line, or after a last line that has no end. */
  #linesAt(offset: number, column: number, lines: readonly string[], isLineStart = false): TextEdit {
    const block = lines.map((line) => ' '.repeat(column) + line + this.#newline).join('');
    const isOpen = !isLineStart && offset > 0 && this.#text[offset - 1] !== '\n';
    return insert(offset, isOpen ? this.#newline + block : block);
  }

  /** Where the lines of a node end. */
  #after(node: unknown): number {
    if (isPair(node)) return this.#after(node.value ?? node.key);
    if ((isMap(node) || isSeq(node)) && !node.flow && node.items.length > 0)
      return this.#after(node.items.at(-1));
    const [, end] = rangeOf(node);
    if (this.#text[end - 1] === '\n') return end;
    const newline = this.#text.indexOf('\n', end);
    return newline === -1 ? this.#text.length : newline + 1;
  }

  /** As {@link ZoneEdits.#after}, and after the comments below that are indented further than `column`. */
  #afterWithComments(node: unknown, column: number): number {
    const end = this.#after(node);
    const comments = new RegExp(`(?: {${column + 1},}#[^\\n]*(?:\\n|$))*`, 'y');
    comments.lastIndex = end;
    return end + (comments.exec(this.#text)?.[0].length ?? 0);
  }

  /** Before the first key and the comment on it; a comment that starts the file is the file's and stays on top. */
  #beforeFirst(zone: YamlMapping): number {
    const line = this.#lineStart(start(zone.items[0]?.key));
    let comment = line;
    for (let before = this.#lineStart(line - 1); before < comment; before = this.#lineStart(comment - 1)) {
      if (!/^[ \t]*#/.test(this.#text.slice(before, comment))) return comment;
      comment = before;
    }
    return line;
  }

  #column(offset: number): number {
    return offset - this.#lineStart(offset);
  }

  #lineStart(offset: number): number {
    return this.#text.lastIndexOf('\n', offset - 1) + 1;
  }
}

/** The pair with the values of a record; octoDNS looks for `values` first. */
export function valuePair(record: YamlMapping): Pair | undefined {
  return (
    record.items.find(({ key }) => keyText(key) === 'values') ??
    record.items.find(({ key }) => keyText(key) === 'value')
  );
}

/** The text of a key; a key that is no scalar has none that is a name. */
export function keyText(key: unknown): string {
  return isScalar(key) ? String(key.value) : '\0';
}

/** The offset of a parsed node's first character. */
export function start(node: unknown): number {
  return rangeOf(node)[0];
}

function rangeOf(node: unknown): readonly [number, number] {
  const range = isNodeWithRange(node) ? node.range : undefined;
  return [range?.[0] ?? 0, range?.[1] ?? 0];
}

function isNodeWithRange(node: unknown): node is Node {
  return isAlias(node) || isMap(node) || isScalar(node) || isSeq(node);
}

function isPair(node: unknown): node is Pair {
  return typeof node === 'object' && node !== null && 'key' in node && 'value' in node;
}

function insert(offset: number, text: string): TextEdit {
  return { start: offset, end: offset, text };
}
