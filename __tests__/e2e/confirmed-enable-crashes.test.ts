import { describe, expect, it } from 'vitest';
import { runStep } from '../../sandbox/runner.ts';
import { facts } from '../checks/facts.ts';
import {
  annotations,
  changesSent,
  commandFor,
  confirmingStep,
  isEnabled,
  linesOf,
  onceAsked,
  PERSON,
  startConfirmWorld,
} from '../real/confirming-step.ts';
import { CRASH_ONCE_ASKED, FAST_PAUSES } from '../real/preload.ts';

const SOON = { 'confirm-within': '1s' };
const REFUSED = { method: 'PATCH', skip: 1, fault: { kind: 'status', status: 403 } } as const;

describe.concurrent('something breaks while the step waits for a sign-in', () => {
  it.each(['exception', 'exceptions', 'rejection'])('%s: the enable is taken back', async (crash) => {
    await using sandbox = await startConfirmWorld();
    const env = { NODE_OPTIONS: `${FAST_PAUSES} ${CRASH_ONCE_ASKED}`, CRASH: crash };
    const result = await runStep(confirmingStep(sandbox, {}, env));
    expect(isEnabled(sandbox)).toBe(false);
    expect(changesSent(sandbox)).toEqual([true, false]);
    expect(result).toMatchObject({ exitCode: 1, stderr: '', outputs: { confirmed: 'false' } });
    const errors = annotations(result, 'error').map(({ data }) => data);
    expect(errors).toHaveLength(2);
    expect(errors[0]).toContain('it broke');
    expect(errors[1]).toMatch(facts('mode enable', 'is disabled again'));
  });

  it.each(['exception', 'rejection'])(
    '%s: what cannot be taken back ends with the command',
    async (crash) => {
      await using sandbox = await startConfirmWorld();
      sandbox.api.faults.add(REFUSED);
      const env = { NODE_OPTIONS: `${FAST_PAUSES} ${CRASH_ONCE_ASKED}`, CRASH: crash };
      const result = await runStep(confirmingStep(sandbox, {}, env));
      expect(result.exitCode).toBe(1);
      expect(linesOf(result.stdout).at(-1)).toBe(commandFor(sandbox, sandbox.connectorId));
    },
  );

  it('nobody reads its log any more: the enable is taken back', async () => {
    await using sandbox = await startConfirmWorld();
    const onLine = onceAsked(() => sandbox.playSignIn({ email: PERSON, allowed: false }));
    const launcher = ['bash', '-c', 'set -o pipefail; "$0" "$@" | sed /dash.cloudflare.com/q'];
    const result = await runStep({ ...confirmingStep(sandbox), onLine, launcher });
    expect(isEnabled(sandbox)).toBe(false);
    expect(result).toMatchObject({ exitCode: 1, stderr: '', outputs: { confirmed: 'false' } });
  });
});

describe.concurrent.each([
  ['GITHUB_OUTPUT', 'error', 1],
  ['GITHUB_STEP_SUMMARY', 'warning', 0],
] as const)('%s cannot be written', (file, kind, exitCode) => {
  const launcher = ['env', `${file}=/`];

  it('and the enable is taken back all the same', async () => {
    await using sandbox = await startConfirmWorld();
    const result = await runStep({ ...confirmingStep(sandbox, SOON), launcher });
    expect({ exitCode: result.exitCode, isEnabled: isEnabled(sandbox) }).toEqual({
      exitCode: 1,
      isEnabled: false,
    });
    const said = (level: 'error' | 'warning') => annotations(result, level).map(({ data }) => data);
    expect(said('error')).toContainEqual(expect.stringContaining('is disabled again'));
    expect(said(kind)).toContainEqual(expect.stringContaining('EISDIR'));
  });

  it('and the command is the last line all the same', async () => {
    await using sandbox = await startConfirmWorld();
    sandbox.api.faults.add(REFUSED);
    const result = await runStep({ ...confirmingStep(sandbox, SOON), launcher });
    expect({ exitCode: result.exitCode, isEnabled: isEnabled(sandbox) }).toEqual({
      exitCode: 1,
      isEnabled: true,
    });
    expect(linesOf(result.stdout).at(-1)).toBe(commandFor(sandbox, sandbox.connectorId));
  });

  it('and the other file is written all the same', async () => {
    await using sandbox = await startConfirmWorld();
    const result = await runStep({ ...confirmingStep(sandbox, SOON), launcher });
    if (file === 'GITHUB_OUTPUT') expect(result.summary).toContain('is disabled again');
    else expect(result.outputs).toMatchObject({ confirmed: 'false', enabled: 'false' });
  });

  it('and a confirmed enable stays, as the log tells', async () => {
    await using sandbox = await startConfirmWorld();
    const onLine = onceAsked(() => sandbox.playSignIn({ email: PERSON }));
    const result = await runStep({ ...confirmingStep(sandbox), onLine, launcher });
    expect(isEnabled(sandbox)).toBe(true);
    expect(result.exitCode).toBe(exitCode);
    expect(annotations(result, 'notice').at(-1)?.data).toContain('Confirmed');
  });
});
