/** Refuses a dist/ that bundles a package whose licence dist/licenses.txt does not have. */
import { readFileSync } from 'node:fs';

const bundle = readFileSync('dist/index.js', 'utf8');
const licences = new Set(readFileSync('dist/licenses.txt', 'utf8').split(/\r?\n/));

// The bundler leaves the path of each module in a comment or as its ID.
const paths = bundle.matchAll(/node_modules\/((?:@[a-z0-9._-]+\/)?[a-z0-9._-]+)\//gi);
const bundled = [...new Set([...paths].map(([, name]) => name))].sort();
if (bundled.length === 0)
  throw new Error('No bundled package is named in dist/index.js: this check sees nothing.');

const missing = bundled.filter((name) => !licences.has(name));
for (const name of missing) console.error(`dist/licenses.txt lacks ${name}`);
if (missing.length > 0) process.exit(1);
console.log(`dist/licenses.txt has all ${bundled.length} packages that dist/index.js names`);
