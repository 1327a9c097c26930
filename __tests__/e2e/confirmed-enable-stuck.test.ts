import { execFile, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { ApiFault } from '../../sandbox/index.ts';
import { runStep, type StepResult } from '../../sandbox/runner.ts';
import { facts } from '../checks/facts.ts';
import {
  annotations,
  type ConfirmWorld,
  changesSent,
  commandFor,
  confirmingStep,
  expectNobodyNamed,
  isAsking,
  isEnabled,
  linesOf,
  onceAsked,
  PATHS,
  startConfirmWorld,
} from '../real/confirming-step.ts';
import { FAST_CLOCK } from '../real/preload.ts';
import { runStoppedStep } from '../real/stopped-step.ts';

const SOON = { 'confirm-within': '1s' };
const STAND_IN = fileURLToPath(new URL('../fakes/curl.mjs', import.meta.url));
const hasCurl = spawnSync('curl', ['--version']).status === 0;
/** Ways to run the command; the second one works everywhere. */
const SHELLS: readonly (readonly [string, string])[] = [
  ...(hasCurl ? ([['curl', '']] as const) : []),
  ['a stand-in for curl', `curl() { '${process.execPath}' '${STAND_IN}' "$@"; }\n`],
];

/** The connector is still enabled, and the output ends with the command that disables it. */
function expectCommandLast(sandbox: ConfirmWorld, { stdout }: StepResult): void {
  expect(isEnabled(sandbox)).toBe(true);
  const command = linesOf(stdout).at(-1) ?? '';
  expect(command).toBe(commandFor(sandbox, sandbox.connectorId));
}

async function runByHand(command: string, definitions: string, apiToken: string): Promise<string> {
  const env = { PATH: process.env['PATH'], CLOUDFLARE_API_TOKEN: apiToken };
  const { stdout } = await promisify(execFile)('bash', ['-c', `${definitions}${command}`], { env });
  return stdout;
}

describe.concurrent('Cloudflare refuses for good to disable it', () => {
  const refusals: readonly [string, ApiFault][] = [
    ['without the permission', { kind: 'status', status: 403 }],
    ['with a reason of its own', { kind: 'success-false', errors: [{ code: 1, message: 'No.' }] }],
    ['as if there were no such connector', { kind: 'status', status: 404 }],
    ['by a redirect', { kind: 'redirect', status: 302, location: 'https://elsewhere.example/' }],
  ];

  it.each(refusals)('%s: the step ends after eight attempts, with the command last', async (_, fault) => {
    await using sandbox = await startConfirmWorld();
    sandbox.api.faults.add({ method: 'PATCH', skip: 1, fault });
    const result = await runStep(confirmingStep(sandbox, SOON));
    expectCommandLast(sandbox, result);
    expect(changesSent(sandbox)).toEqual([true, ...Array(8).fill(false)]);
    expect(result).toMatchObject({
      exitCode: 1,
      stderr: '',
      outputs: { confirmed: 'false', state: 'enabled', enabled: 'true' },
    });
    const [error, ...others] = annotations(result, 'error');
    expect(others).toEqual([]);
    expect(error?.data).toMatch(facts('still enabled', 'nobody has confirmed', 'curl', sandbox.connectorId));
    expect(result.summary).toContain('still enabled');
    expectNobodyNamed(result);
  });

  it('for one of several email domains: its command is the last line', async () => {
    await using sandbox = await startConfirmWorld();
    const other = sandbox.seedConnector({ emailDomain: 'other.example', status: 'verified' });
    const path = new RegExp(`${other.id}$`);
    sandbox.api.faults.add({ method: 'PATCH', path, skip: 1, fault: { kind: 'status', status: 403 } });
    const inputs = { ...SOON, 'email-domain': 'example.com, other.example' };
    const result = await runStep(confirmingStep(sandbox, inputs));
    expect(result.exitCode).toBe(1);
    expect(isEnabled(sandbox)).toBe(false);
    expect(isEnabled(sandbox, 'other.example')).toBe(true);
    expect(linesOf(result.stdout).at(-1)).toBe(commandFor(sandbox, other.id));
  });

  it('for all of several email domains: their commands are the last lines', async () => {
    await using sandbox = await startConfirmWorld();
    const other = sandbox.seedConnector({ emailDomain: 'other.example', status: 'verified' });
    sandbox.api.faults.add({ method: 'PATCH', skip: 2, fault: { kind: 'status', status: 403 } });
    const inputs = { ...SOON, 'email-domain': 'example.com, other.example' };
    const result = await runStep(confirmingStep(sandbox, inputs));
    const commands = [sandbox.connectorId, other.id].map((id) => commandFor(sandbox, id));
    expect(linesOf(result.stdout).slice(-2)).toEqual(commands);
  });
});

describe.concurrent('Cloudflare does not get the request that disables it', () => {
  const outages: readonly [string, (sandbox: ConfirmWorld) => void][] = [
    [
      'because it is broken',
      (sandbox) => sandbox.api.faults.add({ method: 'PATCH', fault: { kind: 'status', status: 503 } }),
    ],
    [
      'because connections are reset',
      (sandbox) => sandbox.api.faults.add({ method: 'PATCH', fault: { kind: 'reset' } }),
    ],
    ['because connections are refused', (sandbox) => sandbox.api.reachability.pause()],
    [
      'because something else answers',
      (sandbox) => sandbox.api.faults.add({ fault: { kind: 'body', body: '<html>' } }),
    ],
  ];

  it.each(outages)('%s: it tries until it is killed, with the command last', async (_, begin) => {
    await using sandbox = await startConfirmWorld();
    const command = commandFor(sandbox, sandbox.connectorId);
    const onceAskedFor = onceAsked(() => begin(sandbox));
    const result = await runStoppedStep(confirmingStep(sandbox, SOON), {
      when: (stdout) => {
        onceAskedFor(stdout);
        return linesOf(stdout).filter((line) => line === command).length >= 9;
      },
      afterMs: 0,
      signals: ['SIGKILL'],
    });
    expect(result.exitCode).toBe(null);
    expectCommandLast(sandbox, result);
  });

  it('and SIGINT and SIGTERM do not end the attempts', async () => {
    await using sandbox = await startConfirmWorld();
    sandbox.api.faults.add({ method: 'PATCH', skip: 1, fault: { kind: 'status', status: 503 } });
    const stop = { when: isAsking, signals: ['SIGINT', 'SIGTERM', 'SIGKILL'], gapMs: [800, 800] } as const;
    const result = await runStoppedStep(confirmingStep(sandbox), stop);
    expect(result.exitCode).toBe(null);
    expect(changesSent(sandbox).length).toBeGreaterThan(3);
    expectCommandLast(sandbox, result);
  });

  it('and somebody disables it by hand: the step sees it and ends', async () => {
    await using sandbox = await startConfirmWorld();
    const { api, accountId, connectorId } = sandbox;
    const fault = { kind: 'status', status: 403 } as const;
    sandbox.api.faults.add({ method: 'PATCH', skip: 1, fault });
    const byHand = setInterval(() => {
      if (changesSent(sandbox).length > 2) api.store.update(accountId, connectorId, { enabled: false });
    }, 5);
    // Only a read from after the lag of reads is proof of it.
    const result = await runStep(confirmingStep(sandbox, SOON, { NODE_OPTIONS: FAST_CLOCK }));
    clearInterval(byHand);
    expect(result).toMatchObject({ exitCode: 1, outputs: { confirmed: 'false', enabled: 'false' } });
    expect(changesSent(sandbox).length).toBeLessThan(8);
  });

  it('until it does, and then the step ends by itself', async () => {
    await using sandbox = await startConfirmWorld();
    sandbox.api.faults.add({ method: 'PATCH', skip: 1, times: 6, fault: { kind: 'status', status: 503 } });
    const result = await runStep(confirmingStep(sandbox, SOON));
    expect(result).toMatchObject({ exitCode: 1, outputs: { confirmed: 'false', state: 'verified' } });
    expect(isEnabled(sandbox)).toBe(false);
  });
});

describe.concurrent('the command that the log ends with', () => {
  it.each(SHELLS)('disables the connector in a shell, with %s', async (_, definitions) => {
    await using sandbox = await startConfirmWorld();
    sandbox.api.faults.add({
      method: 'PATCH',
      path: PATHS.connector,
      skip: 1,
      fault: { kind: 'status', status: 403 },
    });
    const result = await runStep(confirmingStep(sandbox, SOON));
    expectCommandLast(sandbox, result);
    sandbox.api.faults.clear();
    const command = linesOf(result.stdout).at(-1) ?? '';
    const answer = await runByHand(command, definitions, sandbox.apiToken);
    expect(JSON.parse(answer)).toMatchObject({ success: true, result: { enabled: false } });
    expect(isEnabled(sandbox)).toBe(false);
  });
});
