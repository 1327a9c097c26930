/**
 * Whether a key comes before another in octoDNS' order: digits count as numbers, everything else by its code units
 * (`natsort`, which octoDNS' `enforce_order` uses).
 */
export function comesBefore(a: string, b: string): boolean {
  const [left, right] = [naturalParts(a), naturalParts(b)];
  for (const [index, part] of left.entries()) {
    const other = right[index];
    if (other === undefined) return false;
    if (part !== other) return part < other;
  }
  return left.length < right.length;
}

/** Text and numbers in turn, text first, so that the same kinds are compared. */
function naturalParts(key: string): readonly (string | bigint)[] {
  const parts = key.split(/([0-9]+)/).map((part, index) => (index % 2 === 1 ? BigInt(part) : part));
  return parts.at(-1) === '' ? parts.slice(0, -1) : parts;
}
