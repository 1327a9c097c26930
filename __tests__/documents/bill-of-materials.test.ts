import { execFileSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

interface Component {
  readonly name: string;
  readonly version: string;
  readonly purl: string;
}

interface Bill {
  readonly metadata: { readonly component: Component };
  readonly components: readonly Component[];
}

type Locked = Readonly<Record<string, { readonly version?: string }>>;

const root = fileURLToPath(new URL('../../', import.meta.url));
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  readonly name: string;
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
};

/** The build writes a line NAME@VERSION over the licence of each package that the bundle has code of. */
function bundledPackages(): string[] {
  const licences = readFileSync(join(root, 'dist/licenses.txt'), 'utf8');
  return licences.split(/\r?\n/).filter((line) => /^(@[\w.-]+\/)?[\w.-]+@\d+\.\d+\.\d+\S*$/.test(line));
}

/** Where the lock file puts a package. */
function foldersOf(id: string): string[] {
  const lock = readFileSync(join(root, 'package-lock.json'), 'utf8');
  const { packages } = JSON.parse(lock) as { readonly packages: Locked };
  return Object.entries(packages)
    .filter(([path, { version }]) => `${path.split('node_modules/').at(-1)}@${version}` === id)
    .map(([path]) => path);
}

describe('the bill of materials', () => {
  // As the release makes it.
  const bill = JSON.parse(
    execFileSync('npm', ['run', '--silent', 'sbom'], { cwd: root, encoding: 'utf8' }),
  ) as Bill;
  const listed = bill.components.map(({ name, version }) => `${name}@${version}`);
  const bundled = bundledPackages();

  it('is about this version of this action', () => {
    const { name, version } = manifest;
    expect(bill.metadata.component).toMatchObject({ name, version, purl: `pkg:npm/${name}@${version}` });
  });

  it('lists every package that is bundled, with its version', () => {
    // Else this test would look at nothing.
    const names = bundled.map((id) => id.slice(0, id.lastIndexOf('@')));
    expect(names).toEqual(expect.arrayContaining(Object.keys(manifest.dependencies)));
    expect(listed).toEqual(expect.arrayContaining(bundled));
  });

  it('lists nothing else but packages of types, which have no code', () => {
    for (const id of listed.filter((one) => !bundled.includes(one))) {
      const folders = foldersOf(id);
      expect(folders, id).not.toEqual([]);
      for (const folder of folders) {
        expect(globSync('**/*.{js,cjs,mjs,node,wasm}', { cwd: join(root, folder) }), id).toEqual([]);
      }
    }
  });

  it('does not pass the stand-in off as undici', () => {
    const undici = bill.components.filter(({ name }) => name === 'undici');
    const { version } = JSON.parse(
      readFileSync(join(root, 'stubs/undici/package.json'), 'utf8'),
    ) as Component;
    expect(version).toMatch(/^999\.\d+\.\d+-stand-in$/);
    expect(undici).toEqual([expect.objectContaining({ version, purl: `pkg:npm/undici@${version}` })]);
  });
});
