import { execFileSync } from 'node:child_process';
import {
  chmod,
  link,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ActionError } from '../../../src/domain/errors.ts';
import { UnreadableTextError } from '../../../src/records/format/unreadable-text-error.ts';
import { openWorkspace } from '../../../src/records/workspace/file.ts';

const WRITE = { dryRun: false };
const isRoot = process.getuid?.() === 0;

let base: string;
let root: string;

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'workspace-'));
  root = join(base, 'repository');
  await mkdir(join(root, '.git'), { recursive: true });
  await mkdir(join(base, 'outside'));
});

afterEach(async () => {
  await rm(base, { recursive: true, force: true });
});

/** Appends to a file of the workspace. */
function append(path: string, options = WRITE): Promise<boolean> {
  return openWorkspace(root).update(path, (text = '') => `${text}+`, options);
}

async function expectRefused(path: string, message: string | RegExp): Promise<void> {
  const error: unknown = await append(path).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(ActionError);
  expect(error).toMatchObject({ message: expect.stringMatching(message), hint: expect.any(String) });
}

/** Every file in the folder of the test, to see that nothing was created. */
async function everything(): Promise<readonly string[]> {
  return (await readdir(base, { recursive: true })).toSorted();
}

describe('update', () => {
  it('creates a file and its folders, and rewrites it', async () => {
    expect(await append('a/b/zone.txt')).toBe(true);
    expect(await append(join(root, 'a', 'b', 'zone.txt'))).toBe(true);
    expect(await readFile(join(root, 'a/b/zone.txt'), 'utf8')).toBe('++');
    expect(await readdir(join(root, 'a/b'))).toEqual(['zone.txt']);
  });

  it('does not touch a file whose text stays the same', async () => {
    await writeFile(join(root, 'f'), 'x');
    const before = await stat(join(root, 'f'));
    expect(await openWorkspace(root).update('f', (text) => text ?? '', WRITE)).toBe(false);
    const after = await stat(join(root, 'f'));
    expect([after.ino, after.ctimeMs]).toEqual([before.ino, before.ctimeMs]);
  });

  it('writes nothing in a dry run', async () => {
    await writeFile(join(root, 'f'), 'x');
    expect(await append('f', { dryRun: true })).toBe(true);
    expect(await append('new/g', { dryRun: true })).toBe(true);
    expect(await readFile(join(root, 'f'), 'utf8')).toBe('x');
    expect(await readdir(root)).toEqual(['.git', 'f']);
  });

  it.each([0o600, 0o755, 0o664])('keeps permissions %i', async (mode) => {
    await writeFile(join(root, 'f'), 'x');
    await chmod(join(root, 'f'), mode);
    await append('f');
    expect((await stat(join(root, 'f'))).mode & 0o7777).toBe(mode);
  });

  it.runIf(isRoot)('keeps the owner when root rewrites', async () => {
    await writeFile(join(root, 'f'), 'x');
    execFileSync('chown', ['12345:12346', join(root, 'f')]);
    await append('f');
    expect(await stat(join(root, 'f'))).toMatchObject({ uid: 12345, gid: 12346 });
  });

  it('puts a new file in place of the old one, never half of it in the old one', async () => {
    await writeFile(join(root, 'f'), 'x');
    await link(join(root, 'f'), join(base, 'outside', 'hard-link'));
    await append('f');
    expect(await readFile(join(base, 'outside', 'hard-link'), 'utf8')).toBe('x');
    expect(await readFile(join(root, 'f'), 'utf8')).toBe('x+');
  });

  it('runs updates of one file one after the other, whatever the path', async () => {
    await mkdir(join(root, 'd'));
    await symlink('d', join(root, 'alias'));
    const workspace = openWorkspace(root);
    const paths = ['d/f', './d/f', 'alias/f', join(root, 'd/f'), 'd/../d/f'];
    await Promise.all(
      Array.from({ length: 40 }, (_, i) =>
        workspace.update(paths[i % paths.length] ?? '', (text = '') => `${text}${i}\n`, WRITE),
      ),
    );
    const lines = (await readFile(join(root, 'd/f'), 'utf8')).trimEnd().split('\n');
    expect(new Set(lines).size).toBe(40);
  });

  it('goes on after an update that failed', async () => {
    const workspace = openWorkspace(root);
    const fail = () => {
      throw new TypeError('a defect');
    };
    const failed = workspace.update('f', fail, WRITE);
    const next = workspace.update('f', () => 'x', WRITE);
    await expect(failed).rejects.toThrow(TypeError);
    expect(await next).toBe(true);
  });

  it('keeps a byte order mark', async () => {
    await writeFile(join(root, 'f'), '\uFEFFx');
    await append('f');
    expect(await readFile(join(root, 'f'), 'utf8')).toBe('\uFEFFx+');
  });

  it('says on one line where a text could not be understood', async () => {
    await writeFile(join(root, 'f'), 'x');
    const change = () => {
      throw new UnreadableTextError('odd\n::error::', { text: '\n\n  \t é!', offset: 7 }, 'Mend it.');
    };
    await expect(openWorkspace(root).update('f', change, WRITE)).rejects.toMatchObject({
      name: 'ActionError',
      message: expect.stringMatching(/^f:3:6: odd\\n::error::\./),
      hint: 'Mend it.',
    });
  });
});

describe('a file that is not UTF-8', () => {
  const append = (name: string, allowsAnyBytes: boolean) =>
    openWorkspace(root).update(name, (text = '') => `${text}+`, { dryRun: false, allowsAnyBytes });

  it.each([
    ['Latin-1', [0x3b, 0x20, 0x66, 0xfc, 0x72]],
    ['half of a sequence', [0x61, 0xe2, 0x82]],
    ['UTF-8 and Latin-1', [0xc3, 0xbc, 0x0a, 0xfc]],
    ['every byte but zero', Array.from({ length: 255 }, (_, index) => index + 1)],
  ])('keeps its bytes where any are allowed: %s', async (_, bytes) => {
    await writeFile(join(root, 'zone'), Buffer.from(bytes));
    expect(await append('zone', true)).toBe(true);
    expect([...(await readFile(join(root, 'zone')))]).toEqual([...bytes, 0x2b]);
  });

  it.each([
    ['in the first line', [0x61, 0xe9, 0x62], 1, 2],
    ['after other characters', [0x0a, 0xc3, 0xbc, 0xf0, 0x9f, 0x98, 0x80, 0xe9], 2, 3],
    ['like the first byte of the replacement character', [0x61, 0x0a, 0x62, 0xef, 0xbf, 0x41], 2, 2],
    ['half of a sequence at the end', [0x61, 0xe2, 0x82], 1, 2],
  ])('is refused with line and column elsewhere: %s', async (_, bytes, line, column) => {
    await writeFile(join(root, 'f'), Buffer.from(bytes));
    await expect(append('f', false)).rejects.toMatchObject({
      name: 'ActionError',
      message: expect.stringMatching(new RegExp(`^f:${line}:${column}: .*UTF-8`)),
      hint: expect.stringContaining('UTF-8'),
    });
    expect([...(await readFile(join(root, 'f')))]).toEqual(bytes);
  });

  it('is refused everywhere if it is UTF-16', async () => {
    await writeFile(join(root, 'f'), Buffer.from('\uFEFFa TXT b\n', 'utf16le'));
    await expect(append('f', true)).rejects.toThrow('UTF-8');
  });
});

describe('yamlTexts', () => {
  it('are those of a folder, or of one file, or none', async () => {
    await mkdir(join(root, 'example.com.', 'more.yaml'), { recursive: true });
    for (const name of ['b.yaml', 'a.yaml', 'README.md', 'c.yml']) {
      await writeFile(join(root, 'example.com.', name), name);
    }
    const workspace = openWorkspace(root);
    expect([...(await workspace.yamlTexts('example.com.'))]).toEqual([
      ['example.com./a.yaml', 'a.yaml'],
      ['example.com./b.yaml', 'b.yaml'],
    ]);
    expect([...(await workspace.yamlTexts('example.com./c.yml'))]).toEqual([['example.com./c.yml', 'c.yml']]);
    expect((await workspace.yamlTexts('missing')).size).toBe(0);
  });

  it('are never those of a file outside', async () => {
    await writeFile(join(base, 'outside', 'a.yaml'), 'x');
    await symlink('../outside', join(root, 'example.com.'));
    await mkdir(join(root, 'example.org.'));
    await symlink('../../outside/a.yaml', join(root, 'example.org.', 'a.yaml'));
    for (const path of ['example.com.', 'example.org.', '../outside']) {
      await expect(openWorkspace(root).yamlTexts(path)).rejects.toMatchObject({ name: 'ActionError' });
    }
  });

  it('are text', async () => {
    await mkdir(join(root, 'example.com.'));
    await writeFile(join(root, 'example.com.', 'a.yaml'), Buffer.from([0x0a, 0xe9]));
    await expect(openWorkspace(root).yamlTexts('example.com.')).rejects.toThrow('example.com./a.yaml:2:1');
  });
});

describe('paths', () => {
  it.each([
    ['', 'not a file path'],
    ['a\0b', 'not a file path'],
    ['../outside/f', 'outside the workspace'],
    ['a/../../outside/f', 'outside the workspace'],
    ['/etc/passwd', 'outside the workspace'],
    ['.git/config', 'inside .git'],
    ['.GIT/config', 'inside .git'],
    ['sub/.Git/hooks/x', 'inside .git'],
    ['.gi\u200ct/config', 'inside .git'],
    ['.git. /config', 'inside .git'],
    ['.git::$INDEX_ALLOCATION/config', 'inside .git'],
    ['GIT~1/config', 'inside .git'],
    ['.github/workflows/f.yml', 'inside .github/workflows'],
    ['.GitHub/Workflows./f.yml', 'inside .github/workflows'],
    ['sub/.github/actions/x/action.yml', 'inside .github/actions'],
    ['.github/x/../workflows/f.yml', 'inside .github/workflows'],
    ['.', 'is a folder'],
    ['folder', 'is a folder'],
  ])('refuses %j', async (path, message) => {
    await mkdir(join(root, 'folder'));
    const before = await everything();
    await expectRefused(path, message);
    expect(await everything()).toEqual(before);
  });

  it.each(['.gitignore', '.github/f', '.github/workflows-old/f', 'workflows/f', 'a..b/f', '..f'])(
    'allows %j',
    async (path) => {
      expect(await append(path)).toBe(true);
    },
  );

  it.each([
    ['a symlink to a folder outside', '../outside', 'l/f', 'leaves the workspace'],
    ['a symlink to a folder outside, far down', '../outside', 'l/x/y/f', 'leaves the workspace'],
    ['a symlink to a file outside', '../outside/f', 'l', 'leaves the workspace'],
    ['a symlink to nothing outside', '../outside/new', 'l', 'does not exist'],
    ['a symlink to nothing outside, as a folder', '../outside/new', 'l/f', 'does not exist'],
    ['a symlink to .git', '.git', 'l/config', 'inside .git'],
    ['a symlink to the workflows', '.github', 'l/workflows/f.yml', 'inside .github/workflows'],
    ['a symlink to itself', 'l', 'l/f', 'ELOOP'],
  ])('refuses %s', async (_, linkTarget, path, message) => {
    await writeFile(join(base, 'outside', 'f'), 'x');
    await mkdir(join(root, '.github'));
    await symlink(linkTarget, join(root, 'l'));
    const before = await everything();
    await expectRefused(path, message);
    expect(await everything()).toEqual(before);
    expect(await readFile(join(base, 'outside', 'f'), 'utf8')).toBe('x');
  });

  it('rewrites the target of a symlink inside, and keeps the symlink', async () => {
    await writeFile(join(root, 'real'), 'x');
    await symlink('real', join(root, 'l'));
    await append('l');
    expect(await readFile(join(root, 'real'), 'utf8')).toBe('x+');
    expect(
      (await readdir(root, { withFileTypes: true })).find(({ name }) => name === 'l')?.isSymbolicLink(),
    ).toBe(true);
  });

  it('works in a workspace that is itself a symlink', async () => {
    await symlink('repository', join(base, 'link'));
    const workspace = openWorkspace(join(base, 'link'));
    for (const path of ['f', join(base, 'link', 'f'), join(root, 'f')]) {
      expect(await workspace.update(path, (text = '') => `${text}+`, WRITE)).toBe(true);
    }
    expect(await readFile(join(root, 'f'), 'utf8')).toBe('+++');
  });
});

describe('what cannot be rewritten', () => {
  it('refuses a FIFO without waiting for a writer', async () => {
    execFileSync('mkfifo', [join(root, 'fifo')]);
    await expectRefused('fifo', 'not a regular file');
  });

  it('refuses text that is not UTF-8, and what is too large', async () => {
    await writeFile(join(root, 'latin1'), Buffer.from([0x61, 0xe9, 0x62]));
    await writeFile(join(root, 'large'), Buffer.alloc(16 * 1024 * 1024 + 1, 'a'));
    await expectRefused('latin1', 'not UTF-8');
    await expectRefused('large', 'larger than 16 MiB');
  });

  it('leaves nothing behind when the last step fails', async () => {
    await writeFile(join(root, 'f'), 'x');
    // A folder in the place of the file lets everything succeed but the rename.
    const change = () => {
      execFileSync('sh', ['-c', 'mv f g && mkdir f && touch f/inside'], { cwd: root });
      return 'y';
    };
    await expect(openWorkspace(root).update('f', change, WRITE)).rejects.toMatchObject({
      name: 'ActionError',
      message: expect.stringMatching(/^f .*rename/),
    });
    expect(await readdir(root)).toEqual(['.git', 'f', 'g']);
    expect(await readFile(join(root, 'g'), 'utf8')).toBe('x');
  });

  it.skipIf(isRoot)('says that a folder is read-only', async () => {
    await writeFile(join(root, 'f'), 'x');
    await chmod(root, 0o500);
    await expectRefused('f', 'EACCES');
    await chmod(root, 0o700);
    expect(await readFile(join(root, 'f'), 'utf8')).toBe('x');
  });

  it('says that a file is in the place of a folder', async () => {
    await writeFile(join(root, 'f'), 'x');
    await expectRefused('f/g', 'ENOTDIR');
  });
});
