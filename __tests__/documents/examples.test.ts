import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parse as parseHcl } from '@cdktf/hcl2json';
import { describe, expect, it } from 'vitest';
import { findProgram, mustHaveRealDns } from '../real/dns-worlds.ts';
import {
  defaultInputs,
  enables,
  isScheduled,
  isThisAction,
  needsOf,
  readActionMetadata,
  readExamples,
  type WorkflowJob,
} from '../real/example-workflows.ts';
import { parseAsGitHub } from '../real/github-workflow-parser.ts';

const [examples, action] = await Promise.all([readExamples(), readActionMetadata()]);
const root = new URL('../../', import.meta.url);

const actionlint = findProgram('actionlint') ?? findProgram(join(homedir(), 'go', 'bin', 'actionlint'));
const skipsActionlint = actionlint === undefined && !mustHaveRealDns();
if (skipsActionlint) console.warn('The examples are not linted: actionlint is not installed.');

/** All pairs that a pattern with two groups finds in anything that can be written as JSON. */
function pairs(pattern: RegExp, node: unknown): [string, string][] {
  return [...JSON.stringify(node ?? null).matchAll(pattern)].map(([, one = '', other = '']) => [one, other]);
}

const stepOutputs = (node: unknown) => pairs(/steps\.([\w-]+)\.outputs\.([\w-]+)/g, node);
const jobOutputs = (node: unknown) => pairs(/needs\.([\w-]+)\.outputs\.([\w-]+)/g, node);

function idsOfThisAction({ steps }: WorkflowJob): (string | undefined)[] {
  return steps.filter(isThisAction).map(({ id }) => id);
}

describe.each(examples)('examples/$name', ({ name, text, workflow }) => {
  const jobs = Object.entries(workflow.jobs);

  it("is a workflow to GitHub's own parser", async () => {
    const jobIds = Object.keys(workflow.jobs);
    expect(await parseAsGitHub(name, text)).toEqual({ errors: [], jobIds });
  });

  it('gives this action only inputs that it has, and always the mode', () => {
    const steps = jobs.flatMap(([, job]) => job.steps.filter(isThisAction));
    expect(steps.length).toBeGreaterThan(0);
    for (const { with: given = {} } of steps) {
      expect(Object.keys(given).filter((input) => !(input in action.inputs))).toEqual([]);
      expect(given['mode']).toBeDefined();
    }
  });

  it('reads only outputs that exist, of steps and jobs that come before', () => {
    for (const [, job] of jobs) {
      for (const [id, output] of stepOutputs(job)) {
        expect(idsOfThisAction(job), `steps.${id}`).toContain(id);
        expect(Object.keys(action.outputs), `steps.${id}.outputs`).toContain(output);
      }
      for (const [need, output] of jobOutputs(job)) {
        expect(needsOf(job), `needs.${need}`).toContain(need);
        expect(Object.keys(workflow.jobs[need]?.outputs ?? {}), `needs.${need}.outputs`).toContain(output);
      }
      for (const [index, step] of job.steps.entries()) {
        const before = job.steps.slice(0, index).map(({ id }) => id);
        for (const [id] of stepOutputs(step)) expect(before).toContain(id);
      }
    }
  });

  it('reads only keys that the objects of the output connectors have', () => {
    const keys = Object.keys(action.outputs).filter((output) => output !== 'connectors');
    for (const [, key] of pairs(/matrix\.(connector)\.([\w-]+)/g, workflow)) {
      expect(keys.map((output) => output.replaceAll('-', '_'))).toContain(key);
    }
  });

  it('pins every other action by a whole commit, with its version beside it', () => {
    const used = [...text.matchAll(/uses: *(.*)$/gm)].map(([, what = '']) => what);
    const others = used.filter((what) => !isThisAction({ uses: what }));
    expect(others.filter((what) => !/^[\w-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(what))).toEqual(
      [],
    );
  });

  it('gives no permission but those of its jobs, ends by itself, and runs once at a time', () => {
    expect(workflow.permissions).toEqual({});
    expect(workflow.concurrency).toMatchObject({ group: expect.any(String) });
    for (const [, job] of jobs) expect(job['timeout-minutes']).toBeLessThanOrEqual(360);
  });

  it('leaves no Git credentials behind, and puts no expression into a shell', () => {
    for (const { uses = '', run = '', with: given } of jobs.flatMap(([, job]) => job.steps)) {
      if (uses.startsWith('actions/checkout@')) expect(given).toMatchObject({ 'persist-credentials': false });
      expect(run).not.toContain('${{');
    }
  });

  it('says first what it is for, what to change and which token it takes', () => {
    const comment = /^(?:#.*\n)+/.exec(text)?.[0] ?? '';
    expect(comment).toMatch(/^# Change: [^.]*OWNER/m);
    expect(comment).toMatch(/^# API tokens?[:,]/m);
  });

  it.skipIf(skipsActionlint)('passes actionlint, inputs and outputs of this action included', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'example-'));
    try {
      const workflows = join(folder, '.github', 'workflows');
      await Promise.all([workflows, join(folder, '.git'), join(folder, 'dist')].map(makeFolder));
      await copyFile(new URL('action.yml', root), join(folder, 'action.yml'));
      await writeFile(join(folder, 'dist', 'index.js'), '');
      // actionlint looks only into actions of the same repository.
      const local = text.replaceAll(/uses: OWNER\/\S+/g, 'uses: ./');
      await writeFile(join(workflows, name), local);
      await expect(lint(join(workflows, name), folder)).resolves.toBe('');
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

const makeFolder = (path: string) => mkdir(path, { recursive: true });

/** What actionlint finds, as text. */
async function lint(file: string, cwd: string): Promise<string> {
  if (actionlint === undefined) throw new Error('actionlint is not installed');
  const run = promisify(execFile)(actionlint, ['-no-color', file], { cwd });
  return run.then(
    ({ stdout }) => stdout,
    (error: Error & { stdout: string }) => error.stdout || error.message,
  );
}

describe('examples/break-glass-disable.yml', () => {
  const glass = examples.find(({ name }) => name === 'break-glass-disable.yml')?.workflow;

  it('stops, without being told, every example that would enable again by itself', () => {
    const scheduled = examples.filter(({ workflow }) => isScheduled(workflow) && enables(workflow));
    const listed = String(glass && defaultInputs(glass)['workflows']).split(/, */);
    expect(listed).toEqual(scheduled.map(({ name }) => name));
  });

  it('has nothing before the step that disables', () => {
    const jobs = Object.values(glass?.jobs ?? {});
    expect(jobs).toHaveLength(1);
    expect(jobs[0]?.steps[0]).toMatchObject({ with: { mode: 'disable' } });
    expect(jobs[0]?.if).toBeUndefined();
  });
});

describe('examples/terraform', async () => {
  const names = (await readdir(new URL('examples/terraform/', root))).sort();
  const read = (name: string) => readFile(new URL(`examples/terraform/${name}`, root), 'utf8');
  const texts = await Promise.all(names.map(read));
  const parsed = await Promise.all(names.map((name, index) => parseHcl(name, texts[index] ?? '')));
  const blocks = Object.assign({}, ...parsed.map(({ variable }) => variable)) as Record<string, unknown>;
  const own = Object.keys(parsed[names.indexOf('terraform.tfvars')] ?? {});
  const { text: workflow = '' } = examples.find(({ name }) => name === 'terraform.yml') ?? {};

  it('is HCL, and declares the variables that it uses', () => {
    const used = [...texts.join().matchAll(/var\.(\w+)/g)].map(([, variable = '']) => variable);
    expect([...new Set(used)].sort()).toEqual(Object.keys(blocks).sort());
  });

  it('gets every variable from a file: its own, or one that the workflow commits', () => {
    const written = [...workflow.matchAll(/\{"(\w+)":.*> terraform\/[\w-]+\.auto\.tfvars\.json/g)];
    const variables = written.map(([, variable]) => variable);
    expect(variables).toEqual(['cloudflare_sso_connector_ids']);
    const ofTheAction = 'cloudflare_sso_txt_values';
    expect([...own, ...variables, ofTheAction].sort()).toEqual(Object.keys(blocks).sort());
    expect(workflow).toMatch(/record-format: tfvars\n +record-file: terraform\/[\w-]+\.auto\.tfvars\.json/);
    expect(workflow).not.toContain('TF_VAR_');
  });

  it('leaves enabling to the action', () => {
    const attributes = ['enabled', 'begin_verification', 'use_fedramp_language'];
    expect(parsed[names.indexOf('main.tf')]).toHaveProperty(
      'resource.cloudflare_sso_connector.sso.0.lifecycle.0',
      { ignore_changes: attributes.map((attribute) => `$\{${attribute}}`), prevent_destroy: true },
    );
  });
});
