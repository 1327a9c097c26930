import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { StepResult } from '../../sandbox/runner.ts';
import { arm, serverOf } from './arm.ts';
import { type Call, takesBack } from './call.ts';
import { type Cell, type CellResult, isTaken, type Verdict } from './cell.ts';
import { lastLineOf, problemsOf } from './judge.ts';
import { DOMAIN, type Hooks, type Surroundings, startWorld, type World } from './world.ts';

/** Runs the step with the fault, checks the result, removes the fault, and runs the step again. */
export async function runCell(cell: Cell, surroundings: Surroundings): Promise<CellResult> {
  const { call, fault } = cell;
  const { misfortune } = fault;
  await using world = await startWorld(surroundings, {
    tlsServer: misfortune.kind === 'expired-certificate' ? call.server : undefined,
    isStalled: misfortune.kind === 'answer' && misfortune.fault().kind.startsWith('stall'),
  });
  call.arrange?.(world);
  const before = world.snapshot();
  const onLine = arm(cell, world, surroundings);
  const first = await world.run(call.inputs, hooksFor(cell, world, onLine));
  const verdict = verdictOf(cell, first);
  const seen = problemsOf(cell, verdict, first, world, before);
  await repair(call, world, surroundings);
  return {
    ...cell,
    verdict,
    problems: [...seen, ...(await heal(cell, verdict, first, world, surroundings))],
  };
}

/** More attempts than any other request gets. */
const ATTEMPTS_BEFORE_KILL = 6;

/** Somebody who signs in when asked to; a runner that kills a step that never ends. */
function hooksFor({ call, frequency }: Cell, world: World, onLine: (line: string) => void): Hooks {
  let pid: number | undefined;
  let attempts = 0;
  const isKilled = takesBack(call) && frequency === 'always';
  return {
    onStart(started) {
      pid = started;
    },
    onLine(line) {
      onLine(line);
      if (call.signIn === 'played') signInIfAsked(line, world);
      if (!isKilled || !line.startsWith('curl ')) return;
      attempts += 1;
      if (attempts === ATTEMPTS_BEFORE_KILL && pid !== undefined) process.kill(pid, 'SIGKILL');
    },
  };
}

function signInIfAsked(line: string, { sandbox }: World): void {
  if (line.includes('https://dash.cloudflare.com')) sandbox.playSignIn({ email: `alex@${DOMAIN}` });
}

async function repair(call: Call, world: World, { valid }: Surroundings): Promise<void> {
  const { faults, reachability } = serverOf(call, world);
  faults.clear();
  await reachability.resume();
  if (world.sandbox.apiUrl.startsWith('https:') || world.github.url.startsWith('https:')) {
    reachability.useIdentity(valid);
  }
}

function verdictOf({ call }: Cell, result: StepResult): Verdict {
  const { exitCode, stdout } = result;
  if (exitCode === null) return 'endless';
  if (takesBack(call)) return stdout.includes('is disabled again, because') ? 'recovered' : 'refused';
  if (exitCode !== 0) return 'refused';
  return call.isKnown === undefined || call.isKnown(result) ? 'recovered' : 'without';
}

/** What goes wrong once the fault is gone: in a second run, or with the command that the first one left. */
async function heal(
  cell: Cell,
  verdict: Verdict,
  first: StepResult,
  world: World,
  surroundings: Surroundings,
): Promise<readonly string[]> {
  const { call } = cell;
  if (takesBack(call)) return verdict === 'recovered' ? [] : disableByHand(call, first, world, surroundings);
  if (!needsSecondRun(cell, verdict)) return [];
  const onLine = (line: string): void => signInIfAsked(line, world);
  return healingProblems(cell, verdict, await world.run(call.inputs, { onLine }), world);
}

/** Runs the last line of the log in a shell, as somebody would. */
async function disableByHand(
  call: Call,
  first: StepResult,
  world: World,
  { caFile }: Surroundings,
): Promise<readonly string[]> {
  const { PATH = '' } = process.env;
  const env = { PATH, CLOUDFLARE_API_TOKEN: world.sandbox.apiToken, CURL_CA_BUNDLE: caFile };
  // Anything else in the last line is a problem that the judge has told.
  const command = lastLineOf(first);
  if (!command.startsWith('curl ')) return [];
  const { stdout } = await promisify(execFile)('sh', ['-c', command], { env });
  return call.isReached(world) ? [] : [`the command does not disable the connector: ${stdout}`];
}

/** After every failure, and when a request that had its effect could be sent a second time. */
function needsSecondRun(cell: Cell, verdict: Verdict): boolean {
  return verdict === 'refused' || isTaken(cell);
}

function healingProblems(
  { call }: Cell,
  verdict: Verdict,
  result: StepResult,
  world: World,
): readonly string[] {
  const problems: string[] = [];
  if (result.exitCode !== 0) problems.push(`the second run fails:\n${result.stdout}`);
  if (!call.isReached(world)) problems.push(`the second run does not do the work: ${world.snapshot()}`);
  const comments = world.github.issues.comments(1).length;
  const mayBeTwo = verdict === 'refused' && call.mayCommentAgain === true;
  if (comments > (mayBeTwo ? 2 : 1)) problems.push(`${comments} comments after the second run`);
  return problems;
}
