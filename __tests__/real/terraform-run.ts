/** OpenTofu with the stand-in for the providers, which `.ci/run` builds: real plans and applies, against the sandbox. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Sandbox } from '../../sandbox/index.ts';
import { findProgram } from './dns-worlds.ts';
import type { ToolRun } from './real-tools.ts';

const PROVIDERS = ['cloudflare/cloudflare', 'hashicorp/aws', 'hashicorp/google', 'hashicorp/azurerm'];

/** A resource in a plan, as `tofu show -json` has it. */
export interface ResourceChange {
  readonly address: string;
  readonly type: string;
  readonly change: {
    readonly actions: readonly string[];
    readonly before: Readonly<Record<string, unknown>> | null;
    readonly after: Readonly<Record<string, unknown>> | null;
    readonly importing?: { readonly id: string };
  };
}

/** A plan that OpenTofu made and saved. */
export interface SavedPlan extends ToolRun {
  /** What it would do, without what stays as it is. */
  readonly changes: readonly ResourceChange[];
  /** All resources of the plan. */
  readonly all: readonly ResourceChange[];
  /** Addresses of what has changed without Terraform. */
  readonly drift: readonly string[];
  readonly outputs: Readonly<Record<string, unknown>>;
}

/** A folder with a configuration and a state. */
export interface Terraform extends AsyncDisposable {
  /** Writes files; `undefined` removes one. */
  write(files: Readonly<Record<string, string | undefined>>): Promise<void>;
  plan(...args: readonly string[]): Promise<SavedPlan>;
  /** Applies the last plan. */
  apply(): Promise<ToolRun>;
  /** Any other command. */
  run(...args: readonly string[]): Promise<ToolRun>;
}

/** The program that stands in for the providers. */
export function findProviders(): string | undefined {
  return findProgram('terraform-provider-stand-in');
}

/** Prepares an empty folder whose providers send their requests to the sandbox. */
export async function startTerraform({ apiUrl, apiToken }: Sandbox): Promise<Terraform> {
  const [tofu, providers] = [findProgram('tofu'), findProviders()];
  if (tofu === undefined || providers === undefined) throw new Error('OpenTofu or its providers are missing');
  const folder = await mkdtemp(join(tmpdir(), 'terraform-'));
  const work = join(folder, 'work');
  await mkdir(work);
  await writeFile(join(folder, 'tofu.rc'), await installProviders(providers, folder));
  const env = {
    HOME: folder,
    PATH: process.env['PATH'],
    TF_CLI_CONFIG_FILE: join(folder, 'tofu.rc'),
    CLOUDFLARE_BASE_URL: apiUrl,
    CLOUDFLARE_API_TOKEN: apiToken,
  };
  const run = async (...args: readonly string[]): Promise<ToolRun> => {
    const child = spawn(tofu, args, { cwd: work, env, stdio: ['ignore', 'pipe', 'pipe'], timeout: 60_000 });
    const [stdout, stderr, [exitCode]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'close') as Promise<[number | null]>,
    ]);
    return { exitCode, stdout, stderr };
  };
  return {
    run,
    write: (files) => writeAll(work, files),
    plan: async (...args) => {
      const planned = await run('plan', '-no-color', '-input=false', '-out=tfplan', ...args);
      if (planned.exitCode !== 0) return { ...planned, changes: [], all: [], drift: [], outputs: {} };
      return { ...planned, ...readPlan((await run('show', '-json', 'tfplan')).stdout) };
    },
    apply: () => run('apply', '-no-color', '-input=false', 'tfplan'),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  };
}

/** Gives each provider a folder with the program under its name, and returns the configuration that leads there. */
async function installProviders(program: string, folder: string): Promise<string> {
  const overrides = PROVIDERS.map(async (source) => {
    const target = join(folder, 'providers', source);
    await mkdir(target, { recursive: true });
    const [, name = ''] = source.split('/');
    await symlink(program, join(target, `terraform-provider-${name}`));
    return `    "${source}" = "${target}"\n`;
  });
  const lines = (await Promise.all(overrides)).join('');
  return `provider_installation {\n  dev_overrides {\n${lines}  }\n}\n`;
}

async function writeAll(folder: string, files: Readonly<Record<string, string | undefined>>): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    const target = join(folder, path);
    await mkdir(dirname(target), { recursive: true });
    if (content === undefined) await rm(target);
    else await writeFile(target, content);
  }
}

function readPlan(json: string): Omit<SavedPlan, keyof ToolRun> {
  const plan = JSON.parse(json) as {
    readonly resource_changes?: readonly ResourceChange[];
    readonly resource_drift?: readonly ResourceChange[];
    readonly planned_values?: { readonly outputs?: Readonly<Record<string, { readonly value?: unknown }>> };
  };
  const all = plan.resource_changes ?? [];
  const isChange = ({ change: { actions, importing } }: ResourceChange) =>
    importing !== undefined || !['no-op', 'read'].includes(actions.join());
  const outputs = Object.entries(plan.planned_values?.outputs ?? {});
  return {
    all,
    changes: all.filter(isChange),
    drift: (plan.resource_drift ?? []).map(({ address }) => address),
    outputs: Object.fromEntries(outputs.map(([name, { value }]) => [name, value])),
  };
}
