import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execPath } from 'node:process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { billOfMaterials, type Manifest, packagesIn } from '../../scripts/sbom.ts';

interface Component {
  readonly name: string;
  readonly version: string;
  readonly purl: string;
  readonly hashes: readonly { readonly alg: string; readonly content: string }[];
  readonly licenses: readonly unknown[];
}

interface Bill {
  readonly bomFormat: string;
  readonly serialNumber: string;
  readonly metadata: { readonly component: Component };
  readonly components: readonly Component[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
}

const root = fileURLToPath(new URL('../../', import.meta.url));
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const manifest = JSON.parse(read('package.json')) as Manifest;
const { packages: lock } = JSON.parse(read('package-lock.json')) as {
  packages: Record<string, { version: string; integrity: string }>;
};
const licences = read('dist/licenses.txt');

/** What the release does: from the files that are committed, without npm and without any package. */
function printed(): string {
  const folder = mkdtempSync(join(tmpdir(), 'bill-'));
  try {
    for (const path of ['package.json', 'package-lock.json', 'dist/licenses.txt', 'scripts/sbom.ts']) {
      cpSync(join(root, path), join(folder, path));
    }
    const options = { cwd: folder, env: { PATH: '' }, encoding: 'utf8' } as const;
    return execFileSync(execPath, ['scripts/sbom.ts'], options);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('the bill of materials', () => {
  const text = printed();
  const bill = JSON.parse(text) as Bill;
  const listed = bill.components.map(({ name, version }) => `${name}@${version}`);

  it('is about this version of this action', () => {
    const { name, version } = manifest;
    expect(bill.metadata.component).toMatchObject({ name, version, purl: `pkg:npm/${name}@${version}` });
  });

  it('lists the packages of dist/licenses.txt, which check:dist holds against the bundle, and no other', () => {
    expect(listed).toEqual(packagesIn(licences));
    const names = bill.components.map(({ name }) => name);
    const { undici: standIn, ...needed } = manifest.dependencies;
    expect(standIn).toMatch(/^file:/);
    expect(names).toEqual(expect.arrayContaining(Object.keys(needed)));
    expect(names).toContain('yaml');
    expect(names.filter((name) => /^(undici|node|node-.*|typescript)$/.test(name))).toEqual([]);
  });

  it('has the hash of each package as the lock file has it, and its licence', () => {
    for (const { name, hashes, licenses } of bill.components) {
      const { integrity } = lock[`node_modules/${name}`] ?? {};
      const content = Buffer.from(integrity?.replace('sha512-', '') ?? '', 'base64').toString('hex');
      expect(hashes, name).toEqual([{ alg: 'SHA-512', content }]);
      expect(licenses, name).toHaveLength(1);
    }
  });

  it('says which package needs which', () => {
    const refs = Object.fromEntries(bill.dependencies.map(({ ref, dependsOn }) => [ref, dependsOn]));
    const find = (name: string) => listed.find((id) => id.startsWith(`${name}@`)) ?? '';
    expect(refs[`${manifest.name}@${manifest.version}`]).toContain(find('p-limit'));
    expect(refs[find('p-limit')]).toEqual([find('yocto-queue')]);
    expect([...new Set(Object.values(refs).flat())].sort()).toEqual([...listed].sort());
  });

  it('is the same each time, and has what a signature for CycloneDX asks for', () => {
    expect(printed()).toBe(text);
    expect(bill.bomFormat).toBe('CycloneDX');
    expect(bill.serialNumber).toMatch(
      /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/,
    );
  });

  it('is refused when a package is missing in dist/licenses.txt or in the lock file', () => {
    const [yaml = ''] = listed.filter((id) => id.startsWith('yaml@'));
    const without = licences.replace(`${yaml}\n`, '');
    expect(() => billOfMaterials(without, manifest, lock)).toThrow('yaml');
    expect(() => billOfMaterials('', manifest, lock)).toThrow('@actions/core');
    const { 'node_modules/yaml': _removed, ...rest } = lock;
    expect(() => billOfMaterials(licences, manifest, rest)).toThrow(yaml);
  });
});
