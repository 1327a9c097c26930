/** Runs workflows with act (https://github.com/nektos/act), on this machine and against a sandbox. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, copyFile, cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { parse, parseDocument } from 'yaml';
import { startControlPlane } from '../../sandbox/control-plane.ts';
import { type GitHubApi, startGitHubApi } from '../../sandbox/github/github-api.ts';
import { type Sandbox, startSandbox } from '../../sandbox/index.ts';
import { readDocument } from './documents.ts';
import type { Workflow } from './example-workflows.ts';

/** One run of a workflow, and what it left behind. */
export interface ActRun {
  readonly exitCode: number | null;
  /** `success`, `failure` and so on, by job; of a matrix, one result for each of its jobs. */
  readonly results: readonly (readonly [job: string, result: string])[];
  /** The outputs of each step that has any, in the order of the steps. */
  readonly outputs: readonly Readonly<Record<string, string>>[];
  /** What the stand-ins were asked to do. */
  readonly asked: readonly string[];
  /** Everything that act printed, a line of JSON for each message. */
  readonly log: string;
}

/** What a workflow is started with. */
export interface Start {
  /** The name of the event. */
  readonly event: string;
  /** The inputs of `workflow_dispatch`. */
  readonly inputs?: Readonly<Record<string, string>>;
}

/** A sandbox with everything that act needs to run workflows in it. */
export interface ActWorld extends AsyncDisposable {
  readonly sandbox: Sandbox;
  readonly github: GitHubApi;
  /** What the action's inputs must be to lead to the sandbox; they are its defaults here. */
  readonly defaults: Readonly<Record<string, string>>;
  /** Puts files into the repository that a checkout brings. */
  commit(files: Readonly<Record<string, string>>): Promise<void>;
  /** The files of that repository. */
  repository(): Promise<Readonly<Record<string, string>>>;
  /** Runs a workflow as it is written. */
  run(workflow: string, start: Start): Promise<ActRun>;
}

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
/** As the workflows name it, whoever its publisher is. */
const ACTION = /uses: ([\w-]+\/[\w-]+)@v1$/m.exec(readDocument('README.md'))?.[1] ?? '';

/** No run takes a tenth of this. */
const RUN_LIMIT_MS = 50_000;

/** Stand-ins by what they stand in for. Actions without one here need nothing to happen. */
const STAND_INS: Readonly<Record<string, string>> = {
  'actions/checkout': 'checkout.mjs',
  'actions/download-artifact': 'download-artifact.mjs',
  'actions/upload-artifact': 'upload-artifact.mjs',
  'peter-evans/create-pull-request': 'create-pull-request.mjs',
};

/** Starts a sandbox and prepares a folder in which `act`, the path of the program, runs workflows. */
export async function startActWorld(act: string): Promise<ActWorld> {
  const folder = await mkdtemp(join(tmpdir(), 'act-'));
  const [sandbox, github] = await Promise.all([startSandbox({ pollIntervalMs: 50 }), startGitHubApi()]);
  const control = await startControlPlane(sandbox);
  const defaults = {
    'api-url': sandbox.apiUrl,
    resolvers: sandbox.resolver.address,
    'authoritative-servers': sandbox.authoritative.address,
    'poll-interval': '1s',
  };
  await Promise.all(['repository', 'home'].map((name) => mkdir(join(folder, name))));
  await Promise.all([copyAction(folder, defaults), writePrograms(folder)]);
  const standIns = {
    STAND_IN_REPOSITORY: join(folder, 'repository'),
    STAND_IN_CONTROL_URL: control.url,
    STAND_IN_ARTIFACTS: join(folder, 'artifacts'),
  };
  let runs = 0;
  return {
    sandbox,
    github,
    defaults,
    commit: (files) => writeFiles(join(folder, 'repository'), files),
    repository: () => readFiles(join(folder, 'repository')),
    run: async (workflow, start) => {
      runs += 1;
      const log = join(folder, `asked-${runs}`);
      await writeFile(log, '');
      const args = [
        ...(await argumentsOf(workflow, start, join(folder, `run-${runs}`), folder)),
        ...pairs('--env', { ...standIns, STAND_IN_LOG: log, ...runnerVariables(github) }),
        ...pairs('--secret', { CLOUDFLARE_API_TOKEN: sandbox.apiToken, GITHUB_TOKEN: github.token }),
        ...pairs('--var', variables(sandbox)),
      ];
      const ended = await execute(act, args, folder);
      return { ...ended, asked: (await readFile(log, 'utf8')).split('\n').filter(Boolean) };
    },
    [Symbol.asyncDispose]: async () => {
      await Promise.all([control[Symbol.asyncDispose](), sandbox.close(), github.close()]);
      await rm(folder, { recursive: true });
    },
  };
}

function runnerVariables(github: GitHubApi): Record<string, string> {
  return {
    GITHUB_API_URL: github.url,
    GITHUB_REPOSITORY: github.repository,
    // Without these, act asks Git.
    GITHUB_REF: 'refs/heads/main',
    SHA_REF: '0'.repeat(40),
  };
}

function variables({ accountId }: Sandbox): Record<string, string> {
  return { CLOUDFLARE_ACCOUNT_ID: accountId, ROUTE53_ZONE_ID: 'Z0123', AWS_ROLE_ARN: 'arn' };
}

function pairs(option: string, values: Readonly<Record<string, string>>): string[] {
  return Object.entries(values).flatMap(([name, value]) => [option, `${name}=${value}`]);
}

/**
 * Makes the folder that act takes for this action's repository: what a runner downloads, with the sandbox in the
 * defaults, so that workflows stay as they are. Only in `connect.yml`, act cannot read `$/action`.
 */
async function copyAction(folder: string, defaults: Readonly<Record<string, string>>): Promise<void> {
  const target = join(folder, 'action');
  await cp(join(ROOT, 'dist'), join(target, 'dist'), { recursive: true });
  for (const path of ['action.yml', 'action/action.yml']) {
    const metadata = parseDocument(readDocument(path));
    for (const [input, value] of Object.entries(defaults)) {
      metadata.setIn(['inputs', input, 'default'], value);
    }
    await writeFiles(target, { [path]: String(metadata) });
  }
  const connect = readDocument('.github/workflows/connect.yml');
  const readable = connect.replaceAll('uses: $/action', `uses: ${ACTION}/action@v1`);
  await writeFiles(target, { '.github/workflows/connect.yml': readable });
}

/** Puts a stand-in for each program that the workflows start beside node. */
async function writePrograms(folder: string): Promise<void> {
  await mkdir(join(folder, 'bin'));
  for (const program of ['gh', 'terraform']) {
    await copyFile(join(ROOT, '__tests__/real/stand-ins/program.sh'), join(folder, 'bin', program));
    await chmod(join(folder, 'bin', program), 0o755);
  }
}

/** Writes the workflow into an empty checkout, and the actions that it uses beside it. */
async function argumentsOf(
  workflow: string,
  start: Start,
  checkout: string,
  folder: string,
): Promise<string[]> {
  const file = '.github/workflows/workflow.yml';
  // act keeps its local repositories in a map that two jobs must not write to at the same time.
  const oneByOne = workflow.replaceAll(/max-parallel: \d+/g, 'max-parallel: 1');
  await writeFiles(checkout, { [file]: oneByOne });
  const others = usedBy(parse(workflow) as Workflow).filter((uses) => !uses.startsWith(ACTION));
  for (const uses of others) await writeStandIn(uses, folder);
  const repositories = Object.fromEntries(others.map((uses) => [uses, standInFolder(uses, folder)]));
  return [
    start.event,
    ...['--directory', checkout, '--workflows', join(checkout, file), '--json'],
    ...['--platform', 'ubuntu-latest=-self-hosted', '--action-cache-path', join(folder, 'cache')],
    ...['--no-cache-server', '--no-skip-checkout', '--concurrent-jobs', '1'],
    ...pairs('--local-repository', { [`${ACTION}@v1`]: join(folder, 'action'), ...repositories }),
    ...pairs('--input', start.inputs ?? {}),
  ];
}

function usedBy({ jobs }: Workflow): string[] {
  const steps = Object.values(jobs).flatMap((job) => job.steps ?? []);
  return [...new Set(steps.flatMap(({ uses }) => uses ?? []))];
}

function standInFolder(uses: string, folder: string): string {
  return join(folder, 'actions', uses.replaceAll('/', '-'));
}

async function writeStandIn(uses: string, folder: string): Promise<void> {
  const target = standInFolder(uses, folder);
  const [name = ''] = uses.split('@');
  const source = STAND_INS[name];
  const script =
    source === undefined ? '' : await readFile(join(ROOT, '__tests__/real/stand-ins', source), 'utf8');
  const runs = 'runs: { using: node24, main: index.mjs }\n';
  await writeFiles(target, {
    'action.yml': `name: ${name}\ndescription: A stand-in\n${runs}`,
    'index.mjs': script,
  });
}

/** A message of act, as far as it is read here. */
interface Message {
  readonly jobID?: string;
  readonly jobResult?: string;
  readonly matrix?: unknown;
  readonly stepID?: readonly string[];
  readonly command?: string;
  readonly name?: string;
  readonly arg?: string;
}

async function execute(act: string, args: readonly string[], folder: string): Promise<Omit<ActRun, 'asked'>> {
  const programs = [join(folder, 'bin'), join(ROOT, 'node_modules/.bin'), '/usr/bin', '/bin'];
  const child = spawn(act, args, {
    // Nothing else of this environment: act hands its own on to the steps. It asks its website for news unless told not to.
    env: { HOME: join(folder, 'home'), PATH: programs.join(delimiter), ACT_DISABLE_VERSION_CHECK: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A step that waits for what never comes would outlive its test.
    timeout: RUN_LIMIT_MS,
  });
  const [stdout, stderr, [exitCode]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close') as Promise<[number | null]>,
  ]);
  const messages = stdout
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Message);
  const results = messages.flatMap(({ jobID = '', jobResult }) =>
    jobResult === undefined ? [] : [[jobID, jobResult] as const],
  );
  return { exitCode, results, outputs: outputsOf(messages), log: stdout + stderr };
}

function outputsOf(messages: readonly Message[]): Record<string, string>[] {
  const steps = new Map<string, Record<string, string>>();
  for (const { command, jobID, matrix, stepID, name = '', arg = '' } of messages) {
    if (command !== 'set-output') continue;
    const key = JSON.stringify([jobID, matrix, stepID]);
    steps.set(key, { ...steps.get(key), [name]: arg });
  }
  return [...steps.values()];
}

async function writeFiles(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
}

async function readFiles(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const texts = await Promise.all(paths.map((path) => readFile(path, 'utf8')));
  return Object.fromEntries(paths.map((path, index) => [path.slice(folder.length + 1), texts[index] ?? '']));
}
