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
import {
  columnOf,
  commonQuote,
  indentAt,
  keyColumn,
  listIndent,
  mappingIndent,
  type RecordStyle,
  recordsIn,
  recordsOf,
  scalarIn,
  startsBesideColon,
  styleLike,
  valuesOf,
} from './yaml-style.ts';
import type { ZoneYaml } from './zone-yaml.ts';

/** Edits to the text of a zone's YAML file. All nodes passed in must be parsed from exactly this text. */
export class YamlEdits {
  readonly text: string;
  readonly #zone: ZoneYaml;
  readonly #newline: string;

  constructor(text: string, zone: ZoneYaml) {
    this.text = text;
    this.#zone = zone;
    this.#newline = lineBreakOf(text);
  }

  /** Adds a name with a TXT record: in octoDNS' order if the existing keys follow it, else at the end. */
  addName(name: string, value: string): readonly TextEdit[] {
    const { root: zone } = this.#zone;
    const index = zone === undefined ? 0 : indexInOrder(zone, name);
    const [previous, next] = [zone?.items[index - 1], zone?.items[index]];
    const [siblings = []] = [previous, next]
      .map((pair) => recordsIn(pair?.value))
      .filter(({ length }) => length > 0);
    const all = recordsOf(this.#zone);
    const takesTtl = all.every((record) => record.has('ttl'));
    const style = styleLike(this.text, siblings, all, takesTtl);
    const key = this.#nameKey(name);
    const indent = ' '.repeat(mappingIndent(this.text, this.#zone));
    const lines = [`${key}:`, ...membersOf(value, style).map((line) => indent + line)];
    if (zone === undefined) return [this.#linesAt(this.text.length, 0, lines)];
    if (zone.flow) {
      const at = next === undefined ? startOf(zone.items.at(-1) ?? zone) : startOf(next);
      return [this.#flowItem(zone, index, `${key}: ${this.#flowRecord(value, style, at)}`)];
    }
    const column = columnOf(this.text, startOf(zone));
    const at = previous === undefined ? this.#beforeFirst(zone) : this.#afterWithComments(previous, column);
    return [this.#linesAt(at, column, lines)];
  }

  /** Adds a TXT record at a name that only has records of other types. */
  addRecord(records: YamlCollection, key: unknown, value: string): readonly TextEdit[] {
    const siblings = recordsIn(records);
    const style = styleLike(this.text, siblings, recordsOf(this.#zone), true);
    if (records.flow) {
      const record = this.#flowRecord(
        value,
        style,
        startOf(isSeq(records) ? (records.items.at(-1) ?? records) : records),
      );
      if (isSeq(records)) return [this.#flowItem(records, records.items.length, record)];
      return [insertAt(startOf(records), '['), insertAt(endOf(records), `, ${record}]`)];
    }
    if (!isSeq(records)) return this.#recordToList(records, key, membersOf(value, style));
    const column = columnOf(this.text, startOf(records));
    const [first] = siblings;
    const width = first === undefined ? 2 : columnOf(this.text, startOf(first)) - column;
    const at = this.#afterWithComments(records, column);
    return [this.#linesAt(at, column, asItem(membersOf(value, style), width))];
  }

  /** Adds a value to a TXT record. */
  addValue(record: YamlMapping, value: string): readonly TextEdit[] {
    const pair = valuePair(record);
    if (pair === undefined) throw this.unsupported(startOf(record));
    const { key, value: old } = pair;
    const added = scalarIn(commonQuote(valuesOf(record)), value);
    if (isSeq(old)) {
      if (old.flow) return [this.#flowItem(old, old.items.length, added)];
      return [this.#linesAt(this.#after(old), columnOf(this.text, startOf(old)), [`- ${added}`])];
    }
    if (!isScalar(old) || old.source === '') throw this.unsupported(startOf(isScalar(old) ? key : old));
    return this.#valueToList(record, key, old, added);
  }

  /** The error for a place that only a person can change. */
  unsupported(offset: number): UnreadableTextError {
    return new UnreadableTextError(
      'the action cannot add a value to octoDNS data written in this form',
      { text: this.text, offset },
      'Write the record as "type: TXT" with "values:" and a list, or add the value by hand.',
    );
  }

  #nameKey(name: string): string {
    const keys = (this.#zone.root?.items ?? []).map(({ key }) => key);
    // The apex and the wildcard need quotes in every style.
    const free = keys.filter((key) => !['', '*'].includes(keyText(key) ?? ''));
    const quote = commonQuote(free.length > 0 ? free : keys);
    return scalarIn(free.length > 0 || quote === '"' ? quote : undefined, name);
  }

  /** Makes a list of the only record of a name, indented as the other lists of the file, and adds another. */
  #recordToList(record: YamlMapping, key: unknown, lines: readonly string[]): readonly TextEdit[] {
    const first = startOf(record.items[0]);
    const start = lineStart(this.text, first);
    const isFragment = this.#zone.records !== undefined;
    const base = isFragment ? 0 : keyColumn(this.text, key);
    const isBesideColon = startsBesideColon(this.text, first);
    const besideKey = isBesideColon ? first - start : base + listIndent(this.text, this.#zone, true);
    const dash = isFragment ? 0 : besideKey;
    const shift = dash + 2 - (first - start);
    const end = this.#afterWithComments(record, isFragment ? -1 : base);
    const block = this.text.slice(first, end).split('\n');
    const head = isBesideColon ? this.text.slice(start, first) : ' '.repeat(dash);
    const isMovable =
      (isBesideColon || this.text.slice(start, first).trim() === '') &&
      block.slice(1).every((line) => line.trim() === '' || line.startsWith(' '.repeat(Math.max(0, -shift))));
    if (!isMovable) throw this.unsupported(first);
    const moved = block.map((line, index) => {
      if (index === 0) return `${head}- ${line}`;
      if (line.trim() === '') return line;
      return shift < 0 ? line.slice(-shift) : ' '.repeat(shift) + line;
    });
    const ended = moved.join('\n').endsWith('\n') ? '' : this.#newline;
    const added = asItem(lines, 2).map((line) => ' '.repeat(dash) + line + this.#newline);
    return [{ start, end, text: moved.join('\n') + ended + added.join('') }];
  }

  #valueToList(record: YamlMapping, key: unknown, old: Scalar, added: string): readonly TextEdit[] {
    const [keyStart, from, to] = [startOf(key), startOf(old), endOf(old)];
    const source = this.text.slice(from, to);
    const kept = source.includes('\n') ? yamlScalar(String(old.value)) : source;
    const isBare = /^["']?:\s*$/.test(this.text.slice(endOf(key), from));
    if (!isBare) throw this.unsupported(keyStart);
    const name = scalarIn(commonQuote([key]), 'values');
    if (record.flow) return [{ start: keyStart, end: to, text: `${name}: [${kept}, ${added}]` }];
    const column = columnOf(this.text, keyStart) + listIndent(this.text, this.#zone, false);
    const head = `${name}:${this.#newline}${' '.repeat(column)}- `;
    const ended = source.endsWith('\n') ? kept + this.#newline : kept;
    return [
      { start: keyStart, end: to, text: head + ended },
      this.#linesAt(this.#after(old), column, [`- ${added}`], source.endsWith('\n')),
    ];
  }

  /** A record in braces, on lines as those around it; `at` is in the line whose indentation it has. */
  #flowRecord(value: string, style: RecordStyle, at: number): string {
    const members = membersOf(value, style);
    if (style.memberIndent === undefined) return `{${style.padding}${members.join(', ')}${style.padding}}`;
    const outer = this.#newline + indentAt(this.text, at);
    return `{${outer}${style.memberIndent}${members.join(`,${outer}${style.memberIndent}`)}${outer}}`;
  }

  #flowItem(collection: YamlCollection, index: number, item: string): TextEdit {
    const [first, next, last]: unknown[] = [
      collection.items[0],
      collection.items[index],
      collection.items.at(-1),
    ];
    if (last === undefined) return insertAt(startOf(collection) + 1, item);
    const start = startOf(first);
    const isOnLines = this.text.slice(startOf(collection), start).includes('\n');
    const separator = isOnLines ? `,${this.#newline}${indentAt(this.text, start)}` : ', ';
    if (next !== undefined) return insertAt(startOf(next), `${item}${separator}`);
    return insertAt(endOf(last), `${separator}${item}`);
  }

  /** Inserts whole lines at the start of a line, or at the end of a text whose last line has no line break. */
  #linesAt(offset: number, column: number, lines: readonly string[], isLineStart = false): TextEdit {
    const block = lines.map((line) => ' '.repeat(column) + line + this.#newline).join('');
    const isOpen = !isLineStart && offset > 0 && this.text[offset - 1] !== '\n';
    return insertAt(offset, isOpen ? this.#newline + block : block);
  }

  /** The start of the line after a node. */
  #after(node: unknown): number {
    const end = endOf(lastNodeIn(node));
    if (this.text[end - 1] === '\n') return end;
    const newline = this.text.indexOf('\n', end);
    return newline === -1 ? this.text.length : newline + 1;
  }

  /** Like {@link YamlEdits.#after}, but also after the following comments that are indented more than `column`. */
  #afterWithComments(node: unknown, column: number): number {
    const end = this.#after(node);
    const comments = new RegExp(`(?: {${column + 1},}#[^\\n]*(?:\\n|$))*`, 'y');
    comments.lastIndex = end;
    return end + (comments.exec(this.text)?.[0].length ?? 0);
  }

  /** The start of the first key's own comment, else of the key. A comment at the start of the file stays on top. */
  #beforeFirst(zone: YamlMapping): number {
    const line = lineStart(this.text, startOf(zone));
    let comment = line;
    while (comment > 0) {
      const before = lineStart(this.text, comment - 1);
      if (!/^[ \t]*#/.test(this.text.slice(before, comment))) return comment;
      comment = before;
    }
    return line;
  }
}

function membersOf(value: string, { ttl, keyQuote, typeQuote, valueQuote }: RecordStyle): readonly string[] {
  const key = (name: string) => scalarIn(keyQuote, name);
  return [
    ...(ttl === undefined ? [] : [`${key('ttl')}: ${ttl}`]),
    `${key('type')}: ${scalarIn(typeQuote, 'TXT')}`,
    `${key('value')}: ${scalarIn(valueQuote, value)}`,
  ];
}

/** Lines as an item of a list, with the dash and the spaces behind it `width` wide. */
function asItem(lines: readonly string[], width: number): readonly string[] {
  return lines.map((line, index) => (index === 0 ? '-' : '').padEnd(width) + line);
}

/** The index at which a name belongs among the keys of a zone. */
function indexInOrder(zone: YamlMapping, name: string): number {
  const keys = zone.items.map(({ key }) => keyText(key) ?? '');
  const isSorted = keys.every((key, index) => index === 0 || comesBefore(keys[index - 1] ?? '', key));
  const found = isSorted ? keys.findIndex((key) => comesBefore(name, key)) : -1;
  return found === -1 ? keys.length : found;
}
