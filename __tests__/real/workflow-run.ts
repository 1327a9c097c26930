/** Runs the jobs of a workflow one after the other, with stand-ins for all actions and programs but this action. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, matchesGlob } from 'node:path';
import { text } from 'node:stream/consumers';
import { runStep, type StepResult } from '../../sandbox/runner.ts';
import {
  type ActionMetadata,
  type Contexts,
  defaultInputs,
  evaluateList,
  interpolate,
  isThisAction,
  isTrue,
  needsOf,
  type Status,
  type Workflow,
  type WorkflowJob,
  type WorkflowStep,
} from './example-workflows.ts';

/** Paths and texts of files. */
export type Files = Readonly<Record<string, string>>;

/** What the stand-in for create-pull-request was asked to do. */
export interface PullRequest {
  readonly branch: string;
  /** What differs from the repository. */
  readonly files: Files;
  /** Its inputs. */
  readonly with: Files;
}

/** What surrounds a workflow. */
export interface World {
  readonly action: ActionMetadata;
  /** `github`, `secrets`, `vars` and `inputs`. */
  readonly contexts: Contexts;
  /** Inputs of this action that lead it to the sandbox. */
  readonly overrides: Files;
  /** Variables that the runner sets. */
  readonly env: Files;
  /** What a checkout brings. */
  repository: Files;
  /** What the stand-in for a program does, as shell; without it, it succeeds and prints nothing. */
  readonly standIns?: Files;
  /** Somebody reads the pull request, and may merge it at once. */
  readonly onPullRequest?: (pullRequest: PullRequest) => void;
  /** Called with the job and the process of each step that uses this action; a killed process is a runner that is lost. */
  readonly onStart?: (job: string, pid: number) => void;
  /** Somebody cancels the run: the runner interrupts the step that is under way. */
  readonly cancelled?: AbortSignal;
}

/** One execution of this action. */
export interface ActionRun {
  readonly job: string;
  readonly with: Files;
  readonly result: StepResult;
}

/** What a run of a workflow leaves behind. */
export interface WorkflowRun {
  readonly actions: readonly ActionRun[];
  readonly pullRequests: readonly PullRequest[];
  /** The command lines of stand-ins for programs, each with its variables of Terraform. */
  readonly commands: readonly string[];
  /** What the scripts of steps printed: among other things, commands to the runner. */
  readonly printed: string;
  /** What the scripts of steps wrote into the job summary. */
  readonly summary: string;
  /** `success`, `failure`, `cancelled` or `skipped`, by job. */
  readonly results: Readonly<Record<string, string>>;
  /** The workspaces as the jobs left them; of a matrix the last one. */
  readonly files: Readonly<Record<string, Files>>;
}

type Outputs = Readonly<Record<string, string>>;

interface JobRun {
  readonly id: string;
  readonly folder: string;
  readonly workspace: string;
  readonly world: World;
  readonly actions: ActionRun[];
  readonly pullRequests: PullRequest[];
  readonly printed: string[];
  /** What jobs hand on to later ones, by name. */
  readonly artifacts: Map<string, Files>;
}

/** Runs a workflow from its first job to its last; they have to be in the order of their needs. */
export async function runWorkflow(workflow: Workflow, world: World): Promise<WorkflowRun> {
  const folder = await mkdtemp(join(tmpdir(), 'workflow-'));
  const [actions, pullRequests, printed]: [ActionRun[], PullRequest[], string[]] = [[], [], []];
  const artifacts = new Map<string, Files>();
  const done: Record<string, { result: string; outputs: Outputs }> = {};
  const files: Record<string, Files> = {};
  try {
    await writeStandIns(folder, world);
    const inputs = Object.assign(defaultInputs(workflow), world.contexts['inputs']);
    for (const [id, job] of Object.entries(workflow.jobs)) {
      const needs = Object.fromEntries(needsOf(job).map((need) => [need, done[need]]));
      const contexts = { ...world.contexts, inputs, needs };
      if (!isTrue(job.if, contexts, statusBefore(id, workflow, done, world))) {
        done[id] = { result: 'skipped', outputs: {} };
        continue;
      }
      for (const matrix of matrixOf(job, contexts)) {
        const workspace = await mkdtemp(join(folder, 'workspace-'));
        const run = { id, folder, workspace, world, actions, pullRequests, printed, artifacts };
        const ended = await runJob(job, { ...contexts, matrix }, run);
        if (done[id]?.result !== 'failure') done[id] = ended;
        files[id] = await readFiles(workspace);
      }
    }
    const log = await readFile(join(folder, 'commands'), 'utf8').catch(() => '');
    const results = Object.fromEntries(Object.entries(done).map(([id, { result }]) => [id, result]));
    const commands = log.split('\n').filter(Boolean);
    const summary = await readFile(join(folder, 'summary'), 'utf8').catch(() => '');
    return { actions, pullRequests, commands, printed: printed.join(''), summary, results, files };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** What `success()` and its like say in the `if` of a job. */
function statusBefore(
  id: string,
  workflow: Workflow,
  done: Readonly<Record<string, { readonly result: string }>>,
  world: World,
): Status {
  const needs = needsOf(workflow.jobs[id] ?? { steps: [] });
  return {
    succeeded: needs.every((need) => done[need]?.result === 'success'),
    failed: ancestorsOf(id, workflow).some((need) => done[need]?.result === 'failure'),
    cancelled: isCancelled(world),
  };
}

function isCancelled({ cancelled }: World): boolean {
  return cancelled?.aborted === true;
}

/** The jobs that a job needs, and those that they need. */
function ancestorsOf(id: string, workflow: Workflow): readonly string[] {
  const needs = needsOf(workflow.jobs[id] ?? { steps: [] });
  return [...needs, ...needs.flatMap((need) => ancestorsOf(need, workflow))];
}

function matrixOf({ strategy }: WorkflowJob, contexts: Contexts): readonly object[] {
  const [[key, list] = []] = Object.entries(strategy?.matrix ?? {});
  if (key === undefined || list === undefined) return [{}];
  return evaluateList(list, contexts).map((value) => ({ [key]: value }));
}

async function runJob(
  job: WorkflowJob,
  contexts: Contexts,
  run: JobRun,
): Promise<{ result: string; outputs: Outputs }> {
  const steps: Record<string, { outputs: Outputs }> = {};
  // A job that starts after the run was cancelled is not cancelled itself.
  const wasCancelled = isCancelled(run.world);
  const isNowCancelled = (): boolean => !wasCancelled && isCancelled(run.world);
  let succeeded = true;
  for (const step of job.steps) {
    const known = { ...contexts, steps };
    if (!isTrue(step.if, known, { succeeded, failed: !succeeded, cancelled: isNowCancelled() })) continue;
    const { exitCode, outputs } = await runOne(step, known, run);
    if (step.id !== undefined) steps[step.id] = { outputs };
    succeeded &&= exitCode === 0;
  }
  const outputs = interpolateAll(job.outputs, { ...contexts, steps });
  return { result: isNowCancelled() ? 'cancelled' : succeeded ? 'success' : 'failure', outputs };
}

async function runOne(
  step: WorkflowStep,
  contexts: Contexts,
  run: JobRun,
): Promise<{ exitCode: number | null; outputs: Outputs }> {
  const { workspace, world } = run;
  const env = { ...world.env, ...interpolateAll(step.env, contexts) };
  if (step.run !== undefined) return { exitCode: await runShell(step, env, run), outputs: {} };
  const given = interpolateAll(step.with, contexts);
  if (isThisAction(step)) {
    const inputs = { ...defaultsOf(world.action, contexts), ...given, ...world.overrides };
    const result = await runStep({
      with: inputs,
      env,
      workspace,
      onStart: (pid) => world.onStart?.(run.id, pid),
      ...(world.cancelled && { cancelled: world.cancelled }),
    });
    run.actions.push({ job: run.id, with: given, result });
    return result;
  }
  if (step.uses?.startsWith('actions/checkout@')) await writeFiles(workspace, world.repository);
  if (step.uses?.startsWith('actions/upload-artifact@')) await uploadArtifact(given, run);
  if (step.uses?.startsWith('actions/download-artifact@')) await downloadArtifact(given, run);
  if (step.uses?.startsWith('peter-evans/create-pull-request@')) await openPullRequest(given, run);
  return { exitCode: 0, outputs: {} };
}

/** Defaults that are expressions, such as the one of `github-token`. */
function defaultsOf({ inputs }: ActionMetadata, contexts: Contexts): Files {
  const expressions = Object.entries(inputs).flatMap(([name, { default: text }]): [string, string][] =>
    text?.includes('${{') ? [[name, text]] : [],
  );
  return interpolateAll(Object.fromEntries(expressions), contexts);
}

function interpolateAll(texts: Files | undefined, contexts: Contexts): Files {
  return Object.fromEntries(
    Object.entries(texts ?? {}).map(([name, text]) => [name, interpolate(String(text), contexts)]),
  );
}

/** As upload-artifact does it with several paths: by their path below the folder that all of them have in common. */
async function uploadArtifact(given: Files, { workspace, artifacts }: JobRun): Promise<void> {
  const patterns = linesOf(given['path']);
  const [common = ''] = patterns.map((pattern) => dirname(pattern));
  if (patterns.some((pattern) => dirname(pattern) !== common)) throw new RangeError('several folders');
  const all = Object.entries(await readFiles(workspace));
  const found = all.filter(([path]) => patterns.some((pattern) => matchesGlob(path, pattern)));
  const named = found.map(([path, text]) => [path.slice(common.length + 1), text] as const);
  artifacts.set(given['name'] ?? '', Object.fromEntries(named));
}

async function downloadArtifact(given: Files, { workspace, artifacts }: JobRun): Promise<void> {
  const files = artifacts.get(given['name'] ?? '');
  if (files === undefined) throw new RangeError(`there is no artifact ${given['name']}`);
  await writeFiles(join(workspace, given['path'] ?? '.'), files);
}

function linesOf(text = ''): readonly string[] {
  return text.split('\n').filter(Boolean);
}

async function openPullRequest(given: Files, run: JobRun): Promise<void> {
  const { workspace, world } = run;
  const all = Object.entries(await readFiles(workspace));
  const paths = linesOf(given['add-paths'] ?? '**');
  const isAdded = (path: string) =>
    paths.some((pattern) => path.startsWith(`${pattern}/`) || matchesGlob(path, pattern));
  const changed = all.filter(([path, text]) => isAdded(path) && world.repository[path] !== text);
  if (changed.length === 0) return;
  const pullRequest = { branch: given['branch'] ?? '', files: Object.fromEntries(changed), with: given };
  run.pullRequests.push(pullRequest);
  world.onPullRequest?.(pullRequest);
}

const STAND_IN = `#!/bin/sh
here=$(dirname "$0")
{ echo "$(basename "$0") $*"; env | grep '^TF_VAR_' | sort; } >> "$here/../commands"
`;

async function writeStandIns(folder: string, { standIns = {} }: World): Promise<void> {
  await mkdir(join(folder, 'bin'));
  for (const program of ['gh', 'terraform']) {
    await writeFile(join(folder, 'bin', program), STAND_IN + (standIns[program] ?? ''));
    await chmod(join(folder, 'bin', program), 0o755);
  }
}

/** As the runner does it on Linux. */
async function runShell(step: WorkflowStep, env: Files, run: JobRun): Promise<number | null> {
  const child = spawn('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', step.run ?? ''], {
    cwd: join(run.workspace, step['working-directory'] ?? '.'),
    env: {
      ...env,
      GITHUB_STEP_SUMMARY: join(run.folder, 'summary'),
      PATH: `${join(run.folder, 'bin')}:/usr/bin:/bin`,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [printed, [exitCode]] = await Promise.all([
    text(child.stdout),
    once(child, 'close') as Promise<[number | null]>,
  ]);
  run.printed.push(printed);
  return exitCode;
}

/** Files below a folder, by their path in it. */
async function readFiles(folder: string): Promise<Files> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((file) => join(file.parentPath, file.name));
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8')));
  return Object.fromEntries(files.map((file, index) => [file.slice(folder.length + 1), texts[index] ?? '']));
}

async function writeFiles(folder: string, files: Files): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
}
