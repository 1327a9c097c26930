import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';

/** A package with code in dist/. */
export interface BundledPackage {
  readonly name: string;
  readonly version: string;
  readonly folder: string;
  readonly licence: string | undefined;
}

/** A module of the bundle; webpack lists those that it has joined under the one that it joined them into. */
interface Module {
  readonly nameForCondition?: string | null;
  readonly modules?: readonly Module[];
}

/**
 * The packages that the last build bundled, sorted by name, from the statistics that the bundler left in
 * `lib/stats.json`. The bundle itself names only some of them. What is in this repository, in `src/` and `stubs/`, is no
 * package but the action itself.
 *
 * @throws Error when there are none: then these are no statistics of this action
 */
export function bundledPackages(): BundledPackage[] {
  const stats = JSON.parse(readFileSync('lib/stats.json', 'utf8')) as Module;
  const files = [...filesOf(stats)].filter((file) => file.includes(`${sep}node_modules${sep}`));
  if (files.length === 0) throw new Error('lib/stats.json names no file of a package');
  const packages = new Map(files.map(packageOf).map((one) => [one.folder, one]));
  return [...packages.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function* filesOf({ nameForCondition, modules = [] }: Module): Generator<string> {
  if (nameForCondition) yield nameForCondition;
  for (const module of modules) yield* filesOf(module);
}

function packageOf(file: string): BundledPackage {
  // A folder inside a package may have a package.json that says no more than the type of its modules.
  for (let folder = dirname(file); folder !== dirname(folder); folder = dirname(folder)) {
    const path = join(folder, 'package.json');
    if (!existsSync(path)) continue;
    const found = JSON.parse(readFileSync(path, 'utf8')) as Record<'name' | 'version' | 'license', string>;
    const { name, version, license: licence } = found;
    if (name !== undefined && version !== undefined) return { name, version, folder, licence };
  }
  throw new Error(`${file} is bundled, but belongs to no package`);
}
