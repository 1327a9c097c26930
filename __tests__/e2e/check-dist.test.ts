import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { differences } from '../../scripts/check-dist.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const CHECKOUT = ['package.json', 'package-lock.json', 'dist', 'scripts', 'src', 'stubs'];
const CONFIGURATION = ['tsconfig.json', 'tsconfig.build.json'];

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dist-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** What is in the checkout but for its packages, and when each file was written. */
function written(): string[] {
  const names = readdirSync(folder).filter((name) => name !== 'node_modules');
  const below = names.flatMap((name) =>
    statSync(join(folder, name)).isDirectory()
      ? readdirSync(join(folder, name), { recursive: true }).map((path) => join(name, String(path)))
      : [name],
  );
  return below.map((path) => `${path} ${statSync(join(folder, path)).mtimeMs}`).sort();
}

describe('npm run check:dist', () => {
  it('names what is changed, missing and extra in a checkout without Git, and writes nothing there', () => {
    for (const path of [...CHECKOUT, ...CONFIGURATION]) {
      cpSync(join(ROOT, path), join(folder, path), { recursive: true });
    }
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    appendFileSync(join(folder, 'dist/index.js'), '// tampered\n');
    rmSync(join(folder, 'dist/licenses.txt'));
    writeFileSync(join(folder, 'dist/extra.js'), '');
    const before = written();

    const { status, stderr } = spawnSync('npm', ['run', 'check:dist'], { cwd: folder, encoding: 'utf8' });
    expect(stderr.match(/^dist\/ \w+: .*$/gm)).toEqual([
      'dist/ missing: licenses.txt',
      'dist/ extra: extra.js',
      'dist/ changed: index.js',
    ]);
    expect(status).toBe(1);
    expect(written()).toEqual(before);
  });
});

describe('the comparison of two folders', () => {
  const write = (side: string, files: Readonly<Record<string, string>>): string => {
    mkdirSync(join(folder, side, 'deep'), { recursive: true });
    for (const [path, text] of Object.entries(files)) writeFileSync(join(folder, side, path), text);
    return join(folder, side);
  };

  it('finds nothing where all bytes are the same, also in folders', () => {
    const files = { 'index.js': 'a\n', 'deep/more.js': 'b\n' };
    expect(differences(write('built', files), write('committed', files))).toEqual([]);
  });

  it('sees a line break that differs, and a file that is somewhere else', () => {
    const built = write('built', { 'index.js': 'a\n', 'deep/more.js': 'b\n' });
    const committed = write('committed', { 'index.js': 'a\r\n', 'more.js': 'b\n' });
    expect(differences(built, committed)).toEqual([
      'missing: deep/more.js',
      'extra: more.js',
      'changed: index.js',
    ]);
  });

  it('takes neither an empty folder nor a missing one for a build without differences', () => {
    const [built, empty] = [write('built', { 'index.js': 'a\n' }), write('empty', {})];
    expect(() => differences(empty, empty)).toThrow('no files');
    expect(() => differences(built, empty)).toThrow('no files');
    expect(() => differences(built, join(folder, 'missing'))).toThrow('ENOENT');
  });

  it('refuses a link in the place of a file', () => {
    const [built, committed] = [write('built', { 'index.js': 'a\n' }), write('committed', { a: 'a\n' })];
    symlinkSync(join(built, 'index.js'), join(committed, 'index.js'));
    expect(() => differences(built, committed)).toThrow('index.js');
  });
});
