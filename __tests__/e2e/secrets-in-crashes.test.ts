import { describe, expect, it } from 'vitest';
import { runnerCommands } from '../checks/runner-commands.ts';
import { CHECK, runKept } from '../secrets/kept.ts';
import { CRASH_PRELOADS, startWorld } from '../secrets/world.ts';

describe.concurrent('what breaks outside of any mode is told once, stops the step in order and tells no secret', () => {
  it.each([
    ['rejection', 'it broke, having sent Bearer ***'],
    ['rejection of several', 'all broke'],
    ['rejection of an object', 'Something that is not an error was thrown: [object Object]'],
    ['rejection of a text', 'sent Bearer ***'],
    ['exception', 'it broke, having sent Bearer ***'],
    ['exception of an object', 'Something that is not an error was thrown: [object Object]'],
    ['listener throws', 'it broke, having sent Bearer ***'],
  ])('%s', async (crash, said) => {
    await using world = await startWorld();
    // So that nothing but the crash ends it.
    world.sandbox.api.faults.add({ fault: { kind: 'stall-before-headers' } });
    const env = { NODE_OPTIONS: CRASH_PRELOADS, CRASH: crash };
    const { log, outputs, summary } = await runKept(world, 1, { mode: 'create' }, env);
    expect(errorsIn(log)).toEqual([
      expect.stringContaining(said),
      expect.stringContaining('Stopped by an unexpected error in mode create'),
    ]);
    expect(outputs).toMatchObject({ 'email-domain': 'example.com', changed: 'false' });
    expect(summary).toContain('Stopped by an unexpected error');
  });
});

describe.concurrent('a defect in a request fails the mode with one error, at once, and no secret', () => {
  const crashes = [
    ['request throws', 'it broke, having sent Bearer ***'],
    ['request throws an object', '[object Object]'],
    ['request fails', 'it broke, having sent Bearer ***'],
  ] as const;

  it.each(crashes)('to Cloudflare: %s', async (crash, said) => {
    await using world = await startWorld();
    const env = { NODE_OPTIONS: CRASH_PRELOADS, CRASH: crash };
    const { log, summary } = await runKept(world, 1, { mode: 'create' }, env);
    expect(errorsIn(log)).toEqual([expect.stringContaining(said)]);
    expect(log).not.toContain('again in');
    expect(summary).toContain(said.startsWith('it') ? 'it broke' : 'object Object');
  });

  it.each(crashes)('to GitHub: %s', async (crash, said) => {
    await using world = await startWorld();
    world.sandbox.seedConnector({ emailDomain: 'example.com', status: 'verified' });
    const env = { NODE_OPTIONS: CRASH_PRELOADS, CRASH: crash, CRASH_AT: new URL(world.github.url).port };
    const { log } = await runKept(world, 1, CHECK, env);
    expect(errorsIn(log)).toContainEqual(expect.stringContaining(said));
    expect(log).not.toContain('again in');
  });
});

function errorsIn(log: string): readonly string[] {
  return runnerCommands(log).flatMap(({ name, data }) => (name === 'error' ? [data] : []));
}
