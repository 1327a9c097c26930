/** Writes the tables of inputs and outputs in README.md from action.yml: `npm run docs`. */
import { readFile, writeFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { replaceBetween, table } from './markdown.ts';

interface Metadata {
  readonly inputs: Record<string, { description: string; default?: string; required?: boolean }>;
  readonly outputs: Record<string, { description: string }>;
}

/** The README with its tables, between their markers, as action.yml has them. */
export function withTables(readme: string, actionYml: string): string {
  const { inputs, outputs } = parse(actionYml) as Metadata;
  const inputRows = Object.entries(inputs).map(([name, input]) => {
    const fallback =
      input.required === true ? '*required*' : input.default === undefined ? '' : `\`${input.default}\``;
    return [`\`${name}\``, fallback, input.description];
  });
  const outputRows = Object.entries(outputs).map(([name, output]) => [`\`${name}\``, output.description]);
  const withInputs = replaceBetween(
    readme,
    'inputs',
    table([['Input', 'Default', 'What it is'], ...inputRows]),
  );
  return replaceBetween(withInputs, 'outputs', table([['Output', 'What it is'], ...outputRows]));
}

if (import.meta.main) {
  const [readme, actionYml] = await Promise.all([
    readFile('README.md', 'utf8'),
    readFile('action.yml', 'utf8'),
  ]);
  await writeFile('README.md', withTables(readme, actionYml));
}
