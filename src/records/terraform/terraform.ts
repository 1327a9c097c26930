/** Terraform and OpenTofu: files that people wrote, and the action's own. */
import type { SsoRecord } from '../../domain/sso-record.ts';
import { printable } from '../../text/untrusted.ts';
import type { RecordFormat, RecordTarget } from '../format/record-format.ts';
import { applyEdits, type TextEdit } from '../format/text-edits.ts';
import type { UnreadableTextError } from '../format/unreadable-text-error.ts';
import { hclString } from '../own/hcl.ts';
import { isOwnTerraform, terraform as ownFile } from '../own/terraform.ts';
import { addCloudflareRecord, repetition } from './cloudflare.ts';
import { type Destination, type DnsResource, dnsResources, holdsText } from './dns-records.ts';
import { addBlockLike, addItem } from './list-edits.ts';
import { parseTerraform } from './parse.ts';
import { refusal } from './refusals.ts';
import type { Attribute, Body, Expression } from './syntax.ts';

/**
 * A file that does not exist, is blank or is the action's own gets a `cloudflare_dns_record`. In a file that people wrote,
 * the TXT record of the name gets one value more; only at Cloudflare, where each record is a resource, a new one is made.
 * Whatever is not literal is left as it is.
 */
export const terraform: RecordFormat = {
  needsTxtValues: false,
  render: ownFile.render,

  merge(current, record, target) {
    const text = textOfPeople(current);
    if (text === undefined) return ownFile.merge(current, record, target);
    if (/\.tf\.json$/i.test(target.path)) throw jsonFile(text);
    return applyEdits(text, editsFor(text, record, target));
  },

  warning(current) {
    if (current !== undefined) return undefined;
    return 'The new file has a cloudflare_dns_record, which is right only if Cloudflare hosts the zone. For Route 53, Google Cloud DNS or Azure, delete it and set record-file to the file with the TXT resource.';
  },

  describeZone(current, { emailDomain }, target) {
    const text = textOfPeople(current);
    if (text === undefined) return undefined;
    const all = dnsResources(parseTerraform(text), { emailDomain, statedZone: target.zone?.name });
    const taken = all.find(({ whereabouts, recordType }) => whereabouts === 'here' && recordType === 'TXT');
    if (taken === undefined) return undefined;
    const name = printable(taken.block.labels.join('.'), 100);
    const why = taken.zone === undefined ? 'states the name' : `is in the zone ${printable(taken.zone, 100)}`;
    return `at the resource ${name}, which ${why}`;
  },
};

/** The text of a file that people wrote; `undefined` if all of it is the action's, or is to be. */
function textOfPeople(text: string | undefined): string | undefined {
  return text === undefined || text.trim() === '' || isOwnTerraform(text) ? undefined : text;
}

function jsonFile(text: string): UnreadableTextError {
  return refusal(text, {
    problem: "this is Terraform's JSON, and the action changes only the native syntax",
    offset: 0,
  });
}

function editsFor(text: string, record: SsoRecord, target: RecordTarget): readonly TextEdit[] {
  const { emailDomain, verificationCode } = record;
  const file = parseTerraform(text);
  const destination: Destination = { emailDomain, statedZone: target.zone?.name };
  const all = dnsResources(file, destination);
  const txt = all.filter(({ recordType }) => recordType === 'TXT');
  const possible = txt.filter(({ whereabouts }) => whereabouts !== 'elsewhere');
  if (possible.some((resource) => holdsText(resource, verificationCode))) return [];
  const here = txt.filter(({ whereabouts }) => whereabouts === 'here');
  const cloudflare = all.filter(({ provider }) => provider.values.kind === 'single');
  const [resource, second] = here.filter(({ provider }) => provider.values.kind !== 'single');
  const rival =
    resource === undefined
      ? undefined
      : (second ?? cloudflare.find(({ whereabouts }) => whereabouts === 'here'));
  if (rival !== undefined) {
    throw refusal(text, {
      problem: `this is another resource with TXT records of ${emailDomain}, and nothing says which one is meant`,
      offset: rival.block.start,
      remedy: 'Set record-file to a file that has only the one of the public zone.',
    });
  }
  if (resource !== undefined) return addToResource(text, resource, verificationCode);
  if (cloudflare.length > 0)
    return [addCloudflareRecord(text, file, cloudflare, { ...destination, verificationCode })];
  throw notFound(text, file, all, emailDomain);
}

function addToResource(text: string, resource: DnsResource, verificationCode: string): readonly TextEdit[] {
  const { block, provider } = resource;
  const repeated = repetition(block);
  if (repeated !== undefined) {
    throw refusal(text, {
      problem: `${repeated.name} makes several resources of this one, so its values are not those of one name`,
      offset: repeated.start,
    });
  }
  checkNotIgnored(text, resource);
  const value = hclString(provider.write(verificationCode));
  if (provider.values.kind === 'blocks') return addBlock(text, resource, value);
  const argument = provider.values.kind === 'list' ? provider.values.argument : '';
  const list = block.attributes.get(argument)?.value;
  if (list === undefined) {
    throw refusal(text, { problem: `this resource has no ${argument}`, offset: block.start });
  }
  if (list.kind !== 'list') throw computed(text, list, argument);
  const odd = list.items.find(({ kind }) => kind !== 'text' && kind !== 'heredoc');
  if (odd !== undefined) throw computed(text, odd, `a value in ${argument}`);
  return addItem(text, list, value);
}

function addBlock(text: string, { block, provider }: DnsResource, value: string): readonly TextEdit[] {
  if (provider.values.kind !== 'blocks') return [];
  const { block: type, argument } = provider.values;
  const dynamic = block.blocks.find((each) => each.type === 'dynamic' && each.labels[0] === type);
  if (dynamic !== undefined) {
    throw refusal(text, { problem: `these ${type} blocks are computed`, offset: dynamic.start });
  }
  const siblings = block.blocks.filter((each) => each.type === type);
  const last = siblings.at(-1);
  if (last === undefined) {
    throw refusal(text, { problem: `this resource has no ${type} block`, offset: block.start });
  }
  const odd = siblings
    .map(({ attributes }) => attributes.get(argument)?.value)
    .find((each) => each !== undefined && each.kind !== 'text' && each.kind !== 'heredoc');
  if (odd !== undefined) throw computed(text, odd, argument, 'a text in quotes');
  return [addBlockLike(text, last, value)];
}

/** @param changeable what the action could change in this place */
function computed(
  text: string,
  { start, end }: Expression,
  what: string,
  changeable = 'a list written out as [ "…" ]',
): UnreadableTextError {
  const seen = printable(text.slice(start, end).replaceAll(/\s+/g, ' '), 60);
  return refusal(text, {
    problem: `${what} is not literal here, but ${seen}: only ${changeable} is changed`,
    offset: start,
  });
}

/** With `ignore_changes`, Terraform would never apply what is added. */
function checkNotIgnored(text: string, { block, provider }: DnsResource): void {
  const { values } = provider;
  const name = values.kind === 'blocks' ? values.block : values.kind === 'list' ? values.argument : '';
  const ignored = block.blocks
    .filter(({ type }) => type === 'lifecycle')
    .map(({ attributes }) => attributes.get('ignore_changes'))
    .find(
      (attribute) =>
        attribute !== undefined && namesIn(attribute).some((each) => each === name || each === 'all'),
    );
  if (ignored === undefined) return;
  throw refusal(text, {
    problem: `Terraform ignores changes of ${name} here, so a new value would have no effect`,
    offset: ignored.start,
    remedy: `Remove ${name} from ignore_changes.`,
  });
}

function namesIn({ value }: Attribute): readonly string[] {
  const items = value.kind === 'list' ? value.items : [value];
  return items.flatMap((item) => (item.kind === 'reference' ? (item.path[0] ?? []) : []));
}

function notFound(
  text: string,
  { blocks }: Body,
  all: readonly DnsResource[],
  emailDomain: string,
): UnreadableTextError {
  const candidates = all.filter(({ recordType }) => recordType === 'TXT' || recordType === undefined);
  const ifZone = candidates.find(({ whereabouts }) => whereabouts === 'here-if-zone');
  if (ifZone !== undefined) {
    return refusal(text, {
      problem: `this record is at ${emailDomain} only if its zone is, and the file does not state the zone's name`,
      offset: ifZone.block.start,
      remedy: 'Set record-zone to the name of that zone.',
    });
  }
  const unknown = candidates.find(
    ({ whereabouts, recordType }) =>
      whereabouts === 'unknown' || (whereabouts === 'here' && recordType === undefined),
  );
  if (unknown !== undefined) {
    const argument = unknown.whereabouts === 'here' ? 'type' : 'name';
    return refusal(text, {
      problem: `this may be the TXT record of ${emailDomain}, but its ${argument} is not literal`,
      offset: unknown.block.attributes.get(argument)?.value.start ?? unknown.block.start,
    });
  }
  const module = blocks.find(({ type }) => type === 'module');
  return refusal(text, {
    problem: `this file has no resource with the TXT records of ${emailDomain}`,
    offset: (module ?? all[0]?.block)?.start ?? 0,
    remedy:
      'Set record-file to the file that has it. If the name has no TXT record yet, write a resource with the output record-value: a second one for the same name would replace the first.',
  });
}
