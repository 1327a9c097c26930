/** The programs that read what the action writes: DNSControl and OpenTofu. `.ci/run` builds them. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { findProgram } from './dns-worlds.ts';

/** A program as it is called on the command line. */
export type RealTool = 'dnscontrol' | 'tofu';

/** How a run of the program ended. */
export interface ToolRun {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Whether a missing program is a failure and no reason to skip. */
export function mustHaveRealTools(): boolean {
  return process.env['REQUIRE_REAL_TOOLS'] === '1';
}

/** Whether tests with the program are skipped, and says so if they are. */
export function isSkipped(tool: RealTool): boolean {
  const isMissing = findProgram(tool) === undefined;
  if (isMissing && !mustHaveRealTools()) console.warn(`Tests with ${tool} are skipped: it is not installed.`);
  return isMissing && !mustHaveRealTools();
}

/** What a program is given to read. */
export interface ToolInput {
  readonly files: Readonly<Record<string, string>>;
  readonly stdin?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs the program in a new folder with these files, without the settings of whoever runs the tests. */
export function runTool(
  tool: RealTool,
  args: readonly string[],
  { files, stdin = '', env: given = {} }: ToolInput,
): ToolRun {
  const program = findProgram(tool);
  if (program === undefined) throw new Error(`${tool} is not installed`);
  const folder = mkdtempSync(join(tmpdir(), `${tool}-`));
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    // Not with the settings in somebody's home.
    const env = {
      HOME: folder,
      PATH: process.env['PATH'],
      TF_CLI_CONFIG_FILE: '/dev/null',
      CHECKPOINT_DISABLE: '1',
      ...given,
    };
    const { status, stdout, stderr, error } = spawnSync(program, args, {
      cwd: folder,
      env,
      input: stdin,
      encoding: 'utf8',
      timeout: 60_000,
    });
    if (error !== undefined) throw error;
    return { exitCode: status, stdout, stderr };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
