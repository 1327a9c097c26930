/** How the providers spell a TXT record. Each was read in the source of the provider or in its documentation. */
import { bytesOfString, quotedStrings } from '../zone/presentation-format.ts';
import type { Block, Body } from './syntax.ts';
import { plainName, textOf, zoneBlock, zoneNameIn } from './values.ts';

/** A kind of resource that holds DNS records. */
export interface Provider {
  /** The argument with the list of values, the block that holds one value, or the argument with the only value. */
  readonly values:
    | { readonly kind: 'list'; readonly argument: string }
    | { readonly kind: 'blocks'; readonly block: string; readonly argument: string }
    | { readonly kind: 'single'; readonly arguments: readonly [string, ...string[]] };
  /** The argument that refers to the zone. */
  readonly zoneArgument: string;
  /** Whether a name without a final dot is below the zone even if it looks like a whole name. */
  readonly isAlwaysRelative: boolean;
  /** How the name of the zone itself is written below the zone. */
  readonly apexNames: readonly string[];
  /** The name of the zone, if the file states it. */
  zoneOf(block: Block, file: Body): string | undefined;
  /** What the resource says for a text. */
  write(text: string): string;
  /** The text that the resource says. */
  read(value: string): string;
}

const referredZone = (argument: string) => (block: Block, file: Body) =>
  zoneNameIn(zoneBlock(block.attributes.get(argument)?.value, file));

/** aws_route53_record puts each value in quotes; between two strings, the value has `""`. */
const route53: Provider = {
  values: { kind: 'list', argument: 'records' },
  zoneArgument: 'zone_id',
  isAlwaysRelative: false,
  apexNames: [''],
  zoneOf: referredZone('zone_id'),
  write: (text) => stringsIn(quotedStrings(text)).join('""'),
  read: (value) => joinedStrings(`"${value}"`),
};

/** google_dns_record_set hands the data on as it is: character-strings in quotes. */
const google: Provider = {
  values: { kind: 'list', argument: 'rrdatas' },
  zoneArgument: 'managed_zone',
  isAlwaysRelative: false,
  apexNames: [],
  zoneOf: referredZone('managed_zone'),
  write: quotedStrings,
  read: joinedStrings,
};

/** azurerm_dns_txt_record takes the plain text and splits it itself. */
const azure: Provider = {
  values: { kind: 'blocks', block: 'record', argument: 'value' },
  zoneArgument: 'zone_name',
  isAlwaysRelative: true,
  apexNames: ['@'],
  zoneOf: (block, file) => {
    const name = textOf(block.attributes.get('zone_name')?.value, file);
    return name === undefined ? undefined : plainName(name);
  },
  write: (text) => text,
  read: (value) => value,
};

/** Cloudflare gives a content back as it was sent; with quotes it is what mode publish-dns sends. */
const cloudflare: Provider = {
  values: { kind: 'single', arguments: ['content', 'value'] },
  zoneArgument: 'zone_id',
  isAlwaysRelative: false,
  apexNames: ['', '@'],
  zoneOf: referredZone('zone_id'),
  write: quotedStrings,
  read: joinedStrings,
};

/** The resources by type. */
export const PROVIDERS: Readonly<Partial<Record<string, Provider>>> = {
  aws_route53_record: route53,
  google_dns_record_set: google,
  azurerm_dns_txt_record: azure,
  cloudflare_dns_record: cloudflare,
  cloudflare_record: cloudflare,
};

/** The text of character-strings in presentation format (RFC 1035, section 5.1); text without quotes is one string. */
function joinedStrings(value: string): string {
  const trimmed = value.trim();
  if (!/^(?:"(?:[^"\\]|\\.)*"\s*)+$/s.test(trimmed)) return bytes(trimmed);
  return stringsIn(trimmed).map(bytes).join('');
}

/** What is between the quotes of each string. */
function stringsIn(data: string): readonly string[] {
  return (data.match(/\s*"(?:[^"\\]|\\.)*"/gsy) ?? []).map((string) => string.trimStart().slice(1, -1));
}

function bytes(text: string): string {
  return Buffer.from(bytesOfString(text), 'latin1').toString();
}
