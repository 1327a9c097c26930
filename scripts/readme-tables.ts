/** Writes the tables of inputs and outputs in README.md from action.yml: `npm run docs`. */
import { readFile, writeFile } from 'node:fs/promises';
import { isMap, isScalar, type Pair, parseDocument } from 'yaml';
import { replaceBetween, table } from './markdown.ts';

/** An input or output of action.yml. */
interface Entry {
  readonly name: string;
  readonly description: string;
  readonly default?: string;
  readonly required?: boolean;
}

/** Entries under one comment of action.yml. */
interface Group {
  readonly title: string;
  readonly entries: Entry[];
}

/** The README with its tables, between their markers, as action.yml has them. */
export function withTables(readme: string, actionYml: string): string {
  const withInputs = replaceBetween(readme, 'inputs', tableOf('Inputs', actionYml));
  return replaceBetween(withInputs, 'outputs', tableOf('Outputs', actionYml));
}

/** One row per group: a table with one row per input is as long as the rest of the README. */
function tableOf(heading: 'Inputs' | 'Outputs', actionYml: string): string {
  const groups = groupsOf(heading.toLowerCase(), actionYml);
  const rows = groups.map(({ title, entries }) => [title, entries.map(describe).join('<br>')]);
  return table([['For', heading], ...rows]);
}

function describe({ name, description, default: fallback, required }: Entry): string {
  const inBrackets = required === true ? ' (required)' : fallback === undefined ? '' : ` (\`${fallback}\`)`;
  return `**\`${name}\`**${inBrackets} ${description}`;
}

function groupsOf(section: string, actionYml: string): readonly Group[] {
  const map = parseDocument(actionYml).get(section);
  if (!isMap(map)) throw new Error(`action.yml has no ${section}`);
  const groups: Group[] = [];
  // The parser gives a comment before the first key to the map.
  let title = map.commentBefore ?? undefined;
  for (const pair of map.items) {
    title ??= commentBefore(pair);
    if (title !== undefined) groups.push({ title: title.trim(), entries: [] });
    const group = groups.at(-1);
    if (group === undefined) throw new Error(`${section} of action.yml must begin with a comment`);
    group.entries.push(toEntry(pair));
    title = undefined;
  }
  return groups;
}

function commentBefore({ key }: Pair): string | undefined {
  return (isScalar(key) && key.commentBefore) || undefined;
}

function toEntry({ key, value }: Pair): Entry {
  const name = isScalar(key) ? String(key.value) : '';
  return { name, ...(isMap(value) ? (value.toJSON() as Omit<Entry, 'name'>) : { description: '' }) };
}

if (import.meta.main) {
  const [readme, actionYml] = await Promise.all([
    readFile('README.md', 'utf8'),
    readFile('action.yml', 'utf8'),
  ]);
  await writeFile('README.md', withTables(readme, actionYml));
}
