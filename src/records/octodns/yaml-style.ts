/** How a file of octoDNS writes its records, so that a new one looks like them. */

import { isMap, isScalar, isSeq, type Scalar, visit } from 'yaml';
import { lineStart } from '../format/text-edits.ts';
import { yamlScalar } from './values.ts';
import { keyText, startOf, valuePair, type YamlMapping } from './yaml-nodes.ts';
import type { ZoneYaml } from './zone-yaml.ts';

/** What stands around a scalar; `undefined` if nothing need. */
export type Quote = '"' | "'" | undefined;

/** The style of a record. */
export interface RecordStyle {
  /** As written; `undefined` to state none. */
  readonly ttl: string | undefined;
  /** Of `type`, `value` and the like. */
  readonly keyQuote: Quote;
  readonly typeQuote: Quote;
  readonly valueQuote: Quote;
  /** Between a brace and what is in it. */
  readonly padding: '' | ' ';
  /** What is added to the indentation of a flow mapping for its members, if each has a line of its own. */
  readonly memberIndent: string | undefined;
}

/** A scalar in these quotes, if it can be written in them. */
export function scalarIn(quote: Quote, text: string): string {
  if (quote === '"') return JSON.stringify(text);
  const isPrintable = /^[\x20-\x7e]*$/.test(text);
  return quote === "'" && isPrintable ? `'${text.replaceAll("'", "''")}'` : yamlScalar(text);
}

/** The quotes that all of these scalars have; `undefined` if they differ, or have none. */
export function commonQuote(nodes: readonly unknown[]): Quote {
  const quotes = new Set(nodes.filter((node) => isScalar(node)).map(quoteOf));
  const [quote] = quotes;
  return quotes.size === 1 ? quote : undefined;
}

function quoteOf({ type }: Scalar): Quote {
  if (type === 'QUOTE_DOUBLE') return '"';
  return type === 'QUOTE_SINGLE' ? "'" : undefined;
}

/** The values of a record, if they are scalars. */
export function valuesOf(record: YamlMapping): readonly unknown[] {
  const value: unknown = valuePair(record)?.value;
  return isSeq(value) ? value.items : [value];
}

/** All records of a zone, or of the one name that the file has. */
export function recordsOf({ root, records }: ZoneYaml): readonly YamlMapping[] {
  return records === undefined
    ? (root?.items ?? []).flatMap(({ value }) => recordsIn(value))
    : recordsIn(records);
}

/** The records of one name. */
export function recordsIn(node: unknown): readonly YamlMapping[] {
  const all: readonly unknown[] = isSeq(node) ? node.items : [node];
  return all.filter((each) => isMap(each));
}

/**
 * The style of a new record.
 *
 * @param siblings the records at its name, or else next to it
 * @param takesTtl whether the siblings' TTL is that of the new record too
 */
export function styleLike(
  text: string,
  siblings: readonly YamlMapping[],
  all: readonly YamlMapping[],
  takesTtl: boolean,
): RecordStyle {
  const typed = siblings.findLast((record) => record.has('type')) ?? siblings.at(-1) ?? all.at(-1);
  const ttl = typed?.get('ttl', true);
  const texts = all.filter((record) => record.get('type') === 'TXT');
  const flow = [typed, ...all].find((record) => record?.flow === true && record.items.length > 0);
  return {
    ttl: takesTtl && isScalar(ttl) ? ttl.source : undefined,
    keyQuote: commonQuote(typed?.items.map(({ key }) => key) ?? []),
    typeQuote: commonQuote([typed?.get('type', true)]),
    valueQuote: commonQuote((texts.length > 0 ? texts : siblings).flatMap(valuesOf)),
    padding: flow === undefined || /^\{\s/.test(text.slice(startOf(flow))) ? ' ' : '',
    memberIndent: flow && memberIndent(text, flow),
  };
}

/** How many columns the file indents a list below its key, preferably a list of the same kind; a mapping if it has none. */
export function listIndent(text: string, zone: ZoneYaml, isOfRecords: boolean): number {
  const found = collectionsIn(text, zone).filter(({ isList }) => isList);
  const alike = found.find(({ key }) => (keyText(key) !== 'values') === isOfRecords) ?? found[0];
  return Math.max(0, alike?.indent ?? mappingIndent(text, zone));
}

/** How many columns the file indents a mapping below its key. */
export function mappingIndent(text: string, zone: ZoneYaml): number {
  return collectionsIn(text, zone).find(({ isList }) => !isList)?.indent ?? 2;
}

function collectionsIn(text: string, { root, records }: ZoneYaml) {
  const found: { readonly key: unknown; readonly isList: boolean; readonly indent: number }[] = [];
  visit(root ?? records ?? null, {
    Pair(_, { key, value }) {
      if (!(isSeq(value) || isMap(value)) || value.flow || value.items.length === 0) return;
      const isList = isSeq(value);
      const first = startOf(isList ? value : value.items[0]);
      // There, the colon decides.
      if (startsBesideColon(text, first)) return;
      found.push({ key, isList, indent: columnOf(text, first) - keyColumn(text, key) });
    },
  });
  return found;
}

/** The number of characters before an offset in its line. */
export function columnOf(text: string, offset: number): number {
  return offset - lineStart(text, offset);
}

/** The column in which a key starts, with the question mark of an explicit one: PyYAML writes an empty key as `? ''`. */
export function keyColumn(text: string, key: unknown): number {
  const start = startOf(key);
  const mark = /\?[ \t]+$/.exec(text.slice(lineStart(text, start), start))?.[0] ?? '';
  return columnOf(text, start) - mark.length;
}

/** Whether a value starts in the line of the colon that follows an explicit key. */
export function startsBesideColon(text: string, offset: number): boolean {
  return /^ *:[ \t]+$/.test(text.slice(lineStart(text, offset), offset));
}

function memberIndent(text: string, flow: YamlMapping): string | undefined {
  const first = startOf(flow.items[0]);
  const inside = text.slice(startOf(flow), first);
  if (!inside.includes('\n')) return undefined;
  return ' '.repeat(Math.max(0, columnOf(text, first) - indentAt(text, startOf(flow)).length));
}

/** The spaces at the start of the line with an offset. */
export function indentAt(text: string, offset: number): string {
  return /^ */.exec(text.slice(lineStart(text, offset), offset))?.[0] ?? '';
}
