import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../sandbox/index.ts';
import { runStep, type Step } from '../../sandbox/runner.ts';
import { facts } from '../checks/facts.ts';
import { type RunnerCommand, runnerCommands } from '../checks/runner-commands.ts';

let directory: string;
let sandbox: Sandbox;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'files-'));
  await writeFile(join(directory, 'file'), '');
});
afterAll(() => rm(directory, { recursive: true }));
beforeEach(async () => {
  sandbox = await startSandbox();
});
afterEach(() => sandbox.close());

/** Paths that cannot be written, for root too. */
const UNWRITABLE: readonly (readonly [string, () => string, string])[] = [
  ['is missing', () => join(directory, 'missing', 'file'), 'missing'],
  ['is a directory', () => directory, 'EISDIR'],
  ['is below a file', () => join(directory, 'file', 'output'), 'file'],
  ['is read-only', () => '/proc/sys/kernel/ostype', 'ostype'],
  ['is on a full disk', () => '/dev/full', 'ENOSPC'],
];

const enabled = (emailDomain = 'example.com') =>
  sandbox.seedConnector({ emailDomain, status: 'verified', enabled: true }).id;

/** The way back in, by connector ID. */
async function disable(
  files: NonNullable<Step['files']>,
  connectorId: string,
  given: Step['with'] = { 'connector-id': connectorId },
) {
  const result = await runStep({
    with: { mode: 'disable', 'api-url': sandbox.apiUrl, ...given },
    env: { CLOUDFLARE_ACCOUNT_ID: sandbox.accountId, CLOUDFLARE_API_TOKEN: sandbox.apiToken },
    files,
  });
  return { ...result, told: annotations(result.stdout) };
}

function annotations(stdout: string): readonly RunnerCommand[] {
  return runnerCommands(stdout).filter(({ name }) => name === 'error' || name === 'warning');
}

const isEnabled = () => sandbox.api.store.all().map((one) => one.enabled);

describe('a file for outputs that', () => {
  it.each(UNWRITABLE)('%s ends in one error that says what was done', async (_, path, reason) => {
    const id = enabled();
    const { exitCode, stdout, summary, told } = await disable({ GITHUB_OUTPUT: path() }, id);
    expect(exitCode).toBe(1);
    expect(isEnabled()).toEqual([false]);
    expect(stdout).toContain(`Disabled SSO connector ${id}`);
    expect(told).toHaveLength(1);
    expect(told[0]).toMatchObject({ name: 'error' });
    expect(told[0]?.data).toMatch(facts('outputs', reason, 'example.com', 'verified', id, 'changed true'));
    expect(told[0]?.data).not.toMatch(/bug|defect/i);
    expect(summary).toContain('example.com');
  });

  it('is on a full disk is told after what Cloudflare refused', async () => {
    const id = enabled();
    sandbox.api.faults.add({ method: 'PATCH', fault: { kind: 'status', status: 403 } });
    const files = { GITHUB_OUTPUT: '/dev/full', GITHUB_STEP_SUMMARY: '/dev/full' };
    const { exitCode, told } = await disable(files, id);
    expect(exitCode).toBe(1);
    expect(told.map(({ name }) => name)).toEqual(['error', 'error', 'warning']);
    expect(told[0]?.data).toContain('403');
    expect(told[1]?.data).toMatch(facts('outputs', 'ENOSPC'));
    expect(told[2]?.data).toMatch(facts('summary', 'ENOSPC'));
  });

  it('is on a full disk names every email domain', async () => {
    const ids = [enabled(), enabled('other.example')];
    const domains = { 'email-domain': 'example.com, other.example' };
    const { told } = await disable({ GITHUB_OUTPUT: '/dev/full' }, '', domains);
    expect(told).toHaveLength(1);
    expect(told[0]?.data).toMatch(facts('example.com', 'other.example', ...ids));
  });

  it('does not exist, since no runner named one, fails nothing', async () => {
    const { exitCode, stdout, told } = await disable({ GITHUB_OUTPUT: '' }, enabled());
    expect({ exitCode, told }).toEqual({ exitCode: 0, told: [] });
    expect(stdout).toContain('::set-output name=enabled::false');
  });
});

describe('a file for the summary that', () => {
  it.each(UNWRITABLE)('%s is one warning', async (_, path) => {
    const { exitCode, outputs, told } = await disable({ GITHUB_STEP_SUMMARY: path() }, enabled());
    expect(exitCode).toBe(0);
    expect(outputs).toMatchObject({ enabled: 'false', state: 'verified', changed: 'true' });
    expect(told).toHaveLength(1);
    expect(told[0]).toMatchObject({ name: 'warning', data: expect.stringMatching(/summary/) });
    expect(told[0]?.data).not.toMatch(/bug|defect/i);
  });

  it('does not exist, since no runner named one, fails nothing', async () => {
    const { exitCode, told } = await disable({ GITHUB_STEP_SUMMARY: '' }, enabled());
    expect({ exitCode, told }).toEqual({ exitCode: 0, told: [] });
  });
});
