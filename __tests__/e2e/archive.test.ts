import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type GitHubApi, startGitHubApi } from '../../sandbox/github/github-api.ts';
import { type Sandbox, startSandbox } from '../../sandbox/index.ts';
import { runStep } from '../../sandbox/runner.ts';
import { stepAt } from '../real/step-at.ts';

const MAX_ARCHIVE_BYTES = 300_000;
const root = fileURLToPath(new URL('../../', import.meta.url));

let temporary: string;
let action: string;
let bytes: Buffer;
let sandbox: Sandbox;
let github: GitHubApi;

beforeAll(async () => {
  temporary = mkdtempSync(join(tmpdir(), 'archive-'));
  [sandbox, github] = await Promise.all([startSandbox(), startGitHubApi()]);
  bytes = archive();
  action = join(temporary, 'action');
  mkdirSync(action);
  execFileSync('tar', ['-xzf', '-'], { cwd: action, input: bytes });
});

afterAll(async () => {
  await Promise.all([sandbox.close(), github.close()]);
  rmSync(temporary, { recursive: true });
});

/** The archive that GitHub would make of a commit with all files as they are now. Leaves the repository as it is. */
function archive(): Buffer {
  const objects = join(temporary, 'objects');
  mkdirSync(objects);
  const env = {
    ...process.env,
    GIT_INDEX_FILE: join(temporary, 'index'),
    GIT_OBJECT_DIRECTORY: objects,
  };
  const git = (...args: readonly string[]) =>
    execFileSync('git', args, { cwd: root, env, maxBuffer: 100_000_000 });
  git('add', '--all');
  return git('archive', '--format=tar.gz', git('write-tree').toString().trim());
}

describe('the archive that a runner downloads', () => {
  it('is small, and has nothing that a runner does not need', () => {
    expect(bytes.length).toBeLessThanOrEqual(MAX_ARCHIVE_BYTES);
    expect(readdirSync(action).sort()).toEqual(['LICENSE', 'action', 'action.yml', 'dist']);
  });

  it('runs, also the parts that are loaded only when an input asks for them', async () => {
    const at = stepAt(sandbox, github);
    const inputs = { mode: 'create, check', 'record-format': 'octodns', 'drift-issue': 'true' };
    const look = { timeout: '0', 'fail-on-drift': 'false' };
    const { exitCode, stderr, outputs } = await runStep({
      action,
      with: { ...at.with, ...inputs, ...look },
      env: at.env,
    });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    const [connector] = sandbox.api.store.all();
    expect(outputs).toMatchObject({ created: 'true', 'connector-id': connector?.id });
    expect(outputs['record']).toContain(connector?.verification.code);
    expect(github.issues.all()).toHaveLength(1);
  });

  it('runs from the path that connect.yml takes it from', async () => {
    const { with: inputs, env } = stepAt(sandbox, github);
    const nested = { mode: 'create', 'dry-run': 'true' };
    const { exitCode, outputs } = await runStep({
      action: join(action, 'action'),
      with: { ...inputs, ...nested },
      env,
    });
    expect(exitCode).toBe(0);
    expect(outputs).toHaveProperty('state');
  });
});
