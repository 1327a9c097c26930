import { isScalar, isSeq, type Scalar } from 'yaml';
import { insertAt, lineBreakOf, lineStart, type TextEdit } from '../format/text-edits.ts';
import { UnreadableTextError } from '../format/unreadable-text-error.ts';
import { comesBefore } from './key-order.ts';
import { yamlScalar } from './values.ts';
import {
  endOf,
  keyText,
  lastNodeIn,
  startOf,
  valuePair,
  type YamlCollection,
  type YamlMapping,
} from './yaml-nodes.ts';

/** Edits to the text of a zone's YAML file. All nodes passed in must be parsed from exactly this text. */
export class YamlEdits {
  readonly #text: string;
  readonly #newline: string;

  constructor(text: string) {
    this.#text = text;
    this.#newline = lineBreakOf(text);
  }

  /** Adds a name with a TXT record: in octoDNS' order if the existing keys follow it, else at the end. */
  addName(zone: YamlMapping | undefined, name: string, value: string): readonly TextEdit[] {
    const key = name === '' ? "''" : yamlScalar(name);
    const lines = [`${key}:`, '  type: TXT', `  value: ${yamlScalar(value)}`];
    if (zone === undefined) return [this.#linesAt(this.#text.length, 0, lines)];
    const index = indexInOrder(zone, name);
    if (zone.flow) return [this.#flowItem(zone, index, `${key}: { type: TXT, value: ${yamlScalar(value)} }`)];
    const column = this.#column(startOf(zone.items[0]));
    const previous = zone.items[index - 1];
    const at = previous === undefined ? this.#beforeFirst(zone) : this.#afterWithComments(previous, column);
    return [this.#linesAt(at, column, lines)];
  }

  /** Adds a TXT record at a name that only has records of other types. */
  addRecord(records: YamlCollection, key: unknown, value: string): readonly TextEdit[] {
    const flow = `{ type: TXT, value: ${yamlScalar(value)} }`;
    const lines = ['- type: TXT', `  value: ${yamlScalar(value)}`];
    if (isSeq(records)) {
      if (records.flow) return [this.#flowItem(records, records.items.length, flow)];
      const column = this.#column(startOf(records));
      return [this.#linesAt(this.#afterWithComments(records, column), column, lines)];
    }
    if (records.flow) return [insertAt(startOf(records), '['), insertAt(endOf(records), `, ${flow}]`)];
    // The mapping keeps its place: a dash replaces two spaces of its indentation.
    const first = startOf(records.items[0]);
    const column = this.#column(first) - 2;
    const canIndent = column >= this.#column(startOf(key)) && this.#text.slice(first - 2, first) === '  ';
    if (!canIndent) throw this.unsupported(first);
    return [
      { start: first - 2, end: first, text: '- ' },
      this.#linesAt(this.#afterWithComments(records, column), column, lines),
    ];
  }

  /** Adds a value to a TXT record. */
  addValue(record: YamlMapping, value: string): readonly TextEdit[] {
    const pair = valuePair(record);
    if (pair === undefined) throw this.unsupported(startOf(record));
    const { key, value: old } = pair;
    if (isSeq(old)) {
      if (old.flow) return [this.#flowItem(old, old.items.length, yamlScalar(value))];
      return [this.#linesAt(this.#after(old), this.#column(startOf(old)), [`- ${yamlScalar(value)}`])];
    }
    if (!isScalar(old) || old.source === '') throw this.unsupported(startOf(isScalar(old) ? key : old));
    return this.#valueToList(record, key, old, value);
  }

  /** The error for a place that only a person can change. */
  unsupported(offset: number): UnreadableTextError {
    return new UnreadableTextError(
      'the action cannot add a value to octoDNS data written in this form',
      { text: this.#text, offset },
      'Write the record as "type: TXT" with "values:" and a list, or add the value by hand.',
    );
  }

  #valueToList(record: YamlMapping, key: unknown, old: Scalar, value: string): readonly TextEdit[] {
    const [keyStart, from, to] = [startOf(key), startOf(old), endOf(old)];
    const source = this.#text.slice(from, to);
    const kept = source.includes('\n') ? yamlScalar(String(old.value)) : source;
    const isBare = /^["']?:\s*$/.test(this.#text.slice(endOf(key), from));
    if (!isBare) throw this.unsupported(keyStart);
    if (record.flow) {
      return [{ start: keyStart, end: to, text: `values: [${kept}, ${yamlScalar(value)}]` }];
    }
    const column = this.#column(keyStart) + this.#listIndent();
    const head = `values:${this.#newline}${' '.repeat(column)}- `;
    const ended = source.endsWith('\n') ? kept + this.#newline : kept;
    return [
      { start: keyStart, end: to, text: head + ended },
      this.#linesAt(this.#after(old), column, [`- ${yamlScalar(value)}`], source.endsWith('\n')),
    ];
  }

  /** How many spaces the file indents a list below its key: as many as for its first list of values. */
  #listIndent(): number {
    const [, key, dash] = /^( *)values:[^\n]*\n( *)- /m.exec(this.#text) ?? [];
    return key === undefined || dash === undefined ? 2 : Math.max(0, dash.length - key.length);
  }

  #flowItem(collection: YamlCollection, index: number, item: string): TextEdit {
    const next: unknown = collection.items[index];
    if (next !== undefined) return insertAt(startOf(next), `${item}, `);
    const last: unknown = collection.items.at(-1);
    if (last === undefined) return insertAt(startOf(collection) + 1, item);
    return insertAt(endOf(last), `, ${item}`);
  }

  /** Inserts whole lines at the start of a line, or at the end of a text whose last line has no line break. */
  #linesAt(offset: number, column: number, lines: readonly string[], isLineStart = false): TextEdit {
    const block = lines.map((line) => ' '.repeat(column) + line + this.#newline).join('');
    const isOpen = !isLineStart && offset > 0 && this.#text[offset - 1] !== '\n';
    return insertAt(offset, isOpen ? this.#newline + block : block);
  }

  /** The start of the line after a node. */
  #after(node: unknown): number {
    const end = endOf(lastNodeIn(node));
    if (this.#text[end - 1] === '\n') return end;
    const newline = this.#text.indexOf('\n', end);
    return newline === -1 ? this.#text.length : newline + 1;
  }

  /** Like {@link YamlEdits.#after}, but also after the following comments that are indented more than `column`. */
  #afterWithComments(node: unknown, column: number): number {
    const end = this.#after(node);
    const comments = new RegExp(`(?: {${column + 1},}#[^\\n]*(?:\\n|$))*`, 'y');
    comments.lastIndex = end;
    return end + (comments.exec(this.#text)?.[0].length ?? 0);
  }

  /** The start of the first key's own comment, else of the key. A comment at the start of the file stays on top. */
  #beforeFirst(zone: YamlMapping): number {
    const line = lineStart(this.#text, startOf(zone.items[0]));
    let comment = line;
    while (comment > 0) {
      const before = lineStart(this.#text, comment - 1);
      if (!/^[ \t]*#/.test(this.#text.slice(before, comment))) return comment;
      comment = before;
    }
    return line;
  }

  /** The number of characters before an offset in its line. */
  #column(offset: number): number {
    return offset - lineStart(this.#text, offset);
  }
}

/** The index at which a name belongs among the keys of a zone. */
function indexInOrder(zone: YamlMapping, name: string): number {
  const keys = zone.items.map(({ key }) => keyText(key) ?? '');
  const isSorted = keys.every((key, index) => index === 0 || comesBefore(keys[index - 1] ?? '', key));
  const found = isSorted ? keys.findIndex((key) => comesBefore(name, key)) : -1;
  return found === -1 ? keys.length : found;
}
