import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { nestedAction } from '../../scripts/nested-action.ts';
import { findProgram, mustHaveRealDns } from '../real/dns-worlds.ts';
import { readDocument } from '../real/documents.ts';
import type { Workflow } from '../real/example-workflows.ts';
import { errorsOfAction, parseAsGitHub } from '../real/github-workflow-parser.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const text = readDocument('.github/workflows/connect.yml');
const { jobs } = parse(text) as Workflow;
const nested = readDocument('action/action.yml');

const actionlint = findProgram('actionlint') ?? findProgram(join(homedir(), 'go', 'bin', 'actionlint'));
const skipsActionlint = actionlint === undefined && !mustHaveRealDns();
if (skipsActionlint) console.warn('connect.yml is not linted: actionlint is not installed.');

describe('connect.yml', () => {
  it('runs the action at its own commit and nothing else, so that pinning it pins everything', () => {
    const steps = Object.values(jobs).flatMap((job) => job.steps);
    expect(steps.length).toBeGreaterThan(0);
    for (const { uses, run } of steps) expect({ uses, run }).toEqual({ uses: '$/action', run: undefined });
  });

  it("is a workflow to GitHub's own parser", async () => {
    expect(await parseAsGitHub('connect.yml', text)).toEqual({ errors: [], jobIds: Object.keys(jobs) });
  });

  it.skipIf(skipsActionlint)('passes actionlint, inputs and outputs of this action included', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'connect-'));
    try {
      const file = join(folder, '.github', 'workflows', 'connect.yml');
      for (const path of ['.git', 'action', 'dist', '.github/workflows']) {
        await mkdir(join(folder, path), { recursive: true });
      }
      await copyFile(join(ROOT, 'action/action.yml'), join(folder, 'action/action.yml'));
      await writeFile(join(folder, 'dist/index.js'), '');
      // actionlint does not know `$/`.
      await writeFile(file, text.replaceAll('uses: $/action', 'uses: ./action'));
      const lint = promisify(execFile)(actionlint ?? 'actionlint', ['-no-color', file], { cwd: folder });
      await expect(lint.catch((error: { stdout: string }) => error)).resolves.toMatchObject({ stdout: '' });
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe('action/action.yml', () => {
  it('is action.yml, but for the way to the same file', () => {
    expect(nested).toBe(nestedAction(readDocument('action.yml')));
    const mainOf = (yaml: string) => (parse(yaml) as { runs: { main: string } }).runs.main;
    expect(join('action', mainOf(nested))).toBe(join(mainOf(readDocument('action.yml'))));
  });

  it("is an action to GitHub's own parser", () => {
    expect(errorsOfAction(nested)).toEqual([]);
  });
});
