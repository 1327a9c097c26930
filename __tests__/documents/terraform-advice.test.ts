import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const ROOT = new URL('../../', import.meta.url).pathname;

/** All that people read or copy, and what writes it. */
const PATTERNS = [
  '*.{md,yml}',
  '{action,docs,examples,.github}/**/*.{md,yml,tf}',
  '{src,sandbox,scripts}/**/*.ts',
];

it('nobody is advised to generate the configuration of an import, which enables and disables by literals', () => {
  const files = globSync(PATTERNS, { cwd: ROOT });
  for (const known of ['README.md', 'action.yml', 'docs/records-as-code.md', 'src/records/own/terraform.ts'])
    expect(files).toContain(known);
  expect(
    files.filter((file) => readFileSync(`${ROOT}${file}`, 'utf8').includes('generate-config-out')),
  ).toEqual([]);
});
