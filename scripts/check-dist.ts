/**
 * Refuses a dist/ that is not byte for byte what the source builds: `npm run check:dist`. It builds in a temporary
 * folder, so that it writes nothing here, and asks no Git: where Git cannot answer, nothing would look changed.
 */
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What the build reads, besides packages. */
const SOURCES = [
  'package.json',
  'package-lock.json',
  'scripts',
  'src',
  'stubs',
  'tsconfig.build.json',
  'tsconfig.json',
];

/** The bundler, and the links to the programs that the build starts. */
const COPIED = [join('node_modules', '@vercel', 'ncc'), join('node_modules', '.bin')];

/** What is wrong with the folder `found`, which should hold the same files as `expected`; nothing if it does. */
export function differences(expected: string, found: string): string[] {
  const [built, committed] = [filesIn(expected), filesIn(found)];
  const isSame = (path: string) => readFileSync(join(expected, path)).equals(readFileSync(join(found, path)));
  return [
    ...built.filter((path) => !committed.includes(path)).map((path) => `missing: ${path}`),
    ...committed.filter((path) => !built.includes(path)).map((path) => `extra: ${path}`),
    ...built.filter((path) => committed.includes(path) && !isSame(path)).map((path) => `changed: ${path}`),
  ];
}

/** The files below a folder, sorted. An empty one would be equal to anything that failed to be written. */
function filesIn(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => !entry.isDirectory());
  if (files.length === 0) throw new Error(`${folder} has no files`);
  const odd = files.find((entry) => !entry.isFile());
  if (odd !== undefined) throw new Error(`${join(odd.parentPath, odd.name)} is not a regular file`);
  return files.map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1)).sort();
}

/** Builds what is in `root` in the empty folder `folder`, and returns the `dist` that comes out. */
function build(root: string, folder: string): string {
  for (const path of SOURCES) cpSync(join(root, path), join(folder, path), { recursive: true });
  installPackages(root, folder);
  const { status, error } = spawnSync('npm', ['run', 'build'], { cwd: folder, stdio: ['ignore', 2, 2] });
  if (status !== 0) throw new Error('the build failed', { cause: error });
  return join(folder, 'dist');
}

/**
 * Gives the build the installed packages. What has a part in the names of the bundler's files is copied, because these
 * names depend on real paths: the packages that may be bundled, and the bundler. The others are linked.
 */
function installPackages(root: string, folder: string): void {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    readonly packages: Readonly<Record<string, { readonly dev?: boolean }>>;
  };
  const isCopied = (path: string) =>
    COPIED.includes(path) || (packages[path] !== undefined && packages[path].dev !== true);
  for (const path of installedPackages(root)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    if (isCopied(path)) {
      cpSync(join(root, path), join(folder, path), { recursive: true, verbatimSymlinks: true });
    } else symlinkSync(join(root, path), join(folder, path));
  }
}

/** `node_modules/NAME` and `node_modules/@SCOPE/NAME`, also of the folder with the programs. */
function installedPackages(root: string): string[] {
  const entriesOf = (path: string) => readdirSync(join(root, path)).map((name) => join(path, name));
  return entriesOf('node_modules').flatMap((path) =>
    path.startsWith(join('node_modules', '@')) ? entriesOf(path) : [path],
  );
}

if (import.meta.main) {
  const root = realpathSync(fileURLToPath(new URL('..', import.meta.url)));
  const temporary = realpathSync(mkdtempSync(join(tmpdir(), 'check-dist-')));
  try {
    const found = differences(build(root, temporary), join(root, 'dist'));
    for (const difference of found) console.error(`dist/ ${difference}`);
    if (found.length > 0) {
      console.error(
        'dist/ is not what the source builds. Run npm run build, and commit dist/ with the source.',
      );
      process.exitCode = 1;
    } else {
      console.log('dist/ is byte for byte what the source builds.');
    }
  } finally {
    rmSync(temporary, { recursive: true });
  }
}
