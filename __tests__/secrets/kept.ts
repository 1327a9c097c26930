import { expect } from 'vitest';
import type { WatchedStep, World } from './world.ts';

/** All that makes and enables a connector. */
export const CHAIN = { mode: 'create, publish-dns, wait-for-dns, enable' };
/** A check that keeps the drift issue and does not fail of drift. */
export const CHECK = { mode: 'check', 'drift-issue': 'true', 'fail-on-drift': 'false' };

type Texts = Readonly<Record<string, string>>;

/**
 * Runs a step that must end so, tell nobody its secrets, and mask both before it prints anything else; `others` are
 * secrets besides the tokens.
 */
export async function runKept(
  world: World,
  exitCode: number,
  inputs: Texts,
  env: Texts = {},
  others: Texts = {},
): Promise<WatchedStep> {
  const result = await world.run(inputs, env, others);
  const { leaks, stderr, log, masked } = result;
  expect(leaks).toEqual([]);
  expect(stderr).toBe('');
  expect(result.exitCode, log).toBe(exitCode);
  const tokens = [
    inputs['api-token'] ?? world.sandbox.apiToken,
    inputs['github-token'] ?? world.github.token,
  ];
  expect(masked).toEqual(tokens);
  expect(log).not.toContain('::add-mask::');
  return result;
}
