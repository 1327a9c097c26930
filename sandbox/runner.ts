import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

/** A workflow step that uses this action. */
export interface Step {
  readonly with: Readonly<Record<string, string>>;
  /** Variables of the runner, such as `GITHUB_REPOSITORY`, or of the step; they override all but the files. */
  readonly env?: Readonly<Record<string, string>>;
  /** In place of the runner's own files for outputs and summary, such as a full disk. */
  readonly files?: Partial<Readonly<Record<'GITHUB_OUTPUT' | 'GITHUB_STEP_SUMMARY', string>>>;
  /** The checkout: `GITHUB_WORKSPACE` and the working directory; default: a new empty directory. */
  readonly workspace?: string;
  /** Called with each line of standard output as it comes. */
  readonly onLine?: (line: string) => void;
  /** Called with the ID of the process. */
  readonly onStart?: (pid: number) => void;
  /** Cancels the step with SIGINT, as the runner does. */
  readonly cancelled?: AbortSignal;
  /** A command to prefix, such as `ip netns exec NAME`. */
  readonly launcher?: readonly string[];
  /** The folder that the runner has unpacked the action into; default: this repository. */
  readonly action?: string;
}

/** The result of a step. */
export interface StepResult {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly outputs: Readonly<Record<string, string>>;
  /** What it wrote to the job summary. */
  readonly summary: string;
  /** From the start of the process until it has ended. */
  readonly durationMs: number;
}

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** What the runner reads from action.yml. */
interface Metadata {
  readonly inputs: Readonly<Record<string, { readonly default?: string }>>;
  readonly runs: { readonly main: string };
}

/**
 * Runs the `main` of action.yml as a GitHub runner does: as its own process with a bare environment, every input of action.yml
 * as `INPUT_…` with its default, a workspace, and files for outputs and summary.
 */
export async function runStep(step: Step): Promise<StepResult> {
  const directory = await mkdtemp(join(tmpdir(), 'step-'));
  const [outputFile, summaryFile] = [join(directory, 'output'), join(directory, 'summary')];
  const { workspace = join(directory, 'workspace'), action = ROOT } = step;
  await Promise.all([
    writeFile(outputFile, ''),
    writeFile(summaryFile, ''),
    mkdir(join(directory, 'workspace')),
  ]);
  try {
    const files = { GITHUB_OUTPUT: outputFile, GITHUB_STEP_SUMMARY: summaryFile, ...step.files };
    const metadata = parse(await readFile(join(action, 'action.yml'), 'utf8')) as Metadata;
    const inputs = inputVariables(step.with, metadata);
    const env = { ...inputs, GITHUB_WORKSPACE: workspace, ...step.env, ...files, GITHUB_ACTIONS: 'true' };
    const startedAtMs = performance.now();
    const ended = await execute(step, join(action, metadata.runs.main), env, workspace);
    return {
      ...ended,
      durationMs: performance.now() - startedAtMs,
      outputs: parseOutputs(await readFile(outputFile, 'utf8')),
      summary: await readFile(summaryFile, 'utf8'),
    };
  } finally {
    await rm(directory, { recursive: true });
  }
}

function inputVariables(given: Step['with'], { inputs }: Metadata): Record<string, string> {
  const unknown = Object.keys(given).filter((name) => !(name in inputs));
  if (unknown.length > 0) throw new RangeError(`action.yml has no input ${unknown.join(', ')}`);
  return Object.fromEntries(
    Object.entries(inputs).map(([name, input]) => [
      `INPUT_${name.toUpperCase()}`,
      given[name] ?? input.default ?? '',
    ]),
  );
}

async function execute(
  { onLine, onStart, cancelled, launcher = [] }: Step,
  main: string,
  env: Record<string, string>,
  cwd: string,
): Promise<Pick<StepResult, 'exitCode' | 'stdout' | 'stderr'>> {
  const [command = process.execPath, ...args] = [...launcher, process.execPath, main];
  const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const [stdout, stderr]: [Buffer[], Buffer[]] = [[], []];
  child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
  if (child.pid !== undefined) onStart?.(child.pid);
  if (onLine) createInterface(child.stdout).on('line', onLine);
  cancelled?.addEventListener('abort', () => child.kill('SIGINT'), { once: true });
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject).once('close', resolve);
  });
  return { exitCode, stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString() };
}

/** Reads the file behind `GITHUB_OUTPUT`: `name<<delimiter`, the value's lines, the delimiter. */
export function parseOutputs(text: string): Record<string, string> {
  const outputs: Record<string, string> = {};
  const lines = text.split('\n');
  for (let index = 0; index < lines.length; index++) {
    const [, name, delimiter] = /^([^=<]+)<<(.+)$/.exec(lines[index] ?? '') ?? [];
    if (name === undefined || delimiter === undefined) continue;
    const end = lines.indexOf(delimiter, index + 1);
    if (end < 0) throw new SyntaxError(`the output ${name} is incomplete`);
    outputs[name] = lines.slice(index + 1, end).join('\n');
    index = end;
  }
  return outputs;
}
