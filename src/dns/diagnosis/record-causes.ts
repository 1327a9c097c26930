import { relativeName } from '../../domain/dns-name.ts';
import {
  type Cause,
  type Evidence,
  isPublished,
  labelsOf,
  lacking,
  listLabels,
  messageOf,
  quote,
  txtValues,
  verb,
  witnesses,
} from './evidence.ts';

const CODE_PREFIX = 'cloudflare_dashboard_sso=';

function record({ expected }: Evidence): string {
  return `${expected.name} TXT "${expected.value}"`;
}

/** Every authoritative server agrees that the record is not there. */
export const notPublished: Cause = {
  id: 'not-published',
  explain(evidence) {
    const { authoritative, probes } = evidence;
    const without = lacking(authoritative);
    const serials = new Set(
      without.map(({ server }) => probes.serials.get(server.label)).filter((one) => one !== undefined),
    );
    const answering = authoritative.filter(({ state }) => state.observation?.kind !== 'unusable');
    if (without.length === 0 || without.length < answering.length || serials.size > 1) return undefined;
    const [serial] = serials;
    const zone = serial === undefined ? '' : `, at SOA serial ${serial}`;
    return {
      evidence: `the record is not published: ${listLabels(without)} ${verb(without, 'does', 'do')} not have it${zone}`,
      remedy: `Publish ${record(evidence)}, exactly so, and look whether the change of the zone has been deployed.`,
      servers: labelsOf(without),
    };
  },
};

/** A code of Cloudflare's, but not the one that belongs to this connector. */
export const anotherCode: Cause = {
  id: 'another-code',
  explain(evidence) {
    const { expected } = evidence;
    if (isPublished(evidence)) return undefined;
    const values = txtValues(evidence);
    const part = firstPart(values, expected.value);
    const other = values.find(
      (value) => value.startsWith(CODE_PREFIX) && value !== part && !isMangled(value, expected.value),
    );
    if (other === undefined) return undefined;
    return {
      evidence: `another verification code is published: ${quote(other)}`,
      remedy: `Publish "${expected.value}" as one more TXT record: a name may have several. Remove the other one only if you know that its connector, perhaps in another account, is gone.`,
    };
  },
};

/** The right text once quotes, spaces or the cut between two records are undone. */
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
        ? `the code is split over two TXT records, ${quote(seen)} and the rest`
        : `the TXT record has the code in another form: ${quote(seen)}`;
    return {
      evidence: what,
      remedy: `Publish it as one TXT record whose text is ${expected.value}, the prefix included, without quotes inside it.`,
    };
  },
};

/** The first of two texts that only together are the expected one. */
function firstPart(values: readonly string[], expected: string): string | undefined {
  return values.find((first) =>
    values.some((second) => first !== '' && second !== '' && first + second === expected),
  );
}

/** Equal but for quotes, spaces, capitals or a missing prefix. */
function isMangled(value: string, expected: string): boolean {
  if (value === expected) return false;
  const plain = (text: string): string => text.replaceAll(/["'\\\s;]/g, '').toLowerCase();
  return plain(value) === plain(expected) || `${CODE_PREFIX}${plain(value)}` === plain(expected);
}

/** The code is there, at another name. */
export const wrongName: Cause = {
  id: 'wrong-name',
  explain(evidence) {
    const { probes, expected, zone } = evidence;
    const [name] = probes.elsewhere;
    if (name === undefined || isPublished(evidence)) return undefined;
    const doubled = name.startsWith(`${expected.name}.`);
    // Most tools want the name without the zone, whose own name is then @.
    const relative = (zone !== undefined && relativeName(expected.name, zone)) || '@';
    return {
      evidence: `the record is published at ${name} instead of ${expected.name}`,
      remedy: doubled
        ? `The DNS tool appends the zone to the name: give ${relative} as the name, or ${expected.name}. with a final dot.`
        : `Move it to ${expected.name} itself; in most tools that name is ${relative}.`,
    };
  },
};

/** A CNAME where the TXT record should be, or one that carries the code. */
export const wrongType: Cause = {
  id: 'wrong-type',
  explain(evidence) {
    const { expected } = evidence;
    if (isPublished(evidence)) return undefined;
    const cnames = witnesses(evidence).flatMap((server) =>
      (messageOf(server)?.answers ?? []).flatMap((one) =>
        one.type === 'CNAME' && one.name === expected.name ? [one.target] : [],
      ),
    );
    const [target] = cnames;
    if (target === undefined) return undefined;
    const holdsCode = target.replace(/\.$/, '').includes(expected.value.toLowerCase());
    return {
      evidence: `${expected.name} is a CNAME to ${target}${holdsCode ? ', which is the code itself' : ''}`,
      remedy: holdsCode
        ? 'Publish the code as a TXT record instead.'
        : 'A name with a CNAME can have no TXT record: publish the record at the target, or replace the CNAME by addresses.',
    };
  },
};
