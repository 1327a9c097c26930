/** OpenTofu's own formatter, the judge of `terraform fmt -check`. */
import { spawnSync } from 'node:child_process';
import { findProgram } from './dns-worlds.ts';

/** No setting of the person who runs this, and no question about newer versions. */
const ENV = { ...process.env, TF_CLI_CONFIG_FILE: '/dev/null', CHECKPOINT_DISABLE: '1' };

/** Whether the program is installed. */
export function hasTofu(): boolean {
  return findProgram('tofu') !== undefined;
}

/** The text as `tofu fmt` writes it. */
export function formatted(text: string): string {
  const program = findProgram('tofu');
  if (program === undefined) throw new Error('tofu is not installed');
  const { status, stdout, stderr } = spawnSync(program, ['fmt', '-'], {
    input: text,
    encoding: 'utf8',
    env: ENV,
  });
  if (status !== 0) throw new Error(`tofu fmt: ${stderr}`);
  return stdout;
}
