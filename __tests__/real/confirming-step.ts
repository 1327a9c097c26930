import { expect } from 'vitest';
import { type Sandbox, startSandbox } from '../../sandbox/index.ts';
import type { Step, StepResult } from '../../sandbox/runner.ts';
import { type RunnerCommand, runnerCommands } from '../checks/runner-commands.ts';
import { FAST_PAUSES } from './preload.ts';

export const PERSON = 'alex@example.com';
/** Paths of the requests of a confirmed enable. */
export const PATHS = {
  log: /access\/logs\/access_requests$/,
  applications: /access\/apps$/,
  connector: /sso_connectors\/\w+$/,
} as const;
/** Begins the notice that asks for a sign-in. */
const ASKED = 'https://dash.cloudflare.com';
/** How a runner ends a cancelled step. */
export const CANCELLED = {
  signals: ['SIGINT', 'SIGTERM', 'SIGKILL'],
  gapMs: [7500, 2500],
} as const;

/** A sandbox with one verified connector for `example.com`. */
export interface ConfirmWorld extends Sandbox {
  readonly connectorId: string;
}

/** Starts it. */
export async function startConfirmWorld(): Promise<ConfirmWorld> {
  const sandbox = await startSandbox();
  const { id } = sandbox.seedConnector({ emailDomain: 'example.com', status: 'verified' });
  return { ...sandbox, connectorId: id };
}

/** A step that enables `example.com` until somebody confirms it, with short pauses. */
export function confirmingStep(
  sandbox: Sandbox,
  inputs: Step['with'] = {},
  env: Record<string, string> = {},
): Step {
  return {
    with: {
      mode: 'enable',
      'email-domain': 'example.com',
      'confirm-within': '20s',
      'api-url': sandbox.apiUrl,
      ...inputs,
    },
    env: {
      CLOUDFLARE_ACCOUNT_ID: sandbox.accountId,
      CLOUDFLARE_API_TOKEN: sandbox.apiToken,
      NODE_OPTIONS: FAST_PAUSES,
      ...env,
    },
  };
}

/** Calls `react` once, as soon as the step asks for a sign-in. */
export function onceAsked(react: () => void): (line: string) => void {
  let hasReacted = false;
  return (line) => {
    if (hasReacted || !isAsking(line)) return;
    hasReacted = true;
    react();
  };
}

/** Whether the output holds the notice that asks for a sign-in. */
export function isAsking(stdout: string): boolean {
  return stdout.includes(ASKED);
}

/** What the connector was asked to become, in order. */
export function changesSent({ api }: Sandbox): readonly (boolean | undefined)[] {
  return api.requests
    .filter(({ method }) => method === 'PATCH')
    .map(({ body }) => (body === '' ? undefined : (JSON.parse(body) as { enabled?: boolean }).enabled));
}

/** Whether the connector is enabled at Cloudflare. */
export function isEnabled({ api }: Sandbox, emailDomain = 'example.com'): boolean | undefined {
  return api.store.all().find(({ email_domain }) => email_domain === emailDomain)?.enabled;
}

/** The command that disables a connector, as the step has to print it. */
export function commandFor({ apiUrl, accountId }: Sandbox, connectorId: string): string {
  return `curl --fail-with-body -X PATCH '${apiUrl}/accounts/${accountId}/sso_connectors/${connectorId}' -H "Authorization: Bearer $CLOUDFLARE_API_TOKEN" -H 'Content-Type: application/json' -d '{"enabled": false}'`;
}

/** The lines of an output; the last one may be cut. */
export function linesOf(stdout: string): readonly string[] {
  return stdout.split('\n').filter((line) => line !== '');
}

/** The annotations of one kind. */
export function annotations(
  { stdout }: Pick<StepResult, 'stdout'>,
  kind: 'notice' | 'warning' | 'error',
): readonly RunnerCommand[] {
  return runnerCommands(stdout).filter(({ name }) => name === kind);
}

/** Nobody's address may be in anything that the step leaves behind. */
export function expectNobodyNamed({ stdout, stderr, outputs, summary }: StepResult): void {
  expect(`${stdout}${stderr}${JSON.stringify(outputs)}${summary}`).not.toMatch(/alex|mallory/i);
}

/** What every step leaves behind that has taken an enable back. */
export function expectTakenBack(sandbox: Sandbox, result: StepResult): void {
  expect(isEnabled(sandbox)).toBe(false);
  expect(result).toMatchObject({
    exitCode: 1,
    stderr: '',
    outputs: { confirmed: 'false', state: 'verified', enabled: 'false', changed: 'true' },
  });
  const [error, ...others] = annotations(result, 'error');
  expect(others).toEqual([]);
  expect(error?.data).toContain('is disabled again');
  expect(result.summary).toContain('is disabled again');
  expectNobodyNamed(result);
}
