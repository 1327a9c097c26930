import { isDeepStrictEqual } from 'node:util';
import { UnreadableTextError } from '../format/record-format.ts';
import { edited, lineEnd, positionAt, type TextEdit } from '../format/text-edits.ts';
import { type JsonMember, type JsonNode, type JsonObject, scanJson } from './scanner.ts';

/** A value as `JSON.stringify` takes it. */
export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue };

const BYTE_ORDER_MARK = '\uFEFF';

/** The text of a new JSON file: indented by two spaces, with a newline at its end. */
export function newJson(path: readonly string[], value: JsonValue): string {
  return `${pretty(nested(path, value), '  ', '\n')}\n`;
}

/**
 * The text of a JSON file with a value set at a path of names; every character outside it stays. Objects on the way are
 * made where they are missing. A blank file counts as none; a text that has the value already comes back as it is.
 *
 * @param path at least one name
 * @throws {UnreadableTextError} when the text is not JSON, when something on the way is no object, or when a name on the
 *   way comes twice
 */
export function setInJson(current: string | undefined, path: readonly string[], value: JsonValue): string {
  if (current === undefined || current.trim() === '') return newJson(path, value);
  const mark = current.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : '';
  const text = current.slice(mark.length);
  const root = scanJson(text);
  const edit = editFor({ text, unit: indentUnit(text, root), newline: lineEnd(text) }, root, path, value);
  return edit === undefined ? current : mark + edited(text, [edit]);
}

interface Layout {
  readonly text: string;
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
  throw new UnreadableTextError(`${what} holds no JSON object`, positionAt(text, node.start));
}

function onlyMember(text: string, object: JsonObject, key: string): JsonMember | undefined {
  const [member, second] = object.members.filter((each) => each.key === key);
  if (second === undefined) return member;
  throw new UnreadableTextError(`${JSON.stringify(key)} comes twice`, positionAt(text, second.start));
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
  const at = { start: last.value.end, end: last.value.end };
  const isOnLines = text.slice(object.start, last.start).includes('\n');
  if (!isOnLines) return { ...at, text: `, ${name}: ${JSON.stringify(value)}` };
  const indent = indentAt(text, last.start);
  return { ...at, text: `,${newline}${indent}${name}: ${pretty(value, unit, newline, indent)}` };
}

function nested(path: readonly string[], value: JsonValue): JsonValue {
  // A computed name is a property of its own even when it is "__proto__".
  return path.reduceRight<JsonValue>((inner, key) => ({ [key]: inner }), value);
}

function pretty(value: JsonValue, unit: string, newline: string, indent = ''): string {
  return JSON.stringify(value, null, unit).replaceAll('\n', newline + indent);
}

/** The white space that the line of an offset starts with. */
function indentAt(text: string, offset: number): string {
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  return line.match(/^[ \t]*/)?.[0] ?? '';
}

function indentUnit(text: string, root: JsonNode): string {
  const [first] = root.kind === 'object' ? root.members : [];
  return (first && indentAt(text, first.start)) || '  ';
}
