import { expect } from 'vitest';
import {
  type ApiFault,
  type ConnectorSeed,
  type Sandbox,
  type SandboxOptions,
  type SsoConnector,
  startSandbox,
} from '../../sandbox/index.ts';
import { runStep, type Step, type StepResult } from '../../sandbox/runner.ts';
import { FAST_CLOCK } from './preload.ts';

/** Four seconds for the action, whose clock is ten times as fast. */
const LAG_MS = 400;

/** Paths of requests. */
export const PATHS = {
  list: /sso_connectors(\?.*)?$/,
  connector: /sso_connectors\/\w+$/,
  begin: /begin_verification$/,
  records: /dns_records/,
} as const;

/** What a change becomes whose answer is lost. */
export const LOST: ApiFault = { kind: 'reset' };
export const REFUSED: ApiFault = { kind: 'status', status: 403 };
/** The ways of a retry to be refused. */
export const REFUSALS: readonly ApiFault[] = [REFUSED, { kind: 'status', status: 400 }];

/** A sandbox whose zone holds the code of its connector, if there is one. */
export async function startWorld(
  seed: Partial<ConnectorSeed> | undefined,
  options: Pick<SandboxOptions, 'allowsDuplicates'> & { readonly lags?: boolean } = {},
): Promise<Sandbox> {
  const { lags = false, ...others } = options;
  let startedAtMs = Date.now();
  const sandbox = await startSandbox({
    pollIntervalMs: 20,
    ...others,
    // What the world starts from is old enough for every read to show it.
    ...(lags && { readLagMs: () => Math.min(LAG_MS, Date.now() - startedAtMs) }),
  });
  if (seed !== undefined) {
    const { verification } = sandbox.seedConnector({ emailDomain: 'example.com', ...seed });
    sandbox.publishTxt('example.com', verification.code);
  }
  startedAtMs = Date.now();
  return sandbox;
}

/** Runs a step in it; seconds pass in tenths. */
export function stepIn(
  sandbox: Sandbox,
  inputs: Step['with'],
  more: Omit<Step, 'with'> = {},
): Promise<StepResult> {
  return runStep({
    with: {
      'email-domain': 'example.com',
      'api-url': sandbox.apiUrl,
      resolvers: sandbox.resolver.address,
      'authoritative-servers': sandbox.authoritative.address,
      'poll-interval': '1s',
      timeout: '60s',
      ...inputs,
    },
    ...more,
    env: {
      CLOUDFLARE_ACCOUNT_ID: sandbox.accountId,
      CLOUDFLARE_API_TOKEN: sandbox.apiToken,
      NODE_OPTIONS: FAST_CLOCK,
      ...more.env,
    },
  });
}

/** The connectors that there are. */
export function connectorsOf({ api, accountId }: Sandbox): readonly SsoConnector[] {
  return api.store.list(accountId);
}

/** The requests that change something, as method and body. */
export function changesOf({ api }: Sandbox): readonly string[] {
  return api.requests.filter(({ method }) => method !== 'GET').map(({ method, body }) => `${method} ${body}`);
}

/** The answer to this kind of request, with other bytes; the request is carried out. */
export function alter(
  sandbox: Sandbox,
  method: string,
  path: RegExp,
  change: (text: string) => string,
): void {
  sandbox.api.faults.add({ method, path, carryOut: true, fault: { kind: 'altered-body', alter: change } });
}

const UNCLAIMED = ['state', 'enabled', 'verification-status', 'changed'] as const;

/** A failure that claims nothing, and says that the change may have been carried out. */
export function expectDoubt({ exitCode, outputs, stdout, stderr }: StepResult): void {
  expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: '' });
  for (const name of UNCLAIMED) expect(outputs, name).not.toHaveProperty(name);
  const errors = stdout.split('\n').filter((line) => line.startsWith('::error'));
  expect(errors).toEqual([expect.stringContaining('may have been carried out')]);
}
