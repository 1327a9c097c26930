/**
 * Runs inside a network namespace of its own: the small internet, and the action in it, once for each scenario whose
 * name is given, or for all. Prints the outcomes as JSON, by the names of the scenarios.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import pLimit from 'p-limit';
import { type CloudflareApi, startCloudflareApi } from '../../../sandbox/cloudflare/cloudflare-api.ts';
import { SANDBOX_ACCOUNT_ID, SANDBOX_API_TOKEN } from '../../../sandbox/index.ts';
import { runStep, type Step } from '../../../sandbox/runner.ts';
import { CODE, type Outcome, type Scenario } from './scenario.ts';
import { SCENARIOS, type ScenarioName } from './scenarios.ts';
import { type OpenPlace, type Place, startWorld, type World } from './world.ts';

const AT_ONCE = 8;
const MOST_RESOLVERS = 4;

const names = Object.keys(SCENARIOS) as ScenarioName[];
const chosen = process.argv.length > 2 ? names.filter((name) => process.argv.includes(name)) : names;
const places = chosen.map((name, index): Place => {
  const at = { nsd: `127.2.${index}.1`, named: `127.2.${index}.2` };
  const resolverHosts = Array.from({ length: MOST_RESOLVERS }, (_, each) => `127.1.${index}.${each + 1}`);
  return { scenario: SCENARIOS[name](at), at, resolverHosts };
});

await using world = await startWorld(places);
await using api = await startCloudflareApi({ host: '127.0.0.1', now: Date.now, dnsAddress: '127.0.0.1:53' });
api.store.addAccount({ accountId: SANDBOX_ACCOUNT_ID });
api.tokens.add({ value: SANDBOX_API_TOKEN });
const limit = pLimit(AT_ONCE);
const outcomes = await Promise.all(places.map((place) => limit(() => play(world, api, place))));
console.log(JSON.stringify(Object.fromEntries(outcomes.map((one, index) => [chosen[index], one]))));

async function play(world: World, api: CloudflareApi, place: Place): Promise<Outcome> {
  const { scenario, resolverHosts } = place;
  await using opened = await world.open(place);
  for (const { resolver, name } of scenario.earlier?.questions ?? []) await world.askEarlier(resolver, name);
  await world.add(scenario.earlier?.additions ?? {});
  const ended = new AbortController();
  let early: readonly string[] | undefined;
  const publishing = publish(world, place, opened, ended.signal, () => {
    early = questions(opened);
  });
  const { with: what, env = {} } = subjectOf(scenario, api);
  const resolvers = resolverHosts.slice(0, opened.resolvers.length).join(', ');
  const patience = { timeout: '40s', 'poll-interval': '2s' };
  const step = await runStep({ with: { ...what, resolvers, ...patience, ...scenario.inputs }, env });
  ended.abort();
  await publishing;
  const { exitCode, stdout, outputs, durationMs } = step;
  const asked = questions(opened);
  const own = scenario.own;
  return {
    exitCode,
    stdout,
    outputs,
    own,
    early: early ?? asked,
    asked,
    hasPublished: early !== undefined,
    durationMs,
  };
}

/** What the step is about. */
function subjectOf({ mode, domain }: Scenario, api: CloudflareApi): Pick<Step, 'with' | 'env'> {
  const name = { 'email-domain': domain };
  if (mode === undefined) return { with: { ...name, mode: 'wait-for-dns', 'verification-code': CODE } };
  api.store.create(SANDBOX_ACCOUNT_ID, {
    emailDomain: domain,
    code: CODE,
    status: 'verified',
    enabled: true,
  });
  return {
    with: { ...name, mode, 'api-url': api.url },
    env: { CLOUDFLARE_ACCOUNT_ID: SANDBOX_ACCOUNT_ID, CLOUDFLARE_API_TOKEN: SANDBOX_API_TOKEN },
  };
}

function questions({ resolvers }: OpenPlace): readonly string[] {
  return resolvers.flatMap(({ queries }) => queries.map(({ name, type }) => `${name.toLowerCase()} ${type}`));
}

async function publish(
  world: World,
  { scenario }: Place,
  { authorities }: OpenPlace,
  ended: AbortSignal,
  onMoment: () => void,
): Promise<void> {
  if (scenario.publication === undefined) return;
  const { onceRegistryAsked: awaited } = scenario;
  const isMoment = (): boolean =>
    awaited === undefined
      ? authorities.some(({ queries }) => queries.some(({ type }) => type === 'TXT'))
      : world.registries.some(({ queries }) => queries.some(({ name }) => name.toLowerCase() === awaited));
  while (!isMoment()) {
    if (ended.aborted) return;
    await sleep(20);
  }
  onMoment();
  await world.add(scenario.publication);
}
