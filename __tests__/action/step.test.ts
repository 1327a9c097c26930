import type { EventEmitter } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Step, startStep } from '../../src/action/step.ts';
import { ActionError } from '../../src/domain/errors.ts';
import type { RunFailure } from '../../src/domain/run-result.ts';
import { runnerCommands } from '../checks/runner-commands.ts';
import { stdoutOf } from '../fakes/captured-stdout.ts';

const emitter: EventEmitter = process;
const EVENTS = [
  'SIGINT',
  'SIGTERM',
  'SIGBREAK',
  'SIGHUP',
  'uncaughtException',
  'unhandledRejection',
] as const;

/** A step takes over the process; this gives it back to the test runner. */
let before: ReadonlyMap<string, readonly unknown[]>;
beforeEach(() => {
  before = new Map(EVENTS.map((event) => [event, emitter.listeners(event)]));
});
afterEach(() => {
  process.exitCode = undefined;
  for (const event of EVENTS) {
    for (const listener of emitter.listeners(event))
      if (!before.get(event)?.includes(listener)) emitter.off(event, listener as () => void);
  }
});

const CURL = "curl --fail-with-body -X PATCH 'https://api.example/x' -d '{\"enabled\": false}'";
const stillOn = new ActionError('It is still enabled.', { hint: `By hand: ${CURL}`, command: CURL });
const plain = new ActionError('It failed.', { hint: 'Run again.' });

async function linesOf(work: (step: Step) => void): Promise<readonly string[]> {
  return (await stdoutOf(() => work(startStep()))).trimEnd().split(/\r?\n/);
}

/** As {@link linesOf}, to the end of the step, but without the end of the process. */
function linesToTheEnd(work: (step: Step) => void): Promise<readonly string[]> {
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  return linesOf((step) => {
    work(step);
    step.end();
  }).finally(() => vi.useRealTimers());
}

const failing = (...errors: readonly ActionError[]): readonly RunFailure[] =>
  errors.map((error, index) => ({ emailDomain: `d${index}.example`, error }));

describe('a step that fails', () => {
  it('ends its log with the command that does by hand what failed, ready to be copied', async () => {
    const lines = await linesToTheEnd(({ fail, warn }) => {
      fail(failing(stillOn));
      // The summary is written later, and may fail.
      warn(plain);
    });
    expect(lines.at(-1)).toBe(CURL);
    expect(lines.filter((line) => line === CURL)).toHaveLength(1);
  });

  it('ends with the command, whichever of several errors has it', async () => {
    for (const errors of [
      [stillOn, plain],
      [plain, stillOn],
    ]) {
      const lines = await linesToTheEnd(({ fail }) => fail(failing(...errors)));
      expect(lines.at(-1)).toBe(CURL);
    }
  });

  it('ends with the command of each connector, and tells an equal one once', async () => {
    const other = new ActionError('Another one is.', { command: 'curl other' });
    const lines = await linesToTheEnd(({ fail }) => fail(failing(stillOn, stillOn, other)));
    expect(lines.slice(-2)).toEqual([CURL, 'curl other']);
    expect(lines.filter((line) => line === CURL)).toHaveLength(1);
  });

  it('has none of it without a command', async () => {
    const stdout = (await linesToTheEnd(({ fail }) => fail(failing(plain)))).join('\n');
    const shown = runnerCommands(stdout).filter(({ name }) => name !== 'debug');
    expect(shown).toMatchObject([{ name: 'error', data: 'It failed.\nRun again.' }]);
    expect(stdout).not.toContain('undefined');
  });

  it('ends with the command also when it is thrown, alone or among others', async () => {
    for (const thrown of [stillOn, new AggregateError([plain, stillOn])])
      expect((await linesToTheEnd(({ failWith }) => failWith(thrown))).at(-1)).toBe(CURL);
  });

  it('tells a warning of what was thrown, and does not fail for it', async () => {
    const stdout = (await linesToTheEnd(({ warn }) => warn(plain))).join('\n');
    const shown = runnerCommands(stdout).filter(({ name }) => name !== 'debug');
    expect(shown).toMatchObject([{ name: 'warning', data: 'It failed. Run again.' }]);
    expect(process.exitCode).toBeUndefined();
  });

  it('lets the process end, even if something still holds it', async () => {
    const exit = vi.spyOn(process, 'exit').mockImplementation(() => undefined as never);
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    try {
      await linesOf((step) => {
        step.end();
        expect(exit).not.toHaveBeenCalled();
        vi.runAllTimers();
      });
      expect(exit).toHaveBeenCalledOnce();
    } finally {
      vi.useRealTimers();
      exit.mockRestore();
    }
  });

  it('fails the process, and only if there is a failure', async () => {
    await linesOf(({ fail }) => fail([]));
    expect(process.exitCode).toBeUndefined();
    await linesOf(({ fail }) => fail(failing(plain)));
    expect(process.exitCode).toBe(1);
  });
});
