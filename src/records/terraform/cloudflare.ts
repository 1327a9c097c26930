/** Cloudflare's provider has a resource for each record, so a new one goes beside another one of the zone. */
import { isAtOrBelow } from '../../domain/dns-name.ts';
import { RECORD_COMMENT } from '../../domain/sso-record.ts';
import { insertAt, lineBreakOf, type TextEdit } from '../format/text-edits.ts';
import { hclIdentifier, hclString } from '../own/hcl.ts';
import { checkCanTakeTxt } from './can-take-txt.ts';
import type { Destination, DnsResource } from './dns-records.ts';
import { indentAt, indentStep } from './list-edits.ts';
import { type Refusal, refusal } from './refusals.ts';
import type { Attribute, Block, Body } from './syntax.ts';

/** Cloudflare chooses the TTL. */
const AUTOMATIC_TTL = '1';

/**
 * Adds a resource with the record behind the last TXT record of the name, else behind the last record of its zone.
 *
 * @param all Cloudflare's resources of the file, at least one
 * @throws {UnreadableTextError} if the file does not show which zone has the name, or the name cannot take the record
 */
export function addCloudflareRecord(
  text: string,
  file: Body,
  all: readonly DnsResource[],
  destination: Destination & { readonly verificationCode: string },
): TextEdit {
  const sibling = siblingOf(text, all, destination);
  checkCanTakeTxt(text, all, { emailDomain: destination.emailDomain, zone: sibling.zone });
  const block = newResource(text, file, sibling, destination);
  const newline = lineBreakOf(text);
  return insertAt(sibling.block.lineEnd, `${newline}${newline}${block.join(newline)}`);
}

function siblingOf(text: string, all: readonly DnsResource[], { emailDomain }: Destination): DnsResource {
  const here = all.filter(({ whereabouts }) => whereabouts === 'here');
  const inZone = all.filter((each) => isInZoneOf(each, emailDomain));
  const candidates = here.length > 0 ? here : inZone;
  const usable = candidates.filter(({ block }) => repetition(block) === undefined);
  const [first] = usable;
  if (first === undefined) throw refusal(text, noSibling(all, candidates, emailDomain));
  const zones = new Map(usable.map((each) => [zoneExpression(text, each), each]));
  const [, other] = [...zones.values()];
  if (other !== undefined) {
    throw refusal(text, {
      problem: `the records of ${emailDomain} in this file are of more than one zone`,
      offset: other.block.start,
      remedy: 'Set record-file to a file with the records of one zone.',
    });
  }
  return (
    usable.findLast(({ recordType, whereabouts }) => recordType === 'TXT' && whereabouts === 'here') ??
    usable.at(-1) ??
    first
  );
}

/** Whether the record's zone has the email domain in it: the file or record-zone says so, or the record's whole name. */
function isInZoneOf({ zone, name }: DnsResource, emailDomain: string): boolean {
  if (zone !== undefined) return isAtOrBelow(emailDomain, zone);
  return name !== undefined && isAtOrBelow(name, emailDomain);
}

function noSibling(
  all: readonly DnsResource[],
  candidates: readonly DnsResource[],
  emailDomain: string,
): Refusal {
  const [repeated] = candidates;
  if (repeated !== undefined) {
    return {
      problem: 'this resource stands for several, so no other one can be made after it',
      offset: repetition(repeated.block)?.start ?? repeated.block.start,
      remedy: `Write one record of the zone of ${emailDomain} as a resource of its own.`,
    };
  }
  return {
    problem: `nothing in this file shows that its records are in the zone of ${emailDomain}`,
    offset: all[0]?.block.start ?? 0,
    remedy: 'If they are, set record-zone to that zone.',
  };
}

/** The argument that makes several resources of one. */
export function repetition({ attributes }: Block): Attribute | undefined {
  return attributes.get('for_each') ?? attributes.get('count');
}

function zoneExpression(text: string, { block, provider }: DnsResource): string | undefined {
  const value = block.attributes.get(provider.zoneArgument)?.value;
  return value === undefined ? undefined : text.slice(value.start, value.end);
}

function newResource(
  text: string,
  file: Body,
  { block, provider, resourceType, whereabouts }: DnsResource,
  { emailDomain, verificationCode }: { readonly emailDomain: string; readonly verificationCode: string },
): readonly string[] {
  const [argument] = block.attributes.values();
  const outer = indentAt(text, block.start);
  const indent = argument === undefined ? outer + indentStep(outer) : indentAt(text, argument.start);
  const copied = (name: string): readonly (readonly [string, string])[] => {
    const value = block.attributes.get(name)?.value;
    return value === undefined ? [] : [[name, text.slice(value.start, value.end)]];
  };
  const content = block.attributes.has('value') ? 'value' : 'content';
  const all = [
    ...copied('provider'),
    ...copied(provider.zoneArgument),
    ...(whereabouts === 'here' ? copied('name') : [['name', hclString(emailDomain)] as const]),
    ['type', '"TXT"'],
    [content, hclString(provider.write(verificationCode))],
    ['ttl', AUTOMATIC_TTL],
    ['comment', hclString(RECORD_COMMENT)],
  ] as const;
  const width = Math.max(...all.map(([name]) => name.length));
  return [
    `${outer}resource "${resourceType}" "${freeName(file, resourceType, emailDomain)}" {`,
    ...all.map(([name, value]) => `${indent}${name.padEnd(width)} = ${value}`),
    `${outer}}`,
  ];
}

/** A name that no resource of this type in the file has. */
function freeName({ blocks }: Body, resourceType: string, emailDomain: string): string {
  const taken = new Set(
    blocks.filter(({ labels }) => labels[0] === resourceType).map(({ labels }) => labels[1]),
  );
  const name = `sso_${hclIdentifier(emailDomain)}`;
  let free = name;
  for (let number = 2; taken.has(free); number++) free = `${name}_${number}`;
  return free;
}
