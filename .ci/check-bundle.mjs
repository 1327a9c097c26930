/**
 * Refuses a dist/ that bundles a package whose licence dist/licenses.txt does not have, or one that package.json only
 * needs for development: the bill of materials and the audit of what users run would leave it out.
 */
import { readdirSync, readFileSync } from 'node:fs';

const scripts = readdirSync('dist').filter((name) => name.endsWith('.js'));
const bundle = scripts.map((name) => readFileSync(`dist/${name}`, 'utf8')).join('\n');
const licences = new Set(readFileSync('dist/licenses.txt', 'utf8').split(/\r?\n/));
const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));

// The bundler leaves the path of each module in a comment or as its ID.
const paths = bundle.matchAll(/node_modules\/((?:@[a-z0-9._-]+\/)?[a-z0-9._-]+)\//gi);
const bundled = [...new Set([...paths].map(([, name]) => name))].sort();
if (bundled.length === 0)
  throw new Error('No bundled package is named in dist/*.js: this check sees nothing.');

const problems = bundled.flatMap((name) => [
  ...(licences.has(name) ? [] : [`dist/licenses.txt lacks ${name}`]),
  ...(packages[`node_modules/${name}`]?.dev === true
    ? [`${name} is bundled, but a dependency for development`]
    : []),
]);
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exit(1);
console.log(`The licences of all ${bundled.length} packages that dist/ names are in it`);
