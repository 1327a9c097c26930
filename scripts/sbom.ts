/**
 * Prints the bill of materials of what users run, in CycloneDX 1.5: the packages that dist/licenses.txt names, which the
 * build takes from the bundle, with what the lock file knows about each. It reads only files that are committed and
 * runs no package, npm included; the same commit gives the same bytes.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** What the lock file says about a package. */
interface LockedPackage {
  readonly version?: string;
  readonly integrity?: string;
  readonly license?: string;
  readonly dev?: boolean;
  readonly link?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
}

/** package.json, as far as it is needed here. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly dependencies: Readonly<Record<string, string>>;
}

type Lock = Readonly<Record<string, LockedPackage>>;

/** A package of the bundle, and its place in the lock file. */
interface Bundled {
  readonly id: string;
  readonly path: string;
  readonly locked: LockedPackage;
}

/** The NAME@VERSION of each package in the text of dist/licenses.txt. */
export function packagesIn(licences: string): string[] {
  return licences.match(/^(?:@[\w.-]+\/)?[\w.-]+@\d+\.\d+\.\d+[\w.+-]*$/gm) ?? [];
}

/**
 * The bill of materials.
 *
 * @throws Error when the lock file does not know a package of the bundle, or the bundle lacks one that the action needs
 */
export function billOfMaterials(licences: string, manifest: Manifest, lock: Lock): object {
  const bundled = packagesIn(licences).map((id) => ({ id, ...findLocked(id, lock) }));
  const names = bundled.map(({ id }) => nameOf(id));
  const missing = Object.keys(manifest.dependencies).filter(
    (name) => lock[`node_modules/${name}`]?.link !== true && !names.includes(name),
  );
  if (missing.length > 0) throw new Error(`dist/licenses.txt does not have ${missing.join(', ')}`);
  const product = `${manifest.name}@${manifest.version}`;
  const components = bundled.map(componentOf);
  const dependencies = [
    { ref: product, dependsOn: refsOf(Object.keys(manifest.dependencies), '', bundled) },
    ...bundled.map(({ id, path, locked }) => ({
      ref: id,
      dependsOn: refsOf(Object.keys(locked.dependencies ?? {}), path, bundled),
    })),
  ];
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.5.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    serialNumber: serialNumberOf([product, components, dependencies]),
    version: 1,
    metadata: {
      lifecycles: [{ phase: 'build' }],
      component: { 'bom-ref': product, type: 'application', ...identityOf(product, manifest.license) },
    },
    components,
    dependencies,
  };
}

function nameOf(id: string): string {
  return id.slice(0, id.lastIndexOf('@'));
}

function findLocked(id: string, lock: Lock): Omit<Bundled, 'id'> {
  const [path, locked] =
    Object.entries(lock).find(
      ([where, { version, dev }]) =>
        where.includes('node_modules/') &&
        `${where.split('node_modules/').at(-1)}@${version}` === id &&
        dev !== true,
    ) ?? [];
  if (path === undefined || locked === undefined)
    throw new Error(`${id} is bundled, but not in the lock file`);
  return { path, locked };
}

function identityOf(id: string, licence: string) {
  const [name, version] = [nameOf(id), id.slice(id.lastIndexOf('@') + 1)];
  const purl = `pkg:npm/${name.replace('@', '%40')}@${version}`;
  const licenses = [licence.includes(' ') ? { expression: licence } : { license: { id: licence } }];
  return { name, version, purl, licenses };
}

function componentOf({ id, locked: { integrity = '', license } }: Bundled) {
  const hash = /^sha512-([\w+/]{86}==)$/.exec(integrity)?.[1];
  if (hash === undefined || license === undefined)
    throw new Error(`the lock file lacks hash or licence of ${id}`);
  const hashes = [{ alg: 'SHA-512', content: Buffer.from(hash, 'base64').toString('hex') }];
  return { 'bom-ref': id, type: 'library', scope: 'required', ...identityOf(id, license), hashes };
}

/** The packages of the bundle that a package at `path` finds under these names, as Node.js looks for them. */
function refsOf(names: readonly string[], path: string, bundled: readonly Bundled[]): string[] {
  const folders = path
    .split(/(?=\/node_modules\/)/)
    .map((_, index, parts) => parts.slice(0, index + 1).join(''));
  const candidates = [...folders.reverse().map((folder) => `${folder}/node_modules/`), 'node_modules/'];
  return names.flatMap((name) => {
    const places = candidates.map((folder) => bundled.find((one) => one.path === folder + name));
    return places.find((place) => place !== undefined)?.id ?? [];
  });
}

/** From the content instead of chance: a UUID of version 8 (RFC 9562). */
function serialNumberOf(content: unknown): string {
  const digest = createHash('sha256').update(JSON.stringify(content)).digest('hex');
  const parts = [
    digest.slice(0, 8),
    digest.slice(8, 12),
    `8${digest.slice(13, 16)}`,
    `8${digest.slice(17, 20)}`,
  ];
  return `urn:uuid:${[...parts, digest.slice(20, 32)].join('-')}`;
}

if (import.meta.main) {
  const [licences = '', manifest = '', lock = ''] = [
    'dist/licenses.txt',
    'package.json',
    'package-lock.json',
  ].map((path) => readFileSync(path, 'utf8'));
  const { packages } = JSON.parse(lock) as { readonly packages: Lock };
  const bill = billOfMaterials(licences, JSON.parse(manifest) as Manifest, packages);
  process.stdout.write(`${JSON.stringify(bill, undefined, 2)}\n`);
}
