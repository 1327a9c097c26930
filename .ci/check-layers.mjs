/**
 * Refuses an import that breaks the rules in `.ci/layers.mjs`. Before that, it shows on small trees with one wrong
 * import each that every kind of rule bites. Takes the folder in which dependency-cruiser is installed; default:
 * `.ci/source-checks`.
 */
import { globSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, normalize, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import layers from './layers.mjs';

/** The rule that refuses it; then a file and what it imports, twice where it takes two. */
const SAMPLES = [
  ['', 'src/index.ts', './run.ts'],
  ['', 'src/action/inputs.ts', '@actions/core'],
  ['', 'src/dns/transports/https.ts', '../../http/proxy.ts'],
  ['', 'src/records/formats.ts', './zone/bind.ts'],
  ['', 'src/domain/connector.ts', 'node:url'],
  ['', 'sandbox/server.ts', 'dns-packet'],
  // Upwards, and from a room to its neighbour.
  ['layer-of-src/text', 'src/text/naming.ts', '../domain/connector.ts'],
  ['layer-of-src/text', 'src/text/naming.ts', '../time/clock.ts'],
  ['layer-of-src/modes', 'src/modes/create.ts', '../action/inputs.ts'],
  ['layer-of-src/action', 'src/action/inputs/a.ts', '../../run.ts'],
  ['layer-of-src/github', 'src/github/issues.ts', '../dns/wait/wait.ts'],
  ['layer-of-src/dns/client', 'src/dns/client/client.ts', '../wait/wait.ts'],
  ['layer-of-src/records/zone', 'src/records/zone/bind.ts', '../json/json.ts'],
  // To what has no layer.
  ['a-layer-for-everything-in-src', 'src/run.ts', './extra/text.ts'],
  ['a-layer-for-everything-in-src/dns', 'src/run.ts', './dns/extra.ts'],
  ['a-layer-for-everything-in-src/records', 'src/run.ts', './records/extra.ts'],
  // In a circle, of files or of folders alone.
  ['no-file-cycle', 'sandbox/dns/zone.ts', './names.ts', 'sandbox/dns/names.ts', './zone.ts'],
  ['no-folder-cycle', 'sandbox/dns/zone.ts', '../net/tcp.ts', 'sandbox/net/faults.ts', '../dns/names.ts'],
  [
    'no-folder-cycle',
    'src/action/inputs/a.ts',
    '../summary/b.ts',
    'src/action/summary/c.ts',
    '../inputs/d.ts',
  ],
  ['no-import-of-the-folder-around', 'src/action/inputs/a.ts', '../failures.ts'],
  // A package outside its room.
  ['only-src/action-imports-@actions/core', 'src/run.ts', '@actions/core'],
  [
    'only-src/http-imports-@actions/http-client',
    'src/dns/client/client.ts',
    '@actions/http-client/lib/proxy',
  ],
  ['only-src/github-imports-@actions/github', 'src/cloudflare/zones.ts', '@actions/github'],
  ['only-src/dns-imports-dns-packet', 'src/domain/connector.ts', 'dns-packet'],
  // Out of the house, or to nowhere.
  ['src-stays-inside', 'src/run.ts', '../sandbox/server.ts'],
  ['src-stays-inside', 'src/run.ts', '../__tests__/samples/results.ts'],
  ['sandbox-stays-inside', 'sandbox/server.ts', '../src/text/duration.ts'],
  ['no-unresolvable', 'src/run.ts', './GONE.ts'],
];

/** A type-only import leaves nothing in the bundle and is the easiest to overlook, so all samples use it. */
const TYPE_ONLY = (from) => `import type { X } from '${from}'; export type Y = X;`;
const OTHER_STATEMENTS = [
  (from) => `import { x } from '${from}'; export const y = x;`,
  (from) => `export * from '${from}';`,
  (from) => `export const y = () => import('${from}');`,
  (from) => `export type Y = import('${from}').X;`,
];
const UPWARDS = SAMPLES.find(([rule]) => rule === 'layer-of-src/modes');

const [tools = '.ci/source-checks'] = process.argv.slice(2);
const entry = resolve(tools, 'node_modules/dependency-cruiser/src/main/index.mjs');
const { cruise } = await import(pathToFileURL(entry).href);

const trees = [
  ...SAMPLES.map((sample) => [sample, TYPE_ONLY]),
  ...OTHER_STATEMENTS.map((statement) => [UPWARDS, statement]),
];
let isBlind = false;
for (const [[rule, ...imports], statement] of trees) {
  const refusedBy = await rulesAgainst(imports, statement);
  if (refusedBy === rule) continue;
  isBlind = true;
  console.error(`"${statement(imports[1])}" in ${imports[0]}: refused by "${refusedBy}", expected "${rule}"`);
}

// A folder that it does not find has no wrong import.
const { totalCruised } = (await cruise(['src', 'sandbox'], optionsIn(process.cwd()))).output.summary;
const present = globSync('{src,sandbox}/**/*.ts').length;
if (present === 0 || totalCruised < present) {
  throw new Error(`looked at ${totalCruised} modules, but there are ${present} files`);
}
const { output, exitCode } = await cruise(['src', 'sandbox'], optionsIn(process.cwd(), 'err'));
console.log(output.trim());
if (isBlind || exitCode > 0) process.exit(1);

function optionsIn(baseDir, outputType) {
  const { forbidden, options } = layers;
  return { ...options, validate: true, ruleSet: { forbidden, options }, baseDir, outputType };
}

/** The names of the rules that refuse a tree with these imports. */
async function rulesAgainst(imports, statement) {
  const root = mkdtempSync(join(realpathSync(tmpdir()), 'layers-'));
  try {
    for (const [path, text] of filesOf(imports, statement)) {
      mkdirSync(join(root, dirname(path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    const { violations } = (await cruise(['src', 'sandbox'], optionsIn(root))).output.summary;
    return [...new Set(violations.map(({ rule }) => rule.name))].join(', ');
  } finally {
    rmSync(root, { recursive: true });
  }
}

/** Each file that imports, each that is imported, and one in either tree. */
function filesOf([file, from, ...more], statement) {
  const target = from.startsWith('.')
    ? normalize(join(dirname(file), from))
    : `node_modules/${from}/index.js`;
  const files = new Map([
    ['src/index.ts', ''],
    ['sandbox/index.ts', ''],
    ...(target.includes('GONE') ? [] : [[target, '']]),
    ...(more.length > 0 ? filesOf(more, statement) : []),
  ]);
  return files.set(file, statement(from));
}
