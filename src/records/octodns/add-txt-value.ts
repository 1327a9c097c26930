import { posix } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { isAlias, isMap, isScalar, isSeq } from 'yaml';
import { applyEdits, type TextEdit } from '../format/text-edits.ts';
import { type TextPlace, UnreadableTextError } from '../format/unreadable-text-error.ts';
import { unescapeTxt, yamlKey, yamlScalar } from './values.ts';
import { YamlEdits } from './yaml-edits.ts';
import { keyText, startOf, type YamlMapping } from './yaml-nodes.ts';
import { parseZoneYaml, recordsAt, typesAt, type ZoneData, type ZoneYaml } from './zone-yaml.ts';

/** A name in a zone's file, and the TXT value that it should have. */
export interface TxtAddition {
  /** Whether a key of the file means the name. */
  readonly isName: (key: string) => boolean;
  /** The key to write if the name is missing. */
  readonly name: string;
  /** As octoDNS' YAML contains it, with escaped semicolons. */
  readonly value: string;
  /** Of the file, from which the paths in it start. */
  readonly folder: string;
}

/**
 * Adds a TXT value at a name to the YAML of a zone; only the lines of that record change. A text that already has the
 * value is returned unchanged.
 *
 * @param check is called before a change, and throws if the zone cannot take the record
 * @throws {UnreadableTextError} if the text is not a YAML mapping, there is a CNAME at the name, or the record is
 *   written in a form to which nothing can be added without other changes
 */
export function addTxtValue(text: string, addition: TxtAddition, check: () => void): string {
  const { isName, name, value } = addition;
  const zone = parseZoneYaml(text, name);
  const pair = zone.root?.items.find((each) => {
    const key = keyText(each.key);
    return key !== undefined && isName(key);
  });
  const key = keyText(pair?.key) ?? name;
  if (txtAt(zone.data, key).values.some((each) => unescapeTxt(each) === unescapeTxt(value))) return text;
  check();
  const edits = new YamlEdits(text, zone);
  const records = zone.records ?? pair?.value;
  const result = applyEdits(
    text,
    zone.records === undefined && pair === undefined
      ? editsForNewName(edits, zone, addition)
      : editsAtName(edits, text, { key: pair?.key, records }, addition),
  );
  const after = parseOwnResult(result, { text, offset: startOf(pair) }, addition);
  if (hasOnlyAdded(zone.data, after, key, value)) return result;
  throw /&\S/.test(text)
    ? shared({ text, offset: startOf(pair ?? records) })
    : edits.unsupported(startOf(pair));
}

/** Parses what the action is about to write; a place in it would be none in the user's file. */
function parseOwnResult(result: string, place: TextPlace, { name, value }: TxtAddition): ZoneData {
  try {
    return parseZoneYaml(result, name).data;
  } catch (error) {
    if (!(error instanceof UnreadableTextError)) throw error;
    const line = `${yamlKey(name)}: {type: TXT, value: ${yamlScalar(value)}}`;
    throw new UnreadableTextError(
      "the file is valid, but the action's own edit of it would not be",
      place,
      `Please report this as a fault of the action, with the file if you can. Add the record by hand: ${line} (or only the value, if the name has a TXT record).`,
    );
  }
}

function editsForNewName(
  edits: YamlEdits,
  { root }: ZoneYaml,
  { name, value, folder }: TxtAddition,
): readonly TextEdit[] {
  const merge = root?.items.find(({ key }) => keyText(key) === '<<');
  // The merged mapping may contain the name.
  if (merge !== undefined) throw included(merge.value, folder) ?? edits.unsupported(startOf(merge));
  return edits.addName(name, value);

  function included(node: unknown, from: string): UnreadableTextError | undefined {
    return includedFile(node) === undefined ? undefined : inOtherFile(edits.text, node, from, startOf(merge));
  }
}

function editsAtName(
  edits: YamlEdits,
  text: string,
  { key, records }: { readonly key: unknown; readonly records: unknown },
  { value, folder }: TxtAddition,
): readonly TextEdit[] {
  if (includedFile(records) !== undefined) throw inOtherFile(text, records, folder, startOf(key));
  if (isAlias(records)) throw shared({ text, offset: startOf(key) });
  if (!isMap(records) && !isSeq(records)) throw edits.unsupported(startOf(key));
  const list: readonly unknown[] = isSeq(records) ? records.items : [records];
  const mappings = list.filter((record) => isMap(record));
  const odd = list.find((record) => !isMap(record)) ?? mappings.find((record) => record.has('<<'));
  if (odd !== undefined) throw refusalOfItem(odd, edits, text, folder);
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

function refusalOfItem(item: unknown, edits: YamlEdits, text: string, folder: string): UnreadableTextError {
  const place = { text, offset: startOf(item) };
  if (includedFile(item) !== undefined) return inOtherFile(text, item, folder, place.offset);
  return isAlias(item) || isMap(item) ? shared(place) : edits.unsupported(place.offset);
}

/** The path in `!include path`, octoDNS' own tag. */
function includedFile(node: unknown): string | undefined {
  return isScalar(node) && node.tag === '!include' && typeof node.value === 'string' ? node.value : undefined;
}

function inOtherFile(text: string, node: unknown, folder: string, offset: number): UnreadableTextError {
  const path = posix.join(folder, includedFile(node) ?? '');
  return new UnreadableTextError(
    'the records here are those of an included file',
    { text, offset },
    `Set record-file to ${JSON.stringify(path)}, and record-zone to the zone.`,
  );
}

function shared(place: { readonly text: string; readonly offset: number }): UnreadableTextError {
  return new UnreadableTextError(
    'the action cannot add a value to octoDNS data that an anchor or alias shares with other names',
    place,
    'Write the records of this name out, in place of the alias (*name) or merge key (<<) here or of the anchor (&name) that other names use. Then run again.',
  );
}

function typeOf(record: YamlMapping): string {
  const type = record.get('type', true);
  return isScalar(type) ? String(type.value).toUpperCase() : '';
}

/** Whether the only difference is the added value: an anchor, or a notation nobody thought of, may cause others. */
function hasOnlyAdded(before: ZoneData, after: ZoneData, key: string, value: string): boolean {
  const [oldTxt, newTxt] = [txtAt(before, key), txtAt(after, key)];
  // A new record has the TTL of its siblings.
  const isNew = !typesAt(before, key).includes('TXT');
  const others = isNew ? newTxt.others.filter((each) => !isTtlAlone(each)) : newTxt.others;
  return (
    isDeepStrictEqual({ ...newTxt, others }, { values: [...oldTxt.values, value], others: oldTxt.others }) &&
    isDeepStrictEqual(without(after, key), without(before, key))
  );
}

function isTtlAlone(record: unknown): boolean {
  return record instanceof Map && record.size === 1 && record.has('ttl');
}

/** The values of the TXT record at a name, and `others`: everything else there, which must not change. */
function txtAt(
  data: ZoneData,
  key: string,
): { readonly values: readonly string[]; readonly others: readonly unknown[] } {
  const records = recordsAt(data, key);
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
