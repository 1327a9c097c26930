import type { StepResult } from '../../sandbox/runner.ts';
import { takesBack } from './call.ts';
import { falseOutputs } from './calls.ts';
import { type Cell, isTaken, type Verdict } from './cell.ts';
import { connectorsOf, DOMAIN, textsOf, type World } from './world.ts';

const MAX_ATTEMPTS = 5;

/** Everything that is wrong in a run with a fault; empty if nothing is. */
export function problemsOf(
  cell: Cell,
  verdict: Verdict,
  result: StepResult,
  world: World,
  before: string,
): readonly string[] {
  const problems = [
    ...unexpectedVerdict(cell, verdict),
    ...logProblems(result, world),
    ...(verdict === 'refused' ? errorProblems(cell, result) : []),
    ...(verdict === 'recovered' || verdict === 'without' ? successProblems(cell, result, world) : []),
    ...unconfirmed(cell, verdict, result, world),
    // On and off again is a change as well, and leaves nothing to see.
    ...(cell.call.signIn === undefined ? changeProblems(result, before !== world.snapshot()) : []),
    ...duplicates(world),
    ...falseOutputs(result, world),
    ...tooManyAttempts(cell, world),
  ];
  // For debugging.
  if (problems.length > 0) problems.push(result.stdout, result.stderr, JSON.stringify(result.outputs));
  return problems;
}

/** A fault that happens once must not fail the step; one that stays must not look like success. */
function unexpectedVerdict(cell: Cell, verdict: Verdict): readonly string[] {
  const expected = expectedVerdict(cell);
  return expected === undefined || verdict === expected ? [] : [`${verdict}, not ${expected}`];
}

/** `undefined` if two are right: a fault that stays need not be seen, since the request has its effect. */
function expectedVerdict(cell: Cell): Verdict | undefined {
  const { call, fault, frequency } = cell;
  // Disabling again is tried in any case; an expired certificate alone stays although it comes once.
  if (takesBack(call) && frequency === 'always') return 'endless';
  if (takesBack(call)) return fault.misfortune.kind === 'expired-certificate' ? 'refused' : 'recovered';
  if (frequency === 'always' && isTaken(cell)) return undefined;
  if (frequency === 'once' && fault.once !== 'refuses') return 'recovered';
  return call.isKnown === undefined ? 'refused' : 'without';
}

/** The last line of the log. */
export function lastLineOf({ stdout }: StepResult): string {
  return stdout.trimEnd().split('\n').at(-1) ?? '';
}

/** Nobody may be left behind with an enabled connector that nobody has confirmed, but for the command that disables it. */
function unconfirmed({ call }: Cell, verdict: Verdict, result: StepResult, world: World): readonly string[] {
  if (call.signIn === undefined) return [];
  const isEnabled = connectorsOf(world.sandbox).some(({ enabled }) => enabled);
  const isConfirmed = result.outputs['confirmed'] === 'true';
  const isCommand = /^curl --fail-with-body -X PATCH .*\$CLOUDFLARE_API_TOKEN/.test(lastLineOf(result));
  const needsCommand = verdict === 'endless' || (isEnabled && !isConfirmed);
  return [
    ...(needsCommand && !isCommand ? [`no command in the last line: ${lastLineOf(result)}`] : []),
    ...(isConfirmed && !isEnabled ? ['confirmed, but disabled'] : []),
    ...(isConfirmed && call.signIn === 'missing' ? ['confirmed by nobody'] : []),
    ...(!isEnabled && /is still enabled and/.test(result.stdout) ? ['not enabled, as the error says'] : []),
  ];
}

/** Only for a fault that stays: otherwise a mode may have its own reasons to ask again. */
function tooManyAttempts({ call, frequency }: Cell, { sandbox, github }: World): readonly string[] {
  // After a fault that lasts five requests, a sixth attempt would succeed, which is not the verdict.
  if (frequency === 'once' || call.lasts !== undefined || takesBack(call)) return [];
  const { requests } = call.server === 'github' ? github : sandbox.api;
  const attempts = requests.filter(({ method, path }) => method === call.method && call.path.test(path));
  const ofFault = attempts.length - (call.skip ?? 0);
  return ofFault > MAX_ATTEMPTS ? [`${ofFault} attempts`] : [];
}

function logProblems({ stdout, stderr }: StepResult, world: World): readonly string[] {
  const problems: string[] = [];
  // The runner hides these lines.
  const shown = stdout.split('\n').filter((line) => !/^::(add-mask|debug)::/.test(line));
  if (shown.some((line) => /^\s+at .+\d+\)?$/.test(line))) problems.push('a stack in the log');
  if (/defect of the action/.test(stdout)) problems.push('"a defect of the action"');
  if (stderr !== '') problems.push('something on standard error');
  const unmasked = stdout.split('\n').filter((line) => !line.startsWith('::add-mask::'));
  for (const token of world.tokens) {
    if (unmasked.some((line) => line.includes(token))) problems.push('a token in the log');
  }
  return problems;
}

function errorProblems({ call, fault }: Cell, { stdout, summary }: StepResult): readonly string[] {
  const errors = stdout.split('\n').filter((line) => line.startsWith('::error'));
  const [error = ''] = errors;
  const [, text = ''] = /^::error[^:]*(?::(?!:)[^:]*)*::(.*)$/.exec(error) ?? [];
  const [message = '', hint = ''] = text.split('%0A');
  const paths = [...message.matchAll(/(GET|POST|PATCH|DELETE) (\/[^\s?:,)]*)/g)];
  const isNamed = paths.some(([, method, path = '']) => method === call.method && call.path.test(path));
  return [
    ...(errors.length === 1 ? [] : [`${errors.length} errors`]),
    ...(isNamed ? [] : [`the error does not name ${call.method} and path: ${message}`]),
    ...(fault.seen.test(message) ? [] : [`the error does not say what was seen: ${message}`]),
    // Cloudflare's own reason is enough; every other error needs a hint.
    ...(hint === '' && fault.isCloudflareOnly !== true ? ['the error has no hint'] : []),
    ...(summary === '' ? ['no job summary'] : []),
  ];
}

function successProblems(
  { call, fault }: Cell,
  { stdout, outputs }: StepResult,
  world: World,
): readonly string[] {
  const wrong = Object.entries(call.outputs).filter(([name, value]) => outputs[name] !== value);
  const isRetried = / again in /.test(stdout);
  return [
    ...(stdout.includes('::error') === takesBack(call) ? [] : ['an error, or none, contrary to its success']),
    ...(call.isReached(world) ? [] : [`the work is not done: ${world.snapshot()}`]),
    ...wrong.map(([name, value]) => `output ${name} is ${outputs[name]}, not ${value}`),
    ...(fault.once === 'works' && isRetried ? ['tried again for nothing'] : []),
  ];
}

/** `changed` must be true if and only if something changed; a failed step may leave it out. */
function changeProblems({ outputs, exitCode }: StepResult, hasChanged: boolean): readonly string[] {
  const { changed, created } = outputs;
  if (changed === 'true' && !hasChanged) return ['changed is true, and nothing has changed'];
  if (created === 'true' && !hasChanged) return ['created is true, and nothing has changed'];
  if (exitCode === 0 && hasChanged && changed !== 'true') return [`changed is ${changed}, and it has`];
  return [];
}

function duplicates({ sandbox, github }: World): readonly string[] {
  const domains = connectorsOf(sandbox).filter(({ email_domain }) => email_domain === DOMAIN);
  const texts = textsOf(sandbox);
  const issues = github.issues.all();
  const comments = issues.flatMap(({ number }) => github.issues.comments(number));
  return [
    ...(domains.length > 1 ? [`${domains.length} connectors`] : []),
    ...(new Set(texts).size < texts.length ? [`a record twice: ${texts.join(', ')}`] : []),
    ...(issues.length > 1 ? [`${issues.length} issues`] : []),
    ...(comments.length > 1 ? [`${comments.length} comments`] : []),
  ];
}
