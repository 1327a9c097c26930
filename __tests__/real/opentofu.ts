/** OpenTofu's own reading of HCL: format, validity, and what expressions evaluate to. No provider is needed. */
import { parse } from '@cdktf/hcl2json';
import { runTool, type ToolRun } from './real-tools.ts';

type Files = Readonly<Record<string, string>>;

/** What `tofu fmt` would change in these files, or does not understand; empty if nothing. */
export function unformatted(files: Files): string {
  const { exitCode, stdout, stderr } = runTool(
    'tofu',
    ['fmt', '-check', '-diff', '-no-color', '-recursive'],
    {
      files,
    },
  );
  return exitCode === 0 ? '' : `${stdout}${stderr}` || `exit code ${exitCode}`;
}

/** The text as `tofu fmt` writes it. */
export function formatted(text: string): string {
  const { exitCode, stdout, stderr } = runTool('tofu', ['fmt', '-'], { files: {}, stdin: text });
  if (exitCode !== 0) throw new Error(`tofu fmt: ${stderr}`);
  return stdout;
}

/** `tofu validate` of a configuration. */
export function validate(files: Files): ToolRun {
  return runTool('tofu', ['validate', '-no-color'], { files });
}

/** The value of an expression in a configuration, its variables taken from `*.auto.tfvars.json`, as `tofu console` has it. */
export function evaluate(files: Files, expression: string): unknown {
  const stdin = `jsonencode(${expression})\n`;
  const { exitCode, stdout, stderr } = runTool('tofu', ['console', '-no-color'], { files, stdin });
  if (exitCode !== 0) throw new Error(`tofu console: ${stderr || stdout}`);
  // The console prints a string as HCL, which for the output of jsonencode is JSON too.
  return JSON.parse(JSON.parse(stdout) as string);
}

/** A configuration's blocks as they are in JSON syntax, as far as they are read here. */
interface Parsed {
  readonly variable?: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;
  readonly resource?: Readonly<
    Record<string, Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>>
  >;
}

/** A configuration without its providers: its variables, and for each argument of a resource the local value `TYPE_NAME_ARGUMENT`. */
export interface WithoutProviders {
  readonly files: Files;
  readonly locals: readonly string[];
}

/** Turns the resources, whose providers are not there, into local values with the same expressions. */
export async function withoutProviders(text: string): Promise<WithoutProviders> {
  const { variable = {}, resource = {} } = (await parse('main.tf', text)) as Parsed;
  const locals = Object.fromEntries(
    Object.entries(resource).flatMap(([type, named]) =>
      Object.entries(named).flatMap(([name, [body = {}]]) =>
        Object.entries(body)
          .filter(([argument]) => argument !== 'lifecycle')
          .map(([argument, value]) => [`${type}_${name}_${argument}`, value]),
      ),
    ),
  );
  // A type constraint is an expression in HCL, and a bare string in JSON syntax.
  const bare = (value: unknown) => (typeof value === 'string' ? value.replace(/^\$\{(.*)\}$/s, '$1') : value);
  const variables = Object.fromEntries(
    Object.entries(variable).map(([name, [body = {}]]) => [name, { ...body, type: bare(body['type']) }]),
  );
  return {
    files: {
      'main.tf.json': JSON.stringify({
        ...(Object.keys(variables).length > 0 && { variable: variables }),
        locals,
      }),
    },
    locals: Object.keys(locals),
  };
}
