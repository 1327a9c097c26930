/** What can be known of a file's values without running Terraform. */
import type { Block, Body, Expression } from './syntax.ts';

/** The arguments in which resources and data sources have the name of a DNS zone, by their type. */
const ZONE_NAMES: Readonly<Partial<Record<string, readonly string[]>>> = {
  aws_route53_zone: ['name'],
  azurerm_dns_zone: ['name'],
  // Before version 5, "zone".
  cloudflare_zone: ['name', 'zone'],
  google_dns_managed_zone: ['dns_name'],
};

/**
 * The text that an expression stands for: it is literal, or made of literal text and the zone names that other blocks of
 * the file state (`aws_route53_zone.main.name`). `undefined` if it depends on anything else.
 */
export function textOf(expression: Expression | undefined, file: Body): string | undefined {
  if (expression?.kind === 'text') return expression.value;
  if (expression?.kind === 'template') {
    const parts = expression.parts.map((part) => (typeof part === 'string' ? part : textOf(part, file)));
    return parts.every((part) => part !== undefined) ? parts.join('') : undefined;
  }
  if (expression?.kind !== 'reference') return undefined;
  const block = zoneBlock(expression, file);
  const argument = zoneNameArgument(block);
  return argument === expression.path.at(-1) ? literalArgument(block, argument) : undefined;
}

/** The block of a zone that an expression refers to, if the file has it: `aws_route53_zone.main.zone_id`. */
export function zoneBlock(expression: Expression | undefined, file: Body): Block | undefined {
  if (expression?.kind === 'template') {
    const [only, ...others] = expression.parts;
    return others.length === 0 && typeof only === 'object' ? zoneBlock(only, file) : undefined;
  }
  if (expression?.kind !== 'reference') return undefined;
  const [first = ''] = expression.path;
  const isMarked = first === 'data' || first === 'resource';
  const [type, name, ...rest] = isMarked ? expression.path.slice(1) : expression.path;
  if (rest.length !== 1) return undefined;
  return file.blocks.find(
    ({ type: blockType, labels }) =>
      blockType === (first === 'data' ? 'data' : 'resource') && labels[0] === type && labels[1] === name,
  );
}

/** The name of the zone that a block states, in lower case and without a final dot. */
export function zoneNameIn(block: Block | undefined): string | undefined {
  const name = literalArgument(block, zoneNameArgument(block));
  return name === undefined ? undefined : plainName(name);
}

/** Whether a block says that only private networks see its zone. */
export function isPrivateZone({ attributes, blocks }: Block): boolean {
  const isMarked = attributes.get('private_zone')?.value;
  const visibility = attributes.get('visibility')?.value;
  return (
    blocks.some(({ type }) => type === 'vpc') ||
    (isMarked?.kind === 'constant' && isMarked.word === 'true') ||
    (visibility?.kind === 'text' && visibility.value === 'private')
  );
}

function zoneNameArgument(block: Block | undefined): string | undefined {
  const type = block?.labels[0] ?? '';
  const names = Object.hasOwn(ZONE_NAMES, type) ? ZONE_NAMES[type] : undefined;
  return names?.find((name) => block?.attributes.has(name));
}

function literalArgument(block: Block | undefined, argument: string | undefined): string | undefined {
  const value = block?.attributes.get(argument ?? '')?.value;
  return value?.kind === 'text' ? value.value : undefined;
}

/** A name in lower case and without a final dot. */
export function plainName(text: string): string {
  return text.toLowerCase().replace(/\.$/, '');
}
