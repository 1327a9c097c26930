import { execFileSync } from 'node:child_process';
import {
  mkdir,
  mkdtemp,
  type open,
  readdir,
  readFile,
  rename,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

/** Called right before a temporary file is opened. */
let beforeTemporary: () => Promise<void> = async () => undefined;

vi.mock('node:fs/promises', async (importOriginal) => {
  const real = await importOriginal<{ readonly open: typeof open }>();
  return {
    ...real,
    open: async (...[path, ...others]: Parameters<typeof open>) => {
      if (String(path).endsWith('.tmp')) await beforeTemporary();
      return real.open(path, ...others);
    },
  };
});

// Other test files have loaded it with the real module.
vi.resetModules();
const { openWorkspace } = await import('../../../src/records/workspace/file.ts');

let base: string;
let root: string;

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'swapped-'));
  root = join(base, 'repository');
  await mkdir(join(root, 'dns'), { recursive: true });
  await mkdir(join(base, 'outside'));
  await writeFile(join(root, 'dns', 'zone'), 'x');
});
afterEach(async () => {
  beforeTemporary = async () => undefined;
  await rm(base, { recursive: true });
});

/** What somebody else does who can write to the workspace while the step runs. */
async function swap(): Promise<void> {
  await rename(join(root, 'dns'), join(root, 'moved'));
  await symlink(join(base, 'outside'), join(root, 'dns'));
}

async function expectUntouched(): Promise<void> {
  expect(await readdir(join(base, 'outside'))).toEqual([]);
  expect(await readdir(join(root, 'moved'))).toEqual(['zone']);
  expect(await readFile(join(root, 'moved', 'zone'), 'utf8')).toBe('x');
}

const refusal = { name: 'ActionError', message: expect.stringContaining('leaves the workspace') };

it('a folder that becomes a symlink while the text is made gets no temporary file', async () => {
  const written = vi.fn(async () => undefined);
  beforeTemporary = written;
  const change = (text = ''): string => {
    execFileSync('sh', ['-c', 'mv dns moved && ln -s ../outside dns'], { cwd: root });
    return `${text}+`;
  };
  await expect(openWorkspace(root).update('dns/zone', change, { dryRun: false })).rejects.toMatchObject(
    refusal,
  );
  expect(written).not.toHaveBeenCalled();
  await expectUntouched();
});

it('a new folder is not made where a symlink now leads', async () => {
  const change = (): string => {
    execFileSync('sh', ['-c', 'mv dns moved && ln -s ../outside dns'], { cwd: root });
    return 'new';
  };
  const update = openWorkspace(root).update('dns/new/deep/zone', change, { dryRun: false });
  await expect(update).rejects.toMatchObject(refusal);
  await expectUntouched();
});

it('a folder that becomes a symlink at the last moment keeps neither the temporary file nor the new one', async () => {
  beforeTemporary = swap;
  const update = openWorkspace(root).update('dns/zone', (text = '') => `${text}+`, { dryRun: false });
  await expect(update).rejects.toMatchObject(refusal);
  await expectUntouched();
});

it('a folder that becomes a symlink inside the workspace is not followed either', async () => {
  await mkdir(join(root, 'other'));
  beforeTemporary = async () => {
    await rename(join(root, 'dns'), join(root, 'moved'));
    await symlink('other', join(root, 'dns'));
  };
  const update = openWorkspace(root).update('dns/zone', (text = '') => `${text}+`, { dryRun: false });
  await expect(update).rejects.toMatchObject({ message: expect.stringContaining('somewhere else') });
  expect(await readdir(join(root, 'other'))).toEqual([]);
  await expectUntouched();
});
