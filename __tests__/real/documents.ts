/** The Markdown documents of the repository, for tests. */
import { globSync, readFileSync } from 'node:fs';

/** A Markdown file, by its path from the root. */
export interface Document {
  readonly path: string;
  readonly text: string;
}

const ROOT = new URL('../../', import.meta.url);

/** Every document that people read. */
export const DOCUMENTS: readonly Document[] = globSync(['*.md', 'docs/**/*.md', '.github/**/*.md'], {
  cwd: ROOT,
})
  .sort()
  .map((path) => ({ path, text: readDocument(path) }));

// Tests that go through all documents would pass with none.
if (DOCUMENTS.length === 0) throw new Error(`there are no documents in ${ROOT}`);

/** The text of a file, by its path from the root. */
export function readDocument(path: string): string {
  return readFileSync(new URL(path, ROOT), 'utf8');
}

/** The first cells of the rows of the table whose head starts with `head`, without backquotes. */
export function firstColumn(text: string, head: string): readonly string[] {
  const lines = text.split('\n');
  const start = lines.findIndex((line) => line.startsWith(`| ${head} |`));
  if (start < 0) throw new Error(`there is no table with the head "${head}"`);
  const rows = lines.slice(start + 2);
  const end = rows.findIndex((line) => !line.startsWith('| '));
  return rows
    .slice(0, end < 0 ? undefined : end)
    .map((row) => (row.split(' | ')[0] ?? '').replaceAll(/^\| |`/g, ''));
}

/** The fenced YAML blocks of a document. */
export function yamlBlocks(text: string): readonly string[] {
  return [...text.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, block = '']) => block);
}
