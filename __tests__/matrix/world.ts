import { type GitHubApi, startGitHubApi } from '../../sandbox/github/github-api.ts';
import { type Sandbox, type SsoConnector, startSandbox } from '../../sandbox/index.ts';
import type { TlsIdentity } from '../../sandbox/net/http-listener.ts';
import { runStep, type Step, type StepResult } from '../../sandbox/runner.ts';
import { FAST_DEADLINES, FAST_PAUSES } from '../real/preload.ts';
import { stepAt } from '../real/step-at.ts';

/** The two APIs that the action calls. */
export type ServerName = 'cloudflare' | 'github';

/** Shared by all cells. */
export interface Surroundings {
  /** File with the certificate of the authority that the action trusts. */
  readonly caFile: string;
  readonly valid: TlsIdentity;
  readonly expired: TlsIdentity;
  /** Must not receive any request. */
  readonly elsewhere: string;
}

/** The servers, new for each cell. */
export interface World extends AsyncDisposable {
  readonly sandbox: Sandbox;
  readonly github: GitHubApi;
  /** The secrets. */
  readonly tokens: readonly string[];
  run(inputs: Readonly<Record<string, string>>, hooks?: Hooks): Promise<StepResult>;
  /** Everything that the action can change, as text to compare. */
  snapshot(): string;
}

/** What a cell sees of a running step. */
export type Hooks = Pick<Step, 'onLine' | 'onStart'>;

/** The email domain of all cells. */
export const DOMAIN = 'example.com';

/** A token of the account, of the kind that begins with `cfat_`. */
export const ACCOUNT_API_TOKEN = 'cfat_sandbox_token_of_the_account_that_opens_nothing';

/** What a fault needs from the servers. */
export interface WorldOptions {
  /** The server that uses TLS, because its certificate will expire. */
  readonly tlsServer?: ServerName | undefined;
  /** Whether an answer never comes; only then are deadlines short. */
  readonly isStalled?: boolean;
}

/** Starts both APIs. */
export async function startWorld(
  { caFile, valid }: Surroundings,
  { tlsServer, isStalled = false }: WorldOptions,
): Promise<World> {
  const sandbox = await startSandbox({
    pollIntervalMs: 20,
    ...(tlsServer === 'cloudflare' && { tls: valid }),
  });
  sandbox.addToken({ value: ACCOUNT_API_TOKEN, ownerAccountId: sandbox.accountId });
  const github = await startGitHubApi({ tls: tlsServer === 'github' ? valid : undefined });
  const at = stepAt(sandbox, github);
  const preloads = isStalled ? `${FAST_PAUSES} ${FAST_DEADLINES}` : FAST_PAUSES;
  const env = { ...at.env, NODE_EXTRA_CA_CERTS: caFile, NODE_OPTIONS: preloads };
  const fixed = { ...at.with, 'email-domain': DOMAIN, timeout: '20s', 'poll-interval': '1s' };
  return {
    sandbox,
    github,
    tokens: [sandbox.apiToken, ACCOUNT_API_TOKEN, github.token],
    run: (inputs, hooks) => runStep({ with: { ...fixed, ...inputs }, env, ...hooks }),
    snapshot: () =>
      JSON.stringify([
        connectorsOf(sandbox).map((one) => ({ ...one, updated_on: '' })),
        textsOf(sandbox),
        github.issues.all().map((issue) => [issue, github.issues.comments(issue.number)]),
      ]),
    async [Symbol.asyncDispose]() {
      await Promise.all([sandbox.close(), github.close()]);
    },
  };
}

/** The connectors of the account. */
export function connectorsOf({ api, accountId }: Sandbox): readonly SsoConnector[] {
  return api.store.list(accountId);
}

/** The texts of the TXT records that are published. */
export function textsOf({ zone }: Sandbox): readonly string[] {
  return zone.records.flatMap((one) => (one.type === 'TXT' ? [one.data.join('')] : []));
}
