import { relativeName } from '../../domain/dns-name.ts';
import { naming } from '../../text/naming.ts';
import { MAX_CNAMES } from '../observation/observation.ts';
import {
  type Cause,
  type Evidence,
  isPublished,
  labelsOf,
  lacking,
  listLabels,
  messageOf,
  ownerName,
  quote,
  txtValues,
  verb,
  witnesses,
} from './evidence.ts';

/** So many codes are named in one line. */
const MAX_CODES = 8;
const CODE_PREFIX = 'cloudflare_dashboard_sso=';

function masterFileLine(evidence: Evidence): string {
  return `${ownerName(evidence)} TXT "${evidence.expected.value}"`;
}

/** No authoritative server has the record; if none answers, no resolver has it. */
export const notPublished: Cause = {
  id: 'not-published',
  explain(evidence) {
    const { probes } = evidence;
    const asked = witnesses(evidence);
    const without = lacking(asked);
    const serials = new Set(
      without.map(({ server }) => probes.serials.get(server.label)).filter((one) => one !== undefined),
    );
    // A server that says both has it somewhere.
    const isEverywhere = without.length === asked.length && !isPublished(evidence);
    if (without.length === 0 || !isEverywhere || serials.size > 1) return undefined;
    const [serial] = serials;
    const version = serial === undefined ? '' : ` (SOA serial ${serial})`;
    const lack = `${listLabels(without)} ${verb(without, 'does', 'do')} not have it`;
    const publish = `Publish ${masterFileLine(evidence)} exactly as shown, and check that the zone change has been deployed.`;
    const servers = labelsOf(without);
    if (without.every(({ server }) => server.role === 'authoritative'))
      return { evidence: `the record is not published: ${lack}${version}`, remedy: publish, servers };
    return {
      evidence: `the record is not published, going by resolvers alone: ${lack}, and ${describeSilence(evidence)}`,
      remedy: `${publish} If it is published already, wait: a resolver may have an older answer cached.`,
      servers,
    };
  },
};

function describeSilence({ authoritative }: Evidence): string {
  return authoritative.length === 0
    ? 'the authoritative servers were not asked'
    : 'no authoritative server gave a usable answer';
}

/** A verification code is published, but not the one of this connector. */
export const anotherCode: Cause = {
  id: 'another-code',
  explain(evidence) {
    const { expected } = evidence;
    if (isPublished(evidence)) return undefined;
    const values = txtValues(evidence);
    const part = firstPart(values, expected.value);
    const others = values.filter(
      (value) => value.startsWith(CODE_PREFIX) && value !== part && !isMangled(value, expected.value),
    );
    if (others.length === 0) return undefined;
    const codes = naming(others.map(quote), MAX_CODES);
    return {
      evidence: `${verb(others, 'another verification code is', 'other verification codes are')} published: ${codes}`,
      remedy: `Publish "${expected.value}" as an additional TXT record; a name can have several. Remove ${verb(others, 'the other code', 'another code')} only if you know that its connector no longer exists, in this or another account.`,
    };
  },
};

/** The code has quotes, spaces or capitals in it, lacks its prefix, or is split across two records. */
export const quotingOrSplitting: Cause = {
  id: 'quoting-or-splitting',
  explain(evidence) {
    const { expected } = evidence;
    if (isPublished(evidence)) return undefined;
    const values = txtValues(evidence);
    const mangled = values.find((value) => isMangled(value, expected.value));
    const part = firstPart(values, expected.value);
    const seen = part ?? mangled;
    if (seen === undefined) return undefined;
    const what =
      part !== undefined
        ? `the code is split across two TXT records: ${quote(seen)} and the rest`
        : `the TXT record has the code in a different form: ${quote(seen)}`;
    return {
      evidence: what,
      remedy: `Publish one TXT record with the text ${expected.value}, including the prefix, without quotes or spaces inside it.`,
    };
  },
};

/** The first of two texts that make up the expected one when joined. */
function firstPart(values: readonly string[], expected: string): string | undefined {
  return values.find((first) =>
    values.some((second) => first !== '' && second !== '' && first + second === expected),
  );
}

/** Whether the texts differ only by quotes, spaces, capitals or a missing prefix. */
function isMangled(value: string, expected: string): boolean {
  if (value === expected) return false;
  const plain = (text: string): string => text.replaceAll(/["'\\\s;]/g, '').toLowerCase();
  return plain(value) === plain(expected) || `${CODE_PREFIX}${plain(value)}` === plain(expected);
}

/** The code is published at another name. */
export const wrongName: Cause = {
  id: 'wrong-name',
  explain(evidence) {
    const { probes, zone } = evidence;
    const owner = ownerName(evidence);
    const [name] = probes.elsewhere;
    if (name === undefined || isPublished(evidence)) return undefined;
    const doubled = name.startsWith(`${owner}.`);
    // Most DNS tools take names relative to the zone, and @ for the zone itself.
    const relative = (zone !== undefined && relativeName(owner, zone)) || '@';
    return {
      evidence: `the record is published at ${name} instead of ${owner}`,
      remedy: doubled
        ? `The DNS tool appends the zone to the name: enter ${relative} as the name, or ${owner}. with the trailing dot.`
        : `Move the record to ${owner}; in most DNS tools, enter the name as ${relative}.`,
    };
  },
};

/** There is a CNAME instead of the TXT record, or the code is in a CNAME. */
export const wrongType: Cause = {
  id: 'wrong-type',
  explain(evidence) {
    const { expected, cnames: names = [], endless } = evidence;
    if (isPublished(evidence)) return undefined;
    if (endless !== undefined) return explainEndless(names, endless);
    const target = names.slice(1).at(-1) ?? firstTarget(evidence);
    if (target === undefined) return undefined;
    const holdsCode = target.replace(/\.$/, '').includes(expected.value.toLowerCase());
    return {
      evidence: `${expected.name} is a CNAME to ${target}${holdsCode ? ', which is the code itself' : ''}`,
      remedy: holdsCode
        ? 'Publish the code as a TXT record instead.'
        : 'A name with a CNAME cannot have TXT records: publish the record at the target of the CNAME, or replace the CNAME with address records.',
    };
  },
};

/** The CNAME at the name, in an answer that was not followed. */
function firstTarget(evidence: Evidence): string | undefined {
  return witnesses(evidence)
    .flatMap((server) => messageOf(server)?.answers ?? [])
    .flatMap((one) => (one.type === 'CNAME' && one.name === evidence.expected.name ? [one.target] : []))[0];
}

function explainEndless(names: readonly string[], endless: string) {
  const way = [...names, endless].join(' → ');
  return {
    evidence: names.includes(endless)
      ? `the CNAME records form a loop: ${way}`
      : `the CNAME records are more than the ${MAX_CNAMES} that are followed: ${way}`,
    remedy: `Make the CNAME at ${names[0]} lead to a name that has the TXT record, or replace it with address records and publish the TXT record there.`,
  };
}
