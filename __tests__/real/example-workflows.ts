/** The workflows of `examples/` and of the documents, as data. */
import { readdir, readFile } from 'node:fs/promises';
import { data, Evaluator, Lexer, Parser } from '@actions/expressions';
import { parse } from 'yaml';
import { DOCUMENTS, readDocument, yamlBlocks } from './documents.ts';

/** A workflow file, as far as the examples use its syntax. */
export interface Workflow {
  /** What starts it; a name alone, or what each event takes. */
  readonly on?: string | Readonly<Record<string, WorkflowEvent | null>>;
  readonly permissions?: unknown;
  readonly concurrency?: unknown;
  readonly jobs: Readonly<Record<string, WorkflowJob>>;
}

/** What starts a {@link Workflow}. */
export interface WorkflowEvent {
  readonly inputs?: Readonly<Record<string, { readonly default?: unknown }>>;
}

/** A job of a {@link Workflow}. */
export interface WorkflowJob {
  readonly needs?: string | readonly string[];
  readonly if?: string;
  readonly outputs?: Readonly<Record<string, string>>;
  readonly strategy?: { readonly matrix: Readonly<Record<string, string>> };
  readonly 'timeout-minutes'?: number;
  readonly steps: readonly WorkflowStep[];
}

/** A step of a {@link WorkflowJob}. */
export interface WorkflowStep {
  readonly id?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly 'working-directory'?: string;
  readonly with?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
}

/** One file of `examples/`. */
export interface Example {
  readonly name: string;
  readonly text: string;
  readonly workflow: Workflow;
}

/** What `action.yml` says about inputs and outputs. */
export interface ActionMetadata {
  readonly inputs: Readonly<Record<string, { readonly default?: string }>>;
  readonly outputs: Readonly<Record<string, unknown>>;
}

const ROOT = new URL('../../', import.meta.url);

/** All examples, sorted by name. */
export async function readExamples(): Promise<readonly Example[]> {
  const folder = new URL('examples/', ROOT);
  const names = (await readdir(folder)).filter((name) => /\.ya?ml$/.test(name)).sort();
  // Tests that go through all examples would pass with none.
  if (names.length === 0) throw new Error(`there are no workflows in ${folder}`);
  return Promise.all(
    names.map(async (name) => {
      const text = await readFile(new URL(name, folder), 'utf8');
      return { name, text, workflow: parse(text) as Workflow };
    }),
  );
}

/**
 * Every complete workflow that people copy or call: the examples, `connect.yml`, and those in the documents, which are
 * named after their document.
 */
export async function readAllWorkflows(): Promise<readonly Example[]> {
  const inDocuments = DOCUMENTS.flatMap(({ path, text }) =>
    yamlBlocks(text).map((block) => ({ name: path, text: block })),
  );
  const connect = { name: 'connect.yml', text: readDocument('.github/workflows/connect.yml') };
  const others = [connect, ...inDocuments].map((one) => ({ ...one, workflow: parse(one.text) as Workflow }));
  return [...(await readExamples()), ...others.filter(({ workflow }) => workflow.jobs !== undefined)];
}

/** Whether a workflow runs by itself, again and again. */
export function isScheduled({ on }: Workflow): boolean {
  return typeof on === 'object' && 'schedule' in on;
}

/** Whether a step of a workflow runs mode `enable`. */
export function enables({ jobs }: Workflow): boolean {
  const steps = Object.values(jobs).flatMap((job) => job.steps.filter(isThisAction));
  return steps.some(({ with: given }) => /\benable\b/.test(given?.['mode'] ?? ''));
}

/** The default of each input of a workflow; empty where it has none. */
export function defaultInputs({ on }: Workflow): Readonly<Record<string, unknown>> {
  const events = typeof on === 'object' ? Object.values(on) : [];
  const inputs = Object.assign({}, ...events.map((event) => event?.inputs)) as object;
  return Object.fromEntries(Object.entries(inputs).map(([name, input]) => [name, input.default ?? '']));
}

/** `action.yml`. */
export async function readActionMetadata(): Promise<ActionMetadata> {
  return parse(await readFile(new URL('action.yml', ROOT), 'utf8')) as ActionMetadata;
}

/** Whether a step uses this action: `connect.yml` at its own commit, all others at the tag. */
export function isThisAction({ uses = '' }: WorkflowStep): boolean {
  return uses === '$/action' || /^[\w-]+\/cloudflare-dashboard-sso-connector@v1$/.test(uses);
}

/** The jobs that a job needs. */
export function needsOf({ needs = [] }: WorkflowJob): readonly string[] {
  return [needs].flat();
}

/** The contexts of expressions: `github`, `steps`, `needs` and so on. */
export type Contexts = Readonly<Record<string, unknown>>;

/** How what came before ended; what `success()` and its like say. */
export interface Status {
  readonly succeeded: boolean;
  /** Not so if it was only skipped or cancelled. */
  readonly failed: boolean;
  /** Whether somebody cancelled the run. */
  readonly cancelled: boolean;
}

const ALL_WELL: Status = { succeeded: true, failed: false, cancelled: false };

/** Evaluates one expression with GitHub's own library; only the contexts that are given are known. */
export function evaluate(
  expression: string,
  contexts: Contexts,
  { succeeded, failed, cancelled }: Status = ALL_WELL,
) {
  const functions = Object.entries({
    success: succeeded && !cancelled,
    failure: failed && !cancelled,
    always: true,
    cancelled,
  }).map(([name, value]) => ({ name, minArgs: 0, maxArgs: 0, call: () => new data.BooleanData(value) }));
  const { tokens } = new Lexer(expression).lex();
  const parsed = new Parser(tokens, Object.keys(contexts), functions).parse();
  const dictionary = JSON.parse(JSON.stringify(contexts), data.reviver) as data.Dictionary;
  return new Evaluator(parsed, dictionary, new Map(functions.map((one) => [one.name, one]))).evaluate();
}

const EXPRESSION = /\$\{\{(.*?)\}\}/gs;

/** The text with the value of each `${{ }}` in its place. */
export function interpolate(text: string, contexts: Contexts): string {
  return text.replaceAll(EXPRESSION, (_, expression: string) =>
    evaluate(expression.trim(), contexts).coerceString(),
  );
}

/** Evaluates an `if`, in which `${{ }}` may be left out, and `success()` too. */
export function isTrue(condition: string | undefined, contexts: Contexts, status: Status): boolean {
  const expression = /^\s*\$\{\{(.*)\}\}\s*$/s.exec(condition ?? '')?.[1] ?? condition ?? 'success()';
  const asksForStatus = /\b(?:success|failure|always|cancelled)\s*\(/.test(expression);
  if (!asksForStatus && (!status.succeeded || status.cancelled)) return false;
  return !['', 'false', '0'].includes(evaluate(expression.trim(), contexts, status).coerceString());
}

/** The list of JSON values that an expression such as `${{ fromJSON(…) }}` gives. */
export function evaluateList(text: string, contexts: Contexts): readonly unknown[] {
  const expression = /^\$\{\{(.*)\}\}$/s.exec(text.trim())?.[1] ?? '';
  return JSON.parse(
    JSON.stringify(evaluate(expression.trim(), contexts), data.replacer),
  ) as readonly unknown[];
}
