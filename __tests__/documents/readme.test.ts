import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { withTables } from '../../scripts/readme-tables.ts';
import { DOCUMENTS, readDocument, yamlBlocks } from '../real/documents.ts';
import { isThisAction } from '../real/example-workflows.ts';

const [readme, actionYml] = [readDocument('README.md'), readDocument('action.yml')];
const { inputs, outputs } = parse(actionYml) as Record<'inputs' | 'outputs', object>;
const { scripts } = JSON.parse(readDocument('package.json')) as { scripts: Record<string, string> };

interface Step {
  readonly uses: string;
  readonly with?: Readonly<Record<string, string>>;
}

/** Every step below `node` that uses this action. */
function stepsOfThisAction(node: unknown): Step[] {
  if (typeof node !== 'object' || node === null) return [];
  if (isStep(node) && isThisAction(node)) return [node];
  return Object.values(node).flatMap(stepsOfThisAction);
}

function isStep(node: object): node is Step {
  return 'uses' in node && typeof node.uses === 'string';
}

describe('README.md', () => {
  it('has the inputs and outputs of action.yml in its tables (npm run docs writes them)', () => {
    expect(readme).toBe(withTables(readme, actionYml));
    for (const name of [...Object.keys(inputs), ...Object.keys(outputs)])
      expect(readme).toContain(`**\`${name}\`**`);
  });

  it('is short enough to read in one sitting', () => {
    expect(readme.split('\n').length).toBeLessThanOrEqual(181);
  });

  it('says how to get the source before it says what to run in it', () => {
    expect(readme.indexOf('git clone')).toBeGreaterThan(0);
    expect(readme.indexOf('git clone')).toBeLessThan(readme.indexOf('npm ci'));
  });
});

describe.each(DOCUMENTS)('$path', ({ text }) => {
  it('names only npm scripts that exist', () => {
    const named = [...text.matchAll(/npm run ([\w:-]+)/g)].map(([, name = '']) => name);
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });

  it('shows workflows that are YAML and use inputs and outputs that exist', () => {
    for (const block of yamlBlocks(text)) {
      expect(parseAllDocuments(block).flatMap(({ errors }) => errors)).toEqual([]);
      const steps = stepsOfThisAction(parse(block));
      expect(steps.length).toBeGreaterThan(0);
      for (const { with: given = {} } of steps) {
        expect(Object.keys(given).filter((name) => !(name in inputs))).toEqual([]);
      }
      const read = [...block.matchAll(/steps\.sso\.outputs\.([\w-]+)/g)].map(([, name = '']) => name);
      expect(read.filter((name) => !(name in outputs))).toEqual([]);
    }
  });
});

describe('the documents', () => {
  it('show workflows and scripts for these tests to look at', () => {
    expect(yamlBlocks(readme)).toHaveLength(2);
    expect(readme).toContain('npm run demo');
  });
});
