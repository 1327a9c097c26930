import { type Sandbox, type SsoConnector, startSandbox } from '../../sandbox/index.ts';
import { runStep, type StepResult } from '../../sandbox/runner.ts';
import { FAST_CLOCK } from '../real/preload.ts';
import { type Random, seededRandom } from './random.ts';
import { addFaults, randomScenario, type Scenario } from './scenario.ts';

const DOMAIN = 'example.com';
const ID = 'c'.repeat(32);
const CODE = `cloudflare_dashboard_sso=${'7'.repeat(32)}`;

/** The end of a seed. */
export interface SeedResult {
  readonly seed: number;
  readonly scenario: Scenario;
  readonly faults: string;
  readonly exitCode: number | null;
  /** Everything that contradicts the sandbox; empty if nothing does. */
  readonly problems: readonly string[];
  readonly log: string;
}

/** Runs a step under faults, compares what it says with what is, ends the faults, and runs it again. */
export async function runSeed(seed: number): Promise<SeedResult> {
  const random = seededRandom(seed);
  const scenario = randomScenario(random);
  const { sandbox: started, begin } = await startScenario(scenario, random);
  await using sandbox = started;
  const faults = addFaults(sandbox, random);
  const first = await run(sandbox, scenario);
  const problems = contradictions(first, sandbox, scenario);
  sandbox.api.faults.clear();
  // Whoever starts another run sees what the first one has left: only a run itself knows what it has just written.
  begin();
  const second = await run(sandbox, scenario);
  const again = contradictions(second, sandbox, scenario).map((problem) => `second run: ${problem}`);
  const healing =
    second.exitCode === 0 || isRightlyRefused(scenario, second) ? [] : ['the second run failed'];
  return {
    seed,
    scenario,
    faults,
    exitCode: first.exitCode,
    problems: [...problems, ...again, ...healing],
    log: `${first.stdout}\n---\n${second.stdout}`,
  };
}

/** `begin` makes all that there is old enough for every read to show it. */
async function startScenario(
  scenario: Scenario,
  random: Random,
): Promise<{ readonly sandbox: Sandbox; readonly begin: () => void }> {
  const { allowsDuplicates, connector, isPublished, maxLagMs } = scenario;
  let startedAtMs = Date.now();
  const sandbox = await startSandbox({
    pollIntervalMs: 20,
    allowsDuplicates,
    readLagMs: () => Math.min(random.next() * maxLagMs, Date.now() - startedAtMs),
  });
  if (isPublished) sandbox.publishTxt(DOMAIN, CODE);
  if (connector !== undefined)
    sandbox.seedConnector({ emailDomain: DOMAIN, id: ID, code: CODE, ...connector });
  const begin = (): void => {
    startedAtMs = Date.now();
  };
  begin();
  return { sandbox, begin };
}

function run(sandbox: Sandbox, { modes, isById }: Scenario): Promise<StepResult> {
  return runStep({
    with: {
      mode: modes,
      ...(isById ? { 'connector-id': ID } : { 'email-domain': DOMAIN }),
      'api-url': sandbox.apiUrl,
      resolvers: sandbox.resolver.address,
      'authoritative-servers': sandbox.authoritative.address,
      timeout: '90s',
      'poll-interval': '1s',
      'fail-on-drift': 'false',
    },
    env: {
      CLOUDFLARE_ACCOUNT_ID: sandbox.accountId,
      CLOUDFLARE_API_TOKEN: sandbox.apiToken,
      NODE_OPTIONS: FAST_CLOCK,
    },
  });
}

/** What outputs, exit code and summary say that is not so. */
function contradictions(result: StepResult, sandbox: Sandbox, scenario: Scenario): readonly string[] {
  const connectors = sandbox.api.store.list(sandbox.accountId);
  const { state, enabled, created, 'connector-id': id } = result.outputs;
  const named = connectors.find((one) => one.id === id) ?? connectors[0];
  const problems: string[] = [];
  const claim = (isTrue: boolean, said: string): void => {
    if (!isTrue) problems.push(`${said}; true: ${JSON.stringify(connectors.map(shown))}`);
  };
  if (enabled !== undefined) claim(enabled === String(named?.enabled), `enabled=${enabled}`);
  if (state !== undefined) claim(states(named).includes(state), `state=${state}`);
  if (state !== undefined && state !== 'absent')
    claim(
      connectors.some((one) => one.id === id),
      `connector-id=${id}`,
    );
  if (created === 'true' && state !== 'absent') claim(scenario.connector === undefined, 'created=true');
  if (result.summary.includes('✅&nbsp;enabled')) claim(named?.enabled === true, 'the summary says enabled');
  if (result.exitCode === 0) claim(isReached(scenario, sandbox, connectors), 'exit code 0');
  claim(connectors.length <= 1, 'one connector');
  claim(result.stderr === '', `stderr ${result.stderr}`);
  claim(
    !connectors.some((one) => one.enabled && one.verification.status !== 'verified'),
    'never enabled unverified',
  );
  return problems;
}

function shown({ id, enabled, verification }: SsoConnector): string {
  return `${id.slice(0, 4)} ${enabled ? 'enabled' : 'disabled'} ${verification.status}`;
}

/** Whoever looks at a pending connector may see it verified a moment later. */
function states(connector: SsoConnector | undefined): readonly string[] {
  if (connector === undefined) return ['absent'];
  if (connector.enabled) return ['enabled'];
  return ['awaiting-dns', 'verifying', ...(connector.verification.status === 'verified' ? ['verified'] : [])];
}

function isReached({ modes }: Scenario, sandbox: Sandbox, connectors: readonly SsoConnector[]): boolean {
  const last = modes.split(', ').at(-1);
  const [connector] = connectors;
  switch (last) {
    case 'create':
      return connector !== undefined;
    case 'publish-dns':
      return sandbox.zone.records.some(
        (one) => one.type === 'TXT' && one.data.join('') === connector?.verification.code,
      );
    case 'enable':
      return connector?.enabled === true;
    case 'disable':
      return connectors.every((one) => !one.enabled);
    case 'delete':
      return connectors.length === 0;
    default:
      return true;
  }
}

/** Some steps cannot end well however often they are run. */
function isRightlyRefused(
  { modes, isPublished, connector, isById }: Scenario,
  { stdout }: StepResult,
): boolean {
  if (modes === 'delete') return stdout.includes('is enabled');
  if (modes === 'enable') return !isPublished || stdout.includes('no SSO connector');
  if (modes.endsWith('disable') && connector === undefined) return true;
  // By ID, a connector that an earlier run has deleted is not found.
  return isById && stdout.includes('not found');
}
