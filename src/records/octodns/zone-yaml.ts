/** The YAML of a zone, or of the records of one name in a file of their own. */

import { isMap, isScalar, isSeq, parseDocument } from 'yaml';
import { type TextPlace, UnreadableTextError } from '../format/unreadable-text-error.ts';
import { keyText, startOf, type YamlCollection, type YamlMapping } from './yaml-nodes.ts';

/** The records of a zone by their keys, with each scalar as its text. */
export type ZoneData = ReadonlyMap<unknown, unknown>;

/** A file as parsed. */
export interface ZoneYaml {
  /** `undefined` if the file is empty. */
  readonly root: YamlMapping | undefined;
  /** The whole file, if it has only the records of one name: what `!include` puts in the place of them. */
  readonly records: YamlCollection | undefined;
  readonly data: ZoneData;
  /** Where a key is; 0 if it is not in the file. */
  offsetOf(key: unknown): number;
}

/**
 * Parses a file.
 *
 * @param name the key of the records in a file that has no keys
 * @throws {UnreadableTextError} if it is not the YAML of a zone, or of records
 */
export function parseZoneYaml(text: string, name: string): ZoneYaml {
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
    if (isEmpty) return { root: undefined, records: undefined, data: new Map(), offsetOf: () => 0 };
    const data: unknown = document.toJS({ mapAsMap: true });
    if (isRecord(root) || (isSeq(root) && root.items.length > 0 && root.items.every(isRecord))) {
      return { root: undefined, records: root, data: new Map([[name, data]]), offsetOf: () => startOf(root) };
    }
    if (isMap(root) && data instanceof Map) {
      const offsetOf = (key: unknown) => startOf(root.items.find((each) => keyText(each.key) === key)?.key);
      return { root, records: undefined, data, offsetOf };
    }
    throw new UnreadableTextError('the file is not a YAML mapping', { text, offset: startOf(root) });
  } catch (error) {
    // The library throws these when it resolves too many aliases, or when the stack ends.
    if (error instanceof ReferenceError || error instanceof RangeError) throw tooDeep({ text, offset: 0 });
    throw error;
  }
}

/** The records at a name, however many there are. */
export function recordsAt(data: ZoneData, key: unknown): readonly unknown[] {
  const found = data.get(key);
  return found === undefined ? [] : Array.isArray(found) ? found : [found];
}

/** The types of the records at a name, in upper case. */
export function typesAt(data: ZoneData, key: unknown): readonly string[] {
  return recordsAt(data, key).flatMap((record) => {
    const type: unknown = record instanceof Map ? record.get('type') : undefined;
    return typeof type === 'string' ? [type.toUpperCase()] : [];
  });
}

/** A mapping with a type is a record; in a zone, `type` would be a name with records. */
function isRecord(node: unknown): node is YamlMapping {
  if (!isMap(node)) return false;
  return node.items.some(({ key, value }) => keyText(key) === 'type' && isScalar(value));
}

function tooDeep(place: TextPlace): UnreadableTextError {
  return new UnreadableTextError('the YAML is nested too deeply or has too many aliases', place);
}
