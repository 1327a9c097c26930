import { isDeepStrictEqual } from 'node:util';
import { applyEdits, insertAt, lineBreakOf, lineStart, type TextEdit } from '../format/text-edits.ts';
import { UnreadableTextError } from '../format/unreadable-text-error.ts';
import { type JsonMember, type JsonNode, type JsonObject, scanJson } from './scanner.ts';

/** A value that `JSON.stringify` can write. */
export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue };

/** The text of a new JSON file with a value at a path of names: indented by two spaces, with a final newline. */
export function newJson(path: readonly string[], value: JsonValue): string {
  return `${pretty(nested(path, value), '  ', '\n')}\n`;
}

/**
 * Sets a value at a path of names in the text of a JSON file; every other character stays. Creates missing objects along
 * the path. A blank file counts as a missing one. A text that already has the value is returned unchanged.
 *
 * @param path at least one name
 * @throws {UnreadableTextError} if the text is not JSON, a value along the path is not an object, or a name along the
 *   path appears twice
 */
export function setInJson(current: string | undefined, path: readonly string[], value: JsonValue): string {
  if (current === undefined || current.trim() === '') return newJson(path, value);
  const root = scanJson(current);
  const layout = { text: current, unit: indentUnit(current, root), newline: lineBreakOf(current) };
  const edit = editFor(layout, root, path, value);
  return edit === undefined ? current : applyEdits(current, [edit]);
}

interface Layout {
  readonly text: string;
  /** The indentation of one level. */
  readonly unit: string;
  readonly newline: string;
}

function editFor(
  layout: Layout,
  root: JsonNode,
  path: readonly string[],
  value: JsonValue,
): TextEdit | undefined {
  let node = root;
  for (const [depth, key] of path.entries()) {
    const object = asObject(layout.text, node, path.slice(0, depth));
    const member = onlyMember(layout.text, object, key);
    if (member === undefined) return insertion(layout, object, key, nested(path.slice(depth + 1), value));
    node = member.value;
  }
  const old: unknown = JSON.parse(layout.text.slice(node.start, node.end));
  if (isDeepStrictEqual(old, value)) return undefined;
  const text = pretty(value, layout.unit, layout.newline, indentAt(layout.text, node.start));
  return { start: node.start, end: node.end, text };
}

function asObject(text: string, node: JsonNode, path: readonly string[]): JsonObject {
  if (node.kind === 'object') return node;
  const what = path.length === 0 ? 'the file' : JSON.stringify(path.at(-1));
  throw new UnreadableTextError(`${what} is not a JSON object`, { text, offset: node.start });
}

function onlyMember(text: string, object: JsonObject, key: string): JsonMember | undefined {
  const [member, second] = object.members.filter((each) => each.key === key);
  if (second === undefined) return member;
  throw new UnreadableTextError(`${JSON.stringify(key)} appears twice`, { text, offset: second.start });
}

function insertion(layout: Layout, object: JsonObject, key: string, value: JsonValue): TextEdit {
  const { text, unit, newline } = layout;
  const last = object.members.at(-1);
  const name = JSON.stringify(key);
  if (last === undefined) {
    const outer = indentAt(text, object.start);
    const member = `${name}: ${pretty(value, unit, newline, outer + unit)}`;
    const inside = `{${newline}${outer}${unit}${member}${newline}${outer}}`;
    return { start: object.start, end: object.end, text: inside };
  }
  const isOnLines = text.slice(object.start, last.start).includes('\n');
  if (!isOnLines) return insertAt(last.value.end, `, ${name}: ${JSON.stringify(value)}`);
  const indent = indentAt(text, last.start);
  return insertAt(last.value.end, `,${newline}${indent}${name}: ${pretty(value, unit, newline, indent)}`);
}

function nested(path: readonly string[], value: JsonValue): JsonValue {
  // A computed name makes an own property even if it is "__proto__".
  return path.reduceRight<JsonValue>((inner, key) => ({ [key]: inner }), value);
}

function pretty(value: JsonValue, unit: string, newline: string, indent = ''): string {
  return JSON.stringify(value, null, unit).replaceAll('\n', newline + indent);
}

/** The white space at the start of the line with an offset. */
function indentAt(text: string, offset: number): string {
  const line = text.slice(lineStart(text, offset), offset);
  return line.match(/^[ \t]*/)?.[0] ?? '';
}

function indentUnit(text: string, root: JsonNode): string {
  const [first] = root.kind === 'object' ? root.members : [];
  return (first && indentAt(text, first.start)) || '  ';
}
