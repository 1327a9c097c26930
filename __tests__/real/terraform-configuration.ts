import { parse } from '@cdktf/hcl2json';

/** A value of an attribute. */
export type Value = string | number | boolean | null | readonly Value[];

/** The attributes of a resource, a data source or a state. */
export type Values = Readonly<Record<string, Value>>;

/** A block of a resource or a data source. */
export interface Block {
  readonly type: string;
  readonly name: string;
  readonly values: Values;
  readonly ignoredChanges: ReadonlySet<string>;
  readonly preventsDestroy: boolean;
}

/** What the files of a root module declare, as far as it is about Cloudflare. */
export interface Configuration {
  readonly resources: readonly Block[];
  readonly dataSources: readonly Block[];
  readonly imports: readonly { readonly to: string; readonly id: string }[];
}

type Blocks = Readonly<
  Record<string, Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>>
>;

interface File {
  readonly resource?: Blocks;
  readonly data?: Blocks;
  readonly import?: readonly { readonly to: string; readonly id: string }[];
}

/** `${var.name}` or `${var.name["key"]}`. */
const VARIABLE = /^\$\{var\.(\w+)(?:\["([^"]+)"\])?\}$/;

/** What a string of the configuration means; expressions other than variables are for the real Terraform. */
function meaningOf(written: unknown, variables: Readonly<Record<string, unknown>>): Value {
  if (typeof written !== 'string') return written as Value;
  const [, name, key] = VARIABLE.exec(written) ?? [];
  if (name !== undefined) {
    const variable = variables[name];
    const value = key === undefined ? variable : (variable as Record<string, unknown> | undefined)?.[key];
    if (value === undefined) throw new Error(`${written} has no value`);
    return value as Value;
  }
  if (/(?<![$%])[$%]\{/.test(written)) throw new Error(`${written} is more than this reader knows`);
  return written.replaceAll('$${', '${').replaceAll('%%{', '%{');
}

function blocksOf(blocks: Blocks = {}, variables: Readonly<Record<string, unknown>>): readonly Block[] {
  return Object.entries(blocks)
    .filter(([type]) => type.startsWith('cloudflare_'))
    .flatMap(([type, named]) =>
      Object.entries(named).map(([name, [body = {}]]): Block => {
        const { lifecycle, ...attributes } = body;
        const [{ ignore_changes = [], prevent_destroy = false } = {}] = (lifecycle ?? []) as readonly {
          readonly ignore_changes?: readonly string[];
          readonly prevent_destroy?: boolean;
        }[];
        const entries = Object.entries(attributes).map(([key, value]) => [key, meaningOf(value, variables)]);
        return {
          type,
          name,
          values: Object.fromEntries(entries),
          ignoredChanges: new Set(ignore_changes.map((one) => one.replaceAll(/[${}]/g, ''))),
          preventsDestroy: prevent_destroy,
        };
      }),
    );
}

/**
 * Reads the files of a root module by HCL's own parser. Files that end in `.auto.tfvars.json` give variables their
 * values, as `variables` does.
 */
export async function readConfiguration(
  files: Readonly<Record<string, string>>,
  variables: Readonly<Record<string, unknown>> = {},
): Promise<Configuration> {
  const isValues = (name: string) => name.endsWith('.auto.tfvars.json');
  const given: Record<string, unknown> = { ...variables };
  for (const [name, text] of Object.entries(files))
    if (isValues(name)) Object.assign(given, JSON.parse(text));
  const names = Object.keys(files).filter((name) => !isValues(name));
  const read = await Promise.all(
    names.map(async (name) => (await parse(name, files[name] ?? '')) as unknown as File),
  );
  const resources = read.flatMap(({ resource }) => blocksOf(resource, given));
  const addresses = resources.map(addressOf);
  const twice = addresses.find((address, index) => addresses.indexOf(address) !== index);
  if (twice !== undefined) throw new Error(`Duplicate resource ${twice}`);
  return {
    resources,
    dataSources: read.flatMap(({ data }) => blocksOf(data, given)),
    imports: read.flatMap(({ import: imports = [] }) =>
      imports.map(({ to, id }) => ({
        to: to.replaceAll(/[${}]/g, ''),
        id: String(meaningOf(id, given)),
      })),
    ),
  };
}

/** `cloudflare_sso_connector.example_com` */
export function addressOf({ type, name }: Pick<Block, 'type' | 'name'>): string {
  return `${type}.${name}`;
}
