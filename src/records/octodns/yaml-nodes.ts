/** What the edits need to know about parsed YAML nodes, which the library types loosely. */

import { isCollection, isNode, isPair, isScalar, type Pair, type YAMLMap, type YAMLSeq } from 'yaml';

/** A mapping in a zone's file. */
export type YamlMapping = YAMLMap<unknown, unknown>;

/** A mapping or a list in a zone's file. */
export type YamlCollection = YamlMapping | YAMLSeq;

/** The text of a key; `undefined` if the key is not a scalar and so cannot be a name. */
export function keyText(key: unknown): string | undefined {
  return isScalar(key) ? String(key.value) : undefined;
}

/** The pair with the values of a record; octoDNS prefers `values` to `value`. */
export function valuePair(record: YamlMapping): Pair | undefined {
  return (
    record.items.find(({ key }) => keyText(key) === 'values') ??
    record.items.find(({ key }) => keyText(key) === 'value')
  );
}

/** The offset of a node's first character; of a pair, of its key. */
export function startOf(node: unknown): number {
  return isPair(node) ? startOf(node.key) : rangeOf(node)[0];
}

/** The offset after a node's last character; of a pair, after its value. */
export function endOf(node: unknown): number {
  return isPair(node) ? endOf(node.value ?? node.key) : rangeOf(node)[1];
}

/** The last node in a node, through all nested collections in block style. */
export function lastNodeIn(node: unknown): unknown {
  if (isPair(node)) return lastNodeIn(node.value ?? node.key);
  const last: unknown = isCollection(node) && !node.flow ? node.items.at(-1) : undefined;
  return last === undefined ? node : lastNodeIn(last);
}

function rangeOf(node: unknown): readonly [number, number] {
  const range = isNode(node) ? node.range : undefined;
  return [range?.[0] ?? 0, range?.[1] ?? 0];
}
