/**
 * Writes dist/licenses.txt: name, version and licence of every package that dist/ has code of. The bundler's own list
 * misses those that more than one of its files share.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { type BundledPackage, bundledPackages } from './bundled-packages.ts';

writeFileSync('dist/licenses.txt', `${bundledPackages().map(licenceOf).join('\n\n')}\n`);

function licenceOf({ name, version, folder, licence }: BundledPackage): string {
  const file = readdirSync(folder).find((one) => /^licen[cs]e(\.\w+)?$/i.test(one));
  if (licence === undefined && file === undefined) throw new Error(`${name} has no licence`);
  const text =
    file === undefined ? '' : readFileSync(`${folder}/${file}`, 'utf8').replaceAll('\r\n', '\n').trim();
  return [`${name}@${version}`, licence ?? '', text].filter((part) => part !== '').join('\n');
}
