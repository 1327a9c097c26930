/** The DNS records in a file of Terraform, and which of them are at the email domain. */
import { isAtOrBelow } from '../../domain/dns-name.ts';
import { PROVIDERS, type Provider } from './providers.ts';
import type { Block, Body, Expression } from './syntax.ts';
import { isPrivateZone, plainName, textOf, zoneBlock } from './values.ts';

/**
 * Whether a resource holds the records at the email domain: `here`, `elsewhere`, `here-if-zone` if that depends on the zone,
 * which the file does not state, or `unknown` if its name is computed.
 */
export type Whereabouts = 'here' | 'elsewhere' | 'here-if-zone' | 'unknown';

/** A resource with DNS records. */
export interface DnsResource {
  readonly block: Block;
  /** The type of the resource, such as `aws_route53_record`. */
  readonly resourceType: string;
  readonly provider: Provider;
  /** Such as `TXT`; `undefined` if it is computed. */
  readonly recordType: string | undefined;
  /** The zone apex, if the file or the input `record-zone` states it. */
  readonly zone: string | undefined;
  /** The name as the file has it, in lower case and without a final dot; `undefined` if it is computed. */
  readonly name: string | undefined;
  /** The name with that of the zone; `undefined` if one of them is not known. */
  readonly wholeName: string | undefined;
  readonly whereabouts: Whereabouts;
}

/** Where the record is to go. */
export interface Destination {
  readonly emailDomain: string;
  /** From the input `record-zone`. */
  readonly statedZone: string | undefined;
}

/** The DNS records of a file, in its order. Those of a private zone are not among them: Cloudflare would not see them. */
export function dnsResources(file: Body, destination: Destination): readonly DnsResource[] {
  return file.blocks.flatMap((block) => {
    const [resourceType = ''] = block.labels;
    const provider = Object.hasOwn(PROVIDERS, resourceType) ? PROVIDERS[resourceType] : undefined;
    if (block.type !== 'resource' || provider === undefined) return [];
    const zoneReference = zoneBlock(block.attributes.get(provider.zoneArgument)?.value, file);
    if (zoneReference !== undefined && isPrivateZone(zoneReference)) return [];
    const type = block.attributes.get('type')?.value;
    const recordType = provider.values.kind === 'blocks' ? 'TXT' : textOf(type, file)?.toUpperCase();
    const zone = provider.zoneOf(block, file) ?? destination.statedZone;
    const place = locate(block, file, { provider, zone, ...destination });
    return [{ block, resourceType, provider, recordType, zone, ...place }];
  });
}

interface Surroundings extends Destination {
  readonly provider: Provider;
  readonly zone: string | undefined;
}

function locate(
  block: Block,
  file: Body,
  { provider, zone, emailDomain }: Surroundings,
): Pick<DnsResource, 'name' | 'wholeName' | 'whereabouts'> {
  const written = textOf(block.attributes.get('name')?.value, file)?.toLowerCase();
  if (written === undefined) return { name: undefined, wholeName: undefined, whereabouts: 'unknown' };
  const isApex = provider.apexNames.includes(written);
  const plain = plainName(written);
  const isWhole =
    written.endsWith('.') ||
    (!provider.isAlwaysRelative &&
      !isApex &&
      (zone === undefined ? plain === emailDomain : isAtOrBelow(plain, zone)));
  const whole = isWhole ? plain : zone !== undefined && (isApex ? zone : `${plain}.${zone}`);
  if (whole !== false) {
    return { name: plain, wholeName: whole, whereabouts: whole === emailDomain ? 'here' : 'elsewhere' };
  }
  const isPossible = isApex || emailDomain.startsWith(`${plain}.`);
  return { name: plain, wholeName: undefined, whereabouts: isPossible ? 'here-if-zone' : 'elsewhere' };
}

/** The expressions that hold the resource's values, as far as the file has them one by one. */
export function valuesOf({ block, provider: { values } }: DnsResource): readonly Expression[] {
  if (values.kind === 'list') {
    const list = block.attributes.get(values.argument)?.value;
    return list?.kind === 'list' ? list.items : [];
  }
  if (values.kind === 'single') {
    return values.arguments.flatMap((name) => block.attributes.get(name)?.value ?? []);
  }
  return block.blocks
    .filter(({ type }) => type === values.block)
    .flatMap(({ attributes }) => attributes.get(values.argument)?.value ?? []);
}

/** Whether one of the values that the file states is this text. */
export function holdsText(resource: DnsResource, text: string): boolean {
  return valuesOf(resource).some(
    (value) => value.kind === 'text' && resource.provider.read(value.value) === text,
  );
}
