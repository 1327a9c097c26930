import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { withTables } from '../../scripts/readme-tables.ts';

const read = (name: string) => readFile(new URL(`../../${name}`, import.meta.url), 'utf8');
const [readme, actionYml, packageJson] = await Promise.all(
  ['README.md', 'action.yml', 'package.json'].map(read),
);

/** The fenced YAML blocks of the README. */
const workflows = [...(readme ?? '').matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text = '']) => text);

interface Step {
  readonly uses: string;
  readonly with?: object;
}

/** Every step below `node` that uses this action. */
function stepsOfThisAction(node: unknown): Step[] {
  if (typeof node !== 'object' || node === null) return [];
  if (isStep(node) && node.uses.startsWith('OWNER/cloudflare-dashboard-sso-connector@')) return [node];
  return Object.values(node).flatMap(stepsOfThisAction);
}

function isStep(node: object): node is Step {
  return 'uses' in node && typeof node.uses === 'string';
}

describe('README.md', () => {
  it('has the inputs and outputs of action.yml in its tables (npm run docs writes them)', () => {
    expect(readme).toBe(withTables(readme ?? '', actionYml ?? ''));
  });

  it('names only npm scripts that exist', () => {
    const { scripts } = JSON.parse(packageJson ?? '') as { scripts: Record<string, string> };
    const named = [...(readme ?? '').matchAll(/npm run ([\w:-]+)/g)].map(([, name = '']) => name);
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });

  it('shows workflows that are YAML and use inputs and outputs that exist', () => {
    const { inputs, outputs } = parse(actionYml ?? '') as Record<'inputs' | 'outputs', object>;
    expect(workflows.length).toBeGreaterThan(1);
    for (const text of workflows) {
      expect(parseAllDocuments(text).flatMap(({ errors }) => errors)).toEqual([]);
      for (const { with: given = {} } of stepsOfThisAction(parse(text))) {
        expect(Object.keys(given).filter((name) => !(name in inputs))).toEqual([]);
      }
      const read = [...text.matchAll(/steps\.sso\.outputs\.([\w-]+)/g)].map(([, name = '']) => name);
      expect(read.filter((name) => !(name in outputs))).toEqual([]);
    }
  });
});
