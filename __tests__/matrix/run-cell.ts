import type { ApiFault, ApiFaultRule } from '../../sandbox/index.ts';
import type { StepResult } from '../../sandbox/runner.ts';
import type { Call } from './call.ts';
import { type Cell, type CellResult, isTaken, type Verdict } from './cell.ts';
import { problemsOf } from './judge.ts';
import { type Surroundings, startWorld, type World } from './world.ts';

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
  const first = await world.run(call.inputs, onLine);
  const verdict = verdictOf(cell, first);
  const seen = problemsOf(cell, verdict, first, world, before);
  await repair(call, world, surroundings);
  const second = needsSecondRun(cell, verdict) ? await world.run(call.inputs) : undefined;
  return {
    ...cell,
    verdict,
    problems: [...seen, ...(second ? healingProblems(cell, verdict, second, world) : [])],
  };
}

function serverOf({ server }: Call, { sandbox, github }: World) {
  return server === 'github' ? github : sandbox.api;
}

/** Sets up the fault; returns a callback for each line of the log. */
function arm(
  { call, fault: { misfortune }, frequency }: Cell,
  world: World,
  { expired, elsewhere }: Surroundings,
): ((line: string) => void) | undefined {
  const server = serverOf(call, world);
  const times = frequency === 'once' ? 1 : undefined;
  const target = { method: call.method, path: call.path, times };
  switch (misfortune.kind) {
    case 'answer':
      server.faults.add({ ...target, carryOut: misfortune.carryOut ?? false, fault: misfortune.fault() });
      return undefined;
    case 'redirect':
      server.faults.add({ ...target, fault: { kind: 'redirect', status: 307, location: elsewhere } });
      return undefined;
    case 'refused':
      justBefore(call, world, () => server.reachability.pause());
      return (line) => {
        if (frequency === 'once' && / again in /.test(line)) void server.reachability.resume();
      };
    case 'expired-certificate':
      justBefore(call, world, () => server.reachability.useIdentity(expired));
      return undefined;
  }
}

/** Acts right before the call, which then needs a new connection. */
function justBefore(call: Call, world: World, act: () => void): void {
  if (call.after === undefined) {
    act();
    return;
  }
  const fault: ApiFault = { kind: 'last-of-connection', before: act };
  const rule: ApiFaultRule = { ...call.after, times: 1, carryOut: true, fault };
  serverOf(call, world).faults.add(rule);
}

async function repair(call: Call, world: World, { valid }: Surroundings): Promise<void> {
  const { faults, reachability } = serverOf(call, world);
  faults.clear();
  await reachability.resume();
  if (world.sandbox.apiUrl.startsWith('https:') || world.github.url.startsWith('https:')) {
    reachability.useIdentity(valid);
  }
}

function verdictOf({ call, fault }: Cell, { exitCode }: StepResult): Verdict {
  if (exitCode !== 0) return 'refused';
  return call.isOptional === true && fault.once !== 'works' ? 'without' : 'recovered';
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
