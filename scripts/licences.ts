/**
 * Writes dist/licenses.txt: the licence of every package that dist/ has code of. The bundler's own list misses those
 * that more than one of its files share.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

const scripts = readdirSync('dist').filter((name) => name.endsWith('.js'));
const bundle = scripts.map((name) => readFileSync(`dist/${name}`, 'utf8')).join('\n');
// The bundler leaves the path of each module in a comment or as its ID.
const paths = bundle.matchAll(/node_modules\/((?:@[a-z0-9._-]+\/)?[a-z0-9._-]+)\//gi);
const names = [...new Set([...paths].map(([, name = '']) => name))].sort();
writeFileSync('dist/licenses.txt', `${names.map(licenceOf).join('\n\n')}\n`);

function licenceOf(name: string): string {
  const folder = `node_modules/${name}`;
  const { license } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8')) as { license?: string };
  const file = readdirSync(folder).find((one) => /^licen[cs]e(\.\w+)?$/i.test(one));
  if (license === undefined && file === undefined) throw new Error(`${name} has no licence`);
  const text =
    file === undefined ? '' : readFileSync(`${folder}/${file}`, 'utf8').replaceAll('\r\n', '\n').trim();
  return [name, license ?? '', text].filter((part) => part !== '').join('\n');
}
