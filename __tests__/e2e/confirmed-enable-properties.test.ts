import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ApiFault, ApiFaultRule, SignIn } from '../../sandbox/index.ts';
import { runStep, type StepResult } from '../../sandbox/runner.ts';
import {
  type ConfirmWorld,
  changesSent,
  commandFor,
  confirmingStep,
  expectNobodyNamed,
  isEnabled,
  linesOf,
  PATHS,
  startConfirmWorld,
} from '../real/confirming-step.ts';
import { FAST_DEADLINES, FAST_PAUSES } from '../real/preload.ts';
import { sendSignal } from '../real/stopped-step.ts';

const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 100);
/** The same cases in every run; another number looks elsewhere. */
const SEED = Number(process.env['PROPERTY_SEED'] ?? 1147);
/** Steps wait most of the time. */
const SIDE_BY_SIDE = 5;
/** When the runner ends a step that has not ended, after its start. */
const PATIENCE_MS = 5000;

/** One confirmed enable in a world that fails at random. */
interface Scenario {
  readonly faults: readonly ApiFaultRule[];
  readonly signIns: readonly PlayedSignIn[];
  readonly signals: readonly { readonly signal: NodeJS.Signals; readonly atMs: number }[];
}

interface PlayedSignIn {
  /** After the first change was sent. */
  readonly atMs: number;
  readonly signIn: SignIn;
}

const SSO_APP = '699d98642c564d2e855e9661899b7252';

/** What it is, and whether the request is carried out all the same: never so if it is refused. */
type Outcome = Pick<ApiFaultRule, 'fault' | 'carryOut'>;

const refusal = fc
  .oneof(
    fc.constantFrom(400, 401, 403, 404, 409, 429).map(statusOf),
    fc.constantFrom<ApiFault>(
      { kind: 'success-false', errors: [{ code: 10000, message: 'Authentication error' }] },
      { kind: 'redirect', status: 302, location: 'https://elsewhere.example/' },
    ),
  )
  .map((fault): Outcome => ({ fault }));
const failure: fc.Arbitrary<Outcome> = fc.record({
  fault: fc.oneof(
    fc.constantFrom(500, 502, 503).map(statusOf),
    fc.constantFrom<ApiFault>(
      { kind: 'reset' },
      { kind: 'stall-before-headers' },
      { kind: 'stall-in-body' },
      { kind: 'cut-body' },
      { kind: 'body', body: '{"success": tru' },
      { kind: 'body', body: '{"success": true, "result": null}' },
    ),
  ),
  carryOut: fc.boolean(),
});

function statusOf(status: number): ApiFault {
  return { kind: 'status', status, retryAfter: '1' };
}

const often = fc.oneof(fc.constant(1), fc.integer({ min: 2, max: 10 }), fc.constant(Number.MAX_SAFE_INTEGER));

/** A fault of one endpoint, mostly once the preflight has read what it needs. */
function ruleFor(method: 'GET' | 'PATCH', path: RegExp, usuallyPassing: number): fc.Arbitrary<ApiFaultRule> {
  const passing = fc.integer({ min: usuallyPassing, max: usuallyPassing + 2 });
  const skip = fc.oneof({ weight: 1, arbitrary: fc.constant(0) }, { weight: 5, arbitrary: passing });
  const outcome = fc.oneof(refusal, failure);
  return fc
    .record({ outcome, skip, times: often })
    .map(({ outcome: { fault, carryOut = false }, ...rest }) => ({ method, path, fault, carryOut, ...rest }));
}

const rule = fc.oneof(
  { weight: 2, arbitrary: ruleFor('PATCH', PATHS.connector, 0) },
  { weight: 3, arbitrary: ruleFor('PATCH', PATHS.connector, 1) },
  { weight: 2, arbitrary: ruleFor('GET', PATHS.connector, 0) },
  { weight: 2, arbitrary: ruleFor('GET', PATHS.log, 2) },
  { weight: 1, arbitrary: ruleFor('GET', PATHS.applications, 1) },
);
const GOOD: SignIn = { email: 'alex@example.com', allowed: true, appUid: SSO_APP };
/** What a sign-in may have without losing its worth, and each what alone makes it worthless. */
const HARMLESS: readonly Partial<SignIn>[] = [{}, { email: 'alex@EXAMPLE.com' }, { shownAfterMs: 300 }];
const FLAWS: readonly Partial<SignIn>[] = [
  { allowed: false },
  { appUid: 'df7e205f02b7d9d8af5d5bbc4f6c7a1e' },
  { email: 'mallory@example.com.evil.example' },
  { at: Date.now() - 60_000 },
  { shownAfterMs: 10_000 },
];
const played: fc.Arbitrary<PlayedSignIn> = fc.record({
  atMs: fc.integer({ min: 0, max: 1200 }),
  signIn: fc.constantFrom(...HARMLESS, ...FLAWS).map((one) => ({ ...GOOD, ...one })),
});
const stop = fc.record({
  signal: fc.constantFrom<NodeJS.Signals>('SIGINT', 'SIGINT', 'SIGTERM', 'SIGHUP', 'SIGKILL'),
  atMs: fc.integer({ min: 200, max: 2500 }),
});
const scenario: fc.Arbitrary<Scenario> = fc.record({
  faults: fc.oneof(fc.constant([]), fc.array(rule, { minLength: 1, maxLength: 3 })),
  signIns: fc.oneof(fc.constant([]), fc.array(played, { minLength: 1, maxLength: 2 })),
  signals: fc.oneof(
    { weight: 2, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.array(stop, { minLength: 1, maxLength: 2 }) },
  ),
});

describe('at the end of a confirmed enable, whatever fails and whenever it is stopped', () => {
  it(`somebody has signed in, or it is disabled, or the log tells how (seed ${SEED}, ${RUNS} runs)`, async () => {
    const ends: Record<string, number> = {};
    const shards = Array.from({ length: SIDE_BY_SIDE }, (_, shard) =>
      fc.assert(
        fc.asyncProperty(scenario, async (each) => {
          await using world = await startConfirmWorld();
          const end = endOf(world, await play(world, each), each);
          ends[end] = (ends[end] ?? 0) + 1;
        }),
        { numRuns: Math.ceil(RUNS / SIDE_BY_SIDE), seed: SEED + shard },
      ),
    );
    await Promise.all(shards);
    console.log(ends);
    // A property that only ever sees one end proves little.
    expect(Object.keys(ends).sort()).toEqual(['confirmed', 'disabled', 'the command']);
  }, 900_000);
});

/** Runs the step, with everything that happens to it meanwhile. */
async function play(world: ConfirmWorld, { faults, signIns, signals }: Scenario): Promise<StepResult> {
  const timers: NodeJS.Timeout[] = [];
  const later = (work: () => void, atMs: number): void => void timers.push(setTimeout(work, atMs));
  world.api.faults.add(...faults);
  const sent = setInterval(() => {
    if (changesSent(world).length === 0) return;
    clearInterval(sent);
    for (const { signIn, atMs } of signIns) later(() => world.playSignIn(signIn), atMs);
  }, 5);
  try {
    const env = { NODE_OPTIONS: `${FAST_PAUSES} ${FAST_DEADLINES}` };
    return await runStep({
      ...confirmingStep(world, { 'confirm-within': '1s' }, env),
      onStart: (pid) => {
        for (const { signal, atMs } of signals) later(() => sendSignal(pid, signal), atMs);
        later(() => sendSignal(pid, 'SIGKILL'), PATIENCE_MS);
      },
    });
  } finally {
    clearInterval(sent);
    for (const timer of timers) clearTimeout(timer);
  }
}

/** How it ended; throws unless it is one of the three ends that are promised. */
function endOf(world: ConfirmWorld, result: StepResult, { signIns }: Scenario): string {
  const { exitCode, stdout, outputs } = result;
  expectNobodyNamed(result);
  const wasKilled = exitCode === null;
  if (outputs['confirmed'] === 'true' || exitCode === 0) {
    expect(outputs).toMatchObject({ confirmed: 'true', state: 'enabled', enabled: 'true' });
    expect(isEnabled(world)).toBe(true);
    expect(signIns.filter(counts)).not.toEqual([]);
    return 'confirmed';
  }
  if (!wasKilled) expect(exitCode).toBe(1);
  if (isEnabled(world) !== true) {
    // What is not known is not claimed.
    expect(outputs['enabled']).not.toBe('true');
    return 'disabled';
  }
  const command = commandFor(world, world.connectorId);
  if (wasKilled) expect(stdout).toContain(command);
  else expect(linesOf(stdout).at(-1)).toBe(command);
  expect(outputs['enabled']).not.toBe('false');
  return 'the command';
}

function counts({ signIn }: PlayedSignIn): boolean {
  return !FLAWS.some((flaw) =>
    Object.entries(flaw).every(([key, value]) => Reflect.get(signIn, key) === value),
  );
}
