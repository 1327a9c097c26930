import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { runStep, type Step } from '../../sandbox/runner.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'workspace-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** Starts, in place of the action, what prints its own folder and environment. */
async function surroundings(step: Partial<Step> = {}) {
  const show = 'console.log(JSON.stringify({ cwd: process.cwd(), env: process.env }))';
  const result = await runStep({ with: {}, ...step, launcher: [process.execPath, '-e', show, '--'] });
  return JSON.parse(result.stdout) as { cwd: string; env: Record<string, string> };
}

it('a step runs in the workspace that it is given', async () => {
  const { cwd, env } = await surroundings({ workspace: folder });
  expect([cwd, env['GITHUB_WORKSPACE']]).toEqual([folder, folder]);
});

it('a step without a workspace gets one of its own, which does not stay', async () => {
  const { cwd, env } = await surroundings();
  expect(env['GITHUB_WORKSPACE']).toBe(cwd);
  expect(cwd).not.toBe(process.cwd());
  await expect(stat(cwd)).rejects.toMatchObject({ code: 'ENOENT' });
});

it('what the step says of its environment is passed on, and wins', async () => {
  const given = {
    GITHUB_REPOSITORY: 'octo/example',
    GITHUB_API_URL: 'http://127.0.0.1:1',
    GITHUB_WORKSPACE: '/w',
  };
  const { cwd, env } = await surroundings({ workspace: folder, env: given });
  expect(env).toMatchObject({ ...given, GITHUB_ACTIONS: 'true' });
  expect(cwd).toBe(folder);
});
