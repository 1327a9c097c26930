import { isDeepStrictEqual } from 'node:util';
import { isMap, isScalar, isSeq, parseDocument } from 'yaml';
import { UnreadableTextError } from '../format/record-format.ts';
import { edited, positionAt, type TextEdit } from '../format/text-edits.ts';
import { unescapeTxt } from './values.ts';
import { keyText, start, type YamlMapping, ZoneEdits } from './yaml-edits.ts';

/** What a zone's file says, every scalar as its text. */
type ZoneData = ReadonlyMap<unknown, unknown>;

/**
 * The YAML of a zone with one more TXT value at a name; only the lines of that record change. A text whose record has
 * the value already comes back as it is.
 *
 * @param isName whether a key of the file stands for the name
 * @param name the key to write where there is none
 * @param value as octoDNS has it, with semicolons escaped
 * @throws {UnreadableTextError} when the text is no YAML mapping, has a CNAME at the name, or has the record in a form
 *   that cannot be added to without a change elsewhere
 */
export function withTxtValue(
  text: string,
  {
    isName,
    name,
    value,
  }: { readonly isName: (key: string) => boolean; readonly name: string; readonly value: string },
): string {
  const { root, data } = parseZone(text);
  const key = root?.items.find((pair) => isName(keyText(pair.key)))?.key;
  const place = key === undefined ? name : keyText(key);
  if (txtAt(data, place).values.some((each) => unescapeTxt(each) === unescapeTxt(value))) return text;
  const result = edited(text, editsFor(text, root, key === undefined ? undefined : place, { name, value }));
  checkOnlyAdded({ text, data, result, place, value, offset: start(key) });
  return result;
}

function editsFor(
  text: string,
  root: YamlMapping | undefined,
  key: string | undefined,
  { name, value }: { readonly name: string; readonly value: string },
): readonly TextEdit[] {
  const edits = new ZoneEdits(text);
  const pair = key === undefined ? undefined : root?.items.find((each) => keyText(each.key) === key);
  if (pair === undefined) {
    const merge = root?.items.find((each) => keyText(each.key) === '<<');
    // The merged mapping may have the name.
    if (merge !== undefined) throw edits.unsupported(start(merge.key));
    return edits.addName(root, name, value);
  }
  const records = pair.value;
  if (!isMap(records) && !isSeq(records)) throw edits.unsupported(start(pair.key));
  const list: readonly unknown[] = isSeq(records) ? records.items : [records];
  const mappings = list.filter((record) => isMap(record));
  const odd = list.find((record) => !isMap(record)) ?? mappings.find((record) => record.has('<<'));
  if (odd !== undefined) throw edits.unsupported(start(odd));
  checkNoCname(text, mappings);
  const txt = mappings.find((record) => typeOf(record) === 'TXT');
  if (txt !== undefined) return edits.addValue(txt, value);
  const column = positionAt(text, start(pair.key)).column - 1;
  return edits.addRecord(records, column, value);
}

function checkNoCname(text: string, records: readonly YamlMapping[]): void {
  const cname = records.find((record) => typeOf(record) === 'CNAME');
  if (cname === undefined) return;
  throw new UnreadableTextError(
    'the name has a CNAME record, and beside one there can be no TXT record',
    positionAt(text, start(cname)),
    'Replace the CNAME by the records that it stands for.',
  );
}

function typeOf(record: YamlMapping): string {
  const type = record.get('type', true);
  return isScalar(type) ? String(type.value).toUpperCase() : '';
}

function parseZone(text: string): { readonly root: YamlMapping | undefined; readonly data: ZoneData } {
  try {
    // All scalars as text, since what a number or a date is differs between YAML's versions.
    const document = parseDocument(text, { schema: 'failsafe', logLevel: 'error' });
    const [error] = document.errors;
    if (error !== undefined) {
      const { line, col } = error.linePos?.[0] ?? { line: 1, col: 1 };
      // The parser calls itself for what is nested, and reports the end of the stack as an error of the text.
      if (error.message.includes('call stack')) throw tooDeep({ line, column: col });
      const problem = error.message.split(/ at line \d+, column \d+:?/, 1)[0] ?? error.message;
      throw new UnreadableTextError(`not YAML: ${problem}`, { line, column: col });
    }
    const root = document.contents;
    const isEmpty = root === null || (isScalar(root) && root.source === '');
    if (isEmpty) return { root: undefined, data: new Map() };
    if (!isMap(root)) {
      throw new UnreadableTextError('the file holds no YAML mapping', positionAt(text, start(root)));
    }
    return { root, data: document.toJS({ mapAsMap: true }) };
  } catch (error) {
    if (error instanceof UnreadableTextError) throw error;
    // What the parser throws itself: it counts the aliases it resolves, and the stack may end there too.
    throw tooDeep({ line: 1, column: 1 });
  }
}

function tooDeep(at: { readonly line: number; readonly column: number }): UnreadableTextError {
  return new UnreadableTextError('nested too deeply, or with too many aliases', at);
}

/** The TXT record among the records at a name, and the rest: `others` is what must stay as it is. */
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

/** An alias, an anchor or a notation nobody thought of may make the edited text mean something else: then it is not used. */
function checkOnlyAdded({ text, data, result, place, value, offset }: AddedCheck): void {
  const after = parseZone(result).data;
  const [oldTxt, newTxt] = [txtAt(data, place), txtAt(after, place)];
  const isSame =
    isDeepStrictEqual(newTxt, { values: [...oldTxt.values, value], others: oldTxt.others }) &&
    isDeepStrictEqual(without(after, place), without(data, place));
  if (!isSame) throw new ZoneEdits(text).unsupported(offset);
}

interface AddedCheck {
  readonly text: string;
  readonly data: ZoneData;
  readonly result: string;
  readonly place: string;
  readonly value: string;
  readonly offset: number;
}

function without(data: ZoneData, key: string): ZoneData {
  return new Map([...data].filter(([each]) => each !== key));
}
