/**
 * Refuses a lock file that npm would follow to somewhere else than the public registry, or without comparing hashes,
 * or to a script that runs while it installs. Needs nothing but Node.js, so that it runs before anything is installed.
 */
import { readFileSync } from 'node:fs';

const PUBLIC_REGISTRY = 'https://registry.npmjs.org/';

const files = process.argv.slice(2);
if (files.length === 0) throw new Error('Name the lock files to check.');
const { allowScripts = {} } = readJson('package.json');
const problems = files.flatMap((file) => problemsOf(readJson(file)).map((problem) => `${file}: ${problem}`));
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exit(1);
console.log(`${files.join(', ')}: nothing but the public registry, every package with its hash`);

function readJson(file) {
  return JSON.parse(readFileSync(file, 'utf8'));
}

function problemsOf({ lockfileVersion, packages }) {
  if (lockfileVersion !== 3) return [`it is of version ${lockfileVersion}, not 3`];
  if (!Object.keys(packages).some((path) => path.includes('node_modules/'))) return ['it has no packages'];
  return Object.entries(packages).flatMap(([path, entry]) => {
    // The project itself, its workspaces, and the links to these are in the repository.
    if (entry.link === true || !path.includes('node_modules/')) return [];
    const name = path.split('node_modules/').at(-1);
    const found = [];
    if (entry.resolved !== undefined && !entry.resolved.startsWith(PUBLIC_REGISTRY)) {
      found.push(`${path} comes from ${entry.resolved}`);
    }
    if (!/^sha512-[\w+/]{86}==$/.test(entry.integrity ?? '')) found.push(`${path} has no SHA-512 hash`);
    if (entry.hasInstallScript === true && allowScripts[name] !== true) {
      found.push(`${path} has an install script that allowScripts in package.json does not allow`);
    }
    return found;
  });
}
