import { isDeepStrictEqual } from 'node:util';
import { isMap, isScalar, isSeq, type Pair, parseDocument } from 'yaml';
import { applyEdits, type TextEdit } from '../format/text-edits.ts';
import { type TextPlace, UnreadableTextError } from '../format/unreadable-text-error.ts';
import { unescapeTxt } from './values.ts';
import { YamlEdits } from './yaml-edits.ts';
import { keyText, startOf, type YamlMapping } from './yaml-nodes.ts';

/** A name in a zone's file, and the TXT value that it should have. */
export interface TxtAddition {
  /** Whether a key of the file means the name. */
  readonly isName: (key: string) => boolean;
  /** The key to write if the name is missing. */
  readonly name: string;
  /** As octoDNS' YAML contains it, with escaped semicolons. */
  readonly value: string;
}

/** The content of a zone's file, with each scalar as its text. */
type ZoneData = ReadonlyMap<unknown, unknown>;

/**
 * Adds a TXT value at a name to the YAML of a zone; only the lines of that record change. A text that already has the
 * value is returned unchanged.
 *
 * @throws {UnreadableTextError} if the text is not a YAML mapping, there is a CNAME at the name, or the record is
 *   written in a form to which nothing can be added without other changes
 */
export function addTxtValue(text: string, { isName, name, value }: TxtAddition): string {
  const { root, data } = parseZoneYaml(text);
  const pair = root?.items.find((each) => {
    const key = keyText(each.key);
    return key !== undefined && isName(key);
  });
  const key = keyText(pair?.key) ?? name;
  if (txtAt(data, key).values.some((each) => unescapeTxt(each) === unescapeTxt(value))) return text;
  const edits = new YamlEdits(text);
  const result = applyEdits(
    text,
    pair === undefined
      ? editsForNewName(edits, root, { name, value })
      : editsAtName(edits, text, pair, value),
  );
  if (!hasOnlyAdded(data, parseZoneYaml(result).data, key, value)) throw edits.unsupported(startOf(pair));
  return result;
}

function editsForNewName(
  edits: YamlEdits,
  root: YamlMapping | undefined,
  { name, value }: Pick<TxtAddition, 'name' | 'value'>,
): readonly TextEdit[] {
  const merge = root?.items.find(({ key }) => keyText(key) === '<<');
  // The merged mapping may contain the name.
  if (merge !== undefined) throw edits.unsupported(startOf(merge));
  return edits.addName(root, name, value);
}

function editsAtName(
  edits: YamlEdits,
  text: string,
  { key, value: records }: Pair,
  value: string,
): readonly TextEdit[] {
  if (!isMap(records) && !isSeq(records)) throw edits.unsupported(startOf(key));
  const list: readonly unknown[] = isSeq(records) ? records.items : [records];
  const mappings = list.filter((record) => isMap(record));
  const odd = list.find((record) => !isMap(record)) ?? mappings.find((record) => record.has('<<'));
  if (odd !== undefined) throw edits.unsupported(startOf(odd));
  const cname = mappings.find((record) => typeOf(record) === 'CNAME');
  if (cname !== undefined) {
    throw new UnreadableTextError(
      'this name has a CNAME record, so it cannot have a TXT record (RFC 1034, section 3.6.2)',
      { text, offset: startOf(cname) },
      'Replace the CNAME record with the records that it points to.',
    );
  }
  const txt = mappings.find((record) => typeOf(record) === 'TXT');
  return txt === undefined ? edits.addRecord(records, key, value) : edits.addValue(txt, value);
}

function typeOf(record: YamlMapping): string {
  const type = record.get('type', true);
  return isScalar(type) ? String(type.value).toUpperCase() : '';
}

function parseZoneYaml(text: string): { readonly root: YamlMapping | undefined; readonly data: ZoneData } {
  try {
    // All scalars as text, because YAML versions differ in what is a number or a date.
    const document = parseDocument(text, { schema: 'failsafe', logLevel: 'error', prettyErrors: false });
    const [error] = document.errors;
    if (error !== undefined) {
      const place = { text, offset: Math.max(0, error.pos[0]) };
      // The parser is recursive and reports a stack overflow as an error in the text.
      if (error.message.includes('call stack')) throw tooDeep(place);
      throw new UnreadableTextError(`invalid YAML: ${error.message}`, place);
    }
    const root = document.contents;
    const isEmpty = root === null || (isScalar(root) && root.source === '');
    if (isEmpty) return { root: undefined, data: new Map() };
    if (!isMap(root)) {
      throw new UnreadableTextError('the file is not a YAML mapping', { text, offset: startOf(root) });
    }
    return { root, data: document.toJS({ mapAsMap: true }) };
  } catch (error) {
    // The library throws these when it resolves too many aliases, or when the stack ends.
    if (error instanceof ReferenceError || error instanceof RangeError) throw tooDeep({ text, offset: 0 });
    throw error;
  }
}

function tooDeep(place: TextPlace): UnreadableTextError {
  return new UnreadableTextError('the YAML is nested too deeply or has too many aliases', place);
}

/** Whether the only difference is the added value: an anchor, or a notation nobody thought of, may cause others. */
function hasOnlyAdded(before: ZoneData, after: ZoneData, key: string, value: string): boolean {
  const [oldTxt, newTxt] = [txtAt(before, key), txtAt(after, key)];
  return (
    isDeepStrictEqual(newTxt, { values: [...oldTxt.values, value], others: oldTxt.others }) &&
    isDeepStrictEqual(without(after, key), without(before, key))
  );
}

/** The values of the TXT record at a name, and `others`: everything else there, which must not change. */
function txtAt(
  data: ZoneData,
  key: string,
): { readonly values: readonly string[]; readonly others: readonly unknown[] } {
  const found = data.get(key);
  const records: readonly unknown[] = found === undefined ? [] : Array.isArray(found) ? found : [found];
  const txt = records.find((record) => record instanceof Map && record.get('type') === 'TXT');
  if (!(txt instanceof Map)) return { values: [], others: records };
  const values: unknown = txt.get('values') ?? txt.get('value') ?? [];
  const rest = new Map(txt);
  rest.delete('values');
  rest.delete('value');
  rest.delete('type');
  const others = [...records.filter((record) => record !== txt), ...(rest.size > 0 ? [rest] : [])];
  return { values: (Array.isArray(values) ? values : [values]).map(String), others };
}

function without(data: ZoneData, key: string): ZoneData {
  return new Map([...data].filter(([each]) => each !== key));
}
