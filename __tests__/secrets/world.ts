import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import type { IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type GitHubApi, startGitHubApi } from '../../sandbox/github/github-api.ts';
import { type Sandbox, startSandbox } from '../../sandbox/index.ts';
import type { TlsIdentity } from '../../sandbox/net/http-listener.ts';
import { runStep, type StepResult } from '../../sandbox/runner.ts';
import { secretsIn } from '../checks/secret-forms.ts';
import { type ApiServer, jsonAnswer, startApiServer } from '../fakes/api-server.ts';
import { FAST_PAUSES, preload } from '../real/preload.ts';

type Texts = Readonly<Record<string, string>>;

/** A step, and where its secrets came to light. */
export interface WatchedStep extends StepResult {
  /** What the runner was told to hide, before anything else was printed. */
  readonly masked: readonly string[];
  /** Standard output after that. */
  readonly log: string;
  /** Each as `place: secret, form`; empty when all is well. */
  readonly leaks: readonly string[];
}

/** Everything that a step could tell a secret to, all of it searched after every run. */
export interface World extends AsyncDisposable {
  readonly sandbox: Sandbox;
  readonly github: GitHubApi;
  /** Where nothing may ever be sent. */
  readonly stray: ApiServer;
  /** The checkout of every step. */
  readonly workspace: string;
  /** Both tokens by their names. */
  readonly secrets: Texts;
  /** Runs a step at the highest debug level; `others` are secrets besides the tokens, and replace them by name. */
  run(inputs: Texts, env?: Texts, others?: Texts): Promise<WatchedStep>;
}

/** For NODE_OPTIONS: short pauses, and a word about every process that is started. */
export const PRELOADS = `${FAST_PAUSES} ${preload(new URL('watch-processes.mjs', import.meta.url))}`;
/** The same, and a crash of the kind that the variable CRASH names. */
export const CRASH_PRELOADS = `${PRELOADS} ${preload(new URL('crash.mjs', import.meta.url))}`;

/** The files besides outputs and summary in which a step can leave something behind. */
const RUNNER_FILES = ['GITHUB_ENV', 'GITHUB_PATH', 'GITHUB_STATE'] as const;

/** Starts the servers; with `tls` both APIs speak HTTPS. */
export async function startWorld(tls?: TlsIdentity): Promise<World> {
  const sandbox = await startSandbox({ pollIntervalMs: 20, ...(tls && { tls }) });
  const github = await startGitHubApi({ tls });
  const stray = await startApiServer(jsonAnswer(200, []));
  const root = await mkdtemp(join(tmpdir(), 'secrets-'));
  const [workspace, home, temporary] = [join(root, 'workspace'), join(root, 'home'), join(root, 'temporary')];
  for (const directory of [workspace, home, temporary]) await mkdir(directory);
  for (const name of RUNNER_FILES) await writeFile(join(root, name), '');
  const secrets = { 'the API token': sandbox.apiToken, 'the GitHub token': github.token };

  const fixedEnv = {
    ...Object.fromEntries(RUNNER_FILES.map((name) => [name, join(root, name)])),
    HOME: home,
    TMPDIR: temporary,
    RUNNER_TEMP: temporary,
    ACTIONS_STEP_DEBUG: 'true',
    RUNNER_DEBUG: '1',
    GITHUB_API_URL: github.url,
    GITHUB_REPOSITORY: github.repository,
    GITHUB_SERVER_URL: 'https://github.example',
    GITHUB_RUN_ID: '1',
    NODE_OPTIONS: PRELOADS,
  };
  const fixedInputs = {
    'api-url': sandbox.apiUrl,
    'api-token': sandbox.apiToken,
    'account-id': sandbox.accountId,
    'github-token': github.token,
    'email-domain': 'example.com',
    resolvers: sandbox.resolver.address,
    'authoritative-servers': sandbox.authoritative.address,
    timeout: '20s',
  };

  /** The API tokens with which steps were run. */
  const used = new Set<string>();

  return {
    sandbox,
    github,
    stray,
    workspace,
    secrets,
    async run(inputs, env = {}, others = {}) {
      used.add(inputs['api-token'] ?? sandbox.apiToken);
      const step = { with: { ...fixedInputs, ...inputs }, env: { ...fixedEnv, ...env } };
      const result = await runStep({ ...step, workspace });
      const { masked, log } = splitAtMasks(result.stdout);
      const { stderr, summary, outputs } = result;
      const places = {
        ...{ log, stderr, summary, outputs: JSON.stringify(outputs) },
        ...(await filesBelow(root)),
        ...placesAtServers(sandbox, github),
        'where nothing is sent': JSON.stringify(stray.requests),
      };
      const all = { ...secrets, ...others };
      const leaks = Object.entries(places).flatMap(([place, text]) =>
        secretsIn(text, all).map((found) => `${place}: ${found}`),
      );
      return { ...result, masked, log, leaks: [...leaks, ...strangers(sandbox, github, stray, used)] };
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([sandbox.close(), github.close(), stray[Symbol.asyncDispose]()]);
      await rm(root, { recursive: true });
    },
  };
}

/** The commands with which standard output begins, in which a token may and must stand; and what comes then. */
function splitAtMasks(stdout: string): { readonly masked: readonly string[]; readonly log: string } {
  const command = '::add-mask::';
  const lines = stdout.split('\n');
  const end = lines.findIndex((line) => !line.startsWith(command));
  return {
    masked: lines.slice(0, end).map((line) => line.slice(command.length).replaceAll('%25', '%')),
    log: lines.slice(end).join('\n'),
  };
}

async function filesBelow(root: string): Promise<Texts> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const texts = paths.map(async (path) => [path.slice(root.length), await readFile(path, 'latin1')]);
  return Object.fromEntries(await Promise.all(texts));
}

function withoutToken<Request extends { readonly headers: IncomingHttpHeaders }>(request: Request): Request {
  const { authorization, ...headers } = request.headers;
  return { ...request, headers };
}

/** What the servers got and hold, but for the one header in which each gets its token. */
function placesAtServers({ api, authoritative, resolver, zone }: Sandbox, github: GitHubApi): Texts {
  const issues = github.issues.all();
  return {
    'requests to Cloudflare': JSON.stringify(api.requests.map(withoutToken)),
    'requests to GitHub': JSON.stringify(github.requests.map(withoutToken)),
    'DNS questions': JSON.stringify([...authoritative.queries, ...resolver.queries]),
    'DNS records': JSON.stringify([zone.records, api.zones.all()]),
    connectors: JSON.stringify(api.store.all()),
    issues: JSON.stringify(issues.map((issue) => [issue, github.issues.comments(issue.number)])),
  };
}

/** Requests that hold another credential than their server's, and what was sent astray. */
function strangers(
  { api }: Sandbox,
  github: GitHubApi,
  stray: ApiServer,
  used: ReadonlySet<string>,
): readonly string[] {
  const isBearer = ({ authorization = '' }: IncomingHttpHeaders, tokens: ReadonlySet<string>) =>
    authorization.startsWith('Bearer ') && tokens.has(authorization.slice('Bearer '.length));
  const others = [
    ...api.requests.filter(({ headers }) => !isBearer(headers, used)),
    ...github.requests.filter(({ headers }) => !isBearer(headers, new Set([github.token]))),
  ];
  return [
    ...others.map(({ method, path, headers }) => `${method} ${path} with ${headers.authorization}`),
    ...(stray.connections() > 0 ? ['a connection to where nothing is sent'] : []),
  ];
}
